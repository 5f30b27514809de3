"""Say what a tile map shows, before anybody draws it: tiles, groups, states, counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from medgraph.graphmodel import areas
from medgraph.graphmodel.arrays.joins import equi_join
from medgraph.graphmodel.day import Day
from medgraph.visuals.node_names import area_names, names, short_names, stamps, unit_of
from medgraph.visuals.tiles.tile_grid import tile_grid
from medgraph.words.stamps import title_of

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Mapping

    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.graphmodel.network import MedicalNetwork

# word of a status or verdict -> the state of a tile
STATES = {
    "served": "served",
    "PASS": "served",
    "gap": "gap",
    "FAIL": "gap",
    "overlap": "gap",
    "multiple": "gap",
    "unknown": "unknown",
    "NO_DATA": "unknown",
    "excluded": "excluded",
}
# `none`: nothing in the data, and nobody judged it; `value`: words or numbers that are no status.
TILE_STATES = ("served", "gap", "unknown", "excluded", "none", "value")
_CLASSES = 5  # of numbers
_WORST_FIRST = ("gap", "none", "unknown", "served", "value", "excluded")


@dataclass(frozen=True)
class Tile:
    """One area on the grid: where, in what state, by which groups served, with how many villages.

    `state` is one of `TILE_STATES`, `value` the word that led to it. `groups` has one entry for
    each facility that serves the area, so that two centres count two. `villages` are those with a
    station, without, not judged. `parts` says of a county how many of its townships are in which
    state.
    """

    id: str
    name: str
    short_name: str
    county: str
    x: int
    y: int
    state: str
    value: str = ""
    groups: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    villages: tuple[int, int, int] = (0, 0, 0)
    parts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class GroupEntry:
    """One group in the legend, with what it holds in this picture."""

    id: str
    name: str
    areas: int
    facilities: int
    leads: tuple[str, ...] = ()


@dataclass(frozen=True)
class TileScene:
    """All tiles of a picture, what its legend names, and what is stated of the whole."""

    title: str
    day: datetime.date
    tiles: tuple[Tile, ...]
    groups: tuple[GroupEntry, ...]
    values: tuple[str, ...] = ()
    counties: dict[str, str] = field(default_factory=dict)
    stamps: tuple[str, ...] = ()
    register: str = ""
    unit: str = ""
    data_day: datetime.date | None = None

    def count(self, state: str) -> int:
        """Return how many tiles are in `state`."""
        return sum(tile.state == state for tile in self.tiles)

    @property
    def state_counts(self) -> dict[str, int]:
        """How many tiles are in each state, without those that no tile is in."""
        counts = {state: self.count(state) for state in TILE_STATES}
        return {state: count for state, count in counts.items() if count}

    @property
    def villages(self) -> tuple[int, int, int]:
        """Village units with a station, without, and not judged, over all tiles."""
        met, gap, unknown = (sum(tile.villages[i] for tile in self.tiles) for i in range(3))
        return met, gap, unknown


def tile_scene(
    net: MedicalNetwork, color_by: pd.Series | None, date: datetime.date, lang: str
) -> TileScene:
    """Return what the tile map of `net` on a day shows.

    `color_by` holds a status or value by area id. The tiles are the areas that coverage accounts
    for: those of township level, and those of which nothing says their level.
    """
    data_day = net.data_day
    net = net.as_of(date)
    day = Day(net)
    townships, _ = day.areas("township")
    tiles = _tiles(day, townships, color_by, lang)
    words = {tile.value for tile in tiles if tile.state == "value"}
    meta = net.meta
    return TileScene(
        title=title_of(meta),
        day=date,
        tiles=tiles,
        groups=_group_entries(day, tiles, lang),
        values=tuple(sorted(words)),
        counties=area_names(net, {tile.county for tile in tiles}, lang),
        stamps=stamps(net),
        data_day=data_day,
        register=" ".join(meta[key] for key in ("register", "edition") if meta.get(key)),
        unit=unit_of(net),
    )


def _tiles(
    day: Day, townships: Positions, color_by: pd.Series | None, lang: str
) -> tuple[Tile, ...]:
    ids = day.ids(townships)
    county = _parents(day, townships)
    key = ("tile grid", tuple(ids), tuple(county))  # links say, too, in which county an area lies
    grid = day.index.facts_on(day.date).once(key, lambda: _grid(day.net, ids, county))
    judged, groups, leads = _judged(color_by, ids), _groups_by_area(day), _leads_by_area(day, lang)
    villages = _villages_by_township(day, color_by)
    full, brief = names(day.net, ids, lang), short_names(day.net, ids, lang)
    made = []
    for id, above in zip(ids, county, strict=True):
        served_by = groups.get(id, ())
        state, value = _state(judged.get(id), bool(served_by), judged=color_by is not None)
        made.append(
            Tile(
                id,
                full[id],
                brief[id],
                above,
                *grid[id],
                state,
                value,
                served_by,
                leads.get(id, ()),
                villages.get(id, (0, 0, 0)),
            )
        )
    return tuple(made)


def _parents(day: Day, positions: Positions) -> list[str]:
    """The id of the area that holds each of these; empty where nothing says."""
    return [above or "" for above in areas.parents(day.index, positions).to_pylist()]


def _grid(net: MedicalNetwork, ids: list[str], county: list[str]) -> dict[str, tuple[int, int]]:
    """The tile of each area, by what the network states of where it lies."""
    positions = net.index.positions(ids)
    columns = {
        name: net.index.take(name, positions).cast("float64").to_numpy(zero_copy_only=False)
        for name in ("tile_x", "tile_y", "lon", "lat")
    }
    tiles = tile_grid(pd.DataFrame(columns, index=ids).assign(county=county))
    rows = zip(tiles["tile_x"].tolist(), tiles["tile_y"].tolist(), strict=True)
    return dict(zip(tiles.index, rows, strict=True))


def _state(word: object, served: bool, *, judged: bool) -> tuple[str, str]:
    """The state of a tile and the word for it: as judged, else by whether a group serves it."""
    if word is not None:
        return STATES.get(str(word), "value"), str(word)
    if judged:
        return "unknown", ""
    return "served" if served else "none", ""


def _judged(color_by: pd.Series | None, ids: list[str]) -> Mapping[str, object]:
    """The value of every area; numbers are put into five classes of equal width."""
    if color_by is None:
        return {}
    values = _first_of_each(color_by).reindex(ids).dropna()
    is_number = pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
    if is_number and values.nunique() > _CLASSES:
        classes = pd.cut(values.astype(float), _CLASSES, include_lowest=True, duplicates="drop")
        values = classes.map(_interval)
    return dict(zip(values.index, values.astype(object), strict=True))


def _first_of_each(color_by: pd.Series) -> pd.Series:
    return color_by[~color_by.index.duplicated()]


def _interval(part: pd.Interval) -> str:
    return f"{part.left:,.4g} – {part.right:,.4g}"


def served_areas(day: Day) -> pd.DataFrame:
    """Return columns `facility`, `area` as positions: who is at work and serves what."""
    facility, area = _served(day)
    return pd.DataFrame({"facility": facility, "area": area})


def _served(day: Day) -> tuple[Positions, Positions]:
    facility, area = day.services
    working = day.working.certain[facility]
    return facility[working], area[working]


def _groups_by_area(day: Day) -> dict[str, tuple[str, ...]]:
    """The groups that serve each area, once for each facility."""
    member, group = day.named_members(day.group.certain)
    facility, area = _served(day)
    service, at = equi_join(facility, member)
    facility, area, group = facility[service], area[service], group[at]
    order = np.lexsort([group, facility, area])
    return _by_id(day.ids(area[order]), day.ids(group[order]))


def _leads_by_area(day: Day, lang: str) -> dict[str, tuple[str, ...]]:
    """Short names of lead hospitals by the area they are in, where it is stated."""
    leads = day.leads.facility
    ids = day.ids(leads)
    brief = short_names(day.net, ids, lang)
    stands_in = day.index.take("area", leads).to_pylist()
    pairs = {(area, brief[id]): None for id, area in zip(ids, stands_in, strict=True) if area}
    return _by_id([area for area, _ in pairs], [name for _, name in pairs])


def _by_id(ids: Iterable[str], values: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The values of each id, in their order."""
    found: dict[str, list[str]] = {}
    for id, value in zip(ids, values, strict=True):
        found.setdefault(id, []).append(value)
    return {id: tuple(mine) for id, mine in found.items()}


