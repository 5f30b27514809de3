"""Write the rows of a workbook as text: cell by cell in a library, they take ten times as long.

The library sets each sheet with a blank cell where its last row will be, and so knows how long the
sheet is and how its cells look. The rows are kept beside the book and put in when it is set.
"""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from xlsxwriter.utility import xl_col_to_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_UNITS = 32_000  # of UTF-16; Excel holds 32,767 of them in a cell
_LARGEST = 1e15
_PART = "xl/worksheets/sheet{}.xml"  # of the workbook's archive
_LOOK = "\0"  # stands for the number of the look, which the library gives when it sets the book
_CHUNK = 1 << 20
_LEVEL = 4  # of compression: more takes twice the time for a tenth less
_SPECIAL = re.compile("[&<>_\x00-\x08\x0b-\x1f\ufffe\uffff]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_LIKE_AN_ESCAPE = re.compile("_(?=x[0-9a-fA-F]{4}_)")


class _Kept(NamedTuple):
    """The rows of a sheet in their file, and the number of the row that they take the place of."""

    file: Path
    last: int


class SheetRows:
    """The rows of the sheets of one workbook, in files of a folder until they are put in."""

    def __init__(self, folder: Path) -> None:
        """Take the folder, which must be empty and the caller's own."""
        self._folder = folder
        self._kept: dict[str, _Kept] = {}

    def keep(self, sheet: int, first: int, rows: Iterable[tuple[Any, ...]]) -> None:
        """Keep rows for the numbered sheet, the first of them with the number `first`."""
        file = self._folder / f"{sheet}.rows"
        number = first - 1
        with file.open("w", encoding="utf-8", newline="") as kept:
            for number, row in enumerate(rows, start=first):
                kept.write(_row(number, row))
        self._kept[_PART.format(sheet)] = _Kept(file, number)

    def put_into(self, book: BinaryIO) -> bytes:
        """Return a workbook with the rows that were kept for its sheets."""
        target = io.BytesIO()
        with (
            zipfile.ZipFile(book) as set_,
            zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as whole,
        ):
            for name in set_.namelist():
                with whole.open(name, "w", force_zip64=True) as part:
                    self._write(part, set_.read(name), self._kept.get(name))
        return target.getvalue()

    def _write(self, part: Any, xml: bytes, kept: _Kept | None) -> None:
        """Write a part of the workbook; in a sheet its rows stand where the blank cell is."""
        if kept is None:
            part.write(xml)
            return
        number = b"%d" % kept.last
        blank = re.search(b'<row r="%b"><c r="A%b" s="([0-9]+)"/></row>' % (number, number), xml)
        if blank is None:
            raise ValueError(f"no blank cell in row {kept.last}")
        part.write(xml[: blank.start()])
        with kept.file.open("rb") as rows:
            while chunk := rows.read(_CHUNK):
                part.write(chunk.replace(_LOOK.encode(), blank[1]))
        part.write(xml[blank.end() :])


@cache
def _letters(columns: int) -> list[str]:
    return [xl_col_to_name(column) for column in range(columns)]


def _row(number: int, values: tuple[Any, ...]) -> str:
    cells = [
        f'<c r="{letters}{number}" s="{_LOOK}"{_content(value)}</c>'
        for letters, value in zip(_letters(len(values)), values, strict=True)
    ]
    return f'<row r="{number}">{"".join(cells)}</row>'


def _content(value: Any) -> str:
    """Numbers as numbers, everything else as text, never as a formula."""
    if not isinstance(value, str) and is_number(value):
        return f"><v>{value:.16G}</v>"
    text = in_cell(value)
    if _SPECIAL.search(text):
        text = _escaped(text)
    space = "" if text == text.strip() else ' xml:space="preserve"'
    return f' t="inlineStr"><is><t{space}>{text}</t></is>'


def _escaped(text: str) -> str:
    """Return a text as a sheet holds it: what no XML holds as its code, as `_x0007_`."""
    text = _LIKE_AN_ESCAPE.sub("_x005F_", text)
    text = _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def in_cell(value: Any) -> str:
    """Return a value as the text of a cell; what is too long for one ends with an ellipsis.

    >>> in_cell(1.5), len(in_cell("长" * 40_000)), in_cell("长" * 40_000)[-2:]
    ('1.5', 32000, '长…')
    """
    text = str(value)
    if 2 * len(text) <= _UNITS:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * _UNITS:
        return text
    return units[: 2 * (_UNITS - 1)].decode("utf-16-le", "ignore") + "…"


def is_number(value: Any) -> bool:
    """Whether Excel can hold the value as a number without losing a digit; NaN is none."""
    if isinstance(value, str | bool) or not isinstance(value, int | float):
        return False
    return abs(value) < _LARGEST
