"""Read a number of a cell as the unit of its column asks: a share, a count, points, days.

What does not fit the unit is not understood, never bent until it fits: 33.3 in a column of shares
may be 33.3 % or a slip, minus five visits are none.
"""

from __future__ import annotations

import re
from fractions import Fraction

from medgraph.words.numerals import IN_WORDS, read_amount, read_chinese, read_exact, read_per_cent
from medgraph.words.stated import stated

SHARE, COUNT, POINTS, SCORE, DAYS, AMOUNT, NUMBER = (
    "share",
    "count",
    "points",
    "score",
    "days",
    "amount",
    "number",
)
PER_CENT = ("%", "％", "百分比", "percent", "per cent")
_IN_TITLE = re.compile(r"[(（\[]\s*(?:%|％|百分比)\s*[)）\]]\s*$")
_LIKE_A_DASH = ("一",)  # a one by itself may be the dash of an empty cell
# A text with any other sign in it states no number: of a million words none is read as one.
_OF_NO_NUMBER = re.compile(r"[^\d\s.,，。；;！!+\-_/eE%％零〇一二两三四五六七八九十百千万亿天日]")


def is_per_cent(unit: str | None) -> bool:
    """Tell whether a declared unit says per cent."""
    return bool(unit) and str(unit).strip().casefold() in PER_CENT


def without_per_cent(title: str) -> tuple[str, bool]:
    """Return a column's title without a (%) at its end, and whether it had one.

    >>> without_per_cent("县域就诊率（%）"), without_per_cent("床位")
    (('县域就诊率', True), ('床位', False))
    """
    bare = _IN_TITLE.sub("", title)
    return bare, bare != title


def quantity(
    text: str | Fraction | None, unit: str = NUMBER, *, per_cent: bool = False
) -> Fraction | None:
    """Read a number of a `unit`; None where the cell states none, or none that the unit allows.

    Parameters
    ----------
    text
        The cell, or a number that was read before.
    unit
        `share` (0 to 1, or with %, 百分之), `count` (whole, from 0), `points` (0 to 100), `score`
        (any number of points), `days` (whole, from 0 on), `amount` (from 0 on), `number` (any).
    per_cent
        Whether the column is declared to be in per cent.

    Examples
    --------
    >>> quantity("33.3%", "share"), quantity("33.3", "share")
    (Fraction(333, 1000), None)
    >>> quantity("33.3", "share", per_cent=True), quantity("0.5", "share")
    (Fraction(333, 1000), Fraction(1, 2))
    >>> quantity("十二", "count"), quantity("1.9", "count"), quantity("1.2万", "count")
    (Fraction(12, 1), None, Fraction(12000, 1))
    >>> quantity("一千二百", "count"), quantity("二三", "count"), quantity("一百二", "count")
    (Fraction(1200, 1), None, None)
    >>> quantity("2人", "count"), quantity("70%", "amount")
    (None, None)
    >>> quantity("90分", "points"), quantity("950", "points"), quantity("60/100", "points")
    (None, None, None)
    >>> quantity("-3", "amount"), quantity("1/3", "share")
    (None, Fraction(1, 3))
    """
    value = text if isinstance(text, Fraction) else _read(text, unit, per_cent=per_cent)
    return value if value is not None and _fits(value, unit) else None


def _read(text: str | None, unit: str, *, per_cent: bool) -> Fraction | None:
    if unit != SHARE and text is not None and _OF_NO_NUMBER.search(text):
        return None
    said = stated(text)
    if said is None or said in _LIKE_A_DASH:
        return None
    return _share(said, per_cent=per_cent) if unit == SHARE else _plain(said, unit)


def _share(text: str, *, per_cent: bool) -> Fraction | None:
    spoken = read_per_cent(text)
    if spoken is not None:
        return spoken
    value = read_exact(text)
    signed = text.endswith(("%", "％"))
    return value / 100 if value is not None and per_cent and not signed else value


def _fits(value: Fraction, unit: str) -> bool:
    """Whether a unit allows a number: there is no half a report, and no rate above one."""
    if unit not in _MOST:
        return True
    most = _MOST[unit]
    is_whole = unit not in _WHOLE or value.denominator == 1
    return is_whole and value >= 0 and (most is None or value <= most)


# The units whose numbers are not below nought, and the most that they may be.
_MOST: dict[str, int | None] = {SHARE: 1, COUNT: None, POINTS: 100, DAYS: None, AMOUNT: None}
_WHOLE = (COUNT, DAYS)
UNITS = (*_MOST, SCORE, NUMBER)


def _plain(text: str, unit: str) -> Fraction | None:
    """Read digits, 万 and Chinese numerals; a sign of per cent belongs to shares alone, and so does
    a fraction: 60/100 in a column of points are sixty of a hundred, no 0.6.

    With a word behind it a number is not read, but for days: 90分, 2人 and 15分钟 may count
    something else than the column does.
    """
    if unit != NUMBER and (text.endswith(("%", "％")) or "/" in text):
        return None
    if unit == DAYS:
        text = text.removesuffix("天").removesuffix("日")
    exact = read_exact(text)
    if exact is not None:
        return exact
    try:
        if _IN_TENS.fullmatch(text):
            return read_amount(text)[0]
        return Fraction(read_chinese(text)) if IN_WORDS.fullmatch(text) else None
    except ValueError:
        return None


_IN_TENS = re.compile(r"[\d.,]+\s*[百千]?[万亿千百]")