def _villages_by_township(day: Day, color_by: pd.Series | None) -> dict[str, tuple[int, int, int]]:
    """Village units of each township: with a station, without, not judged."""
    villages, level_unknown = day.areas("village")
    villages = villages[~level_unknown]
    ids = day.ids(villages)
    judged = {} if color_by is None else _first_of_each(color_by).dropna().to_dict()
    has_station = day.has_station.certain[villages].tolist()
    counts: dict[str, Counter[str]] = {}
    for id, above, has in zip(ids, _parents(day, villages), has_station, strict=True):
        state = _village_state(judged.get(id), has)
        counts.setdefault(above, Counter())[state] += 1
    return {id: (own["served"], own["gap"], own["unknown"]) for id, own in counts.items()}


def _village_state(judged: object, has_station: bool) -> str:
    if judged is not None:
        state = STATES.get(str(judged), "")
        return state if state in ("served", "gap") else "unknown"
    return "served" if has_station else "unknown"


def _group_entries(day: Day, tiles: tuple[Tile, ...], lang: str) -> tuple[GroupEntry, ...]:
    """Every group of the day in the order of ids, also one that serves nothing here."""
    groups = sorted(day.ids(np.flatnonzero(day.group.certain)))
    called = short_names(day.net, groups, lang)
    _, member_of = day.named_members(day.group.certain)
    members = Counter(day.ids(member_of))
    leads = day.leads.where(day.facility.certain[day.leads.facility])
    lead_ids = _by_id(day.ids(leads.collective), day.ids(leads.facility))
    lead_names = short_names(day.net, day.ids(leads.facility), lang)
    areas_of = Counter(group for tile in tiles for group in set(tile.groups))
    return tuple(
        GroupEntry(
            id,
            called[id],
            areas_of[id],
            members[id],
            tuple(lead_names[lead] for lead in dict.fromkeys(lead_ids.get(id, ()))),
        )
        for id in groups
    )


