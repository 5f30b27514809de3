"""Judge one rule: from counts and bounds of what its tests found to one verdict per subject.

PASS, FAIL, NO_DATA per subject; a rule FAILs if any subject fails, else is NO_DATA if any lacks
data, else PASS. An indicator is INFO with its value, or NO_DATA. Silence is never a pass: what is
not found fails only where its table is declared complete, and what could not be loaded can only
widen the range between worst and best case. `bounds.py` compares them with what is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from medgraph.graphmodel.arrays.joins import gather_ragged, group_offsets
from medgraph.graphmodel.made_ids import WHOLE
from medgraph.graphmodel.schema import LINKS, TABLES
from medgraph.graphmodel.states import NO, UNKNOWN, YES
from medgraph.queries.policy.bounds import (
    Counts,
    by_count,
    by_value,
    counts_of,
    counts_those_that_hold,
)
from medgraph.queries.policy.facts.audited_network import AuditedNetwork, table_of
from medgraph.queries.policy.facts.conditions import is_known_test, leaves
from medgraph.queries.policy.facts.subjects import Subjects, subjects_of
from medgraph.queries.policy.facts.value_sets import resolved
from medgraph.queries.policy.predicates.table import PREDICATES
from medgraph.queries.policy.predicates.tested import as_tested
from medgraph.words.days import read_iso_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from medgraph.graphmodel.arrays.types import Mask, Positions, States
    from medgraph.queries.policy.packs.pack import Rule
    from medgraph.queries.policy.predicates.tested import Part, Tested

_WORST_FIRST = ("FAIL", "NO_DATA", "INFO", "PASS")


@dataclass(frozen=True)
class Shown:
    """One test of a rule as it came out: aligned with its own subjects."""

    part: Part
    subjects: Subjects
    tested: Tested
    state: States
    counts: Counts
    lists: Mapping[str, bool]  # asked about for it, by table or part: whether it is complete
    register: str = ""  # what must be declared complete, and is not
    is_listed_whole: bool = False  # what `tested` lacks is a list, and declared complete

    @cached_property
    def open_rows(self) -> Mask:
        """A mask over the elements: open is whether they hold, or whether they belong at all.

        One that holds matters only where belonging makes a difference.
        """
        tested = self.tested
        makes_a_difference = counts_those_that_hold(self.part, tested, self.counts)
        held = (tested.state == YES) & makes_a_difference[tested.subject]
        doubted = (tested.asked == UNKNOWN) & ((tested.state == NO) | held)
        found: Mask = (tested.state == UNKNOWN) | doubted
        return found

    @cached_property
    def without_elements(self) -> Mask:
        """A mask over the subjects: those to whom no element belongs for certain."""
        found: Mask = self.counts.total == 0
        return found

    def places(self, subject: str) -> list[int]:
        """Return where a subject is among those of this test: one place, or none."""
        return [self._place_of[subject]] if subject in self._place_of else []

    @cached_property
    def _place_of(self) -> Mapping[str, int]:
        return {id: place for place, id in enumerate(self.subjects.ids)}

    def rows_of(self, place: int) -> Positions:
        """Return which elements are of the subject in this place, in their order."""
        order, offsets = self._by_subject
        return order[offsets[place] : offsets[place + 1]]

    def open_rows_of_all(self, places: Positions) -> tuple[Positions, Positions]:
        """Return the open elements of the subjects in these places, and how many each has."""
        rows = self.rows_of_all(places)
        rows = rows[self.open_rows[rows]]
        counts = np.bincount(self.tested.subject[rows], minlength=len(self.state))
        return rows, counts[places]

    def rows_of_all(self, places: Sequence[int] | Positions) -> Positions:
        """Return which elements are of the subjects in these places, each in their order."""
        order, offsets = self._by_subject
        wanted = np.asarray(places, np.intp)
        start = offsets[wanted]
        return order[gather_ragged(start, offsets[wanted + 1] - start)]

    @cached_property
    def _by_subject(self) -> tuple[Positions, Positions]:
        """The elements subject by subject, and where those of each begin."""
        subject = self.tested.subject
        counts = np.bincount(subject, minlength=len(self.state))
        return np.argsort(subject, kind="stable"), group_offsets(counts)


@dataclass(frozen=True)
class Outcome:
    """What a rule came to: `ids` of its subjects, the state of each, and the tests behind."""

    rule: Rule
    ids: list[str]
    positions: Positions
    state: States
    parts: tuple[Shown, ...]
    needs: tuple[str, ...]  # parameters nobody has set, or the data of subjects that are not there
    grade: str

    @property
    def asked_for_certain(self) -> bool:
        """Whether anybody is asked for certain: where all only may be, nothing passes."""
        return not self.parts or any((shown.subjects.state == YES).any() for shown in self.parts)

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The tables and parts whose declaration a verdict rests on."""
        complete = (name for s in self.parts for name, found in s.lists.items() if found)
        return tuple(dict.fromkeys(complete))

    @property
    def open_lists(self) -> tuple[str, ...]:
        """The lists of subjects that may be longer than what is judged here."""
        lists = (s.subjects.table for s in self.parts if not s.subjects.whole)
        return tuple(dict.fromkeys(filter(None, lists)))

    @property
    def verdicts(self) -> NDArray[np.object_]:
        """The verdict on each subject."""
        good = "INFO" if self.rule.kind == "indicator" else "PASS"
        found: NDArray[np.object_] = np.array(["FAIL", "NO_DATA", good], object)[self.state]
        return found

    @property
    def verdict(self) -> str:
        """The verdict on the rule: the worst of its subjects."""
        found = set(self.verdicts.tolist())
        if not self.asked_for_certain:
            found.add("NO_DATA")
        return next(verdict for verdict in _WORST_FIRST if verdict in found)


