"""Say under a picture which day it shows, and how far the data reach, where they say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime


def figure_day(day: datetime.date, data_day: datetime.date | None) -> str:
    """Return the sentence on the day of a picture; only the data may say how far they reach.

    >>> import datetime
    >>> from medgraph.words.say import speaking
    >>> day, later = datetime.date(2024, 3, 31), datetime.date(2026, 1, 1)
    >>> with speaking("zh"):
    ...     [figure_day(day, day), figure_day(later, None)]
    ['数据截止 2024-03-31', '数据未写明截止日；按 2026-01-01 回答']
    """
    if data_day is None:
        return say("figure_day_unstated", day=day.isoformat())
    if data_day != day:
        return say("figure_day_other", day=day.isoformat(), data_day=data_day.isoformat())
    return say("figure_day", day=day.isoformat())


def other_day(data_day: datetime.date | None) -> str:
    """Return the sentence on a day, `{day}`, that a reader of a page chooses."""
    if data_day is None:
        return say("figure_day_unstated", day="{day}")
    return say("figure_day_other", day="{day}", data_day=data_day.isoformat())
