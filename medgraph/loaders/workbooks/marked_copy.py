"""Copy a workbook with faulty cells marked and a sheet that lists and links to every problem."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medgraph.loaders import atomic
from medgraph.loaders.tabular.csv_text import rows_of
from medgraph.loaders.workbooks.openpyxl_book import LONGEST_TEXT, opened, save
from medgraph.loaders.workbooks.persons import personal_cells
from medgraph.loaders.workbooks.readers import TABLES, is_old, read_grids
from medgraph.loaders.workbooks.recognition import never_onto_work, only_workbook
from medgraph.suffixes import CSV, WORKBOOKS
from medgraph.text_files import decode
from medgraph.whole_files import replacing
from medgraph.words.languages import choose
from medgraph.words.say import Problem, language, say
from medgraph.words.workbook_words import MARK, SHEETS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl import Workbook

_COLOURS = {"error": "FFFFC7CE", "warning": "FFFFEB9C", "info": "FFDDEBF7"}
_PLACE = re.compile(r"(?P<sheet>.+)!(?P<cell>[A-Z]{0,3}[0-9]+)")
_NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\]")
_LONGEST_TITLE = 31
# The columns of the list of problems, each with its width.
_LISTED = {"severity": 8, "place": 24, "value": 28, "message": 60, "advice": 50, "code": 8}


def marked_copy(source: str | Path, problems: Sequence[Problem], target: str | Path) -> None:
    """Write a copy of `source` as a workbook: faulty cells coloured, a sheet with a link to each.

    A folder becomes a workbook with a sheet for each table; of any other source the list alone is
    written.
    """
    only_workbook(Path(target))
    never_onto_work(Path(target))
    book, tabs = with_tabs(Path(source))
    book.properties.description = MARK
    for title in SHEETS["problems"].values():
        if title in book.sheetnames:
            del book[title]
    for tab in book.worksheets:
        _unmark(tab)
        _hide_persons(tab)
    _list(book, problems, tabs)
    with replacing(target) as new:
        save(book, new)


# -- the copy -------------------------------------------------------------------------------------


def with_tabs(source: Path) -> tuple[Workbook, dict[str, Any]]:
    """Return a workbook, and its sheets by the names that places give them.

    A CSV file, an old workbook or a folder of tables becomes a workbook with a sheet for each.
    """
    import openpyxl

    if source.suffix.lower() in WORKBOOKS and not is_old(source):
        book: Workbook = opened(source, data_only=False)
        return book, {tab.title: tab for tab in book.worksheets}
    book = openpyxl.Workbook()
    del book[book.sheetnames[0]]
    files = list(source.iterdir()) if source.is_dir() else [source]
    if any(file.suffix.lower() in TABLES and file.suffix.lower() != CSV for file in files):
        return book, _tabs_of_grids(book, source)
    for file in atomic.tables_of(source, CSV) if source.is_dir() else files:
        if file.suffix.lower() == CSV:
            _tab_of_csv(book, file)
    return book, {tab.title + end: tab for tab in book.worksheets for end in ("", CSV)}


def _tabs_of_grids(book: Workbook, source: Path) -> dict[str, Any]:
    """The texts of workbooks that openpyxl cannot read or that are several, sheet by sheet."""
    tabs = {}
    for grid in read_grids(source):
        title = _NOT_IN_A_TITLE.sub("_", grid.name)[:_LONGEST_TITLE]
        tabs[grid.name] = tab = book.create_sheet(title)
        for row, column in grid.filled():
            _write(tab.cell(row + 1, column + 1), grid.rows[row][column] or "")
    return tabs


def _tab_of_csv(book: Workbook, file: Path) -> None:
    text, _ = decode(file.read_bytes(), file)
    tab = book.create_sheet(file.stem[:_LONGEST_TITLE])
    for row, cells in enumerate(rows_of(text), 1):
        for column, value in enumerate(cells, 1):
            if value:
                _write(tab.cell(row, column), value)


def _write(cell: Any, text: str) -> None:
    """Write a text that stays one, whatever it begins with."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST_TEXT]
    cell.data_type = "s"


# -- the marks ------------------------------------------------------------------------------------


def _list(book: Workbook, problems: Sequence[Problem], tabs: dict[str, Any]) -> None:
    """Add the sheet of problems, and mark the cells that they name."""
    from openpyxl.styles import PatternFill

    tab = book.create_sheet(choose(language(), SHEETS["problems"]), 0)
    _write_heads(tab)
    fills = {name: PatternFill("solid", fgColor=colour) for name, colour in _COLOURS.items()}
    for row, found in enumerate(problems, 2):
        shown = found.to_dict() | {"severity": say(f"severity_{found.severity}")}
        for column, name in enumerate(_LISTED, 1):
            _write(tab.cell(row, column), shown[name])
        fill = fills[found.severity]
        tab.cell(row, 1).fill = fill
        marked = _cell(found.place, tabs)
        if marked is not None:
            _link(tab.cell(row, 2), marked)
            if marked.fill.fgColor.rgb != _COLOURS["error"]:
                marked.fill = fill
    book.active = 0


def _write_heads(tab: Any) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for column, (name, width) in enumerate(_LISTED.items(), 1):
        head = tab.cell(1, column)
        _write(head, say(f"problem_{name}"))
        head.font = Font(bold=True)
        tab.column_dimensions[get_column_letter(column)].width = width
    tab.freeze_panes = "A2"


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


def _hide_persons(tab: Any) -> None:
    """Take out what names a person: the copy is for whoever mends the table."""
    rows = [
        [None if cell.value is None else str(cell.value) for cell in row] for row in tab.iter_rows()
    ]
    for (row, column), text in personal_cells(rows).items():
        cell = tab.cell(row + 1, column + 1)
        if isinstance(cell.value, str | int | float):
            _write(cell, text)


def _unmark(tab: Any) -> None:
    """Take away the marks of an earlier copy."""
    from openpyxl.styles import PatternFill

    for row in tab.iter_rows():
        for cell in row:
            if cell.has_style and cell.fill.fgColor.rgb in _COLOURS.values():
                cell.fill = PatternFill()
