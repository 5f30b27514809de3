"""Single cells as planners write them: what each gives, where it is named, and nothing read wrongly in silence."""

from __future__ import annotations

import openpyxl
import pandas as pd
import pytest
from openpyxl.styles import Font, PatternFill

from medgraph.errors import SourceError
from medgraph.loaders import foreign, load
from medgraph.words.say import speaking
from tests.loaders.foreign.test_faults import HEAD, ROWS, book_of
from tests.loaders.foreign.test_tidy import balanced, edit


@pytest.fixture(autouse=True)
def _chinese():
    with speaking("zh"):
        yield


def tidied(path, tmp_path):
    reading = foreign.tidy(path, tmp_path / "n.xlsx")
    assert balanced(reading)
    return reading


def beds(title, text, tmp_path):
    """The beds that are read of a cell under a title, and the codes of the problems at it."""
    head = [*HEAD[:3], title, *HEAD[4:]]
    reading = tidied(
        book_of(tmp_path / "u.xlsx", ("名册", [head, [*ROWS[0][:3], text], *ROWS[1:]])), tmp_path
    )
    node = reading.loaded.network.nodes("Facility").loc["甲县第二人民医院@"]
    return node.get("beds"), [p.code for p in reading.problems if p.place == "名册!D2"]


@pytest.mark.parametrize(
    ("title", "text", "value", "codes"),
    [
        ("床位数", "1.2百万", 1_200_000, ["W171"]),
        ("床位数", "3千万", 30_000_000, ["W171"]),
        ("床位数（百张）", 3, 300, []),
        ("床位数（百张）", 3.2, 320, []),
        ("床位数/十张", "12", 120, []),
        ("床位\n【千张】", "1", 1000, []),
        ("床位数（张）", "３００", 300, []),
        ("床位数", "1,234", 1234, []),
    ],
)
def test_units_multiply(title, text, value, codes, tmp_path):
    """Tens, hundreds and ten thousands multiply, in a cell and in a title."""
    assert beds(title, text, tmp_path) == (value, codes)


@pytest.mark.parametrize("text", ["10多万", "100-200", "#DIV/0!", "15%", "3万百"])
def test_what_is_no_number_is_named_as_it_was_written(text, tmp_path):
    """A cell that is no number is never one, and is named with its own text."""
    head, rows = HEAD, [[*ROWS[0][:3], text], *ROWS[1:]]
    reading = tidied(book_of(tmp_path / "u.xlsx", ("名册", [head, *rows])), tmp_path)
    assert [u.value for u in reading.account.unread if u.place == "名册!D2"] == [text]


def test_a_unit_above_the_header_is_said(tmp_path):
    """单位：万人 above the table multiplies nothing, and that is said at its cell."""
    reading = tidied(
        book_of(tmp_path / "u.xlsx", ("名册", [["一览（单位：百张）"], HEAD, *ROWS])), tmp_path
    )
    assert [p.place for p in reading.problems if p.code == "W181"] == ["名册!A1"]


def test_a_month_that_lost_its_zero_is_no_january(tmp_path):
    """The number 2023.1 may be October; the text 2023.1 is what somebody wrote."""
    head = [*HEAD[:3], "起始日期", "终止日期"]
    rows = [[*ROWS[0][:3], 2023.1, 2024.11], [*ROWS[1][:3], "2023.1"]]
    reading = tidied(book_of(tmp_path / "u.xlsx", ("名册", [head, *rows])), tmp_path)
    found = {(p.code, p.place) for p in reading.problems}
    assert found == {("W172", "名册!E2"), ("W172", "名册!D3"), ("E013", "名册!D2")}


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("20231", None, "E013"),
        (20231, None, "E013"),
        (45224, "2023-10-25", None),
        ("－", None, None),
        ("至今", None, None),
        ("20231025", "2023-10-25", None),
        ("２０２３．１０．２５", "2023-10-25", None),
        ("2023年10月", "2023-10-01", "W172"),
        ("2024年底", None, "E013"),
        ("2023.13", None, "E013"),
        ("2023/2/30", None, "E013"),
    ],
)
def test_days_are_read_or_named(text, value, code, tmp_path):
    """A day in any of its forms; what may be another day is none, and － is nothing."""
    head = [*HEAD[:3], "起始日期"]
    reading = tidied(book_of(tmp_path / "u.xlsx", ("名册", [head, [*ROWS[0][:3], text]])), tmp_path)
    found = reading.loaded.network.nodes("Facility").iloc[0].get("valid_from")
    assert (None if pd.isna(found) else str(found)[:10]) == value
    assert [p.code for p in reading.problems if p.place == "名册!D2"] == ([code] if code else [])


