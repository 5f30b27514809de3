"""Pair two lists: each facility with one at most, so that the weights of all pairs are greatest.

How sure a pair is also depends on who else might be meant: a name that fits two is half a match.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from medgraph.graphmodel.arrays.joins import unique_pairs
from medgraph.graphmodel.decisions import DIFFERENT, SAME
from medgraph.queries.reconcile.candidates import any_pairs, candidates
from medgraph.queries.reconcile.comparing import Comparison
from medgraph.queries.reconcile.weighing import Weights, competing, learnt

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Floats, Mask, Positions
    from medgraph.queries.reconcile.decided import Decided
    from medgraph.queries.reconcile.listed import Listed

_LEAST_ODDS = -6.0  # the log of the odds below which a pair is not thought of at all

_CERTAIN = 100.0


@dataclass(frozen=True)
class Pairing:
    """The pairs that were thought of, how sure each is, and which were chosen."""

    comparison: Comparison
    weights: Weights
    odds: Floats
    confidence: Floats
    chosen: Mask

    @property
    def rows(self) -> Positions:
        """The row of each pair in the first list."""
        return self.comparison.pairs[0]

    @property
    def others(self) -> Positions:
        """The row of each pair in the second list."""
        return self.comparison.pairs[1]


def paired(one: Listed, other: Listed, decided: Decided) -> Pairing:
    """Return the pairs of two lists; what is decided is weighed no more."""
    sizes = len(one), len(other)
    every = Comparison(one, other, _with(candidates(one, other), decided.of(SAME), max(sizes)))
    weights = learnt(every, Comparison(one, other, any_pairs(*sizes)), sizes)
    odds = _settled(every.pairs, weights.odds(every), decided)
    is_open = every.namesakes & np.isfinite(odds)  # common as its name may be
    thought_of = np.flatnonzero((odds > _LEAST_ODDS) | is_open)
    comparison, odds = every.only(thought_of), odds[thought_of]
    chosen = np.zeros(len(odds), bool)
    chosen[_assigned(*comparison.pairs, odds)] = True
    return Pairing(
        comparison,
        weights,
        odds,
        competing(comparison.pairs, odds, sizes, weights.alone(sizes)),
        chosen,
    )


def _with(
    pairs: tuple[Positions, Positions], more: list[tuple[int, int]], size: int
) -> tuple[Positions, Positions]:
    """The pairs with those that were decided, whatever brings them together."""
    if not more:
        return pairs
    added = np.array(more, np.int64).T
    rows, others = (np.append(pairs[side], added[side]) for side in (0, 1))
    return unique_pairs(rows, others, size)


def _settled(pairs: tuple[Positions, Positions], odds: Floats, decided: Decided) -> Floats:
    """The odds where decisions are certain: for, against, and against all others of a row."""
    same, different = decided.of(SAME), decided.of(DIFFERENT)
    gone = decided.settled
    taken = [[*(pair[side] for pair in same), *gone[side]] for side in (0, 1)]
    closed = np.isin(pairs[0], taken[0]) | np.isin(pairs[1], taken[1])
    odds = np.where(closed | _among(pairs, different), -np.inf, odds)
    return np.where(_among(pairs, same), _CERTAIN, odds)


def _among(pairs: tuple[Positions, Positions], some: list[tuple[int, int]]) -> Mask:
    size = int(pairs[1].max(initial=0)) + 1
    keys = pairs[0].astype(np.int64) * size + pairs[1]
    return np.isin(keys, [row * size + other for row, other in some if other < size])


def _assigned(rows: Positions, others: Positions, odds: Floats) -> Positions:
    """The places of the pairs that are chosen: one for each row at most, the sum greatest.

    A row may stay alone, which weighs as much as a pair that is hardly thought of.
    """
    if not len(rows):
        return np.zeros(0, np.int64)
    row_ids, row = np.unique(rows, return_inverse=True)
    other_ids, column = np.unique(others, return_inverse=True)
    size = len(row_ids)
    gain = odds - _LEAST_ODDS
    most = gain.max() + 1
    alone = np.arange(size)
    costs = sparse.csr_matrix(
        (
            np.concatenate([most - gain, np.full(size, most)]),
            (np.concatenate([row, alone]), np.concatenate([column, len(other_ids) + alone])),
        ),
        shape=(size, len(other_ids) + size),
    )
    matched_row, matched = min_weight_full_bipartite_matching(costs)
    partner = np.full(size, -1)
    partner[matched_row] = matched
    return np.flatnonzero(partner[row] == column)
