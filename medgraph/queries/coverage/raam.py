"""The rational agent access model (RAAM) of Saxon & Snow (2020).

Everybody goes where the cost is least: the crowding of a facility (its people per unit of supply,
over the mean of the whole) and the minutes to it (over `tau`). At the equilibrium nobody gains by
going elsewhere, and the index of an area is what its people pay: one is the mean crowding and no
way at all, or no crowding and `tau` minutes. More is worse.

Saxon, J. & Snow, D. (2020): A rational agent model for the spatial accessibility of primary health
care. Annals of the American Association of Geographers 110, 205-222.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from medgraph.errors import OptionError
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Floats, Mask
    from medgraph.queries.coverage.minutes import Minutes

TAU = 60.0  # minutes that weigh as much as the mean crowding, as in the paper
_BLURS = 0.5 ** np.arange(3, 28)  # how sharply people choose; the last errs by less than 1e-6
_STEPS = 100  # of Newton at one blur: some five are needed
_FLAT = 1e-14  # a rise of the value that is none


def raam(travel: Minutes, supply: Floats, population: Floats, tau: float = TAU) -> Floats:
    """Return the cost of each area; NaN where it rests on what is not known, infinite without way.

    The mean crowding needs every population and every supply. A travel time that is missing makes
    unknown the areas of it and all whose people can meet theirs at some facility. `travel` holds
    the pairs without a limit of minutes.
    """
    if not (tau > 0 and np.isfinite(tau)):
        raise OptionError(say("coverage.bad_tau", value=tau))
    areas = len(travel.missing_from)
    cost = np.full(areas, np.nan)
    if np.isnan(population).any() or np.isnan(supply).any():
        return cost
    if not population.sum() or not supply.sum():
        return cost
    way = np.full((areas, len(supply)), np.inf)
    way[travel.area, travel.facility] = travel.minutes / tau
    way = way[:, supply > 0]  # the others take nobody
    reached = np.isfinite(way).any(axis=1)
    room = supply[supply > 0] / supply.sum()
    market = _Market(way[reached], room, population[reached] / population.sum())
    crowding = market.equilibrium()
    cost[reached] = (crowding + way[reached]).min(axis=1)
    cost[_touched_by_missing(travel)] = np.nan
    return cost


@dataclass(frozen=True, eq=False)
class _Market:
    """The way from each area to each facility, and which part of all supply and people is where.

    The crowding at the equilibrium is where the concave function people @ least cost - room @
    crowding² / 2 is greatest (the dual of the equilibrium's programme). The least cost has corners,
    so it is blurred, less and less, and each blur is solved by Newton's method from where the last
    one ended.
    """

    way: Floats
    room: Floats
    people: Floats

    def equilibrium(self) -> Floats:
        """Return how crowded each facility is where nobody gains by going elsewhere."""
        crowding = np.ones(len(self.room))
        for blur in _BLURS:
            crowding = self._greatest(crowding, blur)
        return crowding

    def _greatest(self, crowding: Floats, blur: float) -> Floats:
        for _ in range(_STEPS):
            value, share = self._blurred(crowding, blur)
            flow = self.people @ share
            slope = flow - self.room * crowding
            bend = (np.diag(flow) - (share.T * self.people) @ share) / blur + np.diag(self.room)
            step = np.linalg.solve(bend, slope).astype(float)
            rise = float(slope @ step)
            if rise <= _FLAT:
                break
            part = self._part_of(step, crowding, value, rise, blur)
            crowding = crowding + part * step
        return crowding

    def _blurred(self, crowding: Floats, blur: float) -> tuple[float, Floats]:
        """Return the value to be made greatest, and which part of each area's people goes where."""
        cost = crowding + self.way
        least = cost.min(axis=1, keepdims=True)
        weight = np.exp((least - cost) / blur)
        total = weight.sum(axis=1, keepdims=True)
        paid = (least - blur * np.log(total)).ravel()
        return float(self.people @ paid - self.room @ crowding**2 / 2), weight / total

    def _part_of(
        self, step: Floats, crowding: Floats, value: float, rise: float, blur: float
    ) -> float:
        """Return how much of a step makes the value greater as its slope promises."""
        part = 1.0
        while self._blurred(crowding + part * step, blur)[0] < value + part * rise / 4 - _FLAT:
            part /= 2
        return part


def _touched_by_missing(travel: Minutes) -> Mask:
    """Return a mask: areas that a missing time may move, through whatever facilities they share."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    areas, facilities = len(travel.missing_from), len(travel.missing_to)
    edges = (np.ones(len(travel.area)), (travel.area, travel.facility + areas))
    graph = coo_array(edges, shape=(areas + facilities, areas + facilities))
    _, part = connected_components(graph, directed=False)
    missing = np.concatenate([travel.missing_from, travel.missing_to]) > 0
    touched: Mask = np.isin(part, part[missing])[:areas]
    return touched
