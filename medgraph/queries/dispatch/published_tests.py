"""The three published tests of postings: all year, six months, per 10,000 residents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from medgraph.graphmodel.day import Day
from medgraph.queries.answers import (
    answer,
    answer_by_status,
    define,
    frame_of,
    groups_left_out,
    one_of,
    split_by_status,
)
from medgraph.queries.as_listed import told_as_listed
from medgraph.queries.dispatch.postings import (
    DAY,
    INTERMEDIATE,
    Posting,
    Span,
    days,
    doubts,
    gaps,
    in_words,
    merged,
    of_a_class,
    postings,
    six_months,
    year_window,
)
from medgraph.queries.subjects import Subjects
from medgraph.words.say import say
from medgraph.words.vocabularies import PHYSICIANS

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterable, Sequence

    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer

Row = dict[str, Any]
# The postings of a year by the centre to which they go.
Here = dict[int, list[Posting]]


@told_as_listed
def coverage(
    net: MedicalNetwork,
    *,
    test: str = "all_year",
    year: int | None = None,
    as_of: datetime.date | str | None = None,
) -> Answer:
    """Judge the postings of a calendar year by one of three published tests, which are never mixed.

    `all_year`: an attending physician (or higher) of the group's lead every day of the year in
    every township or community centre; several persons may fill the post in turn, and one of less
    than five days a week leaves it open. `six_months`: at
    least one dispatched physician of whatever grade who stays six months or more; the stay may
    cross the turn of the year. `per_10000`: persons of intermediate grade or above from facilities
    of level two or three, six months or more inside the year, per 10,000 residents of the areas
    that the group's centres serve; no cut-off is published. Share: centres that pass, of those
    judged; none for `per_10000`.

    Parameters
    ----------
    net
        The network.
    test
        `all_year`, `six_months` or `per_10000`.
    year
        The calendar year; default: that of the day.
    as_of
        The day; default: the data day. Later days are unknown, unless a posting states its end.

    Returns
    -------
    Answer
        A row per centre (`facility`, `name`, `group`, `persons`, `days`, `gaps` by day, `apart`,
        `status` met or gap, `reason`), or, for `per_10000`, per group (`group`, `name`, `persons`,
        `at_most`, `population`, `value`, `status` info). `apart` names postings with an unknown
        title or impossible days: where they could decide, the row is unknown. A gap is one only
        where DISPATCHES is declared complete.

    Raises
    ------
    OptionError
        `test` is none of the three.

    Examples
    --------
    >>> import medgraph as mg
    >>> answer = mg.dispatch.coverage(mg.samples.taizhou(), test="six_months")
    >>> answer.judged, len(answer.unknown)
    (0, 40)
    """
    one_of("test", test, _TESTS)
    day = Day(net, as_of)
    window = year_window(day, year)
    here: Here = {}
    for posting in postings(day):
        counts = not posting.sends_nobody and not of_a_class(day, posting)
        if posting.touches(window) and counts:
            here.setdefault(posting.target, []).append(posting)
    return _TESTS[test](day, window, here)


def _note_apart(here: Here) -> tuple[str, ...]:
    every = [posting for rows in here.values() for posting in rows]
    doubtful = [posting for posting in every if posting.doubt or not posting.title_known]
    return (say("postings_apart", count=len(doubtful)),) if doubtful else ()


def _surely(posting: Posting, titles: frozenset[str]) -> bool:
    """Whether a posting counts: its days are known, and it is of a physician of these titles."""
    return not posting.doubt and posting.title in titles and posting.role != "management"


def _possibly(posting: Posting, titles: frozenset[str]) -> bool:
    """Whether it would count if its title or its days were what they may be."""
    may_be = posting.title in titles or not posting.title_known
    return may_be and posting.role != "management"


class _Sent(NamedTuple):
    """The postings that count, and those apart that would if what is not known were so."""

    sure: list[Posting]
    apart: list[Posting]

    @classmethod
    def of(cls, here: Iterable[Posting], titles: frozenset[str]) -> _Sent:
        """Sort postings by whether they count for these titles; leave the others out."""
        possible = [posting for posting in here if _possibly(posting, titles)]
        sure = [posting for posting in possible if _surely(posting, titles)]
        apart = [posting for posting in possible if not _surely(posting, titles)]
        return cls(sure, apart)

    def with_part_time_apart(self) -> _Sent:
        """Return them with those of some days of the week alone among those apart."""
        full = [posting for posting in self.sure if not posting.part_time]
        return _Sent(full, [*self.apart, *(post for post in self.sure if post.part_time)])


# -- by centre -----------------------------------------------------------------------------------


def _every_centre(
    name: str,
    judge: Callable[[Day, Span, Sequence[Posting], set[int]], Row],
    rests_on: tuple[str, ...],
) -> Callable[[Day, Span, Here], Answer]:
    """Make the test `name` that puts `judge` to every centre; a gap rests on these relations."""

    def test(day: Day, window: Span, here: Here) -> Answer:
        asked = Subjects(day, day.primary)
        subjects = asked.positions
        complete = np.logical_and.reduce([day.declared(one, for_=subjects) for one in rests_on])
        rows = []
        for centre, whole in zip(subjects.tolist(), complete.tolist(), strict=True):
            group = int(day.group_of[centre])
            leads = set(day.leads_of(group).tolist()) if group >= 0 else set()
            head = {
                "facility": day.id(centre),
                "name": day.name(centre),
                "group": day.id(group) if group >= 0 else "",
            }
            row = judge(day, window, here.get(centre, []), leads)
            rows.append(head | _in_a_whole_ledger(row, whole))
        frame = frame_of(rows, ("facility", "name", "status", "reason"))
        definition = define(
            day, f"{name}_numerator", "coverage_denominator", "facilities", f"{name}_source"
        )
        return answer_by_status(
            day,
            "dispatch.coverage",
            definition,
            frame,
            met="met",
            perhaps=asked.perhaps,
            excluded=asked.left_out,
            lists=("facilities",),
            notes=_note_apart(here),
        )

    return test


def _in_a_whole_ledger(row: Row, complete: bool) -> Row:
    """Return the row; a gap is a finding only in a complete ledger."""
    if row["status"] != "gap" or complete:
        return row
    return row | {"status": "unknown", "reason": say("ledger_not_complete", gaps=row["gaps"])}


def _why(status: str, apart: Sequence[Posting]) -> str:
    if status == "gap":
        return say("coverage_gap")
    if status == "unknown":
        return say("postings_could_decide") if apart else say("year_not_over")
    return ""


def _all_year(day: Day, window: Span, here: Sequence[Posting], leads: set[int]) -> Row:
    """Return the days on which an attending physician of the lead is there, and those without."""
    if not leads:
        nothing = {"persons": 0, "days": 0, "gaps": in_words([window]), "apart": ""}
        return nothing | {"status": "unknown", "reason": say("no_lead")}
    sent = _Sent.of([posting for posting in here if posting.source in leads], INTERMEDIATE)
    sent = sent.with_part_time_apart()
    spans = _spans(day, sent.sure, window)
    missing = gaps(spans, window)
    status = "met"
    if missing:
        may_be_filled = not gaps(spans + _hoped(day, sent.apart, window), window)
        status = "unknown" if may_be_filled else "gap"
    return {
        "persons": len({posting.who for posting in sent.sure}),
        "days": sum(map(days, merged(spans))),
        "gaps": in_words(missing),
        "apart": doubts(sent.apart),
        "status": status,
        "reason": _why(status, sent.apart),
    }


def _spans(day: Day, rows: Iterable[Posting], window: Span) -> list[Span]:
    spans = [posting.within(window, day.date) for posting in rows]
    return [span for span in spans if span]


def _hoped(day: Day, apart: Sequence[Posting], window: Span) -> list[Span]:
    """Return the days that postings apart, and those after the data day, may fill."""
    hoped = _spans(day, [posting for posting in apart if not posting.doubt], window)
    if day.date < window[1]:
        hoped.append((max(day.date + DAY, window[0]), window[1]))
    if any(posting.doubt for posting in apart):
        hoped.append(window)
    return hoped


def _six_months(day: Day, window: Span, here: Sequence[Posting], leads: set[int]) -> Row:
    """Return whether some physician's stay, of which a day lies in the year, lasts six months."""
    sent = _Sent.of(here, PHYSICIANS)
    every = [*sent.sure, *sent.apart]
    stays = _stays(day, sent.sure)
    status = "gap"
    if _long_enough(stays):
        status = "met"
    elif _may_become_long_enough(day, window, every, sent.apart):
        status = "unknown"
    lengths = [days(span) for spans in stays.values() for span in spans]
    return {
        "persons": len(stays),
        "days": max(lengths, default=0),
        "gaps": "",
        "apart": doubts(sent.apart),
        "status": status,
        "reason": _why(status, sent.apart),
    }


