"""How the names of facilities, groups and areas begin and end: one table for each of the three.

Whoever reads or shortens names derives what it needs from these rows: the matcher of names, `tidy`,
the reader of plans, lists with shared tails, and the short names on maps. One more ending is a row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Flag, auto
from functools import lru_cache

from medgraph.words.simplified import simple


class Use(Flag):
    """What an ending is used for."""

    NONE = 0
    FULL = auto()  # a name that ends so is a full name, and no abbreviation
    SURE = auto()  # it says beyond doubt what the row of a workbook is
    SHARED = auto()  # several names of a list may share it: 院桥、宁溪2个中心卫生院
    TOWN = auto()  # such a facility of a list is named for a 镇 or 乡, any other for a 街道
    SHORT = auto()  # short names on maps leave it out
    PLACE = auto()  # names of places on maps leave it out, too
    NAMES = auto()  # a name of a group ends so
    PLAN = auto()  # plans call groups so
    GENERIC = auto()  # with nothing but its kind before it, it names no one group
    JOINED = auto()  # 和 behind it joins two names
    MEMBER = auto()  # the last signs of what a plan may list as a member
    WHOLE = auto()  # a name in a plan that ends so needs nothing behind it
    HEAD = auto()  # an area that may stand before the names of a list: 椒江区白云街道
    BEFORE = auto()  # an area that may stand before a name, and adds nothing to it
    COUNTY = auto()  # a county
    ZONE = auto()  # a zone: it runs places that another district counts as its own
    TOWNSHIP = auto()  # a township-level area


@dataclass(frozen=True)
class Ending:
    """One ending: its text, its uses, the type it states, and the ending that means the same."""

    text: str
    use: Use
    type: str | None = None
    same_as: str | None = None


_CHC, _STATION = "社区卫生服务中心", "社区卫生服务站"
_MCH, _CDC, _CLINIC = "妇幼保健院", "疾病预防控制中心", "村卫生室"

FACILITY_ENDINGS = (
    Ending("街道社区卫生服务中心", Use.SHORT),
    Ending(_CHC, Use.FULL | Use.SURE | Use.SHARED | Use.SHORT, "community_health_centre", _CHC),
    Ending("卫生服务中心", Use.SHARED | Use.SHORT, same_as=_CHC),
    Ending("社区卫生中心", Use.NONE, same_as=_CHC),
    Ending("社卫中心", Use.NONE, same_as=_CHC),
    Ending(
        _STATION, Use.FULL | Use.SURE | Use.SHARED | Use.SHORT, "community_health_station", _STATION
    ),
    Ending("卫生服务站", Use.NONE, same_as=_STATION),
    Ending("社卫站", Use.NONE, same_as=_STATION),
    Ending("乡镇中心卫生院", Use.SHARED | Use.TOWN),
    Ending("中心乡镇卫生院", Use.NONE, same_as="中心卫生院"),
    Ending(
        "中心卫生院",
        Use.SURE | Use.SHARED | Use.TOWN | Use.PLACE,
        "central_township_health_centre",
        "中心卫生院",
    ),
    Ending("街道卫生院", Use.SHARED, "subdistrict_health_centre"),
    Ending("乡镇卫生院", Use.SHARED | Use.TOWN),
    Ending("镇卫生院", Use.SHARED | Use.TOWN),
    Ending("乡卫生院", Use.SHARED | Use.TOWN),
    Ending(
        "卫生院",
        Use.FULL | Use.SURE | Use.SHARED | Use.TOWN | Use.PLACE,
        "township_health_centre",
    ),
    Ending("妇幼保健计划生育服务中心", Use.NONE, same_as=_MCH),
    Ending("妇幼健康服务中心", Use.NONE, "mch_institution", _MCH),
    Ending(_MCH, Use.NONE, "mch_institution", _MCH),
    Ending("妇幼保健所", Use.NONE, same_as=_MCH),
    Ending("妇保院", Use.FULL, "mch_institution", _MCH),
    Ending("妇幼保健机构", Use.NONE, "mch_institution"),
    Ending(_CDC, Use.NONE, "cdc", _CDC),
    Ending("疾控中心", Use.FULL, same_as=_CDC),
    Ending("疾病预防控制机构", Use.NONE, "cdc"),
    Ending(_CLINIC, Use.SURE | Use.SHARED | Use.PLACE, same_as=_CLINIC),
    Ending("村卫生所", Use.NONE, same_as=_CLINIC),
    Ending("卫生室", Use.FULL | Use.SHARED | Use.PLACE, "village_clinic", _CLINIC),
    Ending("卫生所", Use.FULL, same_as=_CLINIC),
    Ending("人民医院", Use.NONE, "general_hospital", "人民医院"),
    Ending("中医医院", Use.NONE, "tcm_hospital", "中医院"),
    Ending("中医院", Use.NONE, "tcm_hospital", "中医院"),
    Ending("妇女儿童医院", Use.NONE, "women_children_hospital"),
    Ending("康复医院", Use.NONE, "rehabilitation_hospital"),
    Ending("中心医院", Use.NONE, "general_hospital"),
    Ending("市立医院", Use.NONE, "general_hospital"),
    Ending("护理院", Use.FULL, "nursing_home"),
    Ending("卫生监督机构", Use.NONE, "health_inspection"),
    Ending("卫生监督所", Use.NONE, "health_inspection"),
    Ending("医院", Use.FULL | Use.SHARED | Use.WHOLE),
    Ending("分院", Use.FULL | Use.SHARED),
    Ending("院区", Use.FULL | Use.MEMBER),
    Ending("服务中心", Use.FULL),
    Ending("急救中心", Use.FULL),
    Ending("控制中心", Use.FULL),
    Ending("医疗中心", Use.FULL),
    Ending("服务站", Use.FULL),
    Ending("保健院", Use.FULL),
    Ending("疗养院", Use.FULL),
    Ending("监督所", Use.FULL),
    Ending("保健所", Use.FULL),
    Ending("门诊部", Use.FULL | Use.MEMBER),
    Ending("诊所", Use.FULL),
    Ending("血站", Use.FULL),
    Ending("机构", Use.MEMBER | Use.WHOLE),
    Ending("中心", Use.MEMBER | Use.WHOLE | Use.JOINED),
    Ending("院", Use.MEMBER | Use.WHOLE | Use.JOINED),
    Ending("所", Use.MEMBER | Use.WHOLE | Use.JOINED),
    Ending("站", Use.MEMBER | Use.WHOLE | Use.JOINED),
    Ending("室", Use.MEMBER | Use.JOINED),
    Ending("集团", Use.MEMBER),  # 恩泽医疗中心（集团） is a hospital
)
GROUP_ENDINGS = (
    Ending("城市医疗集团", Use.NAMES, "urban_medical_group"),
    Ending("城市医联体", Use.NAMES, "urban_medical_group"),
    Ending("县域医共体", Use.NAMES, "county_medical_community"),
    Ending("专科联盟", Use.NAMES, "specialty_alliance"),
    Ending("联盟", Use.NAMES, "specialty_alliance"),
    Ending("医疗集团", Use.SHORT | Use.GENERIC),
    Ending("健康集团", Use.GENERIC),
    Ending("集团", Use.NAMES | Use.PLAN),
    Ending("医联体", Use.NAMES | Use.PLAN | Use.SHORT | Use.GENERIC),
    Ending("医共体", Use.NAMES | Use.PLAN | Use.SHORT | Use.GENERIC, "county_medical_community"),
    Ending("医疗卫生共同体", Use.SHORT | Use.GENERIC),
    Ending("共同体", Use.NONE),
    Ending("总医院", Use.GENERIC),
)
# What kind of group stands before the ending of its name.
GROUP_KINDS = ("紧密型", "县域", "城市", "区域", "新型")
AREA_ENDINGS = (
    Ending("省", Use.BEFORE),
    Ending("自治区", Use.BEFORE),
    Ending("自治县", Use.HEAD | Use.COUNTY),
    Ending("市", Use.HEAD | Use.BEFORE | Use.COUNTY),
    Ending("县", Use.HEAD | Use.BEFORE | Use.COUNTY),
    Ending("区", Use.HEAD | Use.BEFORE | Use.COUNTY),
    Ending("旗", Use.HEAD | Use.COUNTY),
    Ending("新区", Use.HEAD | Use.BEFORE | Use.ZONE),
    Ending("开发区", Use.HEAD | Use.ZONE),
    Ending("高新区", Use.ZONE),
    Ending("管理区", Use.ZONE),
    Ending("示范区", Use.ZONE),
    Ending("功能区", Use.ZONE),
    Ending("集聚区", Use.ZONE),
    Ending("街道办事处", Use.SHORT),
    Ending("地区办事处", Use.SHORT),
    Ending("办事处", Use.SHORT),
    Ending("街道", Use.TOWNSHIP | Use.SHORT | Use.BEFORE | Use.JOINED),
    Ending("镇", Use.TOWNSHIP | Use.BEFORE | Use.JOINED),
    Ending("乡", Use.TOWNSHIP | Use.BEFORE | Use.JOINED),
    Ending("社区", Use.JOINED),
)


def ends(table: tuple[Ending, ...], use: Use) -> tuple[str, ...]:
    """Return the texts of the endings with this use, longest first.

    >>> ends(AREA_ENDINGS, Use.TOWNSHIP)
    ('街道', '镇', '乡')
    """
    return tuple(sorted((e.text for e in table if use in e.use), key=len, reverse=True))


def any_of(texts: tuple[str, ...]) -> str:
    """Return the pattern of any of the texts, the longer ones first.

    >>> any_of(("区", "新区"))
    '(?:新区|区)'
    """
    return f"(?:{'|'.join(sorted(map(re.escape, texts), key=len, reverse=True))})"


def types_of(table: tuple[Ending, ...], use: Use | None = None) -> dict[str, str | None]:
    """Return ending -> type, longest first: of those with a type, or of those with this use.

    >>> types_of(FACILITY_ENDINGS)["中心卫生院"]
    'central_township_health_centre'
    """
    rows = [e for e in table if (e.type if use is None else use in e.use)]
    return {e.text: e.type for e in sorted(rows, key=lambda e: len(e.text), reverse=True)}


def same_endings() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return each ending by which names are compared, with all that mean the same."""
    alike: dict[str, list[str]] = {}
    for ending in FACILITY_ENDINGS:
        if ending.same_as is not None:
            alike.setdefault(ending.same_as, []).append(ending.text)
    return tuple((e, tuple(sorted(texts, key=len, reverse=True))) for e, texts in alike.items())


