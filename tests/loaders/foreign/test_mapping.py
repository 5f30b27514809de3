"""Mappings as a file and as the sheet 对照: each key does what it says in both; what is wrong is named."""

from __future__ import annotations

import openpyxl
import pytest
from click.testing import CliRunner

from medgraph.cli import cli
from medgraph.errors import SourceError, TargetError
from medgraph.loaders import foreign, load
from medgraph.loaders.workbooks.readers import read_grids
from medgraph.words.say import speaking
from tests.loaders.foreign.test_faults import book_of
from tests.loaders.foreign.test_tidy import edit

HEAD = ["医院", "甲", "乙", "丙", "丁", "上转"]
ROWS = [
    ["椒江区中医院/分院区", "X", 3.2, "2023年10月", "内部", "椒江区人民医院"],
    ["椒江区妇幼保健院", None, "5", "2024", None, None],
    ["路桥区中医院", "Y", 1, None, None, None],
]
RULES = """
area = "331002"
[[sheet]]
name = "*区"
kind = "facilities"
header = 2
first = 3
last = 4
skip = [5]
fill_down = ["甲"]
hidden = "skip"
sheet_name = "county"
constants = { ownership = "公立" }
[sheet.columns]
A = { to = "name", list = false }
"甲" = { to = "group", values = { X = "椒江区城市医疗集团" } }
"乙" = { to = "beds", unit = "百张" }
"丙" = { to = "valid_to", date = "first" }
"丁" = "skip"
"上转" = { relation = "REFERS_UP_TO" }
"""


@pytest.fixture(autouse=True)
def _chinese():
    with speaking("zh"):
        yield


@pytest.fixture
def source(tmp_path):
    return book_of(tmp_path / "u.xlsx", ("椒江区", [["一览"], HEAD, *ROWS]))


def written(tmp_path, text):
    path = tmp_path / "m.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_key_holds_also_through_the_sheet_and_back(source, tmp_path):
    """The network of a mapping file stays the same when its 名册 is tidied again, and when that is saved as a file."""
    target, again = tmp_path / "n.xlsx", tmp_path / "again.toml"
    net = foreign.tidy(source, target, mapping=written(tmp_path, RULES)).loaded.network
    nodes = net.nodes("Facility").set_index("name")
    assert nodes.loc["椒江区中医院/分院区", "beds"] == 320
    assert nodes.loc["椒江区妇幼保健院", "beds"] == 500
    assert str(nodes.loc["椒江区妇幼保健院", "valid_to"])[:10] == "2024-01-01"
    assert set(nodes.loc[["椒江区中医院/分院区", "椒江区妇幼保健院"], "ownership"]) == {"public"}
    assert len(net.edges("MEMBER_OF")) == 2
    assert len(net.edges("REFERS_UP_TO")) == 1
    reading = foreign.tidy(target, target)
    assert reading.loaded.network == net
    foreign.save_mapping(reading.mapping, again)
    assert load(source, mapping=again).require() == net