def test_nothing_is_said_by_a_stroke_or_the_word(tmp_path):
    """－ and 无 are skipped with their reason in whatever column; they are no group, area or centre."""
    head = ["机构名称", "集团名称", "专科联盟", "服务辖区", "所在乡镇"]
    path = book_of(
        tmp_path / "u.xlsx", ("名册", [head, ["甲县第二人民医院", "－", "无", "/", "-"]])
    )
    reading = tidied(path, tmp_path)
    assert not reading.problems
    assert reading.account.counts["skipped"] == 4


def test_a_code_that_lost_digits_in_a_list_keeps_them(tmp_path):
    """3.31E+11 in a list is no item numbered 3: it is named as it stands."""
    rows = [ROWS[0], [*ROWS[2][:5], "331004106；3.31E+11"]]
    reading = tidied(book_of(tmp_path / "u.xlsx", ("名册", [HEAD, *rows])), tmp_path)
    assert [(p.code, p.value) for p in reading.problems if p.place == "名册!F3"] == [
        ("E171", "3.31E+11")
    ]


def test_remarks_errors_and_codes_are_no_facilities(tmp_path):
    """填表人：张三 below the table, #REF! and a number in the column of names make no facility."""
    rows = [
        *ROWS,
        ["#REF!"],
        [331002003001],
        ["填表人：张三", "审核人：李四"],
        ["注：以上为编制床位"],
    ]
    reading = tidied(book_of(tmp_path / "u.xlsx", ("名册", [HEAD, *rows])), tmp_path)
    assert len(reading.loaded.network.nodes("Facility")) == len(ROWS)
    assert {"名册!A5", "名册!A6", "名册!A7", "名册!B7", "名册!A8"} <= {
        u.place for u in reading.account.unread
    }


def test_part_of_a_name_is_no_facility(tmp_path):
    """甲医院/总院 in the column of names: what is no full name is asked for, not believed."""
    rows = [["台州市中心医院/总院", "甲县城市医疗集团", "牵头"], *ROWS[1:]]
    reading = tidied(book_of(tmp_path / "u.xlsx", ("名册", [HEAD, *rows])), tmp_path)
    assert "名册!A2 第 2 项" in {u.place for u in reading.account.unread}
    assert "总院" not in set(reading.loaded.network.nodes("Facility")["name"])


@pytest.mark.parametrize(
    ("total", "wrong"),
    [
        (["合计：3"], None),
        (["合计：4"], "A5"),
        (["合计", None, "三家"], None),
        (["合计", None, "四家"], "C5"),
        (["合计", 2], None),
        (["合计", 3], None),
        (["合计", 5], "B5"),
        (["总计12"], "A5"),
    ],
)
def test_totals_are_checked_however_they_are_written(total, wrong, tmp_path):
    """A number behind 合计, in Chinese, or below the groups (2 groups, 3 facilities) is checked."""
    reading = tidied(book_of(tmp_path / "u.xlsx", ("名册", [HEAD, *ROWS, total])), tmp_path)
    assert [p.place for p in reading.problems if p.code == "E170"] == (
        [f"名册!{wrong}"] if wrong else []
    )


