"""Find a good plan quickly, without proof: simulated annealing with fixed steps and a fixed seed.

Its plan is an upper bound, so that a search with proof need not look at plans that move more.
"""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING

import numpy as np

from medgraph.progress import stop_if_asked
from medgraph.queries.planning.limits import Apart, Balance, GroupCount, HasFacility, Refused
from medgraph.queries.planning.neighbourhood import parts_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.queries.planning.grouping import Grouping

_SEED = 20231025
_STEPS, _STEPS_PER_AREA = 4_000, 500
_HOT, _COLD = 1.0, 0.07  # in moves
_HOME = 0.15  # how often an area is tried in the group of today
# What one breach costs, in moves: of a sum in parts of the mean, of everything else by the piece.
_OF_SUM, _OF_BREACH = 40.0, 4.0
_COUNTED = GroupCount | HasFacility | Refused
_LOOK = 256  # steps between two looks whether somebody wants to stop


def annealed(
    grouping: Grouping, so_far: Callable[[Positions], None] | None = None
) -> Positions | None:
    """Return a plan that keeps all limits and moves few areas; None where none was found.

    Where somebody stops it, `so_far` is told the best by then.
    """
    walk = _Walk(grouping)
    if not walk.can_begin:
        return None
    try:
        _cooled(walk, grouping)
    except KeyboardInterrupt:
        if so_far is not None and walk.best is not None:
            so_far(walk.best)
        raise
    best = walk.best
    return best if best is not None and grouping.keeps_all(best) else None


def _cooled(walk: _Walk, grouping: Grouping) -> None:
    """Walk from plan to plan, ever less willing to take a dearer one."""
    steps = _STEPS + _STEPS_PER_AREA * len(grouping)
    cooling = (_COLD / _HOT) ** (1 / steps)
    heat = _HOT
    for step in range(steps):
        if step % _LOOK == 0:
            stop_if_asked()
        walk.step(heat)
        heat *= cooling


class _Walk:
    """A plan on its way, with what it costs; `best` is the cheapest that broke nothing."""

    def __init__(self, grouping: Grouping) -> None:
        self.grouping = grouping
        self.draw = random.Random(_SEED)
        self.blocks = grouping.blocks
        self.block_of = grouping.block_of.tolist()
        self.allowed = grouping.allowed[[areas[0] for areas in self.blocks]].tolist()
        self.today = grouping.today.tolist()
        self.weights = grouping.weights.tolist()
        self.can_begin = all(any(groups) for groups in self.allowed)
        self.balance = next((one for one in grouping.limits if isinstance(one, Balance)), None)
        self.apart = [one for one in grouping.limits if isinstance(one, Apart)]
        self.counted = [one for one in grouping.limits if isinstance(one, _COUNTED)]
        self.best: Positions | None = None
        self.best_cost = math.inf
        if self.can_begin:
            self._begin()

    def _begin(self) -> None:
        self.plan = list(self.today)
        for block, areas in enumerate(self.blocks):
            groups = [self.today[area] for area in areas]
            first = next((one for one in groups if one >= 0 and self.allowed[block][one]), None)
            for area in areas:
                self.plan[area] = self.allowed[block].index(True) if first is None else first
        count = range(self.grouping.groups)
        self.inside: list[set[int]] = [
            {area for area, own in enumerate(self.plan) if own == group} for group in count
        ]
        self.sums = [math.fsum(self.weights[area] for area in own) for own in self.inside]
        self.surplus = [self._surplus(group) for group in count]
        self.moves = sum(own != before for own, before in zip(self.plan, self.today, strict=True))
        self.cost = self.moves + self._breaches()
        self._keep()

    def _breaches(self) -> float:
        found: float = _OF_BREACH * sum(self.surplus) + sum(map(self._out_of_balance, self.sums))
        found += _OF_BREACH * sum(self.plan[one.one] == self.plan[one.other] for one in self.apart)
        if self.counted:
            plan = np.array(self.plan)
            found += _OF_BREACH * sum(one.excess(self.grouping, plan) for one in self.counted)
        return found

    def _surplus(self, group: int) -> int:
        """How many parts a group has too many."""
        if not self.grouping.keeps_parts:
            return 0
        parts = len(parts_of(sorted(self.inside[group]), self.grouping.neighbours))
        return max(0, parts - self.grouping.most_parts[group])

    def _out_of_balance(self, total: float) -> float:
        if self.balance is None:
            return 0.0
        off = abs(total / self.grouping.mean - 1) - self.balance.tolerance
        return _OF_SUM * off if off > 1e-9 else 0.0

    def step(self, heat: float) -> None:
        """Try one block in another group, and take it back where it is too dear."""
        block, group = self._drawn()
        if not self.allowed[block][group]:
            return
        left = {area: self.plan[area] for area in self.blocks[block] if self.plan[area] != group}
        if not left:
            return
        before, surplus = (self.cost, self.moves), list(self.surplus)
        self._put(dict.fromkeys(left, group))
        self._recount({group, *left.values()})
        dearer = self.cost - before[0]
        if dearer > 0 and self.draw.random() >= math.exp(-dearer / heat):
            self._put(left)
            (self.cost, self.moves), self.surplus = before, surplus
            return
        self._keep()

    def _drawn(self) -> tuple[int, int]:
        area = self.draw.randrange(len(self.plan))
        if self.draw.random() < _HOME and self.today[area] >= 0:
            return self.block_of[area], self.today[area]
        beside = self.grouping.neighbours[area]
        if not beside or not self.grouping.keeps_parts:
            return self.block_of[area], self.draw.randrange(self.grouping.groups)
        return self.block_of[area], self.plan[self.draw.choice(beside)]

    def _put(self, wanted: dict[int, int]) -> None:
        for area, group in wanted.items():
            old = self.plan[area]
            self.inside[old].remove(area)
            self.inside[group].add(area)
            self.sums[old] -= self.weights[area]
            self.sums[group] += self.weights[area]
            self.moves += (group != self.today[area]) - (old != self.today[area])
            self.plan[area] = group

    def _recount(self, groups: set[int]) -> None:
        for group in groups:
            self.surplus[group] = self._surplus(group)
        self.cost = self.moves + self._breaches()

    def _keep(self) -> None:
        if self.moves < self.best_cost and self.cost - self.moves < 1e-9:
            self.best, self.best_cost = np.array(self.plan), self.moves
