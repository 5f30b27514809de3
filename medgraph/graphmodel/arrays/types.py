"""Name the arrays that the compiled network is made of, so that a signature says what stands in it."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Positions: TypeAlias = NDArray[np.integer[Any]]
"""Positions of nodes in the index, -1 where there is none; or rows of the link table."""
Mask: TypeAlias = NDArray[np.bool_]
"""One yes or no for each node, link or row."""
States: TypeAlias = NDArray[np.int8]
"""One small code for each node, link or row."""
Floats: TypeAlias = NDArray[np.float64]
"""Numbers with a unit that the name says; NaN where there is none."""
