"""The enhanced two-step floating catchment area index (E2SFCA) of Luo & Qi (2009).

Step 1: each facility divides its supply by the people in its catchment, the nearer ones weighing more.
Step 2: each area adds up these ratios over the facilities in reach, weighted in the same way.

Luo, W. & Qi, Y. (2009): An enhanced two-step floating catchment area (E2SFCA) method for measuring
spatial accessibility to primary care physicians. Health & Place 15, 1100-1107.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from medgraph.errors import OptionError
from medgraph.queries.coverage.minutes import Minutes
from medgraph.words.say import say


def bands(decay: Sequence[tuple[float, float]]) -> tuple[np.ndarray, np.ndarray]:
    """Return the upper ends (minutes, included) and the weights; raise OptionError where they are none."""
    ends, weights = (
        (np.array(column, float) for column in zip(*decay, strict=True)) if len(decay) else ([], [])
    )
    if not len(ends) or not (np.diff(ends, prepend=0) > 0).all() or not (weights > 0).all():
        raise OptionError(say("coverage.bad_bands", value=str(list(decay))))
    return ends, weights


def e2sfca(
    travel: Minutes,
    supply: np.ndarray,
    population: np.ndarray,
    decay: Sequence[tuple[float, float]],
) -> np.ndarray:
    """Return the index of each area: supply per resident; NaN where something it rests on is not known.

    `supply` and `population` have NaN where they are not stated. A ratio is unknown where the supply, the
    population of an area in the catchment or a travel time to the facility is, or where nobody lives in
    the catchment; an index is unknown where a ratio in reach or a travel time from the area is.
    """
    ends, weights = bands(decay)
    band = np.searchsorted(ends, travel.minutes, "left")
    inside = band < len(ends)
    area, facility, weight = travel.area[inside], travel.facility[inside], weights[band[inside]]
    count = len(travel.missing_to)
    demand = np.bincount(
        facility, weights=weight * population[area], minlength=count
    )  # NaN spreads
    demand = np.where((travel.missing_to > 0) | (demand == 0), np.nan, demand)
    ratio = np.where(supply == 0, 0.0, supply / demand)
    index = np.bincount(area, weights=weight * ratio[facility], minlength=len(travel.missing_from))
    return np.where(travel.missing_from > 0, np.nan, index)
