"""Give every area a tile of a grid, near to where it lies; the same areas get the same tiles.

Three sources, the best one that is there: tiles given as data (`tile_x`, `tile_y`), points (`lon`,
`lat`; of polygons their centroids), else the order of codes, county by county.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from medgraph.graphmodel.arrays.types import Floats, Positions

Range: TypeAlias = tuple[int, int]
"""The first column or row, and the one after the last."""

# Above this the assignment, which grows with the third power, gives way to order by rank.
ASSIGNED = 900
# Cells for each area: some stay empty, so that the outline of the country can be seen.
_SPARE = 1.45
_ASPECT = 1.7  # columns for each row: a page is wider than a map may be high


def tile_grid(areas: pd.DataFrame) -> pd.DataFrame:
    """Return the tile of every area as `tile_x` (to the east) and `tile_y` (to the south), from 0.

    `areas` is indexed by area id and may have `tile_x`, `tile_y`, `lon`, `lat` and `county` (what
    is to stay together). Tiles that are given are kept; of two areas on one tile the second counts
    as not given.
    """
    areas = areas.sort_index()
    fixed = _given(areas)
    rest = areas.drop(index=fixed.index)
    points = _points(rest)
    if len(points):
        fixed = _merged(fixed, _near(points, fixed, areas))
    rest = rest.drop(index=points.index)
    if len(rest):
        fixed = _merged(fixed, _by_code(rest, fixed))
    tiles = fixed.astype(int)
    return (tiles - tiles.min()).sort_index() if len(tiles) else tiles


def _merged(one: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([part for part in (one, other) if len(part)])


def _given(areas: pd.DataFrame) -> pd.DataFrame:
    if not {"tile_x", "tile_y"} <= set(areas.columns):
        return pd.DataFrame({"tile_x": [], "tile_y": []}, index=areas.index[:0])
    return areas[["tile_x", "tile_y"]].dropna().astype(int).drop_duplicates()


def _points(areas: pd.DataFrame) -> pd.DataFrame:
    if not {"lon", "lat"} <= set(areas.columns):
        return areas.iloc[:0]
    return areas[["lon", "lat"]].dropna().astype(float)


def _near(points: pd.DataFrame, fixed: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Tiles for areas with points: on a grid of their own, or around tiles that are given."""
    x, y = _plane(points)
    if len(points) > ASSIGNED:
        tiles = _by_rank(points.index, x, y)
        return (
            tiles if fixed.empty else tiles.add([fixed["tile_x"].min(), fixed["tile_y"].max() + 2])
        )
    columns, rows = _shape(len(points))
    u, v = _spread(x, columns), _spread(y, rows)
    if fixed.empty:
        return _assigned(points.index, u, v, _cells((0, columns), (0, rows)))
    u, v = _beside(points, fixed, areas, u, v)
    taken = set(fixed.itertuples(index=False, name=None))
    room = _cells(*_room(fixed, columns, rows)).tolist()
    free = [cell for cell in room if tuple(cell) not in taken]
    return _assigned(points.index, u, v, np.array(free))


def _cells(columns: Range, rows: Range) -> Positions:
    """Every cell of a grid as a pair of column and row."""
    return np.array([(column, row) for row in range(*rows) for column in range(*columns)])


def _assigned(index: pd.Index, u: Floats, v: Floats, cells: Positions) -> pd.DataFrame:
    """The assignment of least squared distance between where areas lie (u, v) and free cells."""
    from scipy.optimize import linear_sum_assignment  # a second to import, and few maps need it

    cost = (u[:, None] - cells[None, :, 0]) ** 2 + (v[:, None] - cells[None, :, 1]) ** 2
    _, chosen = linear_sum_assignment(cost)
    return pd.DataFrame(cells[chosen], index=index, columns=["tile_x", "tile_y"])


def _plane(points: pd.DataFrame) -> tuple[Floats, Floats]:
    """Points as distances east and south, in degrees of latitude."""
    middle = math.radians(float(points["lat"].mean()))
    return points["lon"].to_numpy() * math.cos(middle), -points["lat"].to_numpy()


def _shape(count: int) -> tuple[int, int]:
    columns = max(1, math.ceil(math.sqrt(count * _SPARE * _ASPECT)))
    return columns, max(1, math.ceil(count * _SPARE / columns))


