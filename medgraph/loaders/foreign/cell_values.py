"""Read the values of cells as planners write them: days, numbers with 约 and 万, codes, words."""

from __future__ import annotations

import re
import unicodedata

from medgraph.graphmodel import schema
from medgraph.graphmodel.codes import INSTITUTION_CODES
from medgraph.graphmodel.validate import OPEN_VOCABULARIES, unknown_word
from medgraph.loaders.foreign.roles import without_role
from medgraph.loaders.tabular import cells
from medgraph.loaders.tabular.cells import WrongError
from medgraph.words import numerals
from medgraph.words.days import UNTIL_NOW, read_day_or_month
from medgraph.words.foreign_workbooks import NO_FACILITY_OF_ITS_OWN, NOTHING
from medgraph.words.simplified import readable
from medgraph.words.vocabularies import fold, word

CODES = frozenset({*INSTITUTION_CODES, "ws218", "id"})
_SHORTENED = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d+")


def read_value(
    field: str,
    text: str,
    *,
    date: str = "",
    unit: str = "",
    words: dict[str, str] | None = None,
    lost: bool = False,
    table: schema.Table = schema.FACILITIES,
) -> tuple[str | None, str]:
    """Return what a cell of a `field` states, as our text, and the code of a warning.

    The code is empty where none is due. Raise WrongError for what is no value of the field. `lost`:
    Excel has cut digits of this number.
    """
    described = table.field(field)
    if field in CODES or field == "area":
        return read_code(unicodedata.normalize("NFKC", text).strip(), lost=lost), ""
    said = readable(text).strip()
    if described is None:
        return text, ""
    if described.vocabulary and described.type == "text":
        return read_word(described.vocabulary, text, words or {}), ""
    if described.type == "date":
        if lost:
            raise WrongError("E013", {"value": text})
        usual = "last" if field == "valid_to" else "first"
        return read_day(said, last=(date or usual) == "last")
    if described.type in ("integer", "number"):
        return read_amount(said, whole=described.type == "integer", unit=unit)
    return text, ""


def read_code(text: str, *, lost: bool = False) -> str:
    """Return a code as it was typed; raise WrongError where its digits are lost."""
    if lost or _SHORTENED.fullmatch(text):
        raise WrongError("E171", {"value": text})
    return text.upper()


def is_nothing(text: str) -> bool:
    """Whether a text says that there is nothing.

    >>> is_nothing("－"), is_nothing("— —"), is_nothing("无"), is_nothing("0")
    (True, True, True, False)
    """
    return "".join(readable(text).split()).casefold() in NOTHING


def is_no_facility(text: str) -> bool:
    """Whether a text where a name should stand says that there is no facility of its own.

    >>> is_no_facility("与李家村合设"), is_no_facility("未设"), is_no_facility("李家村卫生室")
    (True, True, False)
    """
    return is_nothing(text) or bool(NO_FACILITY_OF_ITS_OWN.fullmatch(readable(text).strip()))


def read_day(text: str, *, last: bool = False) -> tuple[str | None, str]:
    """Return a day as 2023-10-25; a month or a year alone means its first day, or its last.

    >>> read_day("2023.10.25"), read_day("2023年10月", last=True)
    (('2023-10-25', ''), ('2023-10-31', 'W172'))
    """
    if fold(text) in UNTIL_NOW:
        return None, ""
    try:
        found, whole = read_day_or_month(text, last=last)
    except ValueError:
        raise WrongError("E013", {"value": text}) from None
    return found.isoformat(), "" if whole else "W172"


def read_amount(text: str, *, whole: bool = False, unit: str = "") -> tuple[str, str]:
    """Return a number as digits; about, and ten thousands, are read with a warning.

    >>> read_amount("约300"), read_amount("3.2万")
    (('300', 'W171'), ('32000', 'W171'))
    """
    try:
        amount, is_bare = numerals.read_amount(text, unit=unit)
    except ValueError:
        raise WrongError("E012", {"value": text}) from None
    amount = round(amount, 6)
    if whole and amount.denominator != 1:
        raise WrongError("E012", {"value": text})
    shown = str(amount.numerator) if amount.denominator == 1 else repr(float(amount))
    return shown, "" if is_bare else "W171"


def read_word(vocabulary: str, text: str, words: dict[str, str]) -> str:
    """Return our word for theirs; raise WrongError with the nearest where nobody knows it."""
    stated = without_role(cells.mapped(text, words))
    found = word(vocabulary, stated)
    if found is None and vocabulary not in OPEN_VOCABULARIES:
        raise WrongError("E031", unknown_word(vocabulary, stated))
    return found or stated
