"""Which areas hang together: parts of a set of areas, and what cuts a part off."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

# The neighbours of each area, by its number.
Neighbours: TypeAlias = "Sequence[Sequence[int]]"


def neighbours_of(count: int, pairs: Iterable[tuple[int, int]]) -> tuple[tuple[int, ...], ...]:
    """Return the neighbours of each of so many areas, from pairs that touch.

    >>> neighbours_of(3, [(0, 2), (2, 0)])
    ((2,), (), (0,))
    """
    found: list[set[int]] = [set() for _ in range(count)]
    for one, other in pairs:
        if one != other:
            found[one].add(other)
            found[other].add(one)
    return tuple(tuple(sorted(beside)) for beside in found)


def parts_of(areas: Iterable[int], neighbours: Neighbours) -> list[set[int]]:
    """Return the parts into which areas fall, the one of the first area first.

    >>> parts_of([0, 1, 3], neighbours_of(4, [(0, 1), (1, 2), (2, 3)]))
    [{0, 1}, {3}]
    """
    left = dict.fromkeys(areas)
    parts = []
    while left:
        part = reached([next(iter(left))], left, neighbours)
        for area in part:
            del left[area]
        parts.append(part)
    return parts


def reached(start: Iterable[int], inside: Collection[int], neighbours: Neighbours) -> set[int]:
    """Return what can be reached from some areas by steps inside others.

    >>> sorted(reached([0], {0, 1, 3}, neighbours_of(4, [(0, 1), (1, 2), (2, 3)])))
    [0, 1]
    """
    found = set(start)
    waiting = list(found)
    while waiting:
        for beside in neighbours[waiting.pop()]:
            if beside in inside and beside not in found:
                found.add(beside)
                waiting.append(beside)
    return found


def border(part: Collection[int], inside: Collection[int], neighbours: Neighbours) -> set[int]:
    """Return the areas inside others that touch a part and are not of it.

    >>> border({0}, {0, 1, 2}, neighbours_of(3, [(0, 1), (1, 2)]))
    {1}
    """
    return {
        beside
        for area in part
        for beside in neighbours[area]
        if beside in inside and beside not in part
    }