def _spread(values: Floats, cells: int) -> Floats:
    """Values as positions from 0 to cells - 1: half by size, half by rank, as towns lie close."""
    extent = np.ptp(values)
    size = (values - values.min()) / extent if extent else np.full(len(values), 0.5)
    rank = values.argsort(kind="stable").argsort(kind="stable") / max(1, len(values) - 1)
    spread: Floats = (size + rank) / 2 * (cells - 1)
    return spread


def _beside(
    points: pd.DataFrame, fixed: pd.DataFrame, areas: pd.DataFrame, u: Floats, v: Floats
) -> tuple[Floats, Floats]:
    """Positions around given tiles: scaled by what is known of both, else below the given ones."""
    both = _points(areas.loc[fixed.index])
    if len(both) < 2:
        return u + fixed["tile_x"].min(), v + fixed["tile_y"].max() + 1
    known = fixed.loc[both.index]
    u = _line(both["lon"], known["tile_x"], points["lon"])
    v = _line(-both["lat"], known["tile_y"], -points["lat"])
    return u, v


def _line(known: pd.Series, tiles: pd.Series, wanted: pd.Series) -> Floats:
    """The least-squares line from coordinates to tiles, applied to `wanted`."""
    if np.ptp(known.to_numpy()) == 0:
        return np.full(len(wanted), float(tiles.mean()))
    slope, offset = np.polyfit(known.to_numpy(), tiles.to_numpy(dtype=float), 1)
    return np.asarray(slope * wanted + offset, float)


def _room(fixed: pd.DataFrame, columns: int, rows: int) -> tuple[Range, Range]:
    """The columns and rows around given tiles in which others may be put."""
    left, right = int(fixed["tile_x"].min()), int(fixed["tile_x"].max())
    top, bottom = int(fixed["tile_y"].min()), int(fixed["tile_y"].max())
    across = (left - 1, max(right, left + columns) + 2)
    down = (top - 1, bottom + rows + 2)
    return across, down


def _by_rank(index: pd.Index, x: Floats, y: Floats) -> pd.DataFrame:
    """Rows by rank to the south, in each row columns by rank to the east: for very many areas."""
    per_row = math.ceil(math.sqrt(len(index) * _ASPECT))
    order = np.lexsort((x, y))
    tiles = np.empty((len(index), 2), int)
    for row, start in enumerate(range(0, len(index), per_row)):
        members = order[start : start + per_row]
        members = members[np.argsort(x[members], kind="stable")]
        tiles[members] = np.column_stack([np.arange(len(members)), np.full(len(members), row)])
    return pd.DataFrame(tiles, index=index, columns=["tile_x", "tile_y"])


def _by_code(areas: pd.DataFrame, fixed: pd.DataFrame) -> pd.DataFrame:
    """A block of tiles for each county by its code, side by side, an empty tile between."""
    county = (
        areas["county"]
        if "county" in areas.columns
        else pd.Series(areas.index.str[:6], areas.index)
    )
    blocks = [
        list(members) for _, members in areas.groupby(county.fillna(""), sort=True).groups.items()
    ]
    top = int(fixed["tile_y"].max()) + 2 if len(fixed) else 0
    left = int(fixed["tile_x"].min()) if len(fixed) else 0
    return _shelved(blocks, left, top)


def _shelved(blocks: Sequence[list[Hashable]], left: int, top: int) -> pd.DataFrame:
    """Blocks set on shelves as books are: to the right, then below the highest."""
    total = sum(map(len, blocks))
    wide = max(8, math.ceil(math.sqrt(total * _SPARE * _ASPECT) * 1.25))
    rows: dict[Hashable, tuple[int, int]] = {}
    x = y = shelf = 0
    for block in blocks:
        columns = min(wide, max(2, math.ceil(math.sqrt(len(block) * _ASPECT))))
        if x and x + columns > wide:
            x, y, shelf = 0, y + shelf + 1, 0
        for number, id in enumerate(block):
            rows[id] = (left + x + number % columns, top + y + number // columns)
        shelf = max(shelf, math.ceil(len(block) / columns))
        x += columns + 1
    return pd.DataFrame.from_dict(rows, orient="index", columns=["tile_x", "tile_y"])
