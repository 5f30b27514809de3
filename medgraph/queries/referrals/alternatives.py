"""List the next best paths of one facility, and the facilities none of them can do without."""

from __future__ import annotations

from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from medgraph.errors import OptionError
from medgraph.queries.answers import answer
from medgraph.queries.as_listed import told_as_listed
from medgraph.queries.referrals.journeys import NO_RETURN, REACHED, Journeys
from medgraph.queries.referrals.path import journey_of
from medgraph.queries.referrals.question import Question
from medgraph.queries.referrals.routes import above
from medgraph.queries.referrals.verdicts import definition, settle
from medgraph.words.punctuation import LIST_COMMA
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime

    import networkx as nx

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.referrals.legs import Legs
    from medgraph.queries.results import Answer

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


@told_as_listed
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
    """List the `k` cheapest legal paths without loops (Yen), and the facilities all of them share.

    The targets are those that `path` would accept at the same distance from home: in the own group,
    else by an alliance, else elsewhere. Cost as in `path`: minutes over links that state them, else
    steps. What all paths share, both ends apart, is a single point of failure.

    Parameters
    ----------
    net
        The network.
    facility
        The id or the name of the facility.
    k
        How many paths, at most.
    to
        The facility to get to. By default the lead of the own group is the target.
    specialty
        A specialty to get to, as in `path`.
    level
        A hospital level to get to, as `3A`; `3` is every tertiary hospital.
    direction
        `up` (default) or `down`.
    within_group
        Whether to use only links whose ends share a group.
    as_of
        The day asked about; default: the data day.

    Returns
    -------
    Answer
        A row per path: facility, name, rank, target, target_name, minutes, steps, path (ids, `|`
        between them), path_names, shared (ids), shared_names, status. Share: 1 of 1 where there is
        a path.

    Raises
    ------
    UnknownIdError
        The network has no such facility.
    OptionError
        `k` is below 1, `facility` is none on the day, or an option is not in its vocabulary.

    Examples
    --------
    >>> import medgraph as mg
    >>> answer = mg.referrals.alternatives(mg.samples.taizhou(), "TZ-P07", specialty="psychiatry")
    >>> answer.frame[["rank", "steps", "path", "shared"]].values.tolist()
    [[1, 2, 'TZ-P07|TZ-H01|TZ-H16', 'TZ-H01']]
    """
    if k < 1:
        raise OptionError(say("referral.bad_k", value=k))
    question = Question(to, specialty, level, direction, within_group)
    journey, asked = journey_of(net, facility, question, as_of)
    day = journey.day
    arrives = journey.kind[0] in (REACHED, NO_RETURN)
    paths = _cheapest_paths(journey, k) if arrives else []
    shared = _shared(paths)
    rows = [_row(journey, rank, path, shared) for rank, path in enumerate(paths, 1)]
    key = "referral.shared" if shared else "referral.nothing_shared"
    titles = say("list_comma").join(day.title(one) for one in shared)
    return answer(
        day,
        "referrals.alternatives",
        definition(day, "paths"),
        pd.DataFrame(rows, columns=_COLUMNS),
        notes=(say(key, count=len(rows), names=titles), say("referral.cost_note")),
        **settle(journey, asked),
    )


def _shared(paths: list[list[int]]) -> list[int]:
    """Return what every path goes through between its ends, in the order of the first."""
    if not paths:
        return []
    first, *others = [path[1:-1] for path in paths]
    return [one for one in first if all(one in other for other in others)]


def _cheapest_paths(journey: Journeys, k: int) -> list[list[int]]:
    """Return up to `k` paths as lists of positions, from the start up."""
    import networkx as nx

    timed = bool(np.isfinite(journey.minutes[0]))
    legal = journey.legs.legal
    every_link = np.arange(len(legal))
    near = above(legal, every_link, len(journey.day), journey.start)
    graph = _graph(legal.where(near[legal.lower]), timed)
    for goal in _goals(journey):
        graph.add_edge(goal, _SINK, cost=0.0)
    found = nx.shortest_simple_paths(graph, int(journey.start[0]), _SINK, weight="cost")
    return [path[:-1] for path in islice(found, k)]


def _goals(journey: Journeys) -> list[int]:
    """Return what the only start may end in, at the stage at which it arrived."""
    _, goals = journey.stages[journey.stage[0]]
    found = goals.places if goals.pairs is None else goals.pairs[1]
    return [int(goal) for goal in found]


def _graph(legs: Legs, timed: bool) -> nx.DiGraph[int]:
    """Return the links as a graph; of parallel ones the cheapest, none without a cost."""
    import networkx as nx

    cost = legs.minutes if timed else np.ones(len(legs))
    stated = np.isfinite(cost)
    ends = zip(legs.lower[stated].tolist(), legs.upper[stated].tolist(), strict=True)
    graph: nx.DiGraph[int] = nx.DiGraph()
    for (lower, upper), minutes in zip(ends, cost[stated].tolist(), strict=True):
        known = graph.get_edge_data(lower, upper)
        if known is None or minutes < known["cost"]:
            graph.add_edge(lower, upper, cost=minutes)
    return graph


def _row(journey: Journeys, rank: int, path: list[int], shared: list[int]) -> dict[str, Any]:
    day = journey.day
    shown = path if journey.question.direction == "up" else path[::-1]
    return {
        "facility": day.id(path[0]),
        "name": day.name(path[0]),
        "rank": rank,
        "target": day.id(path[-1]),
        "target_name": day.name(path[-1]),
        "minutes": _minutes(journey, path),
        "steps": len(path) - 1,
        "path": "|".join(day.ids(shown)),
        "path_names": " → ".join(day.names(shown)),
        "shared": "|".join(day.ids(shared)),
        "shared_names": LIST_COMMA.join(day.names(shared)),
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
