"""Read days as people write them: 2023-10-25, 2023年10月25日, a month alone, Excel's number.

What is no day raises ValueError, or is None where a text of a policy may be anything.
"""

from __future__ import annotations

import calendar
import datetime
import re
import unicodedata
from typing import Any, NamedTuple

from medgraph.words.numerals import read_chinese
from medgraph.words.simplified import readable

# What stands in the place of a last day where something still holds.
UNTIL_NOW = frozenset({"至今", "长期", "现在", "迄今"})

_EXCEL_DAY_0 = datetime.date(1899, 12, 30)
_EXCEL_NUMBER = re.compile(r"[2-7]\d{4}(\.0+)?")
_DAY = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
    r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
_EIGHT_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
# An ISO day, and the hour behind it. Whatever else stands behind a day changes what it says:
# 2023-05-01（计划）, 2023-05-01至2024-03-01.
_ISO_DAY = re.compile(
    r"(\d{4}-?\d{2}-?\d{2})"
    r"(?:[T ]\d{2}(?::?\d{2}){0,2}(?:\.\d+)?\s?(?:Z|[+-]\d{2}:?\d{2})?)?"
)
# For what reads whole columns: year, month and day of each way to write one.
DAY_PATTERNS = (_DAY.pattern, _EIGHT_DIGITS.pattern)
_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?")
_YEAR = re.compile(r"(\d{4})\s*年?")
# 20231: a month without its zero, or a serial day of 1955.
_YEAR_AND_DIGIT = re.compile(r"2[01]\d{3}")
_TITLE_OF_TIME = re.compile(
    r"(?:派驻|下派|派出|选派|派遣|下乡|下沉|帮扶|支援|支医|服务|驻点|挂职)?"
    r"(?:起止|开始|结束|起始|截止|终止|到期|起|止)?(?:时间|日期|期限|时段|期间|周期|年月|月份|起止)"
)
_TITLE_OF_MONTH = re.compile(
    r"(?:\d{4}\s*[-/.年]\s*)?(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s*月份?"
)
# 二〇二四年三月十五日
_YEAR_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_IN_CHINESE = re.compile(
    r"([〇○零一二三四五六七八九]{4})年(?:([一二三四五六七八九十]{1,3})月)?"
    r"(?:([一二三四五六七八九十]{1,3})[日号])?"
)
_YEARS = range(1900, 2201)
# Two days of which the second states its year, too: a shorter one may mean anything.
_UNTIL_NOW = "|".join(sorted(UNTIL_NOW))
_SPAN = re.compile(
    rf"(\d{{4}}.*?)\s*起?\s*"
    rf"(?:(?:至|到|—+|–+|~+|-+)\s*(\d{{4}}.*?|{_UNTIL_NOW})|({_UNTIL_NOW}))\s*止?"
)
# What may stand behind the year of a period: 2023年度.
YEAR_SIGNS = ("", "年", "年度")
# Excel keeps 2023.10 as the number 2023.1, so that this may be January or October.
_JANUARY_OR_OCTOBER = re.compile(r"\d{4}\.1")


class Days(NamedTuple):
    """The first and the last day on which something may have been: a month alone has thirty."""

    first: datetime.date
    last: datetime.date

    @classmethod
    def of(cls, day: datetime.date) -> Days:
        """Return the one day that is stated whole."""
        return cls(day, day)


def read_day(text: str) -> datetime.date:
    """Read a day; its hour is dropped, because facts hold for whole days.

    >>> read_day("2023年10月25日"), read_day("45224"), read_day("二〇二三年十月二十五日")
    (datetime.date(2023, 10, 25), datetime.date(2023, 10, 25), datetime.date(2023, 10, 25))
    """
    plain = _in_digits(unicodedata.normalize("NFKC", text).strip())
    if found := _DAY.fullmatch(plain) or _EIGHT_DIGITS.fullmatch(plain):
        year, month, day = map(int, found.groups())
        return datetime.date(year, month, day)
    if _EXCEL_NUMBER.fullmatch(plain):
        return _EXCEL_DAY_0 + datetime.timedelta(days=int(float(plain)))
    raise ValueError(text)


def _in_digits(text: str) -> str:
    """A day that is written in Chinese numerals with digits; any other text as it is."""
    found = _IN_CHINESE.fullmatch(text)
    if found is None:
        return text
    year, month, day = found.groups()
    shown = f"{year.translate(_YEAR_DIGITS)}年"
    for number, sign in ((month, "月"), (day, "日")):
        shown += f"{read_chinese(number)}{sign}" if number else ""
    return shown


