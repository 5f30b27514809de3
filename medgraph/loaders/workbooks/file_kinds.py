"""Tell by what is in a file which kind of table it is, whatever its suffix says."""

from __future__ import annotations

import re
import zipfile
from enum import Enum
from typing import TYPE_CHECKING

from medgraph.errors import SourceError
from medgraph.words.say import say

if TYPE_CHECKING:
    from pathlib import Path

_OLE, _ZIP, _PDF = b"\xd0\xcf\x11\xe0", b"PK", b"%PDF"
_HEAD = 4096
_WEB_PAGE = re.compile(rb"<\s*(?:!doctype\s+html|html|head|meta|body|table)\b", re.IGNORECASE)
_XML = re.compile(rb"[\xef\xbb\xbf\xff\xfe]*\s*<\?xml\b")
_XML_SHEET = b"urn:schemas-microsoft-com:office:spreadsheet"
_ARCHIVED_PAGE = b"mime-version:"
_ODS_SECRET, _ODS_SHEET = b"encryption-data", b"office:spreadsheet"
_LONGEST_HEAD = 1 << 24  # of a part, unpacked


class FileKind(Enum):
    """A kind of file; the value of one that cannot be read is the key of the sentence about it."""

    XLSX = "xlsx"
    OLE = "old workbook, or an encrypted one"
    OTHER_WORKBOOK = "ods or xlsb"
    WEB_PAGE = "web page"
    TEXT = "text"
    EMPTY = "file_is_empty"
    BROKEN = "file_is_broken"
    ENCRYPTED = "foreign_encrypted"
    OTHER_OFFICE = "file_is_document"
    XML_SHEET = "XML spreadsheet 2003"
    OTHER_XML = "file_is_other_xml"
    ARCHIVED_PAGE = "file_is_archived_page"


_UNREADABLE = frozenset(
    {
        FileKind.EMPTY,
        FileKind.BROKEN,
        FileKind.ENCRYPTED,
        FileKind.OTHER_OFFICE,
        FileKind.OTHER_XML,
        FileKind.ARCHIVED_PAGE,
    }
)


def kind_of_file(path: Path) -> FileKind:
    """Return the kind of a file by its content."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if not head:
        return FileKind.EMPTY
    if head.startswith(_OLE):
        return FileKind.OLE
    if head.startswith(_ZIP):
        return _kind_of_archive(path)
    if head.startswith(_PDF):
        return FileKind.OTHER_OFFICE
    plain = head.replace(b"\0", b"")  # as UTF-16 has them
    if _XML_SHEET in plain:
        return FileKind.XML_SHEET
    if plain.lower().lstrip(b"\xef\xbb\xbf\xff\xfe").startswith(_ARCHIVED_PAGE):
        return FileKind.ARCHIVED_PAGE
    if _WEB_PAGE.search(plain):
        return FileKind.WEB_PAGE
    return FileKind.OTHER_XML if _XML.match(plain) else FileKind.TEXT


def readable_kind(path: Path) -> FileKind:
    """Return the kind of a file; raise SourceError with a sentence where it cannot be read."""
    kind = kind_of_file(path)
    if kind in _UNREADABLE:
        raise SourceError(say(kind.value, path=path))
    return kind


def _kind_of_archive(path: Path) -> FileKind:
    """The kind of a package, by the heads of its parts: they may unpack to anything."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if _ODS_SECRET in _head_of(archive, "META-INF/manifest.xml"):
                return FileKind.ENCRYPTED
            is_ods = _ODS_SHEET in _head_of(archive, "content.xml")
    except Exception:  # a damaged package raises many kinds
        return FileKind.BROKEN
    if is_ods or "xl/workbook.bin" in names:
        return FileKind.OTHER_WORKBOOK
    return FileKind.OTHER_OFFICE if "word/document.xml" in names else FileKind.XLSX


def _head_of(archive: zipfile.ZipFile, part: str) -> bytes:
    """The first bytes of a part; none where the package has no such part."""
    if part not in archive.namelist():
        return b""
    with archive.open(part) as stream:
        return stream.read(_LONGEST_HEAD)
