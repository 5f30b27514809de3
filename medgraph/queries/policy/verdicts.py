"""Judge one rule: from counts and bounds of what its tests found to one verdict per subject.

PASS, FAIL, NO_DATA per subject; a rule FAILs if any subject fails, else is NO_DATA if any lacks
data, else PASS. An indicator is INFO with its value, or NO_DATA. Silence is never a pass: what is
not found fails only where its table is declared complete, and what could not be loaded can only
widen the range between worst and best case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from medgraph.graphmodel.states import NO, UNKNOWN, YES
from medgraph.queries.policy.facts.audited_network import AuditedNetwork, table_of
from medgraph.queries.policy.facts.deciding import decided
from medgraph.queries.policy.facts.limits import stated_number, within
from medgraph.queries.policy.facts.subjects import WHOLE, Subjects, subjects_of
from medgraph.queries.policy.predicates.table import PREDICATES
from medgraph.words.days import read_iso_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from numpy.typing import NDArray

    from medgraph.graphmodel.arrays.types import Mask, Positions, States
    from medgraph.queries.policy.packs.pack import Rule
    from medgraph.queries.policy.predicates.tested import Part, Tested, Value

_WORST_FIRST = ("FAIL", "NO_DATA", "INFO", "PASS")
_COUNTS = frozenset({"at_least", "at_most", "exactly"})


class Counts(NamedTuple):
    """Per subject: how many elements hold (`met`), may hold (`open`), are there (`total`), and
    are these all (`whole`).
    """

    met: Positions
    open: Positions
    total: Positions
    whole: Mask

    def of(self, place: int) -> Counts:
        """Return the counts of the subject in one place alone."""
        one = slice(place, place + 1)
        return Counts(self.met[one], self.open[one], self.total[one], self.whole[one])


@dataclass(frozen=True)
class Shown:
    """One test of a rule as it came out: aligned with its own subjects."""

    part: Part
    subjects: Subjects
    tested: Tested
    state: States
    counts: Counts

    def places(self, subject: str) -> list[int]:
        """Return where a subject is among those of this test: one place, or none."""
        ids = list(self.subjects.ids)
        return [ids.index(subject)] if subject in ids else []


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
    def verdicts(self) -> NDArray[np.object_]:
        """The verdict on each subject."""
        good = "INFO" if self.rule.kind == "indicator" else "PASS"
        found: NDArray[np.object_] = np.array(["FAIL", "NO_DATA", good], object)[self.state]
        return found

    @property
    def verdict(self) -> str:
        """The verdict on the rule: the worst of its subjects."""
        found = set(self.verdicts.tolist())
        return next(verdict for verdict in _WORST_FIRST if verdict in found)


def judge_rule(audited: AuditedNetwork, rule: Rule, given: Mapping[str, Any]) -> Outcome:
    """Test one rule on every subject; `given` are the parameters that the user sets for it."""
    parts, lost = rule.settled(given)
    set_by_user = given.keys() & {*rule.ask, *rule.parameters}
    grade = "user" if set_by_user else rule.grade
    if lost:
        return _nobody(rule, [f"parameters.{rule.id}.{name}" for name in lost], grade)
    shown = []
    for part in parts:
        wanted = part.get("subjects", rule.subjects)
        subjects = subjects_of(audited, wanted)
        if not len(subjects):
            return _nobody(rule, [subject_datum(wanted)], grade)
        shown.append(_judge_part(audited, rule, part, subjects))
    ids, positions, state = _together(shown)
    return Outcome(rule, ids, positions, _in_time(audited, rule, state), tuple(shown), (), grade)


def _nobody(rule: Rule, needs: Sequence[str], grade: str) -> Outcome:
    state = np.array([UNKNOWN], np.int8)
    return Outcome(rule, [WHOLE], np.array([-1]), state, (), tuple(needs), grade)


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
        f"{name}={'|'.join(map(str, listed))}"
        for name, listed in wanted.items()
        if name != "kind" and isinstance(listed, list)
    ]
    known = [
        name for name, test in wanted.items() if isinstance(test, Mapping) and test.get("known")
    ]
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


def _judge_part(audited: AuditedNetwork, rule: Rule, part: Part, subjects: Subjects) -> Shown:
    tested = PREDICATES[part["predicate"]].test(audited, part, subjects)
    size = len(subjects)
    counts = Counts(
        np.bincount(tested.subject[tested.state == YES], minlength=size),
        np.bincount(tested.subject[tested.state == UNKNOWN], minlength=size),
        np.bincount(tested.subject, minlength=size),
        tested.whole,
    )
    if tested.values:
        state = _by_value(tested, part, rule, size)
    elif rule.kind == "indicator":
        state = np.where(counts.total > 0, YES, UNKNOWN)
    else:
        state = by_count(audited, part, counts)
    register = part.get("register")
    if register and not _is_closed(audited, register):
        state = np.where(state == YES, UNKNOWN, state)
    return Shown(part, subjects, tested, state.astype(np.int8), counts)


def _is_closed(audited: AuditedNetwork, register: str) -> bool:
    stated = audited.net.meta.get(f"{register}.complete")
    return not audited.left_out and stated == "complete"


# -- counts against a threshold ------------------------------------------------------------------


def by_count(audited: AuditedNetwork, part: Part, counts: Counts) -> States:
    """Compare counts with the part's `at_least`, `at_most`, `exactly`, else its `share` (all,
    unless stated).
    """
    if not _COUNTS & part.keys():
        left_out = audited.left_out if part.get("of", "self") != "self" else 0
        return _by_share(stated_number(part.get("share", "1")), counts, left_out)
    least = part.get("exactly", part.get("at_least", 0))
    most = part.get("exactly", part.get("at_most"))
    possible = counts.met + counts.open
    state = _state(counts.met >= least, (possible < least) & counts.whole)
    if most is None:
        return state
    few_enough = (possible <= most) & counts.whole
    return np.minimum(state, _state(few_enough, counts.met > most))


def _by_share(share: Fraction, counts: Counts, left_out: int) -> States:
    """Compare met of total with a share; rows left out may be more elements, which hold or not."""
    numerator, denominator = share.numerator, share.denominator
    wanted = numerator * (counts.total + left_out)
    possible = counts.met + counts.open + left_out
    enough, too_few = counts.met * denominator >= wanted, possible * denominator < wanted
    return np.where(counts.total == 0, UNKNOWN, _state(enough, too_few))


def _state(yes: Mask, no: Mask) -> States:
    return np.select([yes, no], [YES, NO], UNKNOWN)


# -- a number within bounds against limits -------------------------------------------------------


def _by_value(tested: Tested, part: Part, rule: Rule, size: int) -> States:
    limits = {} if rule.kind == "indicator" else _plain_limits(part.get("limits", {}))
    return np.array([_valued(tested.values.get(i), limits) for i in range(size)])


def _plain_limits(limits: Mapping[str, str]) -> dict[str, str]:
    """Write `about` with its `tolerance` as the least that will do."""
    plain = dict(limits)
    if "about" in plain:
        tolerance = stated_number(plain.pop("tolerance", "0"))
        plain["at_least"] = str(stated_number(plain.pop("about")) - tolerance)
    return plain


def _valued(value: Value | None, limits: Mapping[str, str]) -> int:
    """Compare a number known within bounds with limits: it decides only where the whole range
    agrees.
    """
    if value is None:
        return UNKNOWN
    if not limits:
        return YES if value.exact else UNKNOWN
    floor = _side(limits, ("at_least", "more_than"), exactly_as="at_least")
    ceiling = _side(limits, ("at_most", "less_than"), exactly_as="at_most")
    keeps = _keeps(value.low, floor) and _keeps(value.high, ceiling)
    breaks = _breaks(value.high, floor) or _breaks(value.low, ceiling)
    return decided(keeps, breaks)


def _side(limits: Mapping[str, str], names: tuple[str, str], *, exactly_as: str) -> dict[str, str]:
    """Return the limits of one side; `exactly` bounds a number from both."""
    side = {name: limits[name] for name in names if name in limits}
    if "exactly" in limits:
        side[exactly_as] = limits["exactly"]
    return side


def _keeps(end: Fraction | None, limits: Mapping[str, str]) -> bool:
    """Does this end of the range keep the limits? Without a bound it keeps none but no limits."""
    return not limits or bool(within(end, limits))


def _breaks(end: Fraction | None, limits: Mapping[str, str]) -> bool:
    """Does even this end of the range break the limits?"""
    return bool(limits) and within(end, limits) is False
