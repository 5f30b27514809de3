"""Days as people write them: one reader for cells, other people's workbooks and policies."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medgraph.words import days

DAY = datetime.date(2023, 10, 5)


@given(st.dates(datetime.date(1955, 1, 1), datetime.date(2110, 1, 1)))
def test_a_day_reads_back_from_every_form(day):
    """ISO, strokes, points, Chinese, eight digits and Excel's number mean one day."""
    excel = (day - datetime.date(1899, 12, 30)).days
    forms = (f"{day}", f"{day:%Y/%m/%d}", f"{day:%Y.%m.%d}", f"{day:%Y年%m月%d日}", f"{day:%Y%m%d}")
    assert {days.read_day(text) for text in (*forms, str(excel), f"{day} 08:30:00")} == {day}


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023年10月", "2023-10-01", "2023-10-31"),
        ("2024.2", "2024-02-01", "2024-02-29"),
        ("2023年", "2023-01-01", "2023-12-31"),
        ("2023", "2023-01-01", "2023-12-31"),
    ],
)
def test_a_month_or_a_year_means_its_first_or_last_day(text, first, last):
    assert days.read_day_or_month(text, last=False) == (datetime.date.fromisoformat(first), False)
    assert days.read_day_or_month(text, last=True) == (datetime.date.fromisoformat(last), False)


@pytest.mark.parametrize("text", ["2023-13-01", "20231", "2023年13月", "soon", ""])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - it is raised with the text alone
        days.read_day_or_month(text, last=False)
