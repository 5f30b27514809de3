"""Score sheets as Excel, in and out."""

from __future__ import annotations

import openpyxl
import pandas as pd
import pytest

from medgraph.errors import OptionError, SourceError
from medgraph.loaders.side_files import score_sheet
from medgraph.queries.policy import scoring
from medgraph.words.say import speaking
from medgraph.words.score_sheets import SCORE_SHEETS


@pytest.mark.parametrize("scheme", SCORE_SHEETS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_template_is_read_again(scheme, lang, tmp_path):
    """An empty template, in either language, is a sheet without rows."""
    with speaking(lang):
        score_sheet.template(tmp_path / "sheet.xlsx", scheme)
    assert score_sheet.read(tmp_path / "sheet.xlsx", scheme).empty


def test_xinjiang_sheet_is_ranked(tmp_path):
    """A row per zone and year gives totals; an empty cell is missing, not nought."""
    columns = SCORE_SHEETS["xinjiang"].columns
    full = {
        "试验区": "甲",
        "年度": "2023",
        **{columns[str(i)]: w for i, w in enumerate(scoring.WEIGHTS, 1)},
        **dict.fromkeys(list(columns.values())[-6:], 0),
    }
    gap = {**full, "试验区": "乙", columns["1"]: None}
    score_sheet.write({"xinjiang": pd.DataFrame([full, gap])}, tmp_path / "sheet.xlsx")
    found = scoring.xinjiang(score_sheet.read(tmp_path / "sheet.xlsx", "xinjiang")).set_index(
        "zone"
    )
    assert (found.loc["甲", "worst"], found.loc["甲", "best"]) == (1000, 1000)
    assert (found.loc["乙", "worst"], found.loc["乙", "best"]) == (920, 1000)


def test_results_are_no_formulas(tmp_path):
    """A name that begins with = is text in the workbook."""
    score_sheet.write(
        {"out": pd.DataFrame({"county": ["=1+1"], "grade": ["A"]})}, tmp_path / "out.xlsx"
    )
    cell = openpyxl.load_workbook(tmp_path / "out.xlsx")["out"]["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_what_is_no_sheet_is_one_sentence(tmp_path):
    """A text file, a sheet without a column and an unknown scheme are errors that say so."""
    (tmp_path / "no.xlsx").write_text("no workbook", encoding="utf-8")
    with pytest.raises(SourceError, match=r"no\.xlsx"):
        score_sheet.read(tmp_path / "no.xlsx", "henan")
    score_sheet.write({"x": pd.DataFrame({"县": ["甲县"]})}, tmp_path / "short.xlsx")
    with pytest.raises(SourceError, match="等级"):
        score_sheet.read(tmp_path / "short.xlsx", "judgement")
    with pytest.raises(OptionError, match="henan"):
        score_sheet.read(tmp_path / "short.xlsx", "hunan")


@pytest.mark.parametrize("again", ["县", "county"])
def test_two_columns_that_say_the_same_are_refused(again):
    """Which of them counts nobody knows."""
    sheet = pd.DataFrame([list("甲责人A乙")], columns=["县", "维度", "指标", "等级", again])
    with pytest.raises(SourceError, match=f"{again}.*A1"):
        score_sheet.lines_of(sheet, "judgement", file="sheet.csv")
