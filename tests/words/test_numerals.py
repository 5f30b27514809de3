"""Numbers as people write them: one reader, exact, with a float, an int and a Fraction as its faces."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medgraph.words import numerals
from medgraph.words.foreign_workbooks import COUNT_OF_UNITS, COUNTED_LIST
from medgraph.words.plan_language import STATED_NUMBER


@given(st.integers(0, 999))
def test_a_whole_number_reads_back(number):
    """Digits, digits with commas, and Chinese up to nineteen mean the number that they write."""
    assert numerals.read_integer(f"{number * 1000:,}") == number * 1000
    assert numerals.read_chinese(str(number)) == number
    assert numerals.read_chinese(numerals.in_chinese(number)) == number


@pytest.mark.parametrize(
    ("text", "amount", "bare"),
    [
        ("300", 300, True),
        ("约300", 300, False),
        ("３００", 300, True),
        ("1.1万", 11_000, False),
        ("20余张", 20, False),
        ("0.1千万", 1_000_000, False),
    ],
)
def test_amounts_are_exact(text, amount, bare):
    """A factor multiplies exactly: 1.1万 is 11000 and no 11000.000000000002."""
    assert numerals.read_amount(text) == (Fraction(amount), bare)


@pytest.mark.parametrize("text", ["", "many", "12张张", "1,2", "90%", "3平方米"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - it is raised with the text alone
        numerals.read_amount(text)


def test_a_number_too_long_to_write_out_is_none():
    """An exponent without end fills no memory."""
    assert numerals.read_exact("1e999999999") is None
    with pytest.raises(ValueError, match="1e999"):
        numerals.read_amount("1e999999999")
    with pytest.raises(ValueError, match="1e999"):
        numerals.read_integer("1e999")


@pytest.mark.parametrize("number", ["三", "十二", "两百", "一百零五", "一百〇五"])
def test_whatever_looks_for_a_numeral_knows_all_its_signs(number):
    assert COUNT_OF_UNITS.search(f"共{number}家")[1] == number
    assert STATED_NUMBER.search(f"共{number}家")[0] == number
    assert COUNTED_LIST.sub("", f"{number}家") == ""
