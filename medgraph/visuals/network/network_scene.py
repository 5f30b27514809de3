"""Say what the network map shows: every node with its place, every link with its layer. Knows no renderer."""

from __future__ import annotations

import datetime
import itertools
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from medgraph.graphmodel.network import MedicalNetwork
from medgraph.visuals import style
from medgraph.visuals.tiles.tile_scene import STATES, memberships, names, short_names
from medgraph.words.vocabularies import HOSPITAL_TYPES, PRIMARY_TYPES, STATION_TYPES

LAYERS: dict[str, tuple[str, ...]] = {
    "membership": ("LEADS", "MEMBER_OF", "RUN_BY", "PART_OF"),
    "alliances": ("COOPERATES_WITH", "STATIONED_IN"),
    "referral": ("REFERS_UP_TO", "REFERS_DOWN_TO"),
    "sharing": ("HOSTS_CENTRE", "USES_CENTRE", "TELEMEDICINE", "RECOGNISES_RESULTS"),
    "dispatch": ("DISPATCHES", "SINKS_SLOTS", "SINKS_BEDS", "SINKS_RESOURCES_TO"),
    "governance": (),  # every other relation
}
LAYER_COLOURS = {
    "membership": "#9AA3AD",
    "alliances": style.VIOLET,
    "referral": style.BLUE,
    "sharing": style.GREEN,
    "dispatch": style.ORANGE,
    "governance": "#5B6470",
}
SHOWN_AT_FIRST = ("membership", "alliances")
PROBLEM_WORDS = frozenset(
    {word for word, state in STATES.items() if state == "gap"}
    | {"ungrouped", "broken", "unsupported"}
)
_LAYER_OF = {relation: layer for layer, relations in LAYERS.items() for relation in relations}
_RING = ("hospital", "primary", "other", "class")
_STEP = 100  # room for one member with its name on a ring
_KIND_LAYER = {
    "SharedCentre": "sharing",
    "Team": "governance",
    "Committee": "governance",
    "Department": "governance",
    "Platform": "governance",
    "Authority": "governance",
}


@dataclass(frozen=True)
class Node:
    """One node of the drawing: where, what, to whom it belongs, what is wrong with it."""

    id: str
    name: str
    label: str
    kind: str
    role: str  # group, alliance, lead, hospital, primary, station, class, other, gap, or the kind
    x: float
    y: float
    owner: str = ""  # the group it is drawn with
    value: str = ""
    problem: str = ""
    layer: str = ""  # shown only while this layer is; empty: always


@dataclass(frozen=True)
class Link:
    """One link of the drawing, with its layer and how many links join the same two nodes before it."""

    source: str
    target: str
    relation: str
    layer: str
    turn: int
    row: int


@dataclass(frozen=True)
class NetworkScene:
    """All nodes and links of the drawing, the groups of its legend, and how many links lead to areas."""

    title: str
    day: datetime.date
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    owners: dict[str, str]
    values: tuple[str, ...] = ()
    to_areas: int = 0
    size: tuple[float, float] = (1400.0, 900.0)
    stamps: tuple[str, ...] = ()
    facts: tuple[str, ...] = field(default_factory=tuple)