def test_the_sheet_offers_what_a_file_can_say(source, tmp_path):
    """Rows, units, days and lists have their lines in 对照, and an edit of each does what it says."""
    target = tmp_path / "n.xlsx"
    book_of(
        source, ("名册", [["机构名称", "床位数", "起始日期"], *[[r[0], r[2], r[3]] for r in ROWS]])
    )
    foreign.tidy(source, target)
    assert (
        edit(
            target,
            {
                ("单位", None): "百张",
                ("日期缺日", None): "末日",
                ("一格几个", None): "否",
                ("首行末行", None): "2-3",
                ("不读的行", None): "3",
            },
        )
        == 5
    )
    net = foreign.tidy(target, target).loaded.network
    node = net.nodes("Facility").iloc[0]
    assert (
        len(net.nodes("Facility")),
        node["name"],
        node["beds"],
        str(node["valid_from"])[:10],
    ) == (1, "椒江区中医院/分院区", 320, "2023-10-31")


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ("空白同上", "大概"),
        ("单位", "斤"),
        ("日期缺日", "初一"),
        ("不读的行", "第三行"),
        ("隐藏行", "也许"),
        ("已经核对", "嗯"),
        ("工作表内容", "表"),
        ("列", "不知道"),
        ("工作表名", "牵头医院"),
        ("标题行", "第一行"),
        ("区划范围", "999999"),
    ],
)
def test_a_word_in_the_sheet_that_nobody_knows_is_named(item, said, tmp_path):
    """An edit that means nothing is refused with its word; it is not taken for something else."""
    target = tmp_path / "n.xlsx"
    head = ["机构名称", "集团名称", "床位数", "起始日期"]
    rows = [["椒江区中医院", "甲县城市医疗集团", 1, "2023"], ["路桥区中医院", None, 2, "2024"]]
    foreign.tidy(book_of(tmp_path / "u.xlsx", ("名册", [head, *rows])), target)
    assert edit(target, {(item, None): said})
    with pytest.raises(SourceError, match=said):
        foreign.tidy(target, target)


@pytest.mark.parametrize(
    "rule",
    [
        "header = 'x'",
        "header = []",
        "header = 0",
        "first = '5'",
        "skip = 5",
        "columns = ['a']",
        "fill_down = '甲'",
        "kind = 'x'",
        "hidden = 'maybe'",
        "sheet_name = 'lead'",
        "constants = { foo = 'x' }",
        "colums = {}",
        "columns = { A = 'nam' }",
        "columns = { A = { relation = 'XX' } }",
        "columns = { A = { to = 'beds', unit = '斤' } }",
        "columns = { A = { to = 'valid_to', date = 'middle' } }",
        "columns = { A = { list = 'no' } }",
    ],
)
def test_what_is_wrong_in_a_file_is_named(rule, source, tmp_path):
    """A key that is not there, or a value that means nothing, is refused in one sentence with the file."""
    with pytest.raises(SourceError, match=r"m\.toml"):
        load(source, mapping=written(tmp_path, f"[[sheet]]\nname = '*'\n{rule}\n"))


@pytest.mark.parametrize(
    "text",
    [
        "sheet = 3",
        "words = 'x'\n[[sheet]]",
        "area = 331002\n[[sheet]]",
        "confirmed = 'no'\n[[sheet]]",
        "area = '99'\n[[sheet]]\nname = '*'\nheader = 2",
    ],
)
def test_what_is_wrong_at_the_top_of_a_file_is_named(text, source, tmp_path):
    """The same for the keys of the whole."""
    with pytest.raises(SourceError, match=r"m\.toml|99"):
        load(source, mapping=written(tmp_path, text))


def test_columns_and_sheets_that_are_not_there_are_said(source, tmp_path):
    """A mapping that names a column or a sheet that the workbook has not says so."""
    text = "[[sheet]]\nname = '椒江区'\nheader = 2\nfill_down = ['没有']\n[sheet.columns]\nA = 'name'\n'缺' = 'group'\n"
    loaded = load(source, mapping=written(tmp_path, text + "[[sheet]]\nname = '路桥区'\n"))
    assert {(p.code, p.value) for p in loaded.problems} >= {
        ("W182", "没有"),
        ("W182", "缺"),
        ("W183", "路桥区"),
    }


def test_a_mapping_of_another_workbook_reads_nothing_and_says_so(source, tmp_path):
    """Where no rule fits any sheet there is no empty network, but a sentence."""
    with pytest.raises(SourceError, match="没有读进任何一格"):
        load(source, mapping=written(tmp_path, "[[sheet]]\nname = '别的'\n"))


