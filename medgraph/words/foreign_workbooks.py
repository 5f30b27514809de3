"""How workbooks that were not made for us are written: signs, remarks, titles, lists, names.

Titles of columns stand in `columns/`; the words of the sheet 对照 are vocabularies.
"""

from __future__ import annotations

import re

from medgraph.words.lexicon import (
    AREA_ENDINGS,
    FACILITY_ENDINGS,
    FACILITY_ENDS,
    Use,
    any_of,
    ends,
)
from medgraph.words.numerals import CHINESE_DIGITS

# -- what a cell says ------------------------------------------------------------------------------

TICKS = frozenset("√✓✔☑是有1yYvV●○◯Oo对")
NO_TICKS = frozenset({"×", "x", "X", "否", "无", "0", "-", "—", "/", "\\", "n", "N", "✗", "✘", "□"})
# The cell above is meant; as NFKC writes it, which makes two strokes of a double one.
SAME_ABOVE = frozenset({"同上", "同前", "上同", "〃", "〞", '"', "”", "“", "''", "’’", "′′", "``"})
NOTHING = frozenset({"无", "/", "\\", "-", "—", "——", "--", "暂无", "不详", "n/a"})
LEAD_ROLES = frozenset(
    {"牵头", "牵头医院", "牵头单位", "牵头机构", "龙头", "龙头医院", "总院", "lead", "leads"}
)
MEMBER_ROLES = frozenset({"成员", "成员单位", "成员机构", "member", "memberof"})
ROLES_ALLOWED = "牵头 / 成员"
# What stands beside a level in a column of its own; 优秀 and 合格 are marks of something else.
GRADE_END = "等"  # of a level that states its grade: 二级甲等
NO_LEVEL_GRADE = re.compile("未[定评](?:等级?|级)?")
LEVEL_GRADE = re.compile(f"[甲乙丙]等?|{NO_LEVEL_GRADE.pattern}")
_ROLE = "|".join(sorted(LEAD_ROLES | MEMBER_ROLES, key=len, reverse=True))
# What a sheet says of its signs: “★”为牵头单位, √：成员.
SIGN_EXPLAINED = re.compile(
    rf"([^\w\s“”‘’\"'()（）,，;；、。:：])[”’\"')）]?\s*(?:为|是|指|表示|代表|[:：=])\s*[“‘\"']?({_ROLE})"
)

# -- rows that are no data -------------------------------------------------------------------------

TOTAL_WORDS = ("合计", "小计", "总计", "共计", "总数", "total", "subtotal")
SUBTOTAL_WORDS = ("小计", "subtotal")
# What a row of totals states: 12家; 计: 12.
COUNT_OF_UNITS = re.compile(rf"(\d+|[{CHINESE_DIGITS}]+)\s*[家个所间]")
LABELLED_COUNT = re.compile(r"[计数]\s*:?\s*(\d+)")
# A remark below a table: 注：…, 填表人：…
REMARK = re.compile(r"备?注|说明|填表|制表|填报|审核|联系|[^:]{1,12}:")
# Below a header: the units or the numbers of its columns.
UNITS_BELOW_TITLE = re.compile(r"\([^()]{1,4}\)|[甲乙丙丁]|\d{1,2}")

# -- titles ----------------------------------------------------------------------------------------

BRACKET = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]")
UNIT_IN_BRACKET = re.compile(r"[(\[【/]([^()\[\]【】/]*)(?:[)\]】]|$)")
UNIT_LABEL = re.compile(r"\s|单位[:：]?")
# What may stand around a known title: 所属集团名称.
AROUND_TITLE = re.compile("^(?:所属|所在|隶属)|名称$")
END_OF_TITLE = ":：*"
# Above the table: 单位：万人 holds for all of its numbers.
UNIT_ABOVE = re.compile(r"单位\s*:\s*([\w/]+)")
# 附件1, 附表2-1：: which annex it is, and no title.
ANNEX = re.compile(r"附[件表]\s*[\d一二三四五六七八九十-]*\s*[:：]?")
DAY_ABOVE = re.compile(r"(\d{4}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}\s*日?)")
# 截至2024年3月, 2024年3月底: the last day of the month.
MONTH_ABOVE = re.compile(
    r"截[至止][^\d]{0,8}(\d{4}\s*年\s*\d{1,2}\s*月|\d{4}[-./]\d{1,2})(?:底|末)?(?!\s*[-./\d])"
    r"|(\d{4}\s*年\s*\d{1,2}\s*月)(?=底|末)"
)
# The one month that a table of counts is of; two of them are a span.
MONTH_OF_COUNTS = re.compile(
    r"(?<![-—–~至到])(\d{4}\s*年\s*\d{1,2}\s*月)(?!\s*份?\s*(?:[-—–~至到\d]|底|末))"
)
YEAR = "年"
REACHING = re.compile("截[至止]|累计")  # such a table counts more than its month
NUMBER = re.compile(r"\s*\d+(?:[.]\d*)?\s*|\s*[-—–－/]+\s*")
# Who receives patients that leave the county, where no one is named.
OUTSIDE = "县外"

