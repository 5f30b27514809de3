"""Compare a value with that of the year before."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple

from medgraph.graphmodel.states import UNKNOWN, YES
from medgraph.queries.policy.facts.deciding import state_of
from medgraph.queries.policy.facts.elements import elements
from medgraph.queries.policy.facts.limits import plain, stated_number
from medgraph.queries.policy.predicates.tested import Part, Tested, Value, as_tested
from medgraph.queries.policy.predicates.wording import datum
from medgraph.words.numerals import read_exact
from medgraph.words.say import say

if TYPE_CHECKING:
    from fractions import Fraction

    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects

Series = list[tuple[str, "Fraction"]]


class _Grown(NamedTuple):
    """How a series grew: the state of the test, its years as a text, growth where it is one
    number.
    """

    state: int
    text: str
    growth: Fraction | None = None


def trend(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Compare a value with the year before (`attribute@2023`): `falling` in every year, or growth
    within `limits`.

    Growth is relative, or in points (`reading`); where it is not stated which, both must agree.
    """
    which, node, whole = elements(audited, part, subjects)
    name = part["attribute"]
    columns = {year: audited.texts(f"{name}@{year}", node) for year in _years(audited, name)}
    series = [
        _series({year: texts[i] for year, texts in columns.items()}) for i in range(len(node))
    ]
    grown = [_falling(one) if part.get("falling") else _growth(one, part) for one in series]
    need = datum(audited, node, f"{name}@{audited.date.year}", part)
    return as_tested(
        which,
        [one.state for one in grown],
        len(subjects),
        node=node,
        label=name,
        why=[one.text for one in grown],
        need=[need if len(one) < 2 else "parameters.reading" for one in series],
        lacking=need,
        whole=whole,
        values=_values(which.tolist(), grown) if _is_measured(part) else None,
    )


def _is_measured(part: Part) -> bool:
    """Does a part state no test, so that its number itself is what is asked?"""
    return not part.get("falling") and "limits" not in part


def _values(which: list[int], grown: list[_Grown]) -> dict[int, Value]:
    return {
        subject: Value(one.growth, one.growth, "?" if one.growth is None else one.text)
        for subject, one in zip(which, grown, strict=True)
    }


def _years(audited: AuditedNetwork, name: str) -> list[str]:
    """Return the years until the day of which a value is stated."""
    years = [column.split("@")[1] for column in audited.columns_beginning(f"{name}@")]
    return sorted(year for year in years if year.isdigit() and int(year) <= audited.date.year)


def _series(texts: dict[str, str | None]) -> Series:
    return [
        (year, value) for year, text in texts.items() if (value := read_exact(text)) is not None
    ]


def _written(series: Series) -> str:
    years = [f"{year}: {plain(value)}" for year, value in series]
    return " → ".join(years) or say("policy_nothing")


def _falling(series: Series) -> _Grown:
    text = _written(series)
    if len(series) < 2:
        return _Grown(UNKNOWN, text)
    values = [value for _, value in series]
    falls = all(after < before for before, after in itertools.pairwise(values))
    return _Grown(state_of(falls), text)


def _growth(series: Series, part: Part) -> _Grown:
    text = _written(series)
    if len(series) < 2:
        return _Grown(UNKNOWN, text)
    (_, before), (_, now) = series[-2:]
    readings = {"relative": now / before - 1 if before else None, "points": now - before}
    reading = part.get("reading") or "relative"
    growth = readings[reading]
    limits = part.get("limits", {})
    if not limits:
        return _Grown(YES, text, growth)
    least = stated_number(limits.get("at_least", "0"))
    asked = [readings[reading]] if part.get("reading") in readings else list(readings.values())
    answers = {None if value is None else value >= least for value in asked}
    return _Grown(state_of(answers.pop()) if len(answers) == 1 else UNKNOWN, text, growth)
