"""Copy a workbook with its faulty cells marked and a sheet that lists and links to every problem."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medgraph.loaders import atomic
from medgraph.suffixes import CSV, OLD_WORKBOOKS, WORKBOOKS
from medgraph.words.say import Problem, pick, say

if TYPE_CHECKING:
    from openpyxl import Workbook

_COLOURS = {"error": "FFFFC7CE", "warning": "FFFFEB9C"}
_PLACE = re.compile(r"(?P<sheet>.+)!(?P<cell>[A-Z]{0,3}[0-9]+)")
_TITLES = {"zh": "问题", "en": "Problems"}


def marked_copy(source: str | Path, problems: Sequence[Problem], target: str | Path) -> None:
    """Write a copy of `source` as a workbook: faulty cells coloured, a sheet 问题 with a link to each.

    A folder becomes a workbook with a sheet for each table; of any other source the list alone is written.
    """
    book, tabs = with_tabs(Path(source))
    for title in _TITLES.values():
        if title in book.sheetnames:
            del book[title]
    for tab in book.worksheets:
        _unmark(tab)
    _list(book, problems, tabs)
    with atomic.replacing(target) as new:
        book.save(new)


def with_tabs(source: Path) -> tuple[Workbook, dict[str, Any]]:
    """Return a workbook, and its sheets by the names that places give them.

    A CSV file, an old workbook or a folder of tables becomes a workbook with a sheet for each.
    """
    import openpyxl

    from medgraph.loaders.workbooks.grid import is_old
    from medgraph.loaders.workbooks.workbook import opened

    if source.suffix.lower() in WORKBOOKS and not is_old(source):
        book = opened(source, data_only=False)
        return book, {tab.title: tab for tab in book.worksheets}
    book = openpyxl.Workbook()
    del book[book.sheetnames[0]]
    files = list(source.iterdir()) if source.is_dir() else [source]
    if any(file.suffix.lower() in (*OLD_WORKBOOKS, *WORKBOOKS) for file in files):
        return book, _tabs_of(book, source)
    for file in atomic.tables_of(source, CSV) if source.is_dir() else files:
        if file.suffix.lower() == CSV:
            _tab_of(book, file)
    return book, {tab.title + end: tab for tab in book.worksheets for end in ("", CSV)}


def _tabs_of(book: Workbook, source: Path) -> dict[str, Any]:
    """The texts of workbooks that openpyxl cannot read or that are several, sheet by sheet."""
    from medgraph.loaders.workbooks.grid import read_grids

    tabs = {}
    for grid in read_grids(source):
        tabs[grid.name] = tab = book.create_sheet(re.sub(r"[\[\]:*?/\\]", "_", grid.name)[:31])
        for row, column in grid.filled():
            _text(tab.cell(row + 1, column + 1), grid.rows[row][column] or "")
    return tabs


def _tab_of(book: Workbook, file: Path) -> None:
    import csv
    import io

    from medgraph.loaders.formats.csv_folder import decode, delimiter_of

    text, _ = decode(file.read_bytes(), file)
    tab = book.create_sheet(file.stem[:31])
    for row, cells in enumerate(
        csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text)), 1
    ):
        for column, value in enumerate(cells, 1):
            if value:
                _text(tab.cell(row, column), value)


def _list(book: Workbook, problems: Sequence[Problem], tabs: dict[str, Any]) -> None:
    from openpyxl.styles import Font, PatternFill

    tab = book.create_sheet(pick(**_TITLES), 0)
    heads = [
        say(f"problem_{name}")
        for name in ("severity", "place", "value", "message", "advice", "code")
    ]
    for column, text in enumerate(heads, 1):
        _text(tab.cell(1, column), text)
        tab.cell(1, column).font = Font(bold=True)
        tab.column_dimensions["ABCDEF"[column - 1]].width = (8, 24, 28, 60, 50, 8)[column - 1]
    tab.freeze_panes = "A2"
    fills = {name: PatternFill("solid", fgColor=colour) for name, colour in _COLOURS.items()}
    for row, found in enumerate(problems, 2):
        shown = (
            say(f"severity_{found.severity}"),
            found.place,
            found.value,
            found.message,
            found.advice,
            found.code,
        )
        for column, text in enumerate(shown, 1):
            _text(tab.cell(row, column), text)
        tab.cell(row, 1).fill = fills[found.severity]
        if (at := _cell(found.place, tabs)) is not None:
            _link(tab.cell(row, 2), at)
            if at.fill.fgColor.rgb != _COLOURS["error"]:
                at.fill = fills[found.severity]
    book.active = 0


def _cell(place: str, tabs: dict[str, Any]) -> Any:
    """The cell that a place names; of a place that names a row, its first cell."""
    found = _PLACE.fullmatch(place)
    if found is None or found["sheet"] not in tabs:
        return None
    address = found["cell"] if found["cell"][0].isalpha() else f"A{found['cell']}"
    return tabs[found["sheet"]][address]


def _link(cell: Any, to: Any) -> None:
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    sheet = to.parent.title.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{sheet}'!{to.coordinate}")
    cell.font = Font(color="FF0563C1", underline="single")


def _text(cell: Any, text: str) -> None:
    """Write a text that stays one, whatever it begins with."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:32_767]
    cell.data_type = "s"


def _unmark(tab: Any) -> None:
    """Take away the marks of an earlier copy."""
    from openpyxl.styles import PatternFill

    for row in tab.iter_rows():
        for cell in row:
            if cell.has_style and cell.fill.fgColor.rgb in _COLOURS.values():
                cell.fill = PatternFill()
