"""Read and write score sheets: Henan's chain, the national judgement, Xinjiang's 42 items.

A sheet has one row per county, indicator, or zone and year; headers in Chinese or English. `read`
gives the ledger that `policy.scoring` and `policy.audit` judge, `lines_of` that of a frame which is
read already; `template` writes an empty sheet, and `write` what came out.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from medgraph.errors import OptionError, SourceError, TargetError
from medgraph.file_properties import TIMELESS
from medgraph.graphmodel.origin import Origin
from medgraph.loaders.side_files.declared_columns import is_error, refuse, unread
from medgraph.loaders.side_files.table_file import TableFile, read_table_file
from medgraph.loaders.workbooks.grid import address
from medgraph.loaders.workbooks.recognition import has_content, never_onto_work
from medgraph.plain_workbooks import plain_frames
from medgraph.suffixes import CSV, XLSX
from medgraph.whole_files import replacing, write_whole
from medgraph.words.joining import listed
from medgraph.words.languages import choose
from medgraph.words.say import language, pick, problem, say
from medgraph.words.score_sheets import SCORE_SHEETS, ScoreSheet
from medgraph.words.vocabularies import fold
from medgraph.words.workbook_words import SHEETS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from medgraph.words.say import Problem

_LONGEST_TITLE = 31


def read(source: str | Path, scheme: str, notes: list[Problem] | None = None) -> pd.DataFrame:
    """Return a score sheet as a ledger, a line for each cell with its place; empty cells are
    missing, not 0.

    `scoring` judges it, and `audit` takes it as its ledger; `notes` takes what was not read. Raise
    SourceError where the file is no table or lacks a column, OptionError for an unknown scheme.
    """
    _described(scheme)
    return lines_in(read_table_file(Path(source)), scheme, [] if notes is None else notes)


def lines_in(table: TableFile, scheme: str, notes: list[Problem]) -> pd.DataFrame:
    """Return the table of a score sheet as a ledger, as `read` does."""
    names = _names_of(table.frame(), _described(scheme))
    known = [place for place, title in enumerate(table.titles) if title in names]
    notes += unread(table, set(known))
    cells = (
        (row, place, table.rows[row][place]) for row in range(len(table.rows)) for place in known
    )
    errors = [(table.place(row, place), text) for row, place, text in cells if is_error(text)]
    refuse(table, [problem("E019", place=place, value=text or "") for place, text in errors])
    return lines_of(table.frame(), scheme, file=table.file, title=table.sheet)


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
    _refuse_lacking(sheet, described, file)
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


def _refuse_lacking(sheet: pd.DataFrame, described: ScoreSheet, file: str) -> None:
    lacking = [described.columns[name] for name in described.needed if name not in sheet.columns]
    if lacking:
        lost, wanted = listed(lacking), listed(described.columns.values())
        raise SourceError(say("score_sheet_columns", file=file, lost=lost, wanted=wanted))


def template(target: str | Path, scheme: str) -> None:
    """Write an empty sheet of a scheme with its headers in the language of now, as `.xlsx` or
    `.csv`.

    A workbook says on a second sheet how to fill it in. Raise TargetError for any other suffix,
    and where a file is there that is more than such an empty sheet.
    """
    columns = _described(scheme).columns
    heads = pd.DataFrame(columns=pick(zh=list(columns.values()), en=list(columns)))
    file = Path(target)
    is_csv = file.suffix.lower() == CSV
    if not is_csv and file.suffix.lower() != XLSX:
        raise TargetError(say("score_suffix", path=target))
    _never_onto_filled(file, scheme)
    if is_csv:
        write_whole(file, heads.to_csv(index=False, lineterminator="\n").encode("utf-8-sig"))
        return
    how = how_to_fill(scheme)
    title = choose(language(), SHEETS["help"])
    write({scheme: heads, title: pd.DataFrame({title: how.split("\n")})}, file)


def how_to_fill(scheme: str) -> str:
    """Return how the sheet of a scheme is filled in, a line for each thing to know."""
    return say(f"score_how.{scheme}")


def _never_onto_filled(target: Path, scheme: str) -> None:
    """Raise TargetError where a file is there that is more than an empty sheet of this scheme."""
    if not has_content(target):
        return
    never_onto_work(target)
    try:
        is_empty = read(target, scheme).empty
    except SourceError as error:
        raise TargetError(say("target_of_others", path=target.name)) from error
    if not is_empty:
        raise TargetError(say("target_filled", path=target.name))


def write(sheets: Mapping[str, pd.DataFrame], target: str | Path) -> None:
    """Write frames as sheets of one workbook; the old file is whole until the new is complete.

    Text stays text, whatever it begins with.
    """
    with replacing(target) as file, plain_frames(file, TIMELESS) as book:
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
