"""Hold what is stated twice and differently: neither statement counts, both are named."""

from __future__ import annotations

from typing import NamedTuple

from medgraph.words.numerals import read_exact
from medgraph.words.stated import same_text, yes_or_no


class Contradiction(NamedTuple):
    """One attribute of one subject with two values, and where each stands."""

    subject: str
    item: str
    values: tuple[str, ...]
    origins: tuple[str, ...]


def same_value(one: str, other: str) -> bool:
    """Tell whether two cells state the same: as text, as an answer, or as a number.

    >>> same_value("是", "yes"), same_value("90%", "0.9"), same_value("C1", "c1")
    (True, True, True)
    >>> same_value("1", "2")
    False
    """
    if same_text(one) == same_text(other):
        return True
    number, second = read_exact(one), read_exact(other)
    if number is not None and second is not None:
        return number == second
    answer = yes_or_no(one)
    return answer is not None and answer == yes_or_no(other)
