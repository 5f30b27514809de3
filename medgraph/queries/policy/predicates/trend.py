"""Compare a value with that of the year before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from medgraph.graphmodel.states import UNKNOWN, YES
from medgraph.queries.policy.facts.deciding import state_of
from medgraph.queries.policy.facts.elements import Elements, elements
from medgraph.queries.policy.facts.limits import plain, within
from medgraph.queries.policy.predicates.tested import Part, Tested, Value, of_elements
from medgraph.queries.policy.predicates.wording import datum, needs_to_belong, not_stated
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime
    from fractions import Fraction

    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects


class _Grown(NamedTuple):
    """How a series grew: the state of the test, its years as a text, growth where it is one
    number.
    """

    state: int
    text: str
    growth: Fraction | None = None


def trend(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Compare the last full year with the one before (`attribute@2023`): `falling`, or growth
    within `limits`.

    The last full year is that of the audit where its day is 31 December, else the one before; other
    years say nothing. Growth is relative, or in points (`growth`); where it is not stated which,
    both must agree.
    """
    chosen = elements(audited, part, subjects)
    name = part["attribute"]
    years = _two_years(audited.date)
    columns = [audited.numbers(f"{name}@{year}", chosen.node) for year in years]
    pairs = [_Pair(years, *values) for values in zip(*columns, strict=True)]
    grown = [_falling(one) if part.get("falling") else _growth(one, part) for one in pairs]
    need = datum(audited, chosen.node, f"{name}@{years[1]}", part)
    return of_elements(
        chosen,
        [one.state for one in grown],
        len(subjects),
        label=name,
        why=[one.text for one in grown],
        need=[_lacking(audited, part, one, need) for one in pairs],
        need_to_belong=needs_to_belong(audited, part, chosen),
        lacking=need,
        values=_values(chosen, grown) if _is_measured(part) else None,
    )


def _two_years(today: datetime.date) -> tuple[int, int]:
    last = today.year if (today.month, today.day) == (12, 31) else today.year - 1
    return last - 1, last


class _Pair(NamedTuple):
    """A value of the year before and of the last full year; None where it is not known."""

    years: tuple[int, int]
    before: Fraction | None
    now: Fraction | None

    @property
    def text(self) -> str:
        if self.before is None and self.now is None:
            return say("policy_nothing")
        values = zip(self.years, (self.before, self.now), strict=True)
        return " → ".join(
            not_stated(str(year)) if value is None else f"{year}: {plain(value)}"
            for year, value in values
        )


def _lacking(audited: AuditedNetwork, part: Part, pair: _Pair, need: str) -> str:
    if pair.now is None:
        return need
    if pair.before is None:
        return need.replace(f"@{pair.years[1]}", f"@{pair.years[0]}")
    return "parameters.reading"


def _is_measured(part: Part) -> bool:
    """Does a part state no test, so that its number itself is what is asked?"""
    return not part.get("falling") and "limits" not in part


def _values(chosen: Elements, grown: list[_Grown]) -> dict[int, Value]:
    return {
        subject: Value(one.growth, one.growth, "?" if one.growth is None else one.text)
        for subject, one in zip(chosen.subject.tolist(), grown, strict=True)
    }


def _falling(pair: _Pair) -> _Grown:
    if pair.before is None or pair.now is None:
        return _Grown(UNKNOWN, pair.text)
    return _Grown(state_of(pair.now < pair.before), pair.text)


def _growth(pair: _Pair, part: Part) -> _Grown:
    before, now = pair.before, pair.now
    if before is None or now is None:
        return _Grown(UNKNOWN, pair.text)
    readings = {"relative": now / before - 1 if before else None, "points": now - before}
    reading = part.get("growth") or "relative"
    growth = readings[reading]
    limits = part.get("limits", {})
    if not limits:
        return _Grown(YES, pair.text, growth)
    asked = [growth] if part.get("growth") in readings else list(readings.values())
    answers = {within(value, limits) for value in asked}
    return _Grown(state_of(answers.pop()) if len(answers) == 1 else UNKNOWN, pair.text, growth)
