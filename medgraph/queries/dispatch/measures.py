"""Staff, slots and beds sent down (下沉): the ledger of postings, three published tests, and the quota."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from medgraph.errors import OptionError
from medgraph.graphmodel.day import Day
from medgraph.graphmodel.headings import attribute
from medgraph.queries.answers import (
    answer,
    define,
    frame_of,
    groups_left_out,
    left_out,
    split_by_status,
)
from medgraph.queries.dispatch.postings import (
    DAY,
    INTERMEDIATE,
    PHYSICIANS,
    Posting,
    Span,
    days,
    doubts,
    gaps,
    merged,
    postings,
    said,
    six_months,
    year_window,
)
from medgraph.queries.results import Answer
from medgraph.words.say import language, say
from medgraph.words.vocabularies import PRIMARY_TYPES, label

if TYPE_CHECKING:
    from medgraph.graphmodel.network import MedicalNetwork

QUOTA = {
    "slots": ("SINKS_SLOTS", "outpatient_slots", Fraction(1, 3)),
    "beds": ("SINKS_BEDS", "beds", Fraction(1, 4)),
}
RECIPIENTS = ("family_doctor_team", "primary_care")


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
        A row per posting: `source`, `source_name`, `relation`, `target`, `target_name`, `person`, `staff`, `title`,
        `role` (clinical, management), `days_per_week`, `start`, `end`, `days_in_year`, `record`, `status`, `reason`.
        Unknown are postings with an unknown title, without a first day, or that end before they begin; excluded
        those of other years and those of a class of facilities.
    """
    day = Day(net, as_of)
    window = year_window(day, year)
    rows = [_row(day, p) | _in_year(day, p, window) for p in postings(day)]
    frame = frame_of(rows, ("source", "relation", "target", "status", "reason"))
    kept, excluded = split_by_status(frame, "excluded")
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


def _row(day: Day, p: Posting) -> dict:
    ends = np.array([p.source, p.target])
    (source, target), names = day.ids(ends), day.names(ends)
    return {
        "source": source,
        "source_name": names[0],
        "relation": "DISPATCHES",
        "target": target,
        "target_name": names[1],
        "person": p.person,
        "staff": p.staff,
        "title": p.title,
        "role": p.role,
        "days_per_week": p.days_per_week,
        "start": p.start,
        "end": p.end,
        "record": p.record,
    }


def _of_a_class(day: Day, p: Posting) -> bool:
    return bool(day.placeholder[p.source] or day.placeholder[p.target])


