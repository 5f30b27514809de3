"""Specialty alliances: who is in them, which districts and groups they reach, and what only they give."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import numpy as np

from medgraph.graphmodel.day import Day
from medgraph.queries.answers import (
    answer,
    define,
    frame_of,
    groups_left_out,
    left_out,
    split_by_status,
)
from medgraph.queries.results import Answer
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.graphmodel.network import MedicalNetwork

# The specialty that a type of facility has by its name.
SPECIALTY_OF_TYPE = {
    "tcm_hospital": "tcm",
    "psychiatric_hospital": "psychiatry",
    "rehabilitation_hospital": "rehabilitation",
    "mch_institution": "mch",
    "women_children_hospital": "mch",
    "maternity_hospital": "mch",
}


def members(net: MedicalNetwork, *, as_of: datetime.date | str | None = None) -> Answer:
    """List the leads and members of every specialty alliance.

    Returns
    -------
    Answer
        A row per membership: `facility`, `name`, `alliance`, `alliance_name`, `specialty`, `role` (lead, member),
        `county` (six digits, empty: not stated), `groups` (groups it is in, too), `clause`, `status` member.
        Classes without names are excluded.
    """
    day = Day(net, as_of)
    rows = _memberships(day)
    kept, excluded = split_by_status(
        frame_of(rows, ("facility", "name", "alliance", "status", "reason")), "excluded"
    )
    return answer(
        day,
        "alliances.members",
        define(day, "alliance_members_numerator", "", "facilities"),
        kept,
        judged=len(kept),
        excluded=excluded,
    )


def _memberships(day: Day) -> list[dict]:
    facility, collective, lead = day.memberships
    groups: dict[int, list[int]] = {}
    for f, g in zip(facility.tolist(), collective.tolist(), strict=True):
        if day.group.certain[g]:
            groups.setdefault(f, []).append(g)
    clauses = np.concatenate(
        [
            np.array(day.link_column("clause", day.links(r).row), object)
            for r in ("LEADS", "MEMBER_OF")
        ]
    )
    lasting = (day.group.certain | day.alliance.certain)[
        np.concatenate([day.links(r).target for r in ("LEADS", "MEMBER_OF")])
    ]
    rows = []
    for f, g, is_lead, clause in zip(
        facility.tolist(),
        collective.tolist(),
        lead.tolist(),
        clauses[lasting].tolist(),
        strict=True,
    ):
        if day.alliance.certain[g]:
            rows.append(_membership(day, f, g, is_lead, clause, groups.get(f, [])))
    return rows


def _membership(
    day: Day, f: int, g: int, is_lead: bool, clause: str | None, groups: list[int]
) -> dict:
    (facility, alliance), (name, alliance_name) = day.ids([f, g]), day.names([f, g])
    county = int(day.county[f])
    is_class = bool(day.placeholder[f])
    return {
        "facility": facility,
        "name": name,
        "alliance": alliance,
        "alliance_name": alliance_name,
        "specialty": day.index.take("specialty", [g]).to_pylist()[0],
        "role": "lead" if is_lead else "member",
        "county": f"{county:06d}" if county else "",
        "groups": "|".join(day.ids(np.array(groups, np.int64))),
        "clause": clause,
        "status": "excluded" if is_class else "member",
        "reason": say("left_out_class") if is_class else "",
    }


def districts(net: MedicalNetwork, *, as_of: datetime.date | str | None = None) -> Answer:
    """Say for every alliance and district whether a member or the lead is named there.

    Districts are the areas of county level; where the data has none, the counties of the facilities. What is
    judged is what is named: an alliance may have unnamed members, or members whose area is not stated; notes
    say which.

    Returns
    -------
    Answer
        A row per alliance and district: `group` (the alliance), `name`, `district` (six digits), `district_name`,
        `members` (named there), `status` (named, none_named), `reason`.
    """
    day = Day(net, as_of)
    places = _districts(day)
    rows, notes = [], []
    for alliance in np.flatnonzero(day.alliance.certain).tolist():
        inside = day.members_of(alliance)
        named = inside[day.facility.certain[inside]]
        for code, place in places.items():
            here = named[day.county[named] == code]
            rows.append(
                {
                    "group": day.ids([alliance])[0],
                    "name": day.names([alliance])[0],
                    "district": f"{code:06d}",
                    "district_name": place,
                    "members": "|".join(day.names(here)),
                    "status": "named" if len(here) else "none_named",
                    "reason": "" if len(here) else say("alliance_none_named"),
                }
            )
        notes += _open_questions(day, alliance, inside)
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
        excluded=groups_left_out(day, alliances=True),
        notes=notes,
    )


def _districts(day: Day) -> dict[int, str]:
    """Code of six digits -> name of every district."""
    counties, unsure = day.areas("county")
    where = counties[~unsure & day.at_work.certain[counties]]
    named = {
        int(id[:6]): name
        for id, name in zip(day.ids(where), day.names(where), strict=True)
        if id[:6].isdigit()
    }
    if named:
        return dict(sorted(named.items()))
    return {
        int(code): f"{code:06d}"
        for code in np.unique(day.county[day.facility.certain]).tolist()
        if code
    }


def _open_questions(day: Day, alliance: int, inside: np.ndarray) -> list[str]:
    name = day.names([alliance])[0]
    placeless = inside[day.facility.certain[inside] & (day.county[inside] == 0)]
    classes = inside[day.placeholder[inside]]
    return [
        say(key, name=name, members="、".join(day.names(who)))
        for key, who in (("alliance_without_area", placeless), ("alliance_has_class", classes))
        if len(who)
    ]


def links(net: MedicalNetwork, *, as_of: datetime.date | str | None = None) -> Answer:
    """Say which alliance has a link of close cooperation with which group.

    A link counts in either direction, and between the leads of the two.

    Returns
    -------
    Answer
        A row per alliance and group: `group`, `name`, `alliance`, `alliance_name`, `status` (linked, missing),
        `record`, `clause`, `reason`. A missing link is unknown unless COOPERATES_WITH is declared complete.
    """
    day = Day(net, as_of)
    found = _cooperation(day)
    rows = []
    for a in np.flatnonzero(day.alliance.certain).tolist():
        for g in np.flatnonzero(day.group.certain).tolist():
            row = found.get((a, g), -1)
            missing = "missing" if all(day.declared("COOPERATES_WITH", for_=(g,))) else "unknown"
            status = "linked" if row >= 0 else missing
            reason = {
                "linked": "",
                "missing": say("link_missing"),
                "unknown": say("link_not_stated"),
            }[status]
            rows.append(
                {
                    "group": day.ids([g])[0],
                    "name": day.names([g])[0],
                    "alliance": day.ids([a])[0],
                    "alliance_name": day.names([a])[0],
                    "status": status,
                    "record": day.link_ids([row])[0],
                    "clause": day.link_column("clause", [row])[0],
                    "reason": reason,
                }
            )
    judged, unknown = split_by_status(
        frame_of(rows, ("group", "name", "alliance", "status", "reason"))
    )
    definition = define(day, "alliance_links_numerator", "alliance_links_denominator", "links")
    return answer(
        day,
        "alliances.links",
        definition,
        judged,
        judged=len(judged),
        unknown=unknown,
        met=(judged["status"] == "linked").sum(),
        excluded=_placeholders(day),
    )


def _placeholders(day: Day):
    """Groups and alliances that are placeholders or have ended."""
    import pandas as pd

    return pd.concat(
        [groups_left_out(day), groups_left_out(day, alliances=True)], ignore_index=True
    )


def _cooperation(day: Day) -> dict[tuple[int, int], int]:
    """Alliance and group -> row of the link between them or their leads."""
    found: dict[tuple[int, int], int] = {}
    stands_for = {i: [i] for i in np.flatnonzero(day.alliance.certain | day.group.certain).tolist()}
    facility, collective, lead = day.memberships
    for f, g in zip(facility[lead].tolist(), collective[lead].tolist(), strict=True):
        stands_for.setdefault(f, []).append(g)
    every = day.links("COOPERATES_WITH")
    for s, t, row in zip(
        every.source.tolist(), every.target.tolist(), every.row.tolist(), strict=True
    ):
        for a in stands_for.get(s, []):
            for b in stands_for.get(t, []):
                for pair in ((a, b), (b, a)):
                    if day.alliance.certain[pair[0]] and day.group.certain[pair[1]]:
                        found.setdefault(pair, row)
    return found


def only(net: MedicalNetwork, *, as_of: datetime.date | str | None = None) -> Answer:
    """Name the facilities that are in an alliance and in no group.

    Returns
    -------
    Answer
        Rows of those in no group: `facility`, `name`, `alliances`, `status` alliance_only, `reason`. The share is that
        of facilities in a group too. Unknown unless MEMBER_OF is declared complete; classes are excluded.
    """
    day = Day(net, as_of)
    facility, collective, _ = day.memberships
    inside = np.zeros(len(day.index), bool)
    inside[facility[day.alliance.certain[collective]]] = True
    subjects = np.flatnonzero(inside & day.facility.certain)
    in_group = day.group_of[subjects] != -1
    silent = "alliance_only" if day.declared_whole("MEMBER_OF") else "unknown"
    names = {
        f: "|".join(
            day.ids(np.unique(collective[(facility == f) & day.alliance.certain[collective]]))
        )
        for f in subjects.tolist()
    }
    reason = say("alliance_only_reason" if silent == "alliance_only" else "link_not_stated")
    rows = frame_of(
        {
            "facility": day.ids(subjects),
            "name": day.names(subjects),
            "alliances": [names[f] for f in subjects.tolist()],
            "status": np.where(in_group, "both", silent),
            "reason": ["" if both else reason for both in in_group.tolist()],
        }
    )
    judged, unknown = split_by_status(rows)
    definition = define(day, "alliance_only_numerator", "alliance_only_denominator", "facilities")
    classes = left_out(day, inside & day.placeholder)
    return answer(
        day,
        "alliances.only",
        definition,
        split_by_status(judged, "both")[0],
        judged=len(judged),
        met=(judged["status"] == "both").sum(),
        unknown=unknown,
        excluded=classes,
    )


def reach(net: MedicalNetwork, *, as_of: datetime.date | str | None = None) -> Answer:
    """Say which specialties of the alliances a group has itself, and which only through an alliance.

    A group has a specialty where a member at work states it, or has it by its type (a TCM hospital).

    Returns
    -------
    Answer
        A row per group and specialty: `group`, `name`, `specialty`, `alliance`, `lead`, `members` (with the specialty),
        `status` (own, alliance, none), `reason`. Where no member has it, the row is unknown unless
        `facilities.specialties` is declared complete.
    """
    day = Day(net, as_of)
    found = _cooperation(day)
    specialty = day.index.values("specialty").to_pylist()
    alliances: dict[str, list[int]] = {}
    for a in np.flatnonzero(day.alliance.certain).tolist():
        alliances.setdefault(specialty[a] or day.ids([a])[0], []).append(a)
    rows = [
        _reach(day, g, s, [a for a in those if (a, g) in found])
        for g in np.flatnonzero(day.group.certain).tolist()
        for s, those in sorted(alliances.items())
    ]
    judged, unknown = split_by_status(
        frame_of(rows, ("group", "name", "specialty", "status", "reason"))
    )
    definition = define(day, "reach_numerator", "reach_denominator", "specialties")
    return answer(
        day,
        "alliances.reach",
        definition,
        judged,
        judged=len(judged),
        unknown=unknown,
        met=(judged["status"] == "own").sum(),
        excluded=_placeholders(day),
    )


def _reach(day: Day, group: int, specialty: str, alliances: list[int]) -> dict:
    members_ = day.members_of(group)
    members_ = members_[day.working.certain[members_]]
    stated = day.index.take("specialties", members_).to_pylist()
    types = day.index.take("type", members_).to_pylist()
    have = [
        m
        for m, s, t in zip(members_.tolist(), stated, types, strict=True)
        if specialty in (s or "").split("|") or SPECIALTY_OF_TYPE.get(t) == specialty
    ]
    known = day.net.meta.get("facilities.specialties.complete") == "complete"
    status = "own" if have else "unknown" if not known else "alliance" if alliances else "none"
    reason = {
        "own": "",
        "unknown": say("reach_not_stated"),
        "alliance": say("reach_alliance"),
        "none": say("reach_none"),
    }[status]
    leads = [lead for a in alliances for lead in day.leads_of(a).tolist()]
    return {
        "group": day.ids([group])[0],
        "name": day.names([group])[0],
        "specialty": specialty,
        "alliance": "|".join(day.ids(np.array(alliances, np.int64))),
        "lead": "|".join(day.names(np.array(leads, np.int64))),
        "members": "|".join(day.names(np.array(have, np.int64))),
        "status": status,
        "reason": reason,
    }
