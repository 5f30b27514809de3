"""Rosters of every layout give the same facilities, memberships and leads, and account for every cell."""

from __future__ import annotations

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from medgraph.loaders import foreign
from tests.loaders.foreign.test_tidy import balanced

LEAD, SECOND = "甲县人民医院", "甲县中医院"
ONE, TWO = "甲县第一医共体", "甲县第二医共体"
FIRST = ["甲县石桥镇卫生院", "甲县清河镇卫生院"]
OTHER = ["甲县东山镇卫生院", "甲县西沟乡卫生院"]
TITLES = ["序号", "单位名称", "床位数", "备注"]


def rows_of(names, lead=None):
    """Rows of a roster, the lead first, told by its remark."""
    named = (
        [(lead, "牵头医院"), *((name, None) for name in names)]
        if lead
        else [(n, None) for n in names]
    )
    return [[number, name, 20 + number, remark] for number, (name, remark) in enumerate(named, 1)]


def banded():
    return [
        TITLES,
        [f"{ONE}（3家）"],
        *rows_of(FIRST, LEAD),
        [f"{TWO}（3家）"],
        *rows_of(OTHER, SECOND),
    ]


def banded_with_numbers():
    titles = TITLES[:3]
    rows = [[*row[:3]] for row in rows_of(FIRST)]
    others = [[*row[:3]] for row in rows_of(OTHER)]
    return [
        ["甲县医共体成员单位名册"],
        titles,
        [f"一、{ONE}"],
        ["（一）牵头医院（1家）"],
        [1, LEAD, 90],
        ["（二）成员单位（2家）"],
        *rows,
        [f"二、{TWO}"],
        [f"牵头单位：{SECOND}"],
        *others,
    ]


def banded_with_sums():
    """The row of a group stands among the names, with the sum of its beds."""
    return [
        [*TITLES[:3], "机构角色"],
        ["一", ONE, 63, None],
        *[[*row[:3], "牵头" if row[3] else "成员"] for row in rows_of(FIRST, LEAD)],
        ["二", TWO, 63, None],
        *[[*row[:3], "牵头" if row[3] else "成员"] for row in rows_of(OTHER, SECOND)],
    ]


def same_titles_again():
    return [
        [f"{ONE}成员单位名册"],
        [f"牵头单位：{LEAD}"],
        TITLES,
        *rows_of(FIRST),
        [],
        [f"{TWO}成员单位名册"],
        [f"牵头单位：{SECOND}"],
        TITLES,
        *rows_of(OTHER),
    ]


def stacked():
    return [
        [ONE],
        [f"牵头单位：{LEAD}"],
        TITLES[:3],
        *[row[:3] for row in rows_of(FIRST)],
        [],
        [TWO],
        [f"牵头单位：{SECOND}"],
        ["单位名称", "编制床位", "联系人"],
        *[[name, 20] for name in OTHER],
    ]


def halves():
    left, right = rows_of(FIRST, LEAD), rows_of(OTHER, SECOND)
    return [
        ["甲县医共体名单"],
        [ONE, None, None, None, None, TWO],
        [*TITLES, None, *TITLES],
        *[[*one, None, *other] for one, other in zip(left, right, strict=True)],
    ]


def by_column():
    return [
        ["甲县医共体成员"],
        [None, f"{ONE}（3家）", f"{TWO}（3家）"],
        ["牵头医院", LEAD, SECOND],
        ["成员单位", FIRST[0], OTHER[0]],
        [None, FIRST[1], OTHER[1]],
    ]


def transposed():
    return [
        ["甲县医共体建设情况"],
        ["项目", ONE, TWO],
        ["牵头医院", LEAD, SECOND],
        ["成员单位", "、".join(FIRST), "、".join(OTHER)],
        ["备注", "甲", "乙"],
    ]


def lines():
    return [
        ["甲县医共体名单"],
        [f"一、{ONE}"],
        [f"牵头单位：{LEAD}"],
        [f"成员单位：{'、'.join(FIRST)}"],
        [f"二、{TWO}（牵头单位：{SECOND}）"],
        *[[name] for name in OTHER],
    ]


