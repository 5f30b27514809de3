"""Public-health teams: what they are made of, where they are stationed, and which groups have none."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import numpy as np

from medgraph.graphmodel.day import HOLDS, NOT_YET, Day
from medgraph.queries.answers import answer, define, frame_of, groups_left_out, split_by_status
from medgraph.queries.results import Answer
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.graphmodel.network import MedicalNetwork

# What the plan asks of a team: part -> role, type of institution, administrative level.
PARTS = {
    "lead_cdc": ("lead", "cdc", "municipal"),
    "municipal_mch": ("member", "mch_institution", "municipal"),
    "district_mch": ("member", "mch_institution", "county"),
    "municipal_inspection": ("member", "health_inspection", "municipal"),
    "district_inspection": ("member", "health_inspection", "county"),
    "district_cdc": ("member", "cdc", "county"),
}


def _teams(day: Day) -> np.ndarray:
    """Positions of the public-health teams that last on the day."""
    found = day.public_health_team & day.at_work
    return np.flatnonzero(found.certain & ~day.placeholder)


def composition(net: MedicalNetwork, *, as_of: datetime.date | str | None = None) -> Answer:
    """Hold every public-health team against what the plan asks it to be made of.

    Asked are the municipal CDC as lead, municipal and district MCH institutions, municipal and district health
    inspection, and the district CDC.

    Returns
    -------
    Answer
        A row per team and part: `team`, `name`, `part`, `members`, `status` (named, missing), `reason`. A part stated
        only as a class, or by members whose administrative level is not stated, is unknown; so is a part nobody
        is stated for, unless the members are declared complete.
    """
    day = Day(net, as_of)
    rows = [_part(day, team, part) for team in _teams(day).tolist() for part in PARTS]
    judged, unknown = split_by_status(frame_of(rows, ("team", "name", "part", "status", "reason")))
    definition = define(
        day, "composition_numerator", "composition_denominator", "parts", "composition_source"
    )
    return answer(
        day,
        "teams.composition",
        definition,
        judged,
        judged=len(judged),
        unknown=unknown,
        met=(judged["status"] == "named").sum(),
    )


def _part(day: Day, team: int, part: str) -> dict:
    role, type_, level = PARTS[part]
    relation = "LEADS" if role == "lead" else "MEMBER_OF"
    links = day.links(relation)
    inside = np.unique(links.source[links.target == team])
    inside = inside[day.index.has("type", type_)[inside] & day.at_work.certain[inside]]
    levels = np.array(day.index.take("admin_level", inside).to_pylist(), object)
    fitting = np.array([v == level for v in levels.tolist()], bool)
    open_ = np.array([v is None for v in levels.tolist()], bool)
    is_class = day.placeholder[inside]
    complete = all(day.declared(relation, for_=(team,)))
    named, unnamed = inside[fitting & ~is_class], inside[(fitting | open_) & is_class]
    vague = inside[open_ & ~is_class]
    silent = (
        ("part_missing", inside[:0], "missing")
        if complete
        else ("part_not_stated", inside[:0], "unknown")
    )
    cases = (
        ("", named, "named"),
        ("part_unnamed", unnamed, "unknown"),
        ("part_level_unknown", vague, "unknown"),
    )
    key, who, status = next((case for case in cases if len(case[1])), silent)
    names = "|".join(day.names(who))
    return {
        "team": day.ids([team])[0],
        "name": day.names([team])[0],
        "part": part,
        "members": names,
        "status": status,
        "reason": say(key, members=names) if key else "",
    }


def missing(net: MedicalNetwork, *, as_of: datetime.date | str | None = None) -> Answer:
    """Name the groups without a public-health team.

    A team is in a group where it is stationed in the group or in one of its members on the day.

    Returns
    -------
    Answer
        Rows of groups without: `group`, `name`, `status` missing, `reason`. The share is that of groups with a team.
        Unknown unless STATIONED_IN is declared complete.
    """
    day = Day(net, as_of)
    links = day.links("STATIONED_IN")
    at = links.target[np.isin(links.source, _teams(day))]
    having = set(day.group_of[at].tolist()) | set(at.tolist())
    groups = np.flatnonzero(day.group.certain)
    rows = []
    for g, id, name in zip(groups.tolist(), day.ids(groups), day.names(groups), strict=True):
        silent = "missing" if all(day.declared("STATIONED_IN", for_=(g,))) else "unknown"
        status = "stationed" if g in having else silent
        reason = {
            "stationed": "",
            "missing": say("link_missing"),
            "unknown": say("link_not_stated"),
        }[status]
        rows.append({"group": id, "name": name, "status": status, "reason": reason})
    judged, unknown = split_by_status(frame_of(rows, ("group", "name", "status", "reason")))
    definition = define(day, "team_missing_numerator", "team_missing_denominator", "groups")
    return answer(
        day,
        "teams.missing",
        definition,
        split_by_status(judged, "stationed")[0],
        judged=len(judged),
        met=(judged["status"] == "stationed").sum(),
        unknown=unknown,
        excluded=groups_left_out(day),
    )


def stationed(net: MedicalNetwork, *, as_of: datetime.date | str | None = None) -> Answer:
    """List where the public-health teams are stationed, with the days; past and coming ones too.

    Returns
    -------
    Answer
        A row per link: `source` (the team), `source_name`, `relation`, `target`, `target_name`, `start`, `end`,
        `days_left` (empty: open end), `status` (stationed, expired, not_yet_valid), `clause`, `record`. The share
        is that of those that hold on the day. Other teams are excluded.
    """
    day = Day(net, as_of)
    every, states = day.index.links("STATIONED_IN"), day.states("STATIONED_IN")
    teams = np.isin(every.source, _teams(day))
    starts, ends, clauses = (
        day.link_column(c, every.row) for c in ("valid_from", "valid_to", "clause")
    )
    frame = frame_of(
        {
            "source": day.ids(every.source),
            "source_name": day.names(every.source),
            "relation": "STATIONED_IN",
            "target": day.ids(every.target),
            "target_name": day.names(every.target),
            "start": starts,
            "end": ends,
            "days_left": [(end - day.date).days if end else None for end in ends],
            "status": np.where(
                ~teams,
                "excluded",
                np.where(
                    states == HOLDS,
                    "stationed",
                    np.where(states == NOT_YET, "not_yet_valid", "expired"),
                ),
            ),
            "clause": clauses,
            "record": day.link_ids(every.row),
            "reason": ["" if t else say("left_out_other_team") for t in teams.tolist()],
        }
    )
    kept, excluded = split_by_status(frame, "excluded")
    definition = define(day, "stationed_numerator", "stationed_denominator", "stations")
    return answer(
        day,
        "teams.stationed",
        definition,
        kept,
        judged=len(kept),
        met=(kept["status"] == "stationed").sum(),
        excluded=excluded,
    )
