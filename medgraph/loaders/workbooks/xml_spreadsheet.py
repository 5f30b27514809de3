"""Read an “XML Spreadsheet 2003”: what many systems write as .xml, or under the name of .xls."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from medgraph.errors import SourceError
from medgraph.loaders.tabular.sheets import file_name
from medgraph.loaders.workbooks.cell_texts import is_cut, text_of
from medgraph.loaders.workbooks.grid import Grid
from medgraph.loaders.workbooks.openpyxl_book import text_rows
from medgraph.text_files import decode
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_EXCEL = "{urn:schemas-microsoft-com:office:excel}"
_ENTITY = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ROWS, _COLUMNS = 1 << 20, 1 << 14  # of a sheet of Excel
_MOST_CELLS = 2_000_000
_LARGEST = 1 << 28  # bytes


def read_xml_spreadsheet(path: Path) -> list[Grid]:
    """Return every sheet; raise SourceError where the file is broken or past a limit."""
    if path.stat().st_size > _LARGEST:
        limit = say("limit_memory", most=_LARGEST >> 20)
        raise SourceError(say("past_limit", path=path, limit=limit))
    text, _ = decode(path.read_bytes(), path)
    if _ENTITY.search(text):
        raise SourceError(say("file_is_broken", path=path))
    try:
        book = ElementTree.fromstring(text)
        return [_grid(tab, file_name(path)) for tab in book.iter(f"{_SS}Worksheet")]
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        if isinstance(error, SourceError):
            raise
        raise SourceError(say("file_is_broken", path=path)) from error


def _grid(tab: Element, file: str) -> Grid:
    """A sheet as a grid; of what its styles show, only hidden rows and columns are known."""
    name = tab.get(f"{_SS}Name") or ""
    table = tab.find(f"{_SS}Table")
    texts: dict[tuple[int, int], str | None] = {}
    merged: list[tuple[int, int, int, int]] = []
    lost: set[tuple[int, int]] = set()
    hidden_rows: set[int] = set()
    hidden_columns: set[int] = set()
    for row, line in _placed([] if table is None else table, "Row", _ROWS):
        if line.get(f"{_SS}Hidden") == "1":
            hidden_rows.add(row)
        for column, cell in _placed(line, "Cell", _COLUMNS):
            down, across = (int(cell.get(f"{_SS}Merge{way}") or 0) for way in ("Down", "Across"))
            if down or across:
                merged.append((row, column, row + down, column + across))
            value = _value(cell)
            texts[row, column] = None if value is None else text_of(value)
            if is_cut(value):
                lost.add((row, column))
            if len(texts) > _MOST_CELLS:
                raise SourceError(say("file_is_too_large_page", rows=row + 1))
    for column, described in _placed([] if table is None else table, "Column", _COLUMNS):
        if described.get(f"{_SS}Hidden") == "1":
            hidden_columns.add(column)
    rows = text_rows(texts, name)
    last_row, last_column = len(rows) - 1, max(map(len, rows), default=0) - 1
    within = [(a, b, min(c, last_row), min(d, last_column)) for a, b, c, d in merged]
    return Grid(
        file,
        name,
        rows,
        sorted(one for one in within if one[0] <= last_row and one[1] <= last_column),
        hidden=tab.findtext(f"{_EXCEL}WorksheetOptions/{_EXCEL}Visible", "").startswith("Sheet"),
        hidden_rows=frozenset(hidden_rows),
        hidden_columns=frozenset(hidden_columns),
        lost=frozenset(lost),
        remark=say("foreign_xml_spreadsheet"),
    )


def _placed(parent: Any, tag: str, most: int) -> Iterator[tuple[int, Element]]:
    """Give the children of a kind, each with its place from 0: an index passes blank ones over.

    What a cell is merged over is not written, and takes its places all the same.
    """
    place = 0
    for child in parent:
        if child.tag != f"{_SS}{tag}":
            continue
        place = int(child.get(f"{_SS}Index") or place + 1) - 1
        if not 0 <= place < most:
            raise ValueError(place)
        yield place, child
        across = "MergeAcross" if tag == "Cell" else "Span"
        place += 1 + int(child.get(f"{_SS}{across}") or 0)


def _value(cell: Element) -> Any:
    """What a cell holds, as Excel has it; None where it is blank."""
    data = cell.find(f"{_SS}Data")
    text = "" if data is None else "".join(data.itertext())
    if data is None or not text:
        return None
    match data.get(f"{_SS}Type"):
        case "Number":
            return float(text)
        case "Boolean":
            return text == "1"
        case "DateTime":
            return datetime.datetime.fromisoformat(text)
    return text
