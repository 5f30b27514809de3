"""The enhanced two-step floating catchment area index (E2SFCA) of Luo & Qi (2009).

Step 1: each facility divides its supply by the people in its catchment, the nearer ones weighing
more. Step 2: each area adds up these ratios over the facilities in reach, weighted in the same way.

Luo, W. & Qi, Y. (2009): An enhanced two-step floating catchment area (E2SFCA) method for measuring
spatial accessibility to primary care physicians. Health & Place 15, 1100-1107.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from medgraph.errors import OptionError
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medgraph.graphmodel.arrays.types import Floats, Positions
    from medgraph.queries.coverage.minutes import Minutes


def bands(decay: Sequence[tuple[float, float]]) -> tuple[Floats, Floats]:
    """Return the upper ends (minutes, included) and the weights of the bands.

    Raise OptionError where there is none, an end does not ascend, or a weight is not above zero.
    """
    ends = np.array([end for end, _ in decay], float)
    weights = np.array([weight for _, weight in decay], float)
    ascending = (np.diff(ends, prepend=0) > 0).all()
    if not len(ends) or not ascending or not (weights > 0).all():
        raise OptionError(say("coverage.bad_bands", value=str(list(decay))))
    return ends, weights


def e2sfca(
    travel: Minutes,
    supply: Floats,
    population: Floats,
    decay: Sequence[tuple[float, float]],
) -> Floats:
    """Return the index of each area: supply per resident; NaN where it rests on what is not known.

    `supply` and `population` have NaN where they are not stated. A ratio is unknown where the
    supply, the population of an area in the catchment or a travel time to the facility is, or where
    nobody lives in the catchment; an index is unknown where a ratio in reach or a travel time from
    the area is.
    """
    ends, weights = bands(decay)
    band = np.searchsorted(ends, travel.minutes, "left")
    inside = band < len(ends)
    area, facility, weight = travel.area[inside], travel.facility[inside], weights[band[inside]]
    ratio = _ratios(travel, supply, facility, weight * population[area])
    reachable = weight * ratio[facility]
    index = np.bincount(area, weights=reachable, minlength=len(travel.missing_from))
    return np.where(travel.missing_from > 0, np.nan, index)


def _ratios(travel: Minutes, supply: Floats, facility: Positions, people: Floats) -> Floats:
    """Return the supply of each facility per person in its catchment; NaN spreads through sums."""
    demand = np.bincount(facility, weights=people, minlength=len(travel.missing_to))
    demand = np.where((travel.missing_to > 0) | (demand == 0), np.nan, demand)
    return np.where(supply == 0, 0.0, supply / demand)
