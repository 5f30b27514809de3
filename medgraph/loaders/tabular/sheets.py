"""Hold one table as it is in a file: texts, with the way back to every cell."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from medgraph.graphmodel import schema
from medgraph.words.attributes import is_attribute
from medgraph.words.columns import SHORTCUTS
from medgraph.words.vocabularies import fold

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from medgraph.graphmodel.arrays.types import Positions

# Before a free column whose name is that of a field or a shortcut.
FREE = "attr:"
# In the column origin, where a network states none; an empty cell there gets the place of its row.
NO_ORIGIN = "—"


def field_of(table: schema.Table, text: str) -> str:
    """Return the field that a title names, or the free attribute; one called like a field keeps
    the sign before it.
    """
    is_free = text.startswith(FREE)
    name = text.removeprefix(FREE) if is_free else known_header(table.name, text) or text
    taken = {*types_of(table), "id", "name"} if is_free else set()
    is_node = table.kind is not None
    return FREE + name if name in taken or (name == "kind" and is_node) else name


@dataclass(frozen=True)
class Sheet:
    """One table of a source: its `header`, and its `columns` of text (null: empty cell).

    `rows` are the numbers of the rows in the file, `header_row` that of the header. Where a file
    has other addresses than letters of columns, `keys` name its columns: `lettered` ones before
    the number of a row (`B7`), others behind it (`[7].name`).
    """

    table: schema.Table
    file: str
    name: str
    header: tuple[str, ...]
    columns: tuple[Any, ...]
    rows: Positions
    keys: tuple[str, ...] = ()
    lettered: bool = False
    header_row: int = 1

    def __len__(self) -> int:
        return len(self.rows)

    # -- addresses -----------------------------------------------------------------------------

    def place(self, row: int | None, column: int | None) -> str:
        """Return the address of a cell, of a row (`column` None) or of a header (`row` None)."""
        if self.keys and not self.lettered:
            number = "" if row is None else f"[{self.rows[row]}]"
            return self.name + number + ("" if column is None else f".{self.keys[column]}")
        number = str(self.header_row if row is None else self.rows[row])
        return f"{self.name}!{'' if column is None else self._letters(column)}{number}"

    def cell(self, row: int, column: int) -> str:
        """Return the address of a cell within the sheet, as an origin states it."""
        if self.keys and not self.lettered:
            return f"[{self.rows[row]}]"
        return f"{self._letters(column)}{self.rows[row]}"

    def _letters(self, column: int) -> str:
        return self.keys[column] if self.keys else letter(column)

    @property
    def own_name(self) -> str:
        """The name of the sheet, empty where the file has but one."""
        return "" if self.name == self.file else self.name

    # -- columns -------------------------------------------------------------------------------

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The model's name of every column: a field, a shortcut, or a free attribute."""
        return tuple(self._field(text) for text in self.header)

    def _field(self, text: str) -> str:
        return field_of(self.table, text)

    @property
    def unknown(self) -> list[int]:
        """The columns that no field, no shortcut and no attribute of the shipped packs names."""
        return [place for place, text in enumerate(self.header) if text and not self._knows(text)]

    def _knows(self, text: str) -> bool:
        if text.startswith(FREE) or text in types_of(self.table):
            return True
        if known_header(self.table.name, text) is not None:
            return True
        return self.table.kind is not None and is_attribute(text)

    def is_shortcut(self, column: int) -> bool:
        """Whether a column makes links: it has the title of a shortcut, and of no field."""
        text = self.header[column]
        if text.startswith(FREE) or fold(text) in schema.headers(self.table.name):
            return False
        return fold(text) in _shortcuts(self.table.name)

    def shortcut_called(self, name: str) -> int | None:
        """Return the first column that is the shortcut `name`, None where none is."""
        found = (c for c, field in enumerate(self.fields) if field == name and self.is_shortcut(c))
        return next(found, None)

    def column_of(self, field: str) -> int | None:
        """Return the first column that holds `field`, None where none does."""
        return self._columns.get(field)

    @cached_property
    def _columns(self) -> dict[str, int]:
        own = [(name, i) for i, name in enumerate(self.fields) if not self.is_shortcut(i)]
        return dict(reversed(own))

    def take(self, kept: Positions) -> Sheet:
        """Return the sheet with these rows only."""
        index = pa.array(kept)
        columns = tuple(column.take(index) for column in self.columns)
        return replace(self, columns=columns, rows=self.rows[kept])


@cache
def _shortcuts(table: str) -> dict[str, str]:
    """Folded title -> name of the columns that make links."""
    found: dict[str, str] = {}
    for name, titles in SHORTCUTS.get(table, {}).items():
        found |= {fold(title): name for title in (name, *titles)}
    return found


def known_header(table: str, text: str) -> str | None:
    """Return the field or shortcut that a header means in `table`, None for a free attribute."""
    return schema.headers(table).get(fold(text)) or _shortcuts(table).get(fold(text))


def types_of(table: schema.Table) -> Mapping[str, str]:
    """Return name -> type of the fields that a row of `table` may have."""
    return schema.link_types() if table.kind is None else schema.field_types()


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
