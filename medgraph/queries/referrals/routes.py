"""Find cheapest routes over links that point up, for any number of facilities at once.

A route is cheapest in minutes over the links that state minutes; who reaches no goal over those is
routed by steps over all links, and then has no minutes. Dijkstra runs once from all goals against
the links; a facility that may use only some goals (its own lead) and met another first is searched
again, goal by goal, in the part of the graph that lies above it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from medgraph.graphmodel.arrays import paths as kernels
from medgraph.graphmodel.arrays.joins import semi_join
from medgraph.queries.referrals.legs import Legs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from medgraph.graphmodel.arrays.types import Csr, Floats, Mask, Positions

Hops: TypeAlias = "list[tuple[Positions, Positions]]"
"""Pairs of arrays; the k-th holds which starts take a k-th step, and over which link."""

_NOWHERE = -1


@dataclass(frozen=True)
class Goals:
    """Hold where to go: `places`, for everybody, or only for the starts that `pairs` joins to them.

    `pairs` holds (place in the list of starts, position of the goal), aligned.
    """

    places: Positions
    pairs: tuple[Positions, Positions] | None = None

    @classmethod
    def own(cls, start: Positions, goal: Positions) -> Goals:
        """Return goals of which each start may use only those that stand beside it."""
        return cls(np.unique(goal), (start, goal))

    @classmethod
    def nowhere(cls) -> Goals:
        """Return goals that no start may use."""
        nothing = np.zeros(0, np.int64)
        return cls.own(nothing, nothing)

    def of(self, chosen: Positions, count: int) -> Goals:
        """Return the goals of some of `count` starts, which are then numbered anew."""
        if self.pairs is None:
            return self
        owner, goal = self.pairs
        place = np.full(count, _NOWHERE)
        place[chosen] = np.arange(len(chosen))
        start = place[owner]
        kept = start >= 0
        return Goals.own(start[kept], goal[kept])

    def plus(self, other: Goals) -> Goals:
        """Return what each start may use of either, where both are its own."""
        if self.pairs is None or other.pairs is None:
            return Goals(np.union1d(self.places, other.places))
        start, goal = map(np.concatenate, zip(self.pairs, other.pairs, strict=True))
        return Goals.own(start, goal)

    def allow(self, start: Positions, goal: Positions, size: int) -> Mask:
        """Return a mask: this start may go to this goal."""
        if self.pairs is None:
            return np.ones(len(start), bool)
        owner, own_goal = self.pairs
        keys = np.sort(owner.astype(np.int64) * size + own_goal, kind="stable")
        return semi_join(start.astype(np.int64) * size + goal, keys)


class Routes:
    """Hold the routes of a list of starts over `legs`, and the `hops` they are made of.

    `goal` is -1 where there is none, `minutes` NaN where not known, `steps` -1 where there is no
    route.
    """

    def __init__(self, count: int, legs: Legs) -> None:
        self.legs = legs
        self.goal = np.full(count, _NOWHERE)
        self.minutes = np.full(count, np.nan)
        self.steps = np.full(count, _NOWHERE)
        self.hops: Hops = []

    @property
    def found(self) -> Mask:
        """A mask over starts: those that have a route."""
        return self.goal >= 0

    def take(self, which: Positions, goal: Positions, cost: Floats, hops: Hops) -> None:
        """Write down the routes of the starts `which`; their `hops` are numbered within `which`."""
        self.goal[which] = goal
        self.minutes[which] = cost
        self.steps[which] = 0
        for step, (who, link) in enumerate(hops):
            start = which[who]
            self.steps[start] = step + 1
            self._add_hop(step, start, link)

    def _add_hop(self, step: int, start: Positions, link: Positions) -> None:
        if step == len(self.hops):
            self.hops.append((start, link))
            return
        starts, links = self.hops[step]
        self.hops[step] = np.concatenate([starts, start]), np.concatenate([links, link])

    def chain(self, start: int) -> list[int]:
        """Return the links of one start's route, from the bottom up."""
        return [int(link[who == start][0]) for who, link in self.hops if (who == start).any()]

    @property
    def touched(self) -> Mask:
        """A mask over `legs`: the links that some route takes."""
        found = np.zeros(len(self.legs), bool)
        for _, link in self.hops:
            found[link] = True
        return found

    def any_link(self, flag: Mask) -> Mask:
        """Return a mask over starts: their route takes a link of `flag` (a mask over `legs`)."""
        touched = np.zeros(len(self.goal), bool)
        for who, link in self.hops:
            touched[who[flag[link]]] = True
        return touched


def cheapest(legs: Legs, size: int, start: Positions, goals: Goals) -> Routes:
    """Return the cheapest route of every start to a goal it may use.

    `size` is the number of positions.
    """
    routes = Routes(len(start), legs)
    timed = np.isfinite(legs.minutes)
    everyone = np.arange(len(start))
    by_minutes = np.flatnonzero(timed)
    _Search(routes, by_minutes, legs.minutes, size, start, everyone, goals).run()
    if timed.all():
        return routes
    rest = np.flatnonzero(~routes.found)
    every_link, one_step = np.arange(len(legs)), np.ones(len(legs))
    own_goals = goals.of(rest, len(start))
    _Search(routes, every_link, one_step, size, start[rest], rest, own_goals).run()
    routes.minutes[rest[routes.steps[rest] > 0]] = np.nan
    return routes


