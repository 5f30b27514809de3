"""The command line does what the contract says: answers, exit codes, sentences instead of tracebacks."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

import medgraph as mg
from medgraph.cli import cli, main

UNGROUPED = {
    "台州市中医院",
    "台州市妇女儿童医院",
    "台州市第二人民医院",
    "黄岩区中医院",
    "黄岩区第三人民医院",
    "椒江区妇保院",
    "黄岩区妇保院",
    "路桥区妇幼健康服务中心",
    "浙江大学医学院附属第一医院台州医院",
}


def run(*arguments, cwd=None, **environment):
    """Run the command as a user does, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "medgraph", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        env={**os.environ, **environment},
        check=False,
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("一个 文件夹")
    done = run("demo", "--no-open", "--lang", "en", cwd=folder)
    assert done.returncode == 0, done.stderr.decode()
    return folder / "demo", done.stdout.decode()


def test_demo_says_what_the_plan_covers(demo):
    """The first minute: counts, the share, the gap, the double centre, the quasi units, the nine in no group."""
    _, said = demo
    for words in (
        "4 groups",
        "58 named facilities",
        "38 of 39",
        "西城街道 (331003003000)",
        "葭沚街道",
        "2 centres of one group",
        "4 quasi units",
        "9 named facilities in no group",
        *UNGROUPED,
    ):
        assert words in said


def test_demo_writes_its_report(demo):
    folder, _ = demo
    assert (folder / "report" / "index.html").is_file()
    assert (folder / "report" / "findings.xlsx").is_file()


def test_demo_run_again_gives_the_same(demo):
    """A second run overwrites what the first wrote, and nothing else in the folder."""
    folder, _ = demo
    mine = [folder / "notes.txt", folder / "my own.csv"]
    for file in mine:
        file.write_text("mine", encoding="utf-8")
    assert run("demo", "--no-open", cwd=folder.parent).returncode == 0
    for file in mine:
        assert file.read_text(encoding="utf-8") == "mine"
        file.unlink()
    assert mg.read(folder) == mg.samples.taizhou()


def test_served_as_json_follows_the_contract(demo):
    said = json.loads(run("coverage", "served", demo[0], "--format", "json").stdout)
    assert said["query"] == "coverage.served"
    assert said["as_of"] == "2023-10-25"
    assert said["share"] == {"met": 38, "total": 39, "unit": "areas"}
    assert said["accounted"] == {"in": 43, "judged": 39, "unknown": 0, "excluded": 4}
    assert {"numerator", "denominator", "unit", "register", "source"} <= set(said["definition"])


def test_gaps_as_csv_is_clean(demo):
    """stdout holds CSV and nothing else, plain UTF-8; findings make the exit code 1."""
    done = run("coverage", "gaps", demo[0], "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8"))))
    assert done.returncode == 1
    assert not done.stdout.startswith(b"\xef\xbb\xbf")
    assert [r["area"] for r in rows if r["status"] == "gap"] == ["331003003000"]
    assert sum(r["status"] == "excluded" for r in rows) == 4


def test_answers_go_into_files(demo, tmp_path):
    """CSV in a file begins with a BOM, because Excel needs one; XLSX holds formula-like text as text."""
    for suffix in ("csv", "json", "xlsx"):
        assert (
            run(
                "coverage", "ungrouped", demo[0], "--output", tmp_path / f"答 案.{suffix}"
            ).returncode
            == 1
        )
    assert (tmp_path / "答 案.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert json.loads((tmp_path / "答 案.json").read_text(encoding="utf-8"))["rows"]
    assert (tmp_path / "答 案.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    "arguments",
    [
        ("coverage", "gaps", "no-such-file.xlsx"),
        ("coverage", "gaps", "{demo}", "--as-of", "yesterday"),
        ("coverage", "gaps"),
        ("nonsense",),
        ("move", "{demo}", "TZ-XX", "--to-group", "G2", "--output", "out"),
        ("move", "{demo}", "TZ-P34", "--to-group", "nowhere", "--output", "out"),
        ("convert", "{demo}", "out.unknown"),
        ("report", "{demo}", "--format", "pptx", "--output", "r"),
        ("coverage", "served", "{demo}", "--format", "xlsx"),
        ("info", "."),
        ("check", "{demo}/meta.csv/x"),
    ],
)
def test_wrong_input_is_a_sentence_and_exit_2(demo, tmp_path, arguments):
    """No traceback for bad input, nothing on stdout, a sentence on stderr."""
    done = run(*[str(a).format(demo=demo[0]) for a in arguments], cwd=tmp_path)
    assert done.returncode == 2, done.stderr.decode()
    assert done.stdout == b""
    assert b"Traceback" not in done.stderr
    assert done.stderr.strip()


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "错误：找不到 none.xlsx"), ("en", "Error: There is no none.xlsx")]
)
@pytest.mark.parametrize("locale", ["zh_CN.UTF-8", "C.UTF-8"])
def test_every_word_of_an_error_is_in_the_language_asked_for(tmp_path, lang, said, locale):
    done = run("check", "none.xlsx", "--lang", lang, cwd=tmp_path, LC_ALL=locale)
    assert done.returncode == 2
    assert said in done.stderr.decode()