def judge_rule(audited: AuditedNetwork, rule: Rule, given: Mapping[str, Any]) -> Outcome:
    """Test one rule on every subject; `given` are the parameters that the user sets for it."""
    parts, lost = rule.settled(given)
    set_by_user = given.keys() & {*rule.ask, *rule.parameters}
    grade = "user" if set_by_user else rule.grade
    if lost:
        return _nobody(rule, [f"parameters.{rule.id}.{name}" for name in lost], grade)
    judged = [_judged(audited, rule, part) for part in parts]
    lacking = [subject_datum(part.get("subjects", rule.subjects)) for part in parts]
    if not any(judged):
        return _nobody(rule, lacking[:1], grade)
    triples = zip(parts, judged, lacking, strict=True)
    shown = [one or _asks_nobody(part, datum) for part, one, datum in triples]
    ids, positions, state = _together(shown)
    return Outcome(rule, ids, positions, _in_time(audited, rule, state), tuple(shown), (), grade)


def judge_as_listed(whole: AuditedNetwork, outcome: Outcome) -> dict[str, str]:
    """Return what an outcome comes to, by subject, in the same network with all tables `whole`."""
    if not any(_hangs_on_lists(shown) for shown in outcome.parts):
        return {}
    shown = [_as_listed(whole, outcome.rule, part) for part in outcome.parts]
    ids, positions, state = _together(shown)
    state = _in_time(whole, outcome.rule, state)
    found = replace(outcome, ids=ids, positions=positions, state=state)
    return dict(zip(ids, found.verdicts.tolist(), strict=True))


def _hangs_on_lists(shown: Shown) -> bool:
    """Is a test undecided, and some list that it asked for not complete?"""
    return bool((shown.state == UNKNOWN).any()) and not all(shown.lists.values())


def _as_listed(whole: AuditedNetwork, rule: Rule, shown: Shown) -> Shown:
    """Test one part again where the lists may decide it."""
    if not _hangs_on_lists(shown):
        return shown
    wanted = shown.part.get("subjects", rule.subjects)
    again = isinstance(wanted, Mapping) and "linked" in wanted
    subjects = subjects_of(whole, wanted) if again else shown.subjects
    return _judge_part(whole, rule, shown.part, subjects)


def _judged(audited: AuditedNetwork, rule: Rule, part: Part) -> Shown | None:
    """Test one part on every subject that it asks; None where there is nobody to ask."""
    audited.day.lists_asked.clear()
    subjects = subjects_of(audited, part.get("subjects", rule.subjects))
    return _judge_part(audited, rule, part, subjects) if len(subjects) else None


