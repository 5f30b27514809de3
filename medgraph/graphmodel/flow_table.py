"""Hold aggregated referral or encounter records: what a loader counts and a query compares with the plan."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

# What flows are told apart by.
KEYS = ("from", "to", "month", "kind", "specialty", "encounter", "residence", "place")
# Why a row is not counted.
REASONS = (
    "malformed_line",
    "no_from",
    "no_to",
    "bad_date",
    "bad_count",
    "no_person",
    "discharge_before_admission",
)


@dataclass(frozen=True, eq=False)
class FlowTable:
    """Records counted by their `KEYS`.

    `frame` has those keys and `count`, in no order. `links`, where persons or arrival days were followed, has one
    row per pair (from, to): `count`, `delay_median`, `delay_p90` in days, `ups`, `returned` (of the ups, back down
    from there within `days`), `double` (of the ups, sent further up within `days`). `rejected` has `reason` and
    `rows`; `read` = rows counted + rows rejected. `notes` state the rules that were applied.
    """

    frame: pd.DataFrame
    rejected: pd.DataFrame
    read: int
    links: pd.DataFrame | None = None
    days: int | None = None
    notes: tuple[str, ...] = field(default=())

    @property
    def counted(self) -> int:
        """How many rows were counted."""
        return self.read - int(self.rejected["rows"].sum())
