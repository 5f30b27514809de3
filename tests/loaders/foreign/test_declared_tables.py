"""名册齐全 declares complete what the columns of a workbook list, and were read, and nothing else."""

from __future__ import annotations

import openpyxl
import pytest

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


def declared(tmp_path, rows, head=HEAD):
    """The network and the tables that it declares complete, of a roster said to be whole."""
    book = openpyxl.Workbook()
    for row in [head, *rows]:
        book.active.append(row)
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
