"""Set official documents as GB/T 9704-2012 asks: names of fonts, numbers of headings."""

from __future__ import annotations

from medgraph.words.numerals import in_chinese

TITLE_FONT = "方正小标宋简体"
HEADING_FONT = "黑体"
SUBHEADING_FONT = "楷体_GB2312"
BODY_FONT = "仿宋_GB2312"
NUMBER_FONT = "宋体"

# For each font, those that stand in for it where it is not installed.
SUBSTITUTES = {
    TITLE_FONT: "方正小标宋_GBK,华文中宋,SimSun",
    HEADING_FONT: "SimHei,Noto Sans CJK SC",
    SUBHEADING_FONT: "楷体,KaiTi,Noto Serif CJK SC",
    BODY_FONT: "仿宋,FangSong,Noto Serif CJK SC",
    NUMBER_FONT: "SimSun,Noto Serif CJK SC",
}


def heading_number(level: int, number: int) -> str:
    """Return how a heading of this level (1, 2 or 3) is numbered.

    >>> heading_number(1, 12), heading_number(2, 3), heading_number(3, 4)
    ('十二、', '（三）', '4．')
    """
    forms = {1: "{chinese}、", 2: "（{chinese}）", 3: "{number}．"}
    return forms[level].format(chinese=in_chinese(number), number=number)
