"""Hide small counts of people: a cell from 1 to below the threshold is shown as `<threshold`.

Nothing published may give such a cell back: a total holds hidden cells only where each of them
could still be any small count, and a part is shown only where the rest of its whole may be too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.errors import OptionError
from medgraph.words.say import say

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

THRESHOLD = 11


def check_threshold(threshold: int) -> None:
    """Raise OptionError for a threshold below 0; 0 and 1 hide nothing."""
    if threshold < 0:
        raise OptionError(say("flows.bad_threshold", value=threshold))


def is_small(counts: NDArray[np.int64], threshold: int) -> NDArray[np.bool_]:
    """Return which counts are from 1 to threshold - 1."""
    return (counts > 0) & (counts < threshold)


def hide(frame: pd.DataFrame, column: str, threshold: int) -> int:
    """Empty the counts from 1 to threshold - 1 of a column, and return how many there were.

    The column `shown` holds what is published in their place.
    """
    counts = frame[column].astype("Int64")
    small = ((counts > 0) & (counts < threshold)).fillna(False).astype(bool)
    frame["shown"] = counts.astype("string").where(~small, f"<{threshold}").astype(object)
    frame[column] = counts.mask(small)
    return int(small.sum())


def safe_total(counts: pd.Series[int], threshold: int) -> int | None:
    """Return the sum of counts, None where it would narrow down one that is hidden.

    Whoever knows the sum of the hidden ones knows no more of any of them than that it is from 1 to
    threshold - 1: the others could be as small, or as large, as may be. Totals of counts that have
    none in common are safe together.

    >>> import pandas as pd
    >>> safe_total(pd.Series([40, 6, 5]), 11), safe_total(pd.Series([40, 6, 7, 2]), 11)
    (51, 55)
    >>> safe_total(pd.Series([40, 1, 1]), 11) is None
    True
    """
    small = counts[(counts > 0) & (counts < threshold)]
    greatest, others, total = threshold - 1, len(small) - 1, int(small.sum())
    is_open = others + greatest <= total <= others * greatest + 1
    return int(counts.sum()) if is_open or not len(small) else None
