"""Collect the rows that a workbook gives, with the way back to every cell, as the sheets that reading takes in."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from medgraph.graphmodel import schema
from medgraph.loaders.tabular.sheets import FREE, Sheet, letter
from medgraph.loaders.workbooks.grid import Grid


@dataclass
class Group:
    """A group of the workbook: its id here, name and type."""

    id: str
    name: str
    type: str
    values: dict[str, str] = field(default_factory=dict)


@dataclass
class Rows:
    """Rows of one table from one place of the workbook: `letters` say which column each field came from."""

    table: schema.Table
    grid: Grid
    letters: dict[str, str]
    numbers: list[int] = field(default_factory=list)
    records: list[dict[str, str]] = field(default_factory=list)

    def sheet(self) -> Sheet:
        names = list(dict.fromkeys(name for record in self.records for name in record))
        columns = tuple(
            pa.array([record.get(name) for record in self.records], pa.string()) for name in names
        )
        fallback = next(iter(self.letters.values()), "A")
        return Sheet(
            self.table,
            self.grid.file,
            self.grid.name,
            tuple(_header(self.table, name) for name in names),
            columns,
            np.array(self.numbers, np.int64) + 1,
            keys=tuple(self.letters.get(n, fallback) for n in names),
            lettered=True,
        )


def _header(table: schema.Table, name: str) -> str:
    return name if table.field(name) is not None else FREE + name


class Tables:
    """All rows of a workbook, by table and by the place they came from."""

    def __init__(self) -> None:
        self._rows: dict[tuple, Rows] = {}

    def add(
        self,
        table: schema.Table,
        grid: Grid,
        row: int,
        values: dict[str, str],
        column: int,
        letters: dict[str, str] | None = None,
    ) -> dict[str, str]:
        """Add a row that stands in `column` of a sheet, or whose fields have their own `letters`; return its values."""
        key = (table.name, grid.name, "" if letters else column)
        if key not in self._rows:
            self._rows[key] = Rows(table, grid, letters or {"name": letter(column)})
        rows = self._rows[key]
        rows.numbers.append(row)
        rows.records.append(values)
        return values

    def sheets(self) -> list[Sheet]:
        """Return what was collected; nodes stand before links."""
        return [r.sheet() for r in sorted(self._rows.values(), key=lambda r: r.table.kind is None)]
