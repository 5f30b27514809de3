"""Test when something was done."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, NamedTuple

from medgraph.graphmodel.states import NO, UNKNOWN, YES
from medgraph.queries.policy.facts.deciding import state_of
from medgraph.queries.policy.facts.elements import elements
from medgraph.queries.policy.predicates.tested import Part, Tested, of_elements
from medgraph.queries.policy.predicates.wording import datum, equals, needs_to_belong
from medgraph.words.days import Days, days_or_none, read_iso_day
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects

ONE_DAY = datetime.timedelta(days=1)


class Checked(NamedTuple):
    """The state of a day, why, and which attribute would decide it where it is open."""

    state: int
    why: str
    lacks: str


def dated(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Test that a day (the first of `attributes` that is stated) lies not after `by` and not
    before `after`.

    A month or a year alone may be any of its days. A day that has not come is a plan and passes
    nothing. `planned` names attributes that state what is planned: later than `by` they fail, else
    they leave it open. `not_before` names an attribute whose day must not be later.
    """
    chosen = elements(audited, part, subjects)
    node = chosen.node
    done = _first_stated(audited, part["attributes"], node)
    planned = _first_stated(audited, part.get("planned", []), node)
    before = _first_stated(audited, [part["not_before"]] if "not_before" in part else [], node)
    checked = [
        _checked(audited.date, part, *days) for days in zip(done, planned, before, strict=True)
    ]
    needs = {name: datum(audited, node, name, part) for name in {one.lacks for one in checked}}
    return of_elements(
        chosen,
        [one.state for one in checked],
        len(subjects),
        why=[one.why for one in checked],
        need=[needs[one.lacks] for one in checked],
        need_to_belong=needs_to_belong(audited, part, chosen),
        lacking=datum(audited, node, part["attributes"][0], part),
    )


class _Stated(NamedTuple):
    """An attribute, and between which days that lies which it states; None: it states none."""

    name: str
    days: Days | None

    @property
    def is_one_day(self) -> bool:
        """Whether it is known to the day."""
        return self.days is not None and self.days.first == self.days.last

    def __str__(self) -> str:
        return equals(self.name, None if self.days is None else in_words(self.days))


def in_words(days: Days) -> str:
    """Return the one day, or the first and the last."""
    first, last = days
    return str(first) if first == last else f"{first}..{last}"


def _first_stated(audited: AuditedNetwork, names: list[str], node: Positions) -> list[_Stated]:
    """Return for each node the first of some attributes that states a day; else the first one."""
    if not names:
        return [_Stated("", None)] * len(node)
    columns = [audited.texts(name, node) for name in names]
    return [_first_of(dict(zip(names, texts, strict=True))) for texts in zip(*columns, strict=True)]


def _first_of(texts: dict[str, str | None]) -> _Stated:
    for name, text in texts.items():
        days = days_or_none(text)
        if days and days.first.year >= _FIRST_YEAR:
            return _Stated(name, days)
    return _Stated(next(iter(texts)), None)


_FIRST_YEAR = 1949  # a day before is a slip


def _checked(
    today: datetime.date, part: Part, done: _Stated, planned: _Stated, before: _Stated
) -> Checked:
    first = read_iso_day(part.get("after")) or datetime.date.min
    last = read_iso_day(part.get("by")) or datetime.date.max
    if done.days is None:
        return _by_plan(done, planned, last)
    allowed = Days(first, last)
    ahead = NO if last < today else UNKNOWN  # of a day that has not come
    turns = (first - ONE_DAY if first > datetime.date.min else first, first, last, today)
    days = {done.days.first, done.days.last, *(day for day in turns if _in(day, done.days))}
    states = {ahead if day > today else state_of(_in(day, allowed)) for day in days}
    if done.days.first > today:
        return Checked(ahead, say("policy_day_ahead", what=str(done)), done.name)
    if len(states) > 1:
        return Checked(UNKNOWN, str(done), done.name)
    if states == {NO}:
        return Checked(NO, str(done), done.name)
    return _in_order(part, done, before)


def _in(day: datetime.date, days: Days) -> bool:
    return days.first <= day <= days.last


def _by_plan(done: _Stated, planned: _Stated, last: datetime.date) -> Checked:
    """What holds where nothing says that it was done: a plan that is too late fails."""
    if planned.days is None:
        return Checked(UNKNOWN, str(done), done.name)
    state = NO if planned.days.first > last else UNKNOWN
    return Checked(state, say("policy_only_planned", what=str(planned)), done.name)


def _in_order(part: Part, done: _Stated, before: _Stated) -> Checked:
    """Test that what has to come first did; where its day is not stated, that is open."""
    if "not_before" not in part:
        return Checked(YES, str(done), done.name)
    if before.days is None or done.days is None:
        return Checked(UNKNOWN, str(before), before.name)
    both = f"{done}; {before}"
    lacks = done.name if before.is_one_day else before.name
    if before.days.last <= done.days.first:
        return Checked(YES, both, lacks)
    return Checked(NO if before.days.first > done.days.last else UNKNOWN, both, lacks)