def network_scene(
    net: MedicalNetwork,
    color_by: pd.Series | None,
    problems: Mapping[str, str],
    day: datetime.date,
    lang: str,
) -> NetworkScene:
    """Return what the network map of `net` on `day` shows.

    `color_by` holds a status or value by node id: words that name a problem make one, other words are
    the colours. `problems` holds what is wrong, in words, by node id.
    """
    from medgraph.visuals.tiles.tile_scene import stamps

    net = net.as_of(day)
    values = (
        {}
        if color_by is None
        else color_by[~color_by.index.duplicated()].dropna().astype(str).to_dict()
    )
    faults = {**{id: word for id, word in values.items() if word in PROBLEM_WORDS}, **problems}
    chosen = _chosen(net, faults)
    owner = _owners(net, chosen)
    places, size = _Circles(net, chosen, owner, set(faults)).placed()
    full, brief = names(net, chosen.index, lang), short_names(net, chosen.index, lang)
    brief = _without_prefix(brief, chosen, owner)
    free = {
        id: word for id, word in values.items() if word not in STATES and word not in PROBLEM_WORDS
    }
    brief |= {
        id: style.place_name(full[id])
        for id in chosen.index[chosen["role"].isin(["primary", "station"])]
    }
    brief |= {
        id: style.place_name(brief[id])
        for id in chosen.index[chosen["role"] == "hospital"]
        if id in owner
    }
    nodes = tuple(
        Node(
            id,
            full[id],
            brief[id],
            row.kind,
            row.role,
            *places[id],
            owner=owner.get(id, ""),
            value=free.get(id, ""),
            problem=faults.get(id, ""),
            layer=_KIND_LAYER.get(row.kind, ""),
        )
        for id, row in zip(chosen.index, chosen.itertuples(), strict=True)
    )
    links, to_areas = _links(net, set(chosen.index))
    groups = chosen.index[chosen["role"] == "group"]
    return NetworkScene(
        title=net.meta.get("title", ""),
        day=day,
        nodes=nodes,
        links=links,
        owners=short_names(net, groups, lang),
        values=tuple(sorted({node.value for node in nodes if node.value})),
        to_areas=to_areas,
        size=size,
        stamps=stamps(net),
        facts=tuple(filter(None, (net.meta.get("unit"), net.meta.get("source")))),
    )


def _without_prefix(
    brief: dict[str, str], chosen: pd.DataFrame, owner: dict[str, str]
) -> dict[str, str]:
    """The labels without what all members of a group begin with, where that is long: it tells none from another."""
    inside: dict[str, list[str]] = {}
    for id in chosen.index[chosen["role"] == "primary"]:
        if id in owner:
            inside.setdefault(owner[id], []).append(id)
    for ids in inside.values():
        first, last = min(brief[id] for id in ids), max(brief[id] for id in ids)
        same = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
        common = "".join(letter for letter, _ in same).rstrip("0123456789第")
        if len(ids) > 2 and len(common) > 3:
            brief = brief | {id: brief[id][len(common) :] or brief[id] for id in ids}
    return brief


def _chosen(net: MedicalNetwork, faults: Mapping[str, str]) -> pd.DataFrame:
    """Every node that is no area, and the areas that are a problem, with `kind` and `role`."""
    index = net.index
    is_area = index.is_kind("Area")
    bad = np.zeros(len(index), bool)
    positions = index.positions(list(faults))
    bad[positions[positions >= 0]] = True
    where = np.flatnonzero(~is_area | bad)
    frame = pd.DataFrame(
        {
            "kind": index.take("kind", where).to_pylist(),
            "type": index.take("type", where).to_pylist(),
            "is_class": index.is_class[where],
        },
        index=index.ids.take(where).to_pylist(),
    )
    members = memberships(net)
    leads = set(
        index.ids.take(members[members["role"] == "lead"]["facility"].to_numpy()).to_pylist()
    )
    frame["role"] = [
        _role(id, row, leads) for id, row in zip(frame.index, frame.itertuples(), strict=True)
    ]
    return frame


def _role(id: str, row: Any, leads: set[str]) -> str:
    if row.kind == "Area":
        return "gap"
    if row.kind == "Group":
        return (
            "class" if row.is_class else "alliance" if row.type == "specialty_alliance" else "group"
        )
    if row.kind != "Facility":
        return row.kind
    if row.is_class:
        return "class"
    if id in leads:
        return "lead"
    if row.type in STATION_TYPES:
        return "station"
    return (
        "hospital"
        if row.type in HOSPITAL_TYPES
        else "primary"
        if row.type in PRIMARY_TYPES
        else "other"
    )


