"""Take the sheets of a workbook as they stand: texts by row and column, merged ranges, what is hidden or struck."""

from __future__ import annotations

import contextlib
import csv
import datetime
import io
import math
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from medgraph.errors import SourceError
from medgraph.loaders.formats.csv_folder import decode, delimiter_of
from medgraph.loaders.tabular.sheets import file_name, filled_cells, letter, text_rows
from medgraph.suffixes import CSV, OLD_WORKBOOKS, WORKBOOKS, WPS_WORKBOOK
from medgraph.words.say import say
from medgraph.words.workbook_words import SHEETS

_KNOWN = (CSV, *WORKBOOKS, *OLD_WORKBOOKS, WPS_WORKBOOK)
_OLE = b"\xd0\xcf\x11\xe0"
_UNSAFE_DIGITS = 10**15  # Excel keeps 15 digits of a number
_CUT_MONTH = re.compile(r"(?:19|20)\d\d\.1")  # a number: January, or October without its zero
_WHOLE = 2**53
# The hidden sheet behind 对照, by which a workbook is known to be of our making.
CHOICES = SHEETS["mapping_choices"]


@dataclass
class Grid:
    """One sheet: `rows` of texts (None: empty cell), counted from 0; ranges are first and last row, then column.

    `lost` are cells whose digits Excel has cut; `unstored` are formulas without a stored value; `hidden_rows` and
    `struck` are rows, `struck_cells` single cells struck through in other rows. `remark` says what the file cannot.
    """

    file: str
    name: str
    rows: list[list[str | None]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    struck: frozenset[int] = frozenset()
    unstored: tuple[tuple[int, int], ...] = ()
    lost: frozenset[tuple[int, int]] = frozenset()
    struck_cells: frozenset[tuple[int, int]] = frozenset()
    remark: str = ""

    @property
    def width(self) -> int:
        return max(map(len, self.rows), default=0)

    def place(self, row: int, column: int | None = None) -> str:
        """Return the address of a cell, or of a row."""
        return f"{self.name}!{address(row, column)}"

    def filled(self) -> Iterator[tuple[int, int]]:
        """Give every cell that is not empty."""
        for r, row in enumerate(self.rows):
            for c, text in enumerate(row):
                if text is not None:
                    yield r, c


def address(row: int, column: int | None) -> str:
    """Return how people call a cell.

    >>> address(6, 3)
    'D7'
    """
    return f"{'' if column is None else letter(column)}{row + 1}"


def read_grids(source: Path, notes: list[tuple[str, str]] | None = None) -> list[Grid]:
    """Return the sheets of a workbook or CSV, or of every one in a folder.

    `notes` takes files that were left alone, with the reason. Raise SourceError for what is no such file.
    """
    if not source.is_dir():
        return _file(source)
    grids: list[Grid] = []
    for path in sorted(source.iterdir()):
        if reason := left_alone(path):
            (notes if notes is not None else []).append((file_name(path), reason))
        elif not path.name.startswith("."):
            grids += _named_by_file(_file(path), path)
    return grids


def left_alone(path: Path) -> str:
    """Why a file of a folder is not read; an empty text where it is."""
    if path.name.startswith("~$"):
        return say("messy_lock_file")
    if path.suffix.lower() not in _KNOWN:
        return say("messy_other_file") if not path.name.startswith(".") else ""
    return say("messy_own_file") if set(CHOICES.values()) & set(sheet_names(path)) else ""


def sheet_names(path: Path) -> list[str]:
    """Return the names of the sheets of an .xlsx without reading it; none where it is no workbook."""
    from xml.sax.saxutils import unescape

    try:
        with zipfile.ZipFile(path) as archive:
            text = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    except (zipfile.BadZipFile, KeyError, OSError):
        return []
    found = re.findall(r"<(?:\w+:)?sheet\b[^>]*?\bname=\"([^\"]*)\"", text)
    return [unescape(name, {"&quot;": '"', "&apos;": "'"}) for name in found]


def _named_by_file(grids: list[Grid], path: Path) -> list[Grid]:
    """In a folder the name of the file stands before that of the sheet."""
    if path.suffix.lower() != CSV:
        for grid in grids:
            grid.name = f"{path.stem}/{grid.name}"
    return grids


def _file(path: Path) -> list[Grid]:
    suffix = path.suffix.lower()
    if path.name.startswith("~$"):
        raise SourceError(say("messy_lock", path=path))
    if suffix == WPS_WORKBOOK:
        raise SourceError(say("messy_et", path=path))
    if suffix == CSV:
        return [_csv(path)]
    return _calamine(path) if suffix in OLD_WORKBOOKS or is_old(path) else _openpyxl(path)


def is_old(path: Path) -> bool:
    """Whether a workbook is of the old format, or encrypted, whatever its suffix says."""
    with path.open("rb") as stream:
        return stream.read(len(_OLE)) == _OLE


# -- xlsx ------------------------------------------------------------------------------------------


def _openpyxl(path: Path) -> list[Grid]:
    from medgraph.loaders.workbooks.workbook import opened

    book = opened(path, data_only=True)
    struck_fonts = {i for i, font in enumerate(book._fonts) if font.strike}
    formulas = _formulas(path)
    return [
        _tab(tab, file_name(path), struck_fonts, formulas.get(tab.title, ()))
        for tab in book.worksheets
    ]


def _tab(
    tab: Any, file: str, struck_fonts: set[int], formulas: tuple[tuple[int, int], ...]
) -> Grid:
    filled = filled_cells(tab)
    rows = text_rows({at: text_of(cell.value) for at, cell in filled.items()}, tab.title)
    lost = frozenset(at for at, cell in filled.items() if _is_cut(cell.value))
    struck_cells = {
        at for at, cell in filled.items() if struck_fonts and cell._style.fontId in struck_fonts
    }
    struck = {r for r, _ in struck_cells} - {r for r, _ in filled.keys() - struck_cells}
    merged = [
        (m.min_row - 1, m.min_col - 1, m.max_row - 1, m.max_col - 1)
        for m in tab.merged_cells.ranges
    ]
    hidden = frozenset(number - 1 for number, row in tab.row_dimensions.items() if row.hidden)
    unstored = tuple(
        (r, c) for r, c in formulas if r >= len(rows) or c >= len(rows[r]) or rows[r][c] is None
    )
    return Grid(
        file,
        tab.title,
        rows,
        sorted(merged),
        tab.sheet_state != "visible",
        hidden,
        frozenset(struck),
        unstored,
        lost,
        frozenset(at for at in struck_cells if at[0] not in struck),
    )


def _is_cut(value: Any) -> bool:
    """Whether Excel cut digits of a number: beyond the 15th, or the zero of 2023.10."""
    return isinstance(value, int | float) and (
        abs(value) >= _UNSAFE_DIGITS or bool(_CUT_MONTH.fullmatch(str(value)))
    )


def _formulas(path: Path) -> dict[str, tuple[tuple[int, int], ...]]:
    """The cells with a formula, by sheet; a workbook without formulas is not read a second time."""
    with zipfile.ZipFile(path) as archive:
        sheets = [
            n for n in archive.namelist() if n.startswith("xl/worksheets/") and n.endswith(".xml")
        ]
        if not any(re.search(rb"<f[ >/]", archive.read(name)) for name in sheets):
            return {}
    from medgraph.loaders.workbooks.workbook import opened

    book = opened(path, data_only=False)
    return {
        tab.title: tuple(at for at, cell in filled_cells(tab).items() if cell.data_type == "f")
        for tab in book.worksheets
    }


def read_sheet(path: Path, name: str) -> Grid:
    """Return one sheet alone, its texts and no more: much faster than all of a large workbook."""
    from medgraph.loaders.workbooks.workbook import opened

    with contextlib.closing(opened(path, data_only=True, read_only=True)) as book:
        tab = book[name]
        tab.reset_dimensions()  # WPS writes A1:A1, whatever is there
        rows = [
            [None if value is None else text_of(value) for value in row]
            for row in tab.iter_rows(values_only=True)
        ]
    return Grid(file_name(path), name, trimmed(rows))


# -- xls and csv -----------------------------------------------------------------------------------


def _calamine(path: Path) -> list[Grid]:
    import python_calamine

    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise SourceError(say("messy_encrypted", path=path))
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [_calamine_sheet(book, meta, file_name(path)) for meta in book.sheets_metadata]
    except python_calamine.CalamineError as error:
        secret = isinstance(error, python_calamine.PasswordError) or "assword" in str(error)
        raise SourceError(
            say("messy_encrypted" if secret else "not_a_workbook", path=path)
        ) from error


def _calamine_sheet(book: Any, meta: Any, file: str) -> Grid:
    import python_calamine

    sheet = book.get_sheet_by_name(meta.name)
    raw = sheet.to_python(skip_empty_area=False)
    lost = frozenset(
        (r, c) for r, row in enumerate(raw) for c, value in enumerate(row) if _is_cut(value)
    )
    rows = [[None if value == "" else text_of(value) for value in row] for row in raw]
    merged = sorted((a[0], a[1], b[0], b[1]) for a, b in sheet.merged_cell_ranges or ())
    return Grid(
        file,
        meta.name,
        trimmed(rows),
        merged,
        meta.visible != python_calamine.SheetVisibleEnum.Visible,
        lost=lost,
        remark=say("messy_old_format"),
    )


def _csv(path: Path) -> Grid:
    text, _ = decode(path.read_bytes(), path)
    rows = [
        [cell.strip() or None for cell in row]
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    ]
    return Grid(file_name(path), file_name(path), trimmed(rows))


# -- texts -----------------------------------------------------------------------------------------


def text_of(value: Any) -> str | None:
    """Return the text of a cell as people mean it: a whole number without `.0`, a day as 2023-10-25."""
    if isinstance(value, bool):
        return "√" if value else "×"
    if (
        isinstance(value, float)
        and math.isfinite(value)
        and value == int(value)
        and abs(value) < _WHOLE
    ):
        return str(int(value))
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(" ")
    text = (
        value if isinstance(value, str) else repr(value) if isinstance(value, float) else str(value)
    )
    return text.strip(" \t\r\n\u3000\u00a0") or None


def trimmed(rows: list[list[str | None]]) -> list[list[str | None]]:
    """Return the rows without the empty ones at the end and the empty columns at the right."""
    while rows and not any(text is not None for text in rows[-1]):
        rows.pop()
    width = max(
        (c + 1 for row in rows for c, text in enumerate(row) if text is not None), default=0
    )
    return [[*row[:width], *[None] * (width - len(row))] for row in rows]
