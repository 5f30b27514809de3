"""Look for plans that make no verdict of the packs worse.

The best plan is judged. Where a verdict gets worse, it is refused, with all plans of which the same
is certain (`grounds`), and the next best is looked for: so often, and no oftener, that the answer
is the same on every machine. What a plan does to verdicts hangs on no limit, so that what is
refused once stays so in every later search.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from medgraph.progress import tell
from medgraph.queries.planning.grounds import grounds
from medgraph.queries.planning.stages import Staged, best_plan
from medgraph.queries.planning.verdict_changes import verdicts_changed, verdicts_found
from medgraph.queries.policy import audit
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.graphmodel.changes import Change
    from medgraph.queries.planning.grouping import Grouping
    from medgraph.queries.planning.limits import Refused
    from medgraph.queries.planning.planned_areas import PlannedAreas
    from medgraph.queries.planning.verdict_changes import Changed, Finding
    from medgraph.queries.policy import Pack

# Plans that a search may refuse; one that is not proven to move fewest took long, and counts more.
_REFUSED, _OF_OPEN = 40, 8


@dataclass(frozen=True, eq=False)
class Judged:
    """The plan that a search came to, and what it does to verdicts.

    Parameters
    ----------
    found
        The best plan that makes no verdict worse; where none was found, the best of all.
    worse
        The verdicts that it makes worse.
    refused
        How many plans were refused before.
    rules
        The rules for which they were, as `PACK/RULE`.
    proven
        Whether it is certain that every plan makes a verdict worse, where this one does.
    """

    found: Staged
    worse: tuple[Changed, ...] = ()
    refused: int = 0
    rules: tuple[str, ...] = ()
    proven: bool = False

    @property
    def is_best(self) -> bool:
        """Whether the plan is proven best of those that make no verdict worse."""
        return self.found.proven and not self.worse


@dataclass(frozen=True, eq=False)
class Unworsened:
    """The search among the plans of some areas that make no verdict of `packs` worse."""

    planned: PlannedAreas
    packs: Sequence[Pack]
    changes_of: Callable[[Positions], Sequence[Change]]
    _refused: list[Refused] = field(default_factory=list)
    _judged: dict[bytes, tuple[Changed, ...]] = field(default_factory=dict)
    _today: dict[Finding, str] = field(default_factory=dict)

    def changed(self, plan: Positions) -> tuple[Changed, ...]:
        """Return the verdicts that a plan changes."""
        key = plan.tobytes()
        if key not in self._judged:
            self._judged[key] = self._compared(plan)
        return self._judged[key]

    def worse(self, plan: Positions) -> tuple[Changed, ...]:
        """Return the verdicts that a plan makes worse."""
        return tuple(one for one in self.changed(plan) if one.is_worse)

    def _compared(self, plan: Positions) -> tuple[Changed, ...]:
        changes = self.changes_of(plan)
        if not changes or not self.packs:
            return ()
        day = self.planned.day
        if not self._today:
            self._today.update(verdicts_found(day.net, self.packs, day.date))
        after = verdicts_found(day.net.applying(changes), self.packs, day.date)
        return verdicts_changed(self._today, after)

    def best(
        self, grouping: Grouping, others: Sequence[Positions] = (), *, is_even: bool = True
    ) -> Judged:
        """Return the best plan that makes no verdict worse, of those that differ from `others`.

        Where every plan does, or none that does not was found, it is the best of all plans.
        """
        first: Judged | None = None
        rules: list[str] = []
        refused, left, least = 0, _REFUSED, 0
        while True:
            among = grouping.but((), self._refused)
            found = best_plan(among, others, is_even=is_even, least_moves=least)
            found, worse = self._with_verdicts(found)
            if found.plan is not None and not worse:
                return Judged(found, (), refused, tuple(rules))
            if found.plan is not None:
                first = first or Judged(found, worse)
            if found.plan is None or found.measures is None or found.stopped or left <= 0:
                break
            is_settled = found.measures.moves <= found.bound.moves
            left -= 1 if is_settled else _OF_OPEN
            least = found.bound.moves if is_settled else 0
            refused += 1
            rules = sorted({*rules, *(f"{one.finding.pack}/{one.finding.rule}" for one in worse)})
            tell(say("regroup.refusing", count=refused, rules=say("list_comma").join(rules)))
            try:
                self._refuse(found.plan, worse)
            except KeyboardInterrupt:
                found = replace(found, stopped=True)
                break
        if first is None:  # what earlier searches refused leaves nothing
            first = self._of_all(grouping, others, found, is_even=is_even)
        shown = replace(first.found, stopped=found.stopped)
        return Judged(shown, first.worse, refused, tuple(rules), proven=found.impossible)

    def _of_all(
        self, grouping: Grouping, others: Sequence[Positions], found: Staged, *, is_even: bool
    ) -> Judged:
        """The best of all plans, whatever it does to verdicts."""
        if not self._refused or found.stopped:
            return Judged(found)
        return Judged(*self._with_verdicts(best_plan(grouping, others, is_even=is_even)))

    def _with_verdicts(self, found: Staged) -> tuple[Staged, tuple[Changed, ...]]:
        """What was found, and the verdicts that it makes worse; who stops this stops the search."""
        if found.plan is None:
            return found, ()
        try:
            return found, self.worse(found.plan)
        except KeyboardInterrupt:
            return replace(found, stopped=True), self.worse(found.plan)

    def _refuse(self, plan: Positions, worse: Sequence[Changed]) -> None:
        """Refuse a plan, and those of which the same is certain."""
        day = self.planned.day
        ids = sorted({one.finding.rule for one in worse})
        after = day.net.applying(self.changes_of(plan))
        found = audit(after, self.packs, as_of=day.date, select=ids)
        forbidden = [one for each in worse for one in grounds(self.planned, found, each, plan)]
        self._refused.extend(forbidden)
