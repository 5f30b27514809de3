"""A ledger of postings: links with title, role and days, and nothing of it on the hospitals."""

from __future__ import annotations

import datetime

import openpyxl
import pandas as pd

from medgraph.loaders.foreign.tidy import tidy
from medgraph.queries import dispatch
from medgraph.words.say import speaking
from tests.loaders.foreign.test_questions import answer, questions
from tests.loaders.foreign.test_tidy import balanced

HEAD = ["序号", "姓名", "派出单位", "派驻单位", "专业", "职称", "岗位", "开始时间", "结束时间"]
ROWS = [
    [
        1,
        "赵甲",
        "甲县人民医院",
        "甲县石桥镇卫生院",
        "内科",
        "主治医师",
        "临床",
        "2024.1.1",
        "2024.12.31",
    ],
    [
        2,
        "钱乙",
        "甲县人民医院",
        "甲县石桥镇卫生院",
        "外科",
        "副主任医师",
        "临床",
        "2024/3/1",
        "至今",
    ],
    [
        3,
        "孙丙",
        "甲县中医医院",
        "甲县高桥镇卫生院",
        "针灸",
        "主治医师",
        "管理",
        "二〇二四年三月",
        None,
    ],
    [4, "李丁", "甲县中医医院", "甲县高桥镇卫生院", "中医", "主任医师", None, 45352, 45657],
]
WRONG = [5, "周戊", "甲县人民医院", "甲县高桥镇卫生院", "中医", "主任医师", None, "去年", None]


def read(tmp_path, rows):
    """The reading of a workbook with a ledger under a title."""
    book = openpyxl.Workbook()
    for row in [["2024年度下派人员台账"], HEAD, *rows]:
        book.active.append(row)
    book.save(tmp_path / "in.xlsx")
    return tidy(tmp_path / "in.xlsx", tmp_path / "out.xlsx")


def test_each_line_is_a_posting_with_its_own_days(tmp_path):
    """Two postings between the same two are two; the hospitals have no days."""
    reading = read(tmp_path, ROWS)
    net = reading.loaded.network
    links = net.edges()
    assert set(links["relation"]) == {"DISPATCHES"}
    assert len(links) == len(ROWS)
    assert list(links["title"]) == ["attending", "associate_chief", "attending", "chief"]
    assert list(links["role"].fillna("")) == ["clinical", "clinical", "management", ""]
    days = pd.to_datetime(links["valid_from"]).dt.date
    assert list(days)[2:] == [datetime.date(2024, 3, 1), datetime.date(2024, 3, 1)]
    assert links["staff"].eq(1).all()
    nodes = net.nodes()
    for name in ("valid_from", "valid_to"):
        assert name not in nodes or nodes[name].isna().all()
    assert balanced(reading)
    assert len(dispatch.ledger(net, as_of="2024-06-30").frame) == len(ROWS)


def test_a_posting_whose_day_is_lost_is_not_one_for_ever(tmp_path):
    """It is told with its cell, and leaves no link; the facilities stay."""
    reading = read(tmp_path, [*ROWS, WRONG])
    assert len(reading.loaded.network.edges()) == len(ROWS)
    assert ("E013", "Sheet!H7") in {(p.code, p.place) for p in reading.account.problems}
    assert balanced(reading)


def test_a_short_name_is_asked_with_whom_it_may_mean(tmp_path):
    """县人民医院: chosen in one cell, its posting is read."""
    short = [5, "周戊", "县人民医院", "甲县高桥镇卫生院", "中医", "主任医师", None, 45352, 45657]
    with speaking("zh"):
        read(tmp_path, [*ROWS, short])
        asked = next(one for one in questions(tmp_path / "out.xlsx") if "县人民医院" in one["问题"])
        assert (asked["可选"], asked["没有回答时"]) == ("甲县人民医院", "没有读入")
        answer(tmp_path / "out.xlsx", "“县人民医院”", "甲县人民医院")
        again = tidy(tmp_path / "out.xlsx", tmp_path / "out.xlsx")
    assert len(again.loaded.network.edges()) == len(ROWS) + 1


MONTHS = [f"{month}月" for month in range(1, 13)]
BY_MONTH = [
    ["甲县人民医院", "甲县石桥镇卫生院", *[1, 1], *[0] * 10],
    ["甲县中医医院", "甲县高桥镇卫生院", *[0] * 12],
]


def by_month(tmp_path, *more):
    book = openpyxl.Workbook()
    for row in [["派出单位", "派驻单位", *MONTHS, *more], *BY_MONTH]:
        book.active.append([*row, *(["2024.1.1"] if row in BY_MONTH and more else [])])
    book.save(tmp_path / "in.xlsx")
    return tidy(tmp_path / "in.xlsx", tmp_path / "out.xlsx")


def test_months_that_are_not_read_make_no_posting_for_ever(tmp_path):
    """Two months, and none at all: neither holds all year; the rows are named."""
    reading = by_month(tmp_path)
    assert not len(reading.loaded.network.edges())
    assert len(reading.loaded.network.nodes("Facility")) == 4
    assert balanced(reading)
    left = {unread.place for unread in reading.account.unread}
    assert {"Sheet!A2", "Sheet!B2", "Sheet!A3", "Sheet!B3"} <= left


def test_a_column_of_time_that_is_not_read_makes_no_posting_for_ever(tmp_path):
    """时间 may be that of anything: it is asked, and once it is answered both days are there."""
    book = openpyxl.Workbook()
    book.active.append(["派出单位", "受援单位", "下派人数", "时间"])
    book.active.append(["甲县人民医院", "甲县石桥镇卫生院", 2, "2024.3-2025.2"])
    book.save(tmp_path / "u.xlsx")
    reading = tidy(tmp_path / "u.xlsx", tmp_path / "n.xlsx")
    assert len(reading.loaded.network.edges()) == 0
    assert balanced(reading)
    answer(tmp_path / "n.xlsx", "“时间”", "派驻时间")
    again = tidy(tmp_path / "n.xlsx", tmp_path / "n.xlsx").loaded.network.edges()
    (row,) = again.to_dict("records")
    assert row["staff"] == 2
    assert str(row["valid_from"].date()) == "2024-03-01"
    assert str(row["valid_to"].date()) == "2025-02-28"


def test_a_day_beside_the_months_is_enough(tmp_path):
    assert len(by_month(tmp_path, "开始时间").loaded.network.edges()) == 2


def test_a_day_that_lost_its_zero_in_excel_is_none(tmp_path):
    """2023.1 as a number is January, or October without its zero: nobody knows, as of a facility."""
    lost = [5, "周戊", "甲县人民医院", "甲县高桥镇卫生院", "中医", "主任医师", None, 2023.1, None]
    reading = read(tmp_path, [*ROWS, lost])
    assert [found.code for found in reading.problems if found.place == "Sheet!H7"] == ["E013"]
    assert len(reading.loaded.network.edges()) == len(ROWS)
    assert balanced(reading)
