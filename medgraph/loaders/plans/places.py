"""Place the facilities of a plan: the area that a name means, the district it lies in, the type its ending says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from medgraph.words.vocabularies import FACILITY_TYPES, word

if TYPE_CHECKING:
    import pyarrow as pa

# The type of a facility is what its name ends in; the longest ending decides.
TYPE_ENDS = (
    ("社区卫生服务中心", "community_health_centre"),
    ("社区卫生服务站", "community_health_station"),
    ("中心卫生院", "central_township_health_centre"),
    ("街道卫生院", "subdistrict_health_centre"),
    ("卫生院", "township_health_centre"),
    ("卫生室", "village_clinic"),
    ("康复医院", "rehabilitation_hospital"),
    ("中医院", "tcm_hospital"),
    ("中医医院", "tcm_hospital"),
    ("妇女儿童医院", "women_children_hospital"),
    ("妇保院", "mch_institution"),
    ("妇幼保健院", "mch_institution"),
    ("妇幼健康服务中心", "mch_institution"),
    ("妇幼保健机构", "mch_institution"),
    ("人民医院", "general_hospital"),
    ("中心医院", "general_hospital"),
    ("市立医院", "general_hospital"),
    ("护理院", "nursing_home"),
    ("卫生监督机构", "health_inspection"),
    ("卫生监督所", "health_inspection"),
    ("疾病预防控制中心", "cdc"),
    ("疾病预防控制机构", "cdc"),
)
_TOWN_TAILS = ("卫生院", "中心卫生院", "乡镇卫生院", "乡镇中心卫生院", "镇卫生院", "乡卫生院")
# Zones run places that another district counts as its own.
_ZONE = re.compile("(?:新区|开发区|高新区|管理区|示范区|功能区|集聚区)$")


def type_of(name: str) -> str | None:
    """Return the type that the end of a facility's name says, None where it says none.

    >>> type_of("黄岩区院桥中心卫生院")
    'central_township_health_centre'
    """
    ending = max((end for end, _ in TYPE_ENDS if name.endswith(end)), key=len, default=None)
    found = dict(TYPE_ENDS).get(ending or "")
    return found if found in FACILITY_TYPES else None


def described(name: str, notes: Iterable[str] = ()) -> dict[str, Any]:
    """Return type and WS 218 code as the name ends, level and ownership as the notes behind it say.

    >>> described("甲县人民医院", ["三级乙等"])
    {'type': 'general_hospital', 'ws218': 'A100', 'note': '三级乙等', 'level': '3B'}
    """
    values: dict[str, Any] = {"type": type_of(name)}
    if values["type"]:
        values["ws218"] = FACILITY_TYPES[values["type"]].ws218
    if notes := list(notes):
        values["note"] = "；".join(notes)
        values["level"] = next((level for note in notes if (level := word("level", note))), None)
    if any("民营" in note for note in notes):
        values["ownership"] = "private"
    return values


class Register:
    """The township-level areas a plan may mean, looked up by name within a district."""

    def __init__(self, areas: pa.Table | None) -> None:
        self.rows = areas.to_pylist() if areas is not None else []
        self.districts = self._districts()

    def _districts(self) -> dict[str, str]:
        from medgraph.graphmodel.register import names

        codes = dict.fromkeys(str(row["id"])[:6] for row in self.rows)
        return {name: code for code, name in names(codes).items()}

    def place(self, written: str, tail: str, head: str) -> dict[str, Any] | None:
        """Return the area that a name means: of that name, or of it and 镇, 乡 (卫生院), 街道 (社区卫生服务中心)."""
        kinds = ("镇", "乡") if tail in _TOWN_TAILS else ("街道",)
        wanted = {written, *(written + kind for kind in kinds)}
        found = [row for row in self._within(head) if row["name"] in wanted]
        if not found:  # 葭沚街道东山社区 lies in 葭沚街道
            found = [
                row
                for row in self._within(head)
                if len(row["name"]) > 2 and written.startswith(row["name"])
            ]
        return found[0] if len(found) == 1 else None

    def _within(self, head: str) -> Iterable[dict[str, Any]]:
        code = self.districts.get(head)
        return [row for row in self.rows if code is None or str(row["id"]).startswith(code)]

    def district_of(self, area: str) -> str:
        """Return the name of the district that the code of an area lies in."""
        return next((name for name, code in self.districts.items() if area.startswith(code)), "")

    def is_zone(self, head: str) -> bool:
        """Tell whether the head of a name is a zone and no district of the register.

        >>> Register(None).is_zone("台州湾新区")
        True
        """
        return bool(_ZONE.search(head)) and head not in self.districts
