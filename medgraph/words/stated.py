"""Tell what a cell says: nothing, yes or no, a list. One place for all who read cells.

A word such as 待定, 不详 or n/a says that something is not known. It is no answer: neither a "no",
nor a text that fills the cell.
"""

from __future__ import annotations

import re
import unicodedata

from medgraph.words.vocabularies import fold, word

# Somebody knows it, or will decide it, and has not written it down yet.
_OPEN = (
    *("待定", "待查", "待核", "待核实", "待核定", "待补", "待补充", "待报", "待填", "待确认"),
    *("待明确", "待评", "待评估", "待评定", "待商定", "待研究", "待完善", "另行确定"),
    *("不明", "不清楚", "未知", "未明", "未明确", "未定", "未确定", "未核实", "未填"),
    *("不明确", "定位不明", "未定位", "尚未明确", "尚未确定", "有待明确"),
    *("tbd", "tbc", "to be decided", "to be confirmed", "unknown", "not known", "pending"),
)
_NOT_STATED = frozenset(
    fold(text)
    for text in (
        *_OPEN,
        *("待建", "不详"),
        *("未填报", "未报", "未上报", "未评", "未评估", "未评定", "未评分", "未打分", "未统计"),
        *("未提供", "未登记", "未采集", "暂缺", "缺", "缺失", "缺数据", "空", "空白", "无数据"),
        *("暂无数据", "无法统计", "拟定", "拟定中", "制定中", "筹建中", "在建", "进行中", "推进中"),
        *("尽快", "近期", "适时", "尽早", "长期", "长期有效", "如上", "同上", "见附件", "详见附件"),
        *("略", "另行通知", "另行安排", "无明确定位", "没有明确", "无明确"),
        *("n/a", "na", "n.a.", "not stated", "null", "nan", "asap"),
        *("#n/a", "#value!", "#ref!", "#name?", "#div/0!"),
        *("/", "\\", "-", "--", "—", "——", "–", "?", "？", "??", "？？", "*", "…", "……", ".", "。"),
    )
)
_OPEN_WORDS = frozenset(map(fold, _OPEN))
_PLAIN_ANSWERS = frozenset(map(fold, ("yes", "no", "是", "否")))
_ENDS = " \t\r\n。.；;，,！!"
# What stands between the items of a list. Commas of thousands and days are no lists of ours.
_BETWEEN = re.compile(r"[|｜、，,；;\n]")
# What says at the end of a list that there is more: 人事、财务等.
_AND_MORE = re.compile(r"(?:等等?|等(?:内容|方面|事项|工作)|…+|\.{3,}|etc\.?)$")
# One item by itself may be a grade or a word that ends so: 三级甲等, 均等.
_AND_MORE_THAN_ONE = re.compile(
    rf"(?<=.[^甲乙丙丁一二三四五六七八九十上中下高低优劣初特头同均平相对])(?:{_AND_MORE.pattern})"
)


def stated(text: str | None) -> str | None:
    """Return what a cell states, without the marks around it; None where it states nothing.

    >>> stated(" 已制定。"), stated("待定"), stated("N/A"), stated("")
    ('已制定', None, None, None)
    """
    if text is None or fold(text) in _NOT_STATED:
        return None
    bare = text.strip(_ENDS)
    if not bare or fold(bare) in _NOT_STATED:
        return None
    return bare


def is_open(text: str) -> bool:
    """Whether a text says of something that it is not known yet; 不详 or a stroke says nothing.

    >>> is_open("（待定）"), is_open("TBD"), is_open("无"), is_open("待定镇卫生院")
    (True, True, False, False)
    """
    return fold(text).strip("()") in _OPEN_WORDS


def yes_or_no(text: str | None) -> bool | None:
    """Read an answer; None where it is neither a yes nor a no that the vocabulary knows.

    >>> yes_or_no("√"), yes_or_no("未制定"), yes_or_no("2021-12-20"), yes_or_no("不详")
    (True, False, None, None)
    """
    said = stated(text)
    found = None if said is None else word("boolean", said)
    return None if found is None else found == "yes"


def is_plain_answer(text: str) -> bool:
    """Whether a text is a yes or a no to a question; 无 says rather that there is nothing.

    >>> is_plain_answer("否"), is_plain_answer("无"), is_plain_answer("2")
    (True, False, False)
    """
    return fold(text) in _PLAIN_ANSWERS


def listed(text: str | None) -> list[str]:
    """Return the items of a list in one cell, in the ways in which people write one.

    >>> listed("人、财、物等"), listed("M1|M2"), listed("人事/财务"), listed("待定")
    (['人', '财', '物'], ['M1', 'M2'], ['人事', '财务'], [])
    """
    return [item for piece in _pieces(text) if (item := stated(piece))]


def lists_all(text: str | None) -> bool:
    """Tell whether a list in one cell leaves nothing open: no 待定 among its items, no 等 behind.

    >>> lists_all("人、财"), lists_all("人、财等"), lists_all("人、财、待定"), lists_all("人事等")
    (True, False, False, False)
    """
    pieces = _split(text)
    has_more = bool(pieces) and _more(pieces).search(pieces[-1])
    return not has_more and all(stated(piece) for piece in pieces if piece)


def _pieces(text: str | None) -> list[str]:
    """The pieces of a list, without what says at its end that there is more."""
    pieces = _split(text)
    return [*pieces[:-1], _more(pieces).sub("", pieces[-1])] if pieces else []


def _more(pieces: list[str]) -> re.Pattern[str]:
    """The signs behind the last of some pieces that there is more."""
    return _AND_MORE if len(pieces) > 1 else _AND_MORE_THAN_ONE


def _split(text: str | None) -> list[str]:
    """What stands between the marks of a list; a stroke parts only what no other mark does."""
    said = stated(text)
    if said is None:
        return []
    pieces = _BETWEEN.split(said)
    if len(pieces) == 1:
        pieces = said.split("/")
    return [piece.strip() for piece in pieces]


def same_text(text: str) -> str:
    """Return a text for comparison: full-width as half-width, without case and blanks around.

    >>> same_text(" Ａ "), same_text("c1")
    ('a', 'c1')
    """
    return unicodedata.normalize("NFKC", text).strip().casefold()