def _owners(net: MedicalNetwork, chosen: pd.DataFrame) -> dict[str, str]:
    """The group that each node is drawn with: its own, that of its host or of the centre that runs it."""
    index = net.index
    ids = index.ids
    owner = {id: id for id in chosen.index[chosen["role"] == "group"]}
    for facility, group in memberships(net)[["facility", "group"]].itertuples(index=False):
        owner.setdefault(ids[int(facility)].as_py(), ids[int(group)].as_py())
    for relation, child in (
        ("RUN_BY", "source"),
        ("PART_OF", "source"),
        ("HOSTS_CENTRE", "target"),
    ):
        links = index.links(relation)
        pairs = zip(
            ids.take(links.source).to_pylist(), ids.take(links.target).to_pylist(), strict=True
        )
        for source, target in pairs:
            one, other = (source, target) if child == "source" else (target, source)
            if one in chosen.index and other in owner:
                owner.setdefault(one, owner[other])
    return owner


def _links(net: MedicalNetwork, drawn: set[str]) -> tuple[tuple[Link, ...], int]:
    """Every link between drawn nodes, and how many lead to an area that is not drawn."""
    _, edges = net.tables
    alliances = set(
        net.index.ids.take(np.flatnonzero(net.index.has("type", "specialty_alliance"))).to_pylist()
    )
    made, between, away = [], {}, 0
    columns = (edges[name].to_pylist() for name in ("source", "relation", "target"))
    for row, (source, relation, target) in enumerate(zip(*columns, strict=True)):
        if source not in drawn or target not in drawn:
            away += 1
            continue
        layer = "alliances" if target in alliances else _LAYER_OF.get(relation, "governance")
        pair = (source, target) if source <= target else (target, source)
        between[pair] = turn = between.get(pair, -1) + 1
        made.append(Link(source, target, relation, layer, turn, row))
    return tuple(made), away


