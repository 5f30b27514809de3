"""A workbook: every problem in one run with its cell, and what is written reads back."""

from __future__ import annotations

import datetime

import openpyxl
import pandas as pd
import pytest
from openpyxl.styles import PatternFill

from medgraph.errors import OptionError, SourceError, TargetError
from medgraph.loaders import load, read, samples, write
from medgraph.loaders.workbooks.marked_copy import marked_copy
from medgraph.loaders.workbooks.template import template
from medgraph.words.say import speaking

HEAD = [
    "编号",
    "名称",
    "简称",
    "类型",
    "等级",
    "床位",
    "所在区划",
    "统一社会信用代码",
    "机构分类代码",
    "起始日",
    "终止日",
    "经度",
    "纬度",
    "坐标系",
    "集团",
    "角色",
    "服务辖区",
    "电话",
    "是否一类机构",
    "卫生机构代码",
]


def row(**cells):
    """One row of the sheet 机构."""
    return [cells.get(name, "") for name in HEAD]


FACILITIES = [
    row(
        编号="F1",
        名称="甲医院",
        简称="一院",
        类型="综合医院",
        等级="三级甲等",
        床位=800,
        所在区划="331003003000",
        统一社会信用代码="12330000470051726F",
        机构分类代码="A100",
        起始日="2020-01-01",
        经度=121.2,
        纬度=28.6,
        坐标系="WGS-84",
        集团="甲集团",
        角色="牵头",
    ),
    row(
        编号="F2",
        名称="乙医院",
        简称="二院",
        类型="中医医院",
        等级="二级甲等",
        床位=200,
        所在区划="331003003000",
        机构分类代码="A210",
        集团="乙集团",
        角色="牵头",
    ),
    row(
        编号="F3",
        名称="丙医院",
        简称="二院",
        类型="康复医院",
        床位=100,
        所在区划="331003003000",
        集团="甲集团",
        角色="成员",
    ),
    row(
        编号="F4",
        名称="西城中心",
        类型="社区卫生服务中心",
        床位=10,
        所在区划="西城街道",
        机构分类代码="B100",
        起始日=datetime.date(2021, 3, 1),
        经度=121.25,
        纬度=28.65,
        坐标系="WGS-84",
        集团="甲集团",
        服务辖区="西城街道",
        是否一类机构="否",
    ),
    row(
        编号="F5",
        名称="东城中心",
        类型="社区卫生服务中心",
        床位=20,
        所在区划="331003004000",
        机构分类代码="B100",
        集团="乙集团",
        角色="成员",
        服务辖区="东城街道",
        卫生机构代码="47005172633100311B1001",
    ),
]
LINKS = [
    ["起点", "关系", "终点", "起始日", "终止日", "分钟"],
    ["F4", "上转", "F1", "", "", 20],
    ["F5", "上转", "F2", "", "", 25],
    ["331003003000", "隶属", "331003000000", "", "", ""],
    ["331003004000", "隶属", "331003000000", "", "", ""],
    ["F3", "派驻", "F4", "2022-01-01", "2022-12-31", ""],
    ["F1", "远程", "F5", "", "", ""],
]
SHEETS = {
    "机构": [HEAD, *FACILITIES],
    "集团": [
        ["编号", "名称", "类型"],
        ["G1", "甲集团", "城市医疗集团"],
        ["G2", "乙集团", "城市医疗集团"],
    ],
    "区划": [
        ["区划代码", "名称", "类别"],
        ["331003003000", "西城街道", "街道"],
        ["331003004000", "东城街道", "街道"],
        ["331003000000", "黄岩区", "县"],
    ],
    "关系": LINKS,
    "说明": [["项目", "内容"], ["数据截止日", "2023-10-25"]],
}

