"""The obligations of a township or community centre, and the record behind each.

An obligation is a link that each such centre should have. A link stands behind one cell only, with one
exception: a membership also carries what the whole group has (team, recognition).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from medgraph.errors import OptionError
from medgraph.graphmodel.day import EXPIRED, HOLDS, NOT_YET, Day
from medgraph.graphmodel.index import Links
from medgraph.words.say import say

CENTRE_KINDS = ("laboratory", "imaging", "ecg", "pathology", "sterile_supply", "pharmacy")
OBLIGATIONS = (
    "lead",
    *CENTRE_KINDS,
    "up_referral",
    "down_referral",
    "physician",
    "team",
    "telemedicine",
    "recognition",
    "stations",
)
# The relation in which the absence of a record means that there is none, once it is declared complete.
RELATION_OF = {
    "lead": "MEMBER_OF",
    **dict.fromkeys(CENTRE_KINDS, "USES_CENTRE"),
    "up_referral": "REFERS_UP_TO",
    "down_referral": "REFERS_DOWN_TO",
    "physician": "DISPATCHES",
    "team": "STATIONED_IN",
    "telemedicine": "TELEMEDICINE",
    "recognition": "RECOGNISES_RESULTS",
    "stations": "RUN_BY",
}
PHYSICIANS = ("resident", "attending", "associate_chief", "chief")

# What stands in a cell; where several records bear on it, the first of these counts.
CELLS = ("met", "no_data", "closed_unit", "broken", "not_yet_valid", "expired", "missing")
MET, UNSURE, CLOSED, BROKEN, LATER, OVER, MISSING = range(len(CELLS))


class Evidence(NamedTuple):
    """Records that bear on an obligation: whose, in what state, the row of the link, where it breaks (or -1)."""

    subject: np.ndarray
    state: np.ndarray
    row: np.ndarray
    at: np.ndarray


class Cells(NamedTuple):
    """One column of the matrix, aligned with its subjects: state, row of the link, where it breaks."""

    state: np.ndarray
    row: np.ndarray
    at: np.ndarray


def named(obligations: tuple[str, ...] | str) -> tuple[str, ...]:
    """Return the obligations asked for (none: all); raise OptionError for a word that is none."""
    wanted = (obligations,) if isinstance(obligations, str) else tuple(obligations)
    for one in wanted:
        if one not in OBLIGATIONS:
            raise OptionError(
                say("not_one_of", what="obligation", value=one, allowed=", ".join(OBLIGATIONS))
            )
    return wanted or OBLIGATIONS


def cells(day: Day, obligation: str, subjects: np.ndarray) -> Cells:
    """Return the column of `obligation` for the nodes at `subjects`."""
    found = evidence(day, obligation)
    order = np.lexsort((found.row, found.state, found.subject))
    whose = found.subject[order]
    first = np.searchsorted(whose, subjects)
    inside = np.minimum(first, max(len(whose) - 1, 0))
    has = (
        (first < len(whose)) & (whose[inside] == subjects)
        if len(whose)
        else np.zeros(len(subjects), bool)
    )
    best = order[inside] if len(whose) else np.zeros(len(subjects), np.int64)
    absent = np.where(day.declared(RELATION_OF[obligation], for_=subjects), MISSING, UNSURE)
    if not len(whose):
        nothing = np.full(len(subjects), -1)
        return Cells(absent, nothing, nothing)
    return Cells(
        np.where(has, found.state[best], absent),
        np.where(has, found.row[best], -1),
        np.where(has, found.at[best], -1),
    )


def evidence(day: Day, obligation: str) -> Evidence:
    """Return every record, of whatever date, that bears on `obligation`."""
    if obligation in CENTRE_KINDS:
        return _centre(day, obligation)
    return _SOURCES[obligation](day)


# -- the far end of a link ---------------------------------------------------------------------


def _dated(day: Day, relation: str) -> tuple[Links, np.ndarray]:
    """All links of `relation`, and the state that their own dates give."""
    states = day.states(relation)
    return day.index.links(relation), np.select(
        [states == HOLDS, states == NOT_YET, states == EXPIRED], [MET, LATER, OVER]
    )


def _towards(day: Day, own: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The state of links whose own dates give `own` and whose far end is at `end`: it has to be at work."""
    closed = (own == MET) & ~day.at_work.certain[end]
    return np.where(closed, CLOSED, own), np.where(closed, end, -1)


