"""Find the numbers that a plan sets itself.

Shares to reach, indicators with their weights, days and phases.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from medgraph.words.plan_language import (
    ANNEX,
    DAY_TARGET,
    PHASE_TARGET,
    POINTS,
    SECTION_TARGET,
    SHARE_TARGET,
    WEIGHT,
)
from medgraph.words.punctuation import EITHER_COMMA

if TYPE_CHECKING:
    from collections.abc import Iterator

COLUMNS = ("kind", "value", "unit", "what", "start", "end")
_NUMBER_LINE = re.compile(r"\d{1,3}")
_LINE = re.compile(r"[^\n]+")


class _Target(NamedTuple):
    """One target, in the order of `COLUMNS`."""

    kind: str
    value: str | None
    unit: str
    what: str
    start: int
    end: int


class _Line(NamedTuple):
    """The text of a line that is not blank, and its span."""

    text: str
    start: int
    end: int


def targets(text: str) -> pd.DataFrame:
    """Return the numbers and targets of a repaired plan text, in the order of the text.

    Kinds: `share` (per cent, with 以上 or 左右 in `unit`), `day` (and what it is the day of),
    `phase` (name and days), `section` (of a table of indicators, in points), `indicator` (its
    number in `unit`, its weight in points, None where it has none).

    Columns: kind, value, unit, what, start, end (span in the text).
    """
    found = [
        *_shares(text),
        *_phases(text),
        *_days(text),
        *_sections(text),
        *_indicators(text),
    ]
    found.sort(key=lambda target: target.start)
    return pd.DataFrame(found, columns=list(COLUMNS), dtype=object)


def _shares(text: str) -> Iterator[_Target]:
    for found in SHARE_TARGET.finditer(text):
        unit = "%" + (found["bound"] or "")
        yield _Target("share", found["value"], unit, found["what"].strip(), *found.span())


def _phases(text: str) -> Iterator[_Target]:
    for found in PHASE_TARGET.finditer(text):
        yield _Target("phase", found["value"], "", found["what"], *found.span())


def _days(text: str) -> Iterator[_Target]:
    """The days that are not those of a phase."""
    of_phases = {found.start("value") for found in PHASE_TARGET.finditer(text)}
    for found in DAY_TARGET.finditer(text):
        if found.start() not in of_phases:
            what = found["what"].strip(EITHER_COMMA)
            yield _Target("day", found["value"], "", what, found.start(), found.end("value"))


def _sections(text: str) -> Iterator[_Target]:
    for found in SECTION_TARGET.finditer(text):
        yield _Target("section", found["value"], POINTS, found["what"], *found.span())


def _indicators(text: str) -> list[_Target]:
    """The rows of a table whose cells are one to a line: a number that counts up, words, a weight.

    The weight is the first line behind the number that is only a number itself.
    """
    found: list[_Target] = []
    row: _Target | None = None
    for cell, start, end in _indicator_cells(text):
        is_number = _NUMBER_LINE.fullmatch(cell) is not None
        is_next = is_number and int(cell) == len(found) + 1
        if is_next and (row is None or row.what):
            row = _Target("indicator", None, str(int(cell)), "", start, end)
            found.append(row)
        elif row is not None:
            row = found[-1] = _with_cell(row, cell, end, is_number=is_number)
    return found


def _with_cell(row: _Target, cell: str, end: int, *, is_number: bool) -> _Target:
    """A row of indicators with one cell more: its weight or its words, whichever it still lacks."""
    if is_number and row.value is None:
        return row._replace(value=cell, end=end)
    if not row.what:
        return row._replace(what=cell, end=end)
    return row


def _indicator_cells(text: str) -> Iterator[_Line]:
    """The lines from the head of the table of indicators to the annexes."""
    lines = [line for line in _lines(text) if line.text]
    heads = [number for number, line in enumerate(lines) if WEIGHT in line.text]
    if not heads:
        return
    for line in lines[heads[0] + 1 :]:
        if line.text.startswith(ANNEX):
            return
        yield line


def _lines(text: str) -> Iterator[_Line]:
    for found in _LINE.finditer(text):
        yield _Line(found.group().strip(), *found.span())