def _may_become_long_enough(
    day: Day, window: Span, every: Sequence[Posting], apart: Sequence[Posting]
) -> bool:
    """Whether an open end, unknown days or an unknown title could make six months of a stay."""
    running = day.date < window[1] and any(posting.end is None for posting in every)
    undated = any(posting.doubt for posting in apart)
    dated = _stays(day, [posting for posting in every if not posting.doubt])
    return running or undated or _long_enough(dated)


def _long_enough(stays: dict[str, list[Span]]) -> bool:
    return any(six_months([span]) for spans in stays.values() for span in spans)


def _stays(day: Day, rows: Iterable[Posting]) -> dict[str, list[Span]]:
    """Return the stays of each person, joined where one posting follows another at once."""
    found: dict[str, list[Span]] = {}
    for posting in rows:
        last = posting.last(day.date)
        if posting.start and posting.start <= last:
            found.setdefault(posting.who, []).append((posting.start, last))
    return {who: merged(spans) for who, spans in found.items()}


# -- by group ------------------------------------------------------------------------------------


def _per_10000(day: Day, window: Span, here: Here) -> Answer:
    """Return persons per 10,000 residents, for each group."""
    groups = np.flatnonzero(day.group.certain).tolist()
    rows = [_rate(day, group, window, here) for group in groups]
    judged, unknown = split_by_status(frame_of(rows, ("group", "name", "status", "reason")))
    definition = define(
        day, "per_10000_numerator", "per_10000_denominator", "groups", "per_10000_source"
    )
    return answer(
        day,
        "dispatch.coverage",
        definition,
        judged,
        judged=len(judged),
        unknown=unknown,
        excluded=groups_left_out(day),
        notes=_note_apart(here),
    )


