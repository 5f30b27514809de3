"""Bring a file of records into the form that the engines read: UTF-8, with commas, a line a record.

A file that is in it already is left where it is; another is written anew into a folder, line by
line, so that its size does not matter.
"""

from __future__ import annotations

import codecs
import csv
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from medgraph.errors import SourceError
from medgraph.loaders.side_files.declared_columns import told_beside
from medgraph.loaders.side_files.table_file import TITLES_WITHIN, lines_above, read_table_file
from medgraph.loaders.tabular.csv_records import Layout, is_each_line_a_record, records
from medgraph.parser_faults import told
from medgraph.suffixes import CSV, TEXT_TABLES
from medgraph.words.say import say
from medgraph.words.workbook_words import SHEETS

if TYPE_CHECKING:
    from pathlib import Path

_BLOCK = 1 << 20
_COMMA, _QUOTE = ",", b'"'
_MOST_WITH_QUOTES = 1 << 28  # bytes of a file whose quotes are looked at
_LINES_NAMED = 5


@dataclass(frozen=True)
class PlainFile:
    """A file as the engines read it; lines that are `torn` are not in it, and the notes say so."""

    path: Path
    torn: int = 0
    notes: tuple[str, ...] = ()


def plain_csv(path: Path, folder: Path) -> PlainFile:
    """Return a file, `path` or one in `folder`, with the same records in UTF-8 with commas.

    Raise SourceError for what is no table.
    """
    if path.suffix.lower() not in (CSV, *TEXT_TABLES):
        return _of_table(path, folder)
    encoding, has_quotes = _encoding_and_quotes(path)
    target = folder / f"{path.stem}{CSV}"
    with path.open(encoding=encoding, newline="") as file:
        try:
            head = [file.readline() for _ in range(TITLES_WITHIN)]
            file.seek(0)
            if has_quotes and path.stat().st_size <= _MOST_WITH_QUOTES:
                text = file.read()
                if not is_each_line_a_record(text, Layout.of(text).delimiter):
                    return _by_records(text, path, target)
                file.seek(0)
            layout = Layout.of("".join(head))  # `sep=` is no header, and may name no sign
            above = layout.lines_above
            above += lines_above([line.strip().split(layout.delimiter) for line in head[above:]])
            if encoding == "utf-8-sig" and layout.delimiter == _COMMA and not above:
                return PlainFile(path)
            for _ in range(above):
                file.readline()
            return PlainFile(_rewritten(file, layout.delimiter, target))
        except UnicodeDecodeError as error:
            raise SourceError(say("records.not_text", path=path.name)) from error
        except csv.Error as error:  # a cell of more than any cell holds
            raise SourceError(say("bad_table", path=path.name, reason=told(error))) from error


def _encoding_and_quotes(path: Path) -> tuple[str, bool]:
    """UTF-16 by its mark, UTF-8 where all of the file is, else GB18030; whether it has quotes."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    has_quotes, is_utf8 = False, True
    with path.open("rb") as file:
        block = file.read(_BLOCK)
        if block.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16", True
        while block:
            has_quotes = has_quotes or _QUOTE in block
            try:
                is_utf8 = is_utf8 and decoder.decode(block) is not None
            except UnicodeDecodeError:
                is_utf8 = False
            block = file.read(_BLOCK)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        is_utf8 = False
    return "utf-8-sig" if is_utf8 else "gb18030", has_quotes


def _rewritten(file: TextIO, delimiter: str, target: Path) -> Path:
    with target.open("w", encoding="utf-8", newline="") as new:
        if delimiter == _COMMA:
            shutil.copyfileobj(file, new)
        else:
            csv.writer(new).writerows(csv.reader(file, delimiter=delimiter))
    return target


def _by_records(text: str, path: Path, target: Path) -> PlainFile:
    """Write the records of a text anew, without the lines whose quotes are not in pairs."""
    torn: list[str] = []
    head = [record.cells for _, record in zip(range(TITLES_WITHIN), records(text), strict=False)]
    above = lines_above(head)
    with target.open("w", encoding="utf-8", newline="") as new:
        lines = csv.writer(new)
        for number, record in enumerate(records(text)):
            if number < above:
                continue
            if record.broken:
                torn.append(str(record.line))
            else:
                lines.writerow(record.cells)
    notes: tuple[str, ...] = ()
    if torn:
        shown = say("list_comma").join(torn[:_LINES_NAMED])
        notes = (say("records.torn", path=path.name, count=len(torn), lines=shown),)
    return PlainFile(target, len(torn), notes)


def _of_table(path: Path, folder: Path) -> PlainFile:
    table = read_table_file(path, preferred=SHEETS["referral_counts"].values())
    target = folder / f"{path.stem}{CSV}"
    with target.open("w", encoding="utf-8", newline="") as new:
        lines = csv.writer(new)
        lines.writerow(table.titles)
        lines.writerows([["" if cell is None else cell for cell in row] for row in table.rows])
    return PlainFile(target, notes=tuple(map(str, told_beside(table))))
