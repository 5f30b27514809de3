"""Slots and beds that a lead sinks to primary care, held against the published quotas."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from medgraph.graphmodel.day import Day
from medgraph.graphmodel.headings import attribute
from medgraph.graphmodel.states import NO, UNKNOWN, YES
from medgraph.queries.answers import answer_by_status, define, frame_of, groups_left_out
from medgraph.queries.as_listed import told_as_listed
from medgraph.words.say import language, say
from medgraph.words.vocabularies import label

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from medgraph.graphmodel.arrays.types import Positions, States
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer

Row = dict[str, Any]


class Quota(NamedTuple):
    """What of the lead's own number has to be sunk: by which links, of which column, what part."""

    relation: str
    column: str
    required: Fraction


QUOTA = {
    "slots": Quota("SINKS_SLOTS", "outpatient_slots", Fraction(1, 3)),
    "beds": Quota("SINKS_BEDS", "beds", Fraction(1, 4)),
}
_NAMES = ("group", "name", "status", "reason")
_COUNTS = ("sunk", "to_teams", "to_primary_care", "to_others", "to_unnamed", "total")
RECIPIENTS = ("family_doctor_team", "primary_care")
# How much went to each kind of recipient; None where one amount is not stated.
Sums = dict[str, "int | None"]
# A lead, to whom it sinks, in which period, for which kind of recipient.
_Said = tuple[int, int, "str | None", "str | None"]


@told_as_listed
def quota(net: MedicalNetwork, *, as_of: datetime.date | str | None = None) -> Answer:
    """Hold the slots and beds that a lead sinks against one third and one quarter, exactly.

    Only what goes to family-doctor teams or primary care of the own group counts; what goes
    elsewhere is shown, and what goes to nobody named, or to whom nothing places in the group or
    outside it, could decide. More than there is decides nothing. The whole is the lead's own number
    of outpatient slots or beds, whose period no rule states; amounts of different periods are never
    added, the same row twice is one, and of two amounts for one thing only the lesser is sure. One
    that states no period may belong to each of those stated, or to another; where a lead states
    none at all, its amounts are taken as of one. Share: quotas met, of those judged.

    Parameters
    ----------
    net
        The network.
    as_of
        The day; default: the data day.

    Returns
    -------
    Answer
        A row per lead, kind (slots, beds) and period: `group`, `name`, `lead`, `lead_name`, `kind`,
        `period`, `sunk`, `to_teams`, `to_primary_care`, `to_others`, `to_unnamed`, `total`,
        `fraction`, `required`, `status` (met, short), `reason`. Unknown where a number is lacking,
        where more links may be sunk than are declared complete, and for a group without a lead.

    Examples
    --------
    >>> import medgraph as mg
    >>> answer = mg.dispatch.quota(mg.samples.taizhou())
    >>> answer.judged, len(answer.unknown)
    (0, 8)
    """
    day = Day(net, as_of)
    groups = np.flatnonzero(day.group.certain)
    sunk = [_Sunk(day, kind, groups) for kind in QUOTA]
    rows = [row for group in groups.tolist() for row in _rows_of_group(day, group, sunk)]
    frame = frame_of(rows, _NAMES)
    counted = [name for name in _COUNTS if name in frame.columns]
    frame = frame.astype(dict.fromkeys(counted, "Int64"))
    perhaps = [row for group in groups.tolist() for row in _further_periods(day, group, sunk)]
    definition = define(day, "quota_numerator", "quota_denominator", "quotas", "quota_source")
    return answer_by_status(
        day,
        "dispatch.quota",
        definition,
        frame,
        met="met",
        perhaps=frame_of(perhaps, _NAMES),
        excluded=groups_left_out(day),
        # A quota is of a lead, a kind and a period: what else is sunk may be of another period.
        lists=("groups", "links.LEADS", *(f"links.{one.relation}" for one in QUOTA.values())),
    )


class _Sunk:
    """What is sunk of one kind: by lead and period, and of which groups all of it is declared."""

    def __init__(self, day: Day, kind: str, groups: Positions) -> None:
        self.kind = kind
        relation = QUOTA[kind].relation
        whole = day.declared(relation, for_=groups)
        self.known = dict(zip(groups.tolist(), whole.tolist(), strict=True))
        links = day.links(relation)
        ends = zip(links.source.tolist(), links.target.tolist(), strict=True)
        own = dict(zip(ends, _own(day, links.source, links.target).tolist(), strict=True))
        self.by_lead: dict[int, dict[str, Sums]] = {}
        self.undated: Counter[int] = Counter()
        for (lead, target, period, recipient), amounts in _stated(day, relation, kind).items():
            self.undated[lead] += len(amounts) * (not period)
            sums = self.by_lead.setdefault(lead, {}).setdefault(period or "", {})
            to = _counted(recipient, _recipient(day, target), own[lead, target])
            for at, amount in enumerate(amounts):  # of several only the least counts for certain
                where = "" if at and to in RECIPIENTS else to
                sums[where] = _added(sums.get(where, 0), amount)

    def dated(self, lead: int) -> dict[str, Sums]:
        """Return what a lead sinks in each period that it states."""
        return {period: sums for period, sums in self.by_lead.get(lead, {}).items() if period}


def _stated(day: Day, relation: str, kind: str) -> dict[_Said, list[int | None]]:
    """The amounts by who sinks them to whom in which period, the least first.

    The same row twice is one row. Two amounts for one thing contradict one another, or are two
    things: nobody knows.
    """
    links = day.links(relation)
    ends = (links.source.tolist(), links.target.tolist())
    names = ("period", "recipient", kind, "valid_from", "valid_to")
    told = [day.values(relation, name).to_pylist() for name in names]
    found: dict[_Said, list[int | None]] = {}
    each_once = dict.fromkeys(zip(*ends, *told, strict=True))
    for lead, target, period, recipient, amount, _, _ in each_once:
        found.setdefault((lead, target, period, recipient), []).append(amount)
    for amounts in found.values():
        amounts.sort(key=lambda amount: (amount is None, amount))
    return found