def _rate(day: Day, group: int, window: Span, here: Here) -> Row:
    inside = day.members_of(group)
    centres = inside[(day.primary.certain & day.working.certain)[inside]]
    sent = [posting for centre in centres.tolist() for posting in here.get(centre, [])]
    high = day.of_level("2", "2A", "2B", "3", "3A", "3B")
    sure = [p for p in sent if _surely(p, INTERMEDIATE) and high.certain[p.source]]
    possible = [p for p in sent if _possibly(p, INTERMEDIATE) and high.possible[p.source]]
    persons, at_most = _persons(day, sure, window), _persons(day, possible, window)
    population, lacking = _residents(day, centres)
    row = {
        "group": day.id(group),
        "name": day.name(group),
        "persons": persons,
        "at_most": at_most,
        "population": population,
    }
    if lacking or not population:
        reason = say("population_lacking", areas="|".join(lacking))
        return row | {"value": None, "status": "unknown", "reason": reason}
    if not sent and not all(day.declared("DISPATCHES", for_=(group,))):
        reason = say("ledger_not_complete", gaps="")
        return row | {"value": None, "status": "unknown", "reason": reason}
    reason = say("rate_between", low=persons, high=at_most) if at_most > persons else ""
    return row | {"value": persons * 10_000 / population, "status": "info", "reason": reason}


def _persons(day: Day, rows: Iterable[Posting], window: Span) -> int:
    """Return how many persons stay six months inside the year.

    A posting without a named person counts its staff.
    """
    spans: dict[str, list[Span]] = {}
    staff: dict[str, int] = {}
    for posting in rows:
        inside = window if posting.doubt else posting.within(window, day.date)
        if inside:
            spans.setdefault(posting.who, []).append(inside)
            staff[posting.who] = 1 if posting.person else posting.staff or 1
    return sum(staff[who] for who, stay in spans.items() if six_months(stay))


def _residents(day: Day, centres: Positions) -> tuple[int, list[str]]:
    """Return the residents of the areas these centres serve, and the areas without a number."""
    serves = day.links("SERVES")
    areas = np.unique(serves.target[np.isin(serves.source, centres)])
    numbers = day.index.take("population", areas).to_pylist()
    lacking = [id for id, people in zip(day.ids(areas), numbers, strict=True) if people is None]
    return sum(people for people in numbers if people is not None), lacking


_TESTS: dict[str, Callable[[Day, Span, Here], Answer]] = {
    "all_year": _every_centre("all_year", _all_year, ("DISPATCHES", "LEADS", "MEMBER_OF")),
    "six_months": _every_centre("six_months", _six_months, ("DISPATCHES",)),
    "per_10000": _per_10000,
}
