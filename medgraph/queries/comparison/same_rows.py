"""Set aside the rows that two frames say alike, so that only what differs is read row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from medgraph.graphmodel.arrays.chunks import flat, unlike

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from pandas.api.extensions import ExtensionArray

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
    if one is two or not (len(one) or len(two)):
        return np.zeros(len(one), bool), np.zeros(len(two), bool)
    there = [[name for name in columns if name in frame.columns] for frame in (one, two)]
    if there[0] != there[1]:
        return np.ones(len(one), bool), np.ones(len(two), bool)
    columns = there[0]
    if len(one) == len(two):
        found = _differ(one, two, columns)
        return found, found
    least = min(len(one), len(two))
    top = _leading(~_differ(one[:least], two[:least], columns))
    rest = least - top
    from_bottom = _differ(one[len(one) - rest :], two[len(two) - rest :], columns)
    bottom = _leading(~from_bottom[::-1])
    return _between(len(one), top, bottom), _between(len(two), top, bottom)


def _differ(one: pd.DataFrame, two: pd.DataFrame, columns: Sequence[str]) -> Mask:
    """Which rows differ of frames of one length."""
    found = np.zeros(len(one), bool)
    for column in columns:
        mine, theirs = (frame[column].array for frame in (one, two))
        try:
            here, there = _values(mine), _values(theirs)
        except pa.ArrowException:  # values of several types in one column
            return np.ones(len(one), bool)
        if here.type != there.type:
            here, there = _plain_text(here), _plain_text(there)
        found |= unlike(here, there)
    return found


def _values(values: ExtensionArray) -> pa.Array:
    """The values of a column in one piece."""
    return flat(pa.array(values, from_pandas=True))


def _plain_text(values: pa.Array) -> pa.Array:
    """The same values, where they are text in the one type of it."""
    return values.cast(pa.string()) if pa.types.is_large_string(values.type) else values


def _leading(same: Mask) -> int:
    """How many rows are the same before the first that is not."""
    return len(same) if same.all() else int(np.argmin(same))


def _between(length: int, top: int, bottom: int) -> Mask:
    found = np.ones(length, bool)
    found[:top] = False
    found[length - bottom :] = False
    return found