def test_one_rule_for_several_sheets_takes_the_titles_of_each(tmp_path):
    """A column of a pattern is called in each sheet as that sheet says: no group is taken from another sheet."""
    sheets = [
        (name, [["机构名称", group], [f"{name}中医院", "√"]])
        for name, group in (("椒江区", "甲城市医疗集团"), ("路桥区", "乙城市医疗集团"))
    ]
    rule = "[[sheet]]\nname = '*区'\nkind = 'matrix'\n[sheet.columns]\nA = 'name'\nB = { relation = 'MEMBER_OF' }\n"
    net = load(book_of(tmp_path / "u.xlsx", *sheets), mapping=written(tmp_path, rule)).require()
    assert set(net.edges("MEMBER_OF")["id"]) == {
        "椒江区中医院@|MEMBER_OF|甲城市医疗集团@",
        "路桥区中医院@|MEMBER_OF|乙城市医疗集团@",
    }


def test_edits_are_kept_when_the_original_is_tidied_again(tmp_path):
    """Tidying the original onto its 名册 follows the edits in 对照 there."""
    source, target = tmp_path / "u.xlsx", tmp_path / "n.xlsx"
    head, group = ["机构名称", "集团名称", "角色"], "甲县城市医疗集团"
    rows = [head, ["椒江区中医院", group, "成员"], ["路桥区中医院", None, "成员"]]
    book_of(source, ("名册 ", rows))  # with a blank behind its name
    foreign.tidy(source, target)
    edit(target, {("空白同上", None): "是"})
    assert len(foreign.tidy(source, target).loaded.network.edges("MEMBER_OF")) == 2


def test_nothing_is_written_onto_an_original(source, tmp_path):
    """Neither a mapping, a marked copy, a conversion, nor the 名册 of a folder replaces a workbook that was read."""
    before = source.read_bytes()
    for words in (
        ["tidy", str(source), "--output", str(tmp_path / "n.xlsx"), "--save-mapping", str(source)],
        ["check", str(source), "--output", str(source)],
        ["convert", str(source), str(source)],
        ["tidy", str(tmp_path), "--output", str(source)],
    ):
        assert isinstance(CliRunner().invoke(cli, words).exception, TargetError), words
    with pytest.raises(TargetError, match=r"\.xlsx"):
        foreign.tidy(source, tmp_path / "n.csv")
    assert source.read_bytes() == before


def test_a_folder_leaves_what_it_did_not_read_by_name(source, tmp_path):
    """A 名册 in the folder is not read again; other files and folders are named; check marks cells of every file."""
    (tmp_path / "读我.txt").write_text("x", encoding="utf-8")
    (tmp_path / "sub").mkdir()
    (tmp_path / "一.csv").write_text("机构名称,床位数\n椒江区中医院,很多\n", encoding="gb18030")
    first = foreign.tidy(tmp_path, tmp_path / "名册.xlsx").account
    second = foreign.tidy(tmp_path, tmp_path / "名册.xlsx").account
    assert first.counts == second.counts
    assert {"名册.xlsx", "读我.txt", "sub"} <= {d.place for d in second.decisions}
    marked = tmp_path / "sub" / "marked.xlsx"
    CliRunner().invoke(cli, ["check", str(tmp_path), "--output", str(marked)])
    book = openpyxl.load_workbook(marked)
    assert book["一.csv"]["B2"].fill.fgColor.rgb == "FFFFC7CE"
    assert "u_椒江区" in book.sheetnames


def test_an_answer_in_csv_carries_the_stamp(source, tmp_path):
    """Every row of a CSV says that nobody confirmed the guess, and so does stderr."""
    book_of(
        source,
        (
            "椒江区",
            [["机构名称", "集团名称", "服务辖区"], ["椒江区中医院", "甲城市医疗集团", "海门街道"]],
        ),
    )
    target = tmp_path / "x.csv"
    done = CliRunner().invoke(cli, ["coverage", "served", str(source), "--output", str(target)])
    lines = target.read_text("utf-8-sig").splitlines()
    assert len(lines) > 1
    assert all(line.endswith("自动识别，未经确认") for line in lines[1:])
    assert "自动识别，未经确认" in done.stderr
    assert [g.name for g in read_grids(source)] == ["椒江区"]
