"""What a command prints or writes: the format by name, else by suffix; what needs a file says so."""

from __future__ import annotations

import csv
import io
import json

import pandas as pd
import pytest

from medgraph.cli.formats import FRAME_FORMATS, Format, deliver, show
from medgraph.errors import OptionError
from medgraph.queries import coverage

FRAME = pd.DataFrame({"area": ["331003003000"], "name": ["西城街道"], "value": [1.5]})


@pytest.mark.parametrize("name", FRAME_FORMATS)
def test_a_frame_is_printed_in_every_format(capsys, name):
    deliver(FRAME, FRAME_FORMATS, name, None)
    said = capsys.readouterr()
    assert "331003003000" in said.out
    assert not said.err


@pytest.mark.parametrize(
    ("file", "name", "begins"),
    [
        ("rows.csv", None, "\ufeffarea,name,value\n"),
        ("rows.json", None, "[\n"),
        ("rows.txt", None, " "),
        ("rows.txt", "csv", "\ufeffarea"),
        ("ROWS.CSV", None, "\ufeffarea"),
    ],
)
def test_the_suffix_says_the_format_where_none_is_named(tmp_path, capsys, file, name, begins):
    """CSV in a file begins with a mark for Excel; what was written is said on stderr."""
    deliver(FRAME, FRAME_FORMATS, name, str(tmp_path / file), stamps=["a plan"])
    assert (tmp_path / file).read_bytes().decode("utf-8").startswith(begins)
    said = capsys.readouterr()
    assert not said.out
    assert "a plan" in said.err.splitlines()[0]
    assert file in said.err.splitlines()[1]


def test_a_format_without_text_needs_a_file():
    with pytest.raises(OptionError, match="--output"):
        deliver(FRAME, {"xlsx": Format(write=lambda frame, path: None)}, "xlsx", None)


@pytest.mark.parametrize("name", ["table", "csv", "json"])
def test_an_answer_is_printed_in_every_format(taizhou, capsys, name):
    """The table shows its share; CSV is rows alone, with the share on stderr."""
    show(taizhou, coverage.served(taizhou), name, None)
    said = capsys.readouterr()
    assert "西城街道" in said.out
    assert ("38/39" in said.err) == (name == "csv")
    if name == "json":
        assert json.loads(said.out)["share"]["met"] == 38


def test_an_answer_as_a_workbook_holds_rows_and_definition(taizhou, tmp_path):
    path = tmp_path / "答案.xlsx"
    show(taizhou, coverage.served(taizhou), None, str(path))
    sheets = pd.read_excel(path, sheet_name=None, dtype=str, engine="openpyxl")
    assert list(sheets) == ["明细", "口径"]
    assert len(sheets["明细"]) == 43
    assert sheets["明细"].columns.tolist() == ["区划代码", "名称", "集团", "机构", "判定", "理由"]
    result = dict(sheets["口径"].itertuples(index=False))
    assert result["所问"] == "区划覆盖（截至 2023-10-25）"
    assert result["结果"].startswith("38/39 个区划")


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", " =1", "\t=1", "'=1"])
def test_no_text_of_an_answer_is_a_formula(capsys, formula):
    """Neither cells nor titles; numbers stay numbers."""
    deliver(pd.DataFrame({formula: [formula], "n": [-1.5], 7: [None]}), FRAME_FORMATS, "csv", None)
    title, row = csv.reader(io.StringIO(capsys.readouterr().out))
    assert title == [f"'{formula}", "n", "7"]
    assert row == [f"'{formula}", "-1.5", ""]
