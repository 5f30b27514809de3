"""`--lang` decides, wherever it stands on the line, in which language help and errors speak."""

from __future__ import annotations

import re
import unicodedata

import click
import pytest
from click.testing import CliRunner

from medgraph.cli import cli, main
from medgraph.cli.language import asked_language

CHINESE = re.compile("[\u3000-\u9fff\uff00-\uffef]")
LOCALES = {
    "zh": "en_US.UTF-8",
    "en": "zh_CN.UTF-8",
}  # the language asked for: a locale of the other
# What may be English in Chinese help: names of commands, options, files and choices.
ENGLISH_SENTENCE = re.compile(r"\b[A-Za-z]{2,} (and|the|of|is|not|for|this|such)\b")


@pytest.fixture(params=LOCALES)
def lang(request, monkeypatch):
    """A language to ask for, under a locale that says the other one."""
    monkeypatch.setenv("LC_ALL", LOCALES[request.param])
    return request.param


def output(*words: str) -> str:
    return CliRunner().invoke(cli, list(words)).output


def assert_speaks(lang: str, text: str) -> None:
    if lang == "en":
        assert not CHINESE.search(text), text
    else:
        assert CHINESE.search(text), text
        assert not ENGLISH_SENTENCE.search(text), text


@pytest.mark.parametrize(
    "line",
    [
        "--lang {} --help",
        "--help --lang {}",
        "--lang={} --help",
        "-h --lang={}",
        "--lang {}",
        "coverage --help --lang {}",
        "coverage --lang {} --help",
        "--lang {} coverage --help",
        "map --lang {}  --help",
        "coverage served --help --lang {}",
        "--lang {} coverage served --help",
        "coverage --lang {} served --help",
        "check --lang {} --help",
        "--lang {} map tiles --help",
        "referrals flows --help --lang={}",
    ],
)
def test_help_follows_lang_wherever_it_stands(lang, line):
    assert_speaks(lang, output(*line.format(lang).split()))


def every_command(command: click.Command, words: tuple[str, ...] = ()):
    yield words
    for name, inner in getattr(command, "commands", {}).items():
        yield from every_command(inner, (*words, name))


@pytest.mark.parametrize("words", list(every_command(cli)), ids=" ".join)
def test_help_of_every_command_speaks_both_languages(lang, words):
    assert_speaks(lang, output(*words, "--help", "--lang", lang))


@pytest.mark.parametrize(
    ("line", "zh", "en"),
    [
        ("nonsense", "没有“nonsense”这个命令。", "No such command 'nonsense'."),
        ("coverage nonsense", "没有“nonsense”这个命令。", "No such command 'nonsense'."),
        ("coverage served", "缺少参数 'SOURCE'.", "Missing argument 'SOURCE'."),
        ("coverage served a b", "多余的参数（b）", "Got unexpected extra argument (b)"),
        ("coverage served a --nonsense", "没有“--nonsense”这个选项。", "No such option"),
        ("coverage served a --as-of", "选项“--as-of”要有一个值。", "requires an argument"),
        ("coverage served a --lenient=1", "选项“--lenient”不带值。", "does not take a value"),
        ("coverage served a --as-of never", "'--as-of' 的值无效：", "Invalid value for '--as-of':"),
        ("coverage served a --format pdf", "“pdf”不是 'table', 'csv'", "'pdf' is not one of"),
        ("dispatch ledger a --year x", "“x”不是有效的数值", "'x' is not a valid integer."),
        ("dispatch ledger a --year x", "'--year' 的值无效：", "Invalid value for '--year':"),
        ("convert a b --accept-endings -1", "-1 不在范围 x>=0 内。", "is not in the range x>=0."),
        ("map tiles a", "缺少选项 '--output'.", "Missing option '--output'."),
        ("check .. --output .", "“.”是文件夹，不是文件。", "'.' is a directory."),
        ("sample nonsense x", "“nonsense”不是 'taizhou'", "'nonsense' is not one of"),
        ("score x", "缺少选项 '--scheme'. 请从中选择", "Missing option '--scheme'. Choose from"),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_errors_of_usage_follow_lang(lang, line, zh, en, first):
    words = line.split()
    asked = ["--lang", lang, *words] if first else [words[0], f"--lang={lang}", *words[1:]]
    said = output(*asked)
    assert {"zh": zh, "en": en}[lang] in said
    assert {"zh": "错误：", "en": "Error: "}[lang] in said
    assert_speaks(lang, said)


def test_main_speaks_the_language_of_the_root_option(lang, capsys):
    with pytest.raises(SystemExit) as stop:
        main(["--lang", lang, "coverage", "served", "no-such-file.xlsx"])
    assert stop.value.code == 2
    assert_speaks(lang, capsys.readouterr().err)


def test_the_language_of_answers_follows_the_root_option(lang, tmp_path):
    folder = str(tmp_path / "demo")
    assert CliRunner().invoke(cli, ["sample", "taizhou", folder]).exit_code == 0
    said = output("--lang", lang, "check", folder)
    assert {"zh": "错误", "en": "errors"}[lang] in said


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["--lang", "en"], "en"),
        (["--lang=zh", "x"], "zh"),
        (["--lang", "en", "--lang", "zh"], "zh"),
        (["x", "--", "--lang", "en"], None),
        (["--lang"], None),
        (["--lang", "fr"], None),
        ([], None),
    ],
)
def test_the_last_lang_on_the_line_that_is_known_counts(words, found):
    assert asked_language(words) == found


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_list_of_commands_says_what_each_is_for_on_one_line(lang):
    """A sentence without blanks is cut too, and no line is wider than a console."""
    lines = CliRunner().invoke(cli, ["--lang", lang, "--help"]).output.splitlines()
    for name in cli.commands:
        line = next(line for line in lines if line.startswith(f"  {name} "))
        assert len(line.split(maxsplit=1)[1].strip(".")) > 2, line
        assert sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in line) <= 80
