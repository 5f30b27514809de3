"""Hold one table as it stands in a file: texts, with the way back to every cell."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from medgraph.errors import SourceError
from medgraph.graphmodel import schema
from medgraph.words.columns import SHORTCUTS
from medgraph.words.say import say
from medgraph.words.vocabularies import fold

# Before a free column whose name is that of a field or a shortcut.
FREE = "attr:"
# Stands in the column origin where a network states none; an empty cell there gets the place of its row.
NO_ORIGIN = "—"
_MOST = 50_000_000  # cells, blank ones too, that a sheet may span


@dataclass(frozen=True)
class Sheet:
    """One table of a source: `header`, `columns` of text (null: empty cell), `rows` (their numbers in the file).

    XX
    """

    table: schema.Table
    file: str
    name: str
    header: tuple[str, ...]
    columns: tuple[pa.Array, ...]
    rows: np.ndarray
    keys: tuple[str, ...] = ()
    lettered: bool = False
    header_row: int = 1

    def __len__(self) -> int:
        return len(self.rows)

    def place(self, row: int | None, column: int | None) -> str:
        """Return the address of a cell, of a row (`column` None) or of a header (`row` None)."""
        number = self.header_row if row is None else int(self.rows[row])
        if self.keys and self.lettered:
            return f"{self.name}!{self.keys[column] if column is not None else ''}{number}"
        if self.keys:
            parts = [self.name] + ([f"[{number}]"] if row is not None else [])
            return "".join(parts) + (f".{self.keys[column]}" if column is not None else "")
        return f"{self.name}!{letter(column) if column is not None else ''}{number}"

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The model's name of every column: a field, a shortcut, or a free attribute."""
        return tuple(self._field(text) for text in self.header)

    def _field(self, text: str) -> str:
        if text.startswith(FREE):
            return text.removeprefix(FREE)
        if found := known_header(self.table.name, text):
            return found
        return text

    @property
    def unknown(self) -> list[int]:
        """The columns that neither a field nor a shortcut names."""
        types = schema.link_types() if self.table.kind is None else schema.field_types()
        return [
            i
            for i, text in enumerate(self.header)
            if text
            and not text.startswith(FREE)
            and not known_header(self.table.name, text)
            and text not in types
        ]

    def is_shortcut(self, column: int) -> bool:
        text = self.header[column]
        return (
            not text.startswith(FREE)
            and fold(text) not in schema.headers(self.table.name)
            and fold(text) in _shortcuts(self.table.name)
        )

    @cached_property
    def _columns(self) -> dict[str, int]:
        own = [(name, i) for i, name in enumerate(self.fields) if not self.is_shortcut(i)]
        return dict(reversed(own))

    def column_of(self, field: str) -> int | None:
        """The first column that holds `field`, None where none does."""
        return self._columns.get(field)

    def take(self, kept: np.ndarray) -> Sheet:
        """Return the sheet with these rows only."""
        index = pa.array(kept)
        return replace(
            self, columns=tuple(c.take(index) for c in self.columns), rows=self.rows[kept]
        )


def _shortcuts(table: str) -> dict[str, str]:
    return {
        fold(text): name
        for name, also in SHORTCUTS.get(table, {}).items()
        for text in (name, *also)
    }


def known_header(table: str, text: str) -> str | None:
    """Return the field or shortcut that a header means in `table`, None where it is a free attribute."""
    return schema.headers(table).get(fold(text)) or _shortcuts(table).get(fold(text))


def file_name(path: Path) -> str:
    """Return the name of a file as text, also where the locale cannot read it."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def letter(column: int) -> str:
    """Return the letters of a column, counted from 0.

    >>> letter(0), letter(27)
    ('A', 'AB')
    """
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def filled_cells(tab: Any) -> dict[tuple[int, int], Any]:
    """Return the cells of a worksheet of openpyxl that hold something, by row and column counted from 0.

    Not by `iter_rows`: it makes a cell of every blank, and a colour in the last row of a sheet makes a million.
    """
    return {
        (cell.row - 1, cell.column - 1): cell
        for cell in tab._cells.values()
        if cell.value is not None
    }


def text_rows(texts: Mapping[tuple[int, int], str | None], name: str) -> list[list[str | None]]:
    """Return rows of equal length, as far as there are texts; SourceError where one stands far from all others."""
    texts = {at: text for at, text in texts.items() if text is not None}
    height, width = (max((at[i] for at in texts), default=-1) + 1 for i in (0, 1))
    if height * width > _MOST:
        row, column = max(texts, key=lambda at: at[1])
        raise SourceError(
            say(
                "cell_far_away",
                place=f"{name}!{letter(column)}{row + 1}",
                rows=height,
                columns=width,
            )
        )
    rows: list[list[str | None]] = [[None] * width for _ in range(height)]
    for (row, column), text in texts.items():
        rows[row][column] = text
    return rows
