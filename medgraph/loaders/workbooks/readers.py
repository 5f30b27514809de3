"""Read the sheets of any workbook or CSV as grids: one reader for each kind, in one table."""

from __future__ import annotations

import contextlib
import html
import re
import zipfile
from typing import TYPE_CHECKING, Any, NamedTuple

from medgraph.errors import SourceError
from medgraph.loaders.tabular.csv_text import sound_rows_of
from medgraph.loaders.tabular.sheets import file_name
from medgraph.loaders.workbooks.cell_texts import is_cut, text_of
from medgraph.loaders.workbooks.file_kinds import FileKind, kind_of_file, readable_kind
from medgraph.loaders.workbooks.grid import Grid, trimmed
from medgraph.loaders.workbooks.old_workbook import old_sheets
from medgraph.loaders.workbooks.openpyxl_book import blanks_before, filled_cells, opened, text_rows
from medgraph.loaders.workbooks.web_page import read_web_page
from medgraph.loaders.workbooks.xml_spreadsheet import read_xml_spreadsheet
from medgraph.suffixes import CSV, OLD_WORKBOOKS, TEXT_TABLES, WORKBOOKS, XML
from medgraph.text_files import decode
from medgraph.whole_files import LOCK_FILE
from medgraph.words.say import say
from medgraph.words.workbook_words import SHEETS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    Rows = list[list[str | None]]

# The suffixes of files of a folder that hold tables.
TABLES = (CSV, *WORKBOOKS, *OLD_WORKBOOKS, *TEXT_TABLES)
_FIRST_BYTES = 4096
# Black and white, as a colour and as one of a theme.
_PLAIN_COLOURS = frozenset({"000000", "FFFFFF"})
_PLAIN_THEMES = frozenset({0, 1})
_FORMULA = re.compile(rb"<f[ >/]")
_LONGEST_LIST = 4_000_000  # bytes of the list of sheets
_SHEET_NAME = re.compile(r"<(?:\w+:)?sheet\b[^>]*?\bname=\"([^\"]*)\"")
# The hidden sheet behind 对照, by which a workbook is known to be of our making.
CHOICES = SHEETS["mapping_choices"]


def read_grids(source: Path, notes: list[tuple[str, str]] | None = None) -> list[Grid]:
    """Return the sheets of a workbook or CSV, or of every one in a folder.

    `notes` takes files that were left alone, with the reason. Raise SourceError for what is no such
    file; of a folder, for all that cannot be read.
    """
    if not source.is_dir():
        return _read(source)
    grids: list[Grid] = []
    unread: list[SourceError] = []
    for path in sorted(source.iterdir()):
        reason = left_alone(path)
        if reason and notes is not None:
            notes.append((file_name(path), reason))
        elif not reason and not path.name.startswith("."):
            try:
                grids += _named_by_file(_read(path), path)
            except SourceError as error:
                unread.append(error)
    if unread:
        problems = [found for error in unread for found in error.problems]
        raise SourceError("\n".join(map(str, unread)), problems)
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
        with zipfile.ZipFile(path) as archive, archive.open("xl/workbook.xml") as part:
            text = part.read(_LONGEST_LIST).decode("utf-8", "replace")
    except Exception:  # a damaged package raises many kinds; opening it says that it is damaged
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
    looks = _Looks(
        {i for i, font in enumerate(book._fonts) if font.strike},
        {i: colour for i, fill in enumerate(book._fills) if (colour := _fill_colour(fill))},
        {i: colour for i, font in enumerate(book._fonts) if (colour := _colour(font.color))},
    )
    formulas = formula_cells(path)
    return [
        _xlsx_sheet(tab, file_name(path), looks, formulas.get(tab.title, ()))
        for tab in book.worksheets
    ]


class _Looks(NamedTuple):
    """What the looks of a workbook mean: struck fonts, and the colours of fills and of fonts."""

    struck: set[int]
    fills: dict[int, str]
    inks: dict[int, str]


def _fill_colour(fill: Any) -> str:
    """The colour of a fill; empty where it has none, or a pattern."""
    return _colour(fill.fgColor) if getattr(fill, "fill_type", None) == "solid" else ""


