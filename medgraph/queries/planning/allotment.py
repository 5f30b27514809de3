"""Choose sites that can serve only so many, or for so much money, and allot the people to them.

The people of an area may go to several sites. Which sites are chosen is a whole number, how many
people go where is none, so that the programme stays small; no site serves more than it can, and
nobody goes to a site that is not chosen.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from medgraph.queries.planning.milp import Programme, Stopped
from medgraph.queries.planning.p_centre import halved
from medgraph.queries.planning.siting import Choice, nodes_for

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Floats, Mask
    from medgraph.queries.planning.milp import Solution
    from medgraph.queries.planning.siting import Siting


def cheapest_for_all(asked: Siting) -> Choice:
    """Choose the cheapest sites that can serve everybody."""
    model = _Model(asked)
    found = model.solved(np.r_[asked.cost * ~asked.fixed, np.zeros(model.ways)], all_served=True)
    return model.choice(found, found.cost, found.bound)


def most_served(asked: Siting) -> Choice:
    """Choose sites, as many and for as much as is allowed, that can serve most people."""
    model = _Model(asked)
    found = model.solved(np.r_[np.zeros(asked.sites), -model.people])
    return model.choice(found, -found.cost, -found.bound)


def least_person_minutes(asked: Siting) -> Choice:
    """Choose sites that can serve everybody in the fewest person-minutes."""
    model = _Model(asked)
    way = model.people * asked.minutes[model.area, model.site]
    found = model.solved(np.r_[np.zeros(asked.sites), way], all_served=True)
    return model.choice(found, found.cost, found.bound)


def least_longest_way(asked: Siting) -> Choice:
    """Choose sites that can serve everybody, so that the longest way is as short as can be."""

    def reaching(minutes: float) -> Choice:
        model = _Model(asked.within(minutes))
        found = model.solved(np.zeros(asked.sites), all_served=True)
        if model.is_stopped:
            raise KeyboardInterrupt  # it is a step of a longer search, which ends as well
        return model.choice(found, minutes, minutes)

    return halved(asked, reaching)


class _Model:
    """The programme: is a site chosen, and what part of an area's people takes which way."""

    def __init__(self, asked: Siting) -> None:
        self.asked = asked
        self.area, self.site = np.nonzero(asked.reach & (asked.people > 0)[:, None])
        self.people = asked.people[self.area]
        self.programme = Programme()
        self.is_stopped = False
        least = asked.fixed.astype(float)
        self._chosen = self.programme.variables(asked.sites, least=least)
        self._part = self.programme.variables(self.ways, whole=False)
        self._limit_choice()
        self._limit_ways()

    @property
    def ways(self) -> int:
        """How many pairs of an area and a site in reach there are."""
        return len(self.area)

    def _limit_choice(self) -> None:
        asked, add = self.asked, self.programme
        if asked.number is not None:
            add.row(self._chosen, most=asked.number)
        if np.isfinite(asked.most):
            add.row(self._chosen, asked.cost * ~asked.fixed, most=asked.most)
        if asked.place is not None:
            add.rows(asked.place, self._chosen, most=np.ones(asked.place.max(initial=-1) + 1))

    def _limit_ways(self) -> None:
        """Let people go to chosen sites only, and to none more than it can serve."""
        asked, add = self.asked, self.programme
        each = np.arange(self.ways)
        entries = np.r_[each, each], np.r_[self._part, self._chosen[self.site]]
        add.rows(*entries, np.repeat([1.0, -1.0], self.ways), most=np.zeros(self.ways))
        if asked.capacity is None:
            return
        narrow = np.isfinite(asked.capacity)
        number = np.cumsum(narrow) - 1
        into = np.flatnonzero(narrow[self.site])
        rows = np.r_[number[self.site[into]], number[narrow]]
        columns = np.r_[self._part[into], self._chosen[narrow]]
        factors = np.r_[self.people[into], -asked.capacity[narrow]]
        add.rows(rows, columns, factors, most=np.zeros(int(narrow.sum())))

    def solved(self, costs: Floats, *, all_served: bool = False) -> Solution:
        """Return the cheapest solution; each area is served once at most, or wholly."""
        areas = np.flatnonzero(self.asked.people > 0)
        rows = np.searchsorted(areas, self.area)
        whole = np.ones(len(areas))
        self.programme.rows(rows, self._part, least=whole if all_served else None, most=whole)
        try:
            return self.programme.minimised(costs, nodes=nodes_for(self.ways))
        except Stopped as stopped:
            self.is_stopped = True
            return stopped.solution

    def choice(self, found: Solution, value: float, bound: float) -> Choice:
        """Return a solution as a choice."""
        if found.values is None:
            return Choice(None, value, bound, found.proven)
        sites = found.values[: self.asked.sites] > 0.5
        return Choice(sites, value, bound, found.proven, self.is_stopped)


def allotted(asked: Siting, sites: Mask) -> Floats:
    """Return how many people of each area go to each site: as many as can, by the shortest ways."""
    people = np.zeros(asked.reach.shape)
    if not sites.any():
        return people
    usable = np.where(asked.reach & sites, asked.minutes, np.inf)
    if asked.capacity is None or np.isinf(asked.capacity[sites]).all():
        nearest = usable.argmin(axis=1)
        served = np.isfinite(usable.min(axis=1))
        people[served, nearest[served]] = asked.people[served]
        return people
    limited = replace(asked, minutes=usable, fixed=sites, number=None, most=np.inf, place=None)
    model = _Model(limited)
    longest = np.max(usable, where=np.isfinite(usable), initial=0.0)
    # To serve somebody more is worth longer ways for all others on the path that makes the room.
    worth = (longest + 1) * (2 * min(asked.areas, int(sites.sum())) + 1)
    gain = model.people * (usable[model.area, model.site] - worth)
    found = model.solved(np.r_[np.zeros(asked.sites), gain])
    if found.values is not None:
        people[model.area, model.site] = model.people * found.values[asked.sites :]
    return people