_FACILITY_TYPES = types_of(FACILITY_ENDINGS)


def facility_type(name: str) -> str | None:
    """Return the type that the longest ending of a facility's name states, None where none does.

    >>> facility_type("黄岩区院桥中心卫生院")
    'central_township_health_centre'
    """
    said = simple(name)
    return next((type for end, type in _FACILITY_TYPES.items() if said.endswith(end)), None)


_TOWN_ENDS = ends(FACILITY_ENDINGS, Use.TOWN)


def areas_named(place: str, end: str) -> tuple[str, ...]:
    """Return how an area may be called after which a facility is named; `end` is that of its name.

    >>> areas_named("马站", "中心卫生院"), areas_named("赤城街道", "社区卫生服务中心")
    (('马站', '马站镇', '马站乡'), ('赤城街道', '赤城街道街道'))
    """
    kinds = ("镇", "乡") if end in _TOWN_ENDS else ("街道",)
    return (place, *(place + kind for kind in kinds))


FACILITY_ENDS = ends(FACILITY_ENDINGS, Use.FULL)
GROUP_ENDS = types_of(GROUP_ENDINGS, Use.NAMES)
# The uses for which 和 behind the end of a name joins it with the next.
JOINED_ENDS = (*ends(AREA_ENDINGS, Use.JOINED), *ends(FACILITY_ENDINGS, Use.JOINED), "）", ")")


