"""The tile grid: every area has a tile of its own, near to where it lies, always the same."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from medgraph.visuals.tiles.tile_grid import ASSIGNED, tile_grid

POINT = st.tuples(st.floats(73, 135), st.floats(18, 53))


def frame(points=None, *, ids=None, **columns) -> pd.DataFrame:
    if points is not None:
        columns |= {"lon": [p[0] for p in points], "lat": [p[1] for p in points]}
        ids = ids or [f"a{i:04}" for i in range(len(points))]
    return pd.DataFrame(columns, index=ids)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(POINT, st.just((float("nan"), float("nan")))), min_size=1, max_size=40))
def test_every_area_has_a_tile_of_its_own(points):
    """No area is left out, no two share a tile, and the grid begins at 0."""
    tiles = tile_grid(frame(points))
    assert len(tiles) == len(points)
    assert not tiles.duplicated().any()
    assert tiles.to_numpy().min() == 0


@settings(max_examples=20, deadline=None)
@given(st.lists(POINT, min_size=2, max_size=30), st.randoms())
def test_order_of_rows_does_not_matter(points, random):
    """The same areas get the same tiles in whatever order they come."""
    areas = frame(points)
    shuffled = areas.sample(frac=1, random_state=random.randint(0, 1000))
    assert tile_grid(areas).equals(tile_grid(shuffled))


def test_a_regular_grid_keeps_its_neighbours():
    """Areas that lie on a grid stay in their order from west to east and from north to south."""
    points = [(100 + x, 40 - y) for y in range(4) for x in range(6)]
    tiles = tile_grid(frame(points)).to_numpy().reshape(4, 6, 2)
    assert (np.diff(tiles[:, :, 0], axis=1) > 0).all()
    assert (np.diff(tiles[:, :, 1], axis=0) > 0).all()


def test_given_tiles_are_kept():
    """Tiles that are data stay as they are; what has none comes beside them."""
    areas = frame(ids=["a", "b", "c"], tile_x=[0, 3, np.nan], tile_y=[0, 1, np.nan], county="x")
    tiles = tile_grid(areas)
    assert tiles.loc[["a", "b"]].to_numpy().tolist() == [[0, 0], [3, 1]]
    assert tiles.loc["c"].tolist() not in [[0, 0], [3, 1]]


def test_a_tile_given_twice_goes_to_the_first():
    """Two areas on one tile: the first id keeps it, the other moves."""
    tiles = tile_grid(frame(ids=["a", "b"], tile_x=[1, 1], tile_y=[1, 1]))
    assert not tiles.duplicated().any()


def test_without_points_counties_stay_together():
    """By code: each county is one block, and an empty column or row lies between two blocks."""
    ids = [f"33010{c}{i:03}000" for c in (1, 2, 3) for i in range(8)]
    tiles = tile_grid(frame(ids=ids, county=[id[:6] for id in ids]))
    for _, block in tiles.groupby(lambda id: id[:6]):
        extent = np.ptp(block.to_numpy(), axis=0) + 1
        assert extent.prod() <= 12  # 8 tiles in a block of at most 4 by 3


def test_very_many_areas_are_ranked():
    """Beyond what an assignment can take, rows and columns by rank: fast, and still one tile each."""
    rng = np.random.default_rng(1)
    tiles = tile_grid(frame(rng.uniform((100, 20), (120, 40), (ASSIGNED + 500, 2)).tolist()))
    assert not tiles.duplicated().any()
