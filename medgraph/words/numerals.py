"""Read numbers as people write them: 1,200 and 约3.2万, 二十三, 90%, 1/3; and write 二十三.

One core reads the digits exactly; its faces return a float, an int or a Fraction. What is no number
raises ValueError, or is None where a text of a policy may be anything.
"""

from __future__ import annotations

import math
import re
import unicodedata
from fractions import Fraction
from typing import Any

from medgraph.words.simplified import readable

# Before a number that is not exact.
ABOUT = ("约", "大约", "近", "超过", "逾", "约为")
# What is counted, behind a number: 20张, 300人.
PIECES = "张人个家名所"

_DECIMAL = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")
_WHOLE = re.compile(r"[+-]?\d+")
_ENDLESS = re.compile(r"[eE][+-]?\d{4,}")  # 1e999999999 would fill the memory as a fraction
_FACTORS = {"亿": 100_000_000, "万": 10_000, "千": 1_000, "百": 100, "十": 10}
_FACTOR = re.compile(r"([百千]?[万亿]|[十百千])[张人个名]?")
_BEHIND = re.compile(rf"(?:余|多|左右|以上)?\s*[{PIECES}]?(?:左右)?$")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_TENS = {"十": 10, "百": 100, "千": 1_000}
# 二三 may be two or three, and 一百二 is as often 120 as 102: neither is read.
_ONE = "[一二两三四五六七八九]"
_BELOW_TEN_THOUSAND = (
    rf"(?:{_ONE}千)?(?:零?{_ONE}百)?(?:零?{_ONE}?十)?(?:(?<![百千万])零?{_ONE}|零{_ONE})?"
)
IN_WORDS = re.compile(rf"[零〇]|(?=[^万])(?:{_BELOW_TEN_THOUSAND}万)?{_BELOW_TEN_THOUSAND}")
_PER_CENT = re.compile(
    r"百分之\s*(?:(?P<digits>\d+(?:\.\d+)?)"
    rf"|(?!点)(?P<whole>百|{IN_WORDS.pattern})(?:点(?P<decimals>[零〇一二三四五六七八九]+))?)"
)
# The signs of a whole number below a thousand, for grammars and patterns.
CHINESE_DIGITS = "零一二三四五六七八九十两百〇"
# Of these the ones that number headings and hospitals: 一、, （二）, 第三人民医院.
NUMBERING = "一二三四五六七八九十"
# The signs of a number in full width, and what they are, for engines that translate columns.
FULL_WIDTH, PLAIN_WIDTH = "０１２３４５６７８９，．", "0123456789,."


def read_number(text: str) -> float:
    """Read a number as Excel or a person writes one; a percentage and a unit are no number.

    >>> read_number("1,200.5")
    1200.5
    """
    return float(_decimal(text))


def read_integer(text: str) -> int:
    """Read a whole number; thousands may have commas.

    >>> read_integer("1,200"), read_integer("60.0")
    (1200, 60)
    """
    plain = _decimal(text)
    if _WHOLE.fullmatch(plain):
        return int(plain)
    value = float(plain)
    if not math.isfinite(value) or value != int(value):
        raise ValueError(text)
    return int(value)


def read_exact(text: Any) -> Fraction | None:
    """Read a number exactly: `1/3`, `0.9`, `90%`, 12; None where it is none.

    >>> read_exact("1/3"), read_exact("90%"), read_exact("many")
    (Fraction(1, 3), Fraction(9, 10), None)
    """
    if text is None:
        return None
    plain = str(text).strip().replace(",", "").replace("％", "%")
    if _ENDLESS.search(plain):
        return None
    try:
        return Fraction(plain[:-1]) / 100 if plain.endswith("%") else Fraction(plain)
    except (ValueError, ZeroDivisionError):
        return None


def read_per_cent(text: str) -> Fraction | None:
    """Read a share as it is spoken, 百分之六十五点五; None where it is none.

    >>> read_per_cent("百分之六十五点五"), read_per_cent("百分之90"), read_per_cent("六成")
    (Fraction(131, 200), Fraction(9, 10), None)
    """
    found = _PER_CENT.fullmatch(readable(text))
    if found is None:
        return None
    if found["digits"]:
        return Fraction(found["digits"]) / 100
    decimals = "".join(str(_DIGITS[sign]) for sign in found["decimals"] or "零")
    return Fraction(f"{read_chinese(found['whole'])}.{decimals}") / 100


def read_amount(text: str, *, unit: str = "") -> tuple[Fraction, bool]:
    """Read how many, and whether the text is the bare number: 约, 万 and 余 make it less than that.

    `unit` is what the title of the column counts in: 百张, 万.

    >>> read_amount("约300"), read_amount("3.2万"), read_amount("12", unit="百张")
    ((Fraction(300, 1), False), (Fraction(32000, 1), False), (Fraction(1200, 1), True))
    >>> read_amount("二十三张"), read_amount("两万三千")
    ((Fraction(23, 1), False), (Fraction(23000, 1), False))
    """
    bare = text
    for about in sorted(ABOUT, key=len, reverse=True):
        bare = bare.removeprefix(about)
    bare = _BEHIND.sub("", bare.strip())
    if IN_WORDS.fullmatch(bare):
        return Fraction(read_chinese(bare) * (factor_of(unit) or 1)), False
    digits = bare.rstrip("".join(_FACTORS))
    factor = factor_of(bare[len(digits) :])
    plain = _decimal(digits)
    if not factor or _ENDLESS.search(plain):
        raise ValueError(text)
    return Fraction(plain) * factor * (factor_of(unit) or 1), digits == text


def factor_of(unit: str) -> int:
    """Return by what a unit multiplies: one for nothing or for pieces, zero where it is none.

    >>> factor_of("百张"), factor_of("千万"), factor_of("张"), factor_of("平方米")
    (100, 10000000, 1, 0)
    """
    if unit in ("", *PIECES):
        return 1
    found = _FACTOR.fullmatch(unit)
    return math.prod(_FACTORS[sign] for sign in found[1]) if found else 0


def read_chinese(text: str) -> int:
    """Read a whole number in digits or in Chinese.

    >>> read_chinese("二十三"), read_chinese("12"), read_chinese("两万三千")
    (23, 12, 23000)
    """
    if text.isdigit():
        return int(text)
    total, below, digit = 0, 0, 0  # `below`: what the next 万 multiplies
    for sign in text:
        if sign in _TENS:
            below += (digit or 1) * _TENS[sign]
            digit = 0
        elif sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign == "万":
            total += (below + digit or 1) * _FACTORS[sign]
            below = digit = 0
        else:
            raise ValueError(text)
    return total + below + digit


def in_chinese(number: int) -> str:
    """Write a whole number as headings are numbered: below twenty in Chinese, else in digits.

    >>> in_chinese(3), in_chinese(10), in_chinese(12), in_chinese(20)
    ('三', '十', '十二', '20')
    """
    signs = "零一二三四五六七八九十"
    if number <= 10:
        return signs[number]
    return f"十{signs[number - 10]}" if number < 20 else str(number)


def _decimal(text: str) -> str:
    """Return a number in plain digits, without the commas of its thousands."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if _THOUSANDS.fullmatch(plain):
        plain = plain.replace(",", "")
    if not _DECIMAL.fullmatch(plain):
        raise ValueError(text)
    return plain
