"""A number is read as the unit of its column asks; what does not fit is not understood."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medgraph.words.numerals import read_exact
from medgraph.words.quantities import is_per_cent, quantity, without_per_cent
from medgraph.words.stated import stated


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("33.3%", "share", Fraction(333, 1000)),
        ("33.3％", "share", Fraction(333, 1000)),
        ("0.333", "share", Fraction(333, 1000)),
        ("1/3", "share", Fraction(1, 3)),
        ("0", "share", Fraction(0)),
        ("1", "share", Fraction(1)),
        ("100%", "share", Fraction(1)),
        ("33.3", "share", None),  # never 3330 %
        ("百分之六十五", "share", Fraction(65, 100)),
        ("百分之九十点零五", "share", Fraction(9005, 10000)),
        ("百分之九十點五", "share", Fraction(905, 1000)),
        ("百分之６５.5", "share", Fraction(655, 1000)),
        ("百分之一百", "share", Fraction(1)),
        ("百分之百", "share", Fraction(1)),
        ("百分之零", "share", Fraction(0)),
        ("百分之一百二十", "share", None),
        ("百分之六五", "share", None),  # six, or five, or sixty-five
        ("百分之", "share", None),
        ("百分之点五", "share", None),
        ("约百分之六十五", "share", None),
        ("百分之六十五左右", "share", None),
        ("百分之六十五", "amount", None),
        ("百分之六十五", "count", None),
        ("百分之六十五", "points", None),
        ("101%", "share", None),
        ("-1%", "share", None),
        ("12", "count", Fraction(12)),
        ("12.0", "count", Fraction(12)),
        ("0", "count", Fraction(0)),
        ("十二", "count", Fraction(12)),
        ("12项", "count", None),
        ("1.2万人次", "count", None),
        ("1.9", "count", None),
        ("-3", "count", None),
        ("约12", "count", None),
        ("12余", "count", None),
        ("30天", "days", Fraction(30)),
        ("三十日", "days", Fraction(30)),
        ("0.5", "days", None),
        ("-1", "days", None),
        ("90", "points", Fraction(90)),
        ("100", "points", Fraction(100)),
        ("0", "points", Fraction(0)),
        ("100.1", "points", None),
        ("-0.5", "points", None),
        ("0.5", "amount", Fraction(1, 2)),
        ("0", "amount", Fraction(0)),
        ("15分钟", "amount", None),
        ("-0.1", "amount", None),
        ("-7", "number", Fraction(-7)),
        ("1,200", "number", Fraction(1200)),
        ("1050", "score", Fraction(1050)),
    ],
)
def test_a_number_fits_its_unit_or_is_not_understood(text, unit, expected):
    assert quantity(text, unit) == expected


@pytest.mark.parametrize("text", [None, "", "待定", "一", "许多", "zzqx", "1e999999"])
@pytest.mark.parametrize("unit", ["share", "count", "days", "points", "amount", "number"])
def test_what_is_no_number_is_none_in_any_unit(text, unit):
    """A 一 by itself may be the dash of an empty cell."""
    assert quantity(text, unit) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("33.3", Fraction(333, 1000)),
        ("33.3%", Fraction(333, 1000)),  # the sign is not taken twice
        ("百分之三十三", Fraction(33, 100)),
        ("0.5", Fraction(1, 200)),
        ("100", Fraction(1)),
        ("101", None),
    ],
)
def test_a_column_declared_in_per_cent(text, expected):
    assert quantity(text, "share", per_cent=True) == expected


def test_per_cent_changes_no_other_unit():
    assert quantity("33", "count", per_cent=True) == 33


@pytest.mark.parametrize("unit", ["%", "％", "百分比", " percent ", "Per Cent"])
def test_units_that_say_per_cent(unit):
    assert is_per_cent(unit)


@pytest.mark.parametrize("unit", [None, "", "人次", "‰"])
def test_units_that_do_not(unit):
    assert not is_per_cent(unit)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("县域就诊率(%)", ("县域就诊率", True)),
        ("县域就诊率（％）", ("县域就诊率", True)),
        ("县域就诊率 [%] ", ("县域就诊率 ", True)),
        ("床位(张)", ("床位(张)", False)),
        ("(%)率", ("(%)率", False)),
    ],
)
def test_a_title_with_per_cent_at_its_end(title, expected):
    assert without_per_cent(title) == expected


DIGITS = st.characters(categories=["Nd", "Zs"])


@given(st.text(DIGITS | st.sampled_from("0123456789+-/._,eE%％。；;！!\t\n\x1c"), max_size=8))
def test_whatever_reads_as_a_number_is_one(text):
    exact = read_exact(stated(text))
    assert exact is None or quantity(text, "number") == exact
