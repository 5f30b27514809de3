"""Compile links into a sparse matrix, parallel links into one entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from medgraph.graphmodel.arrays.types import Csr, Positions


def compiled(
    tail: Positions, head: Positions, value: NDArray[Any], count: int, *, least: bool
) -> Csr:
    """Return the CSR matrix of links `tail` to `head`; parallel ones are added, or the least kept.

    >>> tail, head, minutes = np.array([0, 0, 1]), np.array([1, 1, 0]), np.array([30.0, 20.0, 5.0])
    >>> compiled(tail, head, minutes, 2, least=True).toarray().tolist()
    [[0.0, 20.0], [5.0, 0.0]]
    """
    from scipy import sparse

    links = sparse.coo_array((value, (tail, head)), shape=(count, count))
    # Parallel links stay apart until it is known which one is kept.
    links.has_canonical_format = True
    matrix = links.tocsr()
    matrix.sort_indices()
    row = np.repeat(np.arange(count, dtype=np.int32), np.diff(matrix.indptr))
    is_same = (matrix.indices[1:] == matrix.indices[:-1]) & (row[1:] == row[:-1])
    if not is_same.any():
        return matrix
    first = np.flatnonzero(~np.append(False, is_same))
    merge = np.minimum if least else np.add
    lengths = np.bincount(row[first], minlength=count)
    start = np.append(0, np.cumsum(lengths)).astype(np.int32)
    merged = merge.reduceat(matrix.data, first), matrix.indices[first], start
    return sparse.csr_array(merged, shape=(count, count))
