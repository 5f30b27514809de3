"""Take elements out of resources that anybody may have written: what is not as it should is none.

Nothing here raises: a directory is hostile data, and one wrong element costs itself alone.
"""

from __future__ import annotations

import calendar
import datetime
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Element = Mapping[str, Any]

_NOTHING: dict[str, Any] = {}
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T.*)?)?)?", re.ASCII)


def text(value: Any) -> str | None:
    """Return a text, also where a number stands in its place; None for all else."""
    if isinstance(value, str):
        return value.strip() or None
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if is_number else None


def part(value: Any, name: str) -> Element:
    """Return the element `name` of an element, empty where it is none."""
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else _NOTHING


def parts(value: Any, name: str) -> list[dict[str, Any]]:
    """Return the elements of a list; one that stands alone is a list of one."""
    found = value.get(name) if isinstance(value, dict) else None
    if isinstance(found, dict):
        return [found]
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def texts(value: Any, name: str) -> list[str]:
    """Return the texts of a list."""
    found = value.get(name) if isinstance(value, dict) else None
    listed = found if isinstance(found, list) else [found]
    return [said for one in listed if (said := text(one))]


def codings(value: Any, name: str) -> Iterator[tuple[str, str]]:
    """Yield system and code of all codings of the concepts `name`."""
    for concept in parts(value, name):
        for coding in parts(concept, "coding"):
            if code := text(coding.get("code")):
                yield text(coding.get("system")) or "", code


def concept_text(concept: Element) -> str | None:
    """Return what a concept says: its text, else the display or the code of its first coding."""
    if said := text(concept.get("text")):
        return said
    for coding in parts(concept, "coding"):
        if said := text(coding.get("display")) or text(coding.get("code")):
            return said
    return None


def flag(value: Any, name: str) -> bool | None:
    """Return the truth value `name` of an element; None for all else, also for a text."""
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, bool) else None


def extension(value: Any, url: str) -> Element:
    """Return the extension with this url, empty where there is none."""
    return next((one for one in parts(value, "extension") if one.get("url") == url), _NOTHING)


def extension_value(one: Element) -> Any:
    """Return the value of an extension, whatever its type; None where it has none."""
    return next((value for key, value in one.items() if key.startswith("value")), None)


def number(value: Any) -> float | None:
    """Return a number; None for all else, for NaN and infinity."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if abs(found) < float("inf") else None


def day(value: Any, *, last: bool = False) -> datetime.date | None:
    """Return the day of a date or an instant; of a year or a month the first, or the `last`.

    >>> day("2024-02"), day("2024-02", last=True), day("2024-02-30")
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29), None)
    """
    said = text(value)
    found = _DAY.fullmatch(said) if said else None
    if found is None:
        return None
    year, month, number_ = (int(one) if one else None for one in found.groups())
    try:
        if month is None:
            month = 12 if last else 1
        if number_ is None:
            number_ = calendar.monthrange(year or 0, month)[1] if last else 1
        return datetime.date(year or 0, month, number_)
    except (ValueError, calendar.IllegalMonthError):
        return None


def reference(value: Any, name: str) -> str | None:
    """Return what the reference `name` refers to, as it is written; None where it says nothing."""
    return text(part(value, name).get("reference"))


def references(value: Any, name: str) -> list[str]:
    """Return what the references of a list refer to."""
    return [said for one in parts(value, name) if (said := text(one.get("reference")))]