# cell -> (what is put there, the code it gives)
FAULTS = {
    "机构!R1": ("随便什么", "W033"),  # an unknown column; its cells below hold a text
    "机构!D2": ("中心卫生院（分院）", "E031"),
    "机构!F2": ("八百多", "E012"),
    "机构!F3": (-5, "E015"),
    "机构!G4": ("3310030030", "E020"),
    "机构!G6": ("331009001000", "W041"),
    "机构!A7": ("F4", "E010"),
    "机构!H2": ("12331000470460720G", "E021"),
    "机构!I3": ("Z999", "W023"),
    "机构!J2": ("去年", "E013"),
    "机构!L5": (190, "E062"),
    "机构!M2": (3_165_000, "E061"),
    "机构!P4": ("牵头", "E043"),
    "机构!Q6": ("东城街", "E040"),
    "机构!S6": ("也许", "E014"),
    "机构!T6": ("123", "E022"),
    "机构!B4": (None, "E011"),
    "集团!C3": ("医疗", "E031"),
    "机构!M2 ": (None, "E060"),
    "机构!N5": (None, "W063"),
    "机构!R1 ": ("床位数", "E032"),
    "集团!B1": ("什么", "E034"),
    "关系!C8": ("331003003000", "E046"),
    "关系!A9": ("F1", "W045"),
    "关系!A2": ("二院", "E044"),
    "关系!C3": ("没有的医院", "E040"),
    "关系!E6": ("2021-12-31", "E050"),
    "关系!B7": ("服务辖区", "E042"),
    "说明!B2": ("某日", "E013"),
}


