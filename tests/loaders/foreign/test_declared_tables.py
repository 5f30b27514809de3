"""名册齐全 declares complete what the columns of a workbook list, and were read, and nothing else."""

from __future__ import annotations

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from medgraph.loaders.foreign.tidy import tidy
from medgraph.queries import referrals, sharing
from tests.loaders.foreign.test_tidy import edit

HEAD = ["机构名称", "医共体名称", "角色", "床位", "服务辖区"]
ROWS = [
    ["甲县人民医院", "甲县医共体", "牵头", 300, None],
    ["甲县石桥镇卫生院", "甲县医共体", "成员", 30, None],
    ["甲县高桥镇卫生院", "甲县医共体", "成员", 40, None],
]
ALL = {"facilities", "groups", "links.MEMBER_OF", "links.LEADS", "links.SERVES"}


def declared(tmp_path, rows, head=HEAD, *, fills=None, beside=()):
    """The network and the tables that it declares complete, of a roster said to be whole."""
    book = openpyxl.Workbook()
    for row in [head, *rows]:
        book.active.append(row)
    for at, colour in (fills or {}).items():
        book.active[at].fill = PatternFill("solid", fgColor=colour)
    for row in beside:
        tab = book["其他"] if "其他" in book.sheetnames else book.create_sheet("其他")
        tab.append(row)
    book.save(tmp_path / "in.xlsx")
    target = tmp_path / "out.xlsx"
    tidy(tmp_path / "in.xlsx", target)
    assert edit(target, {("名册齐全", None): "是", ("已经核对", None): "是"}) == 2
    net = tidy(target, target).loaded.network
    return net, {key.removesuffix(".complete") for key in net.meta if key.endswith(".complete")}


@pytest.fixture(autouse=True)
def _chinese():
    from medgraph.words.say import speaking

    with speaking("zh"):
        yield


def test_only_what_a_column_lists_is_complete(tmp_path):
    """Neither links as a whole nor centres and referrals, of which there is no column."""
    net, tables = declared(tmp_path, ROWS)
    assert tables - {"areas"} == ALL
    assert not len(referrals.broken(net).frame)
    assert not len(sharing.unsupported(net).frame)


def test_without_a_column_of_areas_nothing_is_said_of_them(tmp_path):
    """A roster that does not say who serves which township leaves that open."""
    _, tables = declared(tmp_path, [row[:4] for row in ROWS], HEAD[:4])
    assert "links.SERVES" not in tables
    assert "links.MEMBER_OF" in tables


@pytest.mark.parametrize(
    ("column", "text", "lost"),
    [
        (2, "参与", {"links.MEMBER_OF", "links.LEADS"}),
        (4, "没有镇", {"links.SERVES"}),
        (1, "恩泽集团", ALL),
        (3, "很多", set()),
    ],
)
def test_a_list_with_a_cell_that_was_not_read_is_not_complete(column, text, lost, tmp_path):
    """Of what was lost nobody may say that it is all."""
    rows = [list(row) for row in ROWS]
    rows[2][column] = text
    _, tables = declared(tmp_path, rows)
    assert tables - {"areas"} == ALL - lost


NAMES = ["甲县人民医院", "甲县石桥镇卫生院", "甲县高桥镇卫生院", "甲县清河镇卫生院"]


def test_a_blank_that_may_be_the_group_above_leaves_members_open(tmp_path):
    """Till that is said, nobody without a group is in none."""
    head, rows = HEAD[:2], [[NAMES[0], "甲县医共体"], [NAMES[1], None], [NAMES[2], "乙县医共体"]]
    _, tables = declared(tmp_path, rows, head)
    assert tables - {"areas"} == set()


def test_a_cell_of_a_turned_table_that_was_not_read_counts_where_it_came_from(tmp_path):
    """Attributes as rows: the cell stands elsewhere in the file than in the table that is read."""
    rows = [["床位", 300, 30, 40, 20], ["医共体名称", *["甲县医共体"] * 3, "恩泽片区"]]
    _, tables = declared(tmp_path, rows, ["机构名称", *NAMES])
    assert tables - {"areas"} == set()


def test_a_sheet_that_was_not_read_leaves_all_open(tmp_path):
    """Whom it lists, nobody knows."""
    _, tables = declared(tmp_path, ROWS, beside=[[NAMES[3], "x"], ["甲县东山镇卫生院", "y"]])
    assert tables - {"areas"} == set()


def test_a_line_that_nobody_knows_leaves_all_open(tmp_path):
    """恩泽片区 may be a facility, or the group of all below it."""
    rows = [["甲县医共体"], [1, NAMES[1], 20], ["恩泽片区"], [1, NAMES[2], 20]]
    _, tables = declared(tmp_path, rows, ["序号", "机构名称", "床位"])
    assert tables - {"areas"} == set()


def test_a_colour_that_nobody_knows_leaves_members_open(tmp_path):
    """Of two colours the legend explains one: the facilities are all there, their groups are not."""
    rows = [["序号", "机构名称", "床位"], *[[n, name, 20] for n, name in enumerate(NAMES, 1)]]
    fills = {"B3": "FFFF00", "B4": "FFFF00", "B5": "92D050", "B6": "92D050"}
    _, tables = declared(tmp_path, rows, ["注：黄色为甲县医共体"], fills=fills)
    assert tables - {"areas"} == {"facilities"}


def test_a_colour_that_a_legend_explains_is_read(tmp_path):
    """Both colours have their group: who is in which is all there."""
    rows = [["序号", "机构名称", "床位"], *[[n, name, 20] for n, name in enumerate(NAMES, 1)]]
    fills = {"B3": "FFFF00", "B4": "FFFF00", "B5": "92D050", "B6": "92D050"}
    legend = ["注：黄色为甲县医共体，绿色为乙县医共体"]
    _, tables = declared(tmp_path, rows, legend, fills=fills)
    assert tables - {"areas"} == {"facilities", "groups", "links.MEMBER_OF"}


def test_who_said_that_all_is_listed_hears_what_does_not_count(tmp_path):
    """An answer that is not followed is not passed over in silence."""
    declared(tmp_path, ROWS, beside=[[NAMES[3], "x"], ["甲县东山镇卫生院", "y"]])
    target = tmp_path / "out.xlsx"
    said = [one.message for one in tidy(target, target).problems if one.code == "W185"]
    assert len(said) == 1
    assert "成员" in said[0]
