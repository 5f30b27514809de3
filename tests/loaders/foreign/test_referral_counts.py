"""A table of referral counts: records that flows read, and never a link out of a count."""

from __future__ import annotations

import openpyxl
import pytest

from medgraph.loaders.foreign.tidy import tidy
from medgraph.loaders.records import read_records
from medgraph.loaders.workbooks import workbook
from medgraph.queries import flows
from medgraph.words.say import speaking
from tests.loaders.foreign.test_questions import answer, questions
from tests.loaders.foreign.test_tidy import balanced

HOSPITAL = "甲县人民医院"
CENTRE, OTHER = "甲县石桥镇卫生院", "甲县高桥镇卫生院"
HEAD = [
    ["医疗机构", "上转（人次）", None, "下转（人次）", "转往医院"],
    [None, "县内", "县外", None, None],
]
MERGED = ("A2:A3", "B2:C2", "D2:D3", "E2:E3")
ROWS = [[CENTRE, 30, 4, 12, HOSPITAL], [OTHER, 20, 0, "十几", HOSPITAL]]
MARCH = "甲县2024年3月双向转诊统计表"


@pytest.fixture(autouse=True)
def _chinese():
    with speaking("zh"):
        yield


def tidied(folder, title, rows=ROWS, head=HEAD, merged=MERGED):
    """The reading of a workbook with one table of counts, and the workbook that came of it."""
    book = openpyxl.Workbook()
    for row in [[title], *head, *rows]:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    book.save(folder / "in.xlsx")
    return tidy(folder / "in.xlsx", folder / "out.xlsx"), folder / "out.xlsx"


def records(path):
    """The rows that flows read of a tidy workbook, by who sends, who receives, and which way."""
    frame = read_records(path).frame
    ends = frame[["from", "to", "kind"]].astype(object)
    ends = ends.where(ends.notna(), None)
    return dict(zip(ends.itertuples(index=False, name=None), frame["count"], strict=True))


def test_counts_are_records_and_no_links(tmp_path):
    """Out of the county they go to nobody that is named; whence they come down nobody says."""
    reading, path = tidied(tmp_path, MARCH)
    assert reading.loaded.network.edges().empty
    assert records(path) == {
        (CENTRE, HOSPITAL, "up"): 30,
        (CENTRE, "县外", "up"): 4,
        (None, CENTRE, "down"): 12,
        (OTHER, HOSPITAL, "up"): 20,
    }
    assert set(read_records(path).frame["month"]) == {"2024-03"}
    assert balanced(reading)
    net = workbook.load(path).require()
    frame = flows.flows(net, read_records(path)).frame
    assert set(frame["status"]) == {"unplanned"}


def test_a_count_that_is_no_number_is_told(tmp_path):
    """十几: the cell is named, and the other counts of its row hold."""
    reading, _ = tidied(tmp_path, MARCH)
    assert any(unread.value == "十几" for unread in reading.account.unread)


@pytest.mark.parametrize(
    "title",
    [
        "甲县2024年一季度双向转诊统计表",
        "甲县2024年1月-3月双向转诊统计表",
        "截至2024年3月双向转诊统计表",
    ],
)
def test_what_is_of_no_one_month_is_not_dated(tmp_path, title):
    """A quarter is no month: its counts are counted, and of no month."""
    _, path = tidied(tmp_path, title)
    table = read_records(path)
    assert table.frame["month"].isna().all()
    assert table.frame["count"].sum() == 66


def test_a_hospital_that_only_receives_is_asked_for(tmp_path):
    """It is a facility meanwhile, stamped; after a no it is none, and its counts go to nobody."""
    reading, path = tidied(tmp_path, MARCH)
    assert HOSPITAL in set(reading.loaded.network.nodes()["name"])
    origins = reading.loaded.network.nodes().set_index("name")["origin"]
    assert origins[HOSPITAL].endswith("|assumed")
    asked = next(one for one in questions(path) if HOSPITAL in one["问题"])
    assert (asked["没有回答时"], asked["涉及几处"]) == ("是", 2)
    answer(path, HOSPITAL, "否")
    again = tidy(path, path)
    assert HOSPITAL not in set(again.loaded.network.nodes()["name"])
    assert (CENTRE, HOSPITAL, "up") not in records(path)
    assert balanced(again)


