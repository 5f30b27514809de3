"""Find who loses what if a facility stops: the way up, a service, staff or a lead of one source."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from medgraph.graphmodel.arrays.dominators import dominator_tree
from medgraph.graphmodel.arrays.joins import equi_join, unique_pairs
from medgraph.graphmodel.arrays.matrices import compiled
from medgraph.graphmodel.arrays.paths import reaching
from medgraph.graphmodel.day import chosen

if TYPE_CHECKING:
    from collections.abc import Callable

    from medgraph.graphmodel.arrays.dominators import DominatorTree
    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.graphmodel.day import Day

    # Two aligned arrays of positions: who has or loses something, and from or through whom.
    Pairs = tuple[Positions, Positions]

PATH, LEAD, STAFF = "referral_path", "lead", "staff"
_TELEMEDICINE = "telemedicine"


@dataclass(frozen=True)
class Losses:
    """Who loses one thing if whom stops: pairs of positions, and who `had` it at all.

    `closed` are those whose sources of it are all known; elsewhere there may be others.
    """

    kind: str
    loser: Positions
    stopped: Positions
    had: Mask
    closed: Mask

    def of_stop(self, position: int) -> Losses:
        """Return the losses if this one facility stops."""
        hit = self.stopped == position
        return replace(self, loser=self.loser[hit], stopped=self.stopped[hit])


def kinds_of_loss(day: Day) -> dict[str, Callable[[], Losses]]:
    """Return every kind of loss that the network can suffer, each with how it is found."""
    kinds: dict[str, Callable[[], Losses]] = {
        PATH: partial(_path_losses, day),
        LEAD: partial(_losses_of, day, LEAD, _leads, _leads_known),
        STAFF: partial(_losses_of, day, STAFF, _senders, _senders_known),
    }
    for kind in _kinds_of_centres(day):
        known = partial(_hosts_known, kind=kind)
        kinds[kind] = partial(_losses_of, day, kind, partial(_hosts, kind=kind), known)
    return kinds


def unlisted(day: Day) -> Losses:
    """Return what nothing says: who may use a centre, or a line, of a kind that is not listed."""
    nobody = np.zeros(0, np.int64)
    closed = _declared(day, "USES_CENTRE") & _declared(day, _TELEMEDICINE.upper())
    return Losses("", nobody, nobody, np.zeros(len(day), bool), closed)


# -- ways of up-referral --------------------------------------------------------------------------


def _path_losses(day: Day) -> Losses:
    """Who loses every way up to the lead of a group or a tertiary hospital."""
    links = day.links("REFERS_UP_TO")
    working = day.working.certain
    links = chosen(links, working[links.source] & working[links.target])
    each = np.ones(len(links), np.int8)
    up = compiled(links.source, links.target, each, len(day), least=True)
    down = compiled(links.target, links.source, each, len(day), least=True)
    goal = (day.leading | day.tertiary) & day.working
    tree = dominator_tree(up, down, np.flatnonzero(goal.certain))
    has_way = (tree.depth > 0) | goal.certain
    onward = reaching(down, np.flatnonzero(goal.unknown))[links.target]
    may_end_elsewhere = day.mask(links.source[onward]) | (goal.unknown & has_way)
    closed = ~may_end_elsewhere & day.declared_whole("REFERS_UP_TO")
    return Losses(PATH, *_dominated(tree), has_way, closed)


def _dominated(tree: DominatorTree) -> Pairs:
    """Every position with each of those through which all its paths go."""
    loser = np.flatnonzero(tree.dominator >= 0)
    stopped = tree.dominator[loser]
    losers, stops = [loser], [stopped]
    while len(loser):
        beyond = tree.dominator[stopped]
        goes_on = beyond >= 0
        loser, stopped = loser[goes_on], beyond[goes_on]
        losers.append(loser)
        stops.append(stopped)
    return np.concatenate(losers), np.concatenate(stops)


# -- things of one source -------------------------------------------------------------------------


def _losses_of(
    day: Day, kind: str, sources: Callable[[Day], Pairs], known: Callable[[Day], Mask]
) -> Losses:
    """Who has a thing from one source alone; who is its own source depends on nobody."""
    user, source = sources(day)
    working = day.working.certain
    both_work = working[user] & working[source]
    user, source = unique_pairs(user[both_work], source[both_work], len(day))
    count = np.bincount(user, minlength=len(day))
    depends = (count[user] == 1) & (user != source)
    return Losses(kind, user[depends], source[depends], count > 0, known(day))


# -- whose sources are all known ------------------------------------------------------------------


def _declared(day: Day, relation: str) -> Mask:
    """Return a mask over all nodes: whose links of the relation are declared complete."""
    return day.declared(relation, for_=np.arange(len(day)))


def _leads_known(day: Day) -> Mask:
    whole = day.declared_whole("MEMBER_OF") and day.declared_whole("LEADS")
    return np.full(len(day), whole)


def _senders_known(day: Day) -> Mask:
    return _declared(day, "DISPATCHES")


def _hosts_known(day: Day, kind: str) -> Mask:
    """Who is known to use no other centre of a kind, and all hosts of those it uses."""
    known = _declared(day, "USES_CENTRE")
    if day.untyped_centre.any() or not day.declared_whole("HOSTS_CENTRE"):
        known[:] = False
    if kind == _TELEMEDICINE:
        known &= _declared(day, "TELEMEDICINE")
    return known


def _leads(day: Day) -> Pairs:
    """Members of groups, leads too, with the leads of these."""
    members, leads = day.group_memberships, day.leads
    return _joined((members.facility, members.collective), (leads.collective, leads.facility))


def _senders(day: Day) -> Pairs:
    """Facilities with dispatched staff, and who sends it; nobody sends staff to itself."""
    links = day.links("DISPATCHES")
    elsewhere = links.source != links.target
    return links.target[elsewhere], links.source[elsewhere]


def _hosts(day: Day, kind: str) -> Pairs:
    """Users of the shared centres of a kind, and the hosts of these; a host uses its own."""
    centre = day.centre(kind).certain
    users, hosts = day.links("USES_CENTRE"), day.links("HOSTS_CENTRE")
    at_work = day.ends_at_work("HOSTS_CENTRE").certain
    users, hosts = (
        chosen(users, centre[users.target]),
        chosen(hosts, centre[hosts.target] & at_work),
    )
    found = [
        _joined((users.source, users.target), (hosts.target, hosts.source)),
        (hosts.source, hosts.source),
    ]
    if kind == _TELEMEDICINE:
        lines = day.links("TELEMEDICINE")
        found += [(lines.source, lines.target), (lines.target, lines.source)]
    return (
        np.concatenate([user for user, _ in found]),
        np.concatenate([host for _, host in found]),
    )


def _joined(left: Pairs, right: Pairs) -> Pairs:
    """Join (user, middle) with (middle, source) to (user, source)."""
    at_left, at_right = equi_join(left[1], right[0])
    return left[0][at_left], right[1][at_right]


# -- kinds of shared centres ----------------------------------------------------------------------


def _kinds_of_centres(day: Day) -> list[str]:
    """The kinds of the shared centres, and telemedicine where there are lines of it."""
    kinds = set(day.kinds_of_centres)
    if len(day.links("TELEMEDICINE")):
        kinds.add(_TELEMEDICINE)
    return sorted(kinds)
