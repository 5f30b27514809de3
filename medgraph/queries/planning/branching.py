"""Search a grouping area by area, and add rows wherever a solution in parts splits a group.

HiGHS takes no rows while it searches: what it finds has to be cut off, and the search made again.
This one does not begin again, and decides heavy areas first, as where they are tells most about the
sums of the groups. It is for groupings of some ten areas; those of hundreds need the cuts and the
presolve of HiGHS more (`stages`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from medgraph.progress import stop_if_asked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from medgraph.graphmodel.arrays.types import Floats, Positions
    from medgraph.queries.planning.contiguity import GroupingProgramme
    from medgraph.queries.planning.highs import Found
    from medgraph.queries.planning.milp import Bounds, Programme

_ROUNDS = 2  # of cuts at each node
_NEAR = 1e-6  # of a whole variable
ROUGHLY = 1e-3  # of a whole cost, of a solution in parts, which nobody checks


@dataclass(frozen=True, eq=False)
class Best:
    """A plan and what it costs; without a plan, what no plan that is looked for costs."""

    plan: Positions | None
    cost: float


class Relaxation:
    """The programme of a grouping in which areas may be in parts, and what is asked for."""

    def __init__(self, model: GroupingProgramme, asked: Callable[[Programme], Floats]) -> None:
        """Take a model, and what adds to a copy of its programme what is asked for."""
        self.model = model
        self.programme = model.programme.copy()
        self.costs = asked(self.programme)
        self._series = self.programme.series(self.costs)
        self._taken = model.programme.additions

    def minimised(self, bounds: Bounds | None = None) -> Found:
        """Return the cheapest solution between bounds."""
        stop_if_asked()
        return self._series.searched(*(bounds or self.programme.bounds))

    def cut(self, values: Floats) -> bool:
        """Add to the model, too, the rows that a solution breaks; False where it breaks none."""
        if not self.model.grouping.keeps_parts or not self.model.cut(values):
            return False
        self.programme.take_rows(self.model.programme, self._taken, self._series)
        self._taken = self.model.programme.additions
        return True


class Branching:
    """A search with proof; `best` is the best so far, `bound` what nothing costs less than.

    Parameters
    ----------
    relaxation
        What is searched.
    known
        A plan that is known, or a cost: dearer ones are not looked for.
    step
        By how much two costs differ at least, where they differ.
    gap
        By what part of its cost a plan has to be better than another one to be looked for.
    """

    def __init__(
        self, relaxation: Relaxation, known: Best, *, step: float = 0.0, gap: float = 0.0
    ) -> None:
        """Begin with everything to be searched."""
        self.best = known
        self._relaxation = relaxation
        self._step = step
        self._gap = gap
        self._rough = ROUGHLY if step else 0.0
        self._open: list[tuple[float, Bounds]] = [(-np.inf, relaxation.programme.bounds)]
        self._is_whole = relaxation.programme.whole
        model = relaxation.model
        weights = model.grouping.weights
        self._heaviness = np.array([weights[areas].sum() for areas in model.grouping.blocks])

    @property
    def bound(self) -> float:
        """Nothing costs less."""
        return min([self.best.cost, *(bound for bound, _ in self._open)])

    @property
    def is_at_its_end(self) -> bool:
        """Whether nothing is left to be searched."""
        return not self._open

    def searched(self, nodes: int) -> Iterator[Positions]:
        """Yield each plan that is better than those before, within so many nodes.

        It ends earlier, and not at its end, where the solver does not say enough.
        """
        for _ in range(nodes):
            if self.is_at_its_end:
                return
            before, bounds = self._open[-1]
            found = self._tightest(bounds)
            if found is None:
                return
            # Whoever stops the search finds a node still open until its cases are.
            if found.values is None or self._is_dear(found.cost):
                self._open[-1:] = []
                continue
            undecided = self._undecided(found.values)
            if undecided is not None:
                cost = max(before, found.cost - self._rough)
                cases = self._split(bounds, found.values, undecided)
                self._open[-1:] = [(cost, case) for case in cases]
                continue
            values = self._relaxation.programme.rounded(found.values)
            if values is None:
                return
            plan = self._relaxation.model.plan_of(values)
            self.best = Best(plan, float(self._relaxation.costs @ values))
            self._open[-1:] = []
            yield plan

    def _is_dear(self, cost: float) -> bool:
        """Whether what costs so much in parts cannot be better than the best."""
        least = max(self._step - self._rough, self._gap * (1 + abs(cost)))
        return cost >= self.best.cost - least

    def _tightest(self, bounds: Bounds) -> Found | None:
        """The cheapest solution between bounds after some cuts; None where that is not known."""
        rounds = 0
        while True:
            found = self._relaxation.minimised(bounds)
            if found.values is None or not found.optimal:
                return found if found.impossible else None
            if self._is_dear(found.cost):
                return found
            is_last = rounds == _ROUNDS and self._undecided(found.values) is not None
            if is_last or not self._relaxation.cut(found.values):
                return found
            rounds = min(rounds + 1, _ROUNDS)

    def _undecided(self, values: Floats) -> Positions | None:
        """The variables of the block, or the one variable, that is to be decided next."""
        off = np.where(self._is_whole, np.abs(values - np.round(values)), 0.0)
        off[off <= _NEAR] = 0.0
        of_block = self._relaxation.model.of_block
        of_each = off[of_block].sum(axis=1)
        if of_each.any():
            heavy = of_each * self._heaviness
            undecided: Positions = of_block[(heavy if heavy.any() else of_each).argmax()]
            return undecided
        return np.array([off.argmax()]) if off.any() else None

    def _split(self, bounds: Bounds, values: Floats, variables: Positions) -> Iterator[Bounds]:
        """Yield the cases: one of these variables is 1, or none of those that are so in parts.

        The most likely one comes last.
        """
        in_parts = variables[values[variables] > _NEAR]
        others = np.setdiff1d(variables, in_parts)
        if len(variables) == 1 or bounds.most[others].any():
            yield bounds.within(in_parts, most=0.0)
        for one in in_parts[np.argsort(values[in_parts], kind="stable")]:
            yield bounds.within(variables, most=0.0).within(np.array([one]), least=1.0)
