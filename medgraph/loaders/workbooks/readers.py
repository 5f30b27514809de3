"""Read the sheets of any workbook or CSV as grids: one reader for each kind, in one table."""

from __future__ import annotations

import contextlib
import html
import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

from medgraph.errors import SourceError
from medgraph.loaders.tabular.csv_text import decode, rows_of
from medgraph.loaders.tabular.sheets import file_name
from medgraph.loaders.workbooks.cell_texts import text_of
from medgraph.loaders.workbooks.file_kinds import FileKind, kind_of_file, readable_kind
from medgraph.loaders.workbooks.grid import Grid, trimmed
from medgraph.loaders.workbooks.openpyxl_book import filled_cells, opened, text_rows
from medgraph.loaders.workbooks.web_page import read_web_page
from medgraph.suffixes import CSV, OLD_WORKBOOKS, TEXT_TABLES, WORKBOOKS
from medgraph.whole_files import LOCK_FILE
from medgraph.words.say import say
from medgraph.words.workbook_words import SHEETS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Rows = list[list[str | None]]

# The suffixes of files of a folder that hold tables.
TABLES = (CSV, *WORKBOOKS, *OLD_WORKBOOKS, *TEXT_TABLES)
_FIRST_BYTES = 4096
_UNSAFE_DIGITS = 10**15  # Excel keeps 15 digits of a number
_CUT_MONTH = re.compile(r"(?:19|20)\d\d\.1")  # a number: January, or October without its zero
_FORMULA = re.compile(rb"<f[ >/]")
_SHEET_NAME = re.compile(r"<(?:\w+:)?sheet\b[^>]*?\bname=\"([^\"]*)\"")
# The hidden sheet behind 对照, by which a workbook is known to be of our making.
CHOICES = SHEETS["mapping_choices"]


def read_grids(source: Path, notes: list[tuple[str, str]] | None = None) -> list[Grid]:
    """Return the sheets of a workbook or CSV, or of every one in a folder.

    `notes` takes files that were left alone, with the reason. Raise SourceError for what is no such
    file.
    """
    if not source.is_dir():
        return _read(source)
    grids: list[Grid] = []
    for path in sorted(source.iterdir()):
        reason = left_alone(path)
        if reason and notes is not None:
            notes.append((file_name(path), reason))
        elif not reason and not path.name.startswith("."):
            grids += _named_by_file(_read(path), path)
    return grids


def left_alone(path: Path) -> str:
    """Return why a file of a folder is not read; an empty text where it is, or is hidden."""
    if path.name.startswith(LOCK_FILE):
        return say("foreign_lock_file")
    if path.suffix.lower() not in TABLES or _is_prose(path):
        return say("foreign_other_file") if not path.name.startswith(".") else ""
    return say("foreign_own_file") if set(CHOICES.values()) & set(sheet_names(path)) else ""


def _is_prose(path: Path) -> bool:
    """Whether a text holds no columns, as a note beside tables does."""
    if path.suffix.lower() not in TEXT_TABLES:
        return False
    with path.open("rb") as stream:
        head = stream.read(_FIRST_BYTES).replace(b"\0", b"")
    return b"\t" not in head and b"," not in head


def sheet_names(path: Path) -> list[str]:
    """Return the names of the sheets of an .xlsx without reading it; none if it is none."""
    try:
        with zipfile.ZipFile(path) as archive:
            text = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    except (zipfile.BadZipFile, KeyError, OSError):
        return []
    return [html.unescape(name) for name in _SHEET_NAME.findall(text)]


def _named_by_file(grids: list[Grid], path: Path) -> list[Grid]:
    """In a folder the name of the file is put before that of the sheet."""
    if path.suffix.lower() not in (CSV, *TEXT_TABLES):
        for grid in grids:
            grid.name = f"{path.stem}/{grid.name}"
    return grids


def _read(path: Path) -> list[Grid]:
    if path.name.startswith(LOCK_FILE):
        raise SourceError(say("foreign_lock", path=path))
    return _READERS[readable_kind(path)](path)


def is_old(path: Path) -> bool:
    """Whether a file is no workbook that openpyxl opens, whatever its suffix says."""
    return kind_of_file(path) in _READERS.keys() - {FileKind.XLSX}


# -- xlsx -----------------------------------------------------------------------------------------


def _read_xlsx(path: Path) -> list[Grid]:
    book = opened(path, data_only=True)
    struck_fonts = {i for i, font in enumerate(book._fonts) if font.strike}
    formulas = _formulas(path)
    return [
        _xlsx_sheet(tab, file_name(path), struck_fonts, formulas.get(tab.title, ()))
        for tab in book.worksheets
    ]


