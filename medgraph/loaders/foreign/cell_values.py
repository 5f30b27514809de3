"""Read the values of cells as planners write them: days, numbers with 约 and 万, codes, words."""

from __future__ import annotations

import calendar
import math
import re
import unicodedata

from medgraph.graphmodel import schema
from medgraph.graphmodel.validate import OPEN_VOCABULARIES, unknown_word
from medgraph.loaders.tabular import cells
from medgraph.loaders.tabular.cells import WrongError
from medgraph.words.foreign_workbooks import NOTHING
from medgraph.words.vocabularies import ABOUT, UNTIL_NOW, fold, word

CODES = frozenset({"uscc", "institution_code", "ws218", "id"})
_SHORTENED = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d+")
_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?")
# 20231: a month without its zero, or a serial day of 1955
_YEAR_AND_DIGIT = re.compile(r"2[01]\d{3}")
_YEAR = re.compile(r"(\d{4})\s*年?")
_FACTORS = {"亿": 100_000_000, "万": 10_000, "千": 1_000, "百": 100, "十": 10}
_FACTOR = re.compile(r"([百千]?[万亿]|[十百千])[张人个名]?")


def read_value(
    field: str,
    text: str,
    *,
    date: str = "",
    unit: str = "",
    words: dict[str, str] | None = None,
    lost: bool = False,
) -> tuple[str | None, str]:
    """Return what a cell of a facility's `field` states, as our text, and the code of a warning.

    The code is empty where none is due. Raise WrongError for what is no value of the field. `lost`:
    Excel has cut digits of this number.
    """
    described = schema.FACILITIES.field(field)
    plain = unicodedata.normalize("NFKC", text).strip()
    if field in CODES or field == "area":
        return read_code(plain, lost=lost), ""
    if described is None:
        return text, ""
    if described.vocabulary and described.type == "text":
        return read_word(described.vocabulary, text, words or {}), ""
    if described.type == "date":
        if lost:
            raise WrongError("E013", {"value": text})
        usual = "last" if field == "valid_to" else "first"
        return read_day(plain, last=(date or usual) == "last")
    if described.type in ("integer", "number"):
        return read_amount(plain, whole=described.type == "integer", unit=unit)
    return text, ""


def read_code(text: str, *, lost: bool = False) -> str:
    """Return a code as it was typed; raise WrongError where its digits are lost."""
    if lost or _SHORTENED.fullmatch(text):
        raise WrongError("E171", {"value": text})
    return text.upper()


def is_nothing(text: str) -> bool:
    """Whether a text says that there is nothing.

    >>> is_nothing("－"), is_nothing("无"), is_nothing("0")
    (True, True, False)
    """
    return unicodedata.normalize("NFKC", text).strip().casefold() in NOTHING


def read_day(text: str, *, last: bool = False) -> tuple[str | None, str]:
    """Return a day as 2023-10-25; a month or a year alone means its first day, or its last.

    >>> read_day("2023.10.25"), read_day("2023年10月", last=True)
    (('2023-10-25', ''), ('2023-10-31', 'W172'))
    """
    if fold(text) in UNTIL_NOW:
        return None, ""
    if _YEAR_AND_DIGIT.fullmatch(text):
        raise WrongError("E013", {"value": text})
    try:
        return cells.day(text).isoformat(), ""
    except WrongError:
        year, month = _year_and_month(text, last=last)
    if not (1 <= month <= 12 and 1900 <= year <= 2200):
        raise WrongError("E013", {"value": text})
    day = calendar.monthrange(year, month)[1] if last else 1
    return f"{year:04d}-{month:02d}-{day:02d}", "W172"


def _year_and_month(text: str, *, last: bool) -> tuple[int, int]:
    """The year and month that a text states; of a year alone its first month, or its last."""
    if found := _MONTH.fullmatch(text):
        return int(found[1]), int(found[2])
    if found := _YEAR.fullmatch(text):
        return int(found[1]), 12 if last else 1
    raise WrongError("E013", {"value": text})


def read_amount(text: str, *, whole: bool = False, unit: str = "") -> tuple[str, str]:
    """Return a number as digits; about, and ten thousands, are read with a warning.

    >>> read_amount("约300"), read_amount("3.2万")
    (('300', 'W171'), ('32000', 'W171'))
    """
    bare = text
    for about in sorted(ABOUT, key=len, reverse=True):
        bare = bare.removeprefix(about)
    bare = re.sub(r"(?:余|多|左右|以上)?\s*[张人个家名所]?(?:左右)?$", "", bare.strip())
    digits = bare.rstrip("".join(_FACTORS))
    try:
        number = cells.number(digits)
    except WrongError as error:
        raise WrongError("E012", {"value": text}) from error
    factor = factor_of(bare[len(digits) :])
    number = round(number * factor * (factor_of(unit) or 1), 6)
    if factor == 0 or (whole and number != int(number)):
        raise WrongError("E012", {"value": text})
    shown = str(int(number)) if number == int(number) else repr(number)
    return shown, "W171" if digits != text else ""


def factor_of(unit: str) -> int:
    """Return by what a unit multiplies: one for nothing or for pieces, zero where it is none.

    >>> factor_of("百张"), factor_of("千万"), factor_of("张"), factor_of("平方米")
    (100, 10000000, 1, 0)
    """
    if unit in ("", *"张人个家名所"):
        return 1
    found = _FACTOR.fullmatch(unit)
    return math.prod(_FACTORS[sign] for sign in found[1]) if found else 0


def read_word(vocabulary: str, text: str, words: dict[str, str]) -> str:
    """Return our word for theirs; raise WrongError with the nearest where nobody knows it."""
    stated = cells.mapped(text, words)
    found = word(vocabulary, stated)
    if found is None and vocabulary not in OPEN_VOCABULARIES:
        raise WrongError("E031", unknown_word(vocabulary, stated))
    return found or stated
