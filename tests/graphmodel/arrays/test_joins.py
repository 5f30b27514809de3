"""Joins of arrays: the same pairs and groups as plain Python loops find, for any keys."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from medgraph.graphmodel.arrays import joins

KEYS = st.lists(st.integers(0, 6), max_size=12).map(lambda keys: np.array(keys, np.int32))


@given(KEYS, KEYS)
def test_an_equi_join_finds_every_pair_in_order(left, right):
    """Pairs come in the order of the left side, then of the right."""
    mine, theirs = joins.equi_join(left, right)
    expected = [(i, j) for i, a in enumerate(left) for j, b in enumerate(right) if a == b]
    assert list(zip(mine.tolist(), theirs.tolist(), strict=True)) == expected


@given(KEYS, KEYS)
def test_a_sorted_right_side_gives_the_same_pairs(left, right):
    """Without a look at the order of the right side the pairs are those of the general join."""
    ordered = np.sort(right)
    for fast, general in zip(
        joins.equi_join_sorted(left, ordered), joins.equi_join(left, ordered), strict=True
    ):
        assert fast.tolist() == general.tolist()


@given(KEYS, KEYS)
def test_groups_hold_the_places_of_their_key(keys, wanted):
    """Each wanted key gets the places at which it stands, ascending; none where it is absent."""
    offsets, places = joins.grouped(keys, wanted)
    groups = [places[a:b].tolist() for a, b in itertools.pairwise(offsets)]
    assert groups == [np.flatnonzero(keys == key).tolist() for key in wanted]


@given(KEYS, KEYS)
def test_a_semi_join_keeps_what_the_other_side_holds(values, others):
    """The mask says for each value whether the sorted side holds it."""
    assert joins.semi_join(values, np.sort(others)).tolist() == [v in others for v in values]


@given(KEYS, KEYS)
def test_distinct_pairs_are_sorted(one, other):
    """Each pair comes once, in ascending order."""
    size = min(len(one), len(other))
    first, second = joins.unique_pairs(one[:size], other[:size], 7)
    expected = sorted(set(zip(one[:size].tolist(), other[:size].tolist(), strict=True)))
    assert list(zip(first.tolist(), second.tolist(), strict=True)) == expected
