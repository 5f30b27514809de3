"""Find who loses every path to a goal if one position stops: dominators, on graphs with cycles too.

A position is settled when all it leads to is settled: its immediate dominator is where the paths
through its heads meet again. That is one pass over a graph without cycles. What is left in a cycle
is settled, cycle by cycle, by the iteration of Cooper, Harvey and Kennedy (A Simple, Fast Dominance
Algorithm, 2001).
"""

from __future__ import annotations

import itertools
from collections import deque
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from medgraph.graphmodel.arrays.paths import neighbours, reaching, tails

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from medgraph.graphmodel.arrays.types import Csr, Positions


@dataclass(frozen=True)
class DominatorTree:
    """Who loses every path to a goal if a position stops.

    `dominator` is the immediate one: the nearest position before the end that every path from here
    must pass (-1: none, or no path at all); `depth` counts them from the goals (0: no path).
    """

    dominator: Positions
    depth: Positions

    @cached_property
    def losers(self) -> Positions:
        """Per position: how many others lose every path if it stops."""
        return self.weighted(np.ones(len(self.dominator), np.int64))

    def weighted(self, weight: NDArray[Any]) -> NDArray[Any]:
        """Return per position the sum of `weight` over the others that lose every path with it."""
        own = np.where(self.depth > 0, weight, 0)
        total = own.copy()
        for layer in self._layers[::-1]:
            below = layer[self.dominator[layer] >= 0]
            np.add.at(total, self.dominator[below], total[below])
        return total - own

    def of(self, position: int) -> Positions:
        """Return the positions that lose every path to a goal if `position` stops."""
        order, place = self._tour
        if place[position] < 0:
            return np.zeros(0, np.int32)
        begin = place[position] + 1
        return np.sort(order[begin : begin + self.losers[position]])

    @cached_property
    def _layers(self) -> list[Positions]:
        """The positions of each depth, from the goals on."""
        order = np.argsort(self.depth, kind="stable")
        deepest = int(self.depth.max(initial=0))
        bounds = np.searchsorted(self.depth[order], np.arange(1, deepest + 2))
        return [order[a:b] for a, b in itertools.pairwise(bounds)]

    @cached_property
    def _tour(self) -> tuple[Positions, Positions]:
        """Positions in an order in which its losers follow each, and the place of each in it."""
        size = self.losers + 1
        place = np.full(len(self.dominator), -1, np.int64)
        for layer in self._layers:
            siblings = layer[np.argsort(self.dominator[layer], kind="stable")]
            above = self.dominator[siblings]
            begin = np.where(above >= 0, place[above] + 1, 0)
            place[siblings] = begin + _before_in_family(above, size[siblings])
        placed = np.flatnonzero(place >= 0)
        order = np.empty(len(placed), np.int32)
        order[place[placed]] = placed
        return order, place


def _before_in_family(above: Positions, size: Positions) -> Positions:
    """The sum of the sizes before each sibling among those of one dominator; `above` is sorted."""
    before = np.cumsum(size) - size
    first = np.flatnonzero(np.append(True, above[1:] != above[:-1]))
    count = np.diff(np.append(first, len(above)))
    return before - np.repeat(before[first], count)


def dominator_tree(up: Csr, down: Csr, goals: Positions) -> DominatorTree:
    """Return who depends on whom for a path along `up` to one of `goals`.

    `down` is the reversed matrix. A goal needs no path: it depends on nobody. Self-links and
    parallel links change nothing.
    """
    return _Settling(up, down, np.unique(np.asarray(goals, np.int64))).run()


