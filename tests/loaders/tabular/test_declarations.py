"""A declaration is one line in people's own words; what is not understood is told with its cell, never ignored."""

from __future__ import annotations

import openpyxl
import pytest

import medgraph as mg
from medgraph.loaders import load
from medgraph.words.say import speaking

FACILITIES = [
    ["名称", "类型", "集团", "角色"],
    ["甲医院", "综合医院", "甲集团", "牵头"],
    ["西城中心", "社区卫生服务中心", "甲集团", "成员"],
]
GROUPS = [["编号", "名称", "类型"], ["G1", "甲集团", "城市医疗集团"]]


def workbook(path, *lines, head=("项目", "内容")):
    """A roster of two facilities and what its sheet 说明 states."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in (("机构", FACILITIES), ("集团", GROUPS), ("说明", [head, *lines])):
        tab = book.create_sheet(name)
        for row in rows:
            tab.append(list(row))
    book.save(path)
    return path


def folder(path, *lines, head=("key", "value")):
    """The same as a folder of CSV."""
    path.mkdir()
    for name, rows in (("facilities", FACILITIES), ("groups", GROUPS), ("meta", [head, *lines])):
        text = "\n".join(",".join(map(str, row)) for row in rows)
        (path / f"{name}.csv").write_text(text + "\n", encoding="utf-8")
    return path


def told(source):
    """The problems that are about declarations: place and code."""
    return [(p.place, p.code) for p in load(source).problems if p.code.startswith("W09")]


@pytest.mark.parametrize("make", [workbook, folder])
@pytest.mark.parametrize(
    ("key", "value", "meant"),
    [
        ("机构.完整性", "完整", ("facilities.complete", "complete")),
        ("机构表已列全", "是", ("facilities.complete", "complete")),
        ("机构 列全", "√", ("facilities.complete", "complete")),
        ("机构名册是否齐全？", "否", ("facilities.complete", "partial")),
        ("成员 列全", "已列全", ("links.MEMBER_OF.complete", "complete")),
        ("成员名单完整", "部分", ("links.MEMBER_OF.complete", "partial")),
        ("关系.成员.G1 列全", "是", ("links.MEMBER_OF.G1.complete", "complete")),
        ("成员.甲集团 列全", "是", ("links.MEMBER_OF.G1.complete", "complete")),
        ("集团.章程 列全", "是", ("groups.charter.complete", "complete")),
        ("机构.床位.完整性", "是", ("facilities.beds.complete", "complete")),
        ("集团.章程.完整性由谁声明", "市卫健委", ("groups.charter.complete_by", "市卫健委")),
        ("成员.G1.完整性", "不完整", ("links.MEMBER_OF.G1.complete", "partial")),
        ("members complete", "yes", ("links.MEMBER_OF.complete", "complete")),
        ("groups.complete", "partial", ("groups.complete", "partial")),
        ("机构列全声明单位", "市卫健委", ("facilities.complete_by", "市卫健委")),
        ("机构列全声明日", "2024年6月30日", ("facilities.complete_date", "2024-06-30")),
        ("机构列全依据", "附件1", ("facilities.complete_clause", "附件1")),
    ],
)
def test_natural_forms_are_understood(tmp_path, make, key, value, meant):
    """One line for a table or part, with Chinese or English keys and values; it reads back from what is written."""
    source = make(tmp_path / ("a.xlsx" if make is workbook else "a"), (key, value))
    net = mg.read(source)
    assert dict(net.meta) == dict([meant])
    assert told(source) == []
    for lang in ("zh", "en"):
        with speaking(lang):
            mg.write(net, tmp_path / f"{lang}.xlsx")
        assert mg.read(tmp_path / f"{lang}.xlsx") == net


@pytest.mark.parametrize(
    ("line", "cell", "code"),
    [
        (("机构 列全", "待定"), "说明!B2", "W091"),
        (("机构 列全", "大概吧"), "说明!B2", "W091"),
        (("机够 列全", "是"), "说明!A2", "W093"),
        (("机构未列全", "是"), "说明!A2", "W093"),
        (("foo.complete", "complete"), "说明!A2", "W093"),
        (("links.MEMBERS_OF.complete", "complete"), "说明!A2", "W093"),
        (("groups.chater.complete", "complete"), "说明!A2", "W093"),
        (("成员.乙集团 列全", "是"), "说明!A2", "W094"),
        (("机构列全声明日", "待定"), "说明!B2", "W095"),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_not_understood_is_told_with_its_cell(tmp_path, line, cell, code, lang):
    """Such a line closes nothing and loses nothing: the roster is read, and check names the cell."""
    source = workbook(tmp_path / "a.xlsx", line)
    with speaking(lang):
        assert told(source) == [(cell, code)]
    net = mg.read(source)
    assert not mg.Day(net).declared_table("facilities")
    assert not mg.Day(net).declared_table("links.MEMBER_OF")


def test_a_day_that_cannot_be_read_leaves_the_declaration_in_doubt(tmp_path):
    """Declared complete, on a day 待定: the table is not complete, on no day."""
    source = workbook(tmp_path / "a.xlsx", ("机构 列全", "是"), ("机构列全日期", "待定"))
    assert told(source) == [("说明!B3", "W095")]
    assert not mg.Day(mg.read(source), "2099-01-01").declared_table("facilities")


def test_two_lines_that_contradict_leave_the_declaration_in_doubt(tmp_path):
    """Neither line wins in silence, whatever their order; the same line twice is one."""
    lines = [("机构 列全", "是"), ("机构.完整性", "不完整")]
    for number, order in enumerate((lines, lines[::-1])):
        source = workbook(tmp_path / f"{number}.xlsx", *order)
        assert ("说明!B3", "W092") in told(source)
        assert not mg.Day(mg.read(source)).declared_table("facilities")
    twice = workbook(tmp_path / "twice.xlsx", lines[0], ("机构.完整性", "完整"))
    assert told(twice) == []
    assert mg.Day(mg.read(twice)).declared_table("facilities")


@pytest.mark.parametrize("make", [workbook, folder])
def test_a_list_called_by_its_groups_name_and_id_is_one(tmp_path, make):
    """Under the name or the id: two lines that contradict are told with their cells, alike ones are one."""
    lines = [("成员.甲集团 列全", "是"), ("成员.G1 列全", "否")]
    for number, order in enumerate((lines, lines[::-1])):
        source = make(tmp_path / (f"{number}.xlsx" if make is workbook else f"{number}"), *order)
        meta = "说明" if make is workbook else "meta.csv"
        assert (f"{meta}!B3", "W092") in told(source)
        assert not mg.Day(mg.read(source)).declared_table("links.MEMBER_OF.G1")
    same = make(tmp_path / ("a.xlsx" if make is workbook else "a"), lines[0], ("成员.G1", "是"))
    assert mg.Day(mg.read(same)).declared_table("links.MEMBER_OF.G1")


def test_a_value_of_a_list_called_by_a_name_is_told_with_its_cell(tmp_path):
    assert told(workbook(tmp_path / "a.xlsx", ("成员.甲集团 列全", "待定"))) == [
        ("说明!B2", "W091")
    ]


def test_two_sheets_that_contradict_leave_the_declaration_in_doubt(tmp_path):
    source = folder(tmp_path / "a", ("facilities.complete", "complete"))
    (source / "说明.csv").write_text("项目,内容\n机构 列全,否\n", encoding="utf-8")
    assert "W092" in [code for _, code in told(source)]
    assert not mg.Day(mg.read(source)).declared_table("facilities")


def test_an_empty_value_states_nothing(tmp_path):
    """The template has the lines, to be filled in."""
    assert dict(mg.read(workbook(tmp_path / "a.xlsx", ("机构.完整性", None))).meta) == {}


def test_json_is_told_too(taizhou, tmp_path):
    """A hand-made file of another format says its doubts by the key."""
    odd = taizhou.with_meta(**{"facilities.complete": "yes!", "links.FOO.complete": "complete"})
    mg.write(odd, tmp_path / "a.json")
    assert told(tmp_path / "a.json") == [
        ("meta.facilities.complete", "W091"),
        ("meta.links.FOO.complete", "W093"),
    ]
