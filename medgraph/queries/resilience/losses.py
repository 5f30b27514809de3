"""Find who loses what if a facility stops: the way up, a service, staff or a lead of one source."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow.compute as pc

from medgraph.graphmodel.arrays.chunks import mask_of
from medgraph.graphmodel.arrays.dominators import dominator_tree
from medgraph.graphmodel.arrays.joins import equi_join, unique_pairs
from medgraph.graphmodel.arrays.matrices import compiled
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
    """Who loses one thing if whom stops: pairs of positions, and who `had` it at all."""

    kind: str
    loser: Positions
    stopped: Positions
    had: Mask

    def of_stop(self, position: int) -> Losses:
        """Return the losses if this one facility stops."""
        hit = self.stopped == position
        return replace(self, loser=self.loser[hit], stopped=self.stopped[hit])


def kinds_of_loss(day: Day) -> dict[str, Callable[[], Losses]]:
    """Return every kind of loss that the network can suffer, each with how it is found."""
    kinds: dict[str, Callable[[], Losses]] = {
        PATH: partial(_path_losses, day),
        LEAD: partial(_losses_of, day, LEAD, _leads),
        STAFF: partial(_losses_of, day, STAFF, _senders),
    }
    for kind in _kinds_of_centres(day):
        kinds[kind] = partial(_losses_of, day, kind, partial(_hosts, kind=kind))
    return kinds


# -- ways of up-referral --------------------------------------------------------------------------


def _path_losses(day: Day) -> Losses:
    """Who loses every way up to the lead of a group or a tertiary hospital."""
    links = day.links("REFERS_UP_TO")
    working = day.working.certain
    links = chosen(links, working[links.source] & working[links.target])
    each = np.ones(len(links), np.int8)
    up = compiled(links.source, links.target, each, len(day), least=True)
    down = compiled(links.target, links.source, each, len(day), least=True)
    goal = (day.mask(day.leads.facility) | day.tertiary.certain) & working
    tree = dominator_tree(up, down, np.flatnonzero(goal))
    return Losses(PATH, *_dominated(tree), tree.depth > 0)


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


def _losses_of(day: Day, kind: str, sources: Callable[[Day], Pairs]) -> Losses:
    """Who has a thing from one source alone; who is its own source depends on nobody."""
    user, source = sources(day)
    working = day.working.certain
    both_work = working[user] & working[source]
    user, source = unique_pairs(user[both_work], source[both_work], len(day))
    count = np.bincount(user, minlength=len(day))
    depends = (count[user] == 1) & (user != source)
    return Losses(kind, user[depends], source[depends], count > 0)


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
    centre = _centres(day, kind)
    users, hosts = day.links("USES_CENTRE"), day.links("HOSTS_CENTRE")
    users, hosts = chosen(users, centre[users.target]), chosen(hosts, centre[hosts.target])
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
    kinds = set(_types(day).filter(day.index.is_kind("SharedCentre")).to_pylist())
    if len(day.links("TELEMEDICINE")):
        kinds.add(_TELEMEDICINE)
    return sorted(kinds)


def _centres(day: Day, kind: str) -> Mask:
    """Shared centres of a kind at work."""
    is_centre = day.index.is_kind("SharedCentre") & day.at_work.certain
    return is_centre & mask_of(pc.equal(_types(day), kind))


def _types(day: Day) -> Any:
    """The type of every node, `other` where none is stated."""
    return pc.fill_null(day.index.values("type"), "other")
