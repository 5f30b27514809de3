"""Meet Chinese and English words: every kind, relation and value, with its codes.

One word per idea: the English word is what Python, CLI, CSV and Cypher use; the Chinese one is what
planners read. `word(vocabulary, text)` reads either, and the listed synonyms.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from medgraph.words import relations
from medgraph.words.all_at_once import all_at_once
from medgraph.words.invisible import visible
from medgraph.words.languages import choose
from medgraph.words.simplified import readable

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Term:
    """One idea: its `word`, Chinese `zh`, English `en`, synonyms, WS 218 code and FHIR name."""

    word: str
    zh: str
    en: str
    also: tuple[str, ...] = ()
    ws218: str | None = None
    fhir: str | None = None


def _terms(*rows: tuple[Any, ...]) -> dict[str, Term]:
    return {row[0]: Term(*row) for row in rows}


KINDS = _terms(
    ("Facility", "机构", "facility", ("医疗机构", "单位"), None, "Organization"),
    (
        "Group",
        "集团",
        "group",
        ("医共体", "医联体", "联盟", "城市医疗集团"),
        None,
        "OrganizationAffiliation",
    ),
    ("Area", "区划", "area", ("辖区", "行政区划"), None, "Location"),
    ("SharedCentre", "共享中心", "shared centre", ("中心",), None, "HealthcareService"),
    ("Team", "团队", "team", ("公共卫生团队",), None, "CareTeam"),
    ("Committee", "管委会", "committee", ("管理委员会",), None, "Organization"),
    ("Department", "部门", "department", (), None, "Organization"),
    ("Platform", "平台", "platform", (), None, "Endpoint"),
    ("Authority", "管理机构", "authority", ("政府",), None, "Organization"),
)

RELATIONS = _terms(*((r.word, r.zh, r.en, r.also) for r in relations.RELATIONS))

GROUP_TYPES = _terms(
    (
        "urban_medical_group",
        "城市医疗集团",
        "urban medical group",
        ("城市医联体", "紧密型城市医疗集团", "医疗集团"),
    ),
    (
        "county_medical_community",
        "县域医共体",
        "county medical community",
        ("医共体", "紧密型县域医共体", "县域医疗卫生共同体"),
    ),
    ("specialty_alliance", "专科联盟", "specialty alliance", ("联盟",)),
    # what directories of other countries hold; `other` beside its type as found
    ("provider_network", "协作网络", "provider network", ("医疗服务网络",)),
    ("health_system", "医疗系统", "health system", ("医疗体系",)),
    ("exchange", "信息交换组织", "exchange", ("健康信息交换",)),
    ("other", "其他", "other", ()),
)

FACILITY_TYPES = _terms(
    ("general_hospital", "综合医院", "general hospital", ("人民医院",), "A100", "Hospital"),
    (
        "hospital",
        "医院",
        "hospital",
        ("医院（类别不详）",),
        None,
        "Hospital",
    ),  # of which kind, the source does not say
    ("tcm_hospital", "中医医院", "TCM hospital", ("中医院",), "A210", "Hospital"),
    ("maternity_hospital", "妇产医院", "maternity hospital", ("妇产科医院",), "A518", "Hospital"),
    ("childrens_hospital", "儿童医院", "children's hospital", (), "A519", "Hospital"),
    (
        "psychiatric_hospital",
        "精神专科医院",
        "psychiatric hospital",
        ("精神病医院", "精神卫生中心"),
        "A520",
        "Hospital",
    ),
    ("rehabilitation_hospital", "康复医院", "rehabilitation hospital", (), "A527", "Hospital"),
    ("nursing_home", "护理院", "nursing home", ("护理中心",), "A710", "Nursing"),
    (
        "women_children_hospital",
        "妇女儿童医院",
        "women's and children's hospital",
        ("妇儿医院",),
        "G100",
        "Hospital",
    ),
    (
        "mch_institution",
        "妇幼保健机构",
        "maternal and child health institution",
        ("妇幼保健院", "妇保院", "妇幼健康服务中心", "妇幼保健计划生育服务中心"),
        "G100",
        "MCH",
    ),
    ("community_health_centre", "社区卫生服务中心", "community health centre", (), "B100", "CHC"),
    (
        "community_health_station",
        "社区卫生服务站",
        "community health station",
        (),
        "B200",
        "Station",
    ),
    ("subdistrict_health_centre", "街道卫生院", "subdistrict health centre", (), "C100", "THC"),
    (
        "central_township_health_centre",
        "中心卫生院",
        "central township health centre",
        ("中心乡镇卫生院",),
        "C210",
        "THC",
    ),
    (
        "township_health_centre",
        "乡镇卫生院",
        "township health centre",
        ("卫生院", "乡卫生院", "镇卫生院"),
        "C220",
        "THC",
    ),
    ("village_clinic", "村卫生室", "village clinic", ("卫生室", "村卫生所"), "D600", "Clinic"),
    ("emergency_centre", "急救中心", "emergency centre", ("急救站",), "E100", "EMS"),
    (
        "cdc",
        "疾病预防控制机构",
        "centre for disease control",
        ("疾病预防控制中心", "疾控中心"),
        "J100",
        "CDC",
    ),
    (
        "health_inspection",
        "卫生监督机构",
        "health inspection institution",
        ("卫生监督所", "卫生监督局"),
        "K100",
        "Inspection",
    ),
    (
        "national_regional_medical_centre",
        "国家区域医疗中心",
        "national regional medical centre",
        (),
        "A100",
        "Hospital",
    ),
    ("outpatient_clinic", "门诊部", "outpatient clinic", ("诊所", "门诊"), None, "Clinic"),
    ("other_facility", "其他机构", "other facility", ("其他",)),
)

# The words of the policies: 基层医疗卫生机构 in the sense of the plans, and village level units.
PRIMARY_TYPES = frozenset(
    {
        "community_health_centre",
        "township_health_centre",
        "central_township_health_centre",
        "subdistrict_health_centre",
    }
)
STATION_TYPES = frozenset({"village_clinic", "community_health_station"})
HOSPITAL_TYPES = frozenset(
    {
        "hospital",
        "general_hospital",
        "tcm_hospital",
        "maternity_hospital",
        "childrens_hospital",
        "psychiatric_hospital",
        "rehabilitation_hospital",
        "nursing_home",
        "women_children_hospital",
        "national_regional_medical_centre",
    }
)

LEVELS = _terms(
    ("3A", "三级甲等", "tertiary A", ("三甲", "三级甲")),
    ("3B", "三级乙等", "tertiary B", ("三乙", "三级乙")),
    ("3", "三级", "tertiary", ("三级医院", "三级未定等")),
    ("2A", "二级甲等", "secondary A", ("二甲", "二级甲")),
    ("2B", "二级乙等", "secondary B", ("二乙", "二级乙")),
    ("2", "二级", "secondary", ("二级医院", "二级未定等")),
    ("1A", "一级甲等", "primary A", ("一甲", "一级甲")),
    ("1B", "一级乙等", "primary B", ("一乙", "一级乙")),
    ("1", "一级", "primary", ("一级医院",)),
    ("0", "未定级", "ungraded", ("未评级", "无等级")),
)
ADMIN_LEVELS = _terms(
    ("national", "国家级", "national", ("委属",)),
    ("provincial", "省级", "provincial", ("省属",)),
    ("municipal", "市级", "municipal", ("市属", "地市级")),
    ("county", "县级", "county", ("区级", "县属", "区属")),
    ("township", "乡级", "township", ("乡镇级", "街道级")),
    ("village", "村级", "village", ()),
)
OWNERSHIPS = _terms(
    ("public", "公立", "public", ("政府办", "公办", "国有")),
    ("private", "民营", "private", ("社会办", "私立", "民办")),
    ("collective", "集体", "collective", ("集体办",)),
    ("other", "其他", "other", ()),
)
STATUSES = _terms(
    ("planned", "规划", "planned", ("在建", "筹建", "未启用")),
    ("open", "开放", "open", ("运行", "正常", "开业")),
    ("suspended", "暂停", "suspended", ("停业", "歇业")),
    ("closed", "关闭", "closed", ("注销", "撤销")),
)
AREA_KINDS = _terms(
    ("province", "省", "province", ("自治区", "直辖市")),
    ("city", "市", "city", ("地级市", "州", "盟")),
    ("county", "县", "county", ("区", "县级市", "市辖区", "旗")),
    ("subdistrict", "街道", "subdistrict", ("街道办事处",)),
    ("town", "镇", "town", ("建制镇",)),
    ("township", "乡", "township", ("民族乡", "苏木")),
    ("quasi_unit", "准乡级单位", "quasi unit", ("类似乡级单位",)),
    ("village", "村", "village", ("行政村", "村委会")),
    ("community", "社区", "community", ("居委会", "居民区")),
    ("other", "其他", "other", ()),
)
AREA_LEVELS = _terms(
    ("province", "省级", "province", ()),
    ("city", "地级", "city", ("市级",)),
    ("county", "县级", "county", ("区县级",)),
    ("township", "乡级", "township", ("乡镇级",)),
    ("village", "村级", "village", ()),
)
CENTRE_TYPES = _terms(
    (
        "laboratory",
        "医学检验",
        "laboratory",
        ("检验", "检验中心", "医学检验中心", "临床检验中心", "区域检验中心"),
    ),
    (
        "imaging",
        "医学影像",
        "imaging",
        ("影像", "影像中心", "医学影像中心", "影像诊断中心", "医学影像诊断中心"),
    ),
    ("ecg", "心电诊断", "ECG", ("心电", "心电中心", "心电诊断中心", "远程心电中心")),
    ("pathology", "病理", "pathology", ("病理中心", "病理诊断中心")),
    ("sterile_supply", "消毒供应", "sterile supply", ("消毒供应中心",)),
    ("pharmacy", "中心药房", "central pharmacy", ("药房",)),
    ("telemedicine", "远程会诊", "telemedicine", ("远程医疗", "远程会诊中心")),
    ("other", "其他", "other", ()),
)
TEAM_TYPES = _terms(
    ("public_health", "公共卫生团队", "public-health team", ("公卫团队", "公共卫生指导服务团队")),
    ("family_doctor", "家庭医生团队", "family-doctor team", ("家医团队", "家庭医生签约团队")),
    ("other", "其他", "other", ()),
)
SPECIALTIES = _terms(
    ("tcm", "中医", "traditional Chinese medicine", ()),
    ("mch", "妇幼保健", "maternal and child health", ("妇保", "妇幼")),
    ("psychiatry", "精神", "psychiatry", ("精神科", "精神卫生")),
    ("rehabilitation", "康复", "rehabilitation", ()),
    ("emergency", "急诊", "emergency", ("急救",)),
    ("surgery", "外科", "surgery", ()),
    ("internal_medicine", "内科", "internal medicine", ()),
    ("paediatrics", "儿科", "paediatrics", ()),
    ("obstetrics", "产科", "obstetrics", ("妇产科",)),
    ("oncology", "肿瘤", "oncology", ("肿瘤科",)),
    ("cardiology", "心内科", "cardiology", ("心血管",)),
    ("stroke", "卒中", "stroke", ()),
)
BASES = _terms(
    ("explicit", "明文", "explicit", ("原文",)), ("expanded", "推展", "expanded", ("推定", "展开"))
)
TITLES = _terms(
    ("resident", "住院医师", "resident physician", ("医师",)),
    ("attending", "主治医师", "attending physician", ("主治",)),
    ("associate_chief", "副主任医师", "associate chief physician", ("副主任",)),
    ("chief", "主任医师", "chief physician", ("主任",)),
    ("nurse", "护士", "nurse", ("护师", "主管护师")),
    ("technician", "技师", "technician", ("主管技师",)),
    ("pharmacist", "药师", "pharmacist", ("主管药师",)),
    ("manager", "管理人员", "manager", ("管理",)),
)
PHYSICIANS = frozenset({"resident", "attending", "associate_chief", "chief"})
ROLES = _terms(
    ("clinical", "临床", "clinical", ("医疗",)), ("management", "管理", "management", ("行政",))
)
RECIPIENTS = _terms(
    ("family_doctor_team", "家庭医生团队", "family-doctor team", ("家医团队",)),
    ("primary_care", "基层机构", "primary care facility", ("基层医疗卫生机构", "基层")),
    ("other", "其他", "other", ()),
)
CRS = _terms(
    ("WGS-84", "WGS-84", "WGS-84", ("WGS84", "EPSG:4326")),
    ("GCJ-02", "GCJ-02", "GCJ-02", ("GCJ02", "火星坐标")),
    ("BD-09", "BD-09", "BD-09", ("BD09", "百度坐标")),
    ("CGCS2000", "CGCS2000", "CGCS2000", ("国家2000", "EPSG:4490")),
)
COMPLETENESS = _terms(
    ("complete", "完整", "complete", ("列全", "已列全", "列齐", "齐全", "全部")),
    ("partial", "不完整", "partial", ("部分", "未列全", "没列全", "不全", "不齐全", "incomplete")),
)
_YES = (
    *("1", "true", "t", "y", "√", "✓", "✔", "☑", "对", "有", "已", "已有", "具备", "具有"),
    *("已制定", "已建", "已建成", "已建立", "已设", "已设立", "已成立", "已完成", "已开展"),
    *("已实现", "已落实", "已达到", "已签订", "已印发", "已出台", "已覆盖", "已接入", "完成"),
    *("制定", "建成", "开展", "达到", "达标", "符合", "统一", "已统一", "实行", "已实行"),
)
_NO = (
    *("0", "false", "f", "n", "×", "✗", "✘", "x", "无", "没有", "未", "非", "不是", "暂无"),
    *("未制定", "未建", "未建成", "未建立", "未设", "未设立", "未成立", "未完成", "未开展"),
    *("未实现", "未落实", "未达到", "未签订", "未印发", "未出台", "未覆盖", "未接入", "none"),
    *("不具备", "没建", "尚无", "尚未", "不达标", "未达标", "不符合", "未统一", "未实行"),
)
BOOLEANS = _terms(("yes", "是", "yes", _YES), ("no", "否", "no", _NO))
VERDICTS = _terms(
    ("PASS", "达标", "PASS", ()),
    ("FAIL", "未达标", "FAIL", ()),
    ("NO_DATA", "缺数据", "NO_DATA", ()),
    ("INFO", "仅报告", "INFO", ()),
)
AREA_STATUSES = _terms(
    ("served", "有集团机构", "served", ()),
    ("gap", "空白", "gap", ()),
    ("unknown", "无法判定", "unknown", ()),
    ("excluded", "另列", "excluded", ()),
)

META_KEYS = _terms(
    ("title", "标题", "title", ()),
    ("unit", "单位", "unit", ("填报单位",)),
    (
        "data_day",
        "数据截止日",
        "data day",
        ("截止日", "截止日期", "数据日", "数据日期", "数据截止日期", "as of"),
    ),
    ("register", "区划名册", "register", ("名册",)),
    ("edition", "名册版本", "edition", ("版本",)),
    ("source", "资料来源", "source", ()),
    ("stamp", "标记", "stamp", ()),
)


# -- workbooks that were not made for us -----------------------------------------------------------

# The lines of 对照: what each one settles.
MAPPING_ITEMS = _terms(
    ("file", "来源文件", "source file"),
    ("confirmed", "已经核对", "confirmed"),
    ("complete", "名册齐全", "roster is complete"),
    ("area", "区划范围", "area covered"),
    ("meta", "说明", "meta"),
    ("sheet", "工作表内容", "rows of the sheet"),
    ("layout", "版式", "layout"),
    ("header", "标题行", "header rows"),
    ("rows", "首行末行", "first and last row"),
    ("skip", "不读的行", "rows to skip"),
    ("hidden", "隐藏行", "hidden rows"),
    ("sheet_name", "工作表名", "name of the sheet"),
    ("constant", "固定值", "constant"),
    ("column", "列", "column"),
    ("fill", "空白同上", "blank means above"),
    ("date", "日期缺日", "day left out"),
    ("unit", "单位", "unit"),
    ("list", "一格几个", "several in a cell"),
    ("word", "词", "word"),
    ("name", "名称", "name"),
    ("answer", "回答", "answer"),
)
SHEET_KINDS = _terms(
    ("facilities", "每行一家机构", "a facility in each row"),
    ("groups", "每行一个集团", "a group in each row"),
    ("matrix", "矩阵", "matrix"),
    ("postings", "每行一次下派", "a posting in each row"),
    ("tasks", "每行一项任务", "a task in each row"),
    ("centres", "每行一个共享中心", "a shared centre in each row"),
    ("skip", "不读", "not read"),
)
# How the tables of a sheet are laid out.
LAYOUTS = _terms(
    ("rows", "一行一条", "one in each row"),
    ("above", "集团或牵头写在表上方", "group or lead in a line above"),
    ("banded", "集团单独成行", "group in a row of its own"),
    ("sections", "小标题分段", "sections with headings"),
    ("stacked", "上下多张表", "several tables under each other"),
    ("halves", "左右并列的表", "tables side by side"),
    ("by_column", "一列一个集团", "a group in each column"),
    ("transposed", "行列倒置", "transposed"),
    ("by_colour", "底色表示集团", "group by colour"),
    ("lines", "没有表格的名单", "lines without a table"),
)
# What a line between the rows may be that nobody knows.
LINE_ANSWERS = _terms(
    ("group", "集团名称", "name of a group"),
    ("section", "小标题，其下仍属上面的集团", "heading, the group above goes on"),
    ("none", "小标题，其下不属任何集团", "heading, no group below"),
    ("facility", "机构名称", "name of a facility"),
)
# Of cases that are asked as one.
CASE_ANSWERS = _terms(
    ("yes", "都是", "all of them", _YES),
    ("no", "都不是", "none of them", _NO),
    ("each", "逐条回答", "one by one"),
)
FILL_WORDS = _terms(("yes", "是", "yes"), ("no", "否", "no"), ("ask", "待定", "undecided"))
HIDDEN_WORDS = _terms(("read", "读", "read"), ("skip", "不读", "not read"))
DAY_WORDS = _terms(("first", "首日", "first day"), ("last", "末日", "last day"))
VOCABULARIES: dict[str, dict[str, Term]] = {
    "kind": KINDS,
    "relation": RELATIONS,
    "group_type": GROUP_TYPES,
    "facility_type": FACILITY_TYPES,
    "level": LEVELS,
    "admin_level": ADMIN_LEVELS,
    "ownership": OWNERSHIPS,
    "status": STATUSES,
    "area_kind": AREA_KINDS,
    "area_level": AREA_LEVELS,
    "centre_type": CENTRE_TYPES,
    "team_type": TEAM_TYPES,
    "specialty": SPECIALTIES,
    "basis": BASES,
    "title": TITLES,
    "role": ROLES,
    "recipient": RECIPIENTS,
    "crs": CRS,
    "completeness": COMPLETENESS,
    "boolean": BOOLEANS,
    "verdict": VERDICTS,
    "area_status": AREA_STATUSES,
    "meta": META_KEYS,
    "mapping_item": MAPPING_ITEMS,
    "sheet_kind": SHEET_KINDS,
    "layout": LAYOUTS,
    "line_answer": LINE_ANSWERS,
    "case_answer": CASE_ANSWERS,
    "fill": FILL_WORDS,
    "hidden": HIDDEN_WORDS,
    "day_left_out": DAY_WORDS,
}


_PASSED_OVER = re.compile(r"[\s_-]+")


@lru_cache(maxsize=1 << 16)  # the cells of a table say the same words again and again
def fold(text: str) -> str:
    """Return `text` for comparison: NFKC, lower case, simplified, without blanks, `_` and hyphens.

    >>> fold("機構_名稱"), fold("Facility Type")
    ('机构名称', 'facilitytype')
    """
    return _folded(str(text))


def _folded(text: str) -> str:
    return _PASSED_OVER.sub("", readable(visible(text)).casefold())


@cache
def _readings(vocabulary: str) -> dict[str, str]:
    readings: dict[str, str] = {}
    terms = VOCABULARIES[vocabulary].values()
    for term in terms:  # a term's own words win over another's synonyms
        for text in (term.word, term.zh, term.en):
            readings.setdefault(fold(text), term.word)
    for term in terms:
        for text in term.also:
            readings.setdefault(fold(text), term.word)
    return readings


def word(vocabulary: str, text: str) -> str | None:
    """Return the word of `vocabulary` that `text` (Chinese, English or a synonym) means, else None.

    >>> word("facility_type", "卫生院")
    'township_health_centre'
    """
    return _readings(vocabulary).get(fold(text))


def words(vocabulary: str, texts: Sequence[str]) -> list[str | None]:
    """Return the `word` that each of many texts means.

    >>> words("facility_type", ["卫生院", "甲"])
    ['township_health_centre', None]
    """
    readings = _readings(vocabulary)
    return [readings.get(folded) for folded in all_at_once(_folded, texts)]


@cache
def mentions_word(vocabulary: str, text: str) -> bool:
    """Tell whether a name holds how some word of `vocabulary` reads, 其他 apart.

    >>> mentions_word("centre_type", "县域消毒供应中心"), mentions_word("centre_type", "制剂中心")
    (True, False)
    """
    readings = (text for text, word in _readings(vocabulary).items() if word != "other")
    return any(reading in fold(text) for reading in readings)


def label(vocabulary: str, word: str | None, lang: str = "zh") -> str:
    """Return how `word` reads in `lang`; a word outside the vocabulary reads as itself."""
    term = VOCABULARIES[vocabulary].get(word or "")
    if term is None:
        return word or ""
    return choose(lang, {"zh": term.zh, "en": term.en})
