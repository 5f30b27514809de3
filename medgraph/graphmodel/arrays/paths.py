"""Walk the compiled network: arrays in, arrays out; positions are those of the index.

Referral graphs are shallow (2 to 6 steps) and nearly without cycles, so rounds over the links of a frontier
beat a queue; every kernel is right on any graph all the same: with cycles, self-links, parallel links,
zero weights and missing ones (infinite: no way).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

_ROUNDS = 256  # a longer way than this is left to Dijkstra's heap, which does not go round by round


def neighbours(matrix, positions: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the heads of all links from `positions`, and where in the matrix each stands.

    Row by row: `np.repeat(positions, np.diff(matrix.indptr)[positions])` are their tails.
    """
    begin = matrix.indptr[positions]
    count = matrix.indptr[positions + 1] - begin
    before = np.cumsum(count) - count
    at = np.arange(count.sum()) + np.repeat(begin - before, count)
    return matrix.indices[at], at


def reaching(down, goals: np.ndarray) -> np.ndarray:
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
        front = np.unique(heads) if len(heads) < len(found) // 8 else _distinct(heads, len(found))
    return found


def _distinct(positions: np.ndarray, count: int) -> np.ndarray:
    hit = np.zeros(count, bool)
    hit[positions] = True
    return np.flatnonzero(hit)


@dataclass(frozen=True)
class Ways:
    """The cheapest way from every position to a goal: its `cost` (infinite: none) and the `next` step (-1: none).

    `entry` says over which entry of the matrix the step goes, so that parallel links can be told apart.
    """

    cost: np.ndarray
    next: np.ndarray
    entry: np.ndarray

    @property
    def goal(self) -> np.ndarray:
        """The goal that every position's way ends in; -1 where there is none."""
        here = np.arange(len(self.next), dtype=np.int32)
        on = np.where(self.next >= 0, self.next, here)
        while (on != here).any():
            here, on = on, on[on]
        return np.where(np.isfinite(self.cost), on, np.int32(-1))

    def paths(self, positions: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return (start, nodes): the way from `positions[i]` is `nodes[start[i]:start[i + 1]]`; none is empty."""
        positions = np.asarray(positions)
        alive = np.isfinite(self.cost[positions])
        here, who = positions[alive], np.flatnonzero(alive)
        steps, walkers = [here], [who]
        while len(here):
            here = self.next[here]
            on = here >= 0
            here, who = here[on], who[on]
            steps.append(here)
            walkers.append(who)
        length = np.zeros(len(positions), np.int64)
        for walker in walkers:
            length[walker] += 1
        start = np.concatenate([[0], np.cumsum(length)])
        nodes = np.empty(start[-1], np.int32)
        for number, (step, walker) in enumerate(zip(steps, walkers, strict=True)):
            nodes[start[walker] + number] = step
        return start, nodes


def cheapest(down, goals: np.ndarray) -> Ways:
    """Return the cheapest way from every position to the nearest goal.

    `down` is the reversed matrix with its weights, none of them negative; among ways of one cost any may come.
    """
    cost = np.full(down.shape[0], np.inf)
    step = np.full(down.shape[0], -1, np.int32)
    entry = step.copy()
    cost[goals] = 0.0
    front = np.unique(goals)
    for _ in range(_ROUNDS):
        if not len(front):
            return Ways(cost, step, entry)
        heads, at = neighbours(down, front)
        tails = np.repeat(front, np.diff(down.indptr)[front])
        new = cost[tails] + down.data[at]
        better = new < cost[heads]
        heads, tails, at, new = heads[better], tails[better], at[better], new[better]
        np.minimum.at(cost, heads, new)
        won = new == cost[heads]
        step[heads[won]], entry[heads[won]] = tails[won], at[won]
        front = _distinct(heads, len(cost)) if len(heads) > 1000 else np.unique(heads)
    return _by_heap(down, goals)


def _by_heap(down, goals: np.ndarray) -> Ways:
    from scipy.sparse import csgraph

    cost, before, _ = csgraph.dijkstra(
        down, indices=np.unique(goals), min_only=True, return_predecessors=True
    )
    step = np.where((before >= 0) & np.isfinite(cost), before, -1).astype(np.int32)
    tails = np.repeat(np.arange(len(step), dtype=np.int32), np.diff(down.indptr))
    used = np.flatnonzero(step[down.indices] == tails)
    used = used[
        np.argsort(-down.data[used], kind="stable")
    ]  # of parallel links the cheapest is written last
    entry = np.full(len(step), -1, np.int32)
    entry[down.indices[used]] = used
    return Ways(cost, step, entry)


def one_hop(up, own: np.ndarray) -> np.ndarray:
    """Return, per position, the bits of `own` or-ed with those of every head of its links in `up`."""
    found = own.copy()
    full = np.flatnonzero(np.diff(up.indptr))
    if len(full):
        found[full] |= np.bitwise_or.reduceat(own[up.indices], up.indptr[full])
    return found
