"""Say which facilities a list may name by a class alone: 各乡镇卫生院 names none and holds all.

Such a row is paired with nothing, and nothing is new because a list names its class alone.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from medgraph.queries.reconcile.listed import Listed

_DIGITS = (0, 2, 4, 6, 9, 12)  # where province, city, county, township and village end in a code


class Classes:
    """The placeholders of one list, beside the facilities of the other."""

    def __init__(self, held: Listed, facilities: Listed) -> None:
        self.facilities = facilities
        self.names = {key for row in range(len(held)) for key in _names(held, row)}
        self.kinds = {*zip(held.types, held.areas, strict=True)}

    def is_called(self, row: int) -> bool:
        """Whether a placeholder is called as a facility is."""
        return not self.names.isdisjoint(_names(self.facilities, row))

    def may_hold(self, row: int) -> bool:
        """Whether a placeholder is of a type and an area that a facility may be of."""
        type_, area = self.facilities.types[row], self.facilities.areas[row]
        return any(
            _may_be_of(type_, stated) and _may_lie_in(area, place) for stated, place in self.kinds
        )


def _names(side: Listed, row: int) -> set[str]:
    return {side.writings[row], side.keys[row], *side.other_keys[row]} - {""}


def _may_be_of(one: str, other: str) -> bool:
    return not one or not other or one == other


def _may_lie_in(area: str, place: str) -> bool:
    """Whether one area holds the other, by their codes; what is not stated may be anywhere."""
    if not area or not place:
        return True
    short, long = sorted((_bare(area), _bare(place)), key=len)
    return long.startswith(short) if short.isdigit() else short == long


def _bare(area: str) -> str:
    """A code without the digits that say nothing: 331003000000 is 331003."""
    if not area.isdigit():
        return area
    ends = pairwise(_DIGITS)
    return area[: max((end for start, end in ends if area[start:end].strip("0")), default=0)]