def _xlsx_sheet(
    tab: Any, file: str, struck_fonts: set[int], formulas: tuple[tuple[int, int], ...]
) -> Grid:
    filled = filled_cells(tab)
    rows = text_rows({at: text_of(cell.value) for at, cell in filled.items()}, tab.title)
    struck_cells = {at for at, cell in filled.items() if cell._style.fontId in struck_fonts}
    struck = {row for row, _ in struck_cells} - {row for row, _ in filled.keys() - struck_cells}
    merged = [
        (area.min_row - 1, area.min_col - 1, area.max_row - 1, area.max_col - 1)
        for area in tab.merged_cells.ranges
    ]
    return Grid(
        file,
        tab.title,
        rows,
        sorted(merged),
        hidden=tab.sheet_state != "visible",
        hidden_rows=frozenset(n - 1 for n, row in tab.row_dimensions.items() if row.hidden),
        struck=frozenset(struck),
        unstored=tuple(at for at in formulas if not _has_text(rows, at)),
        lost=frozenset(at for at, cell in filled.items() if _is_cut(cell.value)),
        struck_cells=frozenset(at for at in struck_cells if at[0] not in struck),
    )


def _has_text(rows: Rows, at: tuple[int, int]) -> bool:
    row, column = at
    return row < len(rows) and column < len(rows[row]) and rows[row][column] is not None


def _is_cut(value: Any) -> bool:
    """Whether Excel cut digits of a number: beyond the 15th, or the zero of 2023.10."""
    if not isinstance(value, int | float):
        return False
    return abs(value) >= _UNSAFE_DIGITS or bool(_CUT_MONTH.fullmatch(str(value)))


def _formulas(path: Path) -> dict[str, tuple[tuple[int, int], ...]]:
    """The cells with a formula, by sheet; a workbook without any is not read a second time."""
    if not _has_formulas(path):
        return {}
    found = {}
    for tab in opened(path, data_only=False).worksheets:
        cells = filled_cells(tab)
        found[tab.title] = tuple(at for at, cell in cells.items() if cell.data_type == "f")
    return found


def _has_formulas(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        sheets = (archive.read(name) for name in names if name.endswith(".xml"))
        return any(_FORMULA.search(sheet) for sheet in sheets)


def read_sheet(path: Path, name: str) -> Grid:
    """Return one sheet alone, its texts and no more: much faster than all of a large workbook."""
    with contextlib.closing(opened(path, data_only=True, read_only=True)) as book:
        tab = book[name]
        tab.reset_dimensions()  # WPS writes A1:A1, whatever is there
        rows = [
            [None if value is None else text_of(value) for value in row]
            for row in tab.iter_rows(values_only=True)
        ]
    return Grid(file_name(path), name, trimmed(rows))


# -- old workbooks and CSV ------------------------------------------------------------------------


def _read_old(path: Path) -> list[Grid]:
    import python_calamine

    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise SourceError(say("foreign_encrypted", path=path))
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [_old_sheet(book, meta, file_name(path)) for meta in book.sheets_metadata]
    except python_calamine.CalamineError as error:
        is_secret = isinstance(error, python_calamine.PasswordError) or "assword" in str(error)
        key = "foreign_encrypted" if is_secret else "file_is_broken"
        raise SourceError(say(key, path=path)) from error


def _old_sheet(book: Any, meta: Any, file: str) -> Grid:
    import python_calamine

    sheet = book.get_sheet_by_name(meta.name)
    values = sheet.to_python(skip_empty_area=False)
    lost = [(r, c) for r, row in enumerate(values) for c, value in enumerate(row) if _is_cut(value)]
    rows = [[None if value == "" else text_of(value) for value in row] for row in values]
    merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
    return Grid(
        file,
        meta.name,
        trimmed(rows),
        sorted(merged),
        hidden=meta.visible != python_calamine.SheetVisibleEnum.Visible,
        lost=frozenset(lost),
        remark=say("foreign_old_format"),
    )


def _read_csv(path: Path) -> list[Grid]:
    text, _ = decode(path.read_bytes(), path)
    rows = [[cell.strip() or None for cell in row] for row in rows_of(text)]
    return [Grid(file_name(path), file_name(path), trimmed(rows))]


# How a file of each kind is read.
_READERS: dict[FileKind, Callable[[Path], list[Grid]]] = {
    FileKind.TEXT: _read_csv,
    FileKind.XLSX: _read_xlsx,
    FileKind.OLE: _read_old,
    FileKind.OTHER_WORKBOOK: _read_old,
    FileKind.WEB_PAGE: read_web_page,
}
