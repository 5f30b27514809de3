"""Read and write score sheets as Excel: Henan's chain, the national judgement, Xinjiang's 42 items.

A sheet has one row per county, indicator, or zone and year; headers in Chinese or English. `read`
gives the frame that `policy.scoring` judges; `template` writes an empty sheet, and `write` what
came out.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import pandas as pd

from medgraph.errors import OptionError, SourceError
from medgraph.loaders.workbooks.sheet_writing import PLAIN_TEXTS
from medgraph.whole_files import replacing
from medgraph.words.punctuation import LIST_COMMA
from medgraph.words.say import pick, say
from medgraph.words.score_sheets import SCORE_SHEETS, ScoreSheet
from medgraph.words.vocabularies import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST_TITLE = 31


def read(source: str | Path, scheme: str) -> pd.DataFrame:
    """Return a score sheet as the frame that `scoring` takes; empty cells are missing, not 0.

    A sheet with a column for each item becomes a row for each: `zone`, `year`, `item`, `value`.
    Raise SourceError where the file is no workbook or lacks a column, OptionError for an unknown
    scheme.
    """
    described = _described(scheme)
    try:
        sheet = pd.read_excel(Path(source), dtype=str, engine="openpyxl")
    except (ValueError, OSError, KeyError, BadZipFile) as error:
        raise SourceError(say("score_no_sheet", source=Path(source).name)) from error
    sheet = sheet.rename(columns=_names_of(sheet, described))
    _refuse_lacking(sheet, described)
    sheet = sheet[list(described.columns)].dropna(how="all").reset_index(drop=True)
    return _item_by_item(sheet, described.items_beside) if described.items_beside else sheet


def _names_of(sheet: pd.DataFrame, described: ScoreSheet) -> dict[str, str]:
    """Header -> name, for the headers of a sheet that are known in Chinese or English."""
    known: dict[str, str] = {}
    for name, zh in described.columns.items():
        known |= {fold(zh): name, fold(name): name}
    return {title: known[fold(title)] for title in sheet.columns if fold(title) in known}


def _refuse_lacking(sheet: pd.DataFrame, described: ScoreSheet) -> None:
    lacking = [zh for name, zh in described.columns.items() if name not in sheet.columns]
    if lacking:
        lost, wanted = LIST_COMMA.join(lacking), LIST_COMMA.join(described.columns.values())
        raise SourceError(say("score_columns", lost=lost, wanted=wanted))


def _item_by_item(sheet: pd.DataFrame, beside: tuple[str, ...]) -> pd.DataFrame:
    rows = sheet.melt(list(beside), var_name="item", value_name="value")
    rows = rows.assign(year=rows["year"].astype(int))
    return rows.dropna(subset=["value"]).reset_index(drop=True)


def template(target: str | Path, scheme: str) -> None:
    """Write an empty sheet of a scheme with its headers in the language of now."""
    columns = _described(scheme).columns
    heads = pick(zh=list(columns.values()), en=list(columns))
    write({scheme: pd.DataFrame(columns=heads)}, target)


def write(sheets: Mapping[str, pd.DataFrame], target: str | Path) -> None:
    """Write frames as sheets of one workbook; the old file is whole until the new is complete.

    Text stays text, whatever it begins with.
    """
    options = {"options": PLAIN_TEXTS}
    with (
        replacing(target) as file,
        pd.ExcelWriter(file, engine="xlsxwriter", engine_kwargs=options) as book,
    ):
        for name, frame in sheets.items():
            title = name[:_LONGEST_TITLE]
            frame.to_excel(book, sheet_name=title, index=False)
            book.sheets[title].freeze_panes(1, 1)
            book.sheets[title].set_column(0, max(len(frame.columns) - 1, 0), 14)


def _described(scheme: str) -> ScoreSheet:
    if scheme not in SCORE_SHEETS:
        allowed = ", ".join(SCORE_SHEETS)
        raise OptionError(say("not_one_of", what="scheme", value=scheme, allowed=allowed))
    return SCORE_SHEETS[scheme]