def test_move_writes_another_network(demo, tmp_path):
    done = run("move", demo[0], "TZ-P34", "--to-group", "G2", "--output", tmp_path / "plan.xlsx")
    assert done.returncode == 0, done.stderr.decode()
    members = mg.read(tmp_path / "plan.xlsx").as_of("2023-10-25").edges("MEMBER_OF")
    assert members[members.source == "TZ-P34"].target.tolist() == ["G2"]


@pytest.mark.parametrize("target", ["net.json", "net.graphml", "net.parquet", "net.xlsx", "folder"])
def test_convert_keeps_the_network(demo, tmp_path, target):
    assert run("convert", demo[0], tmp_path / target).returncode == 0
    assert mg.read(tmp_path / target) == mg.samples.taizhou()


@pytest.mark.parametrize("encoding", ["gbk", "cp1252", "utf-8"])
def test_any_locale_gets_the_same_bytes(demo, encoding):
    """Pipes get UTF-8 whatever the locale, so that the same file gives the same bytes."""
    commands = [
        ("check", demo[0]),
        ("coverage", "served", demo[0]),
        ("coverage", "gaps", demo[0], "--format", "csv"),
    ]
    for command in commands:
        here = run(*command, "--lang", "zh", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
        there = run(*command, "--lang", "zh")
        assert (here.returncode, here.stdout) == (there.returncode, there.stdout)
        assert b"Traceback" not in here.stderr


def test_console_text_fits_gbk(demo):
    """What the tables print of our own and of Taizhou's names has only characters that GBK has."""
    for verb in ("served", "gaps", "overlaps", "ungrouped", "multiple", "grid"):
        run("coverage", verb, demo[0], "--lang", "zh").stdout.decode().encode("gbk")


def test_bare_command_prints_three_lines():
    done = run()
    assert done.returncode == 0
    assert len(done.stdout.decode().splitlines()) == 3


def test_tab_completion_answers():
    """click's completion knows the commands."""
    done = run(_MEDGRAPH_COMPLETE="bash_complete", COMP_WORDS="medgraph cov", COMP_CWORD="1")
    assert "coverage" in done.stdout.decode()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_check_accounts_for_every_row(demo, lang):
    done = run("check", demo[0], "--format", "json", "--lang", lang)
    said = json.loads(done.stdout)
    assert done.returncode == 0
    assert said["rows_in"] == said["loaded"] + said["left_out"]
    assert said["left_out"] == 0


def test_main_returns_the_exit_code(demo, capsys):
    with pytest.raises(SystemExit) as stop:
        main(["coverage", "multiple", str(demo[0])])
    assert stop.value.code in (0, 1)


def test_help_of_every_command():
    """Every command explains itself."""

    def walk(command, words):
        result = CliRunner().invoke(cli, [*words, "--help"])
        assert result.exit_code == 0
        assert len(result.output.splitlines()) > 2
        for name, inner in getattr(command, "commands", {}).items():
            walk(inner, [*words, name])

    walk(cli, [])


def test_prose_to_gap_in_two_commands(tmp_path):
    """The shipped plan text becomes a roster whose gap is named; the page to check it lies beside it."""
    assert run("sample", "taizhou-plan", "plan.txt", cwd=tmp_path).returncode == 0
    done = run(
        "draft",
        "plan.txt",
        "--areas",
        "331002,331003,331004",
        "--output",
        "roster.xlsx",
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr.decode()
    gaps = run("coverage", "gaps", "roster.xlsx", "--format", "json", cwd=tmp_path)
    assert gaps.returncode == 1
    assert [row["name"] for row in json.loads(gaps.stdout)["rows"]] == ["西城街道"]
    assert (tmp_path / "roster.html").is_file()


def test_a_draft_is_compared_with_a_roster(demo, tmp_path):
    run("sample", "taizhou-plan", "plan.txt", cwd=tmp_path)
    done = run(
        "draft",
        "plan.txt",
        "--areas",
        "331002,331003,331004",
        "--output",
        "roster",
        "--against",
        demo[0],
        "--lang",
        "en",
        cwd=tmp_path,
    )
    assert "58 same, 0 similar, 0 new, 0 missing" in done.stdout.decode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.doc", b"x"),
        ("plan.txt", b"  "),
        ("plan.docx", b"no zip"),
        ("plan.pdf", b"no pdf"),
        ("plan.txt", b"This plan is written in English only, and names no facility."),
    ],
)
def test_no_plan_is_a_sentence(tmp_path, name, content):
    """Wrong formats, empty and foreign texts are refused with a sentence."""
    (tmp_path / name).write_bytes(content)
    done = run("draft", name, "--areas", "331003", "--output", "roster.xlsx", cwd=tmp_path)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert not (tmp_path / "roster.xlsx").exists()