def build(path, faults=()):
    """Write the sound workbook with the faults of these cells."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in SHEETS.items():
        tab = book.create_sheet(name)
        for cells in rows:
            tab.append([None if value == "" else value for value in cells])
    for place in faults:
        sheet, cell = place.strip().split("!")
        for beside, value in {**BESIDE.get(place, {}), cell: FAULTS[place][0]}.items():
            book[sheet][beside] = value
    book.save(path)
    return path


def lines(path):
    """Return the problems as (place, code), without ids that were made."""
    return sorted((p.place, p.code) for p in load(path).problems)


# Rows that a fault needs beside its cell.
BESIDE = {
    "机构!A7": {"B7": "丁医院"},
    "关系!C8": {"A8": "331003000000", "B8": "隶属"},
    "关系!A9": {"B9": "成员", "C9": "G1"},
    "机构!R1": {"R2": "1"},
}
# Where the line stands, if not in the cell itself: a point stands at its longitude, a missing column at its sheet.
STANDS = {
    "机构!M2": "机构!L2",
    "机构!M2 ": "机构!L2",
    "机构!N5": "机构!L5",
    "机构!R1 ": "机构!R1",
    "集团!B1": "集团",
}
# Faults of which one would hide another, or bring others after it, stand in files of their own.
ALONE = {"机构!M2 ", "机构!N5", "机构!R1 ", "集团!B1", "机构!B4"}
TOGETHER = [place for place in FAULTS if place not in ALONE]


def test_a_sound_workbook_loads_whole(tmp_path):
    """A sound roster has no problem, and every row of it is loaded."""
    loaded = load(build(tmp_path / "花名册 一.xlsx"))
    assert [str(p) for p in loaded.problems] == []
    assert (loaded.rows_in, loaded.loaded, loaded.left_out) == (16, 16, 0)
    net = loaded.require()
    assert sorted(net.edges("LEADS")["source"]) == ["F1", "F2"]
    assert sorted(net.edges("MEMBER_OF")["source"]) == ["F3", "F4", "F5"]
    assert set(net.edges("SERVES")["target"]) == {"331003003000", "331003004000"}
    assert net.nodes("Facility").loc["F1", "origin"] == "花名册 一.xlsx|机构|B2|typed"
    assert net.nodes("Facility").loc["F4", "area"] == "331003003000"


@pytest.mark.parametrize("place", FAULTS)
def test_each_fault_alone_is_one_line_with_its_cell(tmp_path, place):
    """One fault gives one line: its cell, its code."""
    found = lines(build(tmp_path / "a.xlsx", [place]))
    assert (STANDS.get(place, place), FAULTS[place][1]) in found
    # without its column of names no group can be found by name: what hangs on it is named too
    assert len(found) == 1 or place == "集团!B1"


def test_every_problem_comes_in_one_run(tmp_path):
    """All faults together give all lines at once; mending one takes away exactly its line."""
    all_lines = lines(build(tmp_path / "all.xlsx", TOGETHER))
    assert len(all_lines) == len(TOGETHER)
    for place in TOGETHER:
        left = lines(build(tmp_path / "less.xlsx", [p for p in TOGETHER if p != place]))
        assert len(left) == len(all_lines) - 1
        assert set(left) < set(all_lines)


def test_errors_load_nothing_and_lose_nothing(tmp_path):
    """With errors there is no network, and all rows are counted as left out."""
    loaded = load(build(tmp_path / "all.xlsx", TOGETHER))
    assert loaded.network is None
    assert loaded.rows_in == loaded.left_out == 19
    with pytest.raises(SourceError) as caught:
        loaded.require()
    assert len(caught.value.problems) == len(TOGETHER)


def test_lenient_names_every_row_left_out(tmp_path):
    """Lenient loads the sound rows; each row left out has its place and its reason."""
    loaded = load(build(tmp_path / "a.xlsx", ["机构!D2", "关系!C3"]), lenient=True)
    assert loaded.rows_in == 16 == loaded.loaded + loaded.left_out
    left = {row.place: row.reason for row in loaded.left_rows}
    # the word in 机构!D2 is not known: it costs F1 its type alone
    assert {"关系!3"} == set(left)
    assert {"机构!D2", "关系!C3"} <= {found.place for found in loaded.errors}
    assert pd.isna(loaded.require().nodes().loc["F1", "type"])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_workbook_reads_back_equal(taizhou, tmp_path, lang):
    """What is written in either language reads back as the network that it was."""
    with speaking(lang):
        write(taizhou, tmp_path / "台州 样本.xlsx")
    assert read(tmp_path / "台州 样本.xlsx") == taizhou
    sheets = openpyxl.load_workbook(tmp_path / "台州 样本.xlsx").sheetnames
    assert ("机构" in sheets) == (lang == "zh")


def test_the_template_is_filled_with_its_areas(tmp_path):
    """The template of a county holds its 19 townships, and its examples are not read."""
    with speaking("zh"):
        template(tmp_path / "模板.xlsx", area="331003")
    loaded = load(tmp_path / "模板.xlsx")
    assert {p.code for p in loaded.problems} == {"W036"}
    assert loaded.require().counts()["areas"] == loaded.rows_in == 19
    with pytest.raises(OptionError, match="99"):
        template(tmp_path / "x.xlsx", area="99")


def test_the_template_offers_its_words(tmp_path):
    """A column with a vocabulary has a drop-down list that warns and does not refuse."""
    with speaking("zh"):
        template(tmp_path / "t.xlsx")
    tab = openpyxl.load_workbook(tmp_path / "t.xlsx")["机构"]
    lists = tab.data_validations.dataValidation
    assert len(lists) >= 7
    assert all(v.errorStyle == "warning" and "选项" in v.formula1 for v in lists)


def test_the_marked_copy_marks_and_links(tmp_path):
    """The copy colours the faulty cells, and its sheet 问题 links to each; marks of an earlier copy go."""
    source = build(tmp_path / "a.xlsx", ["机构!D2", "关系!C3"])
    with speaking("zh"):
        marked_copy(source, load(source).problems, tmp_path / "marked.xlsx")
        book = openpyxl.load_workbook(tmp_path / "marked.xlsx")
        assert book["机构"]["D2"].fill.fgColor.rgb == "FFFFC7CE"
        assert [c.hyperlink.location for c in book["问题"]["B"][1:]] == ["'机构'!D2", "'关系'!C3"]
        sound = build(tmp_path / "b.xlsx")
        book["机构"]["D2"] = "综合医院"
        book["关系"]["C3"] = "F2"
        book.save(tmp_path / "mended.xlsx")
        assert load(tmp_path / "mended.xlsx").require().counts() == read(sound).counts()
        marked_copy(tmp_path / "mended.xlsx", (), tmp_path / "clean.xlsx")
    clean = openpyxl.load_workbook(tmp_path / "clean.xlsx")
    assert clean["机构"]["D2"].fill.fgColor.rgb != "FFFFC7CE"


def test_a_formula_in_a_name_stays_text(tmp_path):
    """A name like =1+1 is a text in the written workbook and in the marked copy."""
    book = openpyxl.load_workbook(build(tmp_path / "a.xlsx"))
    book["机构"]["B2"].value, book["机构"]["B2"].data_type = "=1+1", "s"
    book["机构"]["D2"] = "=HYPERLINK(1)"
    book["机构"]["D2"].data_type = "s"
    book.save(tmp_path / "b.xlsx")
    problems = load(tmp_path / "b.xlsx").problems
    assert [p.value for p in problems] == ["=HYPERLINK(1)"]
    marked_copy(tmp_path / "b.xlsx", problems, tmp_path / "c.xlsx")
    book = openpyxl.load_workbook(tmp_path / "c.xlsx")
    assert all(cell.data_type != "f" for tab in book for row in tab.iter_rows() for cell in row)


def test_excel_numbers_are_read_as_people_mean_them(tmp_path):
    """A code typed as a number, a day typed as one, and a whole number with .0 are what they look like."""
    book = openpyxl.load_workbook(build(tmp_path / "a.xlsx"))
    book["机构"]["G3"] = 331003003000
    book["机构"]["J3"] = 45224
    book["机构"]["F3"] = 200.0
    book["区划"]["A2"] = 331003003000.0
    book.save(tmp_path / "b.xlsx")
    facility = read(tmp_path / "b.xlsx").nodes("Facility").loc["F2"]
    assert (facility["area"], facility["beds"]) == ("331003003000", 200)
    assert str(facility["valid_from"].date()) == "2023-10-25"


def test_merged_cells_and_a_title_above_the_header(tmp_path):
    """A merged cell counts for all its rows, and a title above the header is no header."""
    book = openpyxl.load_workbook(build(tmp_path / "a.xlsx"))
    tab = book["机构"]
    tab["O4"] = "甲集团"
    tab["P4"] = tab["P5"] = None
    tab.merge_cells("O4:O5")
    book["集团"].insert_rows(1)
    book["集团"]["A1"] = "集团一览表"
    book.save(tmp_path / "b.xlsx")
    members = read(tmp_path / "b.xlsx").edges("MEMBER_OF")
    assert set(members.loc[members["target"] == "G1", "source"]) == {"F3", "F4"}


def test_a_workbook_that_is_open_elsewhere_is_left_alone(taizhou, tmp_path):
    """Where Excel's lock file lies beside the target, one sentence says so and the old file is whole."""
    target = tmp_path / "a.xlsx"
    write(taizhou, target)
    before = target.read_bytes()
    (tmp_path / "~$a.xlsx").write_bytes(b"")
    with pytest.raises(TargetError, match=r"a\.xlsx"):
        write(taizhou.without("G1"), target)
    assert target.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.xlsx", "~$a.xlsx"]


