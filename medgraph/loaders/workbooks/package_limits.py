"""Hold an Office file to limits before it is read: parts, bytes, sheets, cells, merged ranges.

A file of a few kilobytes can ask for hours and for all memory there is: by sheets that are one part
twenty thousand times, by parts that unpack without end, by cells merged to the end of the sheet.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from typing import IO, TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

from medgraph.errors import SourceError
from medgraph.loaders.parsers import parsing
from medgraph.loaders.table_limits import refuse_beyond
from medgraph.loaders.tabular.sheets import letter
from medgraph.suffixes import XML
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MOST_PARTS = 10_000
_MOST_BYTES = 1 << 30  # of all parts, unpacked
_MOST_SHEETS = 1_000
_MOST_CELLS = 10_000_000
_MOST_MERGED = 200_000  # cells that are merged into others, ranges too
_BLOCK = 1 << 20
_OVERLAP = 64  # bytes: longer than any pattern below

_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_PICTURES = "xl/media/"
_CELL = re.compile(rb"<(?:\w+:)?c[ >/]")
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_MERGED = re.compile(rb"<((?:\w+:)?mergeCell)\b[^>]*?\bref=[\"']([^\"'>]*)[\"'][^>]*?>")
_RANGE = re.compile(rb"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")
_AT = re.compile(r"([A-Z]{1,3})(\d{1,7})")


_STRICT = b"http://purl.oclc.org/ooxml/"
_FORMATS = b"http://schemas.openxmlformats.org/"
# The beginning of a name in the strict form -> in the usual one.
_USUAL = {
    _STRICT + b"spreadsheetml/": _FORMATS + b"spreadsheetml/2006/",
    _STRICT + b"drawingml/": _FORMATS + b"drawingml/2006/",
    _STRICT + b"officeDocument/extendedProperties": (
        _FORMATS + b"officeDocument/2006/extended-properties"
    ),
    _STRICT + b"officeDocument/customProperties": (
        _FORMATS + b"officeDocument/2006/custom-properties"
    ),
    _STRICT + b"officeDocument/": _FORMATS + b"officeDocument/2006/",
}


class _Range(NamedTuple):
    left: int
    top: int
    right: int
    bottom: int

    @property
    def size(self) -> int:
        return (self.right - self.left + 1) * (self.bottom - self.top + 1)

    def within(self, width: int, height: int) -> _Range:
        return self._replace(right=min(self.right, width), bottom=min(self.bottom, height))


def checked(source: Path) -> Path | IO[bytes]:
    """Return a workbook that keeps to the limits: the file itself, or its content made to keep.

    A range merged far beyond the texts of its sheet ends with them, and a package in the strict
    form of Office Open XML is one in the usual form. Raise SourceError where the file is past a
    limit, or no package at all.
    """
    with parsing("not_a_workbook", source), zipfile.ZipFile(source) as archive:
        check_parts(archive, source)
        _check_sheets(archive, source)
        changed = _shortened_sheets(archive, source)
        if _is_strict(archive):
            changed = _in_usual_form(archive, changed)
        return _repacked(archive, changed) if changed else source


def check_parts(archive: zipfile.ZipFile, source: Path) -> None:
    """Raise SourceError where a package has too many parts, or unpacks to too much."""
    parts = archive.infolist()
    refuse_beyond(_MOST_PARTS, len(parts), "limit_parts", source)
    unpacked = sum(part.file_size for part in parts)
    refuse_beyond(_MOST_BYTES >> 20, unpacked >> 20, "limit_megabytes", source)


# -- sheets ---------------------------------------------------------------------------------------


def _check_sheets(archive: zipfile.ZipFile, source: Path) -> None:
    """Raise SourceError where sheets are too many, share a part, or have too many cells."""
    cells = 0
    for name in archive.namelist():
        for block, new in _blocks(archive, name):
            if _ENTITIES.search(block) and not name.startswith(_PICTURES):
                raise SourceError(say("past_limit", path=source, limit=say("limit_entities")))
            cells += sum(found.end() > new for found in _CELL.finditer(block))
        refuse_beyond(_MOST_CELLS, cells, "limit_cells", source)
    parts = _parts_of_sheets(archive)
    refuse_beyond(_MOST_SHEETS, len(parts), "limit_sheets", source)
    if len(parts) > len(set(parts)):
        raise SourceError(say("past_limit", path=source, limit=say("limit_shared_part")))


def _blocks(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[bytes, int]]:
    """Give a part piece by piece, each behind the end of the last, and how long that end is."""
    end = b""
    with archive.open(name) as part:
        while piece := part.read(_BLOCK):
            yield end + piece, len(end)
            end = piece[-_OVERLAP:]


def _parts_of_sheets(archive: zipfile.ZipFile) -> list[str]:
    """The part of each sheet that the workbook lists."""
    if not {_BOOK, _LINKS} <= set(archive.namelist()):
        return []
    links = {
        link.get("Id"): posixpath.normpath(posixpath.join("/xl", link.get("Target", "")))
        for link in ET.fromstring(archive.read(_LINKS))
    }
    sheets = (tag for tag in ET.fromstring(archive.read(_BOOK)).iter() if _name(tag) == "sheet")
    ids = [next((v for k, v in tag.items() if k.endswith("}id")), None) for tag in sheets]
    return [links[id] for id in ids if id in links]


def _name(tag: ET.Element) -> str:
    return str(tag.tag).rpartition("}")[2]


# -- merged ranges --------------------------------------------------------------------------------


def _shortened_sheets(archive: zipfile.ZipFile, source: Path) -> dict[str, bytes]:
    """The sheets whose merged ranges cover too much, with ranges that end where the texts do."""
    found = {}
    for name in archive.namelist():
        if _merged_cells(name, archive) > _MOST_MERGED:
            width, height = _extent(archive, name)
            text, covered = _shortened(archive.read(name), width, height)
            refuse_beyond(_MOST_MERGED, covered, "limit_merged", source)
            found[name] = text
    return found


def _merged_cells(name: str, archive: zipfile.ZipFile) -> int:
    """How many cells the merged ranges of a sheet cover."""
    return sum(
        _range(found[2]).size
        for block, new in _blocks(archive, name)
        for found in _MERGED.finditer(block)
        if found.end() > new
    )


def _range(ref: bytes) -> _Range:
    found = _RANGE.fullmatch(ref.strip())
    if found is None:
        return _Range(1, 1, 1, 1)
    left, top, right, bottom = found.groups()
    return _Range(_column(left), int(top), _column(right), int(bottom))


def _column(letters: bytes) -> int:
    number = 0
    for sign in letters:
        number = number * 26 + sign - ord("A") + 1
    return number


def _extent(archive: zipfile.ZipFile, name: str) -> tuple[int, int]:
    """The last column and the last row of a sheet in which a cell holds something."""
    width = height = 1
    with archive.open(name) as part:
        for _, tag in ET.iterparse(part):
            if _name(tag) == "c" and len(tag):
                at = _AT.fullmatch(tag.get("r", ""))
                if at is not None:
                    width = max(width, _column(at[1].encode()))
                    height = max(height, int(at[2]))
            if _name(tag) == "row":
                tag.clear()
    return width, height


def _shortened(sheet: bytes, width: int, height: int) -> tuple[bytes, int]:
    """A sheet with its merged ranges inside these bounds, and how many cells they cover then."""
    covered = 0

    def inside(found: re.Match[bytes]) -> bytes:
        nonlocal covered
        whole = _range(found[2])
        kept = whole.within(max(width, whole.left), max(height, whole.top))
        covered += kept.size
        return found[0].replace(found[2], _ref(kept))

    return _MERGED.sub(inside, sheet), covered


def _ref(found: _Range) -> bytes:
    first = f"{letter(found.left - 1)}{found.top}"
    return f"{first}:{letter(found.right - 1)}{found.bottom}".encode()


# -- the strict form ------------------------------------------------------------------------------


def _is_strict(archive: zipfile.ZipFile) -> bool:
    """Whether a workbook has the names of the strict form, which openpyxl does not know."""
    if _BOOK not in archive.namelist():
        return False
    with archive.open(_BOOK) as part:
        return _STRICT in part.read(_BLOCK)


def _in_usual_form(archive: zipfile.ZipFile, changed: dict[str, bytes]) -> dict[str, bytes]:
    """All parts of XML with the names of the usual form, those that were `changed` before too."""
    parts = {}
    for name in archive.namelist():
        if name.endswith((XML, ".rels")):
            text = changed.get(name) or archive.read(name)
            for strict, usual in _USUAL.items():
                text = text.replace(strict, usual)
            parts[name] = text
    return parts


def _repacked(archive: zipfile.ZipFile, changed: dict[str, bytes]) -> IO[bytes]:
    new = io.BytesIO()
    with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as target:
        for name in dict.fromkeys(archive.namelist()):
            target.writestr(name, changed.get(name) or archive.read(name))
    return new
