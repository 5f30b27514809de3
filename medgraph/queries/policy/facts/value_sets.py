"""The sets of values that a pack can name, and whether a text is one of some values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.words.vocabularies import HOSPITAL_TYPES, PRIMARY_TYPES, STATION_TYPES, word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

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


def one_of(wanted: Iterable[str] | str) -> Callable[[str], bool]:
    """Return a test: is any part of a text one of `wanted`?

    Parts are separated by `|`; `@primary` names a set.
    """
    given = [wanted] if isinstance(wanted, str) else wanted
    allowed = {value for text in given for value in SETS.get(str(text), (str(text),))}
    if not allowed & {"yes", "no"}:
        return lambda text: bool(allowed.intersection(text.split("|")))
    return lambda text: text in allowed or word("boolean", text) in allowed