def _in_year(day: Day, p: Posting, window: Span) -> dict:
    inside = None if p.doubt else days(p.within(window, day.date))
    status, reason = "counted", ""
    if _of_a_class(day, p):
        status, reason = "excluded", say("left_out_class")
    elif not p.touches(window):
        status, reason = "excluded", say("posting_other_year", year=window[0].year)
    elif p.doubt or not p.title_known:
        status, reason = "unknown", doubts([p])
    return {"days_in_year": inside, "status": status, "reason": reason}


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
        The rows of `ledger` without days in the year, and `days_left`, `followed_by` (the posting at the same
        place that holds the day after, empty: none). Unknown are postings whose days are impossible; excluded those
        over, not yet begun, or of a class.
    """
    day = Day(net, as_of)
    everything = postings(day)
    by_place: dict[int, list[Posting]] = {}
    for p in everything:
        by_place.setdefault(p.target, []).append(p)
    rows = [_row(day, p) | _ends(day, p, within_days, by_place[p.target]) for p in everything]
    kept, excluded = split_by_status(
        frame_of(rows, ("source", "relation", "target", "status", "reason")), "excluded"
    )
    judged, unknown = split_by_status(kept)
    return answer(
        day,
        "dispatch.ending",
        define(day, "ending_numerator", "", "postings"),
        split_by_status(judged, "lasting")[0],
        judged=len(judged),
        unknown=unknown,
        excluded=excluded,
    )


def _ends(day: Day, p: Posting, within_days: int, here: list[Posting]) -> dict:
    today = day.date
    if p.impossible:
        return {"status": "unknown", "reason": doubts([p])}
    if _of_a_class(day, p):
        return {"status": "excluded", "reason": say("left_out_class")}
    if (p.start and p.start > today) or (p.end and p.end < today):
        return {"status": "excluded", "reason": say("posting_not_current", day=today)}
    if p.end is None or (p.end - today).days > within_days:
        return {"status": "lasting", "reason": ""}
    after = p.end + DAY
    following = [
        q.record
        for q in here
        if q is not p and not q.impossible and (q.start or after) <= after <= (q.end or after)
    ]
    return {
        "status": "ending",
        "days_left": (p.end - today).days,
        "followed_by": "|".join(following),
        "reason": "" if following else say("posting_not_followed"),
    }


# -- the three published tests -----------------------------------------------------------------


def coverage(
    net: MedicalNetwork,
    *,
    test: str = "all_year",
    year: int | None = None,
    as_of: datetime.date | str | None = None,
) -> Answer:
    """Judge the postings of a calendar year by one of three published tests, which are never mixed.

    `all_year`: an attending physician (or higher) of the group's lead every day of the year in every township or
    community centre; several persons may fill the post in turn. `six_months`: at least one dispatched physician of
    whatever grade who stays six months or more; the stay may cross the turn of the year. `per_10000`: persons of
    intermediate grade or above from facilities of level two or three, six months or more inside the year,
    per 10,000 residents of the areas that the group's centres serve; no cut-off is published.

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
        A row per centre (`facility`, `name`, `group`, `persons`, `days`, `gaps` by day, `apart`, `status` met or gap,
        `reason`), or, for `per_10000`, per group (`group`, `name`, `persons`, `at_most`, `population`, `value`,
        `status` info). `apart` names postings with an unknown title or impossible days: where they could
        decide, the row is unknown. A gap is one only where DISPATCHES is declared complete.
    """
    if test not in _TESTS:
        raise OptionError(say("not_one_of", what="test", value=test, allowed=", ".join(_TESTS)))
    day = Day(net, as_of)
    window = year_window(day, year)
    here: dict[int, list[Posting]] = {}
    for p in postings(day):
        if p.touches(window) and not _of_a_class(day, p) and p.source != p.target:
            here.setdefault(p.target, []).append(p)
    return _TESTS[test](day, window, here)


def _by_centre(judge: Callable, name: str) -> Callable:
    """Make the test that puts `judge` to every centre."""

    def test(day: Day, window: Span, here: dict[int, list[Posting]]) -> Answer:
        subjects = np.flatnonzero(day.primary.certain & day.working.certain)
        complete = day.declared("DISPATCHES", for_=subjects).tolist()
        groups = day.group_of[subjects]
        leads = {g: set(day.leads_of(g).tolist()) for g in np.unique(groups).tolist() if g >= 0}
        rows = []
        for i, (id, called) in enumerate(zip(day.ids(subjects), day.names(subjects), strict=True)):
            lead = leads.get(int(groups[i]))
            group = day.ids(groups[i : i + 1])[0] if lead is not None else ""
            row = judge(day, window, here.get(int(subjects[i]), []), lead)
            rows.append(
                {"facility": id, "name": called, "group": group} | _verdict(row, complete[i])
            )
        judged, unknown = split_by_status(frame_of(rows, ("facility", "name", "status", "reason")))
        definition = define(
            day, f"{name}_numerator", "coverage_denominator", "facilities", f"{name}_source"
        )
        return answer(
            day,
            "dispatch.coverage",
            definition,
            judged,
            judged=len(judged),
            met=(judged["status"] == "met").sum(),
            unknown=unknown,
            excluded=left_out(day, day.primary.certain),
            notes=_apart(here),
        )

    return test


def _verdict(row: dict, complete: bool) -> dict:
    """A gap is a finding only in a complete ledger."""
    if row["status"] == "gap" and not complete:
        return row | {"status": "unknown", "reason": say("ledger_not_complete", gaps=row["gaps"])}
    return row


def _apart(here: dict[int, list[Posting]]) -> tuple[str, ...]:
    doubtful = [p for rows in here.values() for p in rows if p.doubt or not p.title_known]
    return (say("postings_apart", count=len(doubtful)),) if doubtful else ()


def _sure(p: Posting, titles: frozenset[str]) -> bool:
    return not p.doubt and p.title in titles and p.role != "management"


def _possible(p: Posting, titles: frozenset[str]) -> bool:
    """It would count if its title or its days were what they may be."""
    return (p.title in titles or not p.title_known) and p.role != "management"


def _all_year(day: Day, window: Span, here: list[Posting], leads: set[int] | None) -> dict:
    """The days on which an attending physician of the lead is there, and those without."""
    if not leads:
        return {
            "persons": 0,
            "days": 0,
            "gaps": said([window]),
            "apart": "",
            "status": "unknown",
            "reason": say("no_lead"),
        }
    sent = [p for p in here if p.source in leads and _possible(p, INTERMEDIATE)]
    sure = [p for p in sent if _sure(p, INTERMEDIATE)]
    apart = [p for p in sent if p not in sure]
    spans = _spans(day, sure, window)
    missing = gaps(spans, window)
    hoped = spans + _spans(day, [p for p in apart if not p.doubt], window)
    if day.date < window[1]:
        hoped.append((max(day.date + DAY, window[0]), window[1]))
    if any(p.doubt for p in apart):
        hoped.append(window)
    status = "met" if not missing else "unknown" if not gaps(hoped, window) else "gap"
    return {
        "persons": len({p.who for p in sure}),
        "days": sum(map(days, merged(spans))),
        "gaps": said(missing),
        "apart": doubts(apart),
        "status": status,
        "reason": _why(status, apart),
    }


def _spans(day: Day, rows: list[Posting], window: Span) -> list[Span]:
    spans = [p.within(window, day.date) for p in rows]
    return [span for span in spans if span]


def _why(status: str, apart: list[Posting]) -> str:
    if status == "unknown":
        return say("postings_could_decide") if apart else say("year_not_over")
    return say("coverage_gap") if status == "gap" else ""


def _six_months(day: Day, window: Span, here: list[Posting], leads: set[int] | None) -> dict:
    """Whether some physician's stay, of which a day lies in the year, lasts six months."""
    sent = [p for p in here if _possible(p, PHYSICIANS)]
    sure = [p for p in sent if _sure(p, PHYSICIANS)]
    apart = [p for p in sent if p not in sure]
    stays = _stays(day, sure)
    longest = max((days(span) for spans in stays.values() for span in spans), default=0)
    met = any(six_months([span]) for spans in stays.values() for span in spans)
    running = any(p.end is None for p in sent) and day.date < window[1]
    dated = _stays(day, [p for p in sent if not p.doubt])
    decides = any(p.doubt for p in apart) or any(
        six_months([s]) for spans in dated.values() for s in spans
    )
    status = "met" if met else "unknown" if running or decides else "gap"
    return {
        "persons": len(stays),
        "days": longest,
        "gaps": "",
        "apart": doubts(apart),
        "status": status,
        "reason": _why(status, apart),
    }


