"""Change a million short texts in a few steps: joined to one text, changed once, parted again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# For private use: no sign joins with it, and nothing changes it or takes it out.
BETWEEN = "\ue000"


def all_at_once(change: Callable[[str], str], texts: Sequence[str]) -> list[str]:
    """Return what `change` makes of each text; it must not ask where a text begins or ends.

    >>> all_at_once(str.upper, ["ab", "", "c"])
    ['AB', '', 'C']
    """
    joined = BETWEEN.join(texts)
    if joined.count(BETWEEN) != len(texts) - 1:  # no text, or one that holds that sign
        return [change(text) for text in texts]
    changed = change(joined).split(BETWEEN)
    if len(changed) != len(texts):  # what it put in holds that sign
        return [change(text) for text in texts]
    return changed
