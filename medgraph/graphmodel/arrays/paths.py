"""Walk the compiled network: arrays in, arrays out; positions are those of the index.

Referral graphs are shallow (2 to 6 steps) and nearly without cycles, so rounds over the links of a
frontier beat a queue. Every kernel is right on any graph all the same: with cycles, self-links,
parallel links, zero weights and missing ones (infinite: no path).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from medgraph.graphmodel.arrays.joins import gather_ragged, group_offsets
from medgraph.graphmodel.arrays.matrices import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from medgraph.graphmodel.arrays.types import Csr, Floats, Mask, Positions

_ROUNDS = 256  # a longer path than this is left to Dijkstra's heap, which needs no rounds
_MANY = 1000  # so many positions are told apart faster by a mask than by sorting them


def neighbours(matrix: Csr, positions: Positions) -> tuple[Positions, Positions]:
    """Return the heads of all links from `positions`, and the entry of the matrix for each.

    They come row by row: `tails(matrix, positions)` are aligned with them.
    """
    begin = matrix.indptr[positions]
    entries = gather_ragged(begin, matrix.indptr[positions + 1] - begin)
    return matrix.indices[entries], entries


def tails(matrix: Csr, positions: Positions) -> Positions:
    """Return the tail of every link from `positions`, row by row."""
    return np.repeat(positions, np.diff(matrix.indptr)[positions])


def reaching(down: Csr, goals: Positions) -> Mask:
    """Return a mask over positions: those from which a goal can be reached, the goals included.

    `down` is the reversed matrix (rows: targets); `goals` are positions.
    """
    found = np.zeros(down.shape[0], bool)
    found[goals] = True
    front = np.unique(goals)
    while len(front):
        heads, _ = neighbours(down, front)
        heads = heads[~found[heads]]
        found[heads] = True
        front = _distinct(heads, len(found), many=len(found) // 8)
    return found


def leading_to(tail: Positions, head: Positions, goals: Mask) -> Mask:
    """Return a mask over positions: the goals, and all from which the links lead to one of them.

    The same as `reaching`, of links `tail` to `head` that are not compiled.
    """
    if goals.all() or not goals.any():
        return goals.copy()
    each = np.ones(len(tail), np.int8)
    down = compiled(head, tail, each, len(goals), least=True)
    return reaching(down, np.flatnonzero(goals))


def strong_parts(matrix: Csr) -> Positions:
    """Return for every position the number of its strongly connected part."""
    from scipy.sparse import csgraph

    part: Positions
    _, part = csgraph.connected_components(matrix, directed=True, connection="strong")
    return part


def _distinct(positions: Positions, count: int, *, many: int = _MANY) -> Positions:
    """The distinct positions, sorted; where there are `many`, by a mask over all `count`."""
    if len(positions) < many:
        return np.unique(positions)
    hit = np.zeros(count, bool)
    hit[positions] = True
    return np.flatnonzero(hit)


@dataclass(frozen=True)
class CheapestPaths:
    """The cheapest path from every position to a goal.

    `cost` is infinite where there is none; `next` is the next position on it (-1: none); `entry` is
    the entry of the matrix that leads there, so that parallel links can be told apart.
    """

    cost: Floats
    next: Positions
    entry: Positions

    @property
    def goal(self) -> Positions:
        """The goal that the path of every position ends in; -1 where there is none."""
        here = np.arange(len(self.next), dtype=np.int32)
        on = np.where(self.next >= 0, self.next, here)
        while (on != here).any():
            here, on = on, on[on]
        return np.where(np.isfinite(self.cost), on, np.int32(-1))

    def paths(self, positions: Positions) -> tuple[Positions, Positions]:
        """Return (start, nodes): the path of positions[i] is nodes[start[i]:start[i + 1]].

        It is empty where there is none.
        """
        positions = np.asarray(positions)
        walker = np.flatnonzero(np.isfinite(self.cost[positions]))
        here = positions[walker]
        steps, walkers = [here], [walker]
        while len(here):
            here = self.next[here]
            goes_on = here >= 0
            here, walker = here[goes_on], walker[goes_on]
            steps.append(here)
            walkers.append(walker)
        length = np.bincount(np.concatenate(walkers), minlength=len(positions))
        start = group_offsets(length)
        nodes = np.empty(start[-1], np.int32)
        for number, (step, walker) in enumerate(zip(steps, walkers, strict=True)):
            nodes[start[walker] + number] = step
        return start, nodes


def cheapest(down: Csr, goals: Positions) -> CheapestPaths:
    """Return the cheapest path from every position to the nearest goal.

    `down` is the reversed matrix with its weights, none of them negative; of several paths of one
    cost any may come.
    """
    cost = np.full(down.shape[0], np.inf)
    following = np.full(down.shape[0], -1, np.int32)
    entry = following.copy()
    cost[goals] = 0.0
    front = np.unique(goals)
    for _ in range(_ROUNDS):
        if not len(front):
            return CheapestPaths(cost, following, entry)
        heads, at = neighbours(down, front)
        from_here = tails(down, front)
        new = cost[from_here] + down.data[at]
        better = new < cost[heads]
        heads, from_here, at, new = heads[better], from_here[better], at[better], new[better]
        np.minimum.at(cost, heads, new)
        won = new == cost[heads]
        following[heads[won]], entry[heads[won]] = from_here[won], at[won]
        front = _distinct(heads, len(cost))
    return _by_heap(down, goals)


def _by_heap(down: Csr, goals: Positions) -> CheapestPaths:
    """The same by Dijkstra's algorithm."""
    from scipy.sparse import csgraph

    cost, before, _ = csgraph.dijkstra(
        down, indices=np.unique(goals), min_only=True, return_predecessors=True
    )
    following = np.where((before >= 0) & np.isfinite(cost), before, -1).astype(np.int32)
    used = np.flatnonzero(following[down.indices] == tails(down, np.arange(len(following))))
    used = used[np.argsort(-down.data[used], kind="stable")]  # the cheapest is written last
    entry = np.full(len(following), -1, np.int32)
    entry[down.indices[used]] = used
    return CheapestPaths(cost, following, entry)


def one_hop(up: Csr, own: NDArray[Any]) -> NDArray[Any]:
    """Return per position the bits of `own` or-ed with those of the heads of its links in `up`."""
    found = own.copy()
    linked = np.flatnonzero(np.diff(up.indptr))
    if len(linked):
        found[linked] |= np.bitwise_or.reduceat(own[up.indices], up.indptr[linked])
    return found