def test_a_blank_below_a_total_is_named(tmp_path):
    """A blank that a total keeps from being filled is not silently blank, and 同上 counts as used."""
    rows = [
        ROWS[0],
        [*ROWS[1][:1], "同上", "成员"],
        ["丙县第三人民医院", None, "成员"],
        ["小计", "3家"],
        ["丙县第四人民医院", None, "成员"],
    ]
    reading = tidied(book_of(tmp_path / "u.xlsx", ("名册", [HEAD, *rows])), tmp_path)
    found = {(p.code, p.place) for p in reading.problems}
    assert {("W176", "名册!B4"), ("W180", "名册!B6")} <= found
    assert ("名册", 2, 1) in reading.account.used


def test_a_struck_cell_says_nothing(tmp_path):
    """A name that is struck through alone makes no facility; the cell is named."""
    path = book_of(tmp_path / "u.xlsx", ("名册", [HEAD, *ROWS]))
    book = openpyxl.load_workbook(path)
    book["名册"]["A3"].font = Font(strike=True)
    book.save(path)
    reading = tidied(path, tmp_path)
    assert len(reading.loaded.network.nodes("Facility")) == 2
    assert "名册!A3" in {u.place for u in reading.account.unread}


def test_a_colour_in_the_last_cell_of_a_sheet_costs_nothing(tmp_path):
    """A workbook formatted to its last row and column reads as without; a text out there is refused by its cell."""
    path = book_of(tmp_path / "u.xlsx", ("名册", [HEAD, *ROWS]))
    book = openpyxl.load_workbook(path)
    book["名册"]["XFD1048576"].fill = PatternFill("solid", fgColor="FFFF0000")
    book.save(path)
    assert len(tidied(path, tmp_path).loaded.network.nodes("Facility")) == 3
    book["名册"]["XFD1048576"] = "x"
    book.save(path)
    with pytest.raises(SourceError, match="XFD1048576"):
        load(path)


def test_a_wrong_code_costs_its_cell_and_nothing_else(tmp_path):
    """The fault is named with its cell, which is not understood; the rest of its row is used."""
    rows = [[*ROWS[0][:4], "123456"], *ROWS[1:]]
    reading = tidied(book_of(tmp_path / "u.xlsx", ("名册", [HEAD, *rows])), tmp_path)
    assert [p.place for p in reading.problems if p.code == "E021"] == ["名册!E2"]
    assert {("名册", 1, 4)} == {at for at in reading.account.unread_cells if at[1] == 1}
    assert ROWS[0][0] in set(reading.loaded.network.nodes("Facility")["name"])


def test_nested_brackets_and_counts_in_them_are_notes(tmp_path):
    """A count inside brackets is none of the list; an area nobody knows is named with its number."""
    groups = [
        ["集团名称", "牵头医院", "成员单位"],
        [
            "丙县医共体",
            "丙县人民医院",
            "1.路桥区横街镇卫生院；2.路桥区金清镇卫生院（含站点（2个））",
        ],
    ]
    rows = [*ROWS[:2], [*ROWS[2][:5], "新桥镇、没有镇"]]
    reading = tidied(
        book_of(tmp_path / "u.xlsx", ("名册", [HEAD, *rows]), ("成员", groups)), tmp_path
    )
    names = set(reading.loaded.network.nodes("Facility")["name"])
    assert {"路桥区横街镇卫生院", "路桥区金清镇卫生院"} <= names
    assert "名册!F4 第 2 项" in {u.place for u in reading.account.unread}


def test_merged_cells_are_believed_only_for_their_rows(tmp_path):
    """A number merged down is said to count for each row; a name merged across makes no link."""
    path = book_of(
        tmp_path / "u.xlsx", ("名册", [HEAD, *ROWS, ["丁县第三人民医院", None, "成员", 5]])
    )
    book = openpyxl.load_workbook(path)
    book["名册"]["D3"] = None
    book["名册"].merge_cells("D2:D3")
    book["名册"].merge_cells("A5:B5")
    book.save(path)
    reading = tidied(path, tmp_path)
    assert {("W184", "名册!D2"), ("E175", "名册!A5")} <= {
        (p.code, p.place) for p in reading.problems
    }
    assert "丁县第三人民医院" not in set(reading.loaded.network.nodes("Facility")["name"])


