"""Find the merged cells of an .ods, which the reader of its texts does not tell."""

from __future__ import annotations

import contextlib
import io
import zipfile
from typing import IO
from xml.etree import ElementTree

Area = tuple[tuple[int, int], tuple[int, int]]
"""The first and the last cell of a merged range, by row and column from 0."""

_CONTENT = "content.xml"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_ROW = f"{_TABLE}table-row"
_LINES = ("rows", "columns")
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


def merged_of_ods(content: bytes) -> dict[str, list[Area]]:
    """Return the merged ranges of every sheet; none where the bytes are those of another format.

    To be run in a process that has limits: what a package unpacks to is not known before.
    """
    found: dict[str, list[Area]] = {}
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return found
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if _CONTENT in archive.namelist():
            with archive.open(_CONTENT) as stream, contextlib.suppress(ElementTree.ParseError):
                _add_merged(found, stream)
    return found


def _add_merged(found: dict[str, list[Area]], stream: IO[bytes]) -> None:
    """Count rows and cells, of which one element may stand for many."""
    row = column = 0
    areas: list[Area] = []
    for event, element in ElementTree.iterparse(stream, ("start", "end")):
        if event == "end":
            if element.tag == _ROW:
                row += _number(element, "number-rows-repeated")
                element.clear()
        elif element.tag == f"{_TABLE}table":
            row, areas = 0, found.setdefault(_text(element, "name"), [])
        elif element.tag == _ROW:
            column = 0
        elif element.tag in _CELLS:
            down, across = (_number(element, f"number-{what}-spanned") for what in _LINES)
            if down * across > 1:
                areas.append(((row, column), (row + down - 1, column + across - 1)))
            column += _number(element, "number-columns-repeated")


def _text(element: ElementTree.Element, name: str) -> str:
    return element.get(f"{_TABLE}{name}", "")


def _number(element: ElementTree.Element, name: str) -> int:
    """A count that an element states; one where it states none."""
    text = _text(element, name)
    return int(text) if text.isdecimal() else 1
