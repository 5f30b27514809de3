"""Choose sites so that the longest way to the next one is as short as can be (p-centre).

How short it can be is found by halving: for each number of minutes, can so few sites reach all
areas within them (Daskin 2000)? Where the solver leaves one of these questions open, the answer is
a choice and a bound below it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from medgraph.queries.planning.covering import fewest
from medgraph.queries.planning.siting import Choice, tell_so_far

if TYPE_CHECKING:
    from collections.abc import Callable

    from medgraph.graphmodel.arrays.types import Floats, Mask
    from medgraph.queries.planning.siting import Siting


def least_longest_way(asked: Siting) -> Choice:
    """Choose sites, as many and for as much as is allowed, so that the longest way is shortest."""

    def reaching(minutes: float) -> Choice:
        near = asked.within(minutes)
        by_hand = _greedy(near)
        found = (
            fewest(near, enough=np.inf) if by_hand is None else Choice(by_hand, 0, 0, proven=True)
        )
        longest = np.inf if found.sites is None else _longest_way(asked, found.sites)
        return Choice(found.sites, longest, longest, found.proven)

    return halved(asked, reaching)


def halved(asked: Siting, reaching: Callable[[float], Choice]) -> Choice:
    """Return the choice for the fewest minutes within which `reaching` finds one.

    What it finds has the longest way that it needs as its value.
    """
    steps = _minutes_that_may_be_longest(asked)
    if not len(steps):
        return Choice(None, np.inf, np.inf, proven=True)
    best = None
    low, high = 0, len(steps)  # below `low` there is none; from `high` on there is
    open_steps: set[int] = set()  # neither is known of these
    while low < high:
        middle = (low + high) // 2
        try:
            if best is not None:
                tell_so_far(float(steps[high]), _bound(steps, open_steps, low))
            found = reaching(float(steps[middle]))
        except KeyboardInterrupt:
            if best is None:
                raise
            open_steps.add(low)
            bound = _bound(steps, open_steps, high)
            return Choice(best, float(steps[high]), bound, proven=False, is_stopped=True)
        if found.sites is not None:
            best, high = found.sites, int(np.searchsorted(steps, found.value))
            continue
        if not found.proven:
            open_steps.add(middle)
        low = middle + 1
    if best is None:
        return Choice(None, np.inf, _bound(steps, open_steps, high), proven=not open_steps)
    value, bound = float(steps[high]), _bound(steps, open_steps, high)
    return Choice(best, value, bound, proven=bound == value)


def _minutes_that_may_be_longest(asked: Siting) -> Floats:
    """Return, ascending, the minutes of all ways that the longest way to the next site may be."""
    if not asked.areas:
        return np.zeros(1)
    if not asked.reach.any(axis=1).all():
        return np.zeros(0)
    steps = np.unique(asked.minutes[asked.reach])
    possible: Floats = steps[steps >= asked.minutes.min(axis=1).max()]
    return possible


def _longest_way(asked: Siting, sites: Mask) -> float:
    """Return the longest way to the next of the chosen sites."""
    return float(asked.minutes[:, sites].min(axis=1, initial=np.inf).max(initial=0.0))


def _bound(steps: Floats, open_steps: set[int], high: int) -> float:
    """Return the fewest minutes of which it is not proven that they are too few."""
    first = min(open_steps, default=high)
    return float(steps[first]) if first < len(steps) else np.inf


def _greedy(near: Siting) -> Mask | None:
    """Choose again and again the site that reaches most areas not yet reached; None: too many."""
    if near.spare is None or near.has_too_many_fixed or np.isfinite(near.most):
        return None
    chosen = near.fixed.copy()
    left = near.reach[~near.reach[:, chosen].any(axis=1)]
    for _ in range(near.spare):
        if not len(left):
            return chosen
        site = int(left.sum(axis=0).argmax())
        chosen[site] = True
        left = left[~left[:, site]]
    return None if len(left) else chosen


__all__ = ["halved", "least_longest_way"]
