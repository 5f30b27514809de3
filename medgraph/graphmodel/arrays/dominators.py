"""Find who loses every way to a goal if one facility stops: dominators, on graphs with cycles too.

A position is settled when all it leads to is settled: its gate is where the ways through its heads meet
again. That is one pass over a graph without cycles. What is left in a cycle is settled by the iteration of
Cooper, Harvey and Kennedy (A Simple, Fast Dominance Algorithm, 2001), cycle by cycle.
"""

from __future__ import annotations

import itertools
from collections import deque
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from medgraph.graphmodel.arrays.paths import neighbours, reaching


@dataclass(frozen=True)
class Dependence:
    """Who loses every way to a goal if a position stops.

    `gate` is the last position before the end that every way of a position must pass, its immediate one
    (-1: none, or no way at all); `depth` counts the gates from the goals down (0: no way).
    """

    gate: np.ndarray
    depth: np.ndarray

    @cached_property
    def losers(self) -> np.ndarray:
        """Per position: how many others lose every way if it stops."""
        return self.weighted(np.ones(len(self.gate), np.int64))

    def weighted(self, weight: np.ndarray) -> np.ndarray:
        """Per position: the sum of `weight` over the others that lose every way if it stops."""
        total = np.where(self.depth > 0, weight, 0)
        for below in self._layers[::-1]:
            below = below[self.gate[below] >= 0]
            np.add.at(total, self.gate[below], total[below])
        return total - np.where(self.depth > 0, weight, 0)

    @cached_property
    def _layers(self) -> list[np.ndarray]:
        order = np.argsort(self.depth, kind="stable")
        bounds = np.searchsorted(self.depth[order], np.arange(1, self.depth.max(initial=0) + 2))
        return [order[a:b] for a, b in itertools.pairwise(bounds)]

    @cached_property
    def _tour(self) -> tuple[np.ndarray, np.ndarray]:
        """Positions so that the losers of each stand right behind it, and where each stands."""
        size = self.losers + 1
        place = np.full(len(self.gate), -1, np.int64)
        for layer in self._layers:
            layer = layer[np.argsort(self.gate[layer], kind="stable")]
            gate = self.gate[layer]
            before = np.cumsum(size[layer]) - size[layer]
            first = np.append(True, gate[1:] != gate[:-1])
            before -= np.repeat(
                before[first], np.diff(np.append(np.flatnonzero(first), len(layer)))
            )
            place[layer] = np.where(gate >= 0, place[gate] + 1, 0) + before
        order = np.empty(int((place >= 0).sum()), np.int32)
        order[place[place >= 0]] = np.flatnonzero(place >= 0)
        return order, place

    def of(self, position: int) -> np.ndarray:
        """Return the positions that lose every way to a goal if `position` stops."""
        order, place = self._tour
        if place[position] < 0:
            return np.zeros(0, np.int32)
        return np.sort(order[place[position] + 1 : place[position] + 1 + self.losers[position]])


def dependence(up, down, goals: np.ndarray) -> Dependence:
    """Return who depends on whom for a way along `up` to one of `goals`; `down` is the reversed matrix.

    A goal needs no way: it depends on nobody. Self-links and parallel links change nothing.
    """
    return _Settling(up, down, np.unique(np.asarray(goals, np.int64))).run()