# -- short names ----------------------------------------------------------------------------------


_SHORT_FACILITY = ends(FACILITY_ENDINGS, Use.SHORT)
_SHORT_AREA = ends(AREA_ENDINGS, Use.SHORT)
_SHORT_GROUP = ends(GROUP_ENDINGS, Use.SHORT)
_OF_HOSPITAL = re.compile(f"(?<=医院){any_of(GROUP_KINDS[:3])}?{any_of(_SHORT_GROUP)}$")
_PLACE_FACILITY = ends(FACILITY_ENDINGS, Use.PLACE)
_LEFT = 2  # letters that stay before an end that is taken away
_COUNTY_BEFORE = re.compile(r"^.{2,4}?(?:新区|[区县])(?=..)")


@lru_cache(maxsize=100_000)
def short_name(name: str) -> str:
    """Return the short name for a map: without 街道, 社区卫生服务中心 and the like.

    >>> short_name("西城街道"), short_name("路桥区路北街道社区卫生服务中心"), short_name("宁溪镇")
    ('西城', '路桥区路北', '宁溪镇')
    """
    name = _without_end(_without_end(name, _SHORT_FACILITY), _SHORT_AREA)
    return _OF_HOSPITAL.sub("", name) if name.endswith(_SHORT_GROUP) else name


def _without_end(name: str, texts: tuple[str, ...]) -> str:
    """A name without the longest of these ends, which stand in that order."""
    if not name.endswith(texts):
        return name
    found = (end for end in texts if name.endswith(end) and _is_named_without(name, end))
    return name.removesuffix(next(found, ""))


def _is_named_without(name: str, end: str) -> bool:
    before = name.removesuffix(end)[-_LEFT:]
    return len(before) == _LEFT and "\n" not in before


def place_name(name: str) -> str:
    """Return the place in the name of a centre or station, for a map that shows whose it is.

    >>> place_name("路桥区金清镇卫生院"), place_name("黄岩区院桥中心卫生院")
    ('金清镇', '院桥')
    >>> place_name("路桥区第二人民医院")
    '第二人民医院'
    """
    for texts in (_SHORT_FACILITY, _PLACE_FACILITY, _SHORT_AREA):
        name = _without_end(name, texts)
    return _COUNTY_BEFORE.sub("", name)
