"""Count records as it is asked for: as referrals, or as stays from which transfers follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medgraph.errors import OptionError
from medgraph.loaders.records.encounters import from_encounters
from medgraph.loaders.records.referrals import read_records
from medgraph.words.say import say

if TYPE_CHECKING:
    from pathlib import Path

    from medgraph.graphmodel.flow_table import FlowTable


def counted(
    source: str | Path,
    *,
    window: int | None = None,
    overlap: str | None = None,
    follow: int | None = None,
    **how: Any,
) -> FlowTable:
    """Count records into flows; with a `window` they are stays, from which transfers follow.

    `how` is what both readers take. Raise OptionError where options contradict each other.
    """
    check_counting(window, overlap, follow)
    if window is None:
        return read_records(source, follow=follow, **how)
    return from_encounters(source, window=window, overlap=overlap or "truncate", **how)


def check_counting(window: int | None, overlap: str | None, follow: int | None) -> None:
    """Raise OptionError where options of counting contradict each other."""
    if window is None and overlap is not None:
        raise OptionError(say("records.window_first"))
    if window is not None and follow is not None:
        raise OptionError(say("records.window_or_follow"))
