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
_XML_SHEET = b"urn:schemas-microsoft-com:office:spreadsheet"
_ARCHIVED_PAGE = b"mime-version:"
_ODS_SECRET = b"encryption-data"


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
    XML = "file_is_xml_sheet"
    ARCHIVED_PAGE = "file_is_archived_page"


_UNREADABLE = frozenset(
    {
        FileKind.EMPTY,
        FileKind.BROKEN,
        FileKind.ENCRYPTED,
        FileKind.OTHER_OFFICE,
        FileKind.XML,
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
        return FileKind.XML
    if plain.lower().lstrip(b"\xef\xbb\xbf\xff\xfe").startswith(_ARCHIVED_PAGE):
        return FileKind.ARCHIVED_PAGE
    return FileKind.WEB_PAGE if _WEB_PAGE.search(plain) else FileKind.TEXT


def readable_kind(path: Path) -> FileKind:
    """Return the kind of a file; raise SourceError with a sentence where it cannot be read."""
    kind = kind_of_file(path)
    if kind in _UNREADABLE:
        raise SourceError(say(kind.value, path=path))
    return kind


def _kind_of_archive(path: Path) -> FileKind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            manifest = "META-INF/manifest.xml"
            secret = manifest in names and _ODS_SECRET in archive.read(manifest)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError):
        return FileKind.BROKEN
    if secret:
        return FileKind.ENCRYPTED
    if "xl/workbook.bin" in names or ("content.xml" in names and _is_ods(path)):
        return FileKind.OTHER_WORKBOOK
    return FileKind.OTHER_OFFICE if "word/document.xml" in names else FileKind.XLSX


def _is_ods(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        return b"office:spreadsheet" in archive.read("content.xml")
