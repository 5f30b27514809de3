"""Name the arrays that the compiled network is made of, so that a signature says what it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scipy import sparse

Positions: TypeAlias = NDArray[np.integer[Any]]
"""Positions of nodes in the index, -1 where there is none; or rows of the link table."""
Mask: TypeAlias = NDArray[np.bool_]
"""One yes or no for each node, link or row."""
States: TypeAlias = NDArray[np.int8]
"""One small code for each node, link or row."""
Floats: TypeAlias = NDArray[np.float64]
"""Numbers with a unit that the name says; NaN where there is none."""
Bytes: TypeAlias = NDArray[np.uint8]
"""The bytes of texts."""
Csr: TypeAlias = "sparse.csr_array[Any, tuple[int, int]]"
"""Links as a matrix: row i holds the heads of the links from position i."""
SomePositions: TypeAlias = "Positions | Sequence[int]"
"""A few positions, as an array or as whole numbers one by one."""
