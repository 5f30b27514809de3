"""The sheet of questions: what decides most first, and its answers are read back."""

from __future__ import annotations

import openpyxl
import pytest

from medgraph.errors import SourceError
from medgraph.loaders import foreign
from medgraph.words.say import speaking
from tests.loaders.foreign.test_layouts import (
    COLOURED,
    FILLS,
    FIRST,
    LEAD,
    ONE,
    OTHER,
    book_of,
    stated,
)
from tests.loaders.foreign.test_tidy import balanced

SHEET = "请回答"


@pytest.fixture(autouse=True)
def _chinese():
    with speaking("zh"):
        yield


def questions(path):
    """The questions of a tidy workbook, as dicts by the titles of its columns."""
    tab = openpyxl.load_workbook(path)[SHEET]
    heads = [cell.value for cell in tab[1]][:6]
    return [
        dict(zip(heads, row, strict=False)) for row in tab.iter_rows(min_row=2, values_only=True)
    ]


def answer(path, asked, said):
    """Write an answer beside the question that contains a text."""
    book = openpyxl.load_workbook(path)
    row = next(row for row in book[SHEET].iter_rows(min_row=2) if asked in row[0].value)
    row[1].value = said
    book.save(path)


UNKNOWN_LINE = [
    ["序号", "单位名称", "床位数"],
    [ONE],
    [1, FIRST[0], 20],
    ["恩泽片区"],
    [1, OTHER[0], 20],
    [2, OTHER[1], 20],
]


def test_a_line_that_nobody_knows_is_asked_for(tmp_path):
    """恩泽片区 between the rows: those below are in no group till somebody says what it is."""
    source, target = book_of(tmp_path / "u.xlsx", UNKNOWN_LINE), tmp_path / "n.xlsx"
    first = foreign.tidy(source, target)
    assert stated(first) == {(FIRST[0], "MEMBER_OF", ONE)}
    assert balanced(first)
    line = questions(target)[0]
    assert "恩泽片区" in line["问题"]
    assert line["涉及几处"] == 2
    assert line["位置"] == "名单!A4"
    answer(target, "恩泽片区", "小标题，其下仍属上面的集团")
    second = foreign.tidy(target, target)
    assert stated(second) == {(name, "MEMBER_OF", ONE) for name in (FIRST[0], *OTHER)}
    assert not any("恩泽片区" in one["问题"] for one in questions(target))
    assert stated(foreign.tidy(target, target)) == stated(second)


def test_a_line_among_the_names_is_no_facility_till_it_is_said(tmp_path):
    """恩泽片区 alone in the column of names: asked for; one that is said to be a facility is one."""
    rows = [
        ["单位名称", "所属医共体", "床位数"],
        [FIRST[0], ONE, 20],
        ["恩泽片区"],
        [FIRST[1], ONE, 20],
    ]
    source, target = book_of(tmp_path / "u.xlsx", rows), tmp_path / "n.xlsx"
    first = foreign.tidy(source, target)
    assert set(first.loaded.network.nodes("Facility")["name"]) == set(FIRST)
    assert stated(first) == {(name, "MEMBER_OF", ONE) for name in FIRST}
    answer(target, "恩泽片区", "机构名称")
    second = foreign.tidy(target, target)
    assert set(second.loaded.network.nodes("Facility")["name"]) == {*FIRST, "恩泽片区"}


def test_a_line_said_to_be_a_group_is_one_of_unknown_type(tmp_path):
    """恩泽片区 is a group: of which type is asked next, and then its members are read."""
    source, target = book_of(tmp_path / "u.xlsx", UNKNOWN_LINE), tmp_path / "n.xlsx"
    foreign.tidy(source, target)
    answer(target, "恩泽片区", "集团名称")
    foreign.tidy(target, target)
    answer(target, "恩泽片区", "县域医共体")
    last = foreign.tidy(target, target)
    assert {(name, "MEMBER_OF", "恩泽片区") for name in OTHER} <= stated(last)


def test_colours_without_a_legend_are_asked_for(tmp_path):
    """Each colour is a question with the rows it decides; the answers make the memberships."""
    fills = {f"B{int(at[1:]) - 1}": colour for at, colour in FILLS.items()}
    source, target = book_of(tmp_path / "u.xlsx", COLOURED[1:], fills), tmp_path / "n.xlsx"
    assert stated(foreign.tidy(source, target)) == set()
    answer(target, "FFFF00", ONE)
    answer(target, "92D050", "甲县第二医共体")
    assert stated(foreign.tidy(target, target)) == {
        *((name, "MEMBER_OF", ONE) for name in FIRST),
        *((name, "MEMBER_OF", "甲县第二医共体") for name in OTHER),
    }


