"""Compare a share, a rate or a plain number with its limits."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, cast

from medgraph.queries.policy.facts.limits import plain, stated_number
from medgraph.queries.policy.facts.paths import PATHS, walk
from medgraph.queries.policy.predicates.amounts import Amount, Range, amount
from medgraph.queries.policy.predicates.tested import Part, Tested, Value, joined
from medgraph.words.quantities import SHARE
from medgraph.words.say import say
from medgraph.words.stated import same_text

if TYPE_CHECKING:
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects

_ONE = Range(Fraction(1), Fraction(1))


def ratio(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Compare a number, or a numerator over its denominator times `scale`, with `limits`; exactly.

    With `whole` the numerator is a part of the denominator, and one that is greater contradicts it.
    `periods` names the attributes that state the periods of both; where one is stated they have to
    be equal. An amount is `{sum = "beds", of = …, where = …}`, a `mean`, a `count` of elements that
    pass a test, or the sum of a column over `links` of the lead. What is missing makes a range,
    and a range decides only where all of it agrees.
    """
    above = amount(audited, _asked(part), subjects)
    if "denominator" not in part:
        below = Amount([_ONE] * len(subjects), above.tested)
        tested = above.tested
    else:
        below = amount(audited, part["denominator"], subjects)
        tested = joined([above.tested, below.tested])
    same_period = _same_period(audited, part, subjects)
    pairs = zip(above.ranges, below.ranges, same_period, strict=True)
    return tested.with_values(
        {
            place: _quotient(top, low, part) if fits else _not_comparable("policy_other_period")
            for place, (top, low, fits) in enumerate(pairs)
        }
    )


def _asked(part: Part) -> Part:
    """The numerator; where it stands alone and its limits are in per cent, it is a share."""
    limits = part.get("limits", {}).values()
    if "denominator" in part or not any(str(limit).endswith("%") for limit in limits):
        return cast("Part", part["numerator"])
    return {"unit": SHARE, **part["numerator"]}


def _same_period(audited: AuditedNetwork, part: Part, subjects: Subjects) -> list[bool]:
    """Do numerator and denominator say the same period? Where neither states one they do."""
    periods = part.get("periods")
    if not periods or "links" not in part["numerator"]:
        return [True] * len(subjects)
    leads = walk(audited, subjects.positions, PATHS["lead"])
    below = audited.texts(periods["denominator"], leads.end)
    ways = walk(audited, leads.end, [f">{part['numerator']['links']}"], classes=True)
    above = audited.link_column(periods["numerator"], ways.row).to_pylist()
    said: list[set[str | None]] = [set() for _ in range(len(subjects))]
    for place, text in zip(leads.start.tolist(), below, strict=True):
        said[place].add(text and same_text(text))
    for way, text in zip(ways.start.tolist(), above, strict=True):
        said[int(leads.start[way])].add(text and same_text(text))
    return [len(found) <= 1 for found in said]


def _not_comparable(why: str, numbers: str = "") -> Value:
    told = f"{say(why)}{numbers and f' ({numbers})'}"
    return Value(Fraction(0), None, told, told)


def _quotient(top: Range, below: Range, part: Part) -> Value:
    """Divide two ranges: the least over the greatest, and the greatest over the least."""
    if part.get("whole") and below.most is not None and top.least > below.most:
        return _not_comparable("policy_above_whole", f"{plain(top.least)} > {plain(below.most)}")
    scale = stated_number(part.get("scale", "1"))
    floor, ceiling = Fraction(0), None
    if below.most:
        floor = top.least / below.most * scale
    if top.most is not None and below.least and below.most != 0:
        ceiling = top.most / below.least * scale
    return Value(floor, ceiling, _text(floor, ceiling, top, below, part))


def _text(floor: Fraction, ceiling: Fraction | None, top: Range, below: Range, part: Part) -> str:
    if floor != ceiling:
        return f"≥{plain(floor)}" if floor else "?"
    text = f"{float(floor) * 100:.2f}%" if part.get("percent") else plain(floor)
    if "denominator" not in part:
        return text
    return f"{text} ({plain(top.least)}/{plain(below.least)})"
