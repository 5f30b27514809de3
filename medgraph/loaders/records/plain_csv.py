"""Bring a file of records into the form that the engines read: UTF-8, with commas.

A file that is in it already is left where it is; another is written anew into a folder, line by
line, so that its size does not matter.
"""

from __future__ import annotations

import codecs
import csv
import shutil
from typing import TYPE_CHECKING, TextIO

from medgraph.errors import SourceError
from medgraph.loaders.side_files.table_file import read_table_file
from medgraph.loaders.tabular.csv_records import Layout
from medgraph.suffixes import CSV, TEXT_TABLES
from medgraph.words.say import say
from medgraph.words.workbook_words import SHEETS

if TYPE_CHECKING:
    from pathlib import Path

_BLOCK = 1 << 20
_COMMA = ","


def plain_csv(path: Path, folder: Path) -> Path:
    """Return `path`, or a file in `folder` with the same records, in UTF-8 with commas.

    Raise SourceError for what is no table.
    """
    if path.suffix.lower() not in (CSV, *TEXT_TABLES):
        return _of_table(path, folder)
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        try:
            first = file.readline()
            layout = Layout.of(first)
            if layout.lines_above:  # `sep=` is no header, and may name no sign
                layout = Layout.of(first + file.readline())
            elif encoding == "utf-8-sig" and layout.delimiter == _COMMA:
                return path
            file.seek(0)
            for _ in range(layout.lines_above):
                file.readline()
            return _rewritten(file, layout.delimiter, folder / f"{path.stem}{CSV}")
        except UnicodeDecodeError as error:
            raise SourceError(say("records.not_text", path=path.name)) from error
        except csv.Error as error:  # a cell of more than any cell holds
            raise SourceError(say("bad_table", path=path.name, reason=error)) from error


def _encoding(path: Path) -> str:
    """UTF-16 by its mark, UTF-8 where all of the file is, else GB18030."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        block = file.read(_BLOCK)
        if block.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        try:
            while block:
                decoder.decode(block)
                block = file.read(_BLOCK)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "gb18030"
    return "utf-8-sig"


def _rewritten(file: TextIO, delimiter: str, target: Path) -> Path:
    with target.open("w", encoding="utf-8", newline="") as new:
        if delimiter == _COMMA:
            shutil.copyfileobj(file, new)
        else:
            csv.writer(new).writerows(csv.reader(file, delimiter=delimiter))
    return target


def _of_table(path: Path, folder: Path) -> Path:
    table = read_table_file(path, preferred=SHEETS["referral_counts"].values())
    target = folder / f"{path.stem}{CSV}"
    with target.open("w", encoding="utf-8", newline="") as new:
        lines = csv.writer(new)
        lines.writerow(table.titles)
        lines.writerows([["" if cell is None else cell for cell in row] for row in table.rows])
    return target
