"""How plans and workbooks list facilities: a grammar of shared heads, tails and counts."""

from __future__ import annotations

import re

from medgraph.words.lexicon import (
    AREA_ENDINGS,
    FACILITY_ENDINGS,
    JOINED_ENDS,
    Use,
    any_of,
    ends,
)
from medgraph.words.numerals import CHINESE_DIGITS

TAILS = ends(FACILITY_ENDINGS, Use.SHARED)  # longest first: a tail is read as far as it goes

_BREAK = r"，,；;、\n\u0001"
_PIECES = "[个家所间]"
_NUMBER = "(?:[0-9]+|[" + CHINESE_DIGITS + "]+)"
_TAIL = any_of(TAILS)
_COUNT = f"(?:共)?{_NUMBER}{_PIECES}(?={_TAIL})"
# A count of units of no one kind has no tail to share.
_UNITS = "(?:成员单位|单位|基层医疗卫生机构|医疗卫生机构|医疗机构|机构|医院)"
_TOTAL = f"(?:共)?{_NUMBER}{_PIECES}{_UNITS}?(?=$|[{_BREAK}])"
_ETC = f"等(?=$|{_NUMBER}|[{_BREAK}])"
_BRACKET = "[（(][^（）()]*[）)]"
_PLAIN = f"[^（()）{_BREAK}]"

GRAMMAR = f"""
    enumeration: parts
    ?parts: part | part joint parts
    joint: COMMA | SEP | AND
    part: item (SEP item | AND item)* [ETC] COUNT TAIL NOTE* -> counted
        | item (SEP item | AND item)* [ETC] TOTAL -> totalled
        | item [ETC] -> plain
    item: NAME NOTE*
    COMMA: /[，,；;\\n]/
    SEP: "、"
    AND.2: "\u0001"
    ETC.2: /{_ETC}/
    TOTAL.3: /{_TOTAL}/
    COUNT.3: /{_COUNT}/
    TAIL.3: /{_TAIL}(?=$|[（({_BREAK}])/
    NOTE.2: /{_BRACKET}/
    NAME: /{_PLAIN}(?:(?!{_ETC}|{_COUNT}|{_TOTAL})(?:{_PLAIN}|{_BRACKET}(?=[\u3400-\u9fff])))*/
"""

# Stands for 和 between two names, once it is known to join them.
JOINT = "\u0001"
# 和 stands inside names (共和镇) too; it joins two names only behind the end of one.
AND = re.compile(
    "(?:" + "|".join(f"(?<={re.escape(end)})" for end in JOINED_ENDS) + ")(?:以及|和|及|与)"
)
# What stands around the number of a count, and behind that of a total.
AROUND_COUNT = re.compile(f"共|{_PIECES}")
BEHIND_TOTAL = re.compile(f"(?:共|{_PIECES}).*$")
TOTAL_BEGINS = "共"
# What a total counts where it states no kind.
UNITS = "单位"
# 东山社区 and 社区卫生服务中心 share their 社区.
NEIGHBOURHOOD = "社区"
# The county, district or zone at the beginning of a name, with its city.
HEAD = re.compile(
    r"((?:[\u3400-\u9fff]{2,}?市)?[\u3400-\u9fff]{1,8}?"
    rf"{any_of(ends(AREA_ENDINGS, Use.HEAD))})的?(?=..)"
)
# 新市街道 is one name, and no 街道 of a 新市.
TOWNSHIP_BEGINS = re.compile("街道|社区|镇|乡")
