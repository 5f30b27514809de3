"""Audit a network against packs: one verdict per rule and subject, with what it stands on.

PASS, FAIL, NO_DATA per subject; a rule FAILs if any subject fails, else is NO_DATA if any lacks data, else
PASS. An indicator is INFO with its value, or NO_DATA. Silence is never a pass: what is not found fails only where its
table is declared complete, and what could not be loaded can only widen the range between worst and best case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from medgraph.queries.policy.facts.audited_network import (
    NO,
    UNKNOWN,
    YES,
    View,
    date,
    number,
    within,
)
from medgraph.queries.policy.facts.subjects import WHOLE, Subjects, Tested, Value, subjects_of
from medgraph.queries.policy.packs.faults import Rule
from medgraph.queries.policy.predicates import linked, ratio, scored  # noqa: F401  register
from medgraph.queries.policy.predicates.ratio import plain
from medgraph.queries.policy.predicates.value import ALLOWED, PREDICATES
from medgraph.words.say import say

__all__ = ["ALLOWED", "PREDICATES", "VERDICT", "Outcome", "Shown", "judge_rule"]

VERDICT = {YES: "PASS", NO: "FAIL", UNKNOWN: "NO_DATA"}
_WORST_FIRST = ("FAIL", "NO_DATA", "INFO", "PASS")


@dataclass(frozen=True)
class Shown:
    """One test of a rule as it came out: aligned with its own subjects."""

    part: Mapping[str, Any]
    subjects: Subjects
    tested: Tested
    state: np.ndarray
    met: np.ndarray
    open: np.ndarray
    total: np.ndarray


@dataclass(frozen=True)
class Outcome:
    """What a rule came to: `ids` of its subjects, the state of each, and the tests behind."""

    rule: Rule
    ids: list[str]
    positions: np.ndarray
    state: np.ndarray
    parts: tuple[Shown, ...]
    needs: tuple[str, ...]  # parameters nobody has set, or the data of subjects that are not there
    grade: str

    @property
    def verdicts(self) -> np.ndarray:
        words = ["FAIL", "NO_DATA", "INFO" if self.rule.kind == "indicator" else "PASS"]
        return np.array(words, object)[self.state]

    @property
    def verdict(self) -> str:
        found = set(self.verdicts.tolist())
        return next(v for v in _WORST_FIRST if v in found)


def judge_rule(view: View, rule: Rule, given: Mapping[str, Any]) -> Outcome:
    """Test one rule on every subject; `given` are the parameters that the user sets for it."""
    parts, lost = rule.settled(given)
    grade = "user" if given and set(given) & {*rule.ask, *rule.parameters} else rule.grade
    if lost:
        return _nobody(rule, tuple(f"parameters.{rule.id}.{name}" for name in lost), grade)
    shown = []
    for part in parts:
        subjects = subjects_of(view, part.get("subjects", rule.subjects))
        if not len(subjects):
            return _nobody(rule, (subject_datum(view, part.get("subjects", rule.subjects)),), grade)
        shown.append(_judge_part(view, rule, part, subjects))
    ids, positions, state = _together(shown)
    if rule.kind == "indicator":
        state = np.maximum(state, UNKNOWN)
    elif rule.due and view.day < date(rule.due):
        state = np.where(state == NO, UNKNOWN, state)
    return Outcome(rule, ids, positions, state, tuple(shown), (), grade)


def _nobody(rule: Rule, needs: tuple[str, ...], grade: str) -> Outcome:
    return Outcome(rule, [WHOLE], np.array([-1]), np.array([UNKNOWN]), (), needs, grade)


def subject_datum(view: View, wanted: Mapping[str, Any] | str) -> str:
    """Name the rows that are missing where a rule finds nobody to ask: `facilities: type=village_clinic`."""
    if isinstance(wanted, str):
        return "links"
    kinds = wanted.get("kind", "Facility")
    table = view.table_of(kinds if isinstance(kinds, str) else kinds[0])
    named = [
        f"{k}={'|'.join(map(str, v))}"
        for k, v in wanted.items()
        if k != "kind" and isinstance(v, list)
    ]
    rest = "; ".join(
        [*named, *(k for k, v in wanted.items() if isinstance(v, Mapping) and v.get("known"))]
    )
    return f"{table}: {rest}" if rest else table


def _together(shown: list[Shown]) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Join the parts over their subjects: a subject holds where all parts about it do."""
    first = shown[0]
    if all(s.subjects.ids == first.subjects.ids for s in shown):
        return (
            list(first.subjects.ids),
            first.subjects.positions,
            np.minimum.reduce([s.state for s in shown]),
        )
    worst: dict[str, int] = {}
    where: dict[str, int] = {}
    for part in shown:
        for id, at, state in zip(
            part.subjects.ids, part.subjects.positions.tolist(), part.state.tolist(), strict=True
        ):
            worst[id] = min(worst.get(id, YES), state)
            where[id] = at
    return list(worst), np.array(list(where.values())), np.array(list(worst.values()))


