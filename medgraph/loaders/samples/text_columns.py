"""Write columns of text out of columns of numbers and text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Positions


def digits(values: Positions, width: int) -> pa.Array:
    """Return numbers as text, with zeros before them up to `width`."""
    return pc.utf8_lpad(pa.array(values).cast(pa.string()), width, "0")


def joined(*parts: Any) -> pa.Array:
    """Return the parts of each row as one text; a part is a column or one text for all rows."""
    return pc.binary_join_element_wise(*parts, "")


def of_owner(column: pa.Array, owner: Positions) -> pa.Array:
    """Return for each thing the value of its owner."""
    return column.take(pa.array(owner))