def test_a_title_may_gather_the_groups_of_a_matrix(tmp_path):
    """城市医疗集团 merged over the names of two groups is a matrix; a group merged over a whole row is no header."""
    groups = ["甲县城市医疗集团", "乙县城市医疗集团"]
    rows = [
        ["机构名称", "城市医疗集团", None, "服务辖区"],
        [None, *groups, None],
        ["甲县第二人民医院", "牵头", None],
        ["乙县第二人民医院", None, "√"],
    ]
    path = book_of(
        tmp_path / "u.xlsx", ("矩阵", rows), ("块", [HEAD[:3], [groups[0]], *[r[:3] for r in ROWS]])
    )
    book = openpyxl.load_workbook(path)
    book["矩阵"].merge_cells("B1:C1")
    book["块"].merge_cells("A2:C2")
    book.save(path)
    reading = tidied(path, tmp_path)
    assert not [p for p in reading.problems if p.code == "E174"]
    assert {
        "甲县第二人民医院@|LEADS|甲县城市医疗集团@",
        "乙县第二人民医院@|MEMBER_OF|乙县城市医疗集团@",
    } <= set(reading.loaded.network.edges()["id"])
    assert "块!A2" in {u.place for u in reading.account.unread}


def test_two_tables_in_a_sheet_are_two(tmp_path):
    """A table with other titles, below or above another, is read as a table of its own, with its own rule."""
    second = [
        ["集团名称", "牵头医院", "成员单位"],
        ["丙县医共体", "丙县人民医院", "路桥区金清镇卫生院"],
    ]
    for number, rows in enumerate(([HEAD, *ROWS, [], *second], [*second, HEAD, *ROWS])):
        reading = foreign.tidy(
            book_of(tmp_path / "u.xlsx", ("名册", rows)), tmp_path / f"n{number}.xlsx"
        )
        assert balanced(reading)
        assert [rule.name for rule in reading.mapping.sheets] == ["名册", "名册 · 2"]
        assert reading.mapping.sheets[0].layout == "stacked"
        net = reading.loaded.network
        assert len(net.nodes("Facility")) == 5
        links = set(net.edges()["id"])
        assert "丙县人民医院@|LEADS|丙县医共体@" in links


def test_a_header_repeated_in_other_words_is_repeated(tmp_path):
    """单位名称 for 机构名称 in the middle is the header again, no facility."""
    again = ["单位名称", "所属集团", "机构角色", "编制床位", "信用代码", "辖区"]
    reading = tidied(
        book_of(tmp_path / "u.xlsx", ("名册", [HEAD, *ROWS[:2], again, ROWS[2]])), tmp_path
    )
    assert len(reading.loaded.network.nodes("Facility")) == 3
    assert not reading.problems


def test_every_link_says_how_it_was_found(tmp_path):
    """Typed, carried down, split from a list, or matched by name: the origin of a link says which."""
    group = "甲县城市医疗集团"
    rows = [["集团名称", "机构名称"], [group, "路桥区新桥镇卫生院"], ["同上", "路桥区横街镇卫生院"]]
    lists = [
        ["集团名称", "牵头医院", "成员单位"],
        ["丙县医共体", "丙县人民医院", "路桥区金清镇卫生院、路桥区蓬街镇卫生院"],
    ]
    other = [
        ["机构名称", "区县", "去向"],
        ["路桥区新桥镇卫生院", None, "金清镇卫生院"],
        ["路桥区横街镇卫生院", None, "路桥区金清镇卫生院"],
    ]
    path = book_of(tmp_path / "u.xlsx", ("名册", rows), ("成员", lists), ("转诊", other))
    target = tmp_path / "n.xlsx"
    foreign.tidy(path, target)
    assert edit(target, {("列", "去向"): "关系：上转"}) == 1
    links = foreign.tidy(target, target).loaded.network.edges()
    found = {
        (link.relation, link.origin.split("|")[2]): link.origin.split("|")[3]
        for link in links.itertuples()
    }
    assert found == {
        ("MEMBER_OF", "B2"): "typed",
        ("MEMBER_OF", "B3"): "filled down",
        ("LEADS", "B2"): "typed",
        ("MEMBER_OF", "C2"): "split from a list",
        ("REFERS_UP_TO", "C2"): "matched by name",
        ("REFERS_UP_TO", "C3"): "typed",
    }


