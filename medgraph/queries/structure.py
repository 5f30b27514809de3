"""The structure of referrals for an analyst: which facilities are central, which hang together.

Both questions describe the flows that are stated; they judge nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from medgraph.errors import OptionError
from medgraph.queries.answers import answer, define, frame_of, on_day, one_of, stacked, undeclared
from medgraph.queries.as_listed import told_as_listed
from medgraph.queries.columns import few
from medgraph.queries.meant import ids_meant
from medgraph.queries.subjects import Subjects
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime

    import networkx as nx

    from medgraph.graphmodel.arrays.types import Floats, Mask, Positions
    from medgraph.graphmodel.day import Day
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer

_RELATIONS = {"up": "REFERS_UP_TO", "down": "REFERS_DOWN_TO"}
_DAMPING = 0.85  # of PageRank, as in Page et al. 1999
_ROUNDS, _STILL = 1_000, 1e-12
_SEED = 0  # Louvain's method goes through the facilities in an order that is drawn


@told_as_listed
def centrality(
    net: MedicalNetwork,
    *,
    flows: pd.DataFrame | None = None,
    direction: str = "up",
    as_of: datetime.date | str | None = None,
) -> Answer:
    """Say how central each facility is to the referrals: five measures of the same graph.

    A facility is a node; an edge goes from who refers to who receives, once for all specialties.
    Steps count edges and know no minutes.

    Parameters
    ----------
    net
        The network.
    flows
        Observed flows: a frame with `from`, `to` (facilities by id, code or name) and `count`, as
        `records.read_records(...).frame` has them. Without it: the links that are stated, each one.
    direction
        `up` or `down`: the relation that is read. Flows are taken as they go.
    as_of
        The day; default: the data day.

    Returns
    -------
    Answer
        Rows: facility, name, sent and received (counts, or links), betweenness (Freeman 1977: the
        part of all pairs of others whose shortest ways pass through it), closeness (Wasserman &
        Faust 1994: 1 over the mean steps of those who get to it, times their part of all others),
        pagerank (Page et al. 1999, damping 0.85, weighted by count; sums to 1), hub and authority
        (Kleinberg 1999, weighted by count; each sums to 1), status, reason. Facilities without any
        flow are excluded.

    Raises
    ------
    OptionError
        A direction that is none, or flows without the columns.

    Examples
    --------
    >>> import medgraph as mg
    >>> found = mg.structure.centrality(mg.samples.taizhou()).frame
    >>> float(found["pagerank"].sum().round(6))
    1.0
    """
    graph = _graph(on_day(net, as_of), flows, direction)
    measures = {
        "betweenness": _values(graph, graph.betweenness),
        "closeness": _values(graph, graph.closeness),
        "pagerank": _values(graph, graph.pagerank),
        **dict(zip(("hub", "authority"), graph.hubs_and_authorities, strict=True)),
    }
    return graph.answer("structure.centrality", measures, [])


@told_as_listed
def communities(
    net: MedicalNetwork,
    *,
    flows: pd.DataFrame | None = None,
    direction: str = "up",
    resolution: float = 1.0,
    as_of: datetime.date | str | None = None,
) -> Answer:
    """Say which facilities hang together by their referrals, beside the group they belong to.

    The communities are those of Louvain's method (Blondel et al. 2008) on the flows of both
    directions added up. Other communities may fit nearly as well: they describe, they prove
    nothing.

    Parameters
    ----------
    net
        The network.
    flows
        Observed flows, as in `centrality`.
    direction
        `up` or `down`: the relation that is read.
    resolution
        More than 1 makes smaller communities, less than 1 larger ones.
    as_of
        The day; default: the data day.

    Returns
    -------
    Answer
        Rows: facility, name, sent, received, community (1 is the largest), group (what it is a
        member of), status, reason. Notes: the modularity, and the part of all flow that stays
        within communities.

    Raises
    ------
    OptionError
        A direction or resolution that is none, or flows without the columns.

    Examples
    --------
    >>> import medgraph as mg
    >>> found = mg.structure.communities(mg.samples.taizhou()).frame
    >>> found["community"].min()
    np.int64(1)
    """
    from networkx.algorithms.community import louvain_communities, modularity

    if not (resolution > 0 and np.isfinite(resolution)):
        raise OptionError(say("structure.bad_resolution", value=resolution))
    graph = _graph(on_day(net, as_of), flows, direction)
    both = graph.both_ways
    parts = louvain_communities(both, weight="count", resolution=resolution, seed=_SEED)
    parts.sort(key=lambda part: (-len(part), min(part)))
    number = {at: place for place, part in enumerate(parts, 1) for at in part}
    total, inside = 0.0, 0.0
    for one, other in both.edges():
        count = float(both[one][other]["count"])
        total += count
        inside += count * (number[one] == number[other])
    notes = []
    if total:
        fit = modularity(both, parts, weight="count", resolution=resolution)
        notes = [
            say("structure.communities", count=len(parts), modularity=f"{fit:.3f}"),
            say("structure.inside", inside=f"{inside:g}", total=f"{total:g}"),
        ]
    columns = {"community": [number[at] for at in graph.nodes.tolist()], "group": graph.groups}
    return graph.answer("structure.communities", columns, notes)


def _values(graph: _Graph, measure: dict[int, float]) -> list[float]:
    return [measure[at] for at in graph.nodes.tolist()]


@dataclass(frozen=True, eq=False)
class _Graph:
    """Flows between facilities of a day: from whom, to whom, how many."""

    day: Day
    direction: str
    source: Positions
    target: Positions
    count: Floats
    is_observed: bool
    notes: tuple[str, ...]

    @cached_property
    def nodes(self) -> Positions:
        """The facilities that refer or receive, in the order of their ids."""
        found = np.unique(np.concatenate([self.source, self.target]))
        order = np.argsort(np.array(self.day.ids(found), object), kind="stable")
        ordered: Positions = found[order]
        return ordered

    @cached_property
    def directed(self) -> nx.DiGraph[int]:
        """The flows as a graph; more than one between two facilities is one."""
        import networkx as nx

        graph: nx.DiGraph[int] = nx.DiGraph()
        graph.add_nodes_from(self.nodes.tolist())
        ends = zip(self.source.tolist(), self.target.tolist(), self.count.tolist(), strict=True)
        for source, target, count in ends:
            _add(graph, source, target, count)
        return graph

    @cached_property
    def both_ways(self) -> nx.Graph[int]:
        """The same without direction, counts of both added up."""
        import networkx as nx

        graph: nx.Graph[int] = nx.Graph()
        graph.add_nodes_from(self.nodes.tolist())
        for source, target in self.directed.edges():
            _add(graph, source, target, self.directed[source][target]["count"])
        return graph

    @property
    def betweenness(self) -> dict[int, float]:
        """The part of all pairs of others whose shortest ways pass through each."""
        import networkx as nx

        found: dict[int, float] = nx.betweenness_centrality(self.directed)
        return found

    @property
    def closeness(self) -> dict[int, float]:
        """How near each is to those who get to it."""
        import networkx as nx

        found: dict[int, float] = nx.closeness_centrality(self.directed)
        return found

    @property
    def pagerank(self) -> dict[int, float]:
        """Where somebody ends who follows the flows, and begins anew every seventh time or so."""
        import networkx as nx

        if not len(self.nodes):
            return {}
        found: dict[int, float] = nx.pagerank(
            self.directed, alpha=_DAMPING, weight="count", tol=1e-10, max_iter=_ROUNDS
        )
        return found

    @property
    def hubs_and_authorities(self) -> tuple[list[float], list[float]]:
        """Who refers to good receivers, and who receives from good referrers, from equal starts."""
        from scipy.sparse import csr_array

        size = len(self.nodes)
        place = np.zeros(len(self.day), int)
        place[self.nodes] = np.arange(size)
        ends = (place[self.source], place[self.target])
        matrix = csr_array((self.count, ends), shape=(size, size))
        hub = np.ones(size) / max(size, 1)
        for _ in range(_ROUNDS):
            authority = _parts(hub @ matrix)
            after = _parts(matrix @ authority)
            is_still = np.abs(after - hub).sum() < _STILL
            hub = after
            if is_still:
                break
        return hub.tolist(), _parts(hub @ matrix).tolist()

    @property
    def groups(self) -> list[str | None]:
        """The groups that each is a member of or leads."""
        found: dict[int, list[str]] = {}
        for relation in ("LEADS", "MEMBER_OF"):
            links = self.day.links(relation)
            for facility, group in zip(links.source.tolist(), links.target.tolist(), strict=True):
                if self.day.group.certain[group]:
                    found.setdefault(facility, []).append(self.day.id(group))
        return ["|".join(dict.fromkeys(found.get(at, []))) or None for at in self.nodes.tolist()]

    def answer(self, query: str, columns: dict[str, Any], notes: list[str]) -> Answer:
        """Return the facilities with these columns; those at work without a flow are excluded."""
        day, asked = self.day, Subjects(self.day, self.day.working)
        flowing = np.zeros(len(day), bool)
        flowing[self.nodes] = True
        sent = np.bincount(self.source, weights=self.count, minlength=len(day))
        received = np.bincount(self.target, weights=self.count, minlength=len(day))
        rows = {
            "facility": day.ids(self.nodes),
            "name": day.names(self.nodes),
            "sent": sent[self.nodes].tolist(),
            "received": received[self.nodes].tolist(),
            **columns,
            "status": "counted",
            "reason": "",
        }
        return answer(
            day,
            query,
            define(day, f"{query}.numerator", "structure.denominator", "facilities"),
            frame_of(rows),
            judged=len(self.nodes),
            unknown=asked.perhaps[~asked.perhaps["facility"].isin(rows["facility"])],
            excluded=stacked(self._without_flow(asked, flowing), asked.left_out),
            notes=(self._how(), *notes, *self.notes),
        )

    def _without_flow(self, asked: Subjects, flowing: Mask) -> pd.DataFrame:
        where = asked.positions[~flowing[asked.positions]]
        return frame_of(
            {
                "facility": self.day.ids(where),
                "name": self.day.names(where),
                "status": "excluded",
                "reason": say("structure.no_flow"),
            }
        )

    def _how(self) -> str:
        """Say what an edge is, on which day, in which direction, and how complete that is."""
        if self.is_observed:
            return say("structure.observed", total=f"{self.count.sum():g}")
        lacking = undeclared(self.day, f"links.{_RELATIONS[self.direction]}")
        said = say(f"structure.stated_{self.direction}", count=len(self.source), day=self.day.date)
        return said + (say("structure.open_list", tables=lacking) if lacking else "")


def _add(graph: nx.Graph[int], source: int, target: int, count: float) -> None:
    """Add a count to an edge."""
    before = graph.get_edge_data(source, target, {"count": 0.0})["count"]
    graph.add_edge(source, target, count=before + count)


def _parts(values: Any) -> Floats:
    """Return values as parts of their sum."""
    total = values.sum()
    found: Floats = values / total if total else values
    return found


def _graph(day: Day, flows: pd.DataFrame | None, direction: str) -> _Graph:
    one_of("direction", direction, list(_RELATIONS))
    if flows is not None:
        return _observed(day, flows, direction)
    links = day.links(_RELATIONS[direction])
    working = day.working.certain
    kept = working[links.source] & working[links.target] & (links.source != links.target)
    pairs = np.unique(np.column_stack([links.source[kept], links.target[kept]]), axis=0)
    source, target = pairs[:, 0], pairs[:, 1]
    left = int((~kept).sum())
    notes = (say("structure.not_at_work", count=left),) if left else ()
    return _Graph(day, direction, source, target, np.ones(len(source)), False, notes)


def _observed(day: Day, flows: pd.DataFrame, direction: str) -> _Graph:
    """Return the flows between facilities at work; others are counted and named in a note."""
    absent = [name for name in ("from", "to", "count") if name not in flows.columns]
    if absent:
        columns, found = (say("list_comma").join(map(str, one)) for one in (absent, flows.columns))
        raise OptionError(say("coverage.no_column", columns=columns, found=found))
    count = pd.to_numeric(flows["count"], errors="coerce").to_numpy(float, na_value=np.nan)
    if not (count >= 0).all() or np.isinf(count).any():
        raise OptionError(say("structure.bad_count"))
    ends = []
    for column in ("from", "to"):
        texts = flows[column].fillna("").astype(str)
        ids = texts.map(ids_meant(day, texts.unique(), "Facility"))
        at = np.array([day.index.position(id) if isinstance(id, str) else -1 for id in ids], int)
        ends.append(np.where((at >= 0) & day.working.certain[at], at, -1))
    source, target = ends
    kept = (source >= 0) & (target >= 0) & (source != target) & (count > 0)
    notes = []
    strange = (source < 0) | (target < 0)
    if strange.any():
        names = [*flows.loc[source < 0, "from"], *flows.loc[target < 0, "to"]]
        first = few(list(dict.fromkeys(map(str, names))))
        notes.append(say("structure.strangers", count=f"{count[strange].sum():g}", names=first))
    return _Graph(day, direction, source[kept], target[kept], count[kept], True, tuple(notes))