def test_lenient_names_every_row_left_out(demo, tmp_path):
    """What `--lenient` leaves out is named with its place and reason, by `check` and by every question."""
    assert run("convert", demo[0], tmp_path / "net").returncode == 0
    links = tmp_path / "net" / "links.csv"
    links.write_bytes(links.read_bytes().replace(b"TZ-P01", b"TZ-P99", 1))
    checked = run("check", tmp_path / "net", "--lenient", "--lang", "en")
    asked = run("coverage", "served", tmp_path / "net", "--lenient", "--lang", "en")
    assert "Left out links.csv" in checked.stdout.decode()
    assert "Left out links.csv" in asked.stderr.decode()


def test_lenient_names_every_cell_that_was_lost(demo, tmp_path):
    """A status nobody knows costs its cell: the cell is named, and what the facility serves is open."""
    assert run("convert", demo[0], tmp_path / "net").returncode == 0
    table = tmp_path / "net" / "facilities.csv"
    rows = list(csv.reader(table.read_text(encoding="utf-8-sig").splitlines()))
    of_centre = next(row for row in rows if row[0] == "TZ-P09")
    of_centre[rows[0].index("status")] = "opne"
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    asked = run("coverage", "served", tmp_path / "net", "--lenient", "--lang", "en")
    assert "opne" in asked.stderr.decode()
    assert "37 to 38 of 39" in asked.stdout.decode()


def test_stays_become_transfers_from_the_shell(tmp_path):
    """Of two stays within the window one transfer is counted, and the rule is said; options that clash are refused."""
    mg.write(mg.samples.taizhou(), tmp_path / "roster.xlsx")
    stays = [
        "患者代号,机构,入院日期,出院日期",
        "a,TZ-P34,2023-03-01,2023-03-05",
        "a,TZ-H04,2023-03-05,2023-03-10",
        "b,TZ-P34,2023-03-01,2023-03-05",
        "b,TZ-H04,2023-03-20,2023-03-22",
    ]
    (tmp_path / "stays.csv").write_text("\n".join(stays), encoding="utf-8")
    asked = (
        "referrals",
        "flows",
        "roster.xlsx",
        "--records",
        "stays.csv",
        "--threshold",
        "1",
        "--format",
        "json",
    )
    done = run(*asked, "--window", "7", cwd=tmp_path)
    found = json.loads(done.stdout)
    assert [(row["source"], row["target"]) for row in found["rows"] if row["count"]] == [
        ("TZ-P34", "TZ-H04")
    ]
    for clash in (("--overlap", "drop"), ("--window", "7", "--follow", "30")):
        refused = run(*asked, *clash, cwd=tmp_path)
        assert (refused.returncode, b"--window" in refused.stderr) == (2, True)
