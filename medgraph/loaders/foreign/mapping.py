"""Hold what the sheets of somebody else's workbook mean: the mapping, as a value."""

from __future__ import annotations

import fnmatch
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from medgraph.loaders.foreign.titles import plain_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

KINDS = ("facilities", "groups", "matrix", "postings", "tasks", "centres", "skip")


@dataclass
class Column:
    """What one column means. `at` is its letter or its title; `to` a field, `relation`, or `skip`.

    `unit` is the factor of its numbers, `date` what a date without its day means (first, last),
    `list` whether a cell holds several, `values` their words and ours, `relation` which link a name
    or tick in a cell makes, `fill` whether a blank means the cell above (yes, no, ask).
    """

    at: str
    to: str
    title: str = ""
    unit: str = ""
    date: str = ""
    list: bool = True
    values: dict[str, str] = field(default_factory=dict)
    relation: str = ""
    fill: str = "no"


@dataclass
class SheetRule:
    """What a sheet means. Rows count from 1, as people see them; `name` may hold `*`.

    `header` is the first and the last row of titles; `first`, `last` bound the data; `skip` are
    rows to leave out; `hidden` says whether hidden rows (of a hidden sheet: all) are read;
    `constants` hold for every row; `sheet_name` is the field that the name of the sheet states;
    `layout` says how the sheet is laid out (empty: as it is), `layout_why` why; it `is_changed`
    where a person has just said another. `candidates` are rows that may be the header, where it
    could not be decided; `fill_down` names columns that are not among `columns`.
    """

    name: str
    kind: str = "facilities"
    header: tuple[int, int] | None = None
    first: int | None = None
    last: int | None = None
    skip: tuple[int, ...] = ()
    hidden: str = "read"
    constants: dict[str, str] = field(default_factory=dict)
    sheet_name: str = ""
    columns: list[Column] = field(default_factory=list)
    candidates: tuple[str, ...] = ()
    fill_down: tuple[str, ...] = ()
    layout: str = ""
    layout_why: str = ""
    is_changed: bool = False

    def has(self, meaning: str) -> bool:
        """Whether a column states `meaning`."""
        return any(column.to == meaning for column in self.columns)


@dataclass
class WorkbookMapping:
    """What a whole workbook means. `confirmed`: a person has confirmed it.

    `area` are the codes whose townships the network covers, `complete` whether the roster lists
    everything; `words` are their words and ours, `names` what they call somebody and the full name.
    `answers` are those to questions that no other line settles. `source` is the file that was read,
    `made` the fingerprint of the tables that came of it.
    """

    sheets: list[SheetRule] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    area: tuple[str, ...] = ()
    complete: bool = False
    confirmed: bool = False
    meta: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    source: str = ""
    made: str = ""

    def rule(self, name: str) -> SheetRule | None:
        """Return the rule of a sheet: the one of that name, else the first whose pattern fits."""
        for rule in self.sheets:
            if rule.name.strip() == name.strip():
                return rule
        return next((rule for rule in self.sheets if fnmatch.fnmatchcase(name, rule.name)), None)


def fill_down(columns: Sequence[Column], names: Iterable[str]) -> tuple[str, ...]:
    """Mark the columns whose blanks mean the cell above; return the names that no column has.

    A column is named by its letter, title or meaning.
    """
    unknown = []
    for name in names:
        named = [column for column in columns if _is_called(column, name)]
        for column in named:
            column.fill = "yes"
        if not named:
            unknown.append(name)
    return tuple(unknown)


def _is_called(column: Column, name: str) -> bool:
    has_title = bool(column.title) and plain_title(column.title) == plain_title(name)
    return name in (column.at, column.to) or has_title


def column_number(at: str, titles: Sequence[str] = ()) -> int | None:
    """Return which column `at` means, from 0: one of the titles, or else a letter.

    >>> column_number("AB"), column_number("床位（张）", ["名称", "规模/床位"])
    (27, 1)
    """
    wanted = plain_title(at)
    for number, title in enumerate(titles):
        if title and wanted in (plain_title(title), plain_title(title.split("/")[-1])):
            return number
    if not re.fullmatch(r"[A-Z]{1,3}", at):
        return None
    number = 0
    for sign in at:
        number = number * 26 + ord(sign) - ord("A") + 1
    return number - 1