def _stays(day: Day, rows: list[Posting]) -> dict[str, list[Span]]:
    """The stays of each person, joined where one posting follows another without a day between."""
    found: dict[str, list[Span]] = {}
    for p in rows:
        if p.start and p.start <= p.last(day.date):
            found.setdefault(p.who, []).append((p.start, p.last(day.date)))
    return {who: merged(spans) for who, spans in found.items()}


def _per_10000(day: Day, window: Span, here: dict[int, list[Posting]]) -> Answer:
    """Persons per 10,000 residents, for each group."""
    rows = [_rate(day, g, window, here) for g in np.flatnonzero(day.group.certain).tolist()]
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
        notes=_apart(here),
    )


def _rate(day: Day, group: int, window: Span, here: dict[int, list[Posting]]) -> dict:
    members = day.members_of(group)
    centres = members[(day.primary.certain & day.working.certain)[members]]
    sent = [p for c in centres.tolist() for p in here.get(c, [])]
    level = dict(
        zip(
            (p.source for p in sent),
            day.index.take("level", np.array([p.source for p in sent], np.int64)).to_pylist(),
            strict=True,
        )
    )
    graded = [p for p in sent if (level[p.source] or "?")[0] in "23?"]
    sure = [p for p in graded if _sure(p, INTERMEDIATE) and level[p.source]]
    possible = [p for p in graded if _possible(p, INTERMEDIATE)]
    persons, at_most = (_persons(day, rows, window) for rows in (sure, possible))
    population, lacking = _residents(day, centres)
    row = {
        "group": day.ids([group])[0],
        "name": day.names([group])[0],
        "persons": persons,
        "at_most": at_most,
        "population": population,
    }
    if lacking or not population:
        return row | {
            "value": None,
            "status": "unknown",
            "reason": say("population_lacking", areas="|".join(lacking)),
        }
    if not sent and not all(day.declared("DISPATCHES", for_=(group,))):
        return row | {
            "value": None,
            "status": "unknown",
            "reason": say("ledger_not_complete", gaps=""),
        }
    return row | {
        "value": persons * 10_000 / population,
        "status": "info",
        "reason": say("rate_between", low=persons, high=at_most) if at_most > persons else "",
    }


