"""Say what the network map shows: every node with its place, every link with its layer."""

from __future__ import annotations

import dataclasses
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa

from medgraph.errors import OptionError, TooLargeError
from medgraph.graphmodel import areas
from medgraph.graphmodel.codes import FULL_LENGTH
from medgraph.graphmodel.day import Day
from medgraph.visuals import style
from medgraph.visuals.colouring import words_of
from medgraph.visuals.network.history import History, Past, past_of
from medgraph.visuals.network.levels import Drawn, Layout
from medgraph.visuals.network.roles import alliance_members, node_roles, owners_of, run_by
from medgraph.visuals.node_names import area_names, names, short_names, stamps, unit_of
from medgraph.visuals.tiles.tile_scene import STATES
from medgraph.words import lexicon
from medgraph.words.say import say
from medgraph.words.stamps import title_of

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Mapping

    import pandas as pd

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
    are, the drawn ones among them. `others` and `other_links` hold on other days of its `history`
    alone; `net` has the rows of all.
    """

    title: str
    day: datetime.date
    net: MedicalNetwork
    nodes: tuple[DrawnNode, ...]
    links: tuple[DrawnLink, ...]
    owners: dict[str, str]
    levels: tuple[DrawnLevel, ...] = ()
    values: tuple[str, ...] = ()
    to_areas: int = 0
    every: int = 0
    is_scale: bool = False
    size: tuple[float, float] = (1400.0, 900.0)
    stamps: tuple[str, ...] = ()
    facts: tuple[str, ...] = field(default_factory=tuple)
    data_day: datetime.date | None = None
    others: tuple[DrawnNode, ...] = ()
    other_links: tuple[DrawnLink, ...] = ()
    history: History | None = None


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
    history: bool = False,
) -> NetworkScene:
    """Return what the network map of `net` on a day shows.

    `color_by` holds a status or value by node id: words that name a problem make one, other words
    are the colours. `problems` holds what is wrong, in words, by node id. Raise TooLargeError
    for more nodes than the `limit` of a picture. Of what is `around` one node that alone is drawn.
    With its `history` the scene has what holds on other days, too, as `others`.
    """
    data_day = net.data_day
    past = past_of(net, date) if history else None
    net = net.as_of(date)
    day = Day(net)
    values, classes = words_of(color_by)
    faults = _faults(values, problems)
    known = PROBLEM_WORDS | STATES.keys()
    colours = {id: word for id, word in values.items() if word not in known}
    roles = node_roles(day, faults)
    every = len(roles)
    left_out: set[str] = set()
    if around is not None:
        near = _near(net, roles, around)
        left_out = roles.keys() - near
        roles = {id: role for id, role in roles.items() if id in near}
    if len(roles) > limit:
        raise TooLargeError(say("network_too_large_to_draw", nodes=len(roles), limit=limit))
    owners = owners_of(day, roles)
    every_role, every_owner, book = roles, owners, day
    if past is not None:
        further = past.roles.items() if around is None else ()
        every_role = roles | {id: role for id, role in further if id not in roles}
        every_owner = {**past.owners, **owners}
        book = Day(past.net, date)
    counties = _counties(book, every_role)
    layout = Drawn(
        every_role,
        every_owner,
        alliance_members(day),
        run_by(day),
        counties,
        frozenset(day.ids(day.links("COOPERATES_WITH").source)),
    ).laid_out()
    drawn = _nodes(book, every_role, every_owner, layout, counties, colours, faults, lang)
    nodes, others = drawn[: len(roles)], drawn[len(roles) :]
    links, other_links, to_areas = _links(book.net, every_role, roles, past, left_out)
    groups = [id for id, role in roles.items() if role == "group"]
    return NetworkScene(
        title=title_of(net.meta),
        day=date,
        net=book.net,
        nodes=nodes,
        links=links,
        owners=short_names(net, groups, lang),
        levels=_levels(net, layout, lang),
        values=classes or tuple(sorted({node.value for node in nodes if node.value})),
        is_scale=bool(classes),
        to_areas=to_areas,
        every=every,
        size=layout.size,
        stamps=stamps(net),
        facts=tuple(filter(None, (unit_of(net), net.meta.get("source")))),
        data_day=data_day,
        others=others,
        other_links=other_links,
        history=past.history(every_role) if past is not None else None,
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


def _near(net: MedicalNetwork, roles: Mapping[str, str], around: Around) -> set[str]:
    """The node and all that so many links away are drawn; raise OptionError where it is none."""
    start = net.find(around.id)
    if start not in roles:
        raise OptionError(say("network_around_none", id=around.id))
    if not isinstance(around.depth, int) or around.depth < 1:
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


def _links(
    net: MedicalNetwork,
    every: Mapping[str, str],
    roles: Mapping[str, str],
    past: Past | None,
    left_out: Collection[str],
) -> tuple[tuple[DrawnLink, ...], tuple[DrawnLink, ...], int]:
    """Every link between drawn nodes, those of other days apart, and how many lead to areas.

    Of nodes that are `left_out` no link is counted.
    """
    _, edges = net.tables
    columns = [edges[name].to_pylist() for name in ("source", "relation", "target")]
    made: list[DrawnLink] = []
    others: list[DrawnLink] = []
    between: Counter[frozenset[str]] = Counter()
    away = 0
    is_whole = not left_out
    for row, (source, relation, target) in enumerate(zip(*columns, strict=True)):
        if source in left_out or target in left_out:
            continue
        holds = past is None or past.holds_now(row)
        if source not in every or target not in every:
            away += holds and (is_whole or source in every or target in every)
            continue
        pair = frozenset((source, target))
        layer = _layer(relation, every[target])
        here = made if holds and source in roles and target in roles else others
        here.append(DrawnLink(source, target, relation, layer, between[pair], row))
        between[pair] += 1
    return tuple(made), tuple(others), away


def _layer(relation: str, role_of_target: str) -> str:
    if role_of_target == "alliance":
        return "alliances"
    return _LAYER_OF.get(relation, "governance")
