"""Minutes from areas to facilities: given as a matrix, along roads, or in a straight line.

Every pair expected is given, missing or unreachable. Missing means that nobody said, unreachable
that there is no way; neither is a number.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import singledispatch
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa

from medgraph.errors import OptionError
from medgraph.graphmodel.coordinates import EARTH_RADIUS_KM
from medgraph.queries.coverage.travel import Roads, StraightLine, TravelTimes
from medgraph.words.say import say
from medgraph.words.vocabularies import word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medgraph.graphmodel.arrays.types import Floats, Mask, Positions
    from medgraph.graphmodel.day import Day
    from medgraph.graphmodel.index import Index

_NAMED = 5  # places or pairs that a note names
_NO_PAIRS = (np.zeros(0, int), np.zeros(0, int))
_ROWS_AT_ONCE = 256  # shortest-path trees held in memory


@dataclass(frozen=True)
class Minutes:
    """Minutes between `areas` and `facilities`, both numbered by their place in what was asked.

    `area`, `facility`, `minutes` are the pairs within the cutoff; `nearest` and `nearest_minutes`
    say per area which facility is next (-1, inf: none reached); `missing_from`, `missing_to` count
    per area and per facility the pairs that nobody gave; `unreachable_from` those without a way,
    which `without_way` lists.
    """

    area: Positions
    facility: Positions
    minutes: Floats
    nearest: Positions
    nearest_minutes: Floats
    missing_from: Positions
    missing_to: Positions
    unreachable_from: Positions
    how: str
    notes: tuple[str, ...] = ()
    without_way: tuple[Positions, Positions] = _NO_PAIRS

    @property
    def matrix(self) -> Floats:
        """Minutes from areas (rows) to facilities: infinite without a way, NaN where missing.

        A pair beyond the cutoff that was asked for is missing here, too.
        """
        found = np.full((len(self.missing_from), len(self.missing_to)), np.nan)
        found[self.area, self.facility] = self.minutes
        found[self.without_way] = np.inf
        return found

    @property
    def expected(self) -> int:
        """How many pairs there are to ask about."""
        return len(self.missing_from) * len(self.missing_to)

    @property
    def missing(self) -> int:
        """How many pairs nobody gave."""
        return int(self.missing_from.sum())

    @property
    def unreachable(self) -> int:
        """How many pairs are known to have no way."""
        return int(self.unreachable_from.sum())

    @property
    def given(self) -> int:
        """How many pairs have minutes."""
        return self.expected - self.missing - self.unreachable


@singledispatch
def minutes_between(
    travel: object, index: Index, areas: Positions, facilities: Positions, cutoff: float
) -> Minutes:
    """Return the minutes from `areas` to `facilities`, as `travel` has them."""
    raise OptionError(say("coverage.one_source_of_times"))


@minutes_between.register(TravelTimes)
def from_matrix(
    travel: TravelTimes, index: Index, areas: Positions, facilities: Positions, cutoff: float
) -> Minutes:
    """Take the minutes of the table; raise OptionError for absent columns and for no minutes.

    A pair with two different times is missing, and named.
    """
    times = travel.table
    _columns(times, "origin", "destination", "minutes")
    minutes = pd.to_numeric(times["minutes"], errors="coerce").to_numpy(
        dtype=float, na_value=np.nan
    )
    wrong = (np.isnan(minutes) & times["minutes"].notna().to_numpy()) | (minutes < 0)
    if wrong.any():
        raise OptionError(
            say(
                "coverage.bad_minutes",
                count=int(wrong.sum()),
                value=str(times["minutes"].iloc[int(np.argmax(wrong))]),
            )
        )
    area = _places(index, areas, times["origin"])
    facility = _places(index, facilities, times["destination"])
    strangers = (area < 0) | (facility < 0)
    told = ~strangers & ~np.isnan(minutes)
    notes = _strangers(times, area, facility)
    area, facility, minutes = area[told], facility[told], minutes[told]
    in_two_ways = _in_two_ways(area, facility, minutes)
    notes += _contradictions(times[told], in_two_ways)
    area, facility, minutes = _shortest(
        area[~in_two_ways], facility[~in_two_ways], minutes[~in_two_ways]
    )
    return _travel(
        area,
        facility,
        minutes,
        len(areas),
        len(facilities),
        cutoff,
        say("coverage.by_matrix"),
        notes,
    )


def without_polygons(day: Day) -> list[str]:
    """Say that no area states its boundary, so that a catchment is a list of areas."""
    has_any = day.index.values("boundary").null_count < len(day.index)
    return [] if has_any else [say("coverage.no_polygons")]


def _places(index: Index, asked: Positions, ids: pd.Series) -> Positions:
    """Return for each id its place among the positions asked about, -1 where it is none of them."""
    place = np.full(len(index) + 1, -1)
    place[asked] = np.arange(len(asked))
    place[-1] = -1
    found: Positions = place[index.positions(pa.array(ids.astype(str).to_list(), pa.string()))]
    return found


def _strangers(times: pd.DataFrame, area: Positions, facility: Positions) -> tuple[str, ...]:
    """Say how many rows begin or end at no place that is asked about, and name the first ends."""
    count = int(((area < 0) | (facility < 0)).sum())
    ends = [*times["origin"][area < 0].unique(), *times["destination"][facility < 0].unique()]
    first = say("list_comma").join(map(str, ends[:_NAMED]))
    return (say("coverage.strangers", count=count, first=first),) if count else ()


def _in_two_ways(area: Positions, facility: Positions, minutes: Floats) -> Mask:
    """Mark the rows of each pair whose rows do not all give the same minutes."""
    pairs = pd.DataFrame({"area": area, "facility": facility, "minutes": minutes})
    times = pairs.groupby(["area", "facility"])["minutes"]
    differing: Mask = (times.transform("min") != times.transform("max")).to_numpy()
    return differing


def _contradictions(times: pd.DataFrame, in_two_ways: Mask) -> tuple[str, ...]:
    """Name the pairs that have two times."""
    pairs = times[in_two_ways].groupby(["origin", "destination"])["minutes"]
    if not len(pairs):
        return ()
    named = [
        f"{origin} → {destination}: {' / '.join(f'{float(one):g}' for one in values)}"
        for (origin, destination), values in islice(pairs, _NAMED)
    ]
    first = say("list_comma").join(named)
    return (say("coverage.two_times", count=len(pairs), first=first),)


def _shortest(
    area: Positions, facility: Positions, minutes: Floats
) -> tuple[Positions, Positions, Floats]:
    """Keep the shortest of the rows of each pair, sorted by pair."""
    order = np.lexsort((minutes, facility, area))
    area, facility, minutes = area[order], facility[order], minutes[order]
    first = np.ones(len(order), bool)
    first[1:] = (area[1:] != area[:-1]) | (facility[1:] != facility[:-1])
    return area[first], facility[first], minutes[first]


def _travel(
    area: Positions,
    facility: Positions,
    minutes: Floats,
    areas: int,
    facilities: int,
    cutoff: float,
    how: str,
    notes: tuple[str, ...],
) -> Minutes:
    """Build the value from all pairs told, unreachable ones (infinite) among them."""
    way = np.isfinite(minutes)
    nearest, nearest_minutes = np.full(areas, -1), np.full(areas, np.inf)
    order = np.lexsort((facility[way], minutes[way]))[::-1]  # the last one written is the shortest
    nearest[area[way][order]] = facility[way][order]
    nearest_minutes[area[way][order]] = minutes[way][order]
    near = way & (minutes <= cutoff)
    return Minutes(
        area[near],
        facility[near],
        minutes[near],
        nearest,
        nearest_minutes,
        missing_from=facilities - np.bincount(area, minlength=areas),
        missing_to=areas - np.bincount(facility, minlength=facilities),
        unreachable_from=np.bincount(area[~way], minlength=areas),
        how=how,
        notes=notes,
        without_way=(area[~way], facility[~way]),
    )


@minutes_between.register(StraightLine)
def in_straight_line(
    travel: StraightLine, index: Index, areas: Positions, facilities: Positions, cutoff: float
) -> Minutes:
    """Take the great-circle distance; whoever states no coordinates is missing."""
    from scipy.spatial import cKDTree

    speed_kmh = travel.speed_kmh
    if not 0 < speed_kmh < np.inf:
        raise OptionError(say("coverage.bad_speed", value=speed_kmh))
    here, there = _points(index, areas), _points(index, facilities)
    known_here, known_there = _known(here), _known(there)
    nearest, nearest_minutes = np.full(len(areas), -1), np.full(len(areas), np.inf)
    pairs = np.zeros(0, dtype=[("i", int), ("j", int), ("v", float)])
    if known_here.any() and known_there.any():
        origins, targets = cKDTree(here[known_here]), cKDTree(there[known_there])
        chord, which = targets.query(origins.data)
        nearest[known_here] = np.flatnonzero(known_there)[which]
        nearest_minutes[known_here] = _arc_km(np.asarray(chord)) / speed_kmh * 60
        limit = (
            2 * EARTH_RADIUS_KM * np.sin(min(cutoff / 60 * speed_kmh / EARTH_RADIUS_KM, np.pi) / 2)
        )
        pairs = origins.sparse_distance_matrix(targets, limit * (1 + 1e-12), output_type="ndarray")
    return Minutes(
        np.flatnonzero(known_here)[pairs["i"]],
        np.flatnonzero(known_there)[pairs["j"]],
        _arc_km(pairs["v"]) / speed_kmh * 60,
        nearest,
        nearest_minutes,
        missing_from=np.where(known_here, (~known_there).sum(), len(facilities)),
        missing_to=np.where(known_there, (~known_here).sum(), len(areas)),
        unreachable_from=np.zeros(len(areas), int),
        how=say("coverage.by_line", speed=f"{speed_kmh:g}"),
    )


@minutes_between.register(Roads)
def by_road(
    travel: Roads, index: Index, areas: Positions, facilities: Positions, cutoff: float
) -> Minutes:
    """Take the quickest way; whoever lies too far from every road node, or nowhere, is missing."""
    from scipy.sparse.csgraph import dijkstra

    graph, points = _road_graph(travel.nodes, travel.edges)
    here = _snap(index, areas, points, travel.snap_km)
    there = _snap(index, facilities, points, travel.snap_km)
    reached, goals = np.flatnonzero(here >= 0), np.unique(there[there >= 0])
    backwards = graph.T.tocsr()
    parts = []
    for start in range(0, len(goals), _ROWS_AT_ONCE):
        some = goals[start : start + _ROWS_AT_ONCE]
        parts.append(dijkstra(backwards, indices=some)[:, here[reached]])
    minutes = np.vstack(parts) if parts else np.zeros((0, len(reached)))
    known = np.flatnonzero(there >= 0)
    rows = np.searchsorted(goals, there[known])
    area = np.tile(reached, len(known))
    facility = np.repeat(known, len(reached))
    return _travel(
        area,
        facility,
        minutes[rows].ravel(),
        len(areas),
        len(facilities),
        cutoff,
        say("coverage.by_road", km=f"{travel.snap_km:g}"),
        (),
    )


def minutes_to_each(travel: Roads, index: Index, facilities: Positions) -> Iterator[Floats]:
    """Return for each facility the minutes from every road node; infinite without a way.

    To a facility that lies too far from every node there is none.
    """
    from scipy.sparse.csgraph import dijkstra

    graph, points = _road_graph(travel.nodes, travel.edges)
    backwards = graph.T.tocsr()
    for node in _snap(index, facilities, points, travel.snap_km).tolist():
        yield dijkstra(backwards, indices=node) if node >= 0 else np.full(len(points), np.inf)


def _road_graph(nodes: pd.DataFrame, edges: pd.DataFrame) -> tuple[Any, Floats]:
    """Return the roads as a CSR matrix of minutes, and the points of its nodes."""
    from scipy import sparse

    _columns(nodes, "node", "lon", "lat")
    _columns(edges, "from", "to")
    place = pd.Index(nodes["node"].astype(str))
    if not place.is_unique:
        raise OptionError(say("coverage.bad_roads", count=0, double=int(place.duplicated().sum())))
    tail = place.get_indexer(pd.Index(edges["from"].astype(str)))
    head = place.get_indexer(pd.Index(edges["to"].astype(str)))
    cost = _edge_minutes(edges)
    wrong = (tail < 0) | (head < 0) | ~(cost >= 0) | ~np.isfinite(cost)
    if wrong.any():
        raise OptionError(say("coverage.bad_roads", count=int(wrong.sum()), double=0))
    forward, back = _directions(edges)
    area, facility, minutes = _shortest(
        np.concatenate([tail[forward], head[back]]),
        np.concatenate([head[forward], tail[back]]),
        np.concatenate([cost[forward], cost[back]]),
    )
    graph = sparse.csr_array((minutes, (area, facility)), shape=(len(place), len(place)))
    return graph, unit_vectors(nodes["lon"].to_numpy(float), nodes["lat"].to_numpy(float))


def _directions(edges: pd.DataFrame) -> tuple[Mask, Mask]:
    """Return masks over edges: which can be driven from `from` to `to`, and which back."""
    if "oneway" not in edges.columns:
        every = np.ones(len(edges), bool)
        return every, every
    stated = [str(value).strip() for value in edges["oneway"]]
    forward = np.array([value != "-1" for value in stated], bool)
    back = np.array([word("boolean", value) != "yes" for value in stated], bool)
    return forward, back


def _edge_minutes(edges: pd.DataFrame) -> Floats:
    if "minutes" in edges.columns:
        return edges["minutes"].to_numpy(float)
    if "time_s" in edges.columns:
        return edges["time_s"].to_numpy(float) / 60
    _columns(edges, "length_m", "speed_kmh")
    km = edges["length_m"].to_numpy(float) / 1000
    hours: Floats = km / edges["speed_kmh"].to_numpy(float)
    return hours * 60


def _snap(index: Index, positions: Positions, points: Floats, snap_km: float) -> Positions:
    """Return the road node nearest to each position, -1 where none is near enough."""
    from scipy.spatial import cKDTree

    own = _points(index, positions)
    found, known = np.full(len(positions), -1), _known(own)
    if known.any() and len(points):
        chord, which = cKDTree(points).query(own[known])
        found[known] = np.where(_arc_km(np.asarray(chord)) <= snap_km, which, -1)
    return found


def unit_vectors(lon: Floats, lat: Floats) -> Floats:
    """Return points on the globe as vectors of the earth's radius, in km."""
    lon, lat = np.radians(lon), np.radians(lat)
    return EARTH_RADIUS_KM * np.column_stack(
        [np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)]
    )


def _points(index: Index, positions: Positions) -> Floats:
    lon, lat = (
        index.take(c, positions).cast(pa.float64()).to_numpy(zero_copy_only=False)
        for c in ("lon", "lat")
    )
    return unit_vectors(lon, lat)


def _known(points: Floats) -> Mask:
    known: Mask = ~np.asarray(np.isnan(points).any(axis=1))
    return known


def _arc_km(chord: Floats) -> Floats:
    """The length on the ground of a straight line through the earth."""
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(chord / (2 * EARTH_RADIUS_KM), 1))


def _columns(table: pd.DataFrame, *names: str) -> None:
    absent = [name for name in names if name not in table.columns]
    if absent:
        raise OptionError(
            say(
                "coverage.no_column",
                columns=say("list_comma").join(absent),
                found=say("list_comma").join(str(c) for c in table.columns),
            )
        )
