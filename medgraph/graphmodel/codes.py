"""Check codes: areas, unified social credit code, organisation, institution, WS 218.

Each `..._fault` returns the key of a sentence that says what is wrong, or an empty text. Nothing
here knows whether a code was ever given out; it only knows how one is built.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Callable

# How many digits of a code name an area of each level.
DIGITS = {"province": 2, "city": 4, "county": 6, "township": 9, "village": 12}
FULL_LENGTH = DIGITS["village"]
SHORT_LENGTHS = tuple(digits for digits in DIGITS.values() if digits < FULL_LENGTH)
# The third segment of a township's code says its kind: its least and greatest number.
TOWNSHIP_KINDS = {
    "subdistrict": ("001", "099"),
    "town": ("100", "199"),
    "township": ("200", "399"),
    "quasi_unit": ("400", "599"),
}
# 99 is no province: the synthetic country has it, so that none of its codes is a real one.
_PROVINCES = frozenset(
    str(code)
    for code in (
        *range(11, 16),
        *range(21, 24),
        *range(31, 38),
        *range(41, 47),
        *range(50, 55),
        *range(61, 66),
        71,
        81,
        82,
        99,
    )
)
_USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_BASE36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# WS 218-2002, the part that networks of care need; any other code is a warning, not an error.
WS218 = frozenset(
    {
        "A100",
        "A210",
        "A518",
        "A519",
        "A520",
        "A527",
        "A710",
        "B100",
        "B200",
        "C100",
        "C210",
        "C220",
        "D600",
        "E100",
        "G100",
        "G200",
        "G300",
        "J100",
        "K100",
    }
)
_MANAGEMENTS = frozenset("129")


def explain(key: str) -> str:
    """Return the sentence part for what a `..._fault` found."""
    return say(key)


def area_code_fault(code: str) -> str:
    """Check the structure of a GB/T 2260 + township + village code of 2, 4, 6, 9 or 12 digits.

    A text that is not all digits is no such code (another country's, a plan's own): no fault.

    >>> area_code_fault("331003003000"), area_code_fault("33100300300")
    ('', 'why_area_length')
    """
    if not re.fullmatch(r"[0-9]+", code):
        return "why_area_digits" if re.fullmatch(r"[0-9.]+[Ee]\+?[0-9]+", code) else ""
    if len(code) not in (*SHORT_LENGTHS, FULL_LENGTH):
        return "why_area_length"
    if code[:2] not in _PROVINCES:
        return "why_area_province"
    # A prefecture without counties (东莞) has townships below 00; all else below a zero is a slip.
    digits = padded(code)
    has_township, has_village = int(digits[6:9]) > 0, int(digits[9:]) > 0
    return "why_area_gap" if has_village and not has_township else ""


def doubtful_area_codes(texts: pa.Array) -> pa.Array:
    """Return the texts but those of 12 digits, a known province, and no gap before a village.

    >>> doubtful_area_codes(pa.array(["331003003000", "331003000001", "331003"])).to_pylist()
    ['331003000001', '331003']
    """
    provinces = "|".join(sorted(_PROVINCES))
    is_whole = pc.match_substring_regex(texts, f"^({provinces})[0-9]{{10}}$")
    has_township = pc.invert(pc.match_substring_regex(texts, "^.{6}000"))
    is_sound = pc.and_(is_whole, pc.or_(has_township, pc.ends_with(texts, "000")))
    return texts.filter(pc.invert(is_sound))


def county(code: str | None) -> str:
    """Return the county part (6 digits) of an area code, empty for any other text.

    >>> county("331003003000"), county("G1")
    ('331003', '')
    """
    return code[:6] if code and re.fullmatch(r"[0-9]{6,12}", code) else ""


def padded(code: str) -> str:
    """Return an area code of 2, 4, 6 or 9 digits with its zeros; any other text as it is.

    >>> padded("331003"), padded("G1")
    ('331003000000', 'G1')
    """
    is_short = len(code) in SHORT_LENGTHS and code.isascii() and code.isdigit()
    return code.ljust(FULL_LENGTH, "0") if is_short else code


def uscc_fault(code: str) -> str:
    """Check a unified social credit code (GB 32100-2015): 18 signs, two of them check signs.

    >>> uscc_fault("12330000470051726F"), uscc_fault("12331000470460720G")
    ('', 'why_check')
    """
    if len(code) != 18:
        return "why_uscc_length"
    if any(sign not in _USCC_SIGNS for sign in code):
        return "why_uscc_signs"
    if code[2:4] not in _PROVINCES and code[2:8] != "100000":
        return "why_area_province"
    total = sum(
        _USCC_SIGNS.index(sign) * weight for sign, weight in zip(code, _USCC_WEIGHTS, strict=False)
    )
    if code[17] != _USCC_SIGNS[(31 - total % 31) % 31]:
        return "why_check"
    return organisation_fault(code[8:17])


def organisation_fault(code: str) -> str:
    """Check an organisation code (GB 11714): 8 signs and a check sign.

    >>> organisation_fault("470051726"), organisation_fault("470460720")
    ('', 'why_organisation_check')
    """
    code = without_strokes(code)
    if not re.fullmatch(r"[0-9A-Z]{8}[0-9X]", code):
        return "why_organisation_signs"
    total = sum(
        _BASE36.index(sign) * weight
        for sign, weight in zip(code, _ORGANISATION_WEIGHTS, strict=False)
    )
    check = 11 - total % 11
    return "" if code[8] == {10: "X", 11: "0"}.get(check, str(check)) else "why_organisation_check"


def institution_code_fault(code: str) -> str:
    """Check a health institution code of 22 signs.

    They are 9 organisation, 6 area, 2 economic type, 4 class, 1 management.

    >>> institution_code_fault("470051726" + "331003" + "11" + "A100" + "1")
    ''
    """
    if standard := _of_length(without_strokes(code)):
        # what has the length of another code is judged as that: 22 signs are not what it lacks
        return standard.fault(code) or "why_institution_length"
    if not re.fullmatch(r"[0-9A-Z]{22}", code):
        return "why_institution_length"
    if area_code_fault(code[9:15]):
        return "why_area_province"
    if not re.fullmatch(r"[A-Z][0-9]{3}", code[17:21]):
        return "why_institution_class"
    if code[21] not in _MANAGEMENTS:
        return "why_institution_management"
    return organisation_fault(code[:9])


class Standard(NamedTuple):
    """A standard of codes of institutions: how many signs it has, and what finds its faults."""

    length: int
    fault: Callable[[str], str]


# The columns of facilities that hold such codes.
INSTITUTION_CODES = {
    "uscc": Standard(18, uscc_fault),
    "institution_code": Standard(22, institution_code_fault),
    "organisation_code": Standard(9, organisation_fault),
}


def without_strokes(code: str) -> str:
    """Return a code as it is compared: organisation codes are printed with a stroke.

    >>> without_strokes("47005172-6")
    '470051726'
    """
    return code.replace("-", "")


def standard_of(code: str) -> str:
    """Return which column a code belongs to, by its length and its check character; else nothing.

    >>> standard_of("12330000470051726F"), standard_of("47005172-6"), standard_of("470051727")
    ('uscc', 'organisation_code', '')
    """
    plain = without_strokes(code)
    for column, standard in INSTITUTION_CODES.items():
        if len(plain) == standard.length and not standard.fault(plain):
            return column
    return ""


def _of_length(code: str) -> Standard | None:
    """The standard of credit and organisation codes that have so many signs."""
    others = (INSTITUTION_CODES[column] for column in ("uscc", "organisation_code"))
    return next((standard for standard in others if standard.length == len(code)), None)
