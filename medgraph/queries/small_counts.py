"""Hide small counts of people: a cell from 1 to below the threshold is shown as `<threshold`.

Nothing published may give such a cell back: totals add up shown cells alone, and a part is shown
only where the rest of its whole may be shown too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.errors import OptionError
from medgraph.words.say import say

if TYPE_CHECKING:
    import pandas as pd

THRESHOLD = 11


def check_threshold(threshold: int) -> None:
    """Raise OptionError for a threshold below 0; 0 and 1 hide nothing."""
    if threshold < 0:
        raise OptionError(say("flows.bad_threshold", value=threshold))


def hide(frame: pd.DataFrame, column: str, threshold: int) -> int:
    """Empty the counts from 1 to threshold - 1 of a column, and return how many there were.

    The column `shown` holds what is published in their place.
    """
    counts = frame[column].astype("Int64")
    small = ((counts > 0) & (counts < threshold)).fillna(False).astype(bool)
    frame["shown"] = counts.astype("string").where(~small, f"<{threshold}").astype(object)
    frame[column] = counts.mask(small)
    return int(small.sum())
