"""Protect small counts of flows that are kept month by month, from one edition to the next.

Two editions of one answer must not give a small count by their difference: that of a month that was
added, or of a correction. So what is published is put together of months each of which may be shown
by itself: it is no small count, and differs by none from what stood for that month before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from medgraph.queries.small_counts import hide, is_small, safe_total

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from medgraph.graphmodel.flow_table import FlowTable

NOW = -1  # the edition that holds


def editions(records: FlowTable) -> pd.DataFrame:
    """Return the flows that count, and those that stood before, with their `edition`."""
    frame = records.frame.assign(edition=NOW)
    if records.earlier is None:
        return frame
    then = records.earlier.loc[records.earlier["reason"].isna(), frame.columns]
    return pd.concat([frame, then]) if len(then) else frame


def rejects(records: FlowTable) -> pd.DataFrame:
    """Return how many rows were not counted, by `reason`, delivery (as `month`) and edition."""
    columns = ["reason", "count", "month", "edition"]
    now = records.rejected.rename(columns={"rows": "count"}).assign(edition=NOW)
    if records.earlier is None:
        return now.reindex(columns=columns)
    then = records.earlier[records.earlier["reason"].notna()]
    return pd.concat([now[columns], then[columns]])


def hide_counts(
    frame: pd.DataFrame, keys: Sequence[str], counted: pd.DataFrame, records: FlowTable, least: int
) -> int:
    """Empty the counts below the `least` that may be shown; of kept flows month by month.

    `counted` is what the counts of `frame` add up, by `keys`, month and edition.
    """
    if records.earlier is None:
        return hide(frame, "count", least)
    return hide_by_month(frame, keys, counted, least)


def total(counted: pd.DataFrame, keys: Sequence[str], records: FlowTable, least: int) -> int | None:
    """Return the sum of the counts that hold, None where it would narrow down a hidden one."""
    if records.earlier is None:
        return safe_total(counted.groupby(list(keys), dropna=False)["count"].sum(), least)
    return total_by_month(counted, keys, least)


def hide_by_month(
    frame: pd.DataFrame, keys: Sequence[str], counted: pd.DataFrame, threshold: int
) -> int:
    """Empty the counts of `frame` that are not sums of months which may all be shown.

    `counted` holds the same `keys`, `month`, `edition` and `count`. In `shown` stands what is sure
    of a sum: its shown months, and at least one for each other. Return how many were emptied.
    """
    both = pd.concat([frame[list(keys)], counted[list(keys)]], ignore_index=True)
    codes = both.groupby(list(keys), dropna=False).ngroup().to_numpy()
    cells = _by_month(counted.assign(cell=codes[len(frame) :]))
    now = cells[NOW].to_numpy()
    hidden = _must_be_hidden(cells, threshold) & (now > 0)
    sums = pd.DataFrame({"least": np.where(hidden, 1, now), "hidden": hidden}, cells.index)
    of_cell = sums.groupby(level="cell").sum().reindex(codes[: len(frame)], fill_value=0)
    covered = of_cell["hidden"].to_numpy() > 0
    texts = of_cell["least"].astype(str).to_numpy(object)
    frame["shown"] = np.where(covered, "≥" + texts, texts)
    frame["count"] = frame["count"].astype("Int64").mask(covered)
    return int(covered.sum())


def total_by_month(counted: pd.DataFrame, keys: Sequence[str], threshold: int) -> int | None:
    """Return the sum of the counts that hold, None where the part of a month may not be known.

    The sum of a month with hidden counts is safe as `safe_total` has it, if the month never stood
    otherwise.
    """
    codes = counted.groupby(list(keys), dropna=False).ngroup()
    cells = _by_month(counted.assign(cell=codes))
    hidden = pd.Series(_must_be_hidden(cells, threshold), cells.index)
    was_corrected = (cells.drop(columns=NOW) > 0).any(axis=1)
    total = 0
    for _, month in cells.groupby(level="month", dropna=False):
        is_open = bool(hidden[month.index].any())
        of_month = safe_total(month[NOW], threshold)
        if of_month is None or (is_open and was_corrected[month.index].any()):
            return None
        total += of_month
    return total


def _by_month(counted: pd.DataFrame) -> pd.DataFrame:
    """A row for each cell and month, with its count in each edition, 0 where it has none."""
    names = ["cell", "month", "edition"]
    summed = counted.groupby(names, dropna=False)["count"].sum().unstack("edition", fill_value=0)
    return summed.reindex(columns=summed.columns.union([NOW]), fill_value=0).astype("int64")


def _must_be_hidden(cells: pd.DataFrame, threshold: int) -> NDArray[np.bool_]:
    """Which counts are small, or differ by a small count from what stood before."""
    now = cells[NOW].to_numpy()
    hidden = is_small(now, threshold)
    for then in cells.drop(columns=NOW).to_numpy().T:
        hidden |= (then > 0) & is_small(np.abs(now - then), threshold)
    return hidden
