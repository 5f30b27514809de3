"""Hold a sheet that was laid out anew: its tables, and what was decided and asked on the way."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medgraph.loaders.workbooks.grid import Grid

Position = tuple[int, int]
Added = dict[int, tuple[str, Position]]
"""The texts of a column that a layout adds, by row, each with the cell that states it."""


@dataclass(frozen=True)
class CountedHeading:
    """A heading that says how many facilities stand in the rows (from 0) of its `table`."""

    table: int
    cell: Position
    label: str
    count: int
    rows: frozenset[int]


@dataclass(frozen=True)
class Asked:
    """A question that a layout raises: its `key`, the cell it comes from, and what it decides.

    `kind` says which question it is; `subject` is the text that it is about; `decides` counts the
    facilities or links that depend on it, `assumed` is the answer that holds meanwhile.
    """

    kind: str
    subject: str
    cell: Position
    decides: int
    assumed: str = ""


@dataclass
class Laid:
    """A sheet as it is read: the `tables` it holds, each with one facility or group in a row.

    `evidence` says why it is laid out so, `confidence` how sure that is (high, medium, low).
    `sections` are headings that were understood and state nothing; `strays` lines that nobody
    understands.
    """

    layout: str
    tables: list[Grid]
    evidence: str = ""
    confidence: str = "high"
    counts: list[CountedHeading] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    sections: list[Position] = field(default_factory=list)
    strays: list[Position] = field(default_factory=list)


def masked(grid: Grid, rows: range, columns: range | None = None, part: int = 0) -> Grid:
    """Return a table of a sheet: the cells of these rows and columns, where they stand."""
    width = grid.width
    blank: list[str | None] = [None] * width
    kept = columns if columns is not None else range(width)
    texts = [
        [text if column in kept else None for column, text in enumerate(grid.rows[row])]
        if row in rows
        else blank
        for row in range(min(rows.stop, len(grid.rows)))
    ]
    merged = [
        area
        for area in grid.merged
        if area[0] in rows and area[2] in rows and (area[1] in kept or columns is None)
    ]
    return replace(
        grid,
        rows=texts,
        merged=[(t, left, b, min(right, kept[-1])) for t, left, b, right in merged],
        unstored=tuple(at for at in grid.unstored if at[0] in rows and at[1] in kept),
        part=part,
    )


def with_columns(grid: Grid, title_row: int, added: Sequence[tuple[str, Added]]) -> Grid:
    """Return a table with further columns at its right; a title stands for its first cell."""
    added = [(title, cells) for title, cells in added if cells]
    if not added:
        return grid
    width = grid.width
    rows = [[*row, *[None] * (width - len(row) + len(added))] for row in grid.rows]
    origins = dict(grid.origins)
    for column, (title, cells) in enumerate(added, width):
        rows[title_row][column] = title
        origins[title_row, column] = next(iter(cells.values()))[1]
        for row, (text, origin) in cells.items():
            rows[row][column] = text
            origins[row, column] = origin
    return replace(grid, rows=rows, origins=origins)


def rebuilt(grid: Grid, cells: Sequence[Sequence[tuple[str, Position] | None]]) -> Grid:
    """Return a table of cells that were moved, each with where it stood."""
    origins = {
        (row, column): cell[1]
        for row, line in enumerate(cells)
        for column, cell in enumerate(line)
        if cell is not None
    }
    at = {origin: place for place, origin in origins.items()}
    return replace(
        grid,
        rows=[[None if cell is None else cell[0] for cell in line] for line in cells],
        origins=origins,
        merged=[],
        hidden_rows=frozenset(),
        struck=frozenset(),
        struck_cells=frozenset(at[origin] for origin in _struck(grid) if origin in at),
        lost=frozenset(at[origin] for origin in grid.lost if origin in at),
        unstored=tuple(at[origin] for origin in grid.unstored if origin in at),
        hidden_columns=frozenset(),
        fills={},
        inks={},
    )


def _struck(grid: Grid) -> set[Position]:
    """The cells that are struck through, in struck rows too."""
    whole = {(row, column) for row in grid.struck for column in range(len(grid.rows[row]))}
    return whole | set(grid.struck_cells)