# -- cells that list several -----------------------------------------------------------------------

LIST_BREAKS = "、,;/\n"
ITEM_NUMBER = re.compile(r"^\s*(?:[(]?\d{1,2}[).、](?!\d)|[①-⑳])\s*")
COUNTED_LIST = re.compile(
    rf"等(?=$|[\d{CHINESE_DIGITS}、,;])|(?:\d+|[{CHINESE_DIGITS}]+)[个家所间]"
)
TRAILING_BREAKS = re.compile(r"[、,;]+$")
REPEATED_BREAKS = re.compile(r"([、,;])[、,;]+")
# Blanks between names, and a number before each but the first: 1.甲镇卫生院 2.乙镇卫生院.
BETWEEN_NUMBERED = re.compile(r"\s+(?=[(]?\d{1,2}[).、](?!\d)|[①-⑳])")
# A name that goes on behind an end may be two: 甲镇卫生院和乙镇卫生院, or 甲医院和平分院.
MAY_BE_TWO = re.compile(rf"{any_of(FACILITY_ENDS)}(?:\s|以及|[和及与])(?=.)")
# A break inside a name: behind a place, before what such a place has.
BROKEN_NAME = re.compile(
    r"(?<=[镇乡])\s*\n\s*(?=(?:中心)?卫生院)|(?<=街道)\s*\n\s*(?=社区卫生服务中心)"
    r"|(?<=[县市区旗])\s*\n\s*(?=第[一二三四五六七八九十]|人民|中医|中西医|妇幼|妇女儿童|精神)"
    r"|(?<=[\u3400-\u9fff])\s*\n\s*(?=[镇乡](?:中心)?卫生院|街道社区卫生服务中心)"
)
# What stands for a person or a number to call, behind the name of a facility.
HIDDEN_MARK = re.compile(r"[\s:]*\*{3}[\s*]*$")
STOPS = "。."
# A bracket that is part of the name.
BRANCH = re.compile(r"院区|分院|分部|分中心|[东西南北新老]院")
# A bracket that is the name of another facility, which ends before it goes on: 甲医院乙分院.
OTHER_BOARD = re.compile(r"(?:医院|卫生院|服务中心).")
# A bracket that says what a facility has beside it: 甲卫生院（含乙分院）.
WITH_OTHERS = re.compile(r"^(?:含|包括|下设|内设|附设|另有|不含)")
# Where a name should stand, that there is no facility of its own.
NO_FACILITY_OF_ITS_OWN = re.compile(
    r"(?:与|和|同|跟).+(?:合设|合署|合并|合建|合办|共建|共用|联办)|由.+(?:代管|覆盖|承担|服务|负责)"
    r"|(?:暂)?(?:未|没有)(?:设|建|设置|设立|建立|建成)|空白(?:村)?|待建|拟建"
)
# Stand for brackets inside brackets.
INNER_BRACKETS = {"(": "〔", ")": "〕"}

# -- names of facilities and counties --------------------------------------------------------------

