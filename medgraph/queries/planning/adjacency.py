"""Which areas touch: as links or a table say, or, where nobody does, by their tiles."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from medgraph.errors import OptionError
from medgraph.queries.columns import numbers_of
from medgraph.queries.planning.neighbourhood import neighbours_of, parts_of
from medgraph.words.joining import listed
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from medgraph.graphmodel.arrays.types import Floats, Positions
    from medgraph.graphmodel.day import Day
    from medgraph.queries.planning.neighbourhood import Neighbours

_BESIDE = 1.5  # between the middles of tiles that touch, at a corner too
_NAMED = 5  # islands that a note names


class Adjacency(NamedTuple):
    """The neighbours of each area asked about, and what a reader has to know of them."""

    neighbours: Neighbours
    notes: tuple[str, ...]


def adjacency(day: Day, areas: Positions, tables: Sequence[pd.DataFrame]) -> Adjacency:
    """Return which of these areas touch.

    Parameters
    ----------
    day
        The network on a day.
    areas
        Their positions.
    tables
        Columns `area` and `neighbour`, by id or name; none: the links ADJACENT_TO, and where there
        are none, tiles. Of a table of outlines (`from_outlines`) areas that are not in the network
        are left, and an area without a neighbour is one that touches none.

    Raises
    ------
    OptionError
        Where neither links nor tiles are stated.
    """
    place = {int(position): number for number, position in enumerate(areas)}
    pairs = [pair for table in tables for pair in _listed(day, table)]
    if not tables:
        pairs = [*_linked(day)]
    inside = [(place[one], place[other]) for one, other in pairs if {one, other} <= place.keys()]
    if not inside and not tables:
        return _by_tiles(day, areas)
    neighbours = neighbours_of(len(areas), inside)
    alone = {int(areas[at]) for at, beside in enumerate(neighbours) if not beside}
    without = alone - _outlined(day, tables) if any(map(_is_of_outlines, tables)) else set()
    notes = (
        *_named(day, "regroup.islands", alone - without),
        *_named(day, "regroup.no_outline", without),
    )
    return Adjacency(neighbours, notes)


def _linked(day: Day) -> Iterator[tuple[int, int]]:
    links = day.links("ADJACENT_TO")
    yield from zip(links.source.tolist(), links.target.tolist(), strict=True)


def _listed(day: Day, table: pd.DataFrame) -> Iterator[tuple[int, int]]:
    if _is_of_outlines(table):
        ends = _ends(day, table, "area"), _ends(day, table, "neighbour")
        yield from (pair for pair in zip(*ends, strict=True) if min(pair) >= 0)
        return
    for row in table[["area", "neighbour"]].itertuples(index=False):
        one, other = (day.net.find(str(name), kind="Area") for name in row)
        yield day.index.position(one), day.index.position(other)


def _is_of_outlines(table: pd.DataFrame) -> bool:
    """Whether a table has what outlines of areas say, of other areas too."""
    return "from_outlines" in table


def _outlined(day: Day, tables: Sequence[pd.DataFrame]) -> set[int]:
    """The areas that have an outline, by position."""
    found: set[int] = set()
    for table in filter(_is_of_outlines, tables):
        found.update(_ends(day, table, "area"), _ends(day, table, "neighbour"))
    return found


def _ends(day: Day, table: pd.DataFrame, column: str) -> list[int]:
    """The positions of the areas of a column; -1 for none, and for one beyond the network."""
    positions: list[int] = day.index.positions(table[column].fillna("").tolist()).tolist()
    return positions


def _named(day: Day, sentence: str, areas: set[int]) -> tuple[str, ...]:
    if not areas:
        return ()
    names = listed(day.names(sorted(areas)[:_NAMED]))
    return (say(sentence, count=len(areas), names=names),)


def _by_tiles(day: Day, areas: Positions) -> Adjacency:
    """Tiles touch at their sides and corners; what lies apart is joined where it is nearest."""
    tiles = np.column_stack([numbers_of(day.index, name)[areas] for name in ("tile_x", "tile_y")])
    if np.isnan(tiles).any():
        raise OptionError(say("regroup.no_adjacency"))
    away = np.sqrt(((tiles[:, None] - tiles[None]) ** 2).sum(axis=2))
    touching = np.argwhere(away <= _BESIDE)
    pairs = [(int(one), int(other)) for one, other in touching if one < other]
    parts = parts_of(range(len(areas)), neighbours_of(len(areas), pairs))
    while len(parts) > 1:
        pairs.append(_nearest(away, parts))
        parts = parts_of(range(len(areas)), neighbours_of(len(areas), pairs))
    return Adjacency(neighbours_of(len(areas), pairs), (say("regroup.by_tiles"),))


def _nearest(away: Floats, parts: list[set[int]]) -> tuple[int, int]:
    """The two areas, one of the first part, that are nearest to one another."""
    here = sorted(parts[0])
    there = sorted(area for part in parts[1:] for area in part)
    between = away[np.ix_(here, there)]
    one, other = np.unravel_index(int(between.argmin()), between.shape)
    return here[int(one)], there[int(other)]
