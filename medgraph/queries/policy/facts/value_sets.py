"""The sets of values that a pack can name, and whether a text is one of some values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.words.stated import listed, lists_all, same_text, yes_or_no
from medgraph.words.vocabularies import HOSPITAL_TYPES, PRIMARY_TYPES, STATION_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

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


def resolved(wanted: Iterable[str] | str) -> frozenset[str]:
    """Return the values that a pack asks for, sets such as `@primary` written out."""
    given = [wanted] if isinstance(wanted, str) else wanted
    return frozenset(value for text in given for value in SETS.get(str(text), (str(text),)))


def one_of(
    wanted: Iterable[str] | str, known: Collection[str] = ()
) -> Callable[[str], bool | None]:
    """Return a test: is any item of a list in a cell one of `wanted`?

    Where a vocabulary is `known`, a word outside it says nothing, and a list that leaves something
    open may hold more: the answer is None. A question of yes and no is answered by the words for
    them alone.
    """
    allowed = resolved(wanted)
    if allowed <= {"yes", "no"}:
        return lambda text: _answered(text, allowed)
    folded = {same_text(value) for value in allowed}
    words = {same_text(word) for word in known}
    return lambda text: _listed_in(text, folded, words)


def _answered(text: str, allowed: frozenset[str]) -> bool | None:
    answer = yes_or_no(text)
    return None if answer is None else ("yes" if answer else "no") in allowed


def _listed_in(text: str, allowed: set[str], known: set[str]) -> bool | None:
    items = {same_text(piece) for piece in listed(text)}
    if allowed & {*items, same_text(text)}:
        return True
    return False if lists_all(text) and (not known or known >= items) else None
