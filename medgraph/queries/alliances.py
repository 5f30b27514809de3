"""Specialty alliances: who is in them, which districts and groups they reach, and what only they give."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import numpy as np

from medgraph.queries.results import Answer
from medgraph.queries.roster import Roster, split, table
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
    roster = Roster(net, as_of)
    rows = _memberships(roster)
    kept, excluded = split(
        table(rows, ("facility", "name", "alliance", "status", "reason")), "excluded"
    )
    return roster.answer(
        "alliances.members",
        roster.definition("alliance_members_numerator", "", "facilities"),
        kept,
        judged=len(kept),
        excluded=excluded,
    )


def _memberships(roster: Roster) -> list[dict]:
    facility, collective, lead = roster.memberships
    groups: dict[int, list[int]] = {}
    for f, g in zip(facility.tolist(), collective.tolist(), strict=True):
        if roster.group[g]:
            groups.setdefault(f, []).append(g)
    clauses = np.concatenate(
        [
            np.array(roster.link_column("clause", roster.links(r).row), object)
            for r in ("LEADS", "MEMBER_OF")
        ]
    )
    lasting = (roster.group | roster.alliance)[
        np.concatenate([roster.links(r).target for r in ("LEADS", "MEMBER_OF")])
    ]
    rows = []
    for f, g, is_lead, clause in zip(
        facility.tolist(),
        collective.tolist(),
        lead.tolist(),
        clauses[lasting].tolist(),
        strict=True,
    ):
        if roster.alliance[g]:
            rows.append(_membership(roster, f, g, is_lead, clause, groups.get(f, [])))
    return rows


def _membership(
    roster: Roster, f: int, g: int, is_lead: bool, clause: str | None, groups: list[int]
) -> dict:
    (facility, alliance), (name, alliance_name) = roster.ids([f, g]), roster.names([f, g])
    county = int(roster.county[f])
    is_class = bool(roster.index.is_class[f])
    return {
        "facility": facility,
        "name": name,
        "alliance": alliance,
        "alliance_name": alliance_name,
        "specialty": roster.index.take("specialty", [g]).to_pylist()[0],
        "role": "lead" if is_lead else "member",
        "county": f"{county:06d}" if county else "",
        "groups": "|".join(roster.ids(np.array(groups, np.int64))),
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
    roster = Roster(net, as_of)
    places = _districts(roster)
    rows, notes = [], []
    for alliance in np.flatnonzero(roster.alliance).tolist():
        inside = roster.members_of(alliance)
        named = inside[roster.facility[inside]]
        for code, place in places.items():
            here = named[roster.county[named] == code]
            rows.append(
                {
                    "group": roster.ids([alliance])[0],
                    "name": roster.names([alliance])[0],
                    "district": f"{code:06d}",
                    "district_name": place,
                    "members": "|".join(roster.names(here)),
                    "status": "named" if len(here) else "none_named",
                    "reason": "" if len(here) else say("alliance_none_named"),
                }
            )
        notes += _open_questions(roster, alliance, inside)
    frame = table(rows, ("group", "name", "district", "status", "reason"))
    definition = roster.definition(
        "alliance_districts_numerator", "alliance_districts_denominator", "districts"
    )
    return roster.answer(
        "alliances.districts",
        definition,
        frame,
        judged=len(frame),
        met=(frame["status"] == "named").sum(),
        excluded=roster.groups_left_out(alliances=True),
        notes=notes,
    )


def _districts(roster: Roster) -> dict[int, str]:
    """Code of six digits -> name of every district."""
    where = np.flatnonzero(
        roster.index.is_kind("Area") & roster.index.has("level", "county") & roster.operating
    )
    named = {
        int(id[:6]): name
        for id, name in zip(roster.ids(where), roster.names(where), strict=True)
        if id[:6].isdigit()
    }
    if named:
        return dict(sorted(named.items()))
    return {
        int(code): f"{code:06d}"
        for code in np.unique(roster.county[roster.facility]).tolist()
        if code
    }


def _open_questions(roster: Roster, alliance: int, inside: np.ndarray) -> list[str]:
    name = roster.names([alliance])[0]
    placeless = inside[roster.facility[inside] & (roster.county[inside] == 0)]
    classes = inside[roster.index.is_class[inside]]
    return [
        say(key, name=name, members="、".join(roster.names(who)))
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
    roster = Roster(net, as_of)
    found = _cooperation(roster)
    rows = []
    for a in np.flatnonzero(roster.alliance).tolist():
        for g in np.flatnonzero(roster.group).tolist():
            row = found.get((a, g), -1)
            missing = "missing" if roster.complete("COOPERATES_WITH", (g,)) else "unknown"
            status = "linked" if row >= 0 else missing
            reason = {
                "linked": "",
                "missing": say("link_missing"),
                "unknown": say("link_not_stated"),
            }[status]
            rows.append(
                {
                    "group": roster.ids([g])[0],
                    "name": roster.names([g])[0],
                    "alliance": roster.ids([a])[0],
                    "alliance_name": roster.names([a])[0],
                    "status": status,
                    "record": roster.link_ids([row])[0],
                    "clause": roster.link_column("clause", [row])[0],
                    "reason": reason,
                }
            )
    judged, unknown = split(table(rows, ("group", "name", "alliance", "status", "reason")))
    definition = roster.definition(
        "alliance_links_numerator", "alliance_links_denominator", "links"
    )
    return roster.answer(
        "alliances.links",
        definition,
        judged,
        judged=len(judged),
        unknown=unknown,
        met=(judged["status"] == "linked").sum(),
        excluded=_placeholders(roster),
    )


def _placeholders(roster: Roster):
    """Groups and alliances that are placeholders or have ended."""
    import pandas as pd

    return pd.concat(
        [roster.groups_left_out(), roster.groups_left_out(alliances=True)], ignore_index=True
    )


def _cooperation(roster: Roster) -> dict[tuple[int, int], int]:
    """Alliance and group -> row of the link between them or their leads."""
    found: dict[tuple[int, int], int] = {}
    stands_for = {i: [i] for i in np.flatnonzero(roster.alliance | roster.group).tolist()}
    facility, collective, lead = roster.memberships
    for f, g in zip(facility[lead].tolist(), collective[lead].tolist(), strict=True):
        stands_for.setdefault(f, []).append(g)
    every = roster.links("COOPERATES_WITH")
    for s, t, row in zip(
        every.source.tolist(), every.target.tolist(), every.row.tolist(), strict=True
    ):
        for a in stands_for.get(s, []):
            for b in stands_for.get(t, []):
                for pair in ((a, b), (b, a)):
                    if roster.alliance[pair[0]] and roster.group[pair[1]]:
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
    roster = Roster(net, as_of)
    facility, collective, _ = roster.memberships
    inside = np.zeros(len(roster.index), bool)
    inside[facility[roster.alliance[collective]]] = True
    subjects = np.flatnonzero(inside & roster.facility)
    in_group = roster.group_of[subjects] != -1
    silent = "alliance_only" if roster.complete_everywhere("MEMBER_OF") else "unknown"
    names = {
        f: "|".join(
            roster.ids(np.unique(collective[(facility == f) & roster.alliance[collective]]))
        )
        for f in subjects.tolist()
    }
    reason = say("alliance_only_reason" if silent == "alliance_only" else "link_not_stated")
    rows = table(
        {
            "facility": roster.ids(subjects),
            "name": roster.names(subjects),
            "alliances": [names[f] for f in subjects.tolist()],
            "status": np.where(in_group, "both", silent),
            "reason": ["" if both else reason for both in in_group.tolist()],
        }
    )
    judged, unknown = split(rows)
    definition = roster.definition(
        "alliance_only_numerator", "alliance_only_denominator", "facilities"
    )
    classes = roster.left_out(inside & roster.index.is_class)
    return roster.answer(
        "alliances.only",
        definition,
        split(judged, "both")[0],
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
    roster = Roster(net, as_of)
    found = _cooperation(roster)
    specialty = roster.index.values("specialty").to_pylist()
    alliances: dict[str, list[int]] = {}
    for a in np.flatnonzero(roster.alliance).tolist():
        alliances.setdefault(specialty[a] or roster.ids([a])[0], []).append(a)
    rows = [
        _reach(roster, g, s, [a for a in those if (a, g) in found])
        for g in np.flatnonzero(roster.group).tolist()
        for s, those in sorted(alliances.items())
    ]
    judged, unknown = split(table(rows, ("group", "name", "specialty", "status", "reason")))
    definition = roster.definition("reach_numerator", "reach_denominator", "specialties")
    return roster.answer(
        "alliances.reach",
        definition,
        judged,
        judged=len(judged),
        unknown=unknown,
        met=(judged["status"] == "own").sum(),
        excluded=_placeholders(roster),
    )


def _reach(roster: Roster, group: int, specialty: str, alliances: list[int]) -> dict:
    members_ = roster.members_of(group)
    members_ = members_[roster.working[members_]]
    stated = roster.index.take("specialties", members_).to_pylist()
    types = roster.index.take("type", members_).to_pylist()
    have = [
        m
        for m, s, t in zip(members_.tolist(), stated, types, strict=True)
        if specialty in (s or "").split("|") or SPECIALTY_OF_TYPE.get(t) == specialty
    ]
    known = roster.net.meta.get("facilities.specialties.complete") == "complete"
    status = "own" if have else "unknown" if not known else "alliance" if alliances else "none"
    reason = {
        "own": "",
        "unknown": say("reach_not_stated"),
        "alliance": say("reach_alliance"),
        "none": say("reach_none"),
    }[status]
    leads = [lead for a in alliances for lead in roster.leads_of(a).tolist()]
    return {
        "group": roster.ids([group])[0],
        "name": roster.names([group])[0],
        "specialty": specialty,
        "alliance": "|".join(roster.ids(np.array(alliances, np.int64))),
        "lead": "|".join(roster.names(np.array(leads, np.int64))),
        "members": "|".join(roster.names(np.array(have, np.int64))),
        "status": status,
        "reason": reason,
    }
