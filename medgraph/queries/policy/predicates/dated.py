"""Test when something was done."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from medgraph.graphmodel.states import NO, UNKNOWN
from medgraph.queries.policy.facts.deciding import state_of
from medgraph.queries.policy.facts.elements import elements
from medgraph.queries.policy.predicates.tested import Part, Tested, of_elements
from medgraph.queries.policy.predicates.wording import datum, equals, needs_to_belong
from medgraph.words.days import day_or_none, read_iso_day
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects

Checked = tuple[int, str]  # the state of a day, and why


def dated(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Test that a day (the first of `attributes` that is stated) lies not after `by` and not
    before `after`.

    A day that has not come is a plan and passes nothing. `planned` names attributes that state
    what is planned: later than `by` they fail, else they leave it open. `not_before` names an
    attribute whose day must not be later.
    """
    chosen = elements(audited, part, subjects)
    node = chosen.node
    done = _first_days(audited, part["attributes"], node)
    planned = _first_days(audited, part.get("planned", []), node)
    before = _first_days(audited, [part["not_before"]] if "not_before" in part else [], node)
    checked = [
        _checked(audited.date, part, *days) for days in zip(done, planned, before, strict=True)
    ]
    need = datum(audited, node, part["attributes"][0], part)
    return of_elements(
        chosen,
        [state for state, _ in checked],
        len(subjects),
        why=[why for _, why in checked],
        need=need,
        need_to_belong=needs_to_belong(audited, part, chosen),
        lacking=need,
    )


Day = tuple[str, datetime.date | None]  # an attribute, and the day that it states


def _first_days(audited: AuditedNetwork, names: list[str], node: Positions) -> list[Day]:
    """Return for each node the first of some attributes that states a day; else the first one."""
    if not names:
        return [("", None)] * len(node)
    columns = [audited.texts(name, node) for name in names]
    return [
        _first_stated(dict(zip(names, texts, strict=True))) for texts in zip(*columns, strict=True)
    ]


def _first_stated(texts: dict[str, str | None]) -> Day:
    for name, text in texts.items():
        day = day_or_none(text)
        if day and day.year >= _FIRST_YEAR:
            return name, day
    return next(iter(texts)), None


_FIRST_YEAR = 1949  # a day before is a slip


def _checked(today: datetime.date, part: Part, done: Day, planned: Day, before: Day) -> Checked:
    first = read_iso_day(part.get("after")) or datetime.date.min
    last = read_iso_day(part.get("by")) or datetime.date.max
    name, day = done
    if day is None:
        return _by_plan(name, planned, last)
    if day > today:
        state = NO if last < today else UNKNOWN
        return state, say("policy_day_ahead", what=equals(name, day))
    if not first <= day <= last:
        return NO, equals(name, day)
    return _in_order(part, done, before)


def _by_plan(name: str, planned: Day, last: datetime.date) -> Checked:
    """What holds where nothing says that it was done: a plan that is too late fails."""
    plan, day = planned
    if day is None:
        return UNKNOWN, equals(name, None)
    return (NO if day > last else UNKNOWN), say("policy_only_planned", what=equals(plan, day))


def _in_order(part: Part, done: Day, before: Day) -> Checked:
    """Test that what has to come first did; where its day is not stated, that is open."""
    name, day = done
    if "not_before" not in part:
        return state_of(True), equals(name, day)
    if before[1] is None or day is None:
        return UNKNOWN, equals(*before)
    return state_of(before[1] <= day), f"{equals(name, day)}; {equals(*before)}"
