"""A list of shared centres: who hosts each, who uses it, since when; and signs that a sheet explains."""

from __future__ import annotations

import openpyxl
import pytest

from medgraph.loaders import foreign
from medgraph.queries import sharing
from medgraph.words.say import speaking
from tests.loaders.foreign.test_questions import answer
from tests.loaders.foreign.test_tidy import balanced

LEAD, SECOND = "甲县人民医院", "甲县中医院"
ONE, TWO = "甲县人民医院医共体", "甲县中医院医共体"
USERS = ["甲县石桥镇卫生院", "甲县清河镇卫生院"]
HEAD = ["医共体", "中心类别", "依托单位", "投入使用时间", "使用单位"]
IMAGING = [ONE, "医学影像中心", LEAD, "2023年6月", "、".join(USERS)]
ECG = [None, "心电诊断中心", LEAD, "2023-09-10", USERS[0]]
OTHER = [TWO, "医学影像中心", SECOND, None, "甲县西沟乡卫生院等3家"]
PLANNED = [None, "消毒供应中心", "（筹建）", None, None]


@pytest.fixture(autouse=True)
def _chinese():
    with speaking("zh"):
        yield


def tidied(tmp_path, rows, merged=()):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    book.save(tmp_path / "in.xlsx")
    return foreign.tidy(tmp_path / "in.xlsx", tmp_path / "out.xlsx")


def links(reading):
    net = reading.loaded.network
    name = net.nodes()["name"]
    edges = net.edges()
    ends = zip(edges["source"], edges["relation"], edges["target"], strict=True)
    return {(name[source], relation, name[target]) for source, relation, target in ends}


def test_each_row_is_a_centre_with_its_host_and_its_users(tmp_path):
    """Centres of one kind in two groups are two; one that nobody hosts yet is told, and none."""
    rows = [["共享中心建设情况"], HEAD, IMAGING, ECG, OTHER, PLANNED]
    reading = tidied(tmp_path, rows, ("A3:A4", "A5:A6"))
    assert reading.mapping.sheets[0].kind == "centres"
    assert links(reading) == {
        (LEAD, "HOSTS_CENTRE", f"{ONE}医学影像中心"),
        (LEAD, "HOSTS_CENTRE", f"{ONE}心电诊断中心"),
        (SECOND, "HOSTS_CENTRE", f"{TWO}医学影像中心"),
        *((user, "USES_CENTRE", f"{ONE}医学影像中心") for user in USERS),
        (USERS[0], "USES_CENTRE", f"{ONE}心电诊断中心"),
        ("甲县西沟乡卫生院", "USES_CENTRE", f"{TWO}医学影像中心"),
    }
    centres = reading.loaded.network.nodes("SharedCentre")
    assert dict(zip(centres["type"], centres["valid_from"].astype(str), strict=True))["ecg"] == (
        "2023-09-10"
    )
    assert {cell[1] for cell in reading.account.unread_cells} == {4, 5}  # 等3家, and who plans
    assert balanced(reading)
    assert set(sharing.centres(reading.loaded.network).frame["group"]) <= set(
        reading.loaded.network.nodes("Group").index
    )


def test_a_centre_whose_day_cannot_be_read_is_none(tmp_path):
    """Without its day it would be one for all times; the facilities stay."""
    reading = tidied(tmp_path, [HEAD, [*IMAGING[:3], "去年", IMAGING[4]]])
    assert not len(reading.loaded.network.edges())
    assert not len(reading.loaded.network.nodes("SharedCentre"))
    assert set(reading.loaded.network.nodes("Facility")["name"]) == {LEAD, *USERS}
    assert balanced(reading)


def test_a_sign_means_what_the_sheet_says(tmp_path):
    """★ leads where a line says so; else it is told and links nobody."""
    head = ["医疗机构", "胸痛专科联盟", "卒中专科联盟"]
    rows = [head, [LEAD, "★", "√"], [SECOND, "√", "★"]]
    told = tidied(tmp_path, [["“√”为成员，“★”为牵头单位"], *rows])
    assert (LEAD, "LEADS", "胸痛专科联盟") in links(told)
    assert len(links(told)) == 4
    unexplained = tidied(tmp_path, [["专科联盟"], *rows])
    assert {relation for _, relation, _ in links(unexplained)} == {"MEMBER_OF"}
    assert [p.code for p in unexplained.problems if p.code == "E178"] == ["E178"] * 2


def test_who_leads_a_group_that_nobody_knows_stays(tmp_path):
    """网格 is no word for a group till somebody says so: lead and members are facilities meanwhile."""
    rows = [
        ["网格", "牵头医院", "覆盖乡镇", "成员单位"],
        ["第一网格", LEAD, "石桥镇", "、".join(USERS)],
    ]
    target = tmp_path / "out.xlsx"
    first = tidied(tmp_path, rows)
    assert set(first.loaded.network.nodes("Facility")["name"]) == {LEAD, *USERS}
    answer(target, "“网格”一列", "集团")
    answer(target, "“覆盖乡镇”一列", "服务辖区")
    foreign.tidy(target, target)
    answer(target, "“第一网格”是哪一类", "城市医疗集团")
    last = foreign.tidy(target, target)
    assert links(last) == {
        (LEAD, "LEADS", "第一网格"),
        *((user, "MEMBER_OF", "第一网格") for user in USERS),
    }
    reasons = {one.reason for one in last.account.unread}
    assert any("“覆盖乡镇”一列没有读" in reason for reason in reasons)
    assert "没有哪一列认得它" not in reasons  # somebody has said what it is
    assert balanced(last)


def test_a_title_above_several_columns_makes_no_names_of_numbers(tmp_path):
    """成员单位 above 机构名称 and a column of numbers that nobody knows: that one is asked for."""
    rows = [
        ["医共体", "牵头单位", "成员单位", None],
        [None, None, "机构名称", "年门诊量"],
        [ONE, LEAD, USERS[0], 1200],
        [None, None, USERS[1], 900],
    ]
    reading = tidied(tmp_path, rows, ("C1:D1", "A1:A2", "B1:B2", "A3:A4", "B3:B4"))
    assert len(links(reading)) == 3
    assert any("年门诊量" in one.text for one in foreign.questions(reading))


def test_the_title_of_a_column_says_that_all_of_it_are_village_clinics(tmp_path):
    """白沙村第一卫生室 does not end as village clinics do."""
    rows = [
        ["管理单位", "村卫生室名称"],
        [USERS[0], "白沙村第一卫生室"],
        [USERS[0], "东关村卫生室"],
    ]
    types = tidied(tmp_path, rows).loaded.network.nodes("Facility").set_index("name")["type"]
    assert types["白沙村第一卫生室"] == types["东关村卫生室"] == "village_clinic"


def test_who_hosts_is_asked_for_where_no_centre_is_named(tmp_path):
    """承办单位 in a roster may be anything."""
    rows = [["机构名称", "床位", "承办单位"], [USERS[0], 20, LEAD], [USERS[1], 30, LEAD]]
    reading = tidied(tmp_path, rows)
    assert any("承办单位" in one.text for one in foreign.questions(reading))
