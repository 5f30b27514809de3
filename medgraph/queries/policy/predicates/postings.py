"""Postings as arrays: who sent staff where, from when to when, ended ones too; and whether they
suffice.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel.states import NO, UNKNOWN, YES
from medgraph.queries.policy.facts.conditions import text_states
from medgraph.queries.policy.predicates.keys import first_said

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from medgraph.graphmodel.arrays.types import Floats, Mask, Positions, States
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.predicates.tested import Part

_LIST = "links.DISPATCHES"
_EPOCH = datetime.date(1970, 1, 1)
_DAYS_OF_A_WEEK = 7
_NO_FIRST_DAY, _NO_LAST_DAY = -1, 10**7


@dataclass(frozen=True)
class Postings:
    """Postings that fit what is asked, or may, aligned; days are numbers since 1970, `today`
    among them.

    `first` is -1 where no first day is stated; `lacks` names the column whose empty cell leaves
    open whether a posting fits or when it began; `person` is a pseudonym or None, `staff` and
    `days_per_week` NaN where nothing is stated; `row` is -1 where the link has ended.
    """

    source: Positions
    target: Positions
    state: States
    first: Positions
    last: Positions
    row: Positions
    person: NDArray[np.object_]
    staff: Floats
    days_per_week: Floats
    lacks: NDArray[np.object_]
    today: int

    @property
    def filled(self) -> Postings:
        """The postings that send anybody: one of zero people is none."""
        return self.of(~(self.staff == 0))

    @property
    def certain(self) -> Mask:
        """Postings that fit for certain and have a first day."""
        found: Mask = (self.state == YES) & (self.first >= 0)
        return found

    @property
    def uncounted(self) -> Mask:
        """Postings that name nobody and do not state how many they send."""
        unnamed = np.array([person is None for person in self.person], bool)
        found: Mask = unnamed & np.isnan(self.staff)
        return found

    def needs(self, *, days: bool = False) -> NDArray[np.object_]:
        """Name for each posting the cell that would decide on it, else the list of postings.

        The days of a week are one of them where it is asked how many.
        """
        column = np.where(self.uncounted, "staff", "")
        column = np.where(np.isnan(self.days_per_week) & days, "days_per_week", column)
        column = np.where(self.lacks != "", self.lacks, column)
        told = [f"{_LIST}.{name}" if name else _LIST for name in column.tolist()]
        return np.array(told, object)

    def of(self, chosen: Positions | Mask) -> Postings:
        """Return the postings at these places, or of a mask; all of them are the same object."""
        if chosen.dtype == bool and chosen.all():
            return self
        columns = {name: column[chosen] for name, column in vars(self).items() if name != "today"}
        return Postings(**columns, today=self.today)

    def lasting(self, months: int, *, since: datetime.date | None = None) -> Mask:
        """Return a mask: postings that have lasted so many months until today (counted from
        `since` on).
        """
        first = self.first if since is None else np.maximum(self.first, day_number(since))
        last = np.minimum(self.last, self.today)
        pairs = zip(first.tolist(), last.tolist(), strict=True)
        return np.array([_lasts(begin, end, months) for begin, end in pairs], bool)


def postings(audited: AuditedNetwork, part: Part) -> Postings:
    """Return every posting ever recorded that fits or may fit; ended ones count for the year they
    served, and nobody is sent by whom he works for.
    """
    rows, source, target = _ends(audited)
    state = np.full(len(rows), YES, np.int8)
    lacks = np.full(len(rows), "", object)
    for name, wanted in (("title", part.get("titles")), ("role", part.get("role"))):
        if wanted:
            column = audited.stated_only(_column(audited, name, rows).cast(pa.string()))
            fits = text_states(column, audited.test_of(name, wanted))
            state = np.minimum(state, fits)
            lacks[fits == UNKNOWN] = name
    for ends, key in ((source, "from_where"), (target, "to")):
        if key in part:
            fits = audited.states(part[key], np.maximum(ends, 0))
            state = np.minimum(state, np.where(ends >= 0, fits, NO))
    kept = (state > NO) & (source >= 0) & (target >= 0) & (source != target)
    kept &= first_said(audited.whole.tables[1], rows)
    rows, lacks = rows[kept], lacks[kept]
    first = _days(audited, "valid_from", rows, _NO_FIRST_DAY)
    lacks[first == _NO_FIRST_DAY] = "valid_from"
    return Postings(
        source[kept],
        target[kept],
        state[kept],
        first,
        _days(audited, "valid_to", rows, _NO_LAST_DAY),
        audited.whole.link_rows_as_of(audited.date)[rows],
        np.array(_column(audited, "person", rows).to_pylist(), object),
        _numbers(audited, "staff", rows),
        _numbers(audited, "days_per_week", rows),
        lacks,
        day_number(audited.date),
    )


def _ends(audited: AuditedNetwork) -> tuple[Positions, Positions, Positions]:
    """Return row, source and target of all postings; -1 for an end that is not there on the day."""
    index = audited.whole.index
    links = index.links("DISPATCHES")
    if len(index) == len(audited.index):  # positions depend on the nodes alone
        return links.row, links.source.astype(np.int64), links.target.astype(np.int64)
    here = audited.index.positions(index.ids).astype(np.int64)
    return links.row, here[links.source], here[links.target]


def _column(audited: AuditedNetwork, name: str, rows: Positions) -> Any:
    edges = audited.whole.tables[1]
    if name not in edges.column_names:
        return pa.nulls(len(rows), pa.string())
    return edges[name].take(pa.array(rows)).combine_chunks()


def _days(audited: AuditedNetwork, name: str, rows: Positions, missing: int) -> Positions:
    numbers = _column(audited, name, rows).cast(pa.date32()).cast(pa.int32())
    found: Positions = pc.fill_null(numbers, missing).to_numpy().astype(np.int64)
    return found


def _numbers(audited: AuditedNetwork, name: str, rows: Positions) -> Floats:
    values = _column(audited, name, rows).to_pylist()
    numbers = [np.nan if value is None else float(value) for value in values]
    most = _DAYS_OF_A_WEEK if name == "days_per_week" else np.inf
    return np.array([number if 0 <= number <= most else np.nan for number in numbers], float)


def people(posts: Postings, *, possible: bool = False) -> float:
    """Count people: distinct pseudonyms, else the stated number, else one a posting (any number,
    if possible).
    """
    if possible and posts.uncounted.any():
        return float("inf")
    named = np.array([person is not None for person in posts.person], bool)
    staff = posts.staff[~named]
    return len(set(posts.person[named])) + float(np.where(np.isnan(staff), 1, staff).sum())


def day_number(day: datetime.date) -> int:
    """Return a day as days since 1970.

    >>> day_number(datetime.date(1970, 1, 2))
    1
    """
    return (day - _EPOCH).days


def a_year_before(day: datetime.date) -> datetime.date:
    """Return the same day of the year before; of 29 February the 28th.

    >>> a_year_before(datetime.date(2024, 2, 29))
    datetime.date(2023, 2, 28)
    """
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def _lasts(first: int, last: int, months: int) -> bool:
    """Do the days `first`..`last` hold `months` whole months? From 2024-03-15 six months end on
    2024-09-14.
    """
    if first < 0:
        return last >= 0
    end = _months_on(_EPOCH + datetime.timedelta(days=first), months)
    return day_number(end) - 1 <= last


def _months_on(day: datetime.date, months: int) -> datetime.date:
    """Return the same day so many months on; the last of the month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    first = datetime.date(day.year + years, month + 1, 1)
    next_first = datetime.date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first.replace(day=min(day.day, (next_first - first).days))