class _Settling:
    """The pass itself; arrays have one entry more, so that -1 (beyond the goals) reads the last one."""

    def __init__(self, up, down, goals: np.ndarray) -> None:
        count = up.shape[0]
        self.up, self.down, self.goals = up, down, goals
        self.gate = np.full(count + 1, -1, np.int32)
        self.depth = np.zeros(count + 1, np.int32)
        self.number = np.full(
            count + 1, -1, np.int64
        )  # the order of settling: a gate is settled before
        self.settled = 0
        self.open = reaching(down, goals)
        self.part = np.arange(count)  # the cycle a position stands in, by its least position
        self.cycles: dict[int, np.ndarray] = {}
        self.waiting = self._count_waiting()

    def run(self) -> Dependence:
        ready = self._settle(self.goals, np.full(len(self.goals), -1, np.int32))
        while self.open.any():
            if not len(ready):
                ready = self._find_cycles()
            in_cycle = (
                [part for part in ready.tolist() if part in self.cycles] if self.cycles else []
            )
            single = np.setdiff1d(ready, in_cycle) if in_cycle else ready
            relieved = [self._settle(single, self._gates(single))]
            relieved += [
                self._settle(*self._gates_in_cycle(self.cycles[part])) for part in in_cycle
            ]
            ready = np.unique(np.concatenate(relieved)) if len(relieved) > 1 else relieved[0]
        return Dependence(self.gate[:-1], self.depth[:-1])

    def _count_waiting(self) -> np.ndarray:
        """Per part: how many of its links lead to another part that is open."""
        tails = np.flatnonzero(self.open)
        heads, _ = neighbours(self.up, tails)
        tails = np.repeat(tails, np.diff(self.up.indptr)[tails])
        counted = self.open[heads] & (self.part[tails] != self.part[heads])
        return np.bincount(self.part[tails[counted]], minlength=len(self.part))

    def _settle(self, nodes: np.ndarray, gates: np.ndarray) -> np.ndarray:
        """Settle these in this order, and return the parts that now wait for nothing."""
        self.number[nodes] = self.settled + np.arange(len(nodes))
        self.gate[nodes] = gates
        self.settled += len(nodes)
        if (
            len(nodes) and (self.number[gates] >= self.number[nodes[0]]).any()
        ):  # gates inside a cycle
            for node, gate in zip(nodes, gates, strict=True):
                self.depth[node] = self.depth[gate] + 1
        else:
            self.depth[nodes] = self.depth[gates] + 1
        self.open[nodes] = False
        before, _ = neighbours(self.down, nodes)
        after = np.repeat(nodes, np.diff(self.down.indptr)[nodes])
        parts = self.part[before]
        parts = parts[self.open[before] & (parts != self.part[after])]
        np.subtract.at(self.waiting, parts, 1)
        free = np.zeros(len(self.part), bool)
        free[parts[self.waiting[parts] == 0]] = True
        return np.flatnonzero(free)

    def _gates(self, nodes: np.ndarray) -> np.ndarray:
        """Where the ways through all heads meet: pairs of heads are merged until one is left of each."""
        heads, _ = neighbours(self.up, nodes)
        owner = np.repeat(np.arange(len(nodes)), np.diff(self.up.indptr)[nodes])
        useful = (self.number[heads] >= 0) & (heads != nodes[owner])
        heads, owner = heads[useful], owner[useful]
        while len(heads) > len(nodes):
            start = np.searchsorted(owner, np.arange(len(nodes)))
            even = (np.arange(len(owner)) - start[owner]) % 2 == 0
            first = np.flatnonzero(even[:-1] & (owner[1:] == owner[:-1]))
            heads[first] = self._meet(heads[first], heads[first + 1])
            heads, owner = heads[even], owner[even]
        return heads

    def _meet(self, one: np.ndarray, other: np.ndarray) -> np.ndarray:
        one, other = one.copy(), other.copy()
        apart = np.flatnonzero(one != other)
        while len(apart):
            a, b = one[apart], other[apart]
            later = self.number[a] > self.number[b]
            one[apart], other[apart] = (
                np.where(later, self.gate[a], a),
                np.where(later, b, self.gate[b]),
            )
            apart = apart[one[apart] != other[apart]]
        return one

    # -- cycles --------------------------------------------------------------------------------

    def _find_cycles(self) -> np.ndarray:
        """Nothing open is free of waiting: name the cycles, and return the parts that wait for no other."""
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
        return parts[self.waiting[parts] == 0]

    def _gates_in_cycle(self, members: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Iterate over one cycle until its gates stand still; return its positions in order, and their gates."""
        heads = {int(v): self._heads(int(v)) for v in members}
        order = self._from_the_exits(heads)
        number = {v: self.settled + i for i, v in enumerate(order)}
        gate: dict[int, int] = {}
        changed = True
        while changed:
            changed = False
            for v in order:
                found = None
                for head in heads[v]:
                    if head in gate or head not in heads:
                        found = head if found is None else self._meet_one(found, head, gate, number)
                if gate.get(v) != found:
                    gate[v], changed = found, True
        return np.array(order), np.array([gate[v] for v in order], np.int32)

    def _heads(self, node: int) -> list[int]:
        heads = self.up.indices[self.up.indptr[node] : self.up.indptr[node + 1]]
        useful = (heads != node) & (self.open[heads] | (self.number[heads] >= 0))
        return heads[useful].tolist()

    def _from_the_exits(self, heads: dict[int, list[int]]) -> list[int]:
        """The positions of a cycle, nearest to a way out of it first."""
        before: dict[int, list[int]] = {v: [] for v in heads}
        waiting = deque(v for v in heads if any(head not in heads for head in heads[v]))
        for v, leads in heads.items():
            for head in leads:
                if head in before:
                    before[head].append(v)
        seen = dict.fromkeys(waiting)
        while waiting:
            for v in before[waiting.popleft()]:
                if v not in seen:
                    seen[v] = None
                    waiting.append(v)
        return list(seen)

    def _meet_one(self, one: int, other: int, gate: dict[int, int], number: dict[int, int]) -> int:
        def place(v: int) -> int:
            return number[v] if v in number else int(self.number[v])

        while one != other:
            if place(one) < place(other):
                one, other = other, one
            one = gate[one] if one in gate else int(self.gate[one])
        return one
