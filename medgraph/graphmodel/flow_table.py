"""Hold aggregated records of referrals or encounters: a loader counts, a query compares them."""

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
    "no_to",
    "bad_date",
    "bad_count",
    "no_person",
    "discharge_before_admission",
)


@dataclass(frozen=True, eq=False)
class FlowTable:
    """Records counted by their `KEYS`: from, to, month, kind, specialty, encounter and so on.

    Parameters
    ----------
    frame
        One row per combination of the keys, and its `count` of records, in no order.
    rejected
        Rows that were not counted: `reason` and number of `rows`.
    read
        How many rows were read: those counted and those rejected.
    links
        Where persons or arrival days were followed, one row per pair (from, to) and `kind` (up,
        down, or the empty text): `count`;
        `delay_median`, `delay_p90` in days; `ups`; `returned` (of the ups, back down from there
        within `days`); `double` (of the ups, sent further up within `days`).
    days
        Within how many days a return or a further referral counts.
    notes
        The rules that were applied.
    earlier
        Of flows that were kept month by month, what stood for a month before it was corrected: the
        keys, `count`, `reason` (of rows that were not counted, else empty) and `edition`. None for
        flows that were counted at one time. Where it is there, `rejected` has a column `month` that
        tells the deliveries apart, and counts are protected month by month.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"from": ["F1"], "to": ["F2"], "month": ["2024-01"], "count": [3]})
    >>> rejected = pd.DataFrame({"reason": ["no_to"], "rows": [1]})
    >>> FlowTable(frame, rejected, read=4).counted
    3
    """

    frame: pd.DataFrame
    rejected: pd.DataFrame
    read: int
    links: pd.DataFrame | None = None
    days: int | None = None
    notes: tuple[str, ...] = field(default=())
    earlier: pd.DataFrame | None = None

    @property
    def counted(self) -> int:
        """How many rows were counted."""
        return self.read - int(self.rejected["rows"].sum())