def _persons(day: Day, rows: list[Posting], window: Span) -> int:
    """How many persons stay six months inside the year; a posting without a named person counts its staff."""
    spans: dict[str, list[Span]] = {}
    staff: dict[str, int] = {}
    for p in rows:
        inside = p.within(window, day.date) if not p.doubt else window
        if inside:
            spans.setdefault(p.who, []).append(inside)
            staff[p.who] = 1 if p.person else p.staff or 1
    return sum(staff[who] for who, inside in spans.items() if six_months(inside))


def _residents(day: Day, centres: np.ndarray) -> tuple[int, list[str]]:
    """Residents of the areas that these centres serve, each area once; the areas without a number."""
    serves = day.links("SERVES")
    areas = np.unique(serves.target[np.isin(serves.source, centres)])
    numbers = day.index.take("population", areas).to_pylist()
    lacking = [id for id, n in zip(day.ids(areas), numbers, strict=True) if n is None]
    return sum(n for n in numbers if n is not None), lacking


_TESTS: dict[str, Callable[[Day, Span, dict], Answer]] = {
    "all_year": _by_centre(_all_year, "all_year"),
    "six_months": _by_centre(_six_months, "six_months"),
    "per_10000": _per_10000,
}


# -- slots and beds ----------------------------------------------------------------------------


