"""Say of each node or link whether something holds: yes, no, or unknown.

The logic is Kleene's: `and` is the least of its parts and `or` the greatest, so that what is
unknown decides nothing unless it has to.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Mask, Positions, States

NO, UNKNOWN, YES = 0, 1, 2  # ordered, so that "and" is the least and "or" the greatest


@dataclass(frozen=True, eq=False)
class Fact:
    """Hold one fact of many nodes: NO, UNKNOWN or YES for each in `states`.

    `certain` is what surely has it, `possible` what may have it; what is not possible surely has it
    not.

    Examples
    --------
    >>> import numpy as np
    >>> told = Fact.of(np.array([True, False, False]), unknown=np.array([False, True, False]))
    >>> told.certain.tolist(), told.possible.tolist()
    ([True, False, False], [True, True, False])
    >>> (~told).certain.tolist()
    [False, False, True]
    """

    states: States

    @classmethod
    def of(cls, yes: Mask, *, unknown: Mask | None = None) -> Fact:
        """Return the fact that holds where `yes` does and is open where `unknown` is.

        `yes` wins.
        """
        states = np.where(yes, YES, NO).astype(np.int8)
        if unknown is not None:
            states[unknown & ~yes] = UNKNOWN
        return cls(states)

    def __len__(self) -> int:
        """Return how many nodes the fact is stated of."""
        return len(self.states)

    @cached_property
    def certain(self) -> Mask:
        """What surely has it."""
        found: Mask = self.states == YES
        return self._as_open(found)

    @cached_property
    def possible(self) -> Mask:
        """What has it or may have it."""
        found: Mask = self.states != NO
        return self._as_open(found)

    @cached_property
    def unknown(self) -> Mask:
        """What may or may not have it."""
        found: Mask = self.states == UNKNOWN
        return self._as_open(found)

    def _as_open(self, mask: Mask) -> Mask:
        """The mask, which nobody can change where nobody can change the states."""
        mask.flags.writeable = self.states.flags.writeable
        return mask

    def at(self, positions: Positions) -> Fact:
        """Return the fact of these positions, in their order."""
        return Fact(self.states[positions])

    def __and__(self, other: Fact) -> Fact:
        """Return what has both."""
        return Fact(np.minimum(self.states, other.states))

    def __or__(self, other: Fact) -> Fact:
        """Return what has either."""
        return Fact(np.maximum(self.states, other.states))

    def __invert__(self) -> Fact:
        """Return what has it not."""
        return Fact((YES - self.states).astype(np.int8))