def _colour(colour: Any) -> str:
    """A colour as RRGGBB, or as the number of a theme's; empty for black, white and none."""
    if colour is None:
        return ""
    if colour.type == "rgb":
        return "" if colour.rgb[-6:] in _PLAIN_COLOURS else colour.rgb[-6:]
    if colour.type == "theme":
        is_plain = colour.theme in _PLAIN_THEMES and not colour.tint
        return "" if is_plain else f"{colour.theme}{colour.tint:+.2f}"
    return ""


def _xlsx_sheet(tab: Any, file: str, looks: _Looks, formulas: tuple[tuple[int, int], ...]) -> Grid:
    filled = filled_cells(tab)
    rows = text_rows({at: text_of(cell.value) for at, cell in filled.items()}, tab.title)
    struck_cells = {at for at, cell in filled.items() if cell._style.fontId in looks.struck}
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
        lost=frozenset(at for at, cell in filled.items() if is_cut(cell.value)),
        struck_cells=frozenset(at for at in struck_cells if at[0] not in struck),
        hidden_columns=_hidden_columns(tab),
        is_filtered=bool(tab.auto_filter.ref),
        fills=_colours(filled | blanks_before(tab, filled), looks.fills, "fillId"),
        inks=_colours(filled, looks.inks, "fontId"),
    )


def _hidden_columns(tab: Any) -> frozenset[int]:
    """The hidden columns, from 0; one entry of the file may stand for several."""
    return frozenset(
        number - 1
        for column in tab.column_dimensions.values()
        if column.hidden
        for number in range(column.min, min(column.max, tab.max_column) + 1)
    )


def _colours(
    filled: dict[tuple[int, int], Any], colours: dict[int, str], style: str
) -> dict[tuple[int, int], str]:
    """The colours of cells whose style has one."""
    found = {at: colours.get(getattr(cell._style, style), "") for at, cell in filled.items()}
    return {at: colour for at, colour in found.items() if colour}


def _has_text(rows: Rows, at: tuple[int, int]) -> bool:
    row, column = at
    return row < len(rows) and column < len(rows[row]) and rows[row][column] is not None


def formula_cells(path: Path) -> dict[str, tuple[tuple[int, int], ...]]:
    """Return the cells with a formula, by sheet; without any, a workbook is not read again."""
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
        sheets = (archive.read(name) for name in names if name.endswith(XML))
        return any(_FORMULA.search(sheet) for sheet in sheets)


def read_sheet(path: Path, name: str) -> Grid:
    """Return one sheet alone, its texts and no more: much faster than all of a large workbook."""
    return read_sheets(path, [name])[0]


def read_sheets(path: Path, names: Sequence[str]) -> list[Grid]:
    """Return some sheets alone, as `read_sheet` does, from a workbook that is opened once."""
    with contextlib.closing(opened(path, data_only=True, read_only=True)) as book:
        return [_texts_alone(path, book[name]) for name in names]


def _texts_alone(path: Path, tab: Any) -> Grid:
    tab.reset_dimensions()  # WPS writes A1:A1, whatever is there
    rows = [
        [None if value is None else text_of(value) for value in row]
        for row in tab.iter_rows(values_only=True)
    ]
    return Grid(file_name(path), tab.title, trimmed(rows, tab.title))


# -- old workbooks and CSV ------------------------------------------------------------------------


def _read_old(path: Path) -> list[Grid]:
    if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
        raise SourceError(say("foreign_encrypted", path=path))
    return [
        Grid(
            file_name(path),
            sheet.name,
            trimmed(sheet.rows, sheet.name),
            sorted(sheet.merged),
            hidden=sheet.hidden,
            lost=frozenset(sheet.lost),
            remark=say("foreign_old_format"),
        )
        for sheet in old_sheets(path)
    ]


def _read_csv(path: Path) -> list[Grid]:
    text, _ = decode(path.read_bytes(), path)
    if path.suffix.lower() not in TABLES and text.lstrip().startswith(("{", "[")):
        raise SourceError(say("foreign_is_json", path=path))
    rows = [[cell.strip() or None for cell in row] for row in sound_rows_of(text, path)]
    name = file_name(path)
    return [Grid(name, name, trimmed(rows, name))]


# How a file of each kind is read.
_READERS: dict[FileKind, Callable[[Path], list[Grid]]] = {
    FileKind.TEXT: _read_csv,
    FileKind.XLSX: _read_xlsx,
    FileKind.OLE: _read_old,
    FileKind.OTHER_WORKBOOK: _read_old,
    FileKind.WEB_PAGE: read_web_page,
    FileKind.XML_SHEET: read_xml_spreadsheet,
}
