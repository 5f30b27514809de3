"""Say what followed the codes of counties now abolished: 110228 (密云县) became 110118 in 2015.

`data/abolished_counties.csv` is this project's own list of published changes, none of them read in
the original (grade `secondary`): `year` is that of the approval, `new` holds several codes where a
county was divided. It is no list of all changes: a code that it lacks may be abolished, too.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa

from medgraph.graphmodel import register
from medgraph.words.joining import listed

if TYPE_CHECKING:
    from collections.abc import Mapping

DIGITS = 6


class Abolished(NamedTuple):
    """A county that is no more: its name, the codes that followed it, the year, the grade."""

    name: str
    heirs: tuple[str, ...]
    year: str
    grade: str


def abolished(code: str) -> Abolished | None:
    """Return what became of the county that a code names or lies in, None where it is not known.

    >>> abolished("110228101000").heirs, abolished("110118")
    (('110118',), None)
    """
    return _abolished().get(code[:DIGITS])


def heirs_in_words(code: str) -> str:
    """Return the codes and names of what followed: `110118 密云区`.

    >>> from medgraph.words.say import speaking
    >>> with speaking("zh"):
    ...     heirs_in_words("330104")
    '330102 上城区、330114 钱塘区'
    """
    found = abolished(code)
    names = register.names(found.heirs) if found else {}
    return listed(f"{heir} {name}" for heir, name in names.items())


def townships_now(area: str) -> pa.Table:
    """Return the townships that the register lists in an area, or in what followed it.

    >>> len(townships_now("110228")) == len(townships_now("110118")) > 0
    True
    """
    rows = register.township_register(area)
    found = abolished(area)
    if len(rows) or found is None or area[DIGITS:].strip("0"):
        return rows
    return pa.concat_tables(map(register.township_register, found.heirs))


@cache
def _abolished() -> Mapping[str, Abolished]:
    path = resources.files("medgraph.graphmodel") / "data" / "abolished_counties.csv"
    with path.open("r", encoding="utf-8") as file:
        return {
            row["old"]: Abolished(
                row["old_name"], tuple(row["new"].split("|")), row["year"], row["grade"]
            )
            for row in csv.DictReader(file)
        }
