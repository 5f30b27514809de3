"""Cheapest routes over links that point up, for any number of facilities at once.

A route is cheapest in minutes over the links that state minutes; who reaches no goal over those is routed by
steps over all links, and then has no minutes. Dijkstra runs once from all goals against the links; a facility
that may use only some goals (its own lead) and met another first is searched again, goal by goal, in the
part of the graph that lies above it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from medgraph.graphmodel.arrays import paths as kernels
from medgraph.graphmodel.arrays.joins import semi_join
from medgraph.queries.referrals.legs import Legs

_NOWHERE = -1


@dataclass(frozen=True)
class Goals:
    """Where to: `places`, for everybody, or only for the facilities that `pairs` joins to them.

    `pairs` holds (place in the list of starts, position of the goal), aligned.
    """

    places: np.ndarray
    pairs: tuple[np.ndarray, np.ndarray] | None = None

    @classmethod
    def own(cls, start: np.ndarray, goal: np.ndarray) -> Goals:
        return cls(np.unique(goal), (start, goal))

    def of(self, chosen: np.ndarray, count: int) -> Goals:
        """Return the goals of some of the starts, which are then numbered anew."""
        if self.pairs is None:
            return self
        place = np.full(count, _NOWHERE)
        place[chosen] = np.arange(len(chosen))
        start = place[self.pairs[0]]
        kept = start >= 0
        return Goals.own(start[kept], self.pairs[1][kept])

    def allow(self, start: np.ndarray, goal: np.ndarray, size: int) -> np.ndarray:
        """Return a mask: this start may go to this goal."""
        if self.pairs is None:
            return np.ones(len(start), bool)
        keys = np.sort(self.pairs[0].astype(np.int64) * size + self.pairs[1], kind="stable")
        return semi_join(start.astype(np.int64) * size + goal, keys)


class Routes:
    """The routes of a list of starts: `goal` (-1: none), `minutes` (NaN: not known), `steps` (-1: none), `hops`.

    `hops` are pairs of arrays, the k-th holding which starts take a k-th step, and over which link of `legs`.
    """

    def __init__(self, count: int, legs: Legs) -> None:
        self.legs = legs
        self.goal = np.full(count, _NOWHERE)
        self.minutes = np.full(count, np.nan)
        self.steps = np.full(count, _NOWHERE)
        self.hops: list[tuple[np.ndarray, np.ndarray]] = []

    @property
    def found(self) -> np.ndarray:
        return self.goal >= 0

    def take(self, which: np.ndarray, goal: np.ndarray, cost: np.ndarray, chains: list) -> None:
        """Write down the routes of the starts `which`; `chains` are their hops, numbered within `which`."""
        self.goal[which] = goal
        self.minutes[which] = cost
        self.steps[which] = 0
        for k, (who, link) in enumerate(chains):
            self.steps[which[who]] = k + 1
            if k == len(self.hops):
                self.hops.append((which[who], link))
            else:
                old = self.hops[k]
                self.hops[k] = np.concatenate([old[0], which[who]]), np.concatenate([old[1], link])

    def chain(self, start: int) -> list[int]:
        """Return the links of one start's route, from the bottom up."""
        return [int(link[who == start][0]) for who, link in self.hops if (who == start).any()]

    @property
    def touched(self) -> np.ndarray:
        """A mask over `legs`: the links that some route takes."""
        found = np.zeros(len(self.legs), bool)
        for _, link in self.hops:
            found[link] = True
        return found

    def any_link(self, flag: np.ndarray) -> np.ndarray:
        """Return a mask over starts: their route takes a link of `flag` (a mask over `legs`)."""
        touched = np.zeros(len(self.goal), bool)
        for who, link in self.hops:
            touched[who[flag[link]]] = True
        return touched


def cheapest(legs: Legs, size: int, start: np.ndarray, goals: Goals) -> Routes:
    """Return the cheapest route of every start to a goal it may use; `size` is the number of positions."""
    routes = Routes(len(start), legs)
    timed = np.isfinite(legs.minutes)
    everyone = np.arange(len(start))
    _search(routes, np.flatnonzero(timed), legs.minutes, size, start, goals, everyone)
    if not timed.all():
        rest = np.flatnonzero(~routes.found)
        _search(
            routes,
            np.arange(len(legs)),
            np.ones(len(legs)),
            size,
            start[rest],
            goals.of(rest, len(start)),
            rest,
        )
        routes.minutes[rest[routes.steps[rest] > 0]] = np.nan
    return routes