def test_what_is_no_workbook_is_one_sentence(tmp_path):
    """A text file called .xlsx is refused in a sentence."""
    (tmp_path / "a.xlsx").write_text("no")
    with pytest.raises(SourceError, match=r"a\.xlsx"):
        read(tmp_path / "a.xlsx")


def test_a_colour_in_the_last_cell_of_a_sheet_costs_nothing(tmp_path, taizhou):
    """A template formatted to its last row and column reads as without; a text out there is refused by its cell."""
    write(taizhou, tmp_path / "n.xlsx")
    book = openpyxl.load_workbook(tmp_path / "n.xlsx")
    book["机构"]["XFD1048576"].fill = PatternFill("solid", fgColor="FFFF0000")
    book.save(tmp_path / "n.xlsx")
    assert read(tmp_path / "n.xlsx") == taizhou
    book["机构"]["XFD1048576"] = "x"
    book.save(tmp_path / "n.xlsx")
    with pytest.raises(SourceError, match="机构!XFD1048576"):
        read(tmp_path / "n.xlsx")


def test_columns_that_hold_nothing_shift_no_address(tmp_path):
    """Before all others, and thousands of them before a remark in Excel's last: each cell keeps its letter."""
    write(samples.taizhou(), tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    tab = book["机构"]
    tab.insert_cols(1)
    tab["XFD4"], tab["AZ6"] = "待核", "见附件"
    tab["C5"] = None
    book.save(tmp_path / "far.xlsx")
    problems = load(tmp_path / "far.xlsx").problems
    assert {one.place for one in problems if one.code == "W040"} == {"机构!AZ1", "机构!XFD1"}
    assert [one.place for one in problems if one.code == "E011"] == ["机构!C5"]
