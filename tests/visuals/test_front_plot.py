"""The plot of a front shows each limit once, and tells what is proven from what is not."""

from __future__ import annotations

import pandas as pd
import pytest

from medgraph.visuals import front_plot
from tests.browser import choose, click, opened

COLUMNS = ["limit", "value", "moves", "bound", "person_minutes", "deviation", "proven"]


def front(*rows) -> pd.DataFrame:
    return pd.DataFrame(
        [
            (limit, value, moves, bound, None, None, proven)
            for limit, value, moves, bound, proven in rows
        ],
        columns=COLUMNS,
    )


def test_each_limit_is_marked():
    """A filled circle, a hollow one with a line down to what is not ruled out, a cross; the stamp stands on it."""
    rows = [
        ("tolerance", 0.2, 4, 4, True),
        ("tolerance", 0.1, 8, 6, False),
        ("tolerance", 0.05, None, None, True),
    ]
    figure = front_plot(front(*rows), stamps=("made up",), lang="en")
    assert figure.counts == {"shown": 2, "all": 3}
    assert figure.svg.count("stroke-dasharray") == 1
    for words in ("20 %", "10 %", "5 %", "no plan", "made up", ">4<", ">8<"):
        assert words in figure.svg


@pytest.mark.parametrize("rows", [[], [("minutes", 30, 2, 2, True)]])
def test_few_limits_are_drawn_too(rows):
    """None, and one of minutes."""
    figure = front_plot(front(*rows), lang="zh")
    assert figure.counts == {"shown": len(rows), "all": len(rows)}
    assert figure.svg.startswith("<svg")


def test_a_front_has_its_table_beneath(chromium, tmp_path):
    """A row for each limit with what is proven of it; a row by Enter focuses its mark; filtered by state."""
    rows = [
        ("tolerance", 0.2, 4, 4, True),
        ("tolerance", 0.1, 8, 6, False),
        ("tolerance", 0.05, None, None, True),
    ]
    figure = front_plot(front(*rows), lang="en")
    assert figure.table["state"].tolist() == [
        "a plan, proven the fewest",
        "a plan, not proven",
        "no plan, proven",
    ]
    with opened(chromium, figure.save(tmp_path / "x.html")) as one:
        page = one.page
        click(page, "#table summary")
        page.focus("#table tbody tr:nth-child(2)")
        page.keyboard.press("Enter")
        assert page.evaluate("() => document.activeElement.dataset.id") == "10 %"
        choose(page, "#by-state", "no plan, proven")
        shown = page.locator("#table tbody tr:not(.out)")
        assert shown.all_inner_texts() == ["5 %\t\t\tno plan, proven"]
        one.verify()
