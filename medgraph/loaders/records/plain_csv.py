"""Bring a file of records into the form that the engines read: UTF-8, with commas, a line a record.

A file that is in it already is left where it is, compressed or not; another is written anew into a
folder, line by line, so that its size does not matter.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, TextIO, cast

from medgraph.errors import SourceError
from medgraph.loaders.parsers import parsing
from medgraph.loaders.side_files.declared_columns import told_beside
from medgraph.loaders.side_files.table_file import TITLES_WITHIN, lines_above, read_table_file
from medgraph.loaders.tabular.csv_records import Layout, is_each_line_a_record, records
from medgraph.parser_faults import told
from medgraph.suffixes import CSV, GZIP, TEXT_TABLES
from medgraph.words.say import say
from medgraph.words.workbook_words import SHEETS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BLOCK = 1 << 20
_COMMA, _QUOTE = ",", b'"'
_MOST_WITH_QUOTES = 1 << 28  # bytes of text whose quotes are looked at
_LINES_NAMED = 5


@dataclass(frozen=True)
class PlainFile:
    """A file as the engines read it; lines that are `torn` are not in it, and the notes say so.

    `name` is that of the file as it was given. Of that, `above` lines stand above the header, or
    `numbers` are the lines of its records, the header first.
    """

    path: Path
    name: str
    torn: int = 0
    notes: tuple[str, ...] = ()
    above: int = 0
    numbers: Sequence[int] = ()

    def line(self, record: int) -> int:
        """Return the line of a record in the file as it was given; the header is record 0."""
        return self.numbers[record] if self.numbers else self.above + record + 1


@dataclass(frozen=True)
class _Text:
    """What the bytes of a text are like: how they are encoded, whether quoted, and how many."""

    encoding: str
    has_quotes: bool
    size: int


def plain_csv(path: Path, folder: Path) -> PlainFile:
    """Return a file, `path` or one in `folder`, with the same records in UTF-8 with commas.

    Raise SourceError for what is no table.
    """
    if Path(text_name(path)).suffix.lower() not in (CSV, *TEXT_TABLES):
        return _of_table(path, folder)
    with parsing("bad_table", Path(path.name)):
        text = _looked_at(path)
    target = folder / f"{Path(text_name(path)).stem}{CSV}"
    with (
        opened_bytes(path) as stream,
        io.TextIOWrapper(stream, encoding=text.encoding, newline="") as file,
    ):
        try:
            return _plain(file, text, path, target)
        except UnicodeDecodeError as error:
            raise SourceError(say("records.not_text", path=path.name)) from error
        except csv.Error as error:  # a cell of more than any cell holds
            raise SourceError(say("bad_table", path=path.name, reason=told(error))) from error


def text_name(path: Path) -> str:
    """Return the name of a file without the suffix that says that it is compressed."""
    return path.name[: -len(GZIP)] if path.name.lower().endswith(GZIP) else path.name


def opened_bytes(path: Path) -> IO[bytes]:
    """Open the bytes of a text, compressed or not."""
    return cast("IO[bytes]", gzip.open(path)) if path.suffix.lower() == GZIP else path.open("rb")


def _plain(file: TextIO, text: _Text, path: Path, target: Path) -> PlainFile:
    head = [file.readline() for _ in range(TITLES_WITHIN)]
    file.seek(0)
    if text.has_quotes and text.size <= _MOST_WITH_QUOTES:
        whole = file.read()
        if not is_each_line_a_record(whole, Layout.of(whole).delimiter):
            return _by_records(whole, path, target)
        file.seek(0)
    layout = Layout.of("".join(head))  # `sep=` is no header, and may name no sign
    above = layout.lines_above
    above += lines_above([line.strip().split(layout.delimiter) for line in head[above:]])
    is_named_so = path.suffix == GZIP or path.suffix.lower() != GZIP  # Spark knows no .GZ
    if text.encoding == "utf-8-sig" and layout.delimiter == _COMMA and not above and is_named_so:
        return PlainFile(path, path.name)
    for _ in range(above):
        file.readline()
    return PlainFile(_rewritten(file, layout.delimiter, target), path.name, above=above)


def _looked_at(path: Path) -> _Text:
    """UTF-16 by its mark, UTF-8 where all of the file is, else GB18030; whether it has quotes."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    has_quotes, is_utf8, size = False, True, 0
    for block in _blocks(path):
        if not size and block.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return _Text("utf-16", True, _size(path))
        size += len(block)
        has_quotes = has_quotes or _QUOTE in block
        is_utf8 = is_utf8 and _goes_on(decoder, block)
    is_utf8 = is_utf8 and _goes_on(decoder, b"", final=True)
    return _Text("utf-8-sig" if is_utf8 else "gb18030", has_quotes, size)


def _size(path: Path) -> int:
    """How many bytes of text a file holds, which a compressed one does not state for sure."""
    if path.suffix.lower() != GZIP:
        return path.stat().st_size
    return sum(map(len, _blocks(path)))


def _blocks(path: Path) -> Iterator[bytes]:
    with opened_bytes(path) as file:
        while block := file.read(_BLOCK):
            yield block


def _goes_on(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    """Whether a block goes on as the encoding has it."""
    try:
        decoder.decode(block, final=final)
    except UnicodeDecodeError:
        return False
    return True


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
    numbers: list[int] = []
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
                numbers.append(record.line)
    notes: tuple[str, ...] = ()
    if torn:
        shown = say("list_comma").join(torn[:_LINES_NAMED])
        notes = (say("records.torn", path=path.name, count=len(torn), lines=shown),)
    return PlainFile(target, path.name, len(torn), notes, numbers=numbers)


def _of_table(path: Path, folder: Path) -> PlainFile:
    table = read_table_file(path, preferred=SHEETS["referral_counts"].values())
    target = folder / f"{path.stem}{CSV}"
    with target.open("w", encoding="utf-8", newline="") as new:
        lines = csv.writer(new)
        lines.writerow(table.titles)
        lines.writerows([["" if cell is None else cell for cell in row] for row in table.rows])
    notes = tuple(map(str, told_beside(table)))
    return PlainFile(target, path.name, notes=notes, numbers=(table.title_row, *table.numbers))