def quota(net: MedicalNetwork, *, as_of: datetime.date | str | None = None) -> Answer:
    """Hold the slots and beds that a lead sinks against one third and one quarter, as exact fractions.

    Only what goes to family-doctor teams or primary care counts; what goes elsewhere is shown, and what goes to
    nobody named could decide. The whole is the lead's own number of outpatient slots or beds, whose period no
    rule states; amounts of different periods are never added.

    Parameters
    ----------
    net
        The network.
    as_of
        The day; default: the data day.

    Returns
    -------
    Answer
        A row per lead, kind (slots, beds) and period: `group`, `name`, `lead`, `lead_name`, `kind`, `period`, `sunk`,
        `to_teams`, `to_primary_care`, `to_others`, `to_unnamed`, `total`, `fraction`, `required`, `status` (met,
        short), `reason`. Unknown where a number is lacking, or where more could stand in a table declared partial.
    """
    day = Day(net, as_of)
    facility, collective, lead = day.memberships
    pairs = [
        (f, g)
        for f, g, is_lead in zip(facility.tolist(), collective.tolist(), lead.tolist(), strict=True)
        if is_lead and day.group.certain[g]
    ]
    rows = [row for f, g in sorted(set(pairs)) for kind in QUOTA for row in _quota(day, f, g, kind)]
    judged, unknown = split_by_status(frame_of(rows, ("group", "name", "status", "reason")))
    definition = define(day, "quota_numerator", "quota_denominator", "quotas", "quota_source")
    return answer(
        day,
        "dispatch.quota",
        definition,
        judged,
        judged=len(judged),
        unknown=unknown,
        met=(judged["status"] == "met").sum(),
        excluded=groups_left_out(day),
    )


def _quota(day: Day, lead: int, group: int, kind: str) -> list[dict]:
    """One row for each period of which something is stated; one without a period where nothing is."""
    relation, field, required = QUOTA[kind]
    links = day.links(relation)
    mine = np.flatnonzero(links.source == lead).tolist()
    columns = [day.values(relation, c).to_pylist() for c in ("period", "recipient", kind)]
    sums: dict[str, dict[str, int | None]] = {}
    for i in mine:
        period, recipient, amount = (c[i] for c in columns)
        sums.setdefault(period or "", {})
        to = recipient or _recipient(day, int(links.target[i]))
        before = sums[period or ""].get(to, 0)
        sums[period or ""][to] = None if amount is None or before is None else before + amount
    names = day.names([group, lead])
    head = {
        "group": day.ids([group])[0],
        "name": names[0],
        "lead": day.ids([lead])[0],
        "lead_name": names[1],
        "kind": kind,
    }
    total = day.index.take(field, [lead]).to_pylist()[0]
    return [
        head | {"period": period} | _judged_quota(day, group, relation, to, total, required)
        for period, to in (sums or {"": {}}).items()
    ]


def _recipient(day: Day, target: int) -> str:
    """To whom it goes, by what the target is, where the link does not say."""
    type_ = day.index.take("type", [target]).to_pylist()[0]
    if type_ == "family_doctor":
        return "family_doctor_team"
    if type_ in PRIMARY_TYPES:
        return "primary_care"
    return "other" if day.facility.certain[target] else ""


def _judged_quota(
    day: Day,
    group: int,
    relation: str,
    to: dict[str, int | None],
    total: int | None,
    required: Fraction,
) -> dict:
    sure = sum(to.get(r) or 0 for r in RECIPIENTS)
    unnamed, unstated = to.get("") or 0, None in to.values()
    row = {
        "sunk": sum(n or 0 for n in to.values()) if to else None,
        "to_teams": to.get("family_doctor_team", 0),
        "to_primary_care": to.get("primary_care", 0),
        "to_others": to.get("other", 0),
        "to_unnamed": to.get("", 0),
        "total": total,
        "fraction": None if not total else str(Fraction(sure, total)),
        "required": str(required),
    }
    complete = all(day.declared(relation, for_=(group,)))
    partial = "partial" in {day.net.completeness(f"links.{relation}.{day.ids([group])[0]}").state}
    if not total or (not to and not complete):
        held = {r: field for r, field, _ in QUOTA.values()}[relation]
        lacking = label("relation", relation, language()) if total else attribute(held)
        return row | {"status": "unknown", "reason": say("quota_lacking", field=lacking)}
    if sure >= required * total:
        return row | {"status": "met", "reason": ""}
    if unstated or partial or sure + unnamed >= required * total:
        return row | {"status": "unknown", "reason": say("quota_could_be_met")}
    return row | {
        "status": "short",
        "reason": say("quota_short", sunk=sure, total=total, required=required),
    }