# Where the name of a group should stand, that there is none: 未加入医共体, 暂无医共体.
_JOINS = "(?:参加|加入|纳入|参与|属于|进入|列入|划入|组建|建立|退出)"
_ANY_GROUP = "(?:任何|县域|紧密型|城市)*(?:医共体|医联体|医疗集团|集团|联盟)"
IN_NO_GROUP = re.compile(
    rf"(?:尚未|暂未|暂不|并未|未|不|没有){_JOINS}(?:{_ANY_GROUP})?|(?:暂无|没有|无|非){_ANY_GROUP}"
)
# A question about groups, a plan or a story, and the name of none: 是否参加医共体, 拟加入医共体.
ABOUT_GROUPS = re.compile(
    rf"^(?:是否|有无|有没有|拟|计划|准备|即将|申请|预计|正在|未明确|待定)|{_JOINS}"
    r"|\([^()]*(?:拟|筹|在建|待建|预计|计划)[^()]*\)$"
)
# What a row says of its facility behind the name of its group: （2024年3月新增）, （牵头）.
REMARK_OF_GROUP = re.compile(
    r"\((?:(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:新增|新加入|加入|调整|调入|划入|并入)"
    rf"|{_ROLE})\)$"
)
# Endings that say beyond doubt what a facility is.
SAFE_FACILITY_ENDS = ends(FACILITY_ENDINGS, Use.SURE)
COUNTY_BEFORE_NAME = re.compile(r"[^省市区县]{1,7}(?:市|区|县|旗)")
# Many counties have a hospital that is called so, and nothing more.
NAMES_OF_MANY = ("第", "人民", "中医", "妇")
# A hospital named by two signs, 协和医院: neither a kind of hospital nor short for a longer name.
HOSPITAL_OF_TWO_SIGNS = re.compile(
    r"(?![县市区省州盟旗镇乡本各全])(?!.?[一二三四五六七八九十])"
    r"(?!人民|中医|中心|专科|综合|公立|民营|私立|社会|牵头|成员|上级|下级|基层|社区|附属|骨干|妇幼|妇产|妇女"
    r"|儿童|精神|口腔|眼科|骨科|肿瘤|传染|康复|护理|职工|企业|军队|部队|其他|以上|以下|核心|支援|对口|定点"
    r"|托管|协作|试点|派出|接收|转诊|所在|总体|联合|合作|教学|急救|互联)[\u3400-\u9fff]{2}医院"
)
# 全县各乡镇卫生院 and 各村卫生室 are many, and the name of none.
_MANY = "乡|镇|村|县|成员|医|社区|单位|街道|级|基层|卫生|分院|民营|公立"
MANY_AT_ONCE = re.compile(
    rf"(?:[全本][县市区省]|辖区内?|县域内)?(?:各(?:{_MANY})|所有|全部|全体)|全[县市区](?:{_MANY})"
    rf"|[及其]*(?:所属|下属|所辖|下辖|辖区)(?:各)?(?:{_MANY})"
)
NAMES_IN_EVERY_COUNTY = re.compile(
    rf"[县市区旗]?(?:{'|'.join(NAMES_OF_MANY)}|中心医院|总医院|[一二三四五六七八九十A-Za-z\d])"
    r"|[县市区旗城]"
)
COUNTY = re.compile(r"[\u3400-\u9fff]{1,6}?" + any_of(ends(AREA_ENDINGS, Use.COUNTY)))
COUNTY_IN_CITY = "市{county}"
# The county in the title of a file: 全县, 紧密型县域 and 县级 name none.
COUNTY_OF_FILE = re.compile(
    rf"(?![全我本各该])[\u3400-\u9fff]{{1,6}}?{any_of(ends(AREA_ENDINGS, Use.COUNTY))}"
    r"(?![域级直属内外])"
)
# Whoever is in no register is taken for a county only where it ends so: 城区 is none.
UNREGISTERED_ENDS = ("县", "市", "旗")

# -- what the mapping in 对照 says -----------------------------------------------------------------

MAPPING_SHEETS = {"zh": "对照", "en": "words"}
NOT_USED = {"zh": "不用", "en": "not used"}
RELATION_MEANING = re.compile(r"(?:关系|relation)\s*[:：]\s*(.+)", re.IGNORECASE)
RELATION_LABEL = {"zh": "关系：{relation}", "en": "relation: {relation}"}
# Rows in a cell: 3、7-9.
NOT_ROW_NUMBERS = re.compile(r"[^\d\s、，,;；–—~～-]")
ROW_BREAK = re.compile("[、，,;；]")
ROW_RANGE = re.compile("[–—~～-]")
FIRST_AND_LAST = re.compile("[–—~～、-]")
ROW_NUMBERS_ALLOWED = ("3", "3-5", "3、5")
UNITS_ALLOWED = ("十", "百", "千", "万", "百张")

# -- sentences for people --------------------------------------------------------------------------

NONE_KNOWN = "—"
AND_MORE = "…"
UNITS_IN_TOML = "百 / 千 / 万 / 百张 / …"
