"""Read the values of cells as planners write them: dates, numbers with 约 and 万, codes that lost digits."""

from __future__ import annotations

import calendar
import math
import re
import unicodedata

from medgraph.graphmodel import codes, schema
from medgraph.graphmodel.validate import OPEN_VOCABULARIES, unknown_word
from medgraph.loaders.tabular import cells
from medgraph.loaders.tabular.cells import WrongError
from medgraph.words.vocabularies import ABOUT, NOTHING, UNTIL_NOW, fold, word

CODES = frozenset({"uscc", "institution_code", "ws218", "id"})
_SHORTENED = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d+")
_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?")
_YEAR_AND_DIGIT = re.compile(
    r"2[01]\d{3}"
)  # 20231: a month without its zero, or a serial day of 1955
_YEAR = re.compile(r"(\d{4})\s*年?")
_FACTORS = {"亿": 100_000_000, "万": 10_000, "千": 1_000, "百": 100, "十": 10}
_FACTOR = re.compile(r"([百千]?[万亿]|[十百千])[张人个名]?")


def value(
    field: str,
    text: str,
    *,
    date: str = "",
    unit: str = "",
    words: dict[str, str] | None = None,
    lost: bool = False,
) -> tuple[str | None, str]:
    """Return what a cell of a facility's `field` states, as our text, and a warning's code where one is due.

    Raise WrongError for what is no value of the field. `lost`: Excel has cut digits of this number.
    """
    described = schema.FACILITIES.field(field)
    plain = unicodedata.normalize("NFKC", text).strip()
    if field in CODES or field == "area":
        return code(plain, lost=lost), ""
    if described is not None and described.vocabulary and described.type == "text":
        return vocabulary(described.vocabulary, text, words or {}), ""
    kind = described.type if described is not None else "text"
    if kind == "date" and lost:
        raise WrongError("E013", {"value": text})
    if kind == "date":
        return day(plain, last=(date or ("last" if field == "valid_to" else "first")) == "last")
    if kind in ("integer", "number"):
        return number(plain, whole=kind == "integer", unit=unit)
    return text, ""


def code(text: str, *, lost: bool = False) -> str:
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


def is_shortened(text: str) -> bool:
    """Whether a text is a number that Excel shows shortened.

    >>> is_shortened("3.31002E+11")
    True
    """
    return bool(_SHORTENED.fullmatch(text))


def day(text: str, *, last: bool = False) -> tuple[str | None, str]:
    """Return a day as 2023-10-25; a month or a year alone means its first day, or its last.

    >>> day("2023.10.25"), day("2023年10月", last=True)
    (('2023-10-25', ''), ('2023-10-31', 'W172'))
    """
    if fold(text) in UNTIL_NOW:
        return None, ""
    if _YEAR_AND_DIGIT.fullmatch(text):
        raise WrongError("E013", {"value": text})
    try:
        return cells.day(text).isoformat(), ""
    except WrongError:
        found = _MONTH.fullmatch(text) or _YEAR.fullmatch(text)
        if found is None:
            raise
    year, month = int(found[1]), int(found[2]) if found.re is _MONTH else (12 if last else 1)
    if not (1 <= month <= 12 and 1900 <= year <= 2200):
        raise WrongError("E013", {"value": text})
    number = calendar.monthrange(year, month)[1] if last else 1
    return f"{year:04d}-{month:02d}-{number:02d}", "W172"


def number(text: str, *, whole: bool = False, unit: str = "") -> tuple[str, str]:
    """Return a number as digits; about, and ten thousands, are read with a warning.

    >>> number("约300"), number("3.2万")
    (('300', 'W171'), ('32000', 'W171'))
    """
    bare = text
    for about in sorted(ABOUT, key=len, reverse=True):
        bare = bare.removeprefix(about)
    bare = re.sub(r"(?:余|多|左右|以上)?\s*[张人个家名所]?(?:左右)?$", "", bare.strip())
    digits = bare.rstrip("".join(_FACTORS))
    try:
        read = round(
            cells.number(digits)
            * (factor_of(bare[len(digits) :]) or math.nan)
            * (factor_of(unit) or 1),
            6,
        )
    except WrongError:
        read = math.nan
    if math.isnan(read) or (whole and read != int(read)):
        raise WrongError("E012", {"value": text})
    shown = str(int(read)) if read == int(read) else repr(read)
    return shown, "W171" if digits != text else ""


def factor_of(unit: str) -> int:
    """Return by what a unit multiplies: one for nothing or for pieces, zero where it is no unit of numbers.

    >>> factor_of("百张"), factor_of("千万"), factor_of("张"), factor_of("平方米")
    (100, 10000000, 1, 0)
    """
    if unit in ("", *"张人个家名所"):
        return 1
    found = _FACTOR.fullmatch(unit)
    return math.prod(_FACTORS[sign] for sign in found[1]) if found else 0


def vocabulary(name: str, text: str, words: dict[str, str]) -> str:
    """Return our word for theirs; raise WrongError with the nearest where nobody knows it."""
    said = cells.mapped(text, words)
    found = word(name, said)
    if found is None and name not in OPEN_VOCABULARIES:
        raise WrongError("E031", unknown_word(name, said))
    return found or said


def area_code(text: str) -> tuple[str, bool]:
    """Return an area code with its zeros, and whether they had to be added.

    >>> area_code("331002001")
    ('331002001000', True)
    """
    full = codes.padded(text)
    return full, full != text
