"""Find which goals are reached both ways: over the legs up, and over those down."""

from __future__ import annotations

from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

import numpy as np

from medgraph.graphmodel.arrays.matrices import compiled
from medgraph.graphmodel.arrays.paths import reaching, strong_parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.queries.referrals.legs import Legs
    from medgraph.queries.referrals.routes import Goals

_BLOCK = 1024  # so many goals are looked for at a time, which bounds the memory


class BothWays:
    """Hold what each of `start` reaches over both of two sets of legs.

    What is reached is a set for each strongly connected part of the legs, put together from those
    that it leads to; the bits of a number are the set.
    """

    def __init__(self, up: Legs, down: Legs, size: int, start: Positions) -> None:
        self._size, self._count = size, len(start)
        self._there, self._back = (_Reached(legs, size, start) for legs in (up, down))

    def any_of(self, goals: Mask) -> Mask:
        """Return a mask over starts: one of these goals is reached both ways."""
        found = np.zeros(self._count, bool)
        for _, reached in self._blocks(np.flatnonzero(goals)):
            found |= np.array([bits > 0 for bits in reached], bool)
        return found

    def pairs(self, goals: Goals) -> tuple[Positions, Positions]:
        """Return pairs (place of a start, goal): one that it may use and reaches both ways."""
        nothing: Positions = np.zeros(0, np.int64)
        who, goal = [nothing], [nothing]
        for block, reached in self._blocks(goals.places):
            place, at = _members(reached) if goals.pairs is None else _own(reached, block, goals)
            who.append(place)
            goal.append(block[at])
        return np.concatenate(who), np.concatenate(goal)

    def _blocks(self, goals: Positions) -> Iterator[tuple[Positions, list[int]]]:
        """Return a block of goals at a time, with the bits of those that each start reaches."""
        near = goals[self._there.seen[goals] & self._back.seen[goals]]
        for begin in range(0, len(near), _BLOCK):
            block = near[begin : begin + _BLOCK]
            both = zip(self._there.bits(block), self._back.bits(block), strict=True)
            yield block, [there & back for there, back in both]


class _Reached:
    """Where the legs lead from some starts; `seen` is a mask of all that they lead to."""

    def __init__(self, legs: Legs, size: int, start: Positions) -> None:
        each = np.ones(len(legs), np.int8)
        matrix = compiled(legs.lower, legs.upper, each, size, least=True)
        self.seen = reaching(matrix, start)
        self._part = strong_parts(matrix)
        self._start = self._part[start].tolist()
        self._onward = self._between_parts(legs.where(self.seen[legs.lower]))
        self._order = list(TopologicalSorter(self._onward).static_order())

    def _between_parts(self, legs: Legs) -> dict[int, set[int]]:
        """To which other parts the legs lead from each part."""
        found: dict[int, set[int]] = {part: set() for part in self._start}
        lower, upper = self._part[legs.lower], self._part[legs.upper]
        apart = lower != upper
        for here, there in zip(lower[apart].tolist(), upper[apart].tolist(), strict=True):
            found.setdefault(here, set()).add(there)
        return found

    def bits(self, goals: Positions) -> list[int]:
        """Return for each start a number, of which bit i says that it gets to goals[i]."""
        own: dict[int, int] = {}
        for place, part in enumerate(self._part[goals].tolist()):
            own[part] = own.get(part, 0) | (1 << place)
        found: dict[int, int] = {}
        for part in self._order:  # what it leads to comes first
            bits = own.get(part, 0)
            for there in self._onward.get(part, ()):
                bits |= found[there]
            found[part] = bits
        return [found[part] for part in self._start]


def _members(reached: list[int]) -> tuple[Positions, Positions]:
    """Return pairs (place in the list, bit that is set there)."""
    length = max(map(int.bit_length, reached), default=0) // 8 + 1
    raw = b"".join(bits.to_bytes(length, "little") for bits in reached)
    flags = np.frombuffer(raw, np.uint8).reshape(len(reached), length)
    who, at = np.nonzero(np.unpackbits(flags, axis=1, bitorder="little"))
    return who, at


def _own(reached: list[int], block: Positions, goals: Goals) -> tuple[Positions, Positions]:
    """Return the same of the goals of a block that each start may use."""
    owner, goal = goals.pairs or (block[:0], block[:0])
    here = np.isin(goal, block)
    owner, at = owner[here], np.searchsorted(block, goal[here])
    pairs = zip(owner.tolist(), at.tolist(), strict=True)
    set_ = np.array([reached[place] >> bit & 1 for place, bit in pairs], bool)
    return owner[set_], at[set_]