# -- very many tiles -----------------------------------------------------------------------------


def merged(scene: TileScene, net: MedicalNetwork, lang: str) -> TileScene:
    """Return the scene with one tile for each county instead of its townships."""
    day = Day(net.as_of(scene.day))
    inside: dict[str, list[Tile]] = {}
    for tile in scene.tiles:
        inside.setdefault(tile.county, []).append(tile)
    counties = sorted(inside)
    city = dict(zip(counties, _cities(day, counties), strict=True))
    grid = _grid(day.net, counties, list(city.values()))
    called = area_names(day.net, [*counties, *city.values()], lang)
    tiles = tuple(
        _county_tile(id, called.get(id, id), city[id], inside[id], grid[id]) for id in counties
    )
    cities = {id: called.get(id, "") for id in city.values()}
    return replace(scene, tiles=tiles, groups=(), values=(), counties=cities)


def _cities(day: Day, counties: list[str]) -> list[str]:
    """The area that holds each county, as far as the network has the county."""
    positions = day.index.positions(counties)
    known = np.flatnonzero(positions >= 0)
    found = [""] * len(counties)
    for number, above in zip(known.tolist(), _parents(day, positions[known]), strict=True):
        found[number] = above
    return found


def _county_tile(id: str, name: str, city: str, inside: list[Tile], place: tuple[int, int]) -> Tile:
    parts = Counter(tile.state for tile in inside)
    worst = next((state for state in _WORST_FIRST if parts[state]), "none")
    state = "served" if worst == "unknown" and parts["served"] else worst
    return Tile(id, name, name, city, *place, state, parts=tuple(sorted(parts.items())))
