"""Say which cells a merged one stands for: down it holds for its range, across it is a fault."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from medgraph.loaders.foreign.cell_account import Cell, CellAccount
from medgraph.loaders.foreign.row_kinds import says_several
from medgraph.loaders.workbooks.grid import address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from medgraph.loaders.foreign.mapping import Column
    from medgraph.loaders.workbooks.grid import Grid

Position = tuple[int, int]
Covered = dict[Position, Position | None]
"""Which cell stands for a merged one; None where it is merged across."""

# What a total sums; a number merged over several rows would count once for each.
SUMMED = frozenset({"beds", "staff", "physicians", "nurses", "gps"})


class _Range(NamedTuple):
    """The cells that are merged into one; rows and columns count from 0."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def name(self) -> str:
        """How people call the range: B3:C4."""
        return f"{address(self.top, self.left)}:{address(self.bottom, self.right)}"

    @property
    def is_across(self) -> bool:
        """Whether it spans several columns."""
        return self.right > self.left

    def positions(self) -> Iterator[Position]:
        """Give the rows and columns of its cells."""
        return product(range(self.top, self.bottom + 1), range(self.left, self.right + 1))


def covered_cells(
    grid: Grid, header_last: int, columns: Mapping[int, Column], account: CellAccount
) -> Covered:
    """Return the cells below a header that a merged one covers; faults go to the account."""
    covered: Covered = {}
    for merged in (_Range(*one) for one in grid.merged):
        first = _first_cell(grid, merged) if merged.top > header_last else None
        if first is None:
            continue
        if merged.is_across and says_several(grid, merged.top):
            account.wrong(first, "E175", range=merged.name)
            covered.update(dict.fromkeys(merged.positions()))
            continue
        known = columns.get(merged.left)
        rows = merged.bottom - merged.top + 1
        if rows > 1 and known is not None and known.to in SUMMED:
            account.warn("W184", first.place, value=first.text, count=str(rows))
        if not merged.is_across:
            start = (merged.top, merged.left)
            covered.update({at: start for at in merged.positions() if at != start})
    return covered


def _first_cell(grid: Grid, merged: _Range) -> Cell | None:
    """The cell that holds the text of a merged one; None where it has none."""
    if merged.top >= len(grid.rows) or merged.left >= grid.width:
        return None
    text = grid.rows[merged.top][merged.left]
    return None if text is None else Cell(grid, merged.top, merged.left, text)
