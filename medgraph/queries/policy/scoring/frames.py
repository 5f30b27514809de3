"""Read and write the rows of score sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medgraph.errors import OptionError
from medgraph.queries.policy.facts.contradictions import same_value
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    import pandas as pd


def rows_of(sheet: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a sheet as plain values; an empty cell is None."""
    plain = sheet.astype(object).where(sheet.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in plain.to_dict("records")]


def once_each(pairs: Iterable[tuple[Any, Any]]) -> tuple[dict[Any, Any], list[Any]]:
    """Return the value of each key, and the keys with two values that differ: they have none.

    >>> once_each([("a", "1"), ("a", 1), ("b", "1"), ("b", "2")])
    ({'a': '1', 'b': None}, ['b'])
    """
    found: dict[Any, Any] = {}
    twice: list[Any] = []
    for key, value in pairs:
        if found.get(key) is None and key not in twice:
            found[key] = value
        elif value is not None and key not in twice and not same_value(str(found[key]), str(value)):
            twice.append(key)
    return {key: None if key in twice else value for key, value in found.items()}, twice


def need_columns(sheet: pd.DataFrame, *columns: str) -> None:
    """Raise OptionError where a sheet lacks one of these columns."""
    if lost := [name for name in columns if name not in sheet.columns]:
        raise OptionError(say("score_columns", lost=", ".join(lost), wanted=", ".join(columns)))


def as_float(value: Fraction | None) -> float | None:
    """Return a number as a frame holds it."""
    return None if value is None else float(value)
