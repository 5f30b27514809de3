"""Join arrays of keys: pairs of equal keys, rows of one key one run after another.

Keys are whole numbers (positions, rows, codes). A result holds places, that is indices into the
array that was given, so that any other column of either side can be taken with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Mask, Positions


def group_offsets(lengths: Positions) -> Positions:
    """Return where each of the groups of these lengths begins, and where the last one ends.

    >>> group_offsets(np.array([2, 0, 3])).tolist()
    [0, 2, 2, 5]
    """
    offsets = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=offsets[1:])
    return offsets


def gather_ragged(start: Positions, lengths: Positions) -> Positions:
    """Return the places of ragged rows, one after another: `lengths[i]` from `start[i]` on.

    >>> gather_ragged(np.array([7, 0, 3]), np.array([2, 0, 3])).tolist()
    [7, 8, 3, 4, 5]
    """
    offsets = group_offsets(lengths)
    shift = np.repeat(start - offsets[:-1], lengths)
    return shift + np.arange(offsets[-1])


def equal_runs(keys: Positions, ordered: Positions) -> tuple[Positions, Positions]:
    """Return where the run of each key begins in the ascending array `ordered`, and how long it is.

    >>> [part.tolist() for part in equal_runs(np.array([5, 4, 9]), np.array([4, 5, 5, 8]))]
    [[1, 0, 4], [2, 1, 0]]
    """
    start = np.searchsorted(ordered, keys, "left")
    lengths = np.searchsorted(ordered, keys, "right") - start
    return start, lengths


def equal_run(key: int, ordered: Positions) -> slice:
    """Return where the run of one key lies in the ascending array `ordered`.

    numpy would bring the whole array to the type of a Python integer, once for each key asked.

    >>> equal_run(5, np.array([4, 5, 5, 8]))
    slice(1, 3, None)
    """
    typed = ordered.dtype.type(key)
    begin, end = ordered.searchsorted(typed, "left"), ordered.searchsorted(typed, "right")
    return slice(int(begin), int(end))


def equi_join(left: Positions, right: Positions) -> tuple[Positions, Positions]:
    """Return every pair of places (i, j) with left[i] == right[j], by `left`, then by `right`.

    >>> [part.tolist() for part in equi_join(np.array([5, 4, 9]), np.array([8, 5, 4, 5]))]
    [[0, 0, 1], [1, 3, 2]]
    """
    if is_sorted(right):
        return equi_join_sorted(left, right)
    order = np.argsort(right, kind="stable")
    mine, theirs = equi_join_sorted(left, right[order])
    return mine, order[theirs]


def equi_join_sorted(left: Positions, ordered: Positions) -> tuple[Positions, Positions]:
    """Join with an array that is known to ascend, which is not checked; see `equi_join`."""
    start, lengths = equal_runs(left, ordered)
    return np.repeat(np.arange(len(left)), lengths), gather_ragged(start, lengths)


def grouped(keys: Positions, wanted: Positions) -> tuple[Positions, Positions]:
    """Return (offsets, places): wanted[i] is in `keys` at places[offsets[i]:offsets[i + 1]].

    >>> offsets, places = grouped(np.array([8, 5, 4, 5]), np.array([5, 9, 4]))
    >>> offsets.tolist(), places.tolist()
    ([0, 2, 2, 3], [1, 3, 2])
    """
    order = np.argsort(keys, kind="stable")
    start, lengths = equal_runs(wanted, keys[order])
    return group_offsets(lengths), order[gather_ragged(start, lengths)]


def semi_join(values: Positions, ordered: Positions) -> Mask:
    """Return a mask over `values`: those that the ascending array `ordered` holds.

    >>> semi_join(np.array([5, 6, 9]), np.array([4, 5, 5, 8])).tolist()
    [True, False, False]
    """
    if not len(ordered):
        return np.zeros(len(values), bool)
    nearest = np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)
    found: Mask = ordered[nearest] == values
    return found


def unique_pairs(one: Positions, other: Positions, size: int) -> tuple[Positions, Positions]:
    """Return the distinct pairs of two aligned arrays of positions below `size`, sorted.

    >>> [part.tolist() for part in unique_pairs(np.array([2, 0, 2]), np.array([1, 3, 1]), 4)]
    [[0, 2], [3, 1]]
    """
    size = max(size, 1)
    keys = np.sort(one.astype(np.int64) * size + other)
    keys = keys[np.diff(keys, prepend=-1) != 0]
    return (keys // size).astype(np.int32), (keys % size).astype(np.int32)


def is_sorted(values: Positions) -> bool:
    """Return whether the values ascend, equal ones allowed.

    >>> is_sorted(np.array([1, 1, 2])), is_sorted(np.array([2, 1]))
    (True, False)
    """
    return bool((values[1:] >= values[:-1]).all())
