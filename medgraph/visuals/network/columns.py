"""Pack rows into columns that say nothing twice, for a page that holds a province."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def columns_of(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return rows as `packed` columns, and under an empty name how many they are.

    >>> columns_of([{"kind": "Facility", "x": 1}, {"kind": "Facility", "x": 2}, {"kind": "Team"}])
    {'': 3, 'kind': {'words': ['Facility', 'Team'], 'codes': [0, 0, 1]}, 'x': [1, 2, None]}
    """
    names = dict.fromkeys(name for row in rows for name in row)
    columns: dict[str, Any] = {"": len(rows)}
    for name in names:
        values = [row.get(name) for row in rows]
        if any(value is not None for value in values):
            columns[name] = packed(values)
    return columns


def packed(values: list[Any]) -> Any:
    """Return a column that says nothing twice; the page reads it in `data.js`.

    One value for all is `all`; of few that are stated, `at` says where and `is` what; whole numbers
    that rise are the `steps` between them; texts that repeat are `words` and their numbers, -1 for
    none; anything else is a list.

    >>> packed(["a", "a"]), packed([None, None, 7]), packed(["a", "b"]), packed([100, 101, 101])
    ({'all': 'a'}, {'at': [2], 'is': {'all': 7}}, ['a', 'b'], {'steps': [100, 1, 0]})
    """
    at = [number for number, value in enumerate(values) if value is not None]
    if len(at) <= len(values) / 2:
        return {"at": at, "is": packed([values[number] for number in at]) if at else []}
    if len(at) == len(values) and values.count(values[0]) == len(values):
        return {"all": values[0]}
    if _rises(values):
        before = [0, *values[:-1]]
        return {"steps": [value - last for value, last in zip(values, before, strict=True)]}
    words = dict.fromkeys(value for value in values if isinstance(value, str))
    if not words or 2 * len(words) > len(at) + 1:
        return values
    numbers = {word: number for number, word in enumerate(words)}
    return {"words": list(words), "codes": [numbers.get(value, -1) for value in values]}


def _rises(values: list[Any]) -> bool:
    whole = all(isinstance(value, int) for value in values)
    return whole and all(one <= other for one, other in pairwise(values))
