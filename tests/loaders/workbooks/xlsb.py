"""Write a workbook in Excel's binary format (MS-XLSB): a sheet of texts and numbers, no more."""

from __future__ import annotations

import struct
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# The kinds of records, by their names in MS-XLSB.
ROW, REAL, TEXT = 0, 5, 6
SHEET, END_SHEET, BOOK, END_BOOK = 129, 130, 131, 132
SHEETS, END_SHEETS, DATA, END_DATA, EXTENT, NAMED = 143, 144, 145, 146, 148, 156

_TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/workbook.bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>
<Override PartName="/xl/worksheets/sheet1.bin" ContentType="application/vnd.ms-excel.worksheet"/>
</Types>"""
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINKS = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="{}/{}" Target="{}"/></Relationships>"""


def write(path: Path, name: str, rows: Sequence[Sequence[str | float | None]]) -> None:
    """Write one sheet of these rows; None is an empty cell."""
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", _TYPES)
        to_book = _LINKS.format(_RELATION, "officeDocument", "xl/workbook.bin")
        package.writestr("_rels/.rels", to_book)
        to_sheet = _LINKS.format(_RELATION, "worksheet", "worksheets/sheet1.bin")
        package.writestr("xl/_rels/workbook.bin.rels", to_sheet)
        sheet = struct.pack("<II", 0, 1) + _text("rId1") + _text(name)
        parts = [(BOOK, b""), (SHEETS, b""), (NAMED, sheet), (END_SHEETS, b""), (END_BOOK, b"")]
        package.writestr("xl/workbook.bin", b"".join(_record(*part) for part in parts))
        package.writestr("xl/worksheets/sheet1.bin", _sheet(rows))


def _sheet(rows: Sequence[Sequence[str | float | None]]) -> bytes:
    widest = max(map(len, rows))
    extent = struct.pack("<IIII", 0, len(rows) - 1, 0, widest - 1)
    parts = [_record(SHEET), _record(EXTENT, extent), _record(DATA)]
    for number, row in enumerate(rows):
        parts.append(_record(ROW, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0)))
        parts += [_cell(at, value) for at, value in enumerate(row) if value is not None]
    return b"".join([*parts, _record(END_DATA), _record(END_SHEET)])


def _cell(column: int, value: str | float) -> bytes:
    where = struct.pack("<II", column, 0)
    if isinstance(value, str):
        return _record(TEXT, where + _text(value))
    return _record(REAL, where + struct.pack("<d", value))


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _record(kind: int, data: bytes = b"") -> bytes:
    return _number(kind) + _number(len(data)) + data


def _number(value: int) -> bytes:
    """Seven bits in each byte, the lowest first."""
    found = bytearray()
    while True:
        value, low = value >> 7, value & 127
        found.append(low | 128 if value else low)
        if not value:
            return bytes(found)
