"""`declare`, and the question that `check` and `tidy` ask of tables of which nobody said whether they are whole."""

from __future__ import annotations

import json

import openpyxl
import pytest
from click.testing import CliRunner

import medgraph as mg
from medgraph.cli import cli
from tests.loaders.foreign import ugly

ASKED = {"zh": "列全了吗", "en": "list all there is?"}


def run(*words, lang="zh"):
    """The exit code and the output of a command."""
    done = CliRunner().invoke(cli, [*map(str, words), "--lang", lang], standalone_mode=False)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        return 2, str(done.exception)
    return done.return_value or 0, done.output


@pytest.mark.parametrize("name", ["net", "net.xlsx", "net.json"])
@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("zh", "关系·成员：由市卫健委于2024-06-30声明列全（附件1）"),
        ("en", "links.MEMBER_OF: declared complete by 市卫健委 on 2024-06-30 (附件1)"),
    ],
)
def test_declare_says_what_it_wrote_and_what_it_replaces(taizhou, tmp_path, name, lang, told):
    source = tmp_path / name
    mg.write(taizhou, source)
    words = ["--by", "市卫健委", "--on", "2024-06-30", "--clause", "附件1"]
    code, said = run("declare", source, "members", "--complete", *words, lang=lang)
    assert (code, told in said, "二(一)1、二(二)2" in said) == (0, True, True)
    assert mg.read(source).completeness("links.MEMBER_OF").by == "市卫健委"
    code, said = run("declare", source, "成员", "--withdraw", lang=lang)
    assert (code, told in said) == (0, True)
    assert mg.read(source).completeness("links.MEMBER_OF").state is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["memmbers", "--complete", "--by", "市卫健委"], "成员"),
        (["成员", "--by", "市卫健委"], "--partial"),
        (["成员", "--complete"], "--by"),
        (["成员", "--complete", "--by", " "], "--by"),
        (["成员", "--complete", "--by", "市卫健委", "--on", "待定"], "待定"),
    ],
)
def test_wrong_input_is_refused(taizhou, tmp_path, words, said):
    """Exit 2 and a sentence; the file is as it was."""
    mg.write(taizhou, tmp_path / "a")
    code, answer = run("declare", tmp_path / "a", *words)
    assert (code, said in answer) == (2, True)
    assert mg.read(tmp_path / "a") == taizhou


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_check_asks_what_is_not_declared(tmp_path, lang):
    """One remark names facilities, groups, leads and members, and goes table by table; the exit code is 0."""
    source = tmp_path / "a b.xlsx"
    net = mg.samples.taizhou()
    kept = {key: text for key, text in net.meta.items() if ".complete" not in key}
    silent = net.with_meta(**dict.fromkeys(net.meta.keys() - kept.keys()))
    mg.write(silent, source)
    code, said = run("check", source, lang=lang)
    assert code == 0
    line = next(line for line in said.splitlines() if ASKED[lang] in line)
    first, member = {"zh": ("机构", "成员"), "en": ("facilities", "links.MEMBER_OF")}[lang]
    assert f'medgraph declare "{source}" {first} --complete' in line
    assert member in line
    run("declare", source, member, "--complete", "--by", "市卫健委")
    after = next(
        line for line in run("check", source, lang=lang)[1].splitlines() if ASKED[lang] in line
    )
    assert member not in after.split("medgraph declare")[0]
    found = json.loads(run("check", source, "--format", "json", lang=lang)[1])["problems"]
    assert [p["severity"] for p in found if p["code"] == "I096"] == ["info"]


def test_check_asks_nothing_where_all_is_declared(tmp_path):
    """The made-up county declares every table."""
    mg.write(mg.samples.synthetic(seed=1, scale="county"), tmp_path / "a.json")
    assert ASKED["zh"] not in run("check", tmp_path / "a.json")[1]


def test_the_marked_copy_lists_the_question(taizhou, tmp_path):
    mg.write(taizhou, tmp_path / "a.xlsx")
    assert run("check", tmp_path / "a.xlsx", "--output", tmp_path / "b.xlsx")[0] == 0
    listed = openpyxl.load_workbook(tmp_path / "b.xlsx")["问题"]
    assert ["提示", "I096"] in [[row[0].value, row[5].value] for row in listed.iter_rows()]


def test_tidy_asks_and_keeps_what_is_declared(tmp_path):
    """A declaration in the tidied workbook holds when it is tidied again; what 对照 says of itself does not stay."""
    source, target = tmp_path / "ugly.xlsx", tmp_path / "ugly_名册.xlsx"
    ugly.titled(source)
    _, said = run("tidy", source)
    assert ASKED["zh"] in said
    assert "机构 --complete" in said
    run("declare", target, "机构", "--complete", "--by", "市卫健委", "--on", "2024-06-30")
    code, again = run("tidy", source)
    assert code == 0
    declared = mg.read(target).completeness("facilities")
    assert (declared.by, declared.date) == ("市卫健委", "2024-06-30")
    assert "机构 --complete" not in again
