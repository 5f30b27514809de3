"""Set aside the rows that two frames say alike, so that only what differs is read row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from medgraph.graphmodel.arrays.chunks import flat, unlike

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from medgraph.graphmodel.arrays.types import Mask


def other_rows(one: pd.DataFrame, two: pd.DataFrame, columns: Sequence[str]) -> tuple[Mask, Mask]:
    """Return the masks of the rows of either frame but those that both hold at the same place.

    Of frames of different lengths the place is told from the top and from the bottom. A row that
    stands at another place is kept on both sides; so are all where one frame lacks a column.

    Parameters
    ----------
    one, two
        The frames.
    columns
        What of the rows is compared, as far as the frames have it.
    """
    if one is two:
        return np.zeros(len(one), bool), np.zeros(len(two), bool)
    there = [[name for name in columns if name in frame.columns] for frame in (one, two)]
    if there[0] != there[1]:
        return np.ones(len(one), bool), np.ones(len(two), bool)
    columns = there[0]
    least = min(len(one), len(two))
    from_top = _differ(one[:least], two[:least], columns)
    if len(one) == len(two):
        return from_top, from_top
    top = _leading(~from_top)
    rest = least - top
    from_bottom = _differ(one[len(one) - rest :], two[len(two) - rest :], columns)
    bottom = _leading(~from_bottom[::-1])
    return _between(len(one), top, bottom), _between(len(two), top, bottom)


def _differ(one: pd.DataFrame, two: pd.DataFrame, columns: Sequence[str]) -> Mask:
    """Which rows differ of frames of one length."""
    found = np.zeros(len(one), bool)
    for column in columns:
        try:
            here, there = (_values(frame[column]) for frame in (one, two))
        except pa.ArrowException:  # values of several types in one column
            return np.ones(len(one), bool)
        found |= unlike(here, there)
    return found


def _values(column: pd.Series[Any]) -> pa.Array:
    """The values of a column in one piece, all text in one type."""
    values = flat(pa.array(column.array, from_pandas=True))
    return values.cast(pa.string()) if pa.types.is_large_string(values.type) else values


def _leading(same: Mask) -> int:
    """How many rows are the same before the first that is not."""
    return len(same) if same.all() else int(np.argmin(same))


def _between(length: int, top: int, bottom: int) -> Mask:
    found = np.ones(length, bool)
    found[:top] = False
    found[length - bottom :] = False
    return found
