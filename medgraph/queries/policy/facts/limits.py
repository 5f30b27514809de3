"""Compare numbers with the limits that a pack states, exactly, and write them."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any

from medgraph.words.numerals import read_exact

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from fractions import Fraction


def stated_number(text: Any) -> Fraction:
    """Read a number that a checked pack states; raise ValueError where it is none."""
    found = read_exact(text)
    if found is None:
        raise ValueError(f"no number: {text}")
    return found


def within(value: Fraction | None, limits: Mapping[str, Any]) -> bool | None:
    """Compare a number with its limits exactly; None where it, or a limit, is no number.

    >>> from fractions import Fraction
    >>> within(Fraction(1, 3), {"at_least": "30%"}), within(None, {"at_least": "30%"})
    (True, None)
    """
    if value is None:
        return None
    found = True
    for name, text in limits.items():
        if name in _COMPARED:
            limit = read_exact(text)
            if limit is None:
                return None
            found = found and _COMPARED[name](value, limit)
    return found


_COMPARED: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "at_least": operator.ge,
    "at_most": operator.le,
    "more_than": operator.gt,
    "less_than": operator.lt,
    "exactly": operator.eq,
}


def plain(value: Fraction) -> str:
    """Write a fraction as people do: whole, or up to four decimals.

    >>> from fractions import Fraction
    >>> plain(Fraction(4)), plain(Fraction(1, 3)), plain(Fraction(1, 2))
    ('4', '0.3333', '0.5')
    """
    if value.denominator == 1:
        return str(value.numerator)
    return f"{float(value):.4f}".rstrip("0").rstrip(".")