def _search(
    routes: Routes,
    links: np.ndarray,
    cost: np.ndarray,
    size: int,
    start: np.ndarray,
    goals: Goals,
    who: np.ndarray,
) -> None:
    """Search over `links`, one tree for all, then goal by goal for those who met a goal that is not theirs."""
    if not len(start) or not len(goals.places):
        return
    tree = Tree(routes.legs, links, cost, size, goals.places)
    root = tree.root[start]
    right = root >= 0
    right[right] = goals.allow(np.flatnonzero(right), root[right], size)
    chosen = np.flatnonzero(right)
    routes.take(who[chosen], root[chosen], tree.cost[start[chosen]], tree.climb(start[chosen]))
    lost = np.flatnonzero((root >= 0) & ~right)
    if len(lost):
        links = links[above(routes.legs, links, size, start[lost])[routes.legs.lower[links]]]
        _goal_by_goal(routes, links, cost, size, start[lost], goals.of(lost, len(start)), who[lost])


def _goal_by_goal(
    routes: Routes,
    links: np.ndarray,
    cost: np.ndarray,
    size: int,
    start: np.ndarray,
    goals: Goals,
    who: np.ndarray,
) -> None:
    """Search from one goal at a time, on the few positions that the links touch; keep the cheapest of each."""
    legs, (owner, wanted) = routes.legs, goals.pairs
    seen, small = np.unique(
        np.concatenate([legs.lower[links], legs.upper[links], start, goals.places]),
        return_inverse=True,
    )
    part = Legs(
        small[: len(links)],
        small[len(links) : 2 * len(links)],
        cost[links],
        links,
        legs.flaw[links],
    )
    starts = small[2 * len(links) : 2 * len(links) + len(start)]
    best = np.full(len(start), np.inf)
    chains: list[list[int]] = [[] for _ in start]
    goal_of = np.full(len(start), _NOWHERE)
    for goal in goals.places:
        tree = Tree(
            part, np.arange(len(part)), part.minutes, len(seen), np.searchsorted(seen, [goal])
        )
        mine = owner[wanted == goal]
        better = mine[tree.cost[starts[mine]] < best[mine]]
        best[better], goal_of[better] = tree.cost[starts[better]], goal
        for one in better:
            chains[one] = [int(links[link[0]]) for _, link in tree.climb(starts[[one]])]
    done = np.flatnonzero(goal_of >= 0)
    routes.take(who[done], goal_of[done], best[done], _hops([chains[one] for one in done]))


def _hops(chains: list[list[int]]) -> list[tuple[np.ndarray, np.ndarray]]:
    """Turn chains of links into hops: who takes a k-th step, and over which link."""
    hops = []
    for k in range(max(map(len, chains), default=0)):
        who = [i for i, chain in enumerate(chains) if len(chain) > k]
        hops.append((np.array(who), np.array([chains[i][k] for i in who])))
    return hops


class Tree:
    """The cheapest way from everywhere to the nearest of `goals`: `cost`, `root` (the goal), next link of each."""

    def __init__(
        self, legs: Legs, links: np.ndarray, cost: np.ndarray, size: int, goals: np.ndarray
    ) -> None:
        self._upper = legs.upper
        number = against(legs.lower[links], legs.upper[links], size)
        found = kernels.cheapest(with_data(number, cost[links][number.data]), goals)
        self.cost, self.root = found.cost, found.goal
        self.link = np.full(size, _NOWHERE)
        stepping = np.flatnonzero(found.entry >= 0)
        self.link[stepping] = links[number.data[found.entry[stepping]]]

    def climb(self, start: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
        """Return the hops of every start up to its root."""
        here, who, hops = start, np.arange(len(start)), []
        while len(who):
            link = self.link[here]
            going = link >= 0
            who, link = who[going], link[going]
            here = self._upper[link]
            if len(who):
                hops.append((who, link))
        return hops


def against(lower: np.ndarray, upper: np.ndarray, size: int):
    """Return the CSR matrix of the links read downwards, holding their numbers; parallel links stay apart."""
    from scipy import sparse

    matrix = sparse.coo_array((np.arange(len(lower)), (upper, lower)), shape=(size, size))
    matrix.has_canonical_format = True
    return matrix.tocsr()


def with_data(matrix, data: np.ndarray):
    """Return the same entries with other values; zeros stay entries."""
    from scipy import sparse

    return sparse.csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)


def above(legs: Legs, links: np.ndarray, size: int, start: np.ndarray) -> np.ndarray:
    """Return a mask over positions: the starts and all that lies above them."""
    seen = np.zeros(size, bool)
    seen[start] = True
    lower, upper = legs.lower[links], legs.upper[links]
    while True:
        rest = ~seen[upper]
        found = upper[rest & seen[lower]]
        if not len(found):
            return seen
        seen[found] = True
        lower, upper = lower[rest], upper[rest]