def _through(
    own: np.ndarray, end: np.ndarray, state: np.ndarray, at: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The state of links whose far ends have a state of their own."""
    return np.where(own == MET, state[end], own), np.where(own == MET, at[end], -1)


def held(day: Day, relation: str) -> tuple[np.ndarray, np.ndarray]:
    """Return for every node whether a facility at work holds it by `relation` (LEADS, HOSTS_CENTRE)."""
    links, own = _dated(day, relation)
    state, at = _towards(day, own, links.source)
    nothing = BROKEN if day.declared_whole(relation) else UNSURE
    best = np.full(len(day.index), nothing, np.int64)
    where = np.arange(len(day.index))
    over = (state == OVER) | (state == LATER)
    best[links.target[over]] = BROKEN
    closed = state == CLOSED
    best[links.target[closed]], where[links.target[closed]] = CLOSED, at[closed]
    best[links.target[state == MET]], where[links.target[state == MET]] = MET, -1
    gone = ~day.at_work.certain
    best[gone], where[gone] = CLOSED, np.flatnonzero(gone)
    return best, where


# -- one function for each kind of obligation --------------------------------------------------


def _lead(day: Day) -> Evidence:
    groups = day.any_group
    members, own = _dated(day, "MEMBER_OF")
    mine = groups[members.target]
    state, at = _through(own, members.target, *held(day, "LEADS"))
    leads, leading = _dated(day, "LEADS")
    first = groups[leads.target]
    return _joined(
        Evidence(members.source[mine], state[mine], members.row[mine], at[mine]),
        Evidence(
            leads.source[first], leading[first], leads.row[first], np.full(int(first.sum()), -1)
        ),
    )


def _centre(day: Day, kind: str) -> Evidence:
    kinds = day.centre(kind).certain
    users, own = _dated(day, "USES_CENTRE")
    state, at = _through(own, users.target, *held(day, "HOSTS_CENTRE"))
    mine = kinds[users.target]
    hosts, hosting = _dated(day, "HOSTS_CENTRE")
    hosting, where = _towards(day, hosting, hosts.target)
    here = kinds[hosts.target]
    return _joined(
        Evidence(users.source[mine], state[mine], users.row[mine], at[mine]),
        Evidence(hosts.source[here], hosting[here], hosts.row[here], where[here]),
    )


def _up_referral(day: Day) -> Evidence:
    links, own = _dated(day, "REFERS_UP_TO")
    state, at = _towards(day, own, links.target)
    beyond = (state == MET) & ~_reaching(day)[links.target]
    complete = day.declared_whole("REFERS_UP_TO")
    ends = {t: _dead_end(day, t, complete) for t in np.unique(links.target[beyond]).tolist()}
    for i in np.flatnonzero(beyond).tolist():
        state[i], at[i] = ends[int(links.target[i])]
    return Evidence(links.source, state, links.row, at)


def _reaching(day: Day) -> np.ndarray:
    """Facilities at work from which up-referral leads to a hospital or the lead of a group at work."""
    links = day.links("REFERS_UP_TO")
    good = day.at_work.certain[links.source] & day.at_work.certain[links.target]
    reached = day.at_work.certain & day.hospital.certain
    leads = day.links("LEADS").source
    reached[leads[day.at_work.certain[leads]]] = True
    while True:
        new = np.unique(links.source[good & reached[links.target]])
        new = new[~reached[new]]
        if not len(new):
            return reached
        reached[new] = True


def _dead_end(day: Day, start: int, complete: bool) -> tuple[int, int]:
    """Where the way up from `start` ends: at a closed facility, in a loop, or where no way on is stated."""
    links = day.links("REFERS_UP_TO")
    here, seen = start, set()
    while here not in seen:
        seen.add(here)
        onward = links.target[links.source == here]
        if not len(onward):
            return (BROKEN if complete else UNSURE), here
        closed = onward[~day.at_work.certain[onward]]
        if len(closed):
            return CLOSED, int(closed[0])
        here = int(onward[0])
    return BROKEN, here


def _down_referral(day: Day) -> Evidence:
    return _received(day, "REFERS_DOWN_TO")


def _received(day: Day, relation: str) -> Evidence:
    links, own = _dated(day, relation)
    state, at = _towards(day, own, links.source)
    return Evidence(links.target, state, links.row, at)


def _physician(day: Day) -> Evidence:
    found = _received(day, "DISPATCHES")
    title = np.array(day.index.link_values("DISPATCHES", "title").to_pylist(), object)
    role = np.array(day.index.link_values("DISPATCHES", "role").to_pylist(), object)
    unknown = np.array([t not in _TITLES for t in title.tolist()], bool) & (role != "management")
    physician = np.isin(title.astype(str), PHYSICIANS) & (role != "management")
    state = np.where(unknown & (found.state == MET), UNSURE, found.state)
    keep = physician | unknown
    return Evidence(found.subject[keep], state[keep], found.row[keep], found.at[keep])


_TITLES = frozenset({*PHYSICIANS, "nurse", "technician", "pharmacist", "manager"})


def _team(day: Day) -> Evidence:
    links, own = _dated(day, "STATIONED_IN")
    state, at = _towards(day, own, links.source)
    mine = day.public_health_team.certain[links.source]
    return _spread(day, Evidence(links.target[mine], state[mine], links.row[mine], at[mine]))


def _telemedicine(day: Day) -> Evidence:
    links, own = _dated(day, "TELEMEDICINE")
    found = [_centre(day, "telemedicine")]
    for here, there in ((links.source, links.target), (links.target, links.source)):
        state, at = _towards(day, own, there)
        found.append(Evidence(here, state, links.row, at))
    return _joined(*found)


def _recognition(day: Day) -> Evidence:
    links, own = _dated(day, "RECOGNISES_RESULTS")
    facility = day.index.is_kind("Facility")
    found = []
    for here, there in ((links.source, links.target), (links.target, links.source)):
        state, at = _towards(day, own, there)
        mine = facility[here] & (here != there)
        found.append(Evidence(here[mine], state[mine], links.row[mine], at[mine]))
    inside = (links.source == links.target) & ~facility[links.source]
    state, at = _towards(day, own, links.source)
    within = Evidence(links.source[inside], state[inside], links.row[inside], at[inside])
    return _joined(*found, _spread(day, within))


def _stations(day: Day) -> Evidence:
    found = _received(day, "RUN_BY")
    mine = day.station.certain[day.index.links("RUN_BY").source]
    return Evidence(*(part[mine] for part in found))


def _spread(day: Day, found: Evidence) -> Evidence:
    """Give what a group has to each of its members of the day, too."""
    facility, collective, _ = day.memberships
    facility, collective = (
        facility[day.group.certain[collective]],
        collective[day.group.certain[collective]],
    )
    order = np.argsort(collective, kind="stable")
    start = np.searchsorted(collective[order], found.subject, "left")
    count = np.searchsorted(collective[order], found.subject, "right") - start
    of = np.repeat(np.arange(len(found.subject)), count)
    member = order[
        np.arange(count.sum())
        - np.repeat(np.cumsum(count) - count, count)
        + np.repeat(start, count)
    ]
    spread = Evidence(facility[member], found.state[of], found.row[of], found.at[of])
    return _joined(found, spread)


def _joined(*parts: Evidence) -> Evidence:
    return Evidence(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


_SOURCES = {
    "lead": _lead,
    "up_referral": _up_referral,
    "down_referral": _down_referral,
    "physician": _physician,
    "team": _team,
    "telemedicine": _telemedicine,
    "recognition": _recognition,
    "stations": _stations,
}


def reasons(day: Day, obligation: str, column: Cells) -> list[str]:
    """Return a sentence for every cell that is not met; an empty text for the others."""
    names = day.names(column.at)
    known: dict[tuple[int, bool, str], str] = {}
    found = []
    for state, row, name in zip(column.state.tolist(), column.row.tolist(), names, strict=True):
        key = (state, row >= 0, name or "")
        if key not in known:
            known[key] = _reason(day, obligation, *key)
        found.append(known[key])
    return found


def _reason(day: Day, obligation: str, state: int, recorded: bool, at: str) -> str:
    if state == MET:
        return ""
    if state == UNSURE:
        key = "cell_unsure_at" if at else "cell_unsure_title" if recorded else "cell_no_data"
    else:
        key = f"cell_{CELLS[state]}"
    return say(key, relation=RELATION_OF[obligation], at=at, day=day.date)
