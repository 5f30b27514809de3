"""Say of which facilities a question is asked: surely, perhaps, or not, and why."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from medgraph.graphmodel.states import Fact
from medgraph.queries.answers import frame_of, named_out
from medgraph.words.say import say

if TYPE_CHECKING:
    import pandas as pd

    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.graphmodel.day import Day


class Subjects:
    """The named facilities at work of which `what` holds, and those of which it may.

    A facility whose type is empty, or whose status nothing knows, is never silently not asked: it
    stands among the unknown. One that is planned is not at work, and left out.
    """

    def __init__(self, day: Day, what: Fact) -> None:
        """Take the fact that makes a facility one of those asked about."""
        self.day = day
        self.what = what & Fact.of(day.index.is_kind("Facility"))
        self.asked = self.what & day.facility & day.in_service

    @cached_property
    def positions(self) -> Positions:
        """Those surely asked about."""
        return np.flatnonzero(self.asked.certain)

    @property
    def perhaps(self) -> pd.DataFrame:
        """The rows of those that may be asked about, each with the reason why that is open."""
        where = np.flatnonzero(self.asked.unknown)
        return frame_of(
            {
                "facility": self.day.ids(where),
                "name": self.day.names(where),
                "status": "unknown",
                "reason": self._doubts(where),
            }
        )

    def _doubts(self, where: Positions) -> list[str]:
        day = self.day
        cases = [day.in_service.unknown[where], day.untyped[where]]
        reasons = [say("perhaps_at_work"), say("perhaps_type")]
        found: list[str] = np.select(cases, reasons, say("perhaps_lead")).tolist()
        return found

    @property
    def left_out(self) -> pd.DataFrame:
        """The rows of those that would be asked about, but are not at work or stand for a class."""
        named = self.what.possible & self.day.facility.certain
        mask: Mask = (self.what.certain | named) & ~self.asked.possible
        return named_out(self.day, mask)
