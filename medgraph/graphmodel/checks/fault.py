"""Hold what is wrong with a table as a value, and turn it into sentences with places."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pyarrow as pa

from medgraph.graphmodel.arrays.chunks import rows_of
from medgraph.graphmodel.origin import Origin
from medgraph.words.say import Problem, problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from medgraph.graphmodel.arrays.types import Mask, Positions

    Said: TypeAlias = Callable[[int], dict[str, str]]
    Place: TypeAlias = Callable[[str, int, str], str]

LISTED = 1_000
NO_ROWS = np.empty(0, np.int64)


@dataclass(frozen=True)
class TableFault:
    """One kind of fault in `part` (nodes, edges).

    `rows` are at fault, in the column `field`; `said` gives what to say of a row. `involved` are
    further rows that cannot be kept while the fault is there.
    """

    code: str
    part: str
    field: str
    rows: Positions
    said: Said
    involved: Positions = dataclasses.field(default_factory=lambda: NO_ROWS)

    @property
    def is_error(self) -> bool:
        """Whether a table with this fault is refused."""
        return self.code.startswith("E")


@dataclass(frozen=True)
class Part:
    """One of the two tables, nodes or edges, and the faults found in it."""

    name: str
    table: pa.Table

    def __len__(self) -> int:
        return len(self.table)

    def has(self, *columns: str) -> bool:
        """Whether the table has all these columns."""
        return all(column in self.table.column_names for column in columns)

    def column(self, name: str, type: pa.DataType) -> pa.ChunkedArray:
        """Return a column; all null where the table has none of this name."""
        return self.table[name] if self.has(name) else pa.nulls(len(self), type)

    def text(self, column: str, row: int) -> str | None:
        """Return a value as text, None where there is none."""
        value = self.table[column][row].as_py() if self.has(column) else None
        return None if value is None else str(value)

    def label(self, row: int) -> str:
        """Return the name of a row, or its id."""
        return self.text("name", row) or self.text("id", row) or ""

    def fault(
        self,
        code: str,
        column: str,
        wrong: Mask | pa.Array | pa.ChunkedArray,
        said: Said | None = None,
        involved: Positions = NO_ROWS,
    ) -> Iterator[TableFault]:
        """Yield one fault where the mask `wrong` holds anywhere."""
        yield from self.fault_at(code, column, rows_of(wrong), said, involved)

    def fault_at(
        self,
        code: str,
        column: str,
        rows: Positions,
        said: Said | None = None,
        involved: Positions = NO_ROWS,
    ) -> Iterator[TableFault]:
        """Yield one fault where there are any `rows`; without `said` the value itself is said."""

        def value(row: int) -> dict[str, str]:
            return {"value": str(self.text(column, row))}

        if len(rows):
            yield TableFault(code, self.name, column, rows, said or value, involved)


def origin_place(nodes: pa.Table, edges: pa.Table) -> Place:
    """Return the way to name a place by what a row's origin states, else by its id and field."""
    parts = {"nodes": Part("nodes", nodes), "edges": Part("edges", edges)}

    def place(name: str, row: int, field: str) -> str:
        part = parts[name]
        origin = Origin.parse(part.text("origin", row)).place
        id = part.text("id", row) or f"{name}[{row + 1}]"
        return origin or ".".join(filter(None, (id, field)))

    return place


def listed(found: Iterable[TableFault], place: Place) -> list[Problem]:
    """Return the problems of `found` in its order, at most 1,000 of a code, then their number."""
    problems: list[Problem] = []
    counted: dict[str, int] = {}
    for fault in found:
        before = counted.get(fault.code, 0)
        counted[fault.code] = before + len(fault.rows)
        for row in fault.rows[: max(0, LISTED - before)].tolist():
            where = place(fault.part, row, fault.field)
            problems.append(problem(fault.code, place=where, **fault.said(row)))
    problems += [_rest(code, count) for code, count in counted.items() if count > LISTED]
    return problems


def _rest(code: str, count: int) -> Problem:
    """The problem that says how many more there are of a code."""
    more = problem("W000", value=code, count=count - LISTED, all=count)
    severity = "error" if code.startswith("E") else "warning"
    return Problem(code, severity, "", "", more.message, "")
