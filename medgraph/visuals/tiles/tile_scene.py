"""Say what a picture shows, before anybody draws it: tiles, groups, states, counts. Knows no renderer."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from medgraph.graphmodel import register
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.visuals.style import short
from medgraph.visuals.tiles.tile_grid import tile_grid
from medgraph.words.languages import choose
from medgraph.words.vocabularies import STATION_TYPES

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
TOWNSHIP_KINDS = ("subdistrict", "town", "township", "quasi_unit")


@dataclass(frozen=True)
class Tile:
    """One area on the grid: where, in what state, by which groups served, with how many villages.

    `state` is served, gap, unknown, excluded, none (nothing in the data, and nobody judged it) or value.
    """

    id: str
    name: str
    short_name: str
    county: str
    x: int
    y: int
    state: str
    value: str = ""
    groups: tuple[
        str, ...
    ] = ()  # one for each facility that serves the area, so that two centres count two
    leads: tuple[str, ...] = ()
    villages: tuple[int, int, int] = (0, 0, 0)  # with a station, without, not judged
    parts: tuple[
        tuple[str, int], ...
    ] = ()  # of a county: how many of its townships are in which state


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
    """All tiles of a picture, the groups and values of its legend, and what is stated of the whole."""

    title: str
    day: datetime.date
    tiles: tuple[Tile, ...]
    groups: tuple[GroupEntry, ...]
    values: tuple[str, ...] = ()
    counties: dict[str, str] = field(default_factory=dict)
    stamps: tuple[str, ...] = ()
    register: str = ""
    unit: str = ""

    def count(self, state: str) -> int:
        """How many tiles are in `state`."""
        return sum(tile.state == state for tile in self.tiles)

    @property
    def villages(self) -> tuple[int, int, int]:
        """Village units with a station, without, and not judged, over all tiles."""
        return tuple(sum(tile.villages[i] for tile in self.tiles) for i in range(3))  # type: ignore[return-value]


def stamps(net: MedicalNetwork) -> tuple[str, ...]:
    """What must stand on every output of this network: sample data, synthetic data, rows left out."""
    return tuple(part.strip() for part in net.meta.get("stamp", "").split("|") if part.strip())


def names(net: MedicalNetwork, ids: Iterable[str], lang: str) -> dict[str, str]:
    """Return a full name for each id, in English where `lang` is `en` and one is stated; else the id."""
    ids = list(ids)
    positions = net.index.positions(ids)
    columns = choose(lang, {"zh": ("name",), "en": ("name_en", "name")})
    found = [net.index.take(column, positions).to_pylist() for column in columns]
    return {
        id: next((text for text in texts if text), id)
        for id, *texts in zip(ids, *found, strict=True)
    }


def short_names(net: MedicalNetwork, ids: Iterable[str], lang: str) -> dict[str, str]:
    """Return the short name for each id: the stated one, else the full name without its usual ending."""
    full = names(net, ids, lang)
    stated_are_spoken = choose(lang, {"zh": True, "en": False})  # short names are Chinese
    stated = net.index.take("short_name", net.index.positions(list(full))).to_pylist()
    return {
        id: (own if own and stated_are_spoken else short(text))
        for (id, text), own in zip(full.items(), stated, strict=True)
    }


def places(net: MedicalNetwork, codes: Iterable[str], lang: str) -> dict[str, str]:
    """Return the name of each area code: as the network has it, else as the register of areas has it."""
    codes = sorted({code for code in codes if code})
    found = {code: name for code, name in names(net, codes, lang).items() if name != code}
    full = {code: code.ljust(12, "0") for code in codes if code not in found and code.isdigit()}
    known = register.names(full.values()) if full else {}
    return found | {code: known[twelve] for code, twelve in full.items() if twelve in known}


def township_mask(net: MedicalNetwork) -> np.ndarray:
    """A mask over index positions: areas of township level, quasi units with them."""
    index = net.index
    unsaid = index.values("level").is_null().to_numpy(zero_copy_only=False)
    return index.is_kind("Area") & (
        index.has("level", "township") | (unsaid & index.has("kind", *TOWNSHIP_KINDS))
    )


def memberships(net: MedicalNetwork, *, alliances: bool = False) -> pd.DataFrame:
    """Return columns `facility`, `group`, `role` (lead, member) as positions; without alliances by default."""
    index = net.index
    wanted = (
        index.is_kind("Group")
        & (index.has("type", "specialty_alliance") == alliances)
        & ~index.is_class
    )
    parts = []
    for relation, role in (("LEADS", "lead"), ("MEMBER_OF", "member")):
        links = index.links(relation)
        parts.append(pd.DataFrame({"facility": links.source, "group": links.target, "role": role}))
    found = pd.concat(parts, ignore_index=True).drop_duplicates(["facility", "group"])
    return found[wanted[found["group"].to_numpy()]].reset_index(drop=True)


def services(net: MedicalNetwork, day: datetime.date) -> pd.DataFrame:
    """Return columns `facility`, `area` as positions: what serves what on `day`; classes are no facility."""
    links = net.index.links("SERVES")
    found = pd.DataFrame({"facility": links.source, "area": links.target}).drop_duplicates()
    at_work = net.index.operating(day) & ~net.index.is_class
    return found[at_work[found["facility"].to_numpy()]].reset_index(drop=True)


def parents(net: MedicalNetwork) -> pd.Series:
    """Return the parent area id of every area, by its id: stated, else by PART_OF, else by code."""
    index = net.index
    areas = np.flatnonzero(index.is_kind("Area"))
    ids = index.ids.take(areas).to_pylist()
    found = pd.Series(index.take("parent", areas).to_pylist(), index=ids, dtype=object)
    links = index.links("PART_OF")
    by_link = pd.Series(
        index.ids.take(links.target).to_pylist(), index=index.ids.take(links.source).to_pylist()
    )
    found = found.fillna(by_link[~by_link.index.duplicated()].reindex(found.index))
    return found.fillna(pd.Series([_parent_code(id) for id in ids], index=ids, dtype=object))


def _parent_code(id: str) -> str:
    if len(id) != 12 or not id.isdigit():
        return ""
    return id[:6] + "000000" if id.endswith("000") else id[:9] + "000"


def tile_scene(
    net: MedicalNetwork, color_by: pd.Series | None, day: datetime.date, lang: str
) -> TileScene:
    """Return what the tile map of `net` on `day` shows; `color_by` holds a status or value by area id."""
    net = net.as_of(day)
    index = net.index
    wanted = np.flatnonzero(township_mask(net))
    ids = index.ids.take(wanted).to_pylist()
    parent = parents(net)
    tiles = tile_grid(_placed(net, wanted, ids, parent))
    served = services(net, day).merge(memberships(net), on="facility", how="left")
    values = _values(color_by, ids)
    villages = _villages(net, parent, color_by, served, set(ids))
    leads = _leads_by_area(net, lang)
    full, brief = names(net, ids, lang), short_names(net, ids, lang)
    by_area = _groups_by_area(net, served)
    made = tuple(
        Tile(
            id=id,
            name=full[id],
            short_name=brief[id],
            county=parent.get(id) or "",
            x=int(tiles.at[id, "tile_x"]),
            y=int(tiles.at[id, "tile_y"]),
            **_state(values.get(id), by_area.get(id), color_by is not None),
            groups=by_area.get(id, ()),
            leads=leads.get(id, ()),
            villages=villages.get(id, (0, 0, 0)),
        )
        for id in ids
    )
    counties = places(net, {t.county for t in made}, lang)
    shown = tuple(
        dict.fromkeys(t.value for t in sorted(made, key=lambda t: t.value) if t.state == "value")
    )
    return TileScene(
        title=net.meta.get("title", ""),
        day=day,
        tiles=made,
        groups=_group_entries(net, made, served, lang),
        values=shown,
        counties=counties,
        stamps=stamps(net),
        unit=net.meta.get("unit", ""),
        register=" ".join(
            part for part in (net.meta.get("register"), net.meta.get("edition")) if part
        ),
    )


def merged(scene: TileScene, net: MedicalNetwork, lang: str) -> TileScene:
    """Return the scene with one tile for each county instead of its townships, for very many of them."""
    net = net.as_of(scene.day)
    inside: dict[str, list[Tile]] = {}
    for tile in scene.tiles:
        inside.setdefault(tile.county, []).append(tile)
    ids = sorted(inside)
    above = parents(net).reindex(ids).fillna("")
    points = _placed(net, net.index.positions(ids), ids, above)
    tiles = tile_grid(points)
    called = places(net, [*ids, *above], lang)
    made = tuple(
        _county_tile(id, called.get(id, id), above[id], inside[id], tiles.loc[id]) for id in ids
    )
    return replace(
        scene, tiles=made, groups=(), values=(), counties={id: called.get(id, "") for id in above}
    )


def _county_tile(id: str, name: str, city: str, inside: list[Tile], place: pd.Series) -> Tile:
    parts = Counter(tile.state for tile in inside)
    worst = next(
        (
            state
            for state in ("gap", "none", "unknown", "served", "value", "excluded")
            if parts[state]
        ),
        "none",
    )
    state = "served" if worst == "unknown" and parts["served"] else worst
    return Tile(
        id=id,
        name=name,
        short_name=name,
        county=city,
        x=int(place["tile_x"]),
        y=int(place["tile_y"]),
        state=state,
        parts=tuple(sorted(parts.items())),
    )


def _groups_by_area(net: MedicalNetwork, served: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """The groups that serve each area, once for each facility."""
    rows = served.dropna(subset="group").sort_values(["area", "facility", "group"])
    areas = net.index.ids.take(rows["area"].to_numpy(dtype=int)).to_pylist()
    groups = net.index.ids.take(rows["group"].to_numpy(dtype=int)).to_pylist()
    found: dict[str, tuple[str, ...]] = {}
    for area, group in zip(areas, groups, strict=True):
        found[area] = (*found.get(area, ()), group)
    return found


def _placed(
    net: MedicalNetwork, wanted: np.ndarray, ids: list[str], parent: pd.Series
) -> pd.DataFrame:
    columns = {
        name: net.index.take(name, wanted).cast("float64").to_numpy(zero_copy_only=False)
        for name in ("tile_x", "tile_y", "lon", "lat")
    }
    return pd.DataFrame(columns, index=ids).assign(county=parent.reindex(ids).fillna("").to_numpy())


def _state(value: object, groups: tuple[str, ...] | None, judged: bool) -> dict[str, str]:
    """The state of a tile: what was judged of it; where nothing was, whether the data names a group at all."""
    if value is None:
        return {"state": "unknown" if judged else "served" if groups else "none"}
    if str(value) in STATES:
        return {"state": STATES[str(value)], "value": str(value)}
    return {"state": "value", "value": str(value)}


def _values(color_by: pd.Series | None, ids: list[str]) -> dict[str, object]:
    """The value of every area; numbers are put into five classes of equal width."""
    if color_by is None:
        return {}
    chosen = color_by[~color_by.index.duplicated()].reindex(ids).dropna()
    if (
        pd.api.types.is_numeric_dtype(chosen)
        and not pd.api.types.is_bool_dtype(chosen)
        and chosen.nunique() > 5
    ):
        chosen = pd.cut(chosen.astype(float), 5, include_lowest=True, duplicates="drop").map(
            _interval
        )
    return dict(zip(chosen.index, chosen.astype(object), strict=True))


def _interval(part: pd.Interval) -> str:
    return f"{part.left:,.4g} – {part.right:,.4g}"


def _villages(net, parent, color_by, served, tiles) -> dict[str, tuple[int, int, int]]:
    """Village units of each township: with a station, without, not judged."""
    index = net.index
    wanted = np.flatnonzero(
        index.is_kind("Area")
        & (index.has("level", "village") | index.has("kind", "village", "community"))
    )
    if not len(wanted):
        return {}
    frame = pd.DataFrame({"id": index.ids.take(wanted).to_pylist(), "position": wanted})
    frame["township"] = parent.reindex(frame["id"]).to_numpy()
    station = index.has("type", *STATION_TYPES)
    reached = set(served["area"][station[served["facility"].to_numpy()]])
    judged = (
        {}
        if color_by is None
        else color_by[~color_by.index.duplicated()].reindex(frame["id"]).dropna().to_dict()
    )
    frame["state"] = [
        _village_state(judged.get(id), position in reached)
        for id, position in zip(frame["id"], frame["position"], strict=True)
    ]
    counts = (
        frame[frame["township"].isin(tiles)]
        .groupby(["township", "state"])
        .size()
        .unstack(fill_value=0)
    )
    counts = counts.reindex(columns=["served", "gap", "unknown"], fill_value=0)
    return {id: tuple(map(int, row)) for id, *row in counts.itertuples()}


def _village_state(judged: object, reached: bool) -> str:
    if judged is not None:
        return {"served": "served", "gap": "gap"}.get(STATES.get(str(judged), ""), "unknown")
    return "served" if reached else "unknown"


def _leads_by_area(net: MedicalNetwork, lang: str) -> dict[str, tuple[str, ...]]:
    """Short names of lead hospitals by the area they stand in, where it is stated."""
    members = memberships(net)
    leads = members[members["role"] == "lead"]["facility"].to_numpy()
    ids = net.index.ids.take(leads).to_pylist()
    brief = short_names(net, ids, lang)
    found: dict[str, tuple[str, ...]] = {}
    for id, area in zip(ids, net.index.take("area", leads).to_pylist(), strict=True):
        if area and brief[id] not in found.get(area, ()):
            found[area] = (*found.get(area, ()), brief[id])
    return found


def _group_entries(
    net: MedicalNetwork, tiles: tuple[Tile, ...], served: pd.DataFrame, lang: str
) -> tuple[GroupEntry, ...]:
    """Every group that is no alliance and no class, in the order of ids, also one that serves nothing here."""
    index = net.index
    mask = index.is_kind("Group") & ~index.has("type", "specialty_alliance") & ~index.is_class
    ids = sorted(index.ids.take(np.flatnonzero(mask)).to_pylist())
    full = short_names(net, ids, lang)
    members = memberships(net)
    members["group_id"] = index.ids.take(members["group"].to_numpy()).to_pylist()
    real = members[~index.is_class[members["facility"].to_numpy()]]
    entries = []
    for id in ids:
        own = real[real["group_id"] == id]
        lead_ids = index.ids.take(own[own["role"] == "lead"]["facility"].to_numpy()).to_pylist()
        entries.append(
            GroupEntry(
                id,
                full[id],
                sum(id in t.groups for t in tiles),
                len(own),
                tuple(short_names(net, lead_ids, lang).values()),
            )
        )
    return tuple(entries)
