"""Say which cells a merged one stands for: down it holds for its range, across it is a fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.loaders.foreign.cell_account import Cell, CellAccount
from medgraph.loaders.foreign.row_kinds import total_label
from medgraph.loaders.workbooks.grid import address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from medgraph.loaders.foreign.mapping import Column
    from medgraph.loaders.workbooks.grid import Grid

Position = tuple[int, int]
Covered = dict[Position, Position | None]
"""Which cell stands for a merged one; None where it is merged across."""

# What a total sums; a number merged over several rows would count once for each.
SUMMED = frozenset({"beds", "staff", "physicians", "nurses", "gps"})


def covered_cells(
    grid: Grid, header_last: int, columns: Mapping[int, Column], account: CellAccount
) -> Covered:
    """Return the cells below a header that a merged one covers; faults go to the account."""
    covered: Covered = {}
    for top, left, bottom, right in grid.merged:
        is_inside = header_last < top < len(grid.rows) and left < grid.width
        if not is_inside or grid.rows[top][left] is None:
            continue
        first = Cell(grid, top, left, grid.rows[top][left] or "")
        if right > left and _holds_data(grid, top):
            account.wrong(first, "E175", range=f"{address(top, left)}:{address(bottom, right)}")
            for row in range(top, bottom + 1):
                covered.update(dict.fromkeys((row, column) for column in range(left, right + 1)))
            continue
        if bottom > top and left in columns and columns[left].to in SUMMED:
            account.warn("W184", first.place, value=first.text, count=str(bottom - top + 1))
        if right == left:
            last = min(bottom, len(grid.rows) - 1)
            covered.update({(row, left): (top, left) for row in range(top + 1, last + 1)})
    return covered


def _holds_data(grid: Grid, row: int) -> bool:
    """Whether a row says more than one thing, and is none of totals."""
    return sum(text is not None for text in grid.rows[row]) > 1 and not total_label(grid, row)
