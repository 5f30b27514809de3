"""Hold what is stated twice and differently: neither statement counts, both are named."""

from __future__ import annotations

from typing import NamedTuple

from medgraph.graphmodel.origin import Origin
from medgraph.words.days import day_or_none
from medgraph.words.quantities import quantity
from medgraph.words.stated import same_text, yes_or_no


class Contradiction(NamedTuple):
    """One attribute of one subject with two values, and where each stands."""

    subject: str
    item: str
    values: tuple[str, ...]
    origins: tuple[str, ...]


def cell_of(origin: str | None, column: str) -> str:
    """Name a cell of a table: where its row stands, and the title of its column.

    >>> cell_of("roster.xlsx|机构|A17|typed", "章程"), cell_of(None, "章程")
    ('机构!A17 章程', '章程')
    """
    return f"{Origin.parse(origin).place} {column}".strip()


def same_value(one: str, other: str) -> bool:
    """Tell whether two cells state the same: as text, as an answer, a number or a day.

    >>> same_value("是", "yes"), same_value("90%", "0.9"), same_value("C1", "c1")
    (True, True, True)
    >>> same_value("六十一", "61.0"), same_value("2023年6月1日", "2023-06-01")
    (True, True)
    >>> same_value("1", "2")
    False
    """
    if same_text(one) == same_text(other):
        return True
    for read in (quantity, day_or_none, yes_or_no):
        first, second = read(one), read(other)
        if first is not None and second is not None:
            return bool(first == second)
    return False
