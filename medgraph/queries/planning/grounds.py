"""Say on what of a plan a worse verdict rests, so that more than this one plan can be refused.

What a plan changes is who is a member of which group. A test rests on the members of its own
subject alone where it asks for members, if at all, in the first step from the subject. Then:

- of all members something is asked, and one that came breaks it: this area is not in this group;
- so many members of a kind are asked for: one more of them has to be in the group;
- a facility is asked: where it is decides;
- else: the group has other members than these.

Of every other test nothing is known: then it is this one plan that is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from medgraph.graphmodel.states import NO, YES
from medgraph.queries.planning.limits import Refused
from medgraph.queries.policy.facts.elements import COUNTS
from medgraph.queries.policy.facts.paths import PATHS, path_of, relations_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.queries.planning.planned_areas import PlannedAreas
    from medgraph.queries.planning.verdict_changes import Changed
    from medgraph.queries.policy.auditing import Audit
    from medgraph.queries.policy.verdicts import Shown

CODE = "verdicts"
_OF_MEMBERS = (PATHS["members"], PATHS["units"])
_OF_EACH = ("value", "flags", "contains", "linked", "posted")  # whether an element holds
_OF_OWN = (*_OF_EACH, "exists", "covers", "pairs")  # what these ask for, `_is_own` can see
_MEMBER_OF = "MEMBER_OF"
_MEMBERSHIP = {_MEMBER_OF}
_NO_PATHS = ("self", "within", "all")
_ENDS = (None, "subject", "lead", "group_lead")  # ends that no plan changes


def grounds(
    planned: PlannedAreas, audit: Audit, changed: Changed, plan: Positions
) -> list[Refused]:
    """Return what a verdict that gets worse under a plan forbids, by the audit of that plan."""
    pack, rule, subject = changed.finding
    outcome = next(one for one in audit.outcomes if (one.rule.pack, one.rule.id) == (pack, rule))
    if changed.before != "INFO":
        for shown in outcome.parts:
            for place in shown.places(subject):
                test = _Test(planned, audit, shown, place, plan)
                found = [*test.forbidden(changed, outcome.rule.subjects)]
                if found:
                    return found
    return [this_plan(plan)]


def this_plan(plan: Positions) -> Refused:
    """Return that it is not this plan."""
    return Refused(CODE, tuple(enumerate(plan.tolist())))


class _Test:
    """A part of a rule as it came out of one subject under a plan."""

    def __init__(
        self, planned: PlannedAreas, audit: Audit, shown: Shown, place: int, plan: Positions
    ) -> None:
        self.planned = planned
        self.audited = audit.audited
        self.shown = shown
        self.place = place
        self.plan = plan
        self.part: Mapping[str, Any] = shown.part
        self.subject = int(shown.subjects.positions[place])

    def forbidden(self, changed: Changed, asked: Any) -> Iterator[Refused]:
        """Yield what is forbidden, where this part alone makes the verdict worse."""
        is_lost = changed.before == "NO_DATA"  # only what fails for certain is worse
        state = int(self.shown.state[self.place])
        is_worse = state == NO if is_lost else state < YES
        if not is_worse or not _is_own(self.part, self.part.get("subjects", asked)):
            return
        if areas := self.planned.areas_of.get(self.subject):
            yield Refused(CODE, ((areas[0], int(self.plan[areas[0]])),))
        for group in np.flatnonzero(self.planned.groups == self.subject).tolist():
            yield from self._of_group(group, is_lost=is_lost)

    def _of_group(self, group: int, *, is_lost: bool) -> Iterator[Refused]:
        every = range(len(self.plan))
        if self._asks_each:
            yield from self._breaking(group, is_lost=is_lost)
        elif self._asks_for_some:
            yield Refused(CODE, outside=self._outside(group, self._that_count()))
        else:
            yield Refused(CODE, self._inside(group, every), self._outside(group, every))

    def _inside(self, group: int, areas: Iterable[int]) -> tuple[tuple[int, int], ...]:
        return tuple((area, group) for area in areas if self.plan[area] == group)

    def _outside(self, group: int, areas: Iterable[int]) -> tuple[tuple[int, int], ...]:
        return tuple((area, group) for area in areas if self.plan[area] != group)

    # -- of each member ----------------------------------------------------------------------------

    @property
    def _asks_each(self) -> bool:
        """Whether every member has to hold, each judged for itself."""
        is_each = not COUNTS & self.part.keys() and str(self.part.get("share", "1")) == "1"
        return is_each and self.part["predicate"] in _OF_EACH and _of_members(self.part)

    def _breaking(self, group: int, *, is_lost: bool) -> Iterator[Refused]:
        """Yield that none of the members that break the rule is in the group."""
        rows = self.shown.rows_of(self.place)
        tested = self.shown.tested
        state, is_sure = tested.state[rows], tested.asked[rows] == YES
        is_bad = (state == NO) & is_sure if is_lost else state < YES
        needed = sorted(self._hosts())
        for facility in np.unique(tested.node[rows][is_bad]).tolist():
            own = self.planned.areas_of.get(facility, [])[:1]
            inside = (*((area, group) for area in own), *self._inside(group, needed))
            yield Refused(CODE, inside, self._outside(group, needed))

    def _hosts(self) -> set[int]:
        """The areas whose facilities may make ends that the subject allows (`ends`)."""
        ends = self.part.get("ends")
        if ends in _ENDS or not _MEMBERSHIP & {*relations_of(path_of(ends)[0])}:
            return set()
        if len(path_of(ends)) == 1:
            return set(range(len(self.plan)))
        links = map(self.audited.index.links, relations_of(path_of(ends)[1]))
        linked = {node for one in links for node in (*one.source.tolist(), *one.target.tolist())}
        return {area for node in linked for area in self.planned.areas_of.get(node, ())}

    # -- of some members ---------------------------------------------------------------------------

    @property
    def _asks_for_some(self) -> bool:
        """Whether so many members of a kind are asked for: fewer are never better."""
        is_least = {"at_least"} == COUNTS & self.part.keys()
        return is_least and self.part["predicate"] in ("exists", "value") and _of_members(self.part)

    def _that_count(self) -> list[int]:
        """The areas whose facilities may be of the kind that is asked for."""
        facilities = np.array(sorted(self.planned.areas_of), np.int64)
        for name in ("where", "test"):
            if tree := self.part.get(name):
                facilities = facilities[self.audited.states(tree, facilities) > NO]
        return sorted({area for one in facilities.tolist() for area in self.planned.areas_of[one]})


def _of_members(part: Mapping[str, Any]) -> bool:
    of = part.get("of", "self")
    return of not in _NO_PATHS and [*path_of(of)] in _OF_MEMBERS


def _is_own(part: Mapping[str, Any], asked: Any) -> bool:
    """Whether a part asks for members, if at all, in the first step from its subject."""
    of, ends, path = part.get("of", "self"), part.get("ends"), part.get("path", [])
    is_seen = part["predicate"] in _OF_OWN and of not in ("within", "all")
    if not is_seen or _MEMBER_OF in repr(asked) or ends == "own_county":
        return False
    steps = [] if of in _NO_PATHS else [*path_of(of)]
    further = [*steps[1:], *path[1:], *([] if ends in _ENDS else path_of(ends)[1:])]
    if any(_MEMBER_OF in step for step in further):
        return False
    if part["predicate"] == "covers" or not path or _MEMBER_OF not in path[0]:
        return True
    # from each element: to its own groups, where the plan says which they are
    return path[0].startswith(">") and (of == "self" or _of_members(part))