@dataclass
class _Circles:
    """A circle for each group: the lead beside its middle, members around it, stations outside; the rest beside."""

    net: MedicalNetwork
    chosen: pd.DataFrame
    owner: dict[str, str]
    faults: set[str]

    def placed(self) -> tuple[dict[str, tuple[float, float]], tuple[float, float]]:
        """Return the place of every node, and how wide and high all of it is."""
        circles = {
            id: self.circle(id) for id in sorted(self.chosen.index[self.chosen["role"] == "group"])
        }
        places: dict[str, tuple[float, float]] = {}
        columns = max(1, math.ceil(math.sqrt(len(circles))))
        top = right = 0.0
        for start in range(0, len(circles), columns):
            row = list(circles.items())[start : start + columns]
            high, left = max(radius for _, (_, radius) in row), 0.0
            for _, (own, radius) in row:
                places |= {id: (left + radius + x, top + high + y) for id, (x, y) in own.items()}
                left += 2 * radius + 60
            top, right = top + 2 * high + 60, max(right, left)
        rest = [id for id in self.chosen.index if id not in places]
        places |= self.beside(rest, right + 80, max(top, 600.0))
        wide = max((x for x, _ in places.values()), default=0) + 160
        return {id: (round(x, 1), round(y, 1)) for id, (x, y) in places.items()}, (
            wide,
            max(top, 700.0),
        )

    def circle(self, group: str) -> tuple[dict[str, tuple[float, float]], float]:
        """The places of all that is drawn with a group, around 0, 0, and the radius they take."""
        own = [
            id
            for id, owner in self.owner.items()
            if owner == group and id != group and id in self.chosen.index
        ]
        role = self.chosen["role"]
        inner = [id for id in own if role[id] not in ("lead", "station", *_RING)]
        leads = sorted(id for id in own if role[id] == "lead")
        members = sorted(
            (id for id in own if role[id] in _RING), key=lambda id: (_RING.index(role[id]), id)
        )
        stations = self.stations([id for id in own if role[id] == "station"], members)
        places = {group: (0.0, 0.0)}
        places |= {id: ((i - (len(leads) - 1) / 2) * _STEP, -88.0) for i, id in enumerate(leads)}
        places |= {
            id: ((i - (len(inner) - 1) / 2) * 46, 58.0) for i, id in enumerate(sorted(inner))
        }
        radius = max(170.0, min(len(members), 40) * _STEP / (2 * math.pi))
        for ring in range(0, len(members), 40):
            part = members[ring : ring + 40]
            for i, id in enumerate(part):
                angle = -math.pi / 2 + 2 * math.pi * (i + 0.5 * (ring > 0)) / len(part)
                places[id] = (radius * math.cos(angle), radius * math.sin(angle))
                places |= self.fan(stations.get(id, []), angle, radius, len(part))
            radius += 90
        outer = max([math.hypot(x, y) for x, y in places.values()])
        loose = stations.get("", [])
        per_ring = max(1, int(2 * math.pi * (outer + 40) / 18))
        for i, id in enumerate(loose):
            angle, far = 2 * math.pi * (i % per_ring) / per_ring, outer + 40 + 18 * (i // per_ring)
            places[id] = (far * math.cos(angle), far * math.sin(angle))
        return places, max(math.hypot(x, y) for x, y in places.values()) + 60

    def stations(self, ids: Iterable[str], members: Iterable[str]) -> dict[str, list[str]]:
        """Stations by the member that runs them; those that nobody runs under an empty id."""
        known, above = set(members), {}
        for relation in ("PART_OF", "RUN_BY"):
            links, names_ = self.net.index.links(relation), self.net.index.ids
            above |= dict(
                zip(
                    names_.take(links.source).to_pylist(),
                    names_.take(links.target).to_pylist(),
                    strict=True,
                )
            )
        found: dict[str, list[str]] = {}
        for id in sorted(ids):
            found.setdefault(above[id] if above.get(id) in known else "", []).append(id)
        return found

    @staticmethod
    def fan(
        stations: list[str], angle: float, radius: float, members: int
    ) -> dict[str, tuple[float, float]]:
        """Stations in rows outside their centre, no wider than its share of the ring."""
        per_row = max(2, int(2 * math.pi * (radius + 60) / max(members, 6) / 17))
        places = {}
        for i, id in enumerate(stations):
            row, column = divmod(i, per_row)
            far = radius + 72 + 17 * row
            inside = min(per_row, len(stations) - row * per_row)
            turn = angle + (column - (inside - 1) / 2) * 16 / far
            places[id] = (far * math.cos(turn), far * math.sin(turn))
        return places

    def beside(self, ids: list[str], left: float, high: float) -> dict[str, tuple[float, float]]:
        """What belongs to no group, in columns: gaps, alliances each above its members, facilities, the rest."""
        role = self.chosen["role"]
        members = memberships(self.net, alliances=True)
        take = self.net.index.ids.take
        below: dict[str, list[str]] = {}
        for facility, group in zip(
            take(members["facility"].to_numpy()).to_pylist(),
            take(members["group"].to_numpy()).to_pylist(),
            strict=True,
        ):
            below.setdefault(group, []).append(facility)
        waiting, order = set(ids), [id for id in ids if role[id] == "gap"]
        for alliance in sorted(id for id in ids if role[id] == "alliance"):
            order += [
                alliance,
                *(id for id in sorted(set(below.get(alliance, []))) if id in waiting),
            ]
        ranks = {"lead": 0, "hospital": 1, "primary": 2, "other": 3, "station": 4, "class": 5}
        order += sorted(ids, key=lambda id: (ranks.get(role[id], 6), role[id], id))
        order = list(dict.fromkeys(order))
        gaps = sum(role[id] == "gap" for id in order)
        places = [
            *order[:gaps],
            *([None] if gaps else []),
            *order[gaps:],
        ]  # room between gaps and the rest
        step, rows = 70.0, max(10, int(high // 70))
        return {
            id: (left + 100 + 190.0 * (i // rows), 30 + step * (i % rows))
            for i, id in enumerate(places)
            if id
        }
