"""Questions in the shell: asked, sent out, filled in, audited."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

import medgraph as mg
from medgraph.cli import cli
from medgraph.errors import SourceError, TargetError
from medgraph.words.answer_forms import AnswerForm
from medgraph.words.question_sheet import heading_named
from tests.loaders.foreign import ugly

WRITTEN = {"boolean": "是", "items": "行政、人员、业务、药品、财务、绩效", "date": "2024-05-01"}


def run(*words, lang="zh"):
    result = CliRunner().invoke(cli, [*words, "--lang", lang], standalone_mode=False)
    if result.exception:
        raise result.exception
    return result.return_value or 0, result.stdout


def fill_in(path, text_of):
    """Write an answer beside every question, as `text_of` its form says."""
    book = openpyxl.load_workbook(path)
    for tab in book.worksheets:
        head = {heading_named(cell.value): cell.column for cell in tab[1]}
        for row in range(2, tab.max_row + 1 if "form" in head else 0):
            form = AnswerForm.parse(tab.cell(row, head["form"]).value)
            tab.cell(row, head["answer"]).value = text_of(form)
    book.save(path)


@pytest.fixture
def county(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run("sample", "synthetic", "county")
    return "county"


def test_from_questions_to_verdicts(county):
    """The national pack is taken by itself; a sheet per township goes out and comes back; the audit is decided."""
    run("ask", county, "--output", "q.xlsx", "--by", "township")
    fill_in("q.xlsx", lambda form: WRITTEN[form.name])
    code, out = run("fill", county, "q.xlsx", "--output", "after")
    assert code == 0
    assert out.startswith(
        "答案 172 行 = 已填入 172 + 未采用 0 + 仍未答 0\n已填入（172）：\n  q.xlsx "
    )
    _, out = run("audit", "after", "--pack", "county-2023", "--format", "json")
    verdicts = {row["rule"]: row["verdict"] for row in json.loads(out)["rules"]}
    assert {verdicts[rule] for rule in ("GO-03", "GO-04", "GO-05")} == {"PASS"}
    assert verdicts["GO-01"] == "NO_DATA"


def test_a_workbook_for_each_township_goes_out_and_comes_back(county):
    """Each by itself, its headings locked; changes are named, and so is who has not answered."""
    run("ask", county, "--output", "out", "--by", "township")
    files = sorted(Path("out").iterdir())
    assert len(files) > 2
    book = openpyxl.load_workbook(files[0])
    assert len(book.sheetnames) == 3  # the parts that went out with it, and the lists
    tab = book.worksheets[0]
    assert tab.protection.sheet
    assert tab["A1"].protection.locked
    assert not tab["C2"].protection.locked
    assert tab.data_validations.dataValidation
    for file in files[1:]:
        fill_in(file, lambda form: WRITTEN[form.name])
    (Path("out") / "~$x.xlsx").write_bytes(b"lock")
    code, out = run("fill", county, "out", "--output", "after")
    assert code == 0
    assert f"一项也没有答：{files[0].name}\n" in out
    assert f"  {files[1].name} " in out
    _, out = run("fill", county, "out", "--output", "after2", "--format", "json")
    found = json.loads(out)
    assert found["silent"] == [files[0].name]
    assert len(found["changes"]) == found["accounted"]["filled"] > 0
    with pytest.raises(TargetError, match=files[1].name):
        run("ask", county, "--output", "out", "--by", "township")


def test_who_did_not_send_a_part_back_is_named(county):
    """Whatever the file is called by then: each says which parts went out with it."""
    run("ask", county, "--output", "out", "--by", "township")
    files = sorted(Path("out").iterdir())
    Path("back").mkdir()
    for file in files[1:]:
        fill_in(file, lambda form: WRITTEN[form.name])
        file.rename(Path("back") / f"{file.stem} (1).xlsx")
    _, out = run("fill", county, "back", "--output", "after")
    assert f"同批发出、没有收回的（1）：{files[0].stem}\n" in out
    _, out = run("fill", county, "back", "out", "--output", "after2", "--format", "json")
    assert json.loads(out)["missing"] == []


def test_an_empty_folder_answers_nothing(county):
    Path("none").mkdir()
    with pytest.raises(SourceError, match="none"):
        run("fill", county, "none")


def test_a_refusal_is_a_finding(county):
    """Exit code 1, with the cell, what stands there and what may."""
    run("ask", county, "--output", "q.xlsx")
    fill_in("q.xlsx", lambda form: "待定" if form.name != "boolean" else "也许")
    code, out = run("fill", county, "q.xlsx")
    assert code == 1
    assert "q.xlsx 总体!C2" in out
    assert "“也许”不能采用。可填：是、否。" in out
    _, out = run("fill", county, "q.xlsx", "--format", "json")
    assert json.loads(out)["accounted"] == {"in": 172, "filled": 0, "refused": 2, "open": 170}


def test_every_format_holds_the_questions(county):
    """Table, CSV and JSON say the same; JSON has the keys of every answer."""
    _, out = run("ask", county, "--format", "json")
    found = json.loads(out)
    assert found["accounted"] == {"in": 172, "judged": 171, "unknown": 1, "excluded": 0}
    assert found["rows"][-1]["decides"] == 171
    _, csv = run("ask", county, "--format", "csv")
    assert csv.count("\n") == 1 + 172 + 1
    _, table = run("ask", county, lang="en")
    assert "decides 1: GO-05" in table


def test_parts_are_for_sheets(county):
    """`--by` without a sheet to fill in is told, not ignored."""
    with pytest.raises(Exception, match="--output"):
        run("ask", county, "--by", "group")


@pytest.mark.parametrize("name", ["own.xlsx", "plan.xlsx"])
def test_questions_never_replace_what_they_ask_about(tmp_path, name):
    """Neither somebody's own workbook nor our template becomes the sheet of its questions."""
    source = tmp_path / name
    if name == "own.xlsx":
        ugly.titled(source)
    else:
        mg.write(mg.samples.taizhou(), source)
    before = source.read_bytes()
    words = ["--pack", "urban-2023", "--output", str(source)]
    with pytest.raises(TargetError, match=name):
        run("ask", str(source), *words)
    assert source.read_bytes() == before


def test_answers_are_never_asked_over(county):
    """An empty sheet is written anew; one that somebody has begun to fill in stays."""
    words = ["ask", county, "--pack", "county-2023", "--output", "q.xlsx"]
    run(*words)
    run(*words)
    fill_in("q.xlsx", lambda form: "是")
    before = Path("q.xlsx").read_bytes()
    with pytest.raises(TargetError, match=r"q\.xlsx"):
        run(*words)
    assert Path("q.xlsx").read_bytes() == before


def test_the_report_asks_the_same(county):
    """The report says how many answers decide how many findings, and lists them."""
    run("report", county, "--output", "report", "--format", "xlsx")
    [path] = Path("report").glob("*.xlsx")
    texts = {str(cell.value) for tab in openpyxl.load_workbook(path) for row in tab for cell in row}
    assert "合成336001县1医院的非营利？" in texts
