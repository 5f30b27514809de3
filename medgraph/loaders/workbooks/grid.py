"""Hold one sheet of a workbook as it is: texts by row and column, merged, hidden, struck."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from medgraph.loaders.tabular.sheets import letter

if TYPE_CHECKING:
    from collections.abc import Iterator

    Rows = list[list[str | None]]


@dataclass
class Grid:
    """One sheet: `rows` of texts (None: empty cell), counted from 0.

    `merged` are ranges: first and last row, first and last column. `lost` are cells whose digits
    Excel has cut; `unstored` are formulas without a stored value; `hidden_rows` and `struck` are
    rows, `struck_cells` single cells struck through in other rows. `hidden_cells` named a person,
    which was taken out. `remark` says what the file cannot.
    """

    file: str
    name: str
    rows: Rows
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    struck: frozenset[int] = frozenset()
    unstored: tuple[tuple[int, int], ...] = ()
    lost: frozenset[tuple[int, int]] = frozenset()
    struck_cells: frozenset[tuple[int, int]] = frozenset()
    hidden_cells: frozenset[tuple[int, int]] = frozenset()
    remark: str = ""

    @property
    def width(self) -> int:
        """The number of columns."""
        return max(map(len, self.rows), default=0)

    def place(self, row: int, column: int | None = None) -> str:
        """Return the address of a cell, or of a row."""
        return f"{self.name}!{address(row, column)}"

    def filled(self) -> Iterator[tuple[int, int]]:
        """Give every cell that is not empty."""
        for r, row in enumerate(self.rows):
            for c, text in enumerate(row):
                if text is not None:
                    yield r, c


def address(row: int, column: int | None) -> str:
    """Return how people call a cell.

    >>> address(6, 3)
    'D7'
    """
    return f"{'' if column is None else letter(column)}{row + 1}"


def trimmed(rows: Rows) -> Rows:
    """Return the rows without the empty ones at the end and the empty columns at the right."""
    while rows and not any(text is not None for text in rows[-1]):
        rows.pop()
    filled = [c for row in rows for c, text in enumerate(row) if text is not None]
    width = max(filled, default=-1) + 1
    return [[*row[:width], *[None] * (width - len(row))] for row in rows]
