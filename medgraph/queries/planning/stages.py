"""Find the best plan in stages, each proved before the next: moves, person-minutes, balance.

Two plans are compared by moves; of those that move as few, by person-minutes; of those, by how far
the group that is farthest from the mean differs from it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from medgraph.progress import tell
from medgraph.queries.planning.annealing import annealed
from medgraph.queries.planning.branching import ROUGHLY, Best, Branching, Relaxation
from medgraph.queries.planning.contiguity import GroupingProgramme
from medgraph.queries.planning.limits import at_most_moves, spread
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from medgraph.graphmodel.arrays.types import Floats, Positions
    from medgraph.queries.planning.grouping import Grouping
    from medgraph.queries.planning.milp import Programme

Heard: TypeAlias = "Callable[[float], None]"

# Nodes of all searches of one stage, fewer where there are more variables and each takes longer.
_NODES, _FEWEST_NODES = 2_000_000, 200
_ROUNDS = 40  # of searches of one stage: each adds the rows that the one before broke
_LIGHT_ROUNDS = 20  # of the same where no area has to be whole
# As _NODES, of the search that decides area by area, and comes first; with fewer it is not begun.
_BRANCHES, _FEWEST_BRANCHES = 100_000, 50
_NEAR = 1e-6  # of a number of moves
_LAST_STAGE = 0.25  # of these nodes: how even a plan is matters least, and is proven slowest
_GAP = 1e-9  # in parts, of minutes and of the spread
_DIFFERENT = 2  # areas by which a further plan differs
_FEW, _SOME = 3, 8  # moves of the first plans looked at, where none is known, and where one is


@dataclass(frozen=True)
class Measures:
    """What a plan comes to, or a bound of what plans come to: none is better.

    `minutes` and `spread` are None where they are not asked about, or nothing is known of them.
    """

    moves: int
    minutes: float | None = None
    spread: float | None = None


@dataclass(frozen=True, eq=False)
class Staged:
    """The best plan found, what it comes to, and what is proven.

    `plan` is None where none was found; `impossible` tells that it is proven that there is none.
    """

    plan: Positions | None
    measures: Measures | None
    bound: Measures
    proven: bool
    impossible: bool = False
    stopped: bool = False


@dataclass(frozen=True, eq=False)
class Outcome:
    """What one stage found: a plan that splits no group, and a bound of its costs."""

    plan: Positions | None
    bound: float
    proven: bool

    @property
    def impossible(self) -> bool:
        """Whether it is proven that there is no plan."""
        return self.plan is None and self.proven


def measured(grouping: Grouping, plan: Positions) -> Measures:
    """Return what a plan comes to, worked out from the plan alone."""
    return Measures(
        grouping.moves(plan),
        grouping.person_minutes(plan) if grouping.minutes is not None else None,
        spread(grouping, plan) if grouping.mean else None,
    )


def best_plan(
    grouping: Grouping,
    others: Sequence[Positions] = (),
    *,
    is_even: bool = True,
    least_moves: int = 0,
) -> Staged:
    """Return the best plan, of those that differ by two areas or more from all `others`.

    Where somebody stops the search it is the best so far. How even a plan is, is not looked at
    where it need not be (`is_even`). That none moves fewer than `least_moves` is proven already.
    """
    stages = Stages(grouping, others, is_even=is_even, least_moves=least_moves)
    try:
        return stages.solved()
    except KeyboardInterrupt:
        return stages.so_far(proven=False, stopped=True)


NOTHING = Best(None, np.inf)


def no_matter(_: object) -> None:
    """Hear something, and do nothing."""


class Stages:
    """The search for the best plan of a grouping; `best` is the best so far, `bound` a bound."""

    def __init__(
        self,
        grouping: Grouping,
        others: Sequence[Positions] = (),
        *,
        is_even: bool = True,
        least_moves: int = 0,
    ) -> None:
        """Take a grouping, the plans to differ from, and what `best_plan` does."""
        self.grouping = grouping
        self.is_even = is_even
        self.others = others
        # Else the best plan is not far from a known one, and no walk is needed to find one.
        self.is_first = not others and not least_moves
        self.model = GroupingProgramme(grouping, len(grouping))
        self.best: Positions | None = None
        self.bound = Measures(max(least_moves, min(map(grouping.moves, others), default=0)))

    def solved(self) -> Staged:
        """Go through all stages."""
        if self.is_first:
            self._keep(annealed(self.grouping, self._keep))
        self._tell()
        outcome = self._narrowest()
        if self.best is None:
            return Staged(None, None, self.bound, outcome.proven, impossible=outcome.proven)
        # Moves are whole, so that a bound that rounds up to them is a proof.
        moves = self.grouping.moves(self.best)
        if moves > self.model.moves:  # it was looked for fewer, and there are none
            self.model = GroupingProgramme(self.grouping, moves)
        fewest = moves <= self.bound.moves
        return self.so_far(proven=fewest and self._least_minutes() and self._most_even())

    def so_far(self, *, proven: bool, stopped: bool = False) -> Staged:
        """Return the best plan as it stands."""
        if self.best is None:
            return Staged(None, None, self.bound, proven=False, stopped=stopped)
        found = measured(self.grouping, self.best)
        return Staged(self.best, found, self.bound, proven, stopped=stopped)

    def _narrowest(self) -> Outcome:
        """Look among plans of few moves first, then of more: few are searched through quickly.

        Where a plan is known, it is looked for one that moves fewer: that there is none is a proof.
        """
        known = len(self.grouping) if self.best is None else self.grouping.moves(self.best) - 1
        if known < self.bound.moves:
            return Outcome(None, self.bound.moves, proven=True)
        most = min(known, self.bound.moves + (_FEW if self.best is None else _SOME))
        while True:
            self.model = GroupingProgramme(self.grouping, most)
            outcome = self._fewest_moves(most)
            if outcome.impossible:
                self._bound(most + 1)
            if outcome.plan is not None or most == known:
                return outcome
            # What cannot be decided among few moves cannot be among a few more.
            most = min(known, 2 * most) if outcome.impossible else known

    def _keep(self, plan: Positions | None) -> None:
        """Keep a plan where it is the best so far; one that breaks a limit is none."""
        if plan is None or not self.grouping.keeps_all(plan):
            return
        if self.best is None or self._order(plan) < self._order(self.best):
            self.best = plan

    def _order(self, plan: Positions) -> tuple[float, ...]:
        found = measured(self.grouping, plan)
        return found.moves, found.minutes or 0.0, found.spread or 0.0

    def _bound(self, moves: int) -> None:
        self.bound = Measures(max(self.bound.moves, moves))
        self._tell()

    def _tell(self) -> None:
        if self.best is None:
            tell(say("regroup.searching", bound=self.bound.moves))
            return
        moves = self.grouping.moves(self.best)
        if self.bound.moves:
            tell(say("regroup.so_far", moves=moves, bound=min(self.bound.moves, moves)))
        else:
            tell(say("regroup.so_far_alone", moves=moves))

    # -- the stages ------------------------------------------------------------------------------

    def _fewest_moves(self, most: int) -> Outcome:
        costs = self.model.costs((~self.grouping.is_today).astype(float))

        def asked(programme: Programme) -> Floats:
            self._at_most(programme, most)
            return costs

        def heard(bound: float) -> None:
            self._bound(math.ceil(min(most + 1, bound - _NEAR)))

        outcome = self._searched(asked, heard=heard, step=1.0)
        if not outcome.impossible and np.isfinite(outcome.bound):
            heard(outcome.bound)
        return outcome

    def _least_minutes(self) -> bool:
        if self.grouping.minutes is None or self.best is None:
            return True
        moves = self.grouping.moves(self.best)
        costs = self.model.costs(self.grouping.minute_costs)

        def asked(programme: Programme) -> Floats:
            self._at_most(programme, moves)
            return costs

        known = Best(self.best, self.grouping.person_minutes(self.best))
        outcome = self._searched(asked, _GAP, known=known)
        self.bound = Measures(moves, max(outcome.bound, 0.0))
        return outcome.plan is not None and outcome.proven

    def _most_even(self) -> bool:
        if not self.is_even or not self.grouping.mean or self.best is None:
            return True
        before = measured(self.grouping, self.best)

        def asked(programme: Programme) -> Floats:
            self._at_most(programme, before.moves, before.minutes)
            return spread_costs(self.model, programme)

        known = Best(self.best, spread(self.grouping, self.best))
        outcome = self._searched(asked, _GAP, _LAST_STAGE, known=known)
        self.bound = Measures(before.moves, before.minutes, max(outcome.bound, 0.0))
        return outcome.plan is not None and outcome.proven

    def _at_most(self, programme: Programme, moves: int, minutes: float | None = None) -> None:
        """Add what earlier stages have settled, and that no other plan is to be found again."""
        grouping, own = self.grouping, self.model.own
        at_most_moves(grouping, programme, own, moves)
        if minutes is not None:
            costs = self.model.costs(grouping.minute_costs)
            some, scale = np.flatnonzero(costs), max(minutes, 1.0)
            programme.row(some, costs[some] / scale, most=minutes / scale + 2 * _GAP)
        for other in self.others:
            same = own[np.arange(len(grouping)), other]
            programme.row(same, most=len(grouping) - _DIFFERENT)

    def _searched(
        self,
        asked: Callable[[Programme], Floats],
        gap: float = 0.0,
        part: float = 1.0,
        heard: Heard = no_matter,
        step: float = 0.0,
        known: Best = NOTHING,
    ) -> Outcome:
        outcome = searched(self.model, asked, gap, part, heard, step, known, self._keep)
        self._keep(outcome.plan)
        return outcome


def cut_in_parts(relaxation: Relaxation, heard: Heard) -> None:
    """Add the rows that solutions in parts of areas break: each is found in no time."""
    for _ in range(_LIGHT_ROUNDS):
        found = relaxation.minimised()
        if found.optimal or found.impossible:
            heard(np.inf if found.impossible else found.cost - ROUGHLY)
        if found.values is None or not relaxation.cut(found.values):
            return


def searched(
    model: GroupingProgramme,
    asked: Callable[[Programme], Floats],
    gap: float = 0.0,
    part: float = 1.0,
    heard: Heard = no_matter,
    step: float = 0.0,
    known: Best = NOTHING,
    keep: Callable[[Positions], None] = no_matter,
) -> Outcome:
    """Search until a solution splits no group, or the nodes are used up.

    Parameters
    ----------
    model
        The programme; it grows by the rows that solutions broke.
    asked
        Adds what is asked for to a copy of the programme, and returns its costs.
    gap
        By what part of its costs the bound of a solution may stay below them.
    part
        Of the nodes of a stage.
    heard
        Is told each bound of the costs, so that one is there where somebody stops the search.
    step
        By how much two costs differ at least, where they differ.
    known
        A plan that is known; dearer ones need not be looked for.
    keep
        Is told each plan that is found on the way.
    """
    relaxation = Relaxation(model, asked)
    cut_in_parts(relaxation, heard)
    branching = Branching(relaxation, known, step=step, gap=gap)
    try:
        for better in branching.searched(_branches_for(model.grouping)):
            keep(better)
    finally:
        if np.isfinite(branching.bound):
            heard(branching.bound)
    best = branching.best.plan
    bound = branching.bound
    if branching.is_at_its_end:
        return Outcome(best, bound, proven=True)
    left = int(part * nodes_for(model.grouping))
    for _ in range(_ROUNDS):
        programme = model.programme.copy()
        found = programme.minimised(asked(programme), nodes=left, gap=gap)
        left -= found.nodes
        bound = max(bound, found.bound)  # with fewer rows nothing costs more
        if np.isfinite(bound):
            heard(bound)
        if found.values is None:
            return Outcome(best, bound, found.impossible and best is None)
        plan = model.plan_of(found.values)
        if not model.tightened(plan):
            return Outcome(plan, bound, found.proven)
        if left <= 0:
            break
    return Outcome(best, bound, proven=False)


def nodes_for(grouping: Grouping) -> int:
    """Return how many nodes a stage may take: fewer where each takes longer."""
    return max(_FEWEST_NODES, _NODES // _size(grouping))


def _branches_for(grouping: Grouping) -> int:
    branches = _BRANCHES // _size(grouping)
    return branches if branches >= _FEWEST_BRANCHES else 0


def _size(grouping: Grouping) -> int:
    return max(1, len(grouping.blocks) * grouping.groups)


def spread_costs(model: GroupingProgramme, programme: Programme) -> Floats:
    """Add how far the farthest group is from the mean, in parts, and return it as the costs."""
    grouping = model.grouping
    [farthest] = programme.variables(1, most=np.inf, whole=False).tolist()
    for group in model.own.T:
        parts = grouping.weights / grouping.mean
        programme.row([*group, farthest], [*parts, -1], most=1)
        programme.row([*group, farthest], [*parts, 1], least=1)
    costs = np.zeros(programme.width)
    costs[farthest] = 1
    return costs
