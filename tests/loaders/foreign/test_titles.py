"""Titles of columns: what they mean, in one row or several, and the unit they state."""

from __future__ import annotations

import pytest

from medgraph.loaders.foreign.header import find_header
from medgraph.loaders.foreign.titles import ACROSS, known_in, known_title, plain_title, titles_of
from medgraph.loaders.workbooks.grid import Grid


def grid_of(*rows, merged=()):
    return Grid("u.xlsx", "名册", [list(row) for row in rows], list(merged))


@pytest.mark.parametrize(
    ("written", "meaning"),
    [
        ("机构 名称", "name"),
        ("所属集团（全称）", "group"),
        ("床位数\n（张）", "beds"),
        ("上转", ACROSS),
        ("甲县城市医疗集团", ACROSS),
        ("集团", "group"),
        ("说不清", ""),
        ("機構名稱", "name"),
        ("所屬醫共體", "group"),
        ("床位數\n（張）", "beds"),
        ("甲縣城市醫療集團", ACROSS),
    ],
)
def test_what_a_title_means(written, meaning):
    """Blanks and brackets change nothing; a relation or a group is what a matrix has across."""
    assert known_title(plain_title(written)) == meaning


def test_titles_under_a_merged_one_are_joined():
    """A merged title counts for all its columns; the lowest part says what a column means."""
    grid = grid_of(
        ["基本情况", None, "规模（百张）"], ["名称", "类型", "床位"], merged=[(0, 0, 0, 1)]
    )
    titles = titles_of(grid, 0, 1)
    assert [title.written for title in titles] == [
        "基本情况/名称",
        "基本情况/类型",
        "规模（百张）/床位",
    ]
    assert [title.known for title in titles] == ["name", "type", "beds"]
    assert titles[2].unit == "百张"


def test_roles_in_cells_are_no_titles():
    """A row of 牵头 and 成员 is data."""
    assert known_in(["甲医院", "牵头", "成员"]) == {}
    assert known_in(["机构名称", "床位", None]) == {0: "name", 1: "beds"}


def test_a_header_is_the_row_with_most_titles():
    """A line above it, and numbers of the columns below, are told apart."""
    grid = grid_of(
        ["一览表", None, None], ["名称", "集团", "床位"], ["1", "2", "3"], ["甲医院", "乙集团", "9"]
    )
    header = find_header(grid)
    assert (header.first, header.last) == (1, 2)


def test_two_tables_on_a_sheet_have_no_one_header():
    """Two rows with as many different titles: both are named as candidates."""
    grid = grid_of(["名称", "集团"], ["甲医院", "乙集团"], ["床位", "职工数"], ["9", "8"])
    header = find_header(grid)
    assert not header.found
    assert len(header.candidates) == 2
