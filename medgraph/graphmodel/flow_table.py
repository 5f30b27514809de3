"""Hold aggregated referral or encounter records: what a loader counts and a query compares with the plan."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

# What a record may say, by the name of its column; the words are read in Chinese and English.
FIELDS: dict[str, tuple[str, ...]] = {
    "from": ("转出机构", "转出医院", "转诊机构", "起点", "from_facility", "source"),
    "to": (
        "转入机构",
        "转入医院",
        "就诊机构",
        "接收机构",
        "终点",
        "机构",
        "to_facility",
        "target",
        "facility",
    ),
    "date": ("日期", "转诊日期", "就诊日期", "day"),
    "arrived": ("到达日期", "接诊日期", "arrival", "arrival_date"),
    "kind": ("转诊方向", "方向", "转诊类型", "direction"),
    "specialty": ("专科", "科室", "department"),
    "encounter": ("就诊类型", "诊疗类型", "encounter_type", "encounter type"),
    "residence": ("居住地", "居住地区划", "参保地", "residence_area", "residence area"),
    "place": ("就诊地区划", "机构所在区划", "place_area"),
    "count": ("人次", "例数", "数量", "n"),
    "person": ("患者代号", "人员代号", "患者代码", "人员代码", "pseudonym", "patient"),
    "admitted": ("入院日期", "admission", "admission_date"),
    "discharged": ("出院日期", "discharge", "discharge_date"),
}
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
