"""The obligations of a township or community centre, and the record behind each.

An obligation is a link that each such centre should have. A link stands behind one cell only, with one
exception: a membership also carries what the whole group has (team, recognition).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from medgraph.errors import OptionError
from medgraph.graphmodel.index import Links
from medgraph.queries.roster import EXPIRED, HOLDS, NOT_YET, Roster
from medgraph.words.say import say
from medgraph.words.vocabularies import HOSPITAL_TYPES

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


def cells(roster: Roster, obligation: str, subjects: np.ndarray) -> Cells:
    """Return the column of `obligation` for the nodes at `subjects`."""
    found = evidence(roster, obligation)
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
    absent = np.where(roster.complete_for(RELATION_OF[obligation], subjects), MISSING, UNSURE)
    if not len(whose):
        nothing = np.full(len(subjects), -1)
        return Cells(absent, nothing, nothing)
    return Cells(
        np.where(has, found.state[best], absent),
        np.where(has, found.row[best], -1),
        np.where(has, found.at[best], -1),
    )


def evidence(roster: Roster, obligation: str) -> Evidence:
    """Return every record, of whatever date, that bears on `obligation`."""
    if obligation in CENTRE_KINDS:
        return _centre(roster, obligation)
    return _SOURCES[obligation](roster)


# -- the far end of a link ---------------------------------------------------------------------


def _dated(roster: Roster, relation: str) -> tuple[Links, np.ndarray]:
    """All links of `relation`, and the state that their own dates give."""
    states = roster.states(relation)
    return roster.index.links(relation), np.select(
        [states == HOLDS, states == NOT_YET, states == EXPIRED], [MET, LATER, OVER]
    )


def _towards(roster: Roster, own: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The state of links whose own dates give `own` and whose far end is at `end`: it has to be at work."""
    closed = (own == MET) & ~roster.operating[end]
    return np.where(closed, CLOSED, own), np.where(closed, end, -1)