def _rows_of_group(day: Day, group: int, sunk: Sequence[_Sunk]) -> list[Row]:
    leads = day.leads_of(group).tolist()
    if not leads:
        nobody = {"status": "unknown", "reason": say("no_lead")}
        head = {"group": day.id(group), "name": day.name(group)}
        return [head | {"kind": kind} | nobody for kind in QUOTA]
    return [row for lead in leads for of_kind in sunk for row in _quota(day, lead, group, of_kind)]


def _quota(day: Day, lead: int, group: int, sunk: _Sunk) -> list[Row]:
    """Return one row for each period of which something is stated; else one without a period."""
    head = _head(day, lead, group, sunk)
    whole = day.index.take(QUOTA[sunk.kind].column, np.array([lead]))[0].as_py()
    by_period = sunk.by_lead.get(lead, {"": {}})
    dated = sunk.dated(lead)
    perhaps = by_period.get("", {}) if dated else {}
    return [
        head
        | {"period": period}
        | _judged(QUOTA[sunk.kind], sums, whole, sunk.known[group], perhaps)
        for period, sums in (dated or by_period).items()
    ]


def _further_periods(day: Day, group: int, sunk: Sequence[_Sunk]) -> list[Row]:
    """Return a row for each amount that may be of a period of its own, beside those stated."""
    unknown = {"period": "", "status": "unknown", "reason": say("quota_of_another_period")}
    return [
        _head(day, lead, group, of_kind) | unknown
        for lead in day.leads_of(group).tolist()
        for of_kind in sunk
        if of_kind.dated(lead)
        for _ in range(of_kind.undated[lead])
    ]


def _head(day: Day, lead: int, group: int, sunk: _Sunk) -> Row:
    return {
        "group": day.id(group),
        "name": day.name(group),
        "lead": day.id(lead),
        "lead_name": day.name(lead),
        "kind": sunk.kind,
    }


def _added(before: int | None, amount: int | None) -> int | None:
    """Return the sum; None where a part of it is not stated."""
    return None if before is None or amount is None else before + amount


def _own(day: Day, lead: Positions, target: Positions) -> States:
    """Say of each target whether it is of the lead's own group, and not the lead itself.

    A team or a group is as good as it says. Of a facility of no stated type it is unknown, and of
    one in no group while members or leads may be missing.
    """
    known = day.declared("MEMBER_OF", for_=target) & day.declared("LEADS", for_=target)
    inside = day.same_group(lead, target)
    typed = inside & ~day.untyped[target]
    found = np.where(typed | ~day.index.is_kind("Facility")[target], YES, UNKNOWN)
    found[(~inside & known & day.facility.certain[target]) | (lead == target)] = NO
    return found.astype(np.int8)


def _counted(stated: str | None, by_kind: str, own: int) -> str:
    """Say to whom an amount goes; empty: unnamed. What leaves the group, or what is no primary
    care whatever the link says, is for others.
    """
    if own == NO or "other" in (stated, by_kind):
        return "other"
    return (stated or by_kind) if own == YES else ""


def _recipient(day: Day, target: int) -> str:
    """Say to whom it goes by what the target is, where the link does not say; empty: unnamed."""
    if day.family_doctor_team.certain[target]:
        return "family_doctor_team"
    if day.primary.certain[target] or day.station.certain[target]:
        return "primary_care"
    is_known = day.facility.certain[target] and not day.untyped[target]
    return "other" if is_known else ""


def _judged(rule: Quota, sums: Sums, whole: int | None, known: bool, perhaps: Sums) -> Row:
    """Return the numbers of a quota and its verdict.

    `known`: all that is sunk is declared. `perhaps`: what may be of this period, too.
    """
    sure = sum(sums.get(recipient) or 0 for recipient in RECIPIENTS)
    row = {
        "sunk": sum(amount or 0 for amount in sums.values()) if sums else None,
        "to_teams": sums.get("family_doctor_team", 0),
        "to_primary_care": sums.get("primary_care", 0),
        "to_others": sums.get("other", 0),
        "to_unnamed": sums.get("", 0),
        "total": whole,
        "fraction": str(Fraction(sure, whole)) if whole else None,
        "required": str(rule.required),
    }
    status, reason = _verdict(rule, sums, whole, sure, known, perhaps)
    return row | {"status": status, "reason": reason}


def _verdict(
    rule: Quota, sums: Sums, whole: int | None, sure: int, known: bool, perhaps: Sums
) -> tuple[str, str]:
    relation, column, required = rule
    if not whole:
        return "unknown", say("quota_lacking", field=attribute(column))
    if not sums and not known:
        lacking = label("relation", relation, language())
        return "unknown", say("quota_lacking", field=lacking)
    if sure > whole:
        return "unknown", say("quota_above_whole", sunk=sure, total=whole)
    wanted = required * whole
    if sure >= wanted:
        return "met", ""
    most = [_most(sums), _most(perhaps)]
    if not known or None in most or sum(filter(None, most)) >= wanted:
        return "unknown", say("quota_could_be_met")
    return "short", say("quota_short", sunk=sure, total=whole, required=required)


def _most(sums: Sums) -> int | None:
    """Return how much of it may count; None where an amount is not stated."""
    amounts = [sums.get(recipient, 0) for recipient in (*RECIPIENTS, "")]
    return None if None in amounts else sum(filter(None, amounts))