def names_a_month(title: str) -> bool:
    """Tell whether a title is that of a month, with its year or without: 3月, 三月份, 2024年3月.

    >>> names_a_month("3月"), names_a_month("2024年12月份"), names_a_month("十二月")
    (True, True, True)
    >>> names_a_month("13月"), names_a_month("月份"), names_a_month("3月5日")
    (False, False, False)
    """
    return bool(_TITLE_OF_MONTH.fullmatch(title.strip()))


def names_a_time(title: str) -> bool:
    """Tell whether the title of a column may be that of the days of a posting, or of a month.

    >>> names_a_time("时间"), names_a_time("下乡日期"), names_a_time("3月"), names_a_time("期限")
    (True, True, True, True)
    >>> names_a_time("坐诊时间"), names_a_time("工作年限"), names_a_time("填报日期")
    (False, False, False)
    """
    return names_a_month(title) or bool(_TITLE_OF_TIME.fullmatch(readable(title).strip()))


def day_or_none(text: str | None) -> datetime.date | None:
    """Read a day as people write it, an ISO one with its hour too; None where it is none.

    >>> day_or_none("2023年10月25日"), day_or_none("待定"), day_or_none(None)
    (datetime.date(2023, 10, 25), None, None)
    """
    if text is None:
        return None
    try:
        return read_iso_day(text) or read_day(text)
    except ValueError:
        return None


def days_or_none(text: str | None) -> Days | None:
    """Read the first and the last day that a text may mean; None where it is no day.

    >>> days_or_none("2023年6月")
    Days(first=datetime.date(2023, 6, 1), last=datetime.date(2023, 6, 30))
    >>> days_or_none("2023-10-25") == Days.of(datetime.date(2023, 10, 25)), days_or_none("6月")
    (True, None)
    """
    if text is None:
        return None
    if day := day_or_none(text):
        return Days.of(day)
    plain = unicodedata.normalize("NFKC", text).strip()
    if _JANUARY_OR_OCTOBER.fullmatch(plain):
        return None
    try:
        return Days(*(read_day_or_month(plain, last=last)[0] for last in (False, True)))
    except ValueError:
        return None


def read_day_or_month(text: str, *, last: bool) -> tuple[datetime.date, bool]:
    """Read a day, and whether it is stated whole.

    A month or a year alone means its first day, or its last.

    >>> read_day_or_month("2023年10月", last=True)
    (datetime.date(2023, 10, 31), False)
    """
    if _YEAR_AND_DIGIT.fullmatch(text):
        raise ValueError(text)
    try:
        return read_day(text), True
    except ValueError:
        year, month = _year_and_month(text, last=last)
    if month not in range(1, 13) or year not in _YEARS:
        raise ValueError(text)
    day = calendar.monthrange(year, month)[1] if last else 1
    return datetime.date(year, month, day), False


def _year_and_month(text: str, *, last: bool) -> tuple[int, int]:
    """The year and month that a text states; of a year alone its first month, or its last."""
    text = _in_digits(text)
    if found := _MONTH.fullmatch(text):
        return int(found[1]), int(found[2])
    if found := _YEAR.fullmatch(text):
        return int(found[1]), 12 if last else 1
    raise ValueError(text)


def span_of_days(text: str) -> tuple[str, str]:
    """Return the texts of the two days that a text spans; raise ValueError where it is no span.

    >>> span_of_days("2024.1.1-2024.12.31"), span_of_days("2024年3月1日起至今")
    (('2024.1.1', '2024.12.31'), ('2024年3月1日', '至今'))
    """
    found = _SPAN.fullmatch(readable(text).strip())
    if found is None:
        raise ValueError(text)
    return found[1].strip(), (found[2] or found[3]).strip()


def read_iso_day(text: Any) -> datetime.date | None:
    """Read an ISO day, with or without an hour behind it; None where it is none.

    >>> read_iso_day("2023-10-25T08:00"), read_iso_day("2023-10-25（计划）")
    (datetime.date(2023, 10, 25), None)
    """
    if isinstance(text, datetime.date):
        return text
    found = _ISO_DAY.fullmatch(str(text).strip())
    try:
        return datetime.date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None
