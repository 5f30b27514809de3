"""The ledger of postings: those of a year, and those that end soon."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medgraph.graphmodel.day import Day
from medgraph.queries.answers import answer, define, frame_of, split_by_status
from medgraph.queries.as_listed import told_as_listed
from medgraph.queries.dispatch.postings import (
    DAY,
    Posting,
    Span,
    days,
    doubts,
    of_a_class,
    postings,
    year_window,
)
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer

_COLUMNS = ("source", "relation", "target", "status", "reason")
Row = dict[str, Any]


@told_as_listed
def ledger(
    net: MedicalNetwork, *, year: int | None = None, as_of: datetime.date | str | None = None
) -> Answer:
    """List the postings of a calendar year, with the days of each inside it.

    Both days of a posting count. An open end is known up to the day of the answer, and no further.

    Parameters
    ----------
    net
        The network.
    year
        The calendar year; default: that of the day.
    as_of
        The day; default: the data day.

    Returns
    -------
    Answer
        A row per posting: `source`, `source_name`, `relation`, `target`, `target_name`, `person`,
        `staff`, `title`, `role` (clinical, management), `days_per_week`, `start`, `end`,
        `days_in_year`, `record`, `status`, `reason`. Unknown are postings with an unknown title,
        without a first day, or that end before they begin; excluded those of other years and those
        of a class of facilities.

    Examples
    --------
    >>> import medgraph as mg
    >>> net = mg.samples.taizhou().linked("TZ-H01", "DISPATCHES", "TZ-P07", title="attending")
    >>> mg.dispatch.ledger(net).frame[["start", "days_in_year"]].astype(str).values.tolist()
    [['2023-10-25', '1']]
    """
    day = Day(net, as_of)
    window = year_window(day, year)
    rows = [_row(day, posting) | _in_year(day, posting, window) for posting in postings(day)]
    kept, excluded = split_by_status(frame_of(rows, _COLUMNS), "excluded")
    judged, unknown = split_by_status(kept)
    return answer(
        day,
        "dispatch.ledger",
        define(day, "ledger_numerator", "", "postings"),
        judged,
        judged=len(judged),
        unknown=unknown,
        excluded=excluded,
    )


def _row(day: Day, posting: Posting) -> Row:
    return {
        "source": day.id(posting.source),
        "source_name": day.name(posting.source),
        "relation": "DISPATCHES",
        "target": day.id(posting.target),
        "target_name": day.name(posting.target),
        "person": posting.person,
        "staff": posting.staff,
        "title": posting.title,
        "role": posting.role,
        "days_per_week": posting.days_per_week,
        "start": posting.start,
        "end": posting.end,
        "record": posting.record,
    }


def _in_year(day: Day, posting: Posting, window: Span) -> Row:
    inside = None if posting.doubt else days(posting.within(window, day.date))
    status, reason = "counted", ""
    if of_a_class(day, posting):
        status, reason = "excluded", say("left_out_class")
    elif not posting.touches(window):
        status, reason = "excluded", say("posting_other_year", year=window[0].year)
    elif posting.doubt or not posting.title_known:
        status, reason = "unknown", doubts([posting])
    return {"days_in_year": inside, "status": status, "reason": reason}


@told_as_listed
def ending(
    net: MedicalNetwork, *, within_days: int = 90, as_of: datetime.date | str | None = None
) -> Answer:
    """Name the postings that end within so many days of the day, both days included.

    Parameters
    ----------
    net
        The network.
    within_days
        How many days ahead.
    as_of
        The day; default: the data day.

    Returns
    -------
    Answer
        The rows of `ledger` without days in the year, and `days_left`, `followed_by` (the posting
        at the same place that holds the day after, empty: none). Unknown are postings whose days
        are impossible; excluded those over, not yet begun, or of a class.

    Examples
    --------
    >>> import medgraph as mg
    >>> mg.dispatch.ending(mg.samples.taizhou(), within_days=30).frame.empty
    True
    """
    day = Day(net, as_of)
    every = postings(day)
    by_place: dict[int, list[Posting]] = {}
    for posting in every:
        by_place.setdefault(posting.target, []).append(posting)
    rows = [
        _row(day, posting) | _ends(day, posting, within_days, by_place[posting.target])
        for posting in every
    ]
    kept, excluded = split_by_status(frame_of(rows, _COLUMNS), "excluded")
    judged, unknown = split_by_status(kept)
    found, _ = split_by_status(judged, "lasting")
    return answer(
        day,
        "dispatch.ending",
        define(day, "ending_numerator", "", "postings"),
        found,
        judged=len(judged),
        unknown=unknown,
        excluded=excluded,
    )


def _ends(day: Day, posting: Posting, within_days: int, here: Sequence[Posting]) -> Row:
    if posting.impossible:
        return {"status": "unknown", "reason": doubts([posting])}
    if of_a_class(day, posting):
        return {"status": "excluded", "reason": say("left_out_class")}
    if not posting.holds_on(day.date):
        return {"status": "excluded", "reason": say("posting_not_current", day=day.date)}
    if posting.end is None or (posting.end - day.date).days > within_days:
        return {"status": "lasting", "reason": ""}
    following = [
        other.record
        for other in here
        if other is not posting and not other.impossible and other.holds_on(posting.end + DAY)
    ]
    return {
        "status": "ending",
        "days_left": (posting.end - day.date).days,
        "followed_by": "|".join(following),
        "reason": "" if following else say("posting_not_followed"),
    }
