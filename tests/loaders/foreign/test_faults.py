"""Faults of ugly workbooks: each one sentence with place and advice, in two languages, and marked in the copy."""

from __future__ import annotations

import openpyxl
import pytest
from openpyxl.styles import Font

from medgraph.cli import cli
from medgraph.errors import SourceError
from medgraph.loaders import foreign, load
from medgraph.loaders.tabular.cell_faults import VALUE_FAULTS
from medgraph.words.say import speaking
from tests.loaders.foreign.test_tidy import edit

HEAD = ["机构名称", "集团名称", "角色", "床位数", "统一社会信用代码", "服务辖区"]
ENCRYPTED = b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")
GROUP_HEAD = ["集团名称", "牵头医院", "成员单位"]
ROWS = [
    ["甲县第二人民医院", "甲县城市医疗集团", "牵头", 10, None, None],
    ["乙县第二人民医院", "乙县城市医疗集团", "牵头", 20, None, None],
    ["路桥区新桥镇卫生院", "甲县城市医疗集团", "成员", 30, None, "新桥镇"],
]


def book_of(path, *sheets):
    """A workbook of sheets: (title, rows)."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        tab = book.create_sheet(title)
        for row in rows:
            tab.append(row)
    book.save(path)
    return path


FAULTS = {
    "wrong total": ([*ROWS, ["小计", "5家"]], [], "名册!B5", "E170"),
    "wrong sum": ([*ROWS, ["合计", "3家", None, 61]], [], "名册!D5", "E170"),
    "lost digits": ([[*ROWS[0][:4], "3.31002E+11"], *ROWS[1:]], [], "名册!E2", "E171"),
    "number over 15 digits": (
        [[*ROWS[0][:4], 123300004700517260], *ROWS[1:]],
        [],
        "名册!E2",
        "E171",
    ),
    "two groups": (
        [*ROWS, ["路桥区新桥镇卫生院", "乙县城市医疗集团", "成员"]],
        [],
        "名册!A5",
        "E173",
    ),
    "ambiguous": (
        ROWS,
        [GROUP_HEAD, ["丙县医共体", "二院", "路桥区横街镇卫生院、路桥区金清镇卫生院"]],
        "成员!B2",
        "E044",
    ),
    "short name": (
        ROWS,
        [GROUP_HEAD, ["丙县医共体", "路桥区横街镇卫生院", "新桥院、路桥区金清镇卫生院"]],
        "成员!C2",
        "E176",
    ),
    "count of a list": (
        ROWS,
        [GROUP_HEAD, ["丙县医共体", "丙县人民医院", "路桥区横街镇、金清镇等3个卫生院"]],
        "成员!C2",
        "E179",
    ),
    "unknown role": ([[*ROWS[0][:2], "参与", 10], *ROWS[1:]], [], "名册!C2", "E031"),
    "no number": ([[*ROWS[0][:3], "很多"], *ROWS[1:]], [], "名册!D2", "E012"),
    "no such area": ([*ROWS[:2], [*ROWS[2][:5], "没有镇"]], [], "名册!F4", "E040"),
    "type of group": ([["丁医院集团成员", "恩泽集团", "成员"], *ROWS], [], "名册!B2", "E177"),
}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_is_named_with_its_cell(name, lang, tmp_path):
    """A planted fault gives one problem at its cell, with advice, and never a traceback."""
    rows, members, place, code = FAULTS[name]
    sheets = [("名册", [HEAD, *rows])] + ([("成员", members)] if members else [])
    with speaking(lang):
        loaded = load(book_of(tmp_path / "u.xlsx", *sheets))
    found = [p for p in loaded.problems if p.place == place and p.code == code]
    assert found, [str(p) for p in loaded.problems]
    assert found[0].advice
    costs_a_value = code in VALUE_FAULTS and name != "unknown role"
    assert (loaded.network is not None) == costs_a_value


def test_a_sentence_reads_as_people_say_it(tmp_path):
    """小计写 5 家，实读 3 家; 二院 names its candidates."""
    rows, members, *_ = FAULTS["ambiguous"]
    path = book_of(tmp_path / "u.xlsx", ("名册", [HEAD, *rows, ["小计", "5家"]]), ("成员", members))
    with speaking("zh"):
        said = [str(p) for p in load(path).problems]
    assert any("“小计”写 5 家，实读 3 家" in s for s in said)
    assert any("“二院”对应 2 个：甲县第二人民医院、乙县第二人民医院" in s for s in said)


def test_check_marks_the_cell(tmp_path):
    """`check --output` colours the cell of the wrong total and lists it."""
    from click.testing import CliRunner

    path = book_of(tmp_path / "u.xlsx", ("名册", [HEAD, *ROWS, ["小计", "5家"]]))
    marked = tmp_path / "marked.xlsx"
    done = CliRunner().invoke(
        cli, ["check", str(path), "--output", str(marked), "--lang", "zh"], standalone_mode=False
    )
    assert done.return_value == 1
    book = openpyxl.load_workbook(marked)
    assert book["名册"]["B5"].fill.fgColor.rgb == "FFFFC7CE"
    assert "名册!B5" in [row[1].value for row in book["问题"].iter_rows()]


def test_names_answered_in_the_sheet_hold(tmp_path):
    """二院 written out in 对照 makes the link."""
    rows, members, *_ = FAULTS["ambiguous"]
    source, target = tmp_path / "u.xlsx", tmp_path / "n.xlsx"
    book_of(source, ("名册", [HEAD, *rows]), ("成员", members))
    with speaking("zh"):
        foreign.tidy(source, target)
        book = openpyxl.load_workbook(target)
        for row in book["对照"].iter_rows(min_row=2):
            if row[0].value == "二院":
                row[1].value = "乙县第二人民医院"
        book.save(target)
        net = foreign.tidy(target, target).loaded.network
    assert "乙县第二人民医院@|LEADS|丙县医共体@" in set(net.edges("LEADS")["id"])


def test_what_is_hidden_struck_or_not_stored_is_said(tmp_path):
    """Hidden sheets and struck rows are skipped with their reason, hidden rows read; empty formulas are named."""
    old = [HEAD, ["丙县第三人民医院", "甲县城市医疗集团", "成员"]]
    path = book_of(tmp_path / "u.xlsx", ("名册", [HEAD, *ROWS]), ("旧", old))
    book = openpyxl.load_workbook(path)
    book["旧"].sheet_state = "hidden"
    tab = book["名册"]
    tab.row_dimensions[3].hidden = True
    for cell in tab[4]:
        cell.font = Font(strike=True)
    tab["D2"] = "=1+1"
    book.save(path)
    with speaking("zh"):
        reading = foreign.tidy(path, tmp_path / "n.xlsx")
    said = " ".join(d.text for d in reading.account.decisions)
    assert len(reading.loaded.network.nodes("Facility")) == 2
    assert "隐藏的 1 行也读了：3" in said
    assert "删除线" in said
    assert "隐藏的工作表" in said
    assert [p.place for p in reading.account.problems if p.code == "W174"] == ["名册!D2"]
    target = tmp_path / "n.xlsx"
    with speaking("zh"):
        assert edit(target, {("隐藏行", "隐藏行"): "不读"}) == 2
        again = foreign.tidy(target, target)
    assert len(again.loaded.network.nodes("Facility")) == 1
    assert "隐藏的 1 行没有读：3" in [
        d.text for d in again.account.decisions if d.place == "名册!3"
    ]


def test_across_merges_in_the_body_are_an_error(tmp_path):
    """A merge across columns in the body is refused; one over a title is not."""
    path = book_of(tmp_path / "u.xlsx", ("名册", [["名册一览", *[None] * 5], HEAD, *ROWS]))
    book = openpyxl.load_workbook(path)
    book["名册"].merge_cells("A1:F1")
    book["名册"].merge_cells("B3:C3")
    book.save(path)
    problems = load(path).problems
    assert [p.place for p in problems if p.code == "E175"] == ["名册!B3"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.et", b"x", ".et"),
        ("~$a.xlsx", b"x", "~$"),
        ("a.xlsx", ENCRYPTED, "密码"),
        ("b.xls", b"junk", "b.xls"),
        ("c.csv", b"", "c.csv"),
        ("d.xlsx", b"junk", "d.xlsx"),
    ],
)
def test_what_cannot_be_read_says_so_in_one_sentence(name, content, said, tmp_path):
    """.et, lock files, encrypted files and rubbish give a sentence, not a traceback."""
    path = tmp_path / name
    path.write_bytes(content)
    with (
        speaking("zh"),
        pytest.raises(SourceError, match=said.replace("$", r"\$").replace(".", r"\.")),
    ):
        load(path).require()


def test_unclear_headers_name_their_candidates(tmp_path):
    """Two rows that may be the header, with too little in both: nothing is read, both are named."""
    rows = [
        ["机构名称", "甲"],
        ["甲县第二人民医院", 3],
        ["医院名称", "乙"],
        ["乙县第二人民医院", 3],
    ]
    target = tmp_path / "n.xlsx"
    with speaking("zh"), pytest.raises(SourceError, match="标题行") as caught:
        foreign.tidy(book_of(tmp_path / "u.xlsx", ("表", rows)), target)
    assert "表!1" in str(caught.value.problems[0])
    assert "表!3" in str(caught.value.problems[0])
    assert target.exists()


def test_other_files_give_the_same(tmp_path):
    """A CSV and an .xls give what the .xlsx gives; so does a folder with a lock file in it."""
    xlwt = pytest.importorskip("xlwt")
    rows = [HEAD, *ROWS]
    wanted = load(book_of(tmp_path / "u.xlsx", ("名册", rows))).require()
    text = "\n".join(",".join("" if v is None else str(v) for v in row) for row in rows)
    (tmp_path / "u.csv").write_text(text, encoding="gb18030")
    book = xlwt.Workbook()
    tab = book.add_sheet("名册")
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value is not None:
                tab.write(r, c, value)
    book.save(str(tmp_path / "u.xls"))
    folder = tmp_path / "folder"
    folder.mkdir()
    (tmp_path / "u.xls").rename(folder / "v.xls")
    (folder / "~$v.xlsx").write_bytes(b"lock")
    for source in (tmp_path / "u.csv", folder / "v.xls", folder):
        found = load(source).require()
        assert set(found.edges()["id"]) == set(wanted.edges()["id"])
        assert set(found.nodes().index) == set(wanted.nodes().index)


def test_namesakes_of_other_counties_stay_apart(tmp_path):
    """Two hospitals of one name in two counties are two, also where one county lies outside the area covered."""
    rows = [
        ["机构名称", "区县", "上转"],
        ["椒江区人民医院", "椒江区", None],
        ["第二人民医院", "椒江区", None],
        ["第二人民医院", "鼓楼区", "椒江区人民医院"],
    ]
    net = foreign.tidy(
        book_of(tmp_path / "u.xlsx", ("医院", rows)), tmp_path / "n.xlsx"
    ).loaded.network
    assert len(net.nodes("Facility")) == 3
    source = net.edges("REFERS_UP_TO")["source"].tolist()
    assert source == ["第二人民医院@"]


def test_a_mapping_file_written_by_hand(tmp_path):
    """Patterns, constants, words of a column, blanks and the name of the sheet do what the file says."""
    head = ["机构名称", "集团"]
    path = book_of(
        tmp_path / "u.xlsx",
        ("椒江区", [head, ["第二人民医院", "甲"], ["第三人民医院", None]]),
        ("路桥区", [head, ["第二人民医院", "乙县城市医疗集团"]]),
    )
    rules = tmp_path / "m.toml"
    rules.write_text(
        """
