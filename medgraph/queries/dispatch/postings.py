"""Postings (下沉) as rows with days: what `dispatch` counts, and the arithmetic of spells and
months.
"""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from medgraph.errors import OptionError
from medgraph.words.say import say
from medgraph.words.vocabularies import TITLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medgraph.graphmodel.day import Day

INTERMEDIATE = frozenset({"attending", "associate_chief", "chief"})
LONGEST_SIX_MONTHS = 184
DAY = datetime.timedelta(days=1)
WORKING_WEEK = 5  # days

Span = tuple[datetime.date, datetime.date]


@dataclass(frozen=True)
class Posting:
    """One DISPATCHES link: who sends whom where, from `start` to `end`, both days included.

    None: not stated.
    """

    record: str
    source: int
    target: int
    person: str | None
    staff: int | None
    title: str | None
    role: str | None
    days_per_week: float | None
    start: datetime.date | None
    end: datetime.date | None

    @property
    def impossible(self) -> bool:
        """It ends before it begins."""
        return self.start is not None and self.end is not None and self.end < self.start

    @property
    def doubt(self) -> str:
        """The key of the reason why its days cannot be counted; empty where they can."""
        if self.impossible:
            return "posting_impossible"
        return "" if self.start else "posting_no_start"

    @property
    def sends_nobody(self) -> bool:
        """Whether it is of zero people, or of whom works there anyway."""
        return self.staff == 0 or self.source == self.target

    @property
    def part_time(self) -> bool:
        """Whether it is for some days of the week alone; who states none is there on all."""
        return self.days_per_week is not None and self.days_per_week < WORKING_WEEK

    @property
    def title_known(self) -> bool:
        """Whether the title is one of the vocabulary."""
        return self.title in TITLES

    @property
    def who(self) -> str:
        """The person, or the record itself where no person is named."""
        return self.person or self.record

    def last(self, horizon: datetime.date) -> datetime.date:
        """The last day: an open end is known up to `horizon`, the data day, and no further."""
        return self.end or horizon

    def holds_on(self, day: datetime.date) -> bool:
        """Whether it has begun and is not over; an end that is not stated is open."""
        return (self.start or day) <= day <= (self.end or day)

    def within(self, window: Span, horizon: datetime.date) -> Span | None:
        """The part of the posting inside `window`, None where there is none."""
        if self.start is None:
            return None
        span = max(self.start, window[0]), min(self.last(horizon), window[1])
        return span if span[0] <= span[1] else None

    def touches(self, window: Span) -> bool:
        """Whether any of its days can lie inside `window`; what is not stated or impossible can."""
        start, end = self.start or datetime.date.min, self.end or datetime.date.max
        return _crosses((min(start, end), max(start, end)), window)


def _crosses(span: Span, window: Span) -> bool:
    return span[0] <= window[1] and span[1] >= window[0]


def of_a_class(day: Day, posting: Posting) -> bool:
    """Whether either end is a class of facilities, of which nobody can be sent or served."""
    return bool(day.placeholder[posting.source] or day.placeholder[posting.target])


def postings(day: Day) -> list[Posting]:
    """Return all postings, of whatever date."""
    if day.net.is_large:
        return _read(day)
    return day.net.kept.once("postings", lambda: _read(day))


def _read(day: Day) -> list[Posting]:
    links = day.index.links("DISPATCHES")
    names = ("person", "staff", "title", "role", "days_per_week", "valid_from", "valid_to")
    columns = [day.link_column(name, links.row) for name in names]
    ends = links.source.tolist(), links.target.tolist()
    records = [str(id) for id in day.link_ids(links.row)]
    return [Posting(*row) for row in zip(records, *ends, *columns, strict=True)]


def year_window(day: Day, year: int | None) -> Span:
    """The calendar year, both ends included (default: the year of the day).

    Raise OptionError for a year that no calendar has.
    """
    year = year or day.date.year
    if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        allowed = f"{datetime.MINYEAR}–{datetime.MAXYEAR}"
        raise OptionError(say("not_one_of", what="year", value=year, allowed=allowed))
    return datetime.date(year, 1, 1), datetime.date(year, 12, 31)


def days(span: Span | None) -> int:
    """The number of days in a span, both ends included."""
    return (span[1] - span[0]).days + 1 if span else 0


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return the spans joined where they overlap or follow each other without a day between."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1] + DAY:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def gaps(spans: Iterable[Span], window: Span) -> list[Span]:
    """Return the days of `window` that no span holds, as spans."""
    found, here = [], window[0]
    for start, end in merged(spans):
        if start > here:
            found.append((here, min(start - DAY, window[1])))
        here = max(here, end + DAY)
    if here <= window[1]:
        found.append((here, window[1]))
    return [gap for gap in found if gap[0] <= gap[1]]


def six_months(spans: Iterable[Span]) -> bool:
    """Whether one joined span holds six calendar months, or all together 184 days, the longest six
    months.
    """
    joined = merged(spans)
    return any(end >= _after_six_months(start) for start, end in joined) or (
        sum(map(days, joined)) >= LONGEST_SIX_MONTHS
    )


def _after_six_months(start: datetime.date) -> datetime.date:
    """The last day of the six months that begin on `start`: 30 June for 1 January."""
    month = start.month + 6
    year, month = start.year + (month - 1) // 12, (month - 1) % 12 + 1
    last = calendar.monthrange(year, month)[1]
    if start.day > last:
        return datetime.date(year, month, last)
    return datetime.date(year, month, start.day) - DAY


def in_words(spans: Iterable[Span]) -> str:
    """Write spans as text: `2023-03-01..2023-03-14 (14)`."""
    return "; ".join(f"{a.isoformat()}..{b.isoformat()} ({days((a, b))})" for a, b in spans)


def doubts(rows: Iterable[Posting]) -> str:
    """Say which postings of these are counted apart, and why."""
    return "; ".join(say(_doubt(p), record=p.record, title=p.title or "") for p in rows)


def _doubt(posting: Posting) -> str:
    """The key of the reason why a posting is counted apart."""
    part_time = "posting_part_time" if posting.title_known else "posting_unknown_title"
    return posting.doubt or part_time
