"""Read the texts of attributes: a number, a day, a list, and whether a number keeps its limits."""

from __future__ import annotations

import datetime
import operator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from medgraph.words.vocabularies import HOSPITAL_TYPES, PRIMARY_TYPES, STATION_TYPES, word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

SETS = {
    "@primary": PRIMARY_TYPES,
    "@hospital": HOSPITAL_TYPES,
    "@station": STATION_TYPES,
    "@township_centre": frozenset({"township_health_centre", "central_township_health_centre"}),
    "@level2": frozenset({"2", "2A", "2B"}),
    "@level3": frozenset({"3", "3A", "3B"}),
    "@level2up": frozenset({"2", "2A", "2B", "3", "3A", "3B"}),
}
COUNTIES = "@counties"  # the counties whose townships the network holds
Limits = dict[str, Any]


def number(text: Any) -> Fraction | None:
    """Read a number exactly: `1/3`, `0.9`, `90%`, 12; None where it is none.

    >>> number("1/3"), number("90%"), number("many")
    (Fraction(1, 3), Fraction(9, 10), None)
    """
    if text is None:
        return None
    text = str(text).strip().replace(",", "").replace("％", "%")
    try:
        return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None


def date(text: Any) -> datetime.date | None:
    """Read an ISO day; None where it is none."""
    if isinstance(text, datetime.date):
        return text
    try:
        return datetime.date.fromisoformat(str(text)[:10])
    except ValueError:
        return None


def exactly(text: Any) -> Fraction:
    """Read a number that a checked pack states; raise ValueError where it is none."""
    found = number(text)
    if found is None:
        raise ValueError(f"no number: {text}")
    return found


def one_of(wanted: Iterable[str] | str) -> Callable[[str], bool]:
    """Return a test: is any part of a text one of `wanted`?

    Parts stand between `|`; `@primary` names a set.
    """
    given = [wanted] if isinstance(wanted, str) else wanted
    allowed = {value for text in given for value in SETS.get(str(text), (str(text),))}
    if not allowed & {"yes", "no"}:
        return lambda text: bool(allowed.intersection(text.split("|")))
    return lambda text: text in allowed or word("boolean", text) in allowed


def within(value: Fraction | None, limits: Mapping[str, Any]) -> bool | None:
    """Compare a number with its limits exactly; None where it, or a limit, is no number.

    >>> within(Fraction(1, 3), {"at_least": "30%"}), within(None, {"at_least": "30%"})
    (True, None)
    """
    if value is None:
        return None
    found = True
    for name, text in limits.items():
        if name in _COMPARED:
            limit = number(text)
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

    >>> plain(Fraction(4)), plain(Fraction(1, 3)), plain(Fraction(1, 2))
    ('4', '0.3333', '0.5')
    """
    if value.denominator == 1:
        return str(value.numerator)
    return f"{float(value):.4f}".rstrip("0").rstrip(".")
