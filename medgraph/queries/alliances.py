"""Specialty alliances: who is in them, which districts they reach, and what only they give."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from medgraph.graphmodel.day import NONE, Day
from medgraph.queries.answers import (
    answer,
    answer_by_status,
    define,
    frame_of,
    groups_left_out,
    named_out,
    split_by_status,
    undeclared,
)
from medgraph.queries.as_listed import told_as_listed
from medgraph.words.say import say
from medgraph.words.vocabularies import SPECIALTIES

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.graphmodel.states import Fact
    from medgraph.queries.results import Answer

# A row of an answer before it becomes a frame.
Row = dict[str, Any]


@told_as_listed
def members(net: MedicalNetwork, *, as_of: datetime.date | str | None = None) -> Answer:
    """List the leads and members of every specialty alliance.

    Parameters
    ----------
    net
        The network.
    as_of
        The day asked about; default: the data day.

    Returns
    -------
    Answer
        A row per membership: `facility`, `name`, `alliance`, `alliance_name`, `specialty`, `role`
        (lead, member), `county` (six digits, empty: not stated), `groups` (groups it is in, too),
        `clause`, `status` member. Classes without names are excluded.

    Examples
    --------
    >>> import medgraph as mg
    >>> frame = mg.alliances.members(mg.samples.taizhou()).frame
    >>> frame["role"].value_counts().to_dict()
    {'member': 6, 'lead': 3}
    """
    day = Day(net, as_of)
    rows = frame_of(_memberships(day), ("facility", "name", "alliance", "status", "reason"))
    kept, excluded = split_by_status(rows, "excluded")
    return answer(
        day,
        "alliances.members",
        define(day, "alliance_members_numerator", "", "facilities"),
        kept,
        judged=len(kept),
        excluded=excluded,
    )


def _memberships(day: Day) -> list[Row]:
    every = day.memberships
    clauses = day.link_column("clause", day.membership_rows)
    in_alliance = np.flatnonzero(day.alliance.certain[every.collective]).tolist()
    return [
        _membership(
            day,
            int(every.facility[place]),
            int(every.collective[place]),
            "lead" if every.is_lead[place] else "member",
            clauses[place],
        )
        for place in in_alliance
    ]


def _membership(day: Day, facility: int, alliance: int, role: str, clause: str | None) -> Row:
    ids, names = day.ids([facility, alliance]), day.names([facility, alliance])
    is_class = bool(day.placeholder[facility])
    return {
        "facility": ids[0],
        "name": names[0],
        "alliance": ids[1],
        "alliance_name": names[1],
        "specialty": day.index.take("specialty", np.array([alliance]))[0].as_py(),
        "role": role,
        "county": _six_digits(int(day.county[facility])),
        "groups": "|".join(day.ids(day.groups_of(facility))),
        "clause": clause,
        "status": "excluded" if is_class else "member",
        "reason": say("left_out_class") if is_class else "",
    }


def _six_digits(county: int) -> str:
    return f"{county:06d}" if county else ""


@told_as_listed
def districts(net: MedicalNetwork, *, as_of: datetime.date | str | None = None) -> Answer:
    """Say for every alliance and district whether a member or the lead is named there.

    Districts are the areas of county level; where the data has none, the counties of the
    facilities. What is judged is what is named: an alliance may have unnamed members, or members
    whose area is not stated; notes say which. Share: pairs of an alliance and a district with a
    named facility, of all pairs.

    Parameters
    ----------
    net
        The network.
    as_of
        The day asked about; default: the data day.

    Returns
    -------
    Answer
        A row per alliance and district: `group` (the alliance), `name`, `district` (six digits),
        `district_name`, `members` (named there), `status` (named, none_named), `reason`.

    Examples
    --------
    >>> import medgraph as mg
    >>> mg.alliances.districts(mg.samples.taizhou()).share.unit
    'districts'
    """
    day = Day(net, as_of)
    places = _districts(day)
    rows: list[Row] = []
    notes: list[str] = []
    doubts: Counter[str] = Counter()
    may_be_named = 0
    alliances = np.flatnonzero(day.alliance.certain)
    known = day.members_known(alliances).tolist()
    for alliance, whole in zip(alliances.tolist(), known, strict=True):
        inside = day.members_of(alliance)
        own = [_in_district(day, alliance, inside, *place) for place in places.items()]
        questions = _open_questions(day, alliance, inside)
        open_lists = [] if whole else [say("link_not_stated")]
        if questions or open_lists:
            unnamed = sum(row["status"] == "none_named" for row in own)
            may_be_named += unnamed
            doubts.update(dict.fromkeys([*questions, *open_lists], unnamed))
        rows += own
        notes += questions
    frame = frame_of(rows, ("group", "name", "district", "status", "reason"))
    definition = define(
        day, "alliance_districts_numerator", "alliance_districts_denominator", "districts"
    )
    return answer(
        day,
        "alliances.districts",
        definition,
        frame,
        judged=len(frame),
        met=(frame["status"] == "named").sum(),
        lists=("groups", "areas"),
        may_be_met=may_be_named,
        doubts=[(why, count) for why, count in doubts.most_common() if count],
        excluded=groups_left_out(day, alliances=True),
        notes=notes,
    )


def _districts(day: Day) -> dict[int, str]:
    """Return the name of every district by its code of six digits."""
    counties, unsure = day.areas("county")
    known = counties[~unsure & day.at_work.certain[counties]]
    named = dict(zip(day.county[known].tolist(), day.names(known), strict=True))
    named.pop(0, None)
    if named:
        return dict(sorted(named.items()))
    codes = np.unique(day.county[day.facility.certain]).tolist()
    return {code: _six_digits(code) for code in codes if code}


def _in_district(day: Day, alliance: int, inside: Positions, code: int, place: str) -> Row:
    here = inside[day.facility.certain[inside] & (day.county[inside] == code)]
    return {
        "group": day.id(alliance),
        "name": day.name(alliance),
        "district": _six_digits(code),
        "district_name": place,
        "members": "|".join(day.names(here)),
        "status": "named" if len(here) else "none_named",
        "reason": "" if len(here) else say("alliance_none_named"),
    }


def _open_questions(day: Day, alliance: int, inside: Positions) -> list[str]:
    """Name the members of an alliance that may be in any district."""
    without_area = inside[day.facility.certain[inside] & (day.county[inside] == 0)]
    classes = inside[day.placeholder[inside]]
    questions = (("alliance_without_area", without_area), ("alliance_has_class", classes))
    return [
        say(key, name=day.name(alliance), members=say("list_comma").join(day.names(those)))
        for key, those in questions
        if len(those)
    ]


@told_as_listed
def links(net: MedicalNetwork, *, as_of: datetime.date | str | None = None) -> Answer:
    """Say which alliance has a link of close cooperation with which group.

    A link counts in either direction, and between the leads of the two. Share: pairs of an alliance
    and a group that are linked, of the pairs judged; a missing link is unknown unless
    COOPERATES_WITH is declared complete.

    Parameters
    ----------
    net
        The network.
    as_of
        The day asked about; default: the data day.

    Returns
    -------
    Answer
        A row per alliance and group: `group`, `name`, `alliance`, `alliance_name`, `status`
        (linked, missing), `record`, `clause`, `reason`.

    Examples
    --------
    >>> import medgraph as mg
    >>> mg.alliances.links(mg.samples.taizhou()).share
    Share(met=12, total=12, unit='links')
    """
    day = Day(net, as_of)
    found = _cooperation(day)
    alliances = np.flatnonzero(day.alliance.certain).tolist()
    groups = np.flatnonzero(day.group.certain)
    leads = day.declared_whole("LEADS") and all(day.declared("LEADS", for_=alliances))
    whole = (day.declared("COOPERATES_WITH", for_=groups) & leads).tolist()
    rows = [
        _link(day, alliance, group, found.get((alliance, group), -1), complete)
        for alliance in alliances
        for group, complete in zip(groups.tolist(), whole, strict=True)
    ]
    frame = frame_of(rows, ("group", "name", "alliance", "status", "reason"))
    definition = define(day, "alliance_links_numerator", "alliance_links_denominator", "links")
    return answer_by_status(
        day,
        "alliances.links",
        definition,
        frame,
        met="linked",
        lists=("groups",),
        excluded=_collectives_left_out(day),
    )


def _link(day: Day, alliance: int, group: int, row: int, complete: bool) -> Row:
    status, reason = "linked", ""
    if row < 0 and complete:
        status, reason = "missing", say("link_missing")
    elif row < 0:
        status, reason = "unknown", say("link_not_stated")
    return {
        "group": day.id(group),
        "name": day.name(group),
        "alliance": day.id(alliance),
        "alliance_name": day.name(alliance),
        "status": status,
        "record": day.link_ids([row])[0],
        "clause": day.link_column("clause", [row])[0],
        "reason": reason,
    }


def _collectives_left_out(day: Day) -> pd.DataFrame:
    """Return the groups and alliances that are placeholders or have ended."""
    left = [groups_left_out(day), groups_left_out(day, alliances=True)]
    return pd.concat(left, ignore_index=True)


def _cooperation(day: Day) -> dict[tuple[int, int], int]:
    """Return for each alliance and group the row of the first link between them or their leads."""
    stands_for = _stands_for(day)
    found: dict[tuple[int, int], int] = {}
    every = day.links("COOPERATES_WITH")
    ends = zip(every.source.tolist(), every.target.tolist(), every.row.tolist(), strict=True)
    for source, target, row in ends:
        for one in stands_for.get(source, []):
            for other in stands_for.get(target, []):
                for alliance, group in ((one, other), (other, one)):
                    if day.alliance.certain[alliance] and day.group.certain[group]:
                        found.setdefault((alliance, group), row)
    return found


def _stands_for(day: Day) -> dict[int, list[int]]:
    """Return the groups and alliances that a node speaks for: itself, or those that it leads."""
    collectives = np.flatnonzero(day.alliance.certain | day.group.certain).tolist()
    found = {collective: [collective] for collective in collectives}
    facility, collective, is_lead = day.memberships
    pairs = zip(facility[is_lead].tolist(), collective[is_lead].tolist(), strict=True)
    for lead, led in pairs:
        found.setdefault(lead, []).append(led)
    return found


@told_as_listed
def only(net: MedicalNetwork, *, as_of: datetime.date | str | None = None) -> Answer:
    """Name the facilities that are in an alliance and in no group.

    Share: facilities of an alliance that are in a group too, of those judged; one in no group is
    unknown unless members and leads are declared complete. Classes are excluded.

    Parameters
    ----------
    net
        The network.
    as_of
        The day asked about; default: the data day.

    Returns
    -------
    Answer
        Rows of those in no group: `facility`, `name`, `alliances`, `status` alliance_only,
        `reason`.

    Examples
    --------
    >>> import medgraph as mg
    >>> answer = mg.alliances.only(mg.samples.taizhou())
    >>> answer.share, len(answer.frame)
    (Share(met=1, total=9, unit='facilities'), 8)
    """
    day = Day(net, as_of)
    facility, collective, _ = day.memberships
    in_alliance = day.alliance.certain[collective]
    inside = day.mask(facility[in_alliance])
    subjects = np.flatnonzero(inside & day.facility.certain)
    in_group = day.group_of[subjects] != NONE
    alone, why = "unknown", say("link_not_stated")
    if not undeclared(day, groups=day.group.certain):
        alone, why = "alliance_only", say("alliance_only_reason")
    rows = frame_of(
        {
            "facility": day.ids(subjects),
            "name": day.names(subjects),
            "alliances": ["|".join(day.ids(day.alliances_of(at))) for at in subjects.tolist()],
            "status": np.where(in_group, "both", alone),
            "reason": np.where(in_group, "", why).tolist(),
        }
    )
    judged, unknown = split_by_status(rows)
    found, both = split_by_status(judged, "both")
    definition = define(day, "alliance_only_numerator", "alliance_only_denominator", "facilities")
    return answer(
        day,
        "alliances.only",
        definition,
        found,
        judged=len(judged),
        met=len(both),
        lists=("facilities", *_lists_of_alliances(day)),
        unknown=unknown,
        excluded=named_out(day, inside & day.placeholder),
    )


@told_as_listed
def reach(net: MedicalNetwork, *, as_of: datetime.date | str | None = None) -> Answer:
    """Say which specialties of the alliances a group has itself, and which only through an
    alliance.

    A group has a specialty where a member at work states it, or has it by its type (a TCM
    hospital). Share: pairs of a group and a specialty that the group has itself, of the pairs
    judged; where no member has it, the pair is unknown unless `facilities.specialties` is declared
    complete.

    Parameters
    ----------
    net
        The network.
    as_of
        The day asked about; default: the data day.

    Returns
    -------
    Answer
        A row per group and specialty: `group`, `name`, `specialty`, `alliance`, `lead`, `members`
        (with the specialty), `status` (own, alliance, none), `reason`.

    Examples
    --------
    >>> import medgraph as mg
    >>> answer = mg.alliances.reach(mg.samples.taizhou())
    >>> answer.judged + len(answer.unknown)
    12
    """
    day = Day(net, as_of)
    found = _cooperation(day)
    columns = ("group", "name", "specialty", "status", "reason")
    offered = [
        (specialty, day.working & day.has_specialty(specialty), alliances)
        for specialty, alliances in sorted(_by_specialty(day).items())
    ]
    groups = np.flatnonzero(day.group.certain)
    known = day.members_known(groups).tolist()
    rows = [
        _reach(day, group, specialty, having, [a for a in alliances if (a, group) in found], whole)
        for group, whole in zip(groups.tolist(), known, strict=True)
        for specialty, having, alliances in offered
    ]
    stated = [row for row in rows if row["specialty"] in SPECIALTIES]
    without = {"status": "unknown", "reason": say("reach_no_specialty")}
    perhaps = [row | without for row in rows if row["specialty"] not in SPECIALTIES]
    frame = frame_of(stated, columns)
    definition = define(day, "reach_numerator", "reach_denominator", "specialties")
    return answer_by_status(
        day,
        "alliances.reach",
        definition,
        frame,
        met="own",
        perhaps=frame_of(perhaps, columns),
        lists=("groups",),
        excluded=_collectives_left_out(day),
    )


def _lists_of_alliances(day: Day) -> list[str]:
    """Return the lists of members and of leads of the alliances of the day."""
    alliances = day.ids(np.flatnonzero(day.alliance.certain))
    return [f"links.{relation}.{id}" for relation in ("MEMBER_OF", "LEADS") for id in alliances]


def _by_specialty(day: Day) -> dict[str, list[int]]:
    """Return the alliances of each specialty; one that states none stands under its own id."""
    alliances = np.flatnonzero(day.alliance.certain)
    stated = day.index.take("specialty", alliances).to_pylist()
    found: dict[str, list[int]] = {}
    for alliance, id, specialty in zip(alliances.tolist(), day.ids(alliances), stated, strict=True):
        found.setdefault(specialty or id, []).append(alliance)
    return found


def _reach(
    day: Day, group: int, specialty: str, having: Fact, alliances: Sequence[int], whole: bool
) -> Row:
    """Return the row of a group and a specialty; `whole`: its members are all known."""
    own = day.members_of(group)
    own = own[having.certain[own]]
    status, reason = _reach_status(day, bool(len(own)), bool(alliances), whole)
    leads = [lead for alliance in alliances for lead in day.leads_of(alliance).tolist()]
    return {
        "group": day.id(group),
        "name": day.name(group),
        "specialty": specialty,
        "alliance": "|".join(day.ids(alliances)),
        "lead": "|".join(day.names(leads)),
        "members": "|".join(day.names(own)),
        "status": status,
        "reason": reason,
    }


def _reach_status(
    day: Day, has_itself: bool, has_alliance: bool, every_member: bool
) -> tuple[str, str]:
    if has_itself:
        return "own", ""
    if not every_member:
        return "unknown", say("link_not_stated")
    if not day.declared_column("facilities", "specialties"):
        return "unknown", say("reach_not_stated")
    if has_alliance:
        return "alliance", say("reach_alliance")
    return "none", say("reach_none")
