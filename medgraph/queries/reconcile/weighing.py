"""Weigh pairs after Fellegi and Sunter: how likely each level is among same facilities, and others.

The two shares of each level (`m` among pairs of one facility, `u` among any two) are learnt from
the lists themselves by expectation and maximisation, held by shares that are known
beforehand: lists of twenty rows are weighed by these, lists of thousands by their own. What a list
does not say weighs nothing, for and against.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from medgraph.queries.reconcile.comparing import FIELDS, LEVELS, UNKNOWN, Name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from medgraph.graphmodel.arrays.types import Floats, Positions
    from medgraph.queries.reconcile.comparing import Comparison

Shares: TypeAlias = "dict[str, Floats]"

# What is known beforehand of pairs of one facility, and of any two.
_SAME = {
    "name": (0.55, 0.24, 0.04, 0.05, 0.03, 0.02, 0.02, 0.02, 0.02, 0.01),
    "distance": (0.70, 0.16, 0.09, 0.05),
    "town": (0.93, 0.05, 0.02),
    "county": (0.96, 0.02, 0.02),
    "type": (0.93, 0.07),
    "code": (0.93, 0.03, 0.04),
    "address": (0.60, 0.25, 0.15),
}
_OTHERS = {
    "name": (0.0002, 0.0002, 0.0002, 0.0004, 0.0004, 0.0004, 0.002, 0.01, 0.9764, 0.01),
    "distance": (0.01, 0.02, 0.07, 0.90),
    "town": (0.10, 0.50, 0.40),
    "county": (0.60, 0.10, 0.30),
    "type": (0.30, 0.70),
    "code": (0.0001, 0.01, 0.9899),
    "address": (0.002, 0.028, 0.97),
}
# Pairs that what is known beforehand counts for: names hardly ever agree by chance, anywhere.
_SAME_HELD_BY = dict.fromkeys(FIELDS, 40.0)
_OTHERS_HELD_BY = dict.fromkeys(FIELDS, 200.0) | {"name": 5000.0, "code": 5000.0}
_ROUNDS, _STILL = 15, 1e-4
_TURNS = 4
_LEAST_ALONE = 0.1  # no list is taken to hold nobody that the other lacks
_LEAST = 1e-7
_PAIRED = 0.9  # of the rows whose name the other list has, so many are taken for paired at first


@dataclass(frozen=True)
class Weights:
    """The shares of each level, and the share of all pairs that are one facility."""

    same: Shares
    others: Shares
    share: float

    def alone(self, sizes: tuple[int, int]) -> tuple[float, float]:
        """Return the share of the rows of either list, of these sizes, that have no partner."""
        paired = self.share * sizes[0] * sizes[1]
        mine, theirs = (max(_LEAST_ALONE, 1 - paired / max(size, 1)) for size in sizes)
        return mine, theirs

    def of(self, field: str) -> Floats:
        """Return by how much each level of a field speaks for one facility, as a log of odds.

        The last entry is that of the level -1: what is not said.
        """
        return np.append(np.log(self.same[field] / self.others[field]), 0.0)

    def odds(self, comparison: Comparison) -> Floats:
        """Return the log of the odds of each pair.

        A name that both lists have says the more the rarer it is.
        """
        odds = np.full(len(comparison), np.log(self.share / (1 - self.share)))
        for field in FIELDS:
            odds += self.of(field)[comparison.levels[field]]
        name = comparison.levels["name"]
        called_so = (name >= Name.SAME) & (name <= Name.WRITTEN)
        as_any = np.log(self.same["name"][: Name.WRITTEN + 1].sum())
        usual = self.of("name")[name]
        odds += np.where(called_so, as_any - comparison.rarity - usual, 0.0)
        return odds


def learnt(comparison: Comparison, sample: Comparison, sizes: tuple[int, int]) -> Weights:
    """Return the weights learnt from candidate pairs and from a sample of all pairs.

    `sizes` are how many rows either list has.
    """
    all_pairs = max(sizes[0] * sizes[1], 1)
    name = comparison.levels["name"]
    named = comparison.pairs[0][(name >= Name.SAME) & (name <= Name.OTHER)]
    paired = max(_PAIRED * len(np.unique(named)), 1.0)
    same, others = ({f: np.array(shares[f]) for f in FIELDS} for shares in (_SAME, _OTHERS))
    weights = Weights(same, others, min(0.5, paired / all_pairs))
    for _ in range(_ROUNDS):
        before = paired
        alone = weights.alone(sizes)
        chance = competing(comparison.pairs, weights.odds(comparison), sizes, alone)
        unlike = 1 - competing(sample.pairs, weights.odds(sample), sizes, alone)
        paired = max(chance.sum(), 1.0)
        weights = Weights(
            _shares(comparison, chance, _SAME, _SAME_HELD_BY),
            _shares(sample, unlike, _OTHERS, _OTHERS_HELD_BY),
            min(0.5, paired / all_pairs),
        )
        if abs(paired - before) < _STILL * paired:
            break
    return weights


def competing(
    pairs: tuple[Positions, Positions],
    odds: Floats,
    sizes: tuple[int, int],
    alone: tuple[float, float] = (1.0, 1.0),
) -> Floats:
    """Return how likely each pair is, among all that either row may be paired with, or none.

    `alone` is how likely a row of either list has no partner: where hardly any lacks one, who is
    left has the partner that is left.

    >>> pairs = np.array([0, 0]), np.array([0, 1])
    >>> competing(pairs, np.array([5.0, 5.0]), (1, 2)).round(2).tolist()
    [0.5, 0.5]
    """
    weight = np.exp(np.clip(odds, -700, 300))
    sides = (pairs[0], sizes[0], alone[0]), (pairs[1], sizes[1], alone[1])
    chance: Floats = np.zeros(len(weight))
    for _ in range(_TURNS):
        # who has a partner of its own is less of a rival
        mine, theirs = (
            _normed(*near, weight * (1 - _taken(*far[:2], chance)))
            for near, far in (sides, reversed(sides))
        )
        chance = np.minimum(mine, theirs)
    return chance


def _taken(rows: Positions, size: int, chance: Floats) -> Floats:
    """How likely the row of each pair has another partner."""
    others = np.bincount(rows, weights=chance, minlength=size)[rows] - chance
    return np.clip(others, 0.0, 1.0)


def _normed(rows: Positions, size: int, alone: float, weight: Floats) -> Floats:
    """The weight of each pair, of all of its row and of none."""
    return weight / (alone + np.bincount(rows, weights=weight, minlength=size)[rows])


def _shares(
    comparison: Comparison,
    weight: Floats,
    known: Mapping[str, tuple[float, ...]],
    held: Mapping[str, float],
) -> Shares:
    found = {}
    for field in FIELDS:
        levels = comparison.levels[field]
        said = levels != UNKNOWN
        size = len(LEVELS[field])
        seen = np.bincount(levels[said], weights=weight[said], minlength=size).astype(float)
        counted = seen + held[field] * np.array(known[field])
        found[field] = np.maximum(counted / counted.sum(), _LEAST)
    return found
