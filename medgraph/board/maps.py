"""Draw every map of a network, by its name, with what is asked to draw it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medgraph.board.answers import day_of, field_of, part_of, values_of
from medgraph.board.findings import findings_of
from medgraph.errors import OptionError
from medgraph.queries import comparison, coverage, sharing
from medgraph.queries.comparison.asked import Asked
from medgraph.queries.referrals.every_way import every_way
from medgraph.queries.resilience.every_loss import every_loss
from medgraph.queries.sharing.obligations import OBLIGATIONS
from medgraph.queries.verbs import COUNTING, DIRECTION, THRESHOLD, Kind, Option
from medgraph.visuals.compare_map import compare_map
from medgraph.visuals.flow_map import flow_map
from medgraph.visuals.geo_map import geo_map
from medgraph.visuals.geo_plane import SYSTEMS
from medgraph.visuals.matrix import matrix
from medgraph.visuals.network.network_map import network_map
from medgraph.visuals.network.network_scene import LIMIT
from medgraph.visuals.report.findings import numbered, problems_by_node
from medgraph.visuals.swimlane import swimlane
from medgraph.visuals.tiles.tile_map import tile_map
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from medgraph.board.answers import Answers
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.visuals.figure import Figure
    from medgraph.visuals.report.findings import Finding


def tiles(net: MedicalNetwork, *, as_of: datetime.date | None) -> Figure:
    """Draw the tile grid by who serves each area."""
    return tile_map(net, color_by=coverage.served(net, as_of=as_of).status, as_of=as_of)


def network(
    net: MedicalNetwork,
    *,
    as_of: datetime.date | None,
    around: str | None = None,
    depth: int = 1,
    **left: Any,
) -> Figure:
    """Draw groups, members and every layer of relations; `left` is of rows left out."""
    return network_map(
        net,
        findings=lambda: numbered(_findings(net, as_of, left)),
        ways=lambda: every_way(net, as_of=as_of),
        losses=every_loss(net, as_of=as_of),
        around=around,
        depth=depth,
        as_of=as_of,
    )


def lanes(net: MedicalNetwork, *, as_of: datetime.date | None, **left: Any) -> Figure:
    """Draw a column for each group; `left` is of rows left out."""
    return swimlane(net, problems=_problems(net, as_of, left), as_of=as_of)


def geo(
    net: MedicalNetwork,
    *,
    as_of: datetime.date | None,
    boundaries: str | Path | None = None,
    crs: str = "WGS-84",
) -> Figure:
    """Draw facilities and gaps by their coordinates."""
    status = coverage.served(net, as_of=as_of).status
    gaps = status[status == "gap"]
    return geo_map(net, color_by=gaps, boundaries=boundaries, crs=crs, as_of=as_of)


def obligations(net: MedicalNetwork, *, as_of: datetime.date | None) -> Figure:
    """Draw the obligations of every primary centre."""
    rows = sharing.matrix(net, as_of=as_of).frame.set_index("facility")
    groups = {str(id): str(group) for id, group in rows["group"].dropna().items()}
    of_whom = net.meta.get("title")
    title = say("obligation_matrix_title", title=of_whom) if of_whom else say("obligation_matrix")
    return matrix(net, rows[[*OBLIGATIONS]], title=title, by=groups, as_of=as_of)


def differences(
    before: MedicalNetwork, after: MedicalNetwork, *, from_day: datetime.date, to_day: datetime.date
) -> Figure:
    """Draw two networks on the same positions, with what differs, each on its day."""
    found = comparison.compare(before, after, from_day=from_day, to_day=to_day)
    later = " ".join(found.notes[1:])
    return compare_map(
        before, after, changes=found.frame, later=later, from_day=from_day, to_day=to_day
    )


# The maps of one network, as `medgraph map` calls them.
MAPS: dict[str, Callable[..., Figure]] = {
    "tiles": tiles,
    "network": network,
    "swimlane": lanes,
    "geo": geo,
    "matrix": obligations,
}
MARKED = ("network", "swimlane")  # these mark the findings
COMPARE, FLOWS = "compare", "flows"
# What each map can be given beside an area, and a day where it is of one day.
OPTIONS: dict[str, tuple[Option, ...]] = {
    **dict.fromkeys(MAPS, ()),
    "network": (Option("around"), Option("depth", Kind.WHOLE)),
    "geo": (Option("boundaries", Kind.BOUNDARIES), Option("crs", choices=tuple(SYSTEMS))),
    COMPARE: (Option("from_day", Kind.DAY), Option("to_day", Kind.DAY)),
    FLOWS: (*COUNTING, THRESHOLD, DIRECTION),
}


def map_forms() -> list[dict[str, Any]]:
    """Return every map with what it can be given, in words."""
    return [
        {
            "kind": kind,
            "about": say(f"help.map.{kind}"),
            "options": [field_of(option) for option in options],
            "of_all": _of_all(kind),
            "waits": kind == FLOWS,
        }
        for kind, options in OPTIONS.items()
    ]


def drawn(
    kind: str, asked: Asked, before: MedicalNetwork, answers: Answers, given: str = "{}"
) -> Figure:
    """Draw a map as a form asks for it; `before` is what that of differences begins with.

    Raise OptionError where there is no such map, or it cannot be given that.
    """
    if kind not in OPTIONS:
        allowed = ", ".join(OPTIONS)
        raise OptionError(say("not_one_of", what="map", value=kind, allowed=allowed))
    values, options = values_of(given), OPTIONS[kind]
    if values.keys() - {*_of_all(kind)} - {option.name for option in options}:
        raise OptionError(say("board.unreadable"))
    if kind == FLOWS:
        return _flows(asked, answers, values)
    read = answers.read(options, values)
    if kind == COMPARE:
        days = {"from_day": asked.day, "to_day": asked.day, **read}
        return differences(part_of(before, values), part_of(asked.net, values), **days)
    left = asked.left if kind in MARKED else {}
    day = day_of(values) or asked.day
    return MAPS[kind](part_of(asked.net, values), as_of=day, **read, **left)


def _of_all(kind: str) -> list[str]:
    return ["area"] if kind == COMPARE else ["as_of", "area"]


def _flows(asked: Asked, answers: Answers, values: Mapping[str, Any]) -> Figure:
    """The map of flows: the answer of the question of the same name, drawn."""
    of_question = {name: value for name, value in values.items() if name != DIRECTION.name}
    found = answers.answer(asked, "referrals.flows", of_question)
    day = day_of(values) or asked.day
    return flow_map(
        part_of(asked.net, values), found.frame, as_of=day, **answers.read([DIRECTION], values)
    )


def _problems(
    net: MedicalNetwork, as_of: datetime.date | None, left: Mapping[str, Any]
) -> dict[str, str]:
    """What is wrong with each node, in the order in which the report lists it."""
    if net.index.is_kind("Facility").sum() > LIMIT:
        return {}  # it is not drawn
    return problems_by_node(net, _findings(net, as_of, left))


def _findings(
    net: MedicalNetwork, as_of: datetime.date | None, left: Mapping[str, Any]
) -> tuple[Finding, ...]:
    """What is wrong, as the report lists it."""
    asked = Asked(net, net.day(as_of), **left)
    return findings_of(asked, day_is_given=as_of is not None)
