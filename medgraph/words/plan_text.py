"""The text of a plan as it is found on the web.

Where its lines end, what damages it, and what is no part of it.
"""

from __future__ import annotations

import re
import unicodedata

from medgraph.words.numerals import NUMBERING

CHINESE_CHARACTER = re.compile("[\u3400-\u9fff]")
PUBLISHED = re.compile(
    r"(?:发布|成文|印发)(?:时间|日期)[:：]\s*(20\d{2})[/年.-](\d{1,2})[/月.-](\d{1,2})"
)

# -- lines -----------------------------------------------------------------------------------------

# A line that ends in one of these is complete; one that begins with a number or a bullet is new.
LINE_ENDS = tuple("。；;：:！？!?")
LINE_BEGINS = re.compile(
    rf"\s*(?:[{NUMBERING}]{{1,3}}、|[（(][{NUMBERING}\d]{{1,3}}[)）]|"
    r"\d{1,2}[.．、]|第.{1,3}[章节条]|[●•◆■▪○·*-])"
)
AROUND_A_NAME = "、，,"

# -- damage ----------------------------------------------------------------------------------------

# Radicals that a PDF hands out instead of the characters that look the same; NFKC knows only the
# Kangxi ones.
_LIKE = str.maketrans(
    "⺟⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻥⻦⻨⻩⻬⻮⻰⻳",
    "母民西见角贝车长门青韦页风飞食马鱼鸟麦黄齐齿龙龟",
)
_KANGXI = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
RADICALS = _KANGXI | _LIKE
# `A3 BF`, the end of one character and the beginning of the next, was replaced by `?`, and the rest
# was read one byte off. What follows is a run of characters and the ASCII byte that closed the last
# one; where that byte was 93 it swallowed the bracket behind it and left a `?`.
SHIFTED = re.compile(r"\?\?([\u3400-\u9fff]+)([A-Za-z?])")
# The character that was lost, by the first one that is read again.
SHIFT_HEAD = {"科": "專", "考": "。"}
# A phonetic note is the pinyin of the character before it, in brackets, always with a tone mark or
# alone of a neutral syllable.
PHONETIC_NOTE = re.compile(r"(?<=[\u3400-\u9fff])[(（][a-zü\u00e0-\u01dc\u0300-\u030c]{1,7}[)）]")
LOST_DIGIT = re.compile(r"(?<!\d)0\d{2}年")
# Characters that the conversion to simplified ones leaves although place names need another one.
PLACE_NAMES = {"畬": "畲"}
MISWRITTEN_PLACES = re.compile("|".join(PLACE_NAMES))

# -- no part of the plan ---------------------------------------------------------------------------

SPAM = re.compile(
    r"視頻|视频|成人|av|番号|毛片|性爱|性愛|無碼|无码|遮羞|三级片",
    re.IGNORECASE,
)
BOILERPLATE = re.compile(
    r"^(您好[:：]|歡迎來到|欢迎来到|當前位置|当前位置|上一篇|下一篇|"
    r"版權所有|版权所有|責任編輯|责任编辑)"
)
# Put into the text in place of something personal.
NAME_DROPPED = "［略］"
CONTACT_DROPPED = "［联系人略］"
MAIL_DROPPED = "［邮箱略］"
PHONE_DROPPED = "［电话略］"