@dataclass(frozen=True)
class _Search:
    """Search over `links` (numbers within the legs of `routes`), each at its `cost`.

    From the positions `start` to `goals`; `who` are the places of the starts within `routes`,
    `size` is the number of positions.
    """

    routes: Routes
    links: Positions
    cost: Floats
    size: int
    start: Positions
    who: Positions
    goals: Goals

    def run(self) -> None:
        """Search by one tree for all, then goal by goal for those who met a goal not theirs."""
        if not len(self.start) or not len(self.goals.places):
            return
        tree = Tree(self.routes.legs, self.links, self.cost, self.size, self.goals.places)
        root = tree.root[self.start]
        right = root >= 0
        right[right] = self.goals.allow(np.flatnonzero(right), root[right], self.size)
        chosen = np.flatnonzero(right)
        start = self.start[chosen]
        self.routes.take(self.who[chosen], root[chosen], tree.cost[start], tree.climb(start))
        lost = np.flatnonzero((root >= 0) & ~right)
        if len(lost):
            self._of(lost).goal_by_goal()

    def _of(self, lost: Positions) -> _Search:
        """Return the search of some of the starts, over the links that lie above them."""
        legs, start = self.routes.legs, self.start[lost]
        higher = above(legs, self.links, self.size, start)
        links = self.links[higher[legs.lower[self.links]]]
        goals = self.goals.of(lost, len(self.start))
        return replace(self, links=links, start=start, who=self.who[lost], goals=goals)

    def goal_by_goal(self) -> None:
        """Search from one goal at a time, and keep the cheapest of each start."""
        if self.goals.pairs is None:
            return
        owner, wanted = self.goals.pairs
        seen, part, starts = self._renumbered()
        every_link = np.arange(len(part))
        found = _Best(len(starts))
        for goal in self.goals.places:
            place = np.searchsorted(seen, [goal])
            tree = Tree(part, every_link, part.minutes, len(seen), place)
            mine = owner[wanted == goal]
            found.compare(int(goal), mine, starts, tree, part)
        done = np.flatnonzero(found.goal >= 0)
        hops = _hops([found.chains[one] for one in done])
        self.routes.take(self.who[done], found.goal[done], found.cost[done], hops)

    def _renumbered(self) -> tuple[Positions, Legs, Positions]:
        """Return the few positions touched, the links between their places, the starts' places.

        `row` of these links is their number within the legs of `routes`.
        """
        legs, links = self.routes.legs, self.links
        touched = [legs.lower[links], legs.upper[links], self.start, self.goals.places]
        seen, small = np.unique(np.concatenate(touched), return_inverse=True)
        count = len(links)
        lower, upper = small[:count], small[count : 2 * count]
        starts = small[2 * count : 2 * count + len(self.start)]
        flaw, perhaps = legs.flaw[links], legs.perhaps[links]
        return seen, Legs(lower, upper, self.cost[links], links, flaw, perhaps), starts


class _Best:
    """The cheapest route known so far of each start: its goal, its cost, its chain of links."""

    def __init__(self, count: int) -> None:
        self.goal = np.full(count, _NOWHERE)
        self.cost = np.full(count, np.inf)
        self.chains: list[list[int]] = [[] for _ in range(count)]

    def compare(
        self, goal: int, mine: Positions, starts: Positions, tree: Tree, legs: Legs
    ) -> None:
        """Take the routes of `tree`, which leads to `goal`, where they are cheaper."""
        better = mine[tree.cost[starts[mine]] < self.cost[mine]]
        self.goal[better] = goal
        self.cost[better] = tree.cost[starts[better]]
        for one in better:
            hops = tree.climb(starts[[one]])
            self.chains[one] = [int(legs.row[link[0]]) for _, link in hops]


def _hops(chains: Sequence[Sequence[int]]) -> Hops:
    """Turn chains of links into hops: who takes a k-th step, and over which link."""
    hops = []
    for step in range(max(map(len, chains), default=0)):
        who = [i for i, chain in enumerate(chains) if len(chain) > step]
        hops.append((np.array(who), np.array([chains[i][step] for i in who])))
    return hops


class Tree:
    """Hold the cheapest way from everywhere to the nearest of `goals`.

    Per position: its `cost`, its `root` (the goal) and the next `link`, -1 where there is none.
    """

    def __init__(
        self, legs: Legs, links: Positions, cost: Floats, size: int, goals: Positions
    ) -> None:
        self._upper = legs.upper
        numbers = against(legs.lower[links], legs.upper[links], size)
        found = kernels.cheapest(with_data(numbers, cost[links][numbers.data]), goals)
        self.cost, self.root = found.cost, found.goal
        self.link = np.full(size, _NOWHERE)
        stepping = np.flatnonzero(found.entry >= 0)
        self.link[stepping] = links[numbers.data[found.entry[stepping]]]

    def climb(self, start: Positions) -> Hops:
        """Return the hops of every start up to its root."""
        here: Positions = start
        who: Positions = np.arange(len(start))
        hops: Hops = []
        while len(who):
            link = self.link[here]
            going = link >= 0
            who, link = who[going], link[going]
            here = self._upper[link]
            if len(who):
                hops.append((who, link))
        return hops


def against(lower: Positions, upper: Positions, size: int) -> Csr:
    """Return the matrix of the links read downwards, holding their numbers.

    Parallel links stay apart.
    """
    from scipy import sparse

    matrix: Any = sparse.coo_array((np.arange(len(lower)), (upper, lower)), shape=(size, size))
    matrix.has_canonical_format = True
    found: Csr = matrix.tocsr()
    return found


def with_data(matrix: Csr, data: NDArray[Any]) -> Csr:
    """Return the same entries with other values; zeros stay entries."""
    from scipy import sparse

    return sparse.csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)


def above(legs: Legs, links: Positions, size: int, start: Positions) -> Mask:
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
