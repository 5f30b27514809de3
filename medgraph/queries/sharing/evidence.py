"""The records that bear on each obligation, of whatever date, and in what state they are."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from medgraph.graphmodel.arrays.joins import equi_join
from medgraph.graphmodel.arrays.paths import leading_to
from medgraph.graphmodel.day import EXPIRED, HOLDS, NOT_YET
from medgraph.words.vocabularies import CENTRE_TYPES, PHYSICIANS, TITLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.graphmodel.day import Day
    from medgraph.graphmodel.index import Links
    from medgraph.graphmodel.states import Fact

# What stands in a cell; where several records bear on it, the first of these counts.
CELLS = ("met", "no_data", "closed_unit", "broken", "not_yet_valid", "expired", "missing")
MET, UNSURE, CLOSED, BROKEN, LATER, OVER, MISSING = range(len(CELLS))


class Evidence(NamedTuple):
    """Records that bear on an obligation: whose, in what state, which link, where it breaks (or
    -1).
    """

    subject: Positions
    state: Positions
    row: Positions
    at: Positions

    def where(self, mask: Mask) -> Evidence:
        """Return the records of a mask."""
        return Evidence(self.subject[mask], self.state[mask], self.row[mask], self.at[mask])


def evidence(day: Day, obligation: str) -> Evidence:
    """Return every record, of whatever date, that bears on `obligation`."""
    return _SOURCES[obligation](day)


# -- the far end of a link ---------------------------------------------------------------------


def _dated(day: Day, relation: str) -> tuple[Links, Positions]:
    """Return all links of `relation`, and the state that their own dates give."""
    states = day.states(relation)
    of_dates = [states == HOLDS, states == NOT_YET, states == EXPIRED]
    return day.index.links(relation), np.select(of_dates, [MET, LATER, OVER])


def _towards(day: Day, own: Positions, end: Positions) -> tuple[Positions, Positions]:
    """Return the state of links by their dates, `own`, and whether their far end is at work.

    Who may be at work, or not, leaves a link unsure.
    """
    at_end = day.at_work.at(end)
    cases = [(own != MET) | at_end.certain, at_end.unknown]
    state = np.select(cases, [own, np.full(len(own), UNSURE)], CLOSED)
    return state, np.where(state == own, -1, end)


def _through(
    own: Positions, end: Positions, held: tuple[Positions, Positions]
) -> tuple[Positions, Positions]:
    """Return the state of links whose far ends have a state of their own."""
    state, at = held
    return np.where(own == MET, state[end], own), np.where(own == MET, at[end], -1)


def _held(day: Day, relation: str) -> tuple[Positions, Positions]:
    """Return for every node whether a facility at work holds it by LEADS or HOSTS_CENTRE.

    One at work that nobody is seen to hold may be held by another while the list is open.
    """
    links, own = _dated(day, relation)
    state, at = _towards(day, own, links.source)
    best = np.full(len(day), BROKEN, np.int64)
    where = np.arange(len(day))
    for seen in (CLOSED, UNSURE):
        hit = state == seen
        best[links.target[hit]], where[links.target[hit]] = seen, at[hit]
    if not day.declared_whole(relation):
        best[:] = UNSURE
    held, at_work = day.links(relation).target, day.ends_at_work(relation)
    best[held[at_work.certain]], where[held[at_work.certain]] = MET, -1
    for gone, seen in ((day.at_work.unknown, UNSURE), (~day.at_work.possible, CLOSED)):
        best[gone], where[gone] = seen, np.flatnonzero(gone)
    return best, where


def _received(day: Day, relation: str) -> Evidence:
    """Return what the targets of `relation` receive; who gives it has to be at work."""
    links, own = _dated(day, relation)
    state, at = _towards(day, own, links.source)
    return Evidence(links.target, state, links.row, at)


def _both_ways(day: Day, relation: str) -> list[Evidence]:
    """Return what both ends of `relation` have of each other."""
    links, own = _dated(day, relation)
    found = []
    for here, there in ((links.source, links.target), (links.target, links.source)):
        state, at = _towards(day, own, there)
        found.append(Evidence(here, state, links.row, at))
    return found


def _joined(*parts: Evidence) -> Evidence:
    return Evidence(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _spread(day: Day, found: Evidence) -> Evidence:
    """Give what a group has to each of its members of the day, too."""
    facility, group, _ = day.group_memberships
    of, member = equi_join(found.subject, group)
    spread = Evidence(facility[member], found.state[of], found.row[of], found.at[of])
    return _joined(found, spread)


# -- one function for each kind of obligation --------------------------------------------------


def _lead(day: Day) -> Evidence:
    """A membership in a group that is led, or the leading itself."""
    members, own = _dated(day, "MEMBER_OF")
    state, at = _through(own, members.target, _held(day, "LEADS"))
    belonging = Evidence(members.source, state, members.row, at)
    leads, leading = _dated(day, "LEADS")
    nowhere = np.full(len(leads), -1)
    heading = Evidence(leads.source, leading, leads.row, nowhere)
    groups = day.any_group
    return _joined(belonging.where(groups[members.target]), heading.where(groups[leads.target]))


def _centre(day: Day, kind: str) -> Evidence:
    """The use of a centre of this kind that is hosted, or the hosting itself."""
    of_kind = day.centre(kind)
    users, own = _dated(day, "USES_CENTRE")
    state, at = _through(own, users.target, _held(day, "HOSTS_CENTRE"))
    using = Evidence(users.source, state, users.row, at)
    hosts, hosting = _dated(day, "HOSTS_CENTRE")
    hosting, where = _towards(day, hosting, hosts.target)
    own_centre = Evidence(hosts.source, hosting, hosts.row, where)
    return _joined(
        _of_kind(using, of_kind.at(users.target)), _of_kind(own_centre, of_kind.at(hosts.target))
    )


def _of_kind(found: Evidence, kind: Fact) -> Evidence:
    """Return the records of a kind; those that may be of it, and would do, are unsure."""
    unsure = kind.unknown & (found.state == MET)
    state = np.where(unsure, UNSURE, found.state)
    return found._replace(state=state).where(kind.certain | unsure)


def ends_of_ways_up(day: Day) -> Fact:
    """Return where a way up ends: hospitals and the leads of groups that are at work."""
    return (day.hospital | day.leading) & day.at_work


def _up_referral(day: Day) -> Evidence:
    """A referral up that leads on, over however many, to a hospital or the lead of a group.

    It surely does not where nobody on the way may refer elsewhere, or be such an end.
    """
    links, own = _dated(day, "REFERS_UP_TO")
    state, at = _towards(day, own, links.target)
    goal = ends_of_ways_up(day)
    places = np.unique(links.target)
    may_go_on = day.mask(places[~day.declared("REFERS_UP_TO", for_=places)])
    reaches = _reaching(day, goal.certain, day.at_work.certain)
    may_reach = _reaching(day, goal.possible | may_go_on, day.at_work.possible)
    beyond = (state == MET) & ~reaches[links.target]
    ends = {target: _dead_end(day, target) for target in np.unique(links.target[beyond]).tolist()}
    for place in np.flatnonzero(beyond).tolist():
        state[place], at[place] = ends[int(links.target[place])]
    return Evidence(
        links.source, np.where(beyond & may_reach[links.target], UNSURE, state), links.row, at
    )


def _reaching(day: Day, goal: Mask, at_work: Mask) -> Mask:
    """Return a mask: who is one of the goal, or has a way up to it over those at work."""
    links = day.links("REFERS_UP_TO")
    good = at_work[links.source] & at_work[links.target]
    return leading_to(links.source[good], links.target[good], goal & at_work)


def _dead_end(day: Day, start: int) -> tuple[int, int]:
    """Return how and where the way up from `start` ends: closed, in a loop, or with no way on."""
    links = day.links("REFERS_UP_TO")
    here, seen = start, set()
    while here not in seen:
        seen.add(here)
        onward = links.target[links.source == here]
        if not len(onward):
            return BROKEN, here
        closed = onward[~day.at_work.certain[onward]]
        if len(closed):
            return CLOSED, int(closed[0])
        here = int(onward[0])
    return BROKEN, here


def _down_referral(day: Day) -> Evidence:
    return _received(day, "REFERS_DOWN_TO")


def _physician(day: Day) -> Evidence:
    """A posting of a physician; one whose title is not known may be one."""
    found = _received(day, "DISPATCHES")
    titles = day.index.link_values("DISPATCHES", "title").to_pylist()
    roles = day.index.link_values("DISPATCHES", "role").to_pylist()
    clinical = np.array([role != "management" for role in roles], bool)
    unknown = np.array([title not in TITLES for title in titles], bool) & clinical
    physician = np.array([title in PHYSICIANS for title in titles], bool) & clinical
    unsure = unknown & (found.state == MET)
    state = np.where(unsure, UNSURE, found.state)
    return found._replace(state=state).where(physician | unknown)


def _team(day: Day) -> Evidence:
    """A public-health team, stationed in the centre or in its group."""
    found = _received(day, "STATIONED_IN")
    teams = day.index.links("STATIONED_IN").source
    return _spread(day, _of_kind(found, day.public_health_team.at(teams)))


def _telemedicine(day: Day) -> Evidence:
    """A line to another facility, or a centre for telemedicine."""
    return _joined(_centre(day, "telemedicine"), *_both_ways(day, "TELEMEDICINE"))


def _recognition(day: Day) -> Evidence:
    """Recognition by another facility, or inside the whole group."""
    facility = day.index.is_kind("Facility")
    links, own = _dated(day, "RECOGNISES_RESULTS")
    to_itself = links.source == links.target
    found = [
        part.where(facility[part.subject] & ~to_itself)
        for part in _both_ways(day, "RECOGNISES_RESULTS")
    ]
    state, at = _towards(day, own, links.source)
    inside = Evidence(links.source, state, links.row, at)
    within_group = inside.where(to_itself & ~facility[links.source])
    return _joined(*found, _spread(day, within_group))


def _stations(day: Day) -> Evidence:
    """A village clinic or station that the centre runs."""
    found = _received(day, "RUN_BY")
    return _of_kind(found, day.station.at(day.index.links("RUN_BY").source))


_SOURCES: dict[str, Callable[[Day], Evidence]] = {
    "lead": _lead,
    **{kind: partial(_centre, kind=kind) for kind in CENTRE_TYPES},
    "up_referral": _up_referral,
    "down_referral": _down_referral,
    "physician": _physician,
    "team": _team,
    "telemedicine": _telemedicine,
    "recognition": _recognition,
    "stations": _stations,
}