def _through(
    own: np.ndarray, end: np.ndarray, state: np.ndarray, at: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The state of links whose far ends have a state of their own."""
    return np.where(own == MET, state[end], own), np.where(own == MET, at[end], -1)


def held(roster: Roster, relation: str) -> tuple[np.ndarray, np.ndarray]:
    """Return for every node whether a facility at work holds it by `relation` (LEADS, HOSTS_CENTRE)."""
    links, own = _dated(roster, relation)
    state, at = _towards(roster, own, links.source)
    nothing = BROKEN if roster.complete_everywhere(relation) else UNSURE
    best = np.full(len(roster.index), nothing, np.int64)
    where = np.arange(len(roster.index))
    over = (state == OVER) | (state == LATER)
    best[links.target[over]] = BROKEN
    closed = state == CLOSED
    best[links.target[closed]], where[links.target[closed]] = CLOSED, at[closed]
    best[links.target[state == MET]], where[links.target[state == MET]] = MET, -1
    gone = ~roster.operating
    best[gone], where[gone] = CLOSED, np.flatnonzero(gone)
    return best, where


# -- one function for each kind of obligation --------------------------------------------------


def _lead(roster: Roster) -> Evidence:
    index = roster.index
    groups = index.is_kind("Group") & ~index.has("type", "specialty_alliance") & ~index.is_class
    members, own = _dated(roster, "MEMBER_OF")
    mine = groups[members.target]
    state, at = _through(own, members.target, *held(roster, "LEADS"))
    leads, leading = _dated(roster, "LEADS")
    first = groups[leads.target]
    return _joined(
        Evidence(members.source[mine], state[mine], members.row[mine], at[mine]),
        Evidence(
            leads.source[first], leading[first], leads.row[first], np.full(int(first.sum()), -1)
        ),
    )


def _centre(roster: Roster, kind: str) -> Evidence:
    kinds = roster.index.is_kind("SharedCentre") & roster.index.has("type", kind)
    users, own = _dated(roster, "USES_CENTRE")
    state, at = _through(own, users.target, *held(roster, "HOSTS_CENTRE"))
    mine = kinds[users.target]
    hosts, hosting = _dated(roster, "HOSTS_CENTRE")
    hosting, where = _towards(roster, hosting, hosts.target)
    here = kinds[hosts.target]
    return _joined(
        Evidence(users.source[mine], state[mine], users.row[mine], at[mine]),
        Evidence(hosts.source[here], hosting[here], hosts.row[here], where[here]),
    )


def _up_referral(roster: Roster) -> Evidence:
    links, own = _dated(roster, "REFERS_UP_TO")
    state, at = _towards(roster, own, links.target)
    beyond = (state == MET) & ~_reaching(roster)[links.target]
    complete = roster.complete_everywhere("REFERS_UP_TO")
    ends = {t: _dead_end(roster, t, complete) for t in np.unique(links.target[beyond]).tolist()}
    for i in np.flatnonzero(beyond).tolist():
        state[i], at[i] = ends[int(links.target[i])]
    return Evidence(links.source, state, links.row, at)


def _reaching(roster: Roster) -> np.ndarray:
    """Facilities at work from which up-referral leads to a hospital or the lead of a group at work."""
    links = roster.links("REFERS_UP_TO")
    good = roster.operating[links.source] & roster.operating[links.target]
    reached = roster.operating & roster.index.has("type", *sorted(HOSPITAL_TYPES))
    leads = roster.links("LEADS").source
    reached[leads[roster.operating[leads]]] = True
    while True:
        new = np.unique(links.source[good & reached[links.target]])
        new = new[~reached[new]]
        if not len(new):
            return reached
        reached[new] = True


def _dead_end(roster: Roster, start: int, complete: bool) -> tuple[int, int]:
    """Where the way up from `start` ends: at a closed facility, in a loop, or where no way on is stated."""
    links = roster.links("REFERS_UP_TO")
    here, seen = start, set()
    while here not in seen:
        seen.add(here)
        onward = links.target[links.source == here]
        if not len(onward):
            return (BROKEN if complete else UNSURE), here
        closed = onward[~roster.operating[onward]]
        if len(closed):
            return CLOSED, int(closed[0])
        here = int(onward[0])
    return BROKEN, here


def _down_referral(roster: Roster) -> Evidence:
    return _received(roster, "REFERS_DOWN_TO")


def _received(roster: Roster, relation: str) -> Evidence:
    links, own = _dated(roster, relation)
    state, at = _towards(roster, own, links.source)
    return Evidence(links.target, state, links.row, at)


def _physician(roster: Roster) -> Evidence:
    found = _received(roster, "DISPATCHES")
    title = np.array(roster.index.link_values("DISPATCHES", "title").to_pylist(), object)
    role = np.array(roster.index.link_values("DISPATCHES", "role").to_pylist(), object)
    unknown = np.array([t not in _TITLES for t in title.tolist()], bool) & (role != "management")
    physician = np.isin(title.astype(str), PHYSICIANS) & (role != "management")
    state = np.where(unknown & (found.state == MET), UNSURE, found.state)
    keep = physician | unknown
    return Evidence(found.subject[keep], state[keep], found.row[keep], found.at[keep])


_TITLES = frozenset({*PHYSICIANS, "nurse", "technician", "pharmacist", "manager"})


def _team(roster: Roster) -> Evidence:
    links, own = _dated(roster, "STATIONED_IN")
    state, at = _towards(roster, own, links.source)
    mine = roster.index.has("type", "public_health")[links.source]
    return _spread(roster, Evidence(links.target[mine], state[mine], links.row[mine], at[mine]))


def _telemedicine(roster: Roster) -> Evidence:
    links, own = _dated(roster, "TELEMEDICINE")
    found = [_centre(roster, "telemedicine")]
    for here, there in ((links.source, links.target), (links.target, links.source)):
        state, at = _towards(roster, own, there)
        found.append(Evidence(here, state, links.row, at))
    return _joined(*found)


def _recognition(roster: Roster) -> Evidence:
    links, own = _dated(roster, "RECOGNISES_RESULTS")
    facility = roster.index.is_kind("Facility")
    found = []
    for here, there in ((links.source, links.target), (links.target, links.source)):
        state, at = _towards(roster, own, there)
        mine = facility[here] & (here != there)
        found.append(Evidence(here[mine], state[mine], links.row[mine], at[mine]))
    inside = (links.source == links.target) & ~facility[links.source]
    state, at = _towards(roster, own, links.source)
    within = Evidence(links.source[inside], state[inside], links.row[inside], at[inside])
    return _joined(*found, _spread(roster, within))


def _stations(roster: Roster) -> Evidence:
    found = _received(roster, "RUN_BY")
    mine = roster.station[roster.index.links("RUN_BY").source]
    return Evidence(*(part[mine] for part in found))


def _spread(roster: Roster, found: Evidence) -> Evidence:
    """Give what a group has to each of its members of the day, too."""
    facility, collective, _ = roster.memberships
    facility, collective = facility[roster.group[collective]], collective[roster.group[collective]]
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


def reasons(roster: Roster, obligation: str, column: Cells) -> list[str]:
    """Return a sentence for every cell that is not met; an empty text for the others."""
    names = roster.names(column.at)
    known: dict[tuple[int, bool, str], str] = {}
    found = []
    for state, row, name in zip(column.state.tolist(), column.row.tolist(), names, strict=True):
        key = (state, row >= 0, name or "")
        if key not in known:
            known[key] = _reason(roster, obligation, *key)
        found.append(known[key])
    return found


def _reason(roster: Roster, obligation: str, state: int, recorded: bool, at: str) -> str:
    if state == MET:
        return ""
    if state == UNSURE:
        key = "cell_unsure_at" if at else "cell_unsure_title" if recorded else "cell_no_data"
    else:
        key = f"cell_{CELLS[state]}"
    return say(key, relation=RELATION_OF[obligation], at=at, day=roster.day)