area = "331004"
[[sheet]]
name = "*区"
kind = "facilities"
header = 1
fill_down = ["集团"]
sheet_name = "county"
constants = { ownership = "公立" }
[sheet.columns]
"机构名称" = "name"
"集团" = { to = "group", values = { "甲" = "甲县城市医疗集团" } }
""",
        encoding="utf-8",
    )
    net = load(path, mapping=rules).require()
    assert sorted(net.nodes("Facility")["name"]) == ["第三人民医院", "第二人民医院", "第二人民医院"]
    assert set(net.nodes("Facility")["ownership"]) == {"public"}
    assert net.edges("MEMBER_OF")["target"].value_counts().to_dict() == {
        "甲县城市医疗集团@": 2,
        "乙县城市医疗集团@": 1,
    }
    assert "stamp" not in net.meta


def test_a_remark_far_to_the_right_changes_nothing_else(tmp_path):
    """XFD is Excel's last column; the 16,000 empty ones before it are neither titles nor cells."""
    book = book_of(tmp_path / "near.xlsx", ("名册", [HEAD, *ROWS]))
    near = load(book, lenient=True)
    opened = openpyxl.load_workbook(book)
    opened["名册"]["XFD3"] = "待核"
    opened.save(tmp_path / "far.xlsx")
    far = load(tmp_path / "far.xlsx", lenient=True)
    told = [problem for problem in far.problems if "XFD" in problem.place]
    assert [problem.code for problem in told] == ["W179"]
    ids = [sorted(loaded.network.nodes().index) for loaded in (far, near)]
    assert ids[0] == ids[1]
