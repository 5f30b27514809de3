"""Collect the rows that a workbook gives, with the way back to every cell, for the assembly."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from medgraph.loaders.tabular.sheets import FREE, Sheet, letter

if TYPE_CHECKING:
    from medgraph.graphmodel import schema
    from medgraph.loaders.foreign.cell_account import Cell
    from medgraph.loaders.workbooks.grid import Grid

Record = dict[str, str]


@dataclass
class _RowsOfPlace:
    """Rows of one table from one place of a workbook; `letters` are the columns of its fields."""

    table: schema.Table
    grid: Grid
    letters: dict[str, str]
    numbers: list[int] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)

    def sheet(self) -> Sheet:
        """Return the rows as the assembly takes them in."""
        names = list(dict.fromkeys(name for record in self.records for name in record))
        first_letter = next(iter(self.letters.values()), "A")
        return Sheet(
            self.table,
            self.grid.file,
            self.grid.name,
            tuple(self._header(name) for name in names),
            tuple(self._texts(name) for name in names),
            np.array(self.numbers, np.int64) + 1,
            keys=tuple(self.letters.get(name, first_letter) for name in names),
            lettered=True,
        )

    def _header(self, name: str) -> str:
        return name if self.table.field(name) is not None else FREE + name

    def _texts(self, name: str) -> pa.Array:
        return pa.array([record.get(name) for record in self.records], pa.string())


class CollectedRows:
    """All rows that a workbook gives, by table and by the place they came from."""

    def __init__(self) -> None:
        self._by_place: dict[tuple[str, str, int | None], _RowsOfPlace] = {}

    def add(
        self, table: schema.Table, cell: Cell, record: Record, letters: dict[str, str] | None = None
    ) -> Record:
        """Add the row that `cell` gives and return its record, which may still be filled in.

        `letters` are the columns of its fields, where they are not all in that one cell; a cell
        that was moved stands for all of them.
        """
        row, column = cell.grid.origin(cell.row, cell.column)
        if (row, column) != (cell.row, cell.column):
            letters = None
        place = (table.name, cell.grid.title, None if letters else column)
        if place not in self._by_place:
            columns = letters or {"name": letter(column)}
            self._by_place[place] = _RowsOfPlace(table, cell.grid, columns)
        rows = self._by_place[place]
        rows.numbers.append(row)
        rows.records.append(record)
        return record

    def sheets(self) -> list[Sheet]:
        """Return what was collected, nodes before links."""
        nodes_first = sorted(self._by_place.values(), key=lambda rows: rows.table.kind is None)
        return [rows.sheet() for rows in nodes_first]