def _nobody(rule: Rule, needs: Sequence[str], grade: str) -> Outcome:
    state = np.array([UNKNOWN], np.int8)
    return Outcome(rule, [WHOLE], np.array([-1]), state, (), tuple(needs), grade)


def _asks_nobody(part: Part, datum: str) -> Shown:
    """A test without anybody to ask: open for the network as a whole.

    What fails elsewhere stays failed, and nothing passes.
    """
    whole = Subjects([WHOLE], np.array([-1]), np.array([YES], np.int8))
    tested = as_tested([], [], 1, lacking=datum)
    return Shown(part, whole, tested, np.array([UNKNOWN], np.int8), counts_of(tested, 1), {})


def _in_time(audited: AuditedNetwork, rule: Rule, state: States) -> States:
    """An indicator cannot fail; a rule that is due later cannot fail yet."""
    if rule.kind == "indicator":
        return np.maximum(state, UNKNOWN).astype(np.int8)
    return np.where(state == NO, UNKNOWN, state) if is_early(audited, rule) else state


def is_early(audited: AuditedNetwork, rule: Rule) -> bool:
    """Return whether a rule is due only after the day of the audit."""
    due = read_iso_day(rule.due) if rule.due else None
    return due is not None and audited.date < due


def subject_datum(wanted: Mapping[str, Any] | str) -> str:
    """Name the rows that are missing where a rule finds nobody to ask: `facilities:
    type=village_clinic`.
    """
    if isinstance(wanted, str):
        return "links"
    table = table_of(wanted.get("kind", "Facility"))
    values = [
        f"{name}={'|'.join(sorted(resolved(listed)))}"
        for name, listed in wanted.items()
        if name not in ("kind", "all", "any") and isinstance(listed, list)
    ]
    known = [name for name, test in leaves(wanted) if is_known_test(test)]
    conditions = "; ".join([*values, *known])
    return f"{table}: {conditions}" if conditions else table


def _together(shown: Sequence[Shown]) -> tuple[list[str], Positions, States]:
    """Join the parts over their subjects: a subject holds where all parts about it do."""
    first = shown[0].subjects
    if all(part.subjects.ids == first.ids for part in shown):
        return list(first.ids), first.positions, np.minimum.reduce([part.state for part in shown])
    worst: dict[str, int] = {}
    position: dict[str, int] = {}
    for part in shown:
        subjects = part.subjects
        columns = zip(subjects.ids, subjects.positions.tolist(), part.state.tolist(), strict=True)
        for id, at, state in columns:
            worst[id] = min(worst.get(id, YES), state)
            position[id] = at
    return list(worst), np.array(list(position.values())), np.array(list(worst.values()), np.int8)


def _register_lacking(audited: AuditedNetwork, part: Part) -> str:
    """The table that must be declared complete for a PASS, where it is not."""
    register = str(part.get("register", ""))
    return "" if register and audited.day.declared_table(register) else register


def _is_listed_whole(audited: AuditedNetwork, datum: str) -> bool:
    """Whether a datum is a list that is declared complete; a column is none."""
    is_list = datum in TABLES or datum.startswith(f"{LINKS.name}.")
    return is_list and bool(audited.day.declaration_of(datum))


def _judge_part(audited: AuditedNetwork, rule: Rule, part: Part, subjects: Subjects) -> Shown:
    tested = PREDICATES[part["predicate"]].test(audited, part, subjects)
    size = len(subjects)
    counts = counts_of(tested, size)
    indicator = rule.kind == "indicator"
    if tested.values:
        state = by_value(tested, part, size, indicator=indicator)
    elif indicator:
        state = np.where(counts.total > 0, YES, UNKNOWN)
    else:
        state = by_count(part, counts)
    register = _register_lacking(audited, part)
    if register:
        state = np.where(state == YES, UNKNOWN, state)
    # who may not be asked at all cannot fail for certain
    state = np.where(subjects.state == YES, state, np.maximum(state, UNKNOWN))
    lists = dict(audited.day.lists_asked)
    listed = _is_listed_whole(audited, tested.lacking)
    return Shown(part, subjects, tested, state.astype(np.int8), counts, lists, register, listed)
