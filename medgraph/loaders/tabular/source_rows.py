"""Number the rows of a source through all its sheets, and find the way back to their cells."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel.origin import Origin
from medgraph.loaders.tabular.sheets import NO_ORIGIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.loaders.tabular.sheets import Sheet

NOTHING = np.empty(0, np.int64)
NO_COLUMN = -1


class SourceRows:
    """The sheets of one source; a *unit* is one of their rows, numbered through all of them."""

    def __init__(self, sheets: Iterable[Sheet]) -> None:
        self.sheets = list(sheets)
        self._starts = np.cumsum([0, *map(len, self.sheets)])
        self._first_units: list[int] = self._starts.tolist()

    def __len__(self) -> int:
        return int(self._starts[-1])

    def units(self, number: int, rows: Positions | None = None) -> Positions:
        """Return the units of some rows of a sheet, by default of all."""
        chosen = np.arange(len(self.sheets[number])) if rows is None else rows
        return chosen + int(self._starts[number])

    def locate(self, units: Positions) -> tuple[Positions, Positions]:
        """Return for each unit the number of the sheet that it is in, and its row there."""
        numbers = np.searchsorted(self._starts, units, side="right") - 1
        return numbers, units - self._starts[numbers]

    def at(self, unit: int) -> tuple[int, int]:
        """Return the number of the sheet that one unit is in, and its row there."""
        number = bisect_right(self._first_units, unit) - 1
        return number, unit - self._first_units[number]

    def taking(self, units: Positions) -> SourceRows:
        """Return these units alone, of the same sheets; they are in their order."""
        numbers, rows = self.locate(units)
        return SourceRows(
            sheet.take(rows[numbers == number]) for number, sheet in enumerate(self.sheets)
        )

    def place(self, unit: int) -> str:
        """Return the address of a source row."""
        number, row = self.at(unit)
        return self.sheets[number].place(row, None)


@dataclass
class ReadRows:
    """The rows of nodes or of edges, as they are read: values, and where each comes from.

    `columns` are the columns of the cells that links were made of, NO_COLUMN for a whole row.
    """

    name: str
    tables: list[pa.Table] = field(default_factory=list)
    _units: list[Positions] = field(default_factory=list)
    _columns: list[Positions] = field(default_factory=list)

    def add(self, table: pa.Table, units: Positions, column: int = NO_COLUMN) -> None:
        """Append rows, each with its source row, and the column of the cell it was made of."""
        self.tables.append(table)
        self._units.append(units)
        self._columns.append(np.full(len(table), column))

    @property
    def size(self) -> int:
        """The number of rows so far."""
        return sum(map(len, self.tables))

    def table(self, required: Sequence[str]) -> pa.Table:
        """Return all rows as one table that has at least the `required` columns."""
        empty = pa.table({name: pa.array([], pa.string()) for name in required})
        return pa.concat_tables([empty, *self.tables], promote_options="default").combine_chunks()

    @property
    def units(self) -> Positions:
        """The source row of every row."""
        return np.concatenate([NOTHING, *self._units])

    @property
    def columns(self) -> Positions:
        """The column of the cell of every row."""
        return np.concatenate([NOTHING, *self._columns])


class Places:
    """Name the cell that a row and a field of nodes or edges came from.

    `order` has where in the source each place is that was named: sheet, row, column.
    """

    def __init__(self, source: SourceRows, parts: Iterable[ReadRows]) -> None:
        self._source = source
        self._units: dict[str, Positions] = {}
        self._columns: dict[str, Positions] = {}
        for part in parts:
            self._units[part.name], self._columns[part.name] = part.units, part.columns
        self.order: dict[str, tuple[int, int, int]] = {}

    def __call__(self, part: str, row: int, name: str) -> str:
        """Return the address of the cell that the field `name` of a row came from."""
        number, source_row = self._source.at(int(self._units[part][row]))
        sheet = self._source.sheets[number]
        column = self._column(sheet, int(self._columns[part][row]), name)
        text = sheet.place(source_row, column)
        self.order[text] = (number, source_row, NO_COLUMN if column is None else column)
        return text

    def _column(self, sheet: Sheet, made_of: int, name: str) -> int | None:
        if made_of == NO_COLUMN:
            return sheet.column_of(name)
        is_group = sheet.fields[made_of] == "group"
        if is_group and name in ("role", "source") and "role" in sheet.fields:
            # what is wrong with leading a group or being a member is in the cell of the role
            return sheet.fields.index("role")
        return made_of


def with_origins(
    table: pa.Table, part: ReadRows, source: SourceRows, key: str, how: Mapping[int, str]
) -> pa.Table:
    """State where each row came from, where it does not say so itself: the cell of the field `key`.

    `how` says by row how it got there, where it was not typed.
    """
    stated = "origin" in table.column_names
    given = table["origin"] if stated else pa.nulls(len(table), pa.string())
    rows = np.flatnonzero(np.asarray(given.is_null()))
    if len(rows):
        texts = given.to_pylist()
        made = _origins(rows, part, source, key, how)
        for row, text in zip(rows.tolist(), made, strict=True):
            texts[row] = text
        given = pa.chunked_array([pa.array(texts, pa.string())])
    origins: Any = pc.if_else(pc.equal(given, NO_ORIGIN), pa.scalar(None, pa.string()), given)
    if stated:
        return table.set_column(table.column_names.index("origin"), "origin", origins)
    return table.append_column("origin", origins)


def _origins(
    rows: Positions, part: ReadRows, source: SourceRows, key: str, how: Mapping[int, str]
) -> Iterator[str]:
    numbers, source_rows = source.locate(part.units[rows])
    located = zip(rows.tolist(), numbers.tolist(), source_rows.tolist(), strict=True)
    columns = [sheet.column_of(key) or 0 for sheet in source.sheets]
    before = [_before_cell(sheet) for sheet in source.sheets]
    for row, number, source_row in located:
        cell = source.sheets[number].cell(source_row, columns[number])
        yield f"{before[number]}{cell}|{how.get(row, 'typed')}"


def _before_cell(sheet: Sheet) -> str:
    """What the origin of a row of a sheet begins with: file and sheet."""
    return str(Origin(sheet.file, sheet.own_name)).removesuffix("|")