def test_a_colour_said_to_be_a_group_of_unknown_type_asks_for_the_type(tmp_path):
    """恩泽片区 says nothing of its type: that is asked next, and no answer is dropped without a word."""
    fills = {f"B{int(at[1:]) - 1}": colour for at, colour in FILLS.items()}
    source, target = book_of(tmp_path / "u.xlsx", COLOURED[1:], fills), tmp_path / "n.xlsx"
    foreign.tidy(source, target)
    answer(target, "FFFF00", "恩泽片区")
    answer(target, "92D050", "不属任何集团")
    assert stated(foreign.tidy(target, target)) == set()
    answer(target, "恩泽片区", "县域医共体")
    last = foreign.tidy(target, target)
    assert stated(last) == {(name, "MEMBER_OF", "恩泽片区") for name in FIRST}
    assert not any("不属任何集团" in one["问题"] for one in questions(target))
    assert balanced(last)


def test_a_group_in_a_title_alone_is_asked_for(tmp_path):
    """甲县医共体成员单位名单 above a table: perhaps all are of that group, perhaps of several."""
    rows = [["甲县医共体成员单位名单"], ["单位名称", "床位数"], [FIRST[0], 20], [OTHER[0], 20]]
    source, target = book_of(tmp_path / "u.xlsx", rows), tmp_path / "n.xlsx"
    assert stated(foreign.tidy(source, target)) == set()
    assert questions(target)[0]["涉及几处"] == 2
    answer(target, "甲县医共体", "是")
    assert stated(foreign.tidy(target, target)) == {
        (name, "MEMBER_OF", "甲县医共体") for name in (FIRST[0], OTHER[0])
    }


def test_names_blanks_and_columns_are_asked_for_once_each(tmp_path):
    """What decides most comes first, each question once, the whole last; the workbook opens there."""
    rows = [
        ["单位名称", "所属医共体", "牵头单位", "甲"],
        [LEAD, ONE, "县人医", "x"],
        [FIRST[0], None, "县人医", "y"],
        [FIRST[1], None, "县人医", "z"],
    ]
    source, target = book_of(tmp_path / "u.xlsx", rows), tmp_path / "n.xlsx"
    foreign.tidy(source, target)
    asked = questions(target)
    decided = [one["涉及几处"] for one in asked]
    assert decided[-2:] == ["全部", "全部"]
    assert decided[:-2] == sorted(decided[:-2], reverse=True)
    assert all(decided)
    assert sum("县人医" in one["问题"] for one in asked) == 1
    assert sum("空白" in one["问题"] for one in asked) == 1
    assert "核对" in asked[-1]["问题"]
    assert openpyxl.load_workbook(target).active.title == SHEET
    answer(target, "县人医", LEAD)
    answer(target, "空白", "是")
    answer(target, "“甲”一列", "不用")
    answer(target, "核对", "是")
    last = foreign.tidy(target, target)
    assert stated(last) == {
        (LEAD, "LEADS", ONE),
        *((name, "MEMBER_OF", ONE) for name in FIRST),
    }
    assert "stamp" not in last.loaded.network.meta


def test_a_group_written_once_above_its_members_is_asked_for(tmp_path):
    """Names and groups alone: a name beside a blank is a row, and the blank may be the group above."""
    rows = [["单位名称", "所属医共体"], [FIRST[0], ONE], [FIRST[1], None]]
    source, target = book_of(tmp_path / "u.xlsx", rows), tmp_path / "n.xlsx"
    first = foreign.tidy(source, target)
    assert stated(first) == {(FIRST[0], "MEMBER_OF", ONE)}
    assert [found.place for found in first.problems if found.code == "W176"] == ["名单!B3"]
    answer(target, "空白", "是")
    assert stated(foreign.tidy(target, target)) == {(name, "MEMBER_OF", ONE) for name in FIRST}


def test_an_answer_that_nobody_knows_names_its_row(tmp_path):
    """A word that may not be chosen is refused, with the sheet and the row."""
    source, target = book_of(tmp_path / "u.xlsx", UNKNOWN_LINE), tmp_path / "n.xlsx"
    foreign.tidy(source, target)
    answer(target, "恩泽片区", "也许")
    with pytest.raises(SourceError, match=r"请回答.*第 2 行.*也许"):
        foreign.tidy(target, target)