def _judge_part(view: View, rule: Rule, part: Mapping[str, Any], subjects: Subjects) -> Shown:
    tested = PREDICATES[part["predicate"]](view, part, subjects)
    size = len(subjects)
    met = np.bincount(tested.subject[tested.state == YES], minlength=size)
    open_ones = np.bincount(tested.subject[tested.state == UNKNOWN], minlength=size)
    total = np.bincount(tested.subject, minlength=size)
    if tested.values:
        state = np.array([_valued(tested.values.get(i), part, rule.kind) for i in range(size)])
    elif rule.kind == "indicator":
        state = np.where(total > 0, YES, UNKNOWN)
    else:
        state = _counted(view, part, met, open_ones, total, tested.whole)
    register = part.get("register")
    if register and (view.left_out or view.net.meta.get(f"{register}.complete") != "complete"):
        state = np.where(state == YES, UNKNOWN, state)
    return Shown(part, subjects, tested, state.astype(np.int8), met, open_ones, total)


def _counted(view: View, part: Mapping[str, Any], met, open_ones, total, whole) -> np.ndarray:
    """Compare counts with the part's `share` (all, unless stated), `at_least`, `at_most` or `exactly`."""
    if not {"at_least", "at_most", "exactly"} & set(part):
        share = number(part.get("share", "1"))
        out = view.left_out if part.get("of", "self") != "self" else 0
        num, den = share.numerator, share.denominator
        good = met * den >= num * (total + out)
        bad = (
            (met + open_ones) * den < num * total
            if not out
            else (met + open_ones + out) * den < num * (total + out)
        )
        return np.where(total == 0, UNKNOWN, np.where(good, YES, np.where(bad, NO, UNKNOWN)))
    least = part.get("exactly", part.get("at_least", 0))
    state = np.where(met >= least, YES, np.where((met + open_ones < least) & whole, NO, UNKNOWN))
    most = part.get("exactly", part.get("at_most"))
    if most is not None:
        upper = np.where(met > most, NO, np.where((met + open_ones <= most) & whole, YES, UNKNOWN))
        state = np.minimum(state, upper)
    return state


def _valued(value: Value | None, part: Mapping[str, Any], kind: str) -> int:
    """Compare a number known within bounds with `limits`: it decides only where the whole range agrees."""
    if value is None:
        return UNKNOWN
    limits = dict(part.get("limits", {}))
    if kind == "indicator" or not limits:
        return YES if value.exact else UNKNOWN
    if "about" in limits:
        limits["at_least"] = str(number(limits.pop("about")) - number(limits.pop("tolerance", "0")))
    lower = {k: v for k, v in limits.items() if k in ("at_least", "more_than", "exactly")}
    upper = {k: v for k, v in limits.items() if k in ("at_most", "less_than", "exactly")}
    low_ok = not lower or (
        value.low is not None and bool(within(value.low, _as(lower, "at_least")))
    )
    high_ok = not upper or (
        value.high is not None and bool(within(value.high, _as(upper, "at_most")))
    )
    if low_ok and high_ok:
        return YES
    too_low = lower and value.high is not None and not within(value.high, _as(lower, "at_least"))
    too_high = upper and value.low is not None and not within(value.low, _as(upper, "at_most"))
    return NO if too_low or too_high else UNKNOWN


def _as(limits: Mapping[str, str], exactly: str) -> dict[str, str]:
    return {(exactly if k == "exactly" else k): v for k, v in limits.items()}


def threshold(part: Mapping[str, Any]) -> str:
    """Return what a part asks for, as people write it: `≥1/3`, `=4`, `100%`."""
    signs = {
        "at_least": "≥",
        "at_most": "≤",
        "more_than": ">",
        "less_than": "<",
        "exactly": "=",
        "about": "≈",
        "tolerance": "±",
    }
    if limits := part.get("limits"):
        return " ".join(f"{signs[k]}{v}" for k, v in limits.items())
    counts = [f"{signs[k]}{part[k]}" for k in ("at_least", "at_most", "exactly") if k in part]
    return " ".join(counts) or (f"≥{part['share']}" if "share" in part else "100%")


def gap(rule: Rule, shown: Shown) -> str:
    """Name what stands between a part and its verdict where every element is decided: a table's completeness, a day."""
    if shown.part.get("register"):
        return f"{shown.part['register']} ({say('policy_complete')})"
    if not shown.tested.whole.all():
        return f"{shown.tested.lacking} ({say('policy_complete')})"
    return f"due {rule.due}" if rule.due else shown.tested.lacking


def case(shown: Shown, i: int) -> tuple[str, str]:
    """Return worst and best case of a part for its subject `i`: as counts, or as the bounds of its number."""
    value = shown.tested.values.get(i)
    if value is not None:
        return _bound(value.low), _bound(value.high)
    met, top = int(shown.met[i]), int(shown.met[i] + shown.open[i])
    return f"{met}/{shown.total[i]}", f"{top}/{shown.total[i]}"


def _bound(value: Fraction | None) -> str:
    return say("policy_open") if value is None else plain(value)
