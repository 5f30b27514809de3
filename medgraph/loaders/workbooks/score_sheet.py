"""Read and write score sheets as Excel: Henan's chain, the national judgement, Xinjiang's 42 items.

A sheet has one row per county, indicator, or zone and year; headers in Chinese or English. `read`
gives the ledger that `policy.scoring` and `policy.audit` judge, `lines_of` that of a frame which is
read already; `template` writes an empty sheet, and `write` what came out.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import pandas as pd

from medgraph.errors import OptionError, SourceError
from medgraph.graphmodel.origin import Origin
from medgraph.loaders.workbooks.grid import address
from medgraph.loaders.workbooks.package_limits import checked
from medgraph.loaders.workbooks.sheet_writing import PLAIN_TEXTS
from medgraph.whole_files import replacing
from medgraph.words.punctuation import LIST_COMMA
from medgraph.words.say import pick, problem, say
from medgraph.words.score_sheets import SCORE_SHEETS, ScoreSheet
from medgraph.words.vocabularies import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LONGEST_TITLE = 31


def read(source: str | Path, scheme: str) -> pd.DataFrame:
    """Return a score sheet as a ledger, a line for each cell with its place; empty cells are
    missing, not 0.

    `scoring` judges it, and `audit` takes it as its ledger. Raise SourceError where the file is no
    workbook or lacks a column, OptionError for an unknown scheme.
    """
    file = Path(source)
    try:
        title, sheet = first_sheet(file)
    except (ValueError, OSError, KeyError, BadZipFile) as error:
        raise SourceError(say("score_no_sheet", source=file.name)) from error
    return lines_of(sheet, scheme, file=file.name, title=title)


def first_sheet(file: Path) -> tuple[str, pd.DataFrame]:
    """Return the title and the cells of a workbook's first sheet, all cells as text."""
    with pd.ExcelFile(checked(file), engine="openpyxl") as book:
        title = str(book.sheet_names[0])
        return title, pd.read_excel(book, title, dtype=str)


def lines_of(sheet: pd.DataFrame, scheme: str, *, file: str, title: str = "") -> pd.DataFrame:
    """Return the frame of a score sheet as a ledger, a line for each cell with its place.

    `file` and `title` say where the frame was read; its index counts the rows below the titles.
    Raise SourceError where it lacks a column or has it twice, OptionError for an unknown scheme.
    """
    described = _described(scheme)
    names = _names_of(sheet, described)
    columns: dict[str, int] = {}
    for at, head in enumerate(sheet.columns):
        if head in names and (first := columns.setdefault(names[head], at)) != at:
            raise SourceError(str(problem("E032", value=head, first=address(0, first))))
    sheet = sheet.rename(columns=names)
    _refuse_lacking(sheet, described)
    sheet = sheet[list(columns)].dropna(how="all")
    plain = sheet.astype(object).where(sheet.notna(), None)
    rows = [dict(zip(columns, row, strict=True)) for row in plain.itertuples(index=False)]
    numbers = sheet.index.tolist()

    def cell(row: int, name: str) -> str:
        place = address(numbers[row] + _TITLES, columns[name])
        return str(Origin(file, title, place, "typed"))

    return pd.DataFrame(described.lines(rows, cell), columns=_LINE, dtype=object)


_LINE = ["subject", "period", "item", "value", "origin"]
_TITLES = 1  # rows above the first


def scheme_of(titles: Iterable[str]) -> str | None:
    """Name the scheme whose sheet has these titles; None where they are of none.

    >>> scheme_of(["县", "维度", "指标", "等级"]), scheme_of(["subject", "item", "value"])
    ('judgement', None)
    """
    frame = pd.DataFrame(columns=list(titles))
    for scheme, described in SCORE_SHEETS.items():
        if set(described.needed) <= set(_names_of(frame, described).values()):
            return scheme
    return None


def _names_of(sheet: pd.DataFrame, described: ScoreSheet) -> dict[str, str]:
    """Header -> name, for the headers of a sheet that are known in Chinese or English."""
    known = {fold(title): name for title, name in described.also.items()}
    for name, zh in described.columns.items():
        known |= {fold(zh): name, fold(name): name}
    return {title: known[fold(title)] for title in sheet.columns if fold(title) in known}


def _refuse_lacking(sheet: pd.DataFrame, described: ScoreSheet) -> None:
    lacking = [described.columns[name] for name in described.needed if name not in sheet.columns]
    if lacking:
        lost, wanted = LIST_COMMA.join(lacking), LIST_COMMA.join(described.columns.values())
        raise SourceError(say("score_columns", lost=lost, wanted=wanted))


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
