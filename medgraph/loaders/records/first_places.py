"""Find in which line of its file a text of records stands first, for people to look at it."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from medgraph.loaders.records.plain_csv import opened_bytes
from medgraph.suffixes import PARQUET
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from medgraph.loaders.records.plain_csv import PlainFile

_MOST_LOOKED_AT = 2_000_000  # records of a file


def first_places(files: Sequence[PlainFile], column: int, texts: Collection[str]) -> dict[str, str]:
    """Return file and line where each text stands first in a column.

    A file of Parquet has no lines, and of a long one the beginning alone is looked at.
    """
    found: dict[str, str] = {}
    for file in files:
        if file.path.suffix.lower() == PARQUET:
            continue
        for number, text in _cells(file, column):
            if text in texts and text not in found:
                found[text] = say("records.at", path=file.name, line=file.line(number))
                if len(found) == len(texts):
                    return found
    return found


def _cells(file: PlainFile, column: int) -> Iterator[tuple[int, str]]:
    """The texts of a column with the number of their record; the header has number 0."""
    with (
        opened_bytes(file.path) as stream,
        io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="") as text,
    ):
        records = csv.reader(text)
        for number in range(_MOST_LOOKED_AT):
            try:
                cells = next(records, None)
            except csv.Error:  # a cell that an engine took, and we do not
                return
            if cells is None:
                return
            if column < len(cells):
                yield number, cells[column].strip()
