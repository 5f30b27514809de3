"""The next best paths of one facility, and the facilities that none of them can do without."""

from __future__ import annotations

import datetime
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from medgraph.errors import OptionError
from medgraph.queries.answers import stamps_of
from medgraph.queries.referrals.journeys import CODE, Journeys, Question
from medgraph.queries.referrals.legs import Legs
from medgraph.queries.referrals.path import asked, definition, settle
from medgraph.queries.referrals.routes import above
from medgraph.queries.results import Answer
from medgraph.words.punctuation import LIST_COMMA
from medgraph.words.say import say

if TYPE_CHECKING:
    import networkx as nx

    from medgraph.graphmodel.network import MedicalNetwork

_COLUMNS = [
    "facility",
    "name",
    "rank",
    "target",
    "target_name",
    "minutes",
    "steps",
    "path",
    "path_names",
    "shared",
    "shared_names",
    "status",
]
_SINK = -1


def alternatives(
    net: MedicalNetwork,
    facility: str,
    *,
    k: int = 3,
    to: str | None = None,
    specialty: str | None = None,
    level: str | None = None,
    direction: str = "up",
    within_group: bool = False,
    as_of: datetime.date | str | None = None,
) -> Answer:
    """Return the `k` cheapest legal paths without loops (Yen), and which facilities all of them share.

    Paths to whatever `path` would accept at the same distance from home: the own group, else the alliance, else
    elsewhere. Cost as in `path`: minutes over links that state them, else steps. What all paths share, both ends
    apart, is a single point of failure.

    Frame: facility, rank, target, minutes, steps, path (ids with `|` between), shared (ids), status.
    """
    if k < 1:
        raise OptionError(say("referral.bad_k", value=k))
    import pandas as pd

    journey, why = asked(
        net, facility, Question(to, specialty, level, direction, within_group), as_of
    )
    day = journey.day
    paths = _yen(journey, k) if journey.kind[0] in (CODE["reached"], CODE["no_return"]) else []
    inner = [set(path[1:-1]) for path in paths]
    shared = [
        one for one in (paths[0][1:-1] if paths else ()) if all(one in rest for rest in inner)
    ]
    rows = [_row(journey, rank + 1, path, shared) for rank, path in enumerate(paths)]
    words = say(
        "referral.shared" if shared else "referral.nothing_shared",
        count=len(rows),
        names=say("list_comma").join(day.title(one) for one in shared),
    )
    return Answer(
        query="referrals.alternatives",
        as_of=day.date,
        definition=definition(day, "paths"),
        frame=pd.DataFrame(rows, columns=_COLUMNS),
        stamps=stamps_of(day.net),
        notes=(words, say("referral.cost_note")),
        **settle(journey, why),
    )


def _yen(journey: Journeys, k: int) -> list[list[int]]:
    """Return up to `k` paths as lists of positions, from the start up."""
    import networkx as nx

    timed = bool(np.isfinite(journey.minutes[0]))
    start = int(journey.start[0])
    legal = journey.legs.legal
    near = above(legal, np.arange(len(legal)), len(journey.day), journey.start)
    graph = _graph(legal.where(near[legal.lower]), timed)
    _, goals = journey.stages[journey.stage[0]]
    for goal in goals.places if goals.pairs is None else goals.pairs[1]:
        graph.add_edge(int(goal), _SINK, cost=0.0)
    found = nx.shortest_simple_paths(graph, start, _SINK, weight="cost")
    return [path[:-1] for path in islice(found, k)]


def _graph(legs: Legs, timed: bool) -> nx.DiGraph:
    import networkx as nx

    cost = legs.minutes if timed else np.ones(len(legs))
    graph = nx.DiGraph()
    for lower, upper, minutes in zip(
        legs.lower.tolist(), legs.upper.tolist(), cost.tolist(), strict=True
    ):
        known = graph.get_edge_data(lower, upper)
        if minutes == minutes and (known is None or minutes < known["cost"]):
            graph.add_edge(lower, upper, cost=minutes)
    return graph


def _row(journey: Journeys, rank: int, path: list[int], shared: list[int]) -> dict[str, Any]:
    day = journey.day
    ids = day.texts("id", np.array(path)).to_pylist()
    inner = day.texts("id", np.array(shared, int)).to_pylist()
    shown = path if journey.question.direction == "up" else path[::-1]
    return {
        "facility": ids[0],
        "name": day.net.name(ids[0]),
        "rank": rank,
        "target": ids[-1],
        "target_name": day.net.name(ids[-1]),
        "minutes": _minutes(journey, path),
        "steps": len(path) - 1,
        "path": "|".join(day.texts("id", np.array(shown)).to_pylist()),
        "path_names": " → ".join(
            day.net.name(id) for id in day.texts("id", np.array(shown)).to_pylist()
        ),
        "shared": "|".join(inner),
        "shared_names": LIST_COMMA.join(map(day.net.name, inner)),
        "status": "reached",
    }


def _minutes(journey: Journeys, path: list[int]) -> float | None:
    """Return the minutes of a path over links that state them, None where one does not."""
    legs = journey.legs.legal
    total = 0.0
    for lower, upper in pairwise(path):
        stated = legs.minutes[(legs.lower == lower) & (legs.upper == upper)]
        stated = stated[np.isfinite(stated)]
        if not len(stated):
            return None
        total += float(stated.min())
    return total