def test_old_workbooks_say_what_they_hide(tmp_path):
    """An .xls, also under the name of an .xlsx: hidden sheets are seen, hidden rows cannot be, and that is said."""
    xlwt = pytest.importorskip("xlwt")
    book = xlwt.Workbook()
    for name, rows in (("名册", [HEAD, *ROWS]), ("藏", [HEAD, ["丙县第三人民医院"]])):
        tab = book.add_sheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                tab.write(r, c, "" if value is None else value)
    tab.visibility = 1
    for suffix in ("xls", "xlsx"):
        book.save(str(tmp_path / f"u.{suffix}"))
        reading = tidied(tmp_path / f"u.{suffix}", tmp_path)
        (tmp_path / "n.xlsx").unlink()
        assert len(reading.loaded.network.nodes("Facility")) == 3
        assert any("看不出隐藏的行" in d.text for d in reading.account.decisions)


@pytest.mark.parametrize("text", ["·", "··"])
def test_a_place_of_signs_alone_is_none(text, tmp_path):
    """A dot where a township should stand is named at its cell, and nothing breaks."""
    rows = [[*ROWS[0][:5], text], *ROWS[1:]]
    reading = tidied(book_of(tmp_path / "u.xlsx", ("名册", [HEAD, *rows])), tmp_path)
    assert [p.code for p in reading.problems if p.place == "名册!F2"] == ["E040"]


@pytest.mark.parametrize(
    ("level", "grade", "read", "is_unread"),
    [
        ("三级", "甲等", "3A", False),
        ("二级", "乙", "2B", False),
        ("三级甲等", "甲等", "3A", False),
        ("一级", "未定等", "1", False),
        ("三级", None, "3", False),
        ("三级", "无", "3", False),
        (None, "甲等", None, True),
        ("三级甲等", "乙等", "3A", True),
    ],
)
def test_a_grade_stands_beside_its_level(level, grade, read, is_unread, tmp_path):
    """机构级别 and 等次 are one level; a grade that fits none is named."""
    head = ["机构名称", "集团", "机构级别", "等次"]
    rows = [
        ["甲县人民医院", "甲集团", level, grade],
        ["甲县第二人民医院", "甲集团", "二级", "甲等"],
    ]
    reading = tidied(book_of(tmp_path / "u.xlsx", ("名册", [head, *rows])), tmp_path)
    stated = reading.loaded.network.nodes("Facility").loc["甲县人民医院@", "level"]
    assert (None if pd.isna(stated) else stated) == read
    assert [u.place for u in reading.account.unread if u.value == grade] == ["名册!D2"] * is_unread


def test_a_mark_that_is_no_grade_is_asked(tmp_path):
    """等次 of an appraisal (优秀, 合格) says nothing of a level."""
    head = ["机构名称", "集团", "机构级别", "等次"]
    rows = [
        ["甲县人民医院", "甲集团", "三级", "优秀"],
        ["甲县第二人民医院", "甲集团", "二级", "甲等"],
    ]
    reading = tidied(book_of(tmp_path / "u.xlsx", ("名册", [head, *rows])), tmp_path)
    assert reading.loaded.network.nodes("Facility").loc["甲县第二人民医院@", "level"] == "2"
    assert "优秀" in [text for u in reading.account.unread for text in u.value.split("、")]


def test_the_hospital_to_refer_up_to_is_a_link(tmp_path):
    """上转医院 beside a health centre says where it refers up."""
    head = ["机构名称", "集团", "上转医院"]
    rows = [["甲县人民医院", "甲集团"], ["石桥镇卫生院", "甲集团", "甲县人民医院"]]
    reading = tidied(book_of(tmp_path / "u.xlsx", ("名册", [head, *rows])), tmp_path)
    links = reading.loaded.network.edges("REFERS_UP_TO")
    assert links[["source", "target"]].values.tolist() == [["石桥镇卫生院@", "甲县人民医院@"]]
