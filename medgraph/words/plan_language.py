"""The language of plans: how their clauses are numbered, and which words say who belongs to whom.

The forms of whole sentences are a grammar of their own, beside the reader of plans.
"""

from __future__ import annotations

import re

from medgraph.words.lexicon import (
    AREA_ENDINGS,
    FACILITY_ENDINGS,
    GROUP_ENDINGS,
    GROUP_KINDS,
    Use,
    any_of,
    ends,
)
from medgraph.words.numerals import CHINESE_DIGITS, NUMBERING

_GROUPS = any_of(ends(GROUP_ENDINGS, Use.PLAN))

# -- clauses and sentences -------------------------------------------------------------------------

_NUMERAL = f"[{NUMBERING}]{{1,3}}"
# The numbers of clauses, from the outermost to the innermost: 一、 （一） 1. （1）
NUMBERINGS = (
    re.compile(rf"({_NUMERAL})、"),
    re.compile(rf"([（(]{_NUMERAL}[)）])"),
    re.compile(r"(\d{1,2})[.．、](?!\d)"),
    re.compile(r"([（(]\d{1,2}[)）])"),
)
ASCII_BRACKETS = str.maketrans("（）", "()")
# What may stand around the text of a line: bullets, blanks, colons.
BULLETS = " \t\u3000●•◆■▪○·*-—：:"
# A stop within brackets ends no sentence: `某医共体（牵头医院：甲；成员单位：乙、丙）`.
SENTENCE = re.compile(r"(?:[（(][^（()）\n]{1,400}[)）]|[^。；;\n])+")
PHRASE_BREAK = re.compile("[，,]")
# A sentence without one of these words does not say who belongs to, leads, sends to or serves whom.
RELATIONAL = re.compile(
    "牵头|成员单位|组建|组成|联盟|医共体|医联体|共享中心|转诊|派驻|下沉|号源|床位|驻点|互认|协作|"
    "管委会|管理委员会|卫生院|社区卫生服务|卫生室|托管|代管|隶属|分院"
)
# A phrase without one of these words fits no form of a phrase.
OF_PHRASES = re.compile("统筹|互认|平台|紧密|通过|个")
# `由县医院牵头，将乡镇卫生院…` says what a community is, and names nobody.
NOBODY = re.compile(
    "(?:各|每个?|本|该)?(?:县|区|市|县级|区级|市级|上级|三级|二级)*(?:公立|综合)*医院|"
    "(?:牵头|龙头).*"
)

# -- tables ----------------------------------------------------------------------------------------

# A row with this word in it is the head of a table of groups.
LEADING = "牵头"
# What the column under a head holds, by a word in the head.
TABLE_COLUMNS = {"牵头": "LEAD", "龙头": "LEAD", "成员": "LIST", "分院": "LIST"}
TITLE_TAIL = "名称"

# -- names of groups -------------------------------------------------------------------------------

GROUP_TITLE = re.compile(f"(?:{_GROUPS}|共同体|总医院)[：:]?$")
# What stands before a name (`组建`, `一是`) is none of it; a colon ends what it introduces.
GROUP_NAME = re.compile(
    f"^(?:组建|成立|建立)?(?P<name>(?!.*[0-9两二三四五六]+个).+(?:{_GROUPS}|共同体|总医院)"
    "(?:[（(][^（()）]*[)）])?)$"
)
GENERIC_GROUP_NAME = re.compile(
    f"{any_of(GROUP_KINDS)}*({any_of(ends(GROUP_ENDINGS, Use.GENERIC))})"
)
BEHIND_A_GROUP_NAME = re.compile("(?:的?成员单位)?[：: ]*$")
MEDICAL_GROUP = "医疗集团"
COMMUNITY = "医共体"
OF_A_COMMUNITY = re.compile("医共体|共同体|总医院")
# What an alliance is for, by a word in its name.
SPECIALTIES = (
    ("中医", "tcm"),
    ("妇", "mch"),
    ("儿", "mch"),
    ("精神", "psychiatry"),
    ("康复", "rehabilitation"),
)

