"""Say what the network map shows: every node with its place, every link with its layer."""

from __future__ import annotations

import dataclasses
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa

from medgraph.errors import OptionError, TooLargeError
from medgraph.graphmodel import areas
from medgraph.graphmodel.codes import FULL_LENGTH
from medgraph.graphmodel.day import Day
from medgraph.visuals import style
from medgraph.visuals.network.levels import Drawn, Layout
from medgraph.visuals.node_names import area_names, names, short_names, stamps
from medgraph.visuals.tiles.tile_scene import STATES
from medgraph.words import lexicon
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Mapping

    import pandas as pd

    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.graphmodel.network import MedicalNetwork

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
LIMIT = 5000  # nodes that a picture of single nodes can show
LIMIT_OF_LEVELS = 40_000  # nodes that a picture of levels can hold, most of them closed
_LAYER_OF = {relation: layer for layer, relations in LAYERS.items() for relation in relations}
_LAYER_OF_KIND = {
    "SharedCentre": "sharing",
    "Team": "governance",
    "Committee": "governance",
    "Department": "governance",
    "Platform": "governance",
    "Authority": "governance",
}
# By which links a node is drawn with the group of another: which end is drawn with which.
_DRAWN_WITH = (
    ("RUN_BY", "source", "target"),
    ("PART_OF", "source", "target"),
    ("HOSTS_CENTRE", "target", "source"),
)


@dataclass(frozen=True)
class DrawnNode:
    """One node of the drawing: where, what, to whom it belongs, what is wrong with it.

    `role` is group, alliance, lead, hospital, primary, station, class, other, gap, or the kind of
    the node; `owner` is the group it is drawn with. A node with a `layer` is shown only while that
    layer is.
    """

    id: str
    name: str
    label: str
    kind: str
    role: str
    x: float
    y: float
    owner: str = ""
    value: str = ""
    problem: str = ""
    standing: int = 0
    layer: str = ""
    inside: int = -1
    county: str = ""


@dataclass(frozen=True)
class DrawnLink:
    """One link of the drawing; `turn` is how many links before it join the same two nodes."""

    source: str
    target: str
    relation: str
    layer: str
    turn: int
    row: int


@dataclass(frozen=True)
class DrawnLevel:
    """One level of the drawing with its name; see `Level`."""

    id: str
    kind: str
    name: str
    parent: int
    x: float
    y: float
    wide: float
    high: float


@dataclass(frozen=True)
class NetworkScene:
    """All that the drawing shows; `owners` are the groups of its legend.

    `to_areas` is how many links lead to areas, which are not drawn; `every` is how many nodes there
    are, the drawn ones among them.
    """

    title: str
    day: datetime.date
    nodes: tuple[DrawnNode, ...]
    links: tuple[DrawnLink, ...]
    owners: dict[str, str]
    levels: tuple[DrawnLevel, ...] = ()
    values: tuple[str, ...] = ()
    to_areas: int = 0
    every: int = 0
    size: tuple[float, float] = (1400.0, 900.0)
    stamps: tuple[str, ...] = ()
    facts: tuple[str, ...] = field(default_factory=tuple)
    data_day: datetime.date | None = None


class Around(NamedTuple):
    """What is near one node: by at most so many links."""

    id: str
    depth: int


def network_scene(
    net: MedicalNetwork,
    color_by: pd.Series | None,
    problems: Mapping[str, str],
    date: datetime.date,
    lang: str,
    *,
    limit: int = LIMIT,
    around: Around | None = None,
) -> NetworkScene:
    """Return what the network map of `net` on a day shows.

    `color_by` holds a status or value by node id: words that name a problem make one, other words
    are the colours. `problems` holds what is wrong, in words, by node id. Raise TooLargeError
    for more nodes than the `limit` of a picture. Of what is `around` one node that alone is drawn.
    """
    data_day = net.data_day
    net = net.as_of(date)
    day = Day(net)
    values = _words(color_by)
    faults = _faults(values, problems)
    known = PROBLEM_WORDS | STATES.keys()
    colours = {id: word for id, word in values.items() if word not in known}
    roles = node_roles(day, faults)
    every = len(roles)
    if around is not None:
        near = _near(net, roles, around)
        roles = {id: role for id, role in roles.items() if id in near}
    if len(roles) > limit:
        raise TooLargeError(say("network_too_large_to_draw", nodes=len(roles), limit=limit))
    owners = _owners(day, roles)
    counties = _counties(day, roles)
    layout = Drawn(
        roles,
        owners,
        _alliance_members(day),
        _run_by(day),
        counties,
        frozenset(day.ids(day.links("COOPERATES_WITH").source)),
    ).laid_out()
    nodes = _nodes(day, roles, owners, layout, counties, colours, faults, lang)
    links, to_areas = _links(net, roles)
    groups = [id for id, role in roles.items() if role == "group"]
    return NetworkScene(
        title=net.meta.get("title", ""),
        day=date,
        nodes=nodes,
        links=links,
        owners=short_names(net, groups, lang),
        levels=_levels(net, layout, lang),
        values=tuple(sorted({node.value for node in nodes if node.value})),
        to_areas=to_areas,
        every=every,
        size=layout.size,
        stamps=stamps(net),
        facts=tuple(net.meta[key] for key in ("unit", "source") if net.meta.get(key)),
        data_day=data_day,
    )


