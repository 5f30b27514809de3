"""Compare a share, a rate or a plain number with its limits."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from medgraph.queries.policy.facts.limits import plain, stated_number
from medgraph.queries.policy.predicates.amounts import Amount, Range, amount
from medgraph.queries.policy.predicates.tested import Part, Tested, Value, joined

if TYPE_CHECKING:
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects

_ONE = Range(Fraction(1), Fraction(1))


def ratio(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Compare a number, or a numerator over its denominator times `scale`, with `limits`; exactly.

    An amount is `{sum = "beds", of = …, where = …}`, a `mean`, a `count` of elements that pass a
    test, or the sum of a column over `links` of the lead. What is missing makes a range, and a
    range decides only where all of it agrees.
    """
    above = amount(audited, part["numerator"], subjects)
    if "denominator" not in part:
        below = Amount([_ONE] * len(subjects), above.tested)
        tested = above.tested
    else:
        below = amount(audited, part["denominator"], subjects)
        tested = joined([above.tested, below.tested])
    pairs = zip(above.ranges, below.ranges, strict=True)
    return tested.with_values({i: _quotient(top, low, part) for i, (top, low) in enumerate(pairs)})


def _quotient(top: Range, below: Range, part: Part) -> Value:
    """Divide two ranges: the least over the greatest, and the greatest over the least."""
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