# -- members and leads -----------------------------------------------------------------------------

# `以及辖区的政府办…村卫生室`, `以及市区其他…机构`: a class of facilities, not one.
CLASS_BEHIND_A_LIST = re.compile(
    r"[，,、]?(?:以及|和|及)(?P<name>(?:辖区|市区|全区|全县|所有|其他|各)[^，,。]*)$"
)
OF_THE_DISTRICT, DISTRICT_ITSELF = "辖区的", "辖区"
# A class of the whole city or district is the same one in every group.
OF_THE_WHOLE = ("市区", "全区", "全县")
NOTED = re.compile("[)）]$")
NOTE_BEGINS = re.compile("[(（]")
MEMBERS = "成员单位"
STATED_NUMBER = re.compile(f"[0-9{CHINESE_DIGITS}]+")
PRIVATE = "民营"
# `市、区两级妇幼保健、卫生监督及区级疾病预防控制机构`: a head and a tail that several share.
LEVEL_HEAD = re.compile("[国省市县区](?:、[省市县区乡])*[两三四]?级|各|所有")
LIST_JOINS = re.compile("、|以及|和|及|与")
INSTITUTION = "机构"

# -- committees and districts ----------------------------------------------------------------------

ZONE_COMMITTEE = "管委会"
# Words for one and the same committee, and the one that they are compared by.
COMMITTEE_WORDS = (("管理委员会", "管委会"), ("工作管委会", "管委会"))
OF_A_DISTRICT = re.compile("(?:区级|县级)(.*)")
# `区医共体` is that of whatever district is meant.
ANY_DISTRICT = ("区", "县", "原区", "原县")
DISTRICT = "区"

# -- general sentences -----------------------------------------------------------------------------

ETC = "等"
ENUMERATION = re.compile("[、,，]")
# 和 joins the last two of a list; 信息和技术 alone is one name.
NAMES_OF_DEPARTMENTS = re.compile("[、和]")
DEPARTMENTS = re.compile("(.*?)等?((?:管理|职能)部门)")
SHARED_CENTRE = "共享中心"
WITHIN_A_GROUP = re.compile(f"{_GROUPS}内")
BETWEEN = "间"
PER = "分之"

# -- targets ---------------------------------------------------------------------------------------

SHARE_TARGET = re.compile(
    r"(?P<what>[^，,。；;、\n\d]{0,24})(?P<value>\d{1,3}(?:\.\d+)?)[%％]"
    "(?P<bound>以上|以下|左右)?"
)
DAY_TARGET = re.compile(
    r"(?P<value>20\d{2}年(?:\d{1,2}月)?(?:\d{1,2}日)?(?P<bound>[年]?[上中下]旬|底前?|末|前)?)"
    "(?P<what>[，,]?[^，,。；;、\n（）()]{0,24})"
)
PHASE_TARGET = re.compile(
    r"(?P<what>[^，,。；;\n（(）)]{2,12}阶段)[（(](?P<value>20\d{2}年[^）)\n]{1,24})[）)]"
)
SECTION_TARGET = re.compile(
    rf"^[^\S\n]*[{NUMBERING}]+、(?P<what>[^\n（(]{{2,30}})[（(](?:最高)?(?P<value>\d{{1,4}})分[）)]",
    re.MULTILINE,
)
POINTS = "分"
WEIGHT = "权重"
ANNEX = "附件"

# -- endings of names ------------------------------------------------------------------------------

FACILITY_ENDS = re.compile(f"{any_of(ends(FACILITY_ENDINGS, Use.MEMBER))}[)）]?$")
WHOLE_ENDS = ends(FACILITY_ENDINGS, Use.WHOLE)
AREA_END = re.compile(f"{any_of(ends(AREA_ENDINGS, Use.TOWNSHIP))}$")
TOWN_HEAD = re.compile("^(?:乡镇|镇|乡)")
CENTRAL_CENTRE = "中心卫生院"
OF_A_NEIGHBOURHOOD = "社区"