def test_cells_not_understood_are_told_by_column(tmp_path):
    """未读懂 has a line for a column and a reason, not for each cell; a filter and hidden columns are told."""
    rows = [["单位名称", "床位数", "甲"], *[[f"甲县{n}镇卫生院", "许多", "x"] for n in "东西南北"]]
    book = openpyxl.load_workbook(book_of(tmp_path / "u.xlsx", rows))
    book.active.auto_filter.ref = "A1:C5"
    book.active.column_dimensions["B"].hidden = True
    book.save(tmp_path / "u.xlsx")
    reading = foreign.tidy(tmp_path / "u.xlsx", tmp_path / "n.xlsx")
    lines = list(openpyxl.load_workbook(tmp_path / "n.xlsx")["未读懂"].values)[1:]
    assert len(lines) < len(reading.account.unread)
    assert any(line[0].startswith("名单!B2、B3、B4…共 4 处") for line in lines)
    told = [decision.text for decision in reading.account.decisions]
    assert "隐藏的列也读了：B" in told
    assert "设有筛选，筛掉的行也读了" in told


PERSONS_BELOW = [
    ["甲县医共体成员单位名册"],
    ["单位名称", "所属医共体", "等级", "留用情况"],
    [LEAD, ONE, "甲等", "已落实"],
    [FIRST[0], ONE, "一级", "未落实"],
    ["注：床位数为年末数"],
]


def test_a_word_is_chosen_from_those_of_its_column(tmp_path):
    """甲等 is no level: the levels are offered, and the one chosen is read."""
    source, target = book_of(tmp_path / "u.xlsx", PERSONS_BELOW), tmp_path / "n.xlsx"
    foreign.tidy(source, target)
    asked = next(one for one in questions(target) if one["问题"].startswith("“甲等”"))
    assert "三级甲等 / 三级乙等" in asked["可选"]
    listed = openpyxl.load_workbook(target)[SHEET].data_validations.dataValidation
    assert any("三级甲等" in one.formula1 for one in listed)
    answer(target, "“甲等”", "二级甲等")
    nodes = foreign.tidy(target, target).loaded.network.nodes("Facility")
    assert list(nodes.loc[nodes["name"] == LEAD, "level"]) == ["2A"]


def test_an_unknown_column_counts_its_cells_and_names_the_list_to_choose_from(tmp_path):
    """Forty meanings are no text to read: the cell says how many the drop-down holds."""
    source, target = book_of(tmp_path / "u.xlsx", PERSONS_BELOW), tmp_path / "n.xlsx"
    foreign.tidy(source, target)
    asked = next(one for one in questions(target) if "留用情况" in one["问题"])
    assert asked["涉及几处"] == 2
    assert asked["可选"].startswith("见下拉框")


def test_a_remark_below_a_table_is_called_so(tmp_path):
    """注：… below the rows is a remark, no heading between them."""
    source, target = book_of(tmp_path / "u.xlsx", PERSONS_BELOW), tmp_path / "n.xlsx"
    foreign.tidy(source, target)
    lines = list(openpyxl.load_workbook(target)["未读懂"].values)
    assert [line[2] for line in lines if "年末" in line[1]] == ["表下的备注或填表说明"]


def test_the_workbook_begins_with_the_questions_and_hides_what_only_the_next_reading_needs(
    tmp_path,
):
    """Ids made of names, origins and keys are hidden; no cell that is shown in 对照 holds a key."""
    source, target = book_of(tmp_path / "u.xlsx", PERSONS_BELOW), tmp_path / "n.xlsx"
    foreign.tidy(source, target)
    book = openpyxl.load_workbook(target)
    assert book.sheetnames[0] == SHEET
    assert book.active.title == SHEET
    heads = {cell.value: cell.column_letter for cell in book["机构"][1]}
    for head in ("编号", "来源"):
        assert book["机构"].column_dimensions[heads[head]].hidden
    words = book["对照"]
    assert words.column_dimensions["G"].hidden
    assert words["G2"].value
    assert not words["D2"].value
    assert all(book[title].page_setup.orientation == "landscape" for title in (SHEET, "对照"))


def test_rows_are_as_high_as_their_texts_are_long(tmp_path):
    """A program that does not fit rows by itself shows wrapped texts whole all the same."""
    source, target = book_of(tmp_path / "u.xlsx", PERSONS_BELOW), tmp_path / "n.xlsx"
    foreign.tidy(source, target)
    tab = openpyxl.load_workbook(target)[SHEET]
    row = next(row[0].row for row in tab.iter_rows(min_row=2) if "“甲等”" in row[0].value)
    assert tab.row_dimensions[row].height >= 30
