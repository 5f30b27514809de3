"""How headings of rosters are written: groups and leads in lines, sections, legends of colours."""

from __future__ import annotations

import re

from medgraph.words.lexicon import GROUP_ENDS, any_of
from medgraph.words.numerals import CHINESE_DIGITS, NUMBERING

# 一、县级医院; （一）; 第一部分：; the kind of numbering tells which headings stand on one level.
AMONG = "among"
SECTION_NUMBERS = {
    "ordinal": re.compile(rf"[{NUMBERING}]{{1,3}}\s*[、.．]\s*"),
    "bracketed": re.compile(rf"\([{NUMBERING}]{{1,3}}\)\s*[、.]?\s*"),
    "part": re.compile(rf"第[{NUMBERING}]{{1,3}}(?:部分|类|组)\s*[、.:]?\s*"),
    AMONG: re.compile(r"其中\s*[:,]?\s*"),
}
_LEAD = r"牵头(?:单位|医院|机构)?(?:名称)?|龙头(?:单位|医院)|总医院"
_MEMBERS = r"(?:成员|组成|下属|基层)(?:单位|机构|医院)?(?:名单|名称)?"
_GROUP = r"(?:医共体|医联体|医疗集团|集团|联盟)(?:单位)?(?:名称|单位)?"
# 牵头单位：X；成员单位：A、B; brackets around them are none of the names.
LABEL = re.compile(
    rf"(?:^|(?<=[\s;,。(]))(?:(?P<lead>{_LEAD})|(?P<members>{_MEMBERS})|(?P<group>{_GROUP}))\s*:\s*"
)
# What may stand around the texts behind labels.
AROUND_HEADING = " \t　;；,，。.:：-—"
# A serial number before a name: 1, 一、, （2）.
SERIAL = re.compile(rf"\d+(?:\.0)?|[{NUMBERING}]{{1,3}}[、.]?|\([{NUMBERING}\d]+\)")
# Behind the name of a lead: a separator, or the next label (联系人：…).
LEAD_BREAK = re.compile(r"[;,。)]|\s+(?=[^\s:]{1,8}:)")
# （11家）, 共 11 家单位, (11个成员单位)
COUNT = re.compile(
    rf"\(?\s*(?:共计?|合计|计|包括|含)?\s*(?P<number>\d+|[{CHINESE_DIGITS}]+)\s*[家个所间]\s*"
    r"(?:成员)?(?:单位|机构|医院)?\s*\)?"
)
EMPTY_BRACKETS = re.compile(r"\(\s*\)")
# 第一医共体成员单位名册: what stands behind the name of a group in a title.
GROUP_IN_TITLE = re.compile(
    rf"^(?P<group>.{{2,30}}?{any_of(tuple(GROUP_ENDS))})(?:内|各)?"
    r"(?:成员|组成|下属|单位|医疗|机构|医院|名单|名册|一览|情况|基本|明细|汇总|统计)+表?$"
)
# Where the first clause of a remark ends: 牵头单位，法人单独.
CLAUSE_END = re.compile(r"[,;。](?!.*[改原待拟曾均不非])")
# A sentence or a remark is the name of no group.
NO_SUBJECT = re.compile(r"[:,;。、]|^注|^备注")
# 黄色为第一医共体: a colour, and what it stands for.
_COLOUR_SIGNS = "红橙黄绿青蓝紫粉灰"
LEGEND = re.compile(
    rf"(?P<colour>[浅淡深]?[{_COLOUR_SIGNS}])色?(?:底色?|背景|填充|标注|标记|部分|字体?|的)*\s*"
    r"(?:代表|表示|指|即|是|为|:|=|-)+\s*(?P<meaning>[^,;、。:\s]{2,30})"
)
HUES = {"红": 0, "橙": 30, "黄": 60, "绿": 110, "青": 180, "蓝": 215, "紫": 280, "粉": 340}
GREY = "灰"
# What a title that a layout adds is called, and what it states.
ADDED_TITLES = {"name": "机构名称", "group": "集团", "lead": "牵头单位", "role": "角色"}
LEAD_ROLE, MEMBER_ROLE = "牵头", "成员"
IN_BRACKETS_LEAD = re.compile(r"\((?:牵头|龙头|总院)[^()]*\)")
IN_BRACKETS_MEMBER = re.compile(r"\(成员(?:单位|医院|机构)?\)")
# 是否牵头: a title that is answered with a yes or a no.
WHETHER = "是否"
