"""Propose what holds for a whole workbook: the counties it speaks of, its title, and its day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from medgraph.graphmodel import codes
from medgraph.graphmodel.register import county_codes
from medgraph.loaders.foreign.mapping import column_number
from medgraph.loaders.foreign.sheet_rows import sheet_title
from medgraph.loaders.tabular.cells import WrongError, day
from medgraph.words.days import read_day_or_month
from medgraph.words.foreign_workbooks import ANNEX, COUNTY, DAY_ABOVE, MONTH_ABOVE
from medgraph.words.simplified import readable, simple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medgraph.loaders.foreign.mapping import SheetRule
    from medgraph.loaders.workbooks.grid import Grid

_PLACES = ("serves", "area", "county")
_NAMES = ("name", "members", "lead", "run_by", "clinics", "posted_from", "posted_to")
_AREA_CODE = re.compile(r"\d{6}|\d{9}|\d{12}")
_COUNTY_DIGITS = 6
_FIRST_SIGNS = 24  # a county stands at the beginning of a name


def propose_area(grids: Sequence[Grid], rules: Sequence[SheetRule]) -> tuple[str, ...]:
    """Return the counties a workbook speaks of: those of its area codes and its county column.

    Where it has no codes, those that its names, its titles and its sheets begin with, too.
    """
    coded: set[str] = set()
    stated: set[str] = set()
    named: set[str] = set()
    for grid, rule in zip(grids, rules, strict=True):
        for to, text in _texts_of_places(grid, rule):
            if to in _PLACES and is_area_code(text):
                coded.add(text[:_COUNTY_DIGITS])
            (stated if to == "county" else named).update(_counties_in(text))
        named.add(sheet_title(grid))
        for text in _texts_above(grid, rule):
            named.update(_counties_in(text))
    candidates = stated if coded else stated | named
    return tuple(sorted(coded | _counties_alone_of_name(candidates)))


def is_area_code(text: str) -> bool:
    """Whether a text is the code of an area that may be."""
    return bool(_AREA_CODE.fullmatch(text)) and not codes.area_code_fault(text)


def _counties_in(text: str) -> list[str]:
    """What may be counties at the beginning of a text."""
    found: list[str] = COUNTY.findall(readable(text)[:_FIRST_SIGNS])
    return found


def _texts_of_places(grid: Grid, rule: SheetRule) -> Iterator[tuple[str, str]]:
    """The texts of the columns that may name a county, each with what its column states."""
    columns = {
        column_number(column.at): column.to
        for column in rule.columns
        if column.to in (*_PLACES, *_NAMES)
    }
    first = rule.header[1] if rule.header else 0
    for row in grid.rows[first:]:
        for column, to in columns.items():
            text = row[column] if column is not None and column < len(row) else None
            if text is not None:
                yield to, text


def _counties_alone_of_name(names: set[str]) -> set[str]:
    """The counties whose name no other in the nation has."""
    found = (county_codes(name) for name in names)
    return {same_name[0] for same_name in found if len(same_name) == 1}


def propose_meta(grids: Sequence[Grid], rules: Sequence[SheetRule]) -> dict[str, str]:
    """Return what the lines above the headers state: a title, and the day of the data.

    Files of different days have none together.
    """
    meta: dict[str, str] = {}
    if title := _title(grids, rules):
        meta["title"] = title
    days: dict[str, str] = {}
    for grid, rule in zip(grids, rules, strict=True):
        above = _texts_above(grid, rule)
        header = [text for text in _texts_of_header(grid, rule) if MONTH_ABOVE.search(text)]
        for stated in filter(None, map(_day_in, [*above, *header, grid.name, grid.file])):
            days.setdefault(grid.file, stated)
    if len(set(days.values())) == 1:
        meta["data_day"] = next(iter(days.values()))
    return meta


def _title(grids: Sequence[Grid], rules: Sequence[SheetRule]) -> str:
    """The title that all sheets have; of several none speaks for the whole workbook."""
    titles = set()
    for grid, rule in zip(grids, rules, strict=True):
        above = [" ".join(text.split()) for text in _texts_above(grid, rule)]
        named = [text for text in above if not ANNEX.fullmatch(simple(text))]
        if named and rule.kind != "skip":
            titles.add(named[0])
    return titles.pop() if len(titles) == 1 else ""


def _texts_of_header(grid: Grid, rule: SheetRule) -> list[str]:
    first, last = rule.header or (1, 0)
    rows = grid.rows[first - 1 : last]
    return [readable(text) for row in rows for text in row if text]


def _texts_above(grid: Grid, rule: SheetRule) -> list[str]:
    header_begins = rule.header[0] - 1 if rule.header else 0
    return [text for row in grid.rows[:header_begins] for text in row if text]


def _day_in(text: str) -> str:
    """The day that a text states, as 2023-10-25; empty where it states none."""
    said = readable(text)
    found = DAY_ABOVE.search(said)
    if found is None:
        return _end_of_month_in(said)
    try:
        return day(found[1].replace(" ", "")).isoformat()
    except WrongError:
        return ""


def _end_of_month_in(text: str) -> str:
    """The last day of the month up to which a text says that it reaches; empty where it says none.

    >>> _end_of_month_in("截至2024年2月各医共体成员单位"), _end_of_month_in("2024年2月会议")
    ('2024-02-29', '')
    """
    found = MONTH_ABOVE.search(text)
    if found is None:
        return ""
    try:
        return read_day_or_month((found[1] or found[2]).replace(" ", ""), last=True)[0].isoformat()
    except ValueError:
        return ""