def test_after_a_yes_it_is_a_facility_like_all(tmp_path):
    """Nothing is asked again, and nothing is stamped as assumed."""
    _, path = tidied(tmp_path, MARCH)
    answer(path, HOSPITAL, "是")
    again = tidy(path, path)
    assert not any(HOSPITAL in one["问题"] for one in questions(path))
    origins = again.loaded.network.nodes().set_index("name")["origin"]
    assert origins[HOSPITAL].endswith("|typed")


def test_a_sum_beside_its_parts_counts_nobody_twice(tmp_path):
    """小计 = 县内 + 县外; without parts the one number counts."""
    head = [
        ["医疗机构", "上转（人次）", None, None, "转往医院"],
        [None, "县内", "县外", "小计", None],
    ]
    merged = ("A2:A3", "B2:D2", "E2:E3")
    _, path = tidied(tmp_path, MARCH, [[CENTRE, 30, 4, 34, HOSPITAL]], head, merged)
    assert sum(records(path).values()) == 34
    (tmp_path / "alone").mkdir()
    head = [["医疗机构", "上转", "下转", "转往医院"]]
    _, path = tidied(tmp_path / "alone", MARCH, [[CENTRE, 30, 4, HOSPITAL]], head, ())
    assert records(path) == {(CENTRE, HOSPITAL, "up"): 30, (None, CENTRE, "down"): 4}


def test_what_a_hospital_sends_down_comes_from_it(tmp_path):
    """To whom, such a table does not say: that is no sound record, and is told as such."""
    rows = [[CENTRE, 3, 1, 1, HOSPITAL], [HOSPITAL, None, 7, 9, None]]
    _, path = tidied(tmp_path, MARCH, rows)
    table = read_records(path)
    assert table.rejected.to_dict("records") == [{"reason": "no_to", "rows": 1}]
    assert records(path) == {
        (CENTRE, HOSPITAL, "up"): 3,
        (CENTRE, "县外", "up"): 1,
        (None, CENTRE, "down"): 1,
        (HOSPITAL, "县外", "up"): 7,
    }


def test_a_first_row_with_gaps_is_no_third_row_of_titles(tmp_path):
    """Both of its cells stand under titles that are merged down, and its facility is not lost."""
    gaps = [[CENTRE, 3, None, None, HOSPITAL], [OTHER, None, 7, 9, None]]
    reading, path = tidied(tmp_path, MARCH, rows=gaps)
    assert {CENTRE, OTHER, HOSPITAL} <= set(reading.loaded.network.nodes("Facility")["name"])
    assert records(path)[CENTRE, HOSPITAL, "up"] == 3


def test_fewer_than_no_patients_are_named(tmp_path):
    """A count below zero is a slip: it is told with its cell, and counts nobody."""
    reading, path = tidied(tmp_path, MARCH, [[CENTRE, -30, 4, 12, HOSPITAL]])
    assert [(p.code, p.place) for p in reading.problems if p.code == "E012"] == [
        ("E012", "Sheet!B4")
    ]
    assert (CENTRE, HOSPITAL, "up") not in records(path)
    assert balanced(reading)


def test_beside_counts_the_hospital_to_refer_up_to_received_them(tmp_path):
    """上转医院 in a table of counts is whom those patients went to, and no link."""
    head = [["医疗机构", "上转人次", "上转医院"]]
    reading, path = tidied(tmp_path, MARCH, [[CENTRE, 30, HOSPITAL]], head, ())
    assert reading.loaded.network.edges("REFERS_UP_TO").empty
    assert records(path) == {(CENTRE, HOSPITAL, "up"): 30}