def _faults(values: Mapping[str, str], problems: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with each node: first the problems in their order, then values that are one."""
    own = [item for item in values.items() if item[1] in PROBLEM_WORDS and item[0] not in problems]
    return dict(problems) | dict(sorted(own, key=lambda item: (item[1] != "gap", item[1], item[0])))


def _nodes(
    day: Day,
    roles: Mapping[str, str],
    owners: Mapping[str, str],
    layout: Layout,
    counties: Mapping[str, str],
    colours: Mapping[str, str],
    faults: Mapping[str, str],
    lang: str,
) -> tuple[DrawnNode, ...]:
    full = names(day.net, roles, lang)
    labels = _labels(full, short_names(day.net, roles, lang), roles, owners)
    kinds = day.index.take("kind", day.index.positions(list(roles))).to_pylist()
    standing = {id: number for number, id in enumerate(faults)}
    return tuple(
        DrawnNode(
            id,
            full[id],
            labels[id],
            kind,
            role,
            *layout.places[id],
            owner=owners.get(id, ""),
            value=colours.get(id, ""),
            problem=faults.get(id, ""),
            standing=standing.get(id, 0),
            layer=_LAYER_OF_KIND.get(kind, ""),
            inside=layout.inside[id],
            county=counties.get(id, ""),
        )
        for (id, role), kind in zip(roles.items(), kinds, strict=True)
    )


def _counties(day: Day, roles: Mapping[str, str]) -> dict[str, str]:
    """The six digits of the county of each node, as far as a code says it."""
    codes = areas.counties(day.index).take(pa.array(day.index.positions(list(roles))))
    found = zip(roles, codes.to_pylist(), strict=True)
    return {id: code for id, code in found if code}


def _levels(net: MedicalNetwork, layout: Layout, lang: str) -> tuple[DrawnLevel, ...]:
    """The levels with their names: of groups in short, of areas as the data or the register has."""
    groups = [one.id for one in layout.levels if one.kind == "group"]
    codes = {
        one.id: one.id.ljust(FULL_LENGTH, "0")
        for one in layout.levels
        if one.kind not in ("group", "beside")
    }
    called = area_names(net, codes.values(), lang)
    named = short_names(net, groups, lang) | {
        id: called.get(code, id) for id, code in codes.items()
    }
    return tuple(
        DrawnLevel(
            one.id,
            one.kind,
            named.get(one.id, ""),
            one.parent,
            *(round(number, 1) for number in dataclasses.astuple(one.outline)),
        )
        for one in layout.levels
    )


def _words(color_by: pd.Series | None) -> dict[str, str]:
    if color_by is None:
        return {}
    stated = color_by[~color_by.index.duplicated()].dropna()
    return {str(id): word for id, word in stated.astype(str).items()}


def _near(net: MedicalNetwork, roles: Mapping[str, str], around: Around) -> set[str]:
    """The node and all that so many links away are drawn; raise OptionError where it is none."""
    start = net.find(around.id)
    if start not in roles:
        raise OptionError(say("network_around_none", id=around.id))
    if around.depth < 1:
        raise OptionError(say("network_depth", depth=around.depth))
    neighbours: dict[str, list[str]] = {}
    source, target = (net.tables[1][end].to_pylist() for end in ("source", "target"))
    for one, other in zip(source, target, strict=True):
        if one in roles and other in roles:
            neighbours.setdefault(one, []).append(other)
            neighbours.setdefault(other, []).append(one)
    near, edge = {start}, [start]
    for _ in range(around.depth):
        edge = [other for one in edge for other in neighbours.get(one, ()) if other not in near]
        near.update(edge)
    return near


# -- who is drawn as what ------------------------------------------------------------------------


def node_roles(day: Day, faults: Collection[str]) -> dict[str, str]:
    """Return the role of every node that is no area, and `gap` for the areas that are a problem."""
    index = day.index
    is_area = index.is_kind("Area")
    positions = index.positions(list(faults))
    wrong = day.mask(positions[positions >= 0])
    drawn = np.flatnonzero(~is_area | wrong)
    found = _roles(day)[drawn]
    found[is_area[drawn]] = "gap"
    return dict(zip(day.ids(drawn), found.tolist(), strict=True))


def _roles(day: Day) -> np.ndarray:
    """The role of every node; the first that fits."""
    index = day.index
    is_facility, is_group = index.is_kind("Facility"), index.is_kind("Group")
    fitting: list[tuple[str, Mask]] = [
        ("class", day.placeholder & (is_facility | is_group)),
        ("group", day.group.certain),
        ("alliance", day.alliance.certain),
        ("lead", day.mask(day.leads.facility)),
        ("station", day.station.certain),
        ("hospital", day.hospital.certain),
        ("primary", day.primary.certain),
        ("other", is_facility),
    ]
    otherwise = np.array(index.values("kind").to_pylist(), dtype=object)
    masks = [mask for _, mask in fitting]
    return np.select(masks, [role for role, _ in fitting], default=otherwise)


def _owners(day: Day, roles: Mapping[str, str]) -> dict[str, str]:
    """The group that each node is drawn with: its own, that of its host or of what runs it."""
    owners = {id: id for id, role in roles.items() if role == "group"}
    members = day.memberships.where(day.group.certain[day.memberships.collective])
    for member, group in _pairs(day, members.facility, members.collective):
        owners.setdefault(member, group)
    for relation, drawn, host in _DRAWN_WITH:
        links = day.links(relation)
        ends = {"source": links.source, "target": links.target}
        for one, other in _pairs(day, ends[drawn], ends[host]):
            if one in roles and other in owners:
                owners.setdefault(one, owners[other])
    return owners


def _alliance_members(day: Day) -> dict[str, list[str]]:
    """The members of each alliance."""
    members = day.memberships.where(day.alliance.certain[day.memberships.collective])
    found: dict[str, list[str]] = {}
    for member, alliance in _pairs(day, members.facility, members.collective):
        found.setdefault(alliance, []).append(member)
    return found


def _run_by(day: Day) -> dict[str, str]:
    """By what each station or branch is run."""
    found: dict[str, str] = {}
    for relation in ("PART_OF", "RUN_BY"):
        links = day.links(relation)
        found |= dict(_pairs(day, links.source, links.target))
    return found


def _pairs(day: Day, one: Positions, other: Positions) -> list[tuple[str, str]]:
    return list(zip(day.ids(one), day.ids(other), strict=True))


def _labels(
    full: Mapping[str, str],
    brief: Mapping[str, str],
    roles: Mapping[str, str],
    owners: Mapping[str, str],
) -> dict[str, str]:
    """The label of each node: the place alone where the circle shows whose it is."""
    labels = dict(brief)
    for id, role in roles.items():
        if role in ("primary", "station"):
            labels[id] = lexicon.place_name(full[id])
        elif role == "hospital" and id in owners:
            labels[id] = lexicon.place_name(brief[id])
    return labels


# -- links ---------------------------------------------------------------------------------------


def _links(net: MedicalNetwork, roles: Mapping[str, str]) -> tuple[tuple[DrawnLink, ...], int]:
    """Every link between drawn nodes, and how many lead to an area that is not drawn."""
    _, edges = net.tables
    columns = [edges[name].to_pylist() for name in ("source", "relation", "target")]
    made: list[DrawnLink] = []
    between: Counter[frozenset[str]] = Counter()
    away = 0
    for row, (source, relation, target) in enumerate(zip(*columns, strict=True)):
        if source not in roles or target not in roles:
            away += 1
            continue
        pair = frozenset((source, target))
        layer = _layer(relation, roles[target])
        made.append(DrawnLink(source, target, relation, layer, between[pair], row))
        between[pair] += 1
    return tuple(made), away


def _layer(relation: str, role_of_target: str) -> str:
    if role_of_target == "alliance":
        return "alliances"
    return _LAYER_OF.get(relation, "governance")
