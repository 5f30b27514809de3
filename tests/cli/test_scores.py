"""The score sheet in the shell."""

from __future__ import annotations

import json

import openpyxl
import pytest
from click.testing import CliRunner

from medgraph.cli import app, cli


def run(*words):
    result = CliRunner().invoke(cli, [*words], catch_exceptions=False)
    return result.exit_code, result.stdout


def test_from_template_to_grade(tmp_path):
    """A template filled in by hand is judged: 89.99 is 良好."""
    sheet = str(tmp_path / "sheet.xlsx")
    assert run("score", sheet, "--scheme", "henan", "--template", "--lang", "zh")[0] == 0
    book = openpyxl.load_workbook(sheet)
    book.active.append(["甲县", "A市", "92", "90", "是", "89.99"])
    book.save(sheet)
    code, out = run("score", sheet, "--scheme", "henan", "--format", "json")
    assert code == 0
    assert json.loads(out)[0]["grade"] == "良好"
    assert run("score", sheet, "--scheme", "henan", "--output", str(tmp_path / "out.xlsx"))[0] == 0
    assert openpyxl.load_workbook(tmp_path / "out.xlsx")["henan"]["A2"].value == "甲县"


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_a_template_is_what_its_name_says(suffix, tmp_path):
    """Both are judged: an empty one has nothing to judge, whatever the language."""
    sheet = tmp_path / f"sheet{suffix}"
    assert run("score", str(sheet), "--scheme", "xinjiang", "--template")[0] == 0
    assert sheet.read_bytes().startswith({".xlsx": b"PK", ".csv": b"\xef\xbb\xbf"}[suffix])
    found = run("score", str(sheet), "--scheme", "xinjiang", "--lang", "zh")
    assert found == (0, "表中没有一行，没有可评的。\n")
    assert run("score", str(sheet), "--scheme", "xinjiang", "--template")[0] == 0  # as empty as it


def test_no_template_is_written_over_what_is_filled_in(capsys, tmp_path):
    """Nor over a sheet of another scheme, a CSV of somebody else, or under another suffix."""
    filled = tmp_path / "filled.csv"
    filled.write_text("县,维度,指标,等级\n甲县,责任,人员,A\n", encoding="utf-8")
    other = tmp_path / "other.csv"
    other.write_text("预算,金额\n甲,1\n", encoding="utf-8")
    for file in (filled, other, tmp_path / "sheet.txt"):
        before = file.read_bytes() if file.exists() else None
        with pytest.raises(SystemExit) as end:
            app.main(["score", str(file), "--scheme", "judgement", "--template", "--lang", "en"])
        assert end.value.code == 2
        assert capsys.readouterr().err.count("\n") == 1
        assert (file.read_bytes() if file.exists() else None) == before


def test_a_sheet_of_csv_is_judged_and_stays(capsys, tmp_path):
    """Titles and words are those of the language, but in CSV and JSON."""
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(
        "县,市,县级自评,市级复评,实地核查,省级考评结果\n甲县,A市,92,90,是,91\n", "gb18030"
    )
    _, table = run("score", str(sheet), "--scheme", "henan", "--lang", "zh")
    assert table.split()[:3] == ["县", "市", "县级自评"]
    assert "优秀" in table
    assert "complete" not in table
    _, text = run("score", str(sheet), "--scheme", "henan", "--lang", "zh", "--format", "csv")
    assert text.startswith("county,city,self_score")
    out = tmp_path / "out.xlsx"
    run("score", str(sheet), "--scheme", "henan", "--lang", "zh", "--output", str(out))
    assert openpyxl.load_workbook(out)["henan"]["A1"].value == "县"
    with pytest.raises(SystemExit) as end:
        app.main(["score", str(sheet), "--scheme", "henan", "--output", str(sheet)])
    assert end.value.code == 2
    assert sheet.read_text("gb18030").startswith("县,市")
    assert capsys.readouterr().err
