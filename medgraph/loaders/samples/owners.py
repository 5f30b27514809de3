"""Deal things to owners, and number the things of each owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Positions


def spread(count: int, over: int) -> Positions:
    """Return the owner of each of `count` things dealt evenly to `over` owners, in order."""
    return np.arange(count) * over // max(count, 1)


def within(owner: Positions) -> Positions:
    """Return the number of each thing within its owner, from 0; owners come in order."""
    start = np.searchsorted(owner, np.arange(owner.max(initial=-1) + 1))
    number: Positions = np.arange(len(owner)) - start[owner]
    return number


def rank_within(owner: Positions) -> Positions:
    """Return the number of each thing within its owner, from 0; owners come in any order."""
    order = np.argsort(owner, kind="stable")
    rank = np.empty(len(owner), int)
    rank[order] = within(owner[order])
    return rank