class _Settling:
    """The pass itself; arrays have one entry more, so that -1 (beyond the goals) reads the last.

    A part is a cycle (named by its least position) or a position in no cycle.
    """

    def __init__(self, up: Csr, down: Csr, goals: Positions) -> None:
        count = up.shape[0]
        self.up, self.down, self.goals = up, down, goals
        self.dominator = np.full(count + 1, -1, np.int32)
        self.depth = np.zeros(count + 1, np.int32)
        # The order of settling: a dominator is settled before those it dominates.
        self.number = np.full(count + 1, -1, np.int64)
        self.settled = 0
        self.open = reaching(down, goals)
        self.part: Positions = np.arange(count)
        self.cycles: dict[int, Positions] = {}
        self.waiting = self._count_waiting()

    def run(self) -> DominatorTree:
        """Settle part after part, from the goals down."""
        ready = self._settle(self.goals, np.full(len(self.goals), -1, np.int32))
        while self.open.any():
            if not len(ready):
                ready = self._find_cycles()
            ready = self._settle_parts(ready)
        return DominatorTree(self.dominator[:-1], self.depth[:-1])

    def _settle_parts(self, parts: Positions) -> Positions:
        """Settle these parts, and return those that now wait for nothing."""
        cycles = [part for part in parts.tolist() if part in self.cycles] if self.cycles else []
        if not cycles:
            return self._settle(parts, self._dominators(parts))
        single = np.setdiff1d(parts, cycles)
        free = [self._settle(single, self._dominators(single))]
        free += [self._settle(*self._dominators_in_cycle(self.cycles[part])) for part in cycles]
        return np.unique(np.concatenate(free))

    def _count_waiting(self) -> Positions:
        """Per part: how many of its links lead to another part that is open."""
        open_ones = np.flatnonzero(self.open)
        heads, _ = neighbours(self.up, open_ones)
        from_here = tails(self.up, open_ones)
        waits = self.open[heads] & (self.part[from_here] != self.part[heads])
        return np.bincount(self.part[from_here[waits]], minlength=len(self.part))

    def _settle(self, nodes: Positions, dominators: Positions) -> Positions:
        """Settle these in this order, and return the parts that now wait for nothing."""
        self.number[nodes] = self.settled + np.arange(len(nodes))
        self.dominator[nodes] = dominators
        self.settled += len(nodes)
        self._set_depth(nodes, dominators)
        self.open[nodes] = False
        before, _ = neighbours(self.down, nodes)
        parts = self.part[before]
        waits = self.open[before] & (parts != self.part[tails(self.down, nodes)])
        parts = parts[waits]
        np.subtract.at(self.waiting, parts, 1)
        free = np.zeros(len(self.part), bool)
        free[parts[self.waiting[parts] == 0]] = True
        return np.flatnonzero(free)

    def _set_depth(self, nodes: Positions, dominators: Positions) -> None:
        """One deeper than the dominator; inside a cycle that may be one of `nodes` themselves."""
        if len(nodes) and (self.number[dominators] >= self.number[nodes[0]]).any():
            for node, dominator in zip(nodes, dominators, strict=True):
                self.depth[node] = self.depth[dominator] + 1
        else:
            self.depth[nodes] = self.depth[dominators] + 1

    def _dominators(self, nodes: Positions) -> Positions:
        """Where the paths through all heads meet: pairs of heads are merged until one is left."""
        heads, _ = neighbours(self.up, nodes)
        owner = np.repeat(np.arange(len(nodes)), np.diff(self.up.indptr)[nodes])
        useful = (self.number[heads] >= 0) & (heads != nodes[owner])
        heads, owner = heads[useful], owner[useful]
        while len(heads) > len(nodes):  # each node has one head at least
            start = np.searchsorted(owner, np.arange(len(nodes)))
            is_even = (np.arange(len(owner)) - start[owner]) % 2 == 0
            first = np.flatnonzero(is_even[:-1] & (owner[1:] == owner[:-1]))
            heads[first] = self._meet(heads[first], heads[first + 1])
            heads, owner = heads[is_even], owner[is_even]
        dominators: Positions = heads
        return dominators

    def _meet(self, one: Positions, other: Positions) -> Positions:
        """The nearest position that dominates both, pair by pair: the later one steps up."""
        one, other = one.copy(), other.copy()
        apart = np.flatnonzero(one != other)
        while len(apart):
            a, b = one[apart], other[apart]
            is_later = self.number[a] > self.number[b]
            one[apart] = np.where(is_later, self.dominator[a], a)
            other[apart] = np.where(is_later, b, self.dominator[b])
            apart = apart[one[apart] != other[apart]]
        return one

    # -- cycles --------------------------------------------------------------------------------

    def _find_cycles(self) -> Positions:
        """Name the cycles, as all that is open waits; return the parts that wait for no other."""
        from scipy.sparse import csgraph

        nodes = np.flatnonzero(self.open)
        inside = self.up[nodes][:, nodes]
        _, label = csgraph.connected_components(inside, directed=True, connection="strong")
        order = np.argsort(label, kind="stable")
        start = np.flatnonzero(np.append(True, np.diff(label[order]) > 0))
        members = np.split(nodes[order], start[1:])
        self.part[nodes] = nodes[order][start][label]
        self.cycles = {int(some[0]): some for some in members if len(some) > 1}
        self.waiting = self._count_waiting()
        parts = np.unique(self.part[nodes])
        free: Positions = parts[self.waiting[parts] == 0]
        return free

    def _dominators_in_cycle(self, members: Positions) -> tuple[Positions, Positions]:
        """Return the positions of one cycle in order, and their dominators.

        The order is gone through again until no dominator changes.
        """
        heads = {int(v): self._heads(int(v)) for v in members}
        order = _from_the_exits(heads)
        number = {v: self.settled + i for i, v in enumerate(order)}
        dominator: dict[int, int] = {}
        has_changed = True
        while has_changed:
            has_changed = False
            for v in order:
                known = [head for head in heads[v] if head in dominator or head not in heads]
                found = known[0]
                for head in known[1:]:
                    found = self._meet_one(found, head, dominator, number)
                if dominator.get(v) != found:
                    dominator[v] = found
                    has_changed = True
        return np.array(order), np.array([dominator[v] for v in order], np.int32)

    def _heads(self, node: int) -> list[int]:
        """The heads of a position's links, those aside that lead nowhere."""
        heads = self.up.indices[self.up.indptr[node] : self.up.indptr[node + 1]]
        useful = (heads != node) & (self.open[heads] | (self.number[heads] >= 0))
        found: list[int] = heads[useful].tolist()
        return found

    def _meet_one(
        self, one: int, other: int, dominator: dict[int, int], number: dict[int, int]
    ) -> int:
        """The nearest position that dominates both, of which either may be in the cycle."""

        def place(v: int) -> int:
            return number[v] if v in number else int(self.number[v])

        while one != other:
            if place(one) < place(other):
                one, other = other, one
            one = dominator[one] if one in dominator else int(self.dominator[one])
        return one


def _from_the_exits(heads: dict[int, list[int]]) -> list[int]:
    """The positions of a cycle, nearest to a way out of it first."""
    before: dict[int, list[int]] = {v: [] for v in heads}
    for v, leads in heads.items():
        for head in leads:
            if head in before:
                before[head].append(v)
    exits = [v for v, leads in heads.items() if any(head not in heads for head in leads)]
    seen = dict.fromkeys(exits)
    waiting = deque(exits)
    while waiting:
        for v in before[waiting.popleft()]:
            if v not in seen:
                seen[v] = None
                waiting.append(v)
    return list(seen)