SHAPES = {
    "banded": (banded, "banded"),
    "banded with numbers": (banded_with_numbers, "banded"),
    "banded with sums": (banded_with_sums, "banded"),
    "same titles again": (same_titles_again, "banded"),
    "stacked": (stacked, "stacked"),
    "halves": (halves, "halves"),
    "by column": (by_column, "by_column"),
    "transposed": (transposed, "transposed"),
    "lines": (lines, "lines"),
}


def book_of(path, rows, fills=None):
    book = openpyxl.Workbook()
    tab = book.active
    tab.title = "名单"
    for row in rows:
        tab.append(row)
    for at, colour in (fills or {}).items():
        tab[at].fill = PatternFill("solid", fgColor=colour)
    book.save(path)
    return path


def stated(reading):
    """Who is in which group, and who leads it, by name."""
    net = reading.loaded.network
    names = net.nodes()["name"]
    links = net.edges()
    links = links[links["relation"].isin(["MEMBER_OF", "LEADS"])] if len(links) else links
    return {(names[link.source], link.relation, names[link.target]) for link in links.itertuples()}


TRUTH = {
    *((name, "MEMBER_OF", ONE) for name in FIRST),
    *((name, "MEMBER_OF", TWO) for name in OTHER),
    (LEAD, "LEADS", ONE),
    (SECOND, "LEADS", TWO),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_roster_of_any_layout_is_read(tmp_path, shape):
    """The layout is recognised and told, every membership and lead is read, and every cell accounted for."""
    rows, layout = SHAPES[shape]
    reading = foreign.tidy(book_of(tmp_path / "u.xlsx", rows()), tmp_path / "n.xlsx")
    assert reading.mapping.sheets[0].layout == layout
    assert reading.mapping.sheets[0].layout_why
    assert stated(reading) == TRUTH
    assert len(reading.loaded.network.nodes("Facility")) == len(TRUTH)
    assert balanced(reading)
    assert not [found for found in reading.problems if found.code.startswith("E")]


@pytest.mark.parametrize("shape", SHAPES)
def test_what_the_written_mapping_says_is_read_again(tmp_path, shape):
    """The tidy workbook is tidied again under its own 对照, and nothing changes."""
    book_of(tmp_path / "u.xlsx", SHAPES[shape][0]())
    first = foreign.tidy(tmp_path / "u.xlsx", tmp_path / "n.xlsx")
    again = foreign.tidy(tmp_path / "n.xlsx", tmp_path / "n.xlsx")
    assert stated(again) == stated(first) == TRUTH
    assert again.account.counts == first.account.counts


def test_a_heading_that_counts_wrongly_is_named(tmp_path):
    """第一医共体（4家） above three facilities: the count is checked as totals are."""
    rows = [
        [f"{ONE}（4家）" if row[0] == f"{ONE}（3家）" else row[0], *row[1:]] for row in banded()
    ]
    reading = foreign.tidy(book_of(tmp_path / "u.xlsx", rows), tmp_path / "n.xlsx")
    assert [(p.code, p.place) for p in reading.problems if p.code == "E170"] == [
        ("E170", "名单!A2")
    ]
    assert stated(reading) == TRUTH


def test_the_title_of_a_column_is_no_group(tmp_path):
    """Two tables with as many known titles: 所属医共体 is what a column is called, and nobody's group."""
    rows = [
        ["单位名称", "所属医共体"],
        [FIRST[0], ONE],
        ["项目", "机构名称", "床位数", "电话"],
        ["a", OTHER[0], 20, 1],
    ]
    reading = foreign.tidy(book_of(tmp_path / "u.xlsx", rows), tmp_path / "n.xlsx")
    assert reading.mapping.sheets[0].layout == "stacked"
    assert stated(reading) == {(FIRST[0], "MEMBER_OF", ONE)}
    assert set(reading.loaded.network.nodes("Facility")["name"]) == {FIRST[0], OTHER[0]}


def test_sections_are_headings_and_no_facilities(tmp_path):
    """一、县级医院, （二）, 其中： between the rows are told, and nobody is called so."""
    rows = [
        ["单位名称", "所属医共体", "床位数"],
        ["一、县级医院"],
        [LEAD, ONE, 300],
        ["二、乡镇卫生院"],
        ["其中："],
        [FIRST[0], ONE, 20],
    ]
    reading = foreign.tidy(book_of(tmp_path / "u.xlsx", rows), tmp_path / "n.xlsx")
    assert sorted(reading.loaded.network.nodes("Facility")["name"]) == sorted([LEAD, FIRST[0]])
    assert reading.mapping.sheets[0].layout == "sections"
    assert balanced(reading)


def test_a_heading_on_the_level_of_the_groups_ends_them(tmp_path):
    """三、其他机构 behind 二、第二医共体: those below are in no group."""
    rows = [
        ["序号", "单位名称"],
        [f"一、{ONE}"],
        [1, FIRST[0]],
        [f"二、{TWO}"],
        [1, OTHER[0]],
        ["三、其他机构"],
        [1, "甲县妇幼保健院"],
    ]
    reading = foreign.tidy(book_of(tmp_path / "u.xlsx", rows), tmp_path / "n.xlsx")
    assert stated(reading) == {(FIRST[0], "MEMBER_OF", ONE), (OTHER[0], "MEMBER_OF", TWO)}
    assert len(reading.loaded.network.nodes("Facility")) == 3


COLOURED = [
    ["注：黄色为第一医共体，绿色为第二医共体"],
    ["序号", "机构名称", "床位数"],
    *[[number, name, 20] for number, name in enumerate([*FIRST, *OTHER], 1)],
]
FILLS = {"B3": "FFFF00", "B4": "FFFF00", "B5": "92D050", "B6": "92D050"}


def test_groups_by_colour_are_read_by_the_legend(tmp_path):
    """黄色为第一医共体: the legend says whose a colour is."""
    reading = foreign.tidy(book_of(tmp_path / "u.xlsx", COLOURED, FILLS), tmp_path / "n.xlsx")
    assert reading.mapping.sheets[0].layout == "by_colour"
    assert stated(reading) == {
        *((name, "MEMBER_OF", "第一医共体") for name in FIRST),
        *((name, "MEMBER_OF", "第二医共体") for name in OTHER),
    }


def test_colours_without_a_legend_make_no_group(tmp_path):
    """Nobody knows what the colours mean: nothing is linked, and stripes are not even asked for."""
    reading = foreign.tidy(
        book_of(
            tmp_path / "u.xlsx",
            COLOURED[1:],
            {at.replace(at[1:], str(int(at[1:]) - 1)): colour for at, colour in FILLS.items()},
        ),
        tmp_path / "n.xlsx",
    )
    assert reading.mapping.sheets[0].layout == "by_colour"
    assert stated(reading) == set()


def test_the_layout_is_changed_in_one_cell(tmp_path):
    """Another layout in 对照: the sheet is proposed anew under it."""
    book_of(tmp_path / "u.xlsx", banded())
    foreign.tidy(tmp_path / "u.xlsx", tmp_path / "n.xlsx")
    book = openpyxl.load_workbook(tmp_path / "n.xlsx")
    tab = book["对照"]
    row = next(row for row in tab.iter_rows() if row[4].value == "版式")
    row[1].value = "一行一条"
    book.save(tmp_path / "n.xlsx")
    reading = foreign.tidy(tmp_path / "n.xlsx", tmp_path / "n.xlsx")
    assert reading.mapping.sheets[0].layout == "rows"
    assert stated(reading) == set()
    assert balanced(reading)


# Shapes of published tables, each with the facilities and the links that a careful person reads out of it.
PUBLISHED = {
    "a role in a column before the names": (
        [
            ["序号", "医疗机构名称", "服务人口"],
            [f"（一）{ONE}"],
            ["牵头医院：", LEAD, None],
            ["成员单位：", FIRST[0], 1000],
            [None, FIRST[1], 900],
        ],
        {(LEAD, "LEADS", ONE), *((name, "MEMBER_OF", ONE) for name in FIRST)},
        3,
    ),
    "a role behind the names, and no titles": (
        [
            ["名称", "类别"],
            ["县人民医院医共体"],
            [LEAD, "总院"],
            [FIRST[0], "分院"],
            ["县中医院医共体"],
            [SECOND, "总院"],
            [OTHER[0], "分院"],
        ],
        {
            (LEAD, "LEADS", "县人民医院医共体"),
            (FIRST[0], "MEMBER_OF", "县人民医院医共体"),
            (SECOND, "LEADS", "县中医院医共体"),
            (OTHER[0], "MEMBER_OF", "县中医院医共体"),
        },
        4,
    ),
    "names with Chinese numbers": (
        [["机构名称", "床位数"], [f"一、{LEAD}", 100], [f"二、{SECOND}", 90]],
        set(),
        2,
    ),
    "rows behind a subtotal": (
        [
            ["序号", "单位名称", "床位数"],
            [ONE],
            [1, FIRST[0], 20],
            ["小计", "1家", 20],
            [TWO],
            [1, OTHER[0], 20],
            ["小计", "1家", 20],
            [1, "甲县妇幼保健院", 50],
        ],
        {(FIRST[0], "MEMBER_OF", ONE), (OTHER[0], "MEMBER_OF", TWO)},
        3,
    ),
    "one group in a column, with roles": (
        [["医共体名称", ONE], ["牵头单位", LEAD], ["成员单位", FIRST[0]], [None, FIRST[1]]],
        {(LEAD, "LEADS", ONE), *((name, "MEMBER_OF", ONE) for name in FIRST)},
        3,
    ),
    "columns with serial numbers and totals": (
        [
            ["序号", ONE, TWO],
            [1, f"{LEAD}（牵头医院）", f"{SECOND}（牵头医院）"],
            [2, FIRST[0], OTHER[0]],
            ["合计", "2家", "2家"],
        ],
        {
            (LEAD, "LEADS", ONE),
            (FIRST[0], "MEMBER_OF", ONE),
            (SECOND, "LEADS", TWO),
            (OTHER[0], "MEMBER_OF", TWO),
        },
        4,
    ),
    "members of each level in a column of its own": (
        [
            ["医共体名称", "牵头单位", "成员单位（县级）", "成员单位（乡镇级）", "联系地址"],
            [ONE, LEAD, "甲县妇幼保健院", "；".join(FIRST), "人民路1号"],
            [TWO, SECOND, "无", OTHER[0], "解放路2号"],
            ["合计", "2家", "1家", "3家", None],
        ],
        {
            (LEAD, "LEADS", ONE),
            ("甲县妇幼保健院", "MEMBER_OF", ONE),
            *((name, "MEMBER_OF", ONE) for name in FIRST),
            (SECOND, "LEADS", TWO),
            (OTHER[0], "MEMBER_OF", TWO),
        },
        6,
    ),
    "a group without a member": (
        [
            ["医共体名称", "牵头单位", "成员单位"],
            [ONE, LEAD, FIRST[0]],
            [ONE, LEAD, FIRST[1]],
            [TWO, SECOND, "无"],
        ],
        {
            (LEAD, "LEADS", ONE),
            *((name, "MEMBER_OF", ONE) for name in FIRST),
            (SECOND, "LEADS", TWO),
        },
        4,
    ),
    "who is in no group, and remarks behind a group": (
        [
            ["机构名称", "所属医共体", "是否参加医共体"],
            [FIRST[0], ONE, "是"],
            [FIRST[1], f"{ONE}（2024年3月新增）", "是"],
            [OTHER[0], "未加入医共体", "否"],
            ["甲县妇幼保健院", f"拟加入{TWO}", "拟参加"],
            ["甲县精神病医院", "暂无医共体", "否"],
        ],
        {(name, "MEMBER_OF", ONE) for name in FIRST},
        5,
    ),
    "groups side by side, each above its titles": (
        [
            ["甲县医共体分组表", None, None, None, None],
            [ONE, None, None, TWO, None],
            ["序号", "成员单位", None, "序号", "成员单位"],
            [1, FIRST[0], None, 1, OTHER[0]],
            [2, FIRST[1], None, 2, OTHER[1]],
        ],
        {
            *((name, "MEMBER_OF", ONE) for name in FIRST),
            *((name, "MEMBER_OF", TWO) for name in OTHER),
        },
        4,
    ),
    "names broken, numbered, and with a number to call": (
        [
            ["医共体", "牵头单位", "成员单位"],
            ["甲县第一\n医共体", "甲县\n人民医院", "石桥\n镇卫生院 0539-2251234"],
            [ONE, LEAD, f"1.{FIRST[0]} 2.{FIRST[1]}"],
            [TWO, SECOND, f"{OTHER[0]}和{OTHER[1]}"],  # two, or one that is called so: asked
            [TWO, SECOND, "— —"],
        ],
        {
            (LEAD, "LEADS", ONE),
            ("石桥镇卫生院", "MEMBER_OF", ONE),
            *((name, "MEMBER_OF", ONE) for name in FIRST),
            (SECOND, "LEADS", TWO),
        },
        5,
    ),
    "groups that a bracket tells apart, plans and stories about groups": (
        [
            ["机构名称", "所属医共体"],
            [FIRST[0], "县域医共体（县人民医院牵头）"],
            [FIRST[1], "县域医共体（县中医院牵头）"],
            [OTHER[0], f"{ONE}（拟加入）"],
            [OTHER[1], f"不属于{ONE}，属于{TWO}"],
            ["甲县妇幼保健院", f"已退出{ONE}"],
            ["甲县精神病医院", "甲县未加入医共体"],
        ],
        {
            (FIRST[0], "MEMBER_OF", "县域医共体(县人民医院牵头)"),
            (FIRST[1], "MEMBER_OF", "县域医共体(县中医院牵头)"),
        },
        6,
    ),
    "names that only look like two, or like one that is broken": (
        [
            ["机构名称", "所属医共体", "备注"],
            ["黄岩区第一医院和平社区卫生服务站", ONE, "牵头单位、成员单位均为公立"],
            [
                "台州市第一人民医院 温州医科大学附属黄岩医院",
                ONE,
                "总院，2023年起已改由县中医院担任",
            ],
        ],
        {
            ("黄岩区第一医院和平社区卫生服务站", "MEMBER_OF", ONE),
            ("台州市第一人民医院 温州医科大学附属黄岩医院", "MEMBER_OF", ONE),
        },
        2,
    ),
    "a column 名称 that names groups": (
        [["名称", "牵头医院", "包含机构"], [ONE, LEAD, "、".join(FIRST)], [TWO, SECOND, OTHER[0]]],
        {
            (LEAD, "LEADS", ONE),
            *((name, "MEMBER_OF", ONE) for name in FIRST),
            (SECOND, "LEADS", TWO),
            (OTHER[0], "MEMBER_OF", TWO),
        },
        5,
    ),
    "who leads in a remark that says more": (
        [
            ["机构名称", "所属医共体", "备注"],
            [LEAD, ONE, "牵头单位，法人单独"],
            [FIRST[0], ONE, "成员"],
            [FIRST[1], ONE, "非牵头单位"],
        ],
        {(LEAD, "LEADS", ONE), *((name, "MEMBER_OF", ONE) for name in FIRST)},
        3,
    ),
    "strokes for the cell above": (
        [
            ["医共体名称", "牵头单位", "成员单位"],
            [ONE, LEAD, FIRST[0]],
            ["″", "〞", FIRST[1]],
            [TWO, SECOND, OTHER[0]],
        ],
        {
            (LEAD, "LEADS", ONE),
            *((name, "MEMBER_OF", ONE) for name in FIRST),
            (SECOND, "LEADS", TWO),
            (OTHER[0], "MEMBER_OF", TWO),
        },
        5,
    ),
    "facilities as columns": (
        [
            ["机构名称", LEAD, FIRST[0]],
            ["床位数", 300, 20],
            ["所属医共体", ONE, ONE],
        ],
        {(LEAD, "MEMBER_OF", ONE), (FIRST[0], "MEMBER_OF", ONE)},
        2,
    ),
    "a list of names alone": ([["单位名称"], [FIRST[0]], [FIRST[1]]], set(), 2),
    "one known title among others": (
        [["省", "市", "医疗机构名称"], *(["某省", "某市", name] for name in FIRST)],
        set(),
        len(FIRST),
    ),
}


@pytest.mark.parametrize("shape", PUBLISHED)
def test_published_shapes_lose_nobody(tmp_path, shape):
    """Every facility is there, and just the links that the sheet states."""
    rows, links, count = PUBLISHED[shape]
    reading = foreign.tidy(book_of(tmp_path / "u.xlsx", rows), tmp_path / "n.xlsx")
    assert stated(reading) == links
    assert len(reading.loaded.network.nodes("Facility")) == count
    assert balanced(reading)
