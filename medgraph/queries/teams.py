"""Public-health teams: what they are made of, where they are stationed, which groups have none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from medgraph.graphmodel.day import EXPIRED, HOLDS, NOT_YET, Day
from medgraph.graphmodel.states import Fact
from medgraph.queries.answers import (
    answer,
    answer_by_status,
    define,
    frame_of,
    groups_left_out,
    split_by_status,
)
from medgraph.queries.as_listed import told_as_listed
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime

    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.graphmodel.index import Links
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer


@dataclass(frozen=True)
class _Part:
    """What the plan asks of a team: who leads or joins it, by type and administrative level."""

    relation: str
    type: str
    admin_level: str


PARTS = {
    "lead_cdc": _Part("LEADS", "cdc", "municipal"),
    "municipal_mch": _Part("MEMBER_OF", "mch_institution", "municipal"),
    "district_mch": _Part("MEMBER_OF", "mch_institution", "county"),
    "municipal_inspection": _Part("MEMBER_OF", "health_inspection", "municipal"),
    "district_inspection": _Part("MEMBER_OF", "health_inspection", "county"),
    "district_cdc": _Part("MEMBER_OF", "cdc", "county"),
}


def _teams(day: Day) -> Fact:
    """Return the public-health teams that last on the day; a placeholder is none."""
    return day.public_health_team & day.at_work & Fact.of(~day.placeholder)


@told_as_listed
def composition(net: MedicalNetwork, *, as_of: datetime.date | str | None = None) -> Answer:
    """Hold every public-health team against what the plan asks it to be made of.

    Asked are the municipal CDC as lead, municipal and district MCH institutions, municipal and
    district health inspection, and the district CDC. Share: parts with a named institution, of the
    parts judged. A part stated only as a class, or by members whose type or administrative level
    is not stated, is unknown; so is a part nobody is stated for, unless the members are declared
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
        A row per team and part: `team`, `name`, `part`, `members`, `status` (named, missing),
        `reason`.

    Examples
    --------
    >>> import medgraph as mg
    >>> answer = mg.teams.composition(mg.samples.taizhou())
    >>> answer.share, len(answer.unknown)
    (Share(met=0, total=0, unit='parts'), 6)
    """
    day = Day(net, as_of)
    columns = ("team", "name", "part", "status", "reason")
    of_type = {part: day.of_type(asked.type) & day.at_work for part, asked in PARTS.items()}
    surely, perhaps = (
        [
            _part(day, team, part, of_type[part])
            for team in np.flatnonzero(teams).tolist()
            for part in PARTS
        ]
        for teams in (_teams(day).certain, _teams(day).unknown)
    )
    untyped = {"status": "unknown", "reason": say("perhaps_team")}
    frame = frame_of(surely, columns)
    definition = define(
        day, "composition_numerator", "composition_denominator", "parts", "composition_source"
    )
    return answer_by_status(
        day,
        "teams.composition",
        definition,
        frame,
        met="named",
        perhaps=frame_of([row | untyped for row in perhaps], columns),
        lists=("teams",),
    )


def _part(day: Day, team: int, part: str, of_type: Fact) -> dict[str, Any]:
    """Return the row of one part; `of_type` is who is of its type and at work."""
    status, key, members = _who_is_part(day, team, PARTS[part], of_type)
    names = "|".join(day.names(members))
    return {
        "team": day.id(team),
        "name": day.name(team),
        "part": part,
        "members": names,
        "status": status,
        "reason": say(key, members=names) if key else "",
    }


def _who_is_part(day: Day, team: int, part: _Part, of_type: Fact) -> tuple[str, str, Positions]:
    """Return the status of a part, the key of its reason, and the institutions it rests on."""
    inside = day.sources_of(part.relation, team)
    levels = day.index.take("admin_level", inside).to_pylist()
    unstated = np.array([level is None for level in levels], bool)
    of_level = np.array([level == part.admin_level for level in levels], bool)
    there = of_type.at(inside)
    fits = there & Fact.of(of_level, unknown=unstated)
    is_class = day.placeholder[inside]
    named = inside[fits.certain & ~is_class]
    if len(named):
        return "named", "", named
    vague = (
        ("part_unnamed", fits.possible & is_class),
        ("part_level_unknown", there.certain & unstated & ~is_class),
        ("part_type_unknown", fits.possible & ~is_class),
    )
    for reason, perhaps in vague:
        if perhaps.any():
            return "unknown", reason, inside[perhaps]
    if all(day.declared(part.relation, for_=(team,))):
        return "missing", "part_missing", named
    return "unknown", "part_not_stated", named


@told_as_listed
def missing(net: MedicalNetwork, *, as_of: datetime.date | str | None = None) -> Answer:
    """Name the groups without a public-health team.

    A team is in a group where it is stationed in the group or in one of its members on the day.
    Share: groups with a team, of the groups judged; one without is unknown unless STATIONED_IN is
    declared complete.

    Parameters
    ----------
    net
        The network.
    as_of
        The day asked about; default: the data day.

    Returns
    -------
    Answer
        Rows of groups without: `group`, `name`, `status` missing, `reason`.

    Examples
    --------
    >>> import medgraph as mg
    >>> answer = mg.teams.missing(mg.samples.taizhou())
    >>> answer.share, len(answer.frame)
    (Share(met=4, total=4, unit='groups'), 0)
    """
    day = Day(net, as_of)
    groups = np.flatnonzero(day.group.certain)
    has_team = _groups_with_a_team(day, _teams(day).certain)
    may_have = _groups_with_a_team(day, _teams(day).possible)
    whole = day.declared("STATIONED_IN", for_=groups) & day.members_known(groups)
    rows = [
        _group(day, group, group in has_team, bool(complete) and group not in may_have)
        for group, complete in zip(groups.tolist(), whole, strict=True)
    ]
    judged, unknown = split_by_status(frame_of(rows, ("group", "name", "status", "reason")))
    without, having = split_by_status(judged, "stationed")
    definition = define(day, "team_missing_numerator", "team_missing_denominator", "groups")
    return answer(
        day,
        "teams.missing",
        definition,
        without,
        judged=len(judged),
        met=len(having),
        unknown=unknown,
        excluded=groups_left_out(day),
        lists=("groups",),
    )


def _groups_with_a_team(day: Day, teams: Mask) -> set[int]:
    links = day.links("STATIONED_IN")
    places = np.unique(links.target[teams[links.source]])
    found = set(places.tolist())
    for place in places.tolist():
        found |= set(day.groups_of(place).tolist())
    return found


def _group(day: Day, group: int, has_team: bool, complete: bool) -> dict[str, Any]:
    status, reason = "unknown", say("link_not_stated")
    if has_team:
        status, reason = "stationed", ""
    elif complete:
        status, reason = "missing", say("link_missing")
    return {"group": day.id(group), "name": day.name(group), "status": status, "reason": reason}


@told_as_listed
def stationed(net: MedicalNetwork, *, as_of: datetime.date | str | None = None) -> Answer:
    """List where the public-health teams are stationed, with the days; past and coming ones too.

    Share: stations that hold on the day, of all that are stated. Other teams are excluded, and so
    is a station at the old name of a facility that goes on at its new one.

    Parameters
    ----------
    net
        The network.
    as_of
        The day asked about; default: the data day.

    Returns
    -------
    Answer
        A row per link: `source` (the team), `source_name`, `relation`, `target`, `target_name`,
        `start`, `end`, `days_left` (empty: open end), `status` (stationed, expired, not_yet_valid),
        `clause`, `record`.

    Examples
    --------
    >>> import medgraph as mg
    >>> mg.teams.stationed(mg.samples.taizhou()).share
    Share(met=4, total=4, unit='stations')
    """
    day = Day(net, as_of)
    every = day.index.links("STATIONED_IN")
    of_these, perhaps = (mask[every.source] for mask in (_teams(day).certain, _teams(day).unknown))
    ends = day.link_column("valid_to", every.row)
    handed_on = of_these & _handed_on(day, every)
    frame = frame_of(
        {
            "source": day.ids(every.source),
            "source_name": day.names(every.source),
            "relation": "STATIONED_IN",
            "target": day.ids(every.target),
            "target_name": day.names(every.target),
            "start": day.link_column("valid_from", every.row),
            "end": ends,
            "days_left": [(end - day.date).days if end else None for end in ends],
            "status": np.select(
                [handed_on, of_these, perhaps],
                ["excluded", _station_states(day), "unknown"],
                "excluded",
            ),
            "clause": day.link_column("clause", every.row),
            "record": day.link_ids(every.row),
            "reason": np.select(
                [handed_on, of_these, perhaps],
                [say("left_out_handed_on"), "", say("perhaps_team")],
                say("left_out_other_team"),
            ).tolist(),
        }
    )
    kept, excluded = split_by_status(frame, "excluded")
    kept, untyped = split_by_status(kept)
    definition = define(day, "stationed_numerator", "stationed_denominator", "stations")
    return answer(
        day,
        "teams.stationed",
        definition,
        kept,
        judged=len(kept),
        met=(kept["status"] == "stationed").sum(),
        perhaps=untyped,
        excluded=excluded,
        lists=("links.STATIONED_IN",),
    )


def _handed_on(day: Day, stations: Links) -> Mask:
    """Which stations are over and go on, of the same team, at what has followed their place."""
    held = day.links("STATIONED_IN")
    there = set(zip(day.ids(held.source), day.ids(held.target), strict=True))
    over = day.states("STATIONED_IN") == EXPIRED
    pairs = zip(day.ids(stations.source), day.ids(stations.target), strict=True)
    found = [
        is_over and any((team, heir) in there for heir in day.net.successors(place, on=day.date))
        for is_over, (team, place) in zip(over.tolist(), pairs, strict=True)
    ]
    return np.array(found, bool)


def _station_states(day: Day) -> list[str]:
    words = {HOLDS: "stationed", NOT_YET: "not_yet_valid"}
    return [words.get(state, "expired") for state in day.states("STATIONED_IN").tolist()]
