"""`declare` changes one line and leaves the rest of a file as it is; what it writes is what is read."""

from __future__ import annotations

import datetime
import re
import zipfile

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import medgraph as mg
from medgraph.errors import OptionError, TargetError, UnknownIdError
from medgraph.loaders import load
from medgraph.loaders.declare import declare
from medgraph.words.invisible import visible
from medgraph.words.say import speaking

ON = datetime.date(2024, 6, 30)
FORMATS = ["net", "net.xlsx", "net.json", "net.graphml", "net.parquet", "net.mgz"]


def bytes_of(path):
    """The content of a workbook part by part, or of a folder file by file."""
    if path.is_dir():
        return {file.name: file.read_bytes() for file in path.iterdir()}
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(before, after):
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


@pytest.fixture
def roster(tmp_path):
    """A planner's own workbook: a chart, a formula with its shown value, a sheet of notes, a colour in 说明."""
    path = tmp_path / "名册 一.xlsx"
    book = xlsxwriter.Workbook(path)
    tabs = {name: book.add_worksheet(name) for name in ("机构", "集团", "说明", "备注")}
    for row, cells in enumerate((("名称", "床位"), ("甲医院", 800), ("乙医院", 200))):
        tabs["机构"].write_row(row, 0, cells)
    tabs["机构"].write_formula("B4", "=B2+B3", None, 1000)
    tabs["机构"].write("A4", "丙医院")
    tabs["集团"].write_row(0, 0, ["名称", "类型"])
    tabs["集团"].write_row(1, 0, ["甲集团", "城市医疗集团"])
    look = book.add_format({"bg_color": "#FFFF00"})
    for row, cells in enumerate(
        (("项目", "内容"), ("数据截止日", "2024-01-01"), ("机构.完整性", ""))
    ):
        tabs["说明"].write_row(row, 0, cells, look)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=机构!$B$2:$B$3"})
    tabs["备注"].insert_chart("B2", chart)
    book.close()
    return path


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_declared_is_read_in_every_format(taizhou, tmp_path, name, lang):
    """State, office, day and clause read back, in both languages, and nothing else of the network changes."""
    source = tmp_path / name
    with speaking(lang):
        mg.write(taizhou, source)
        written = declare(source, "派驻", "complete", by="市卫健委", on=ON, clause="附件1")
    stated = {
        "links.DISPATCHES.complete": "complete",
        "links.DISPATCHES.complete_by": "市卫健委",
        "links.DISPATCHES.complete_date": "2024-06-30",
        "links.DISPATCHES.complete_clause": "附件1",
    }
    assert mg.read(source) == taizhou.with_meta(**stated)
    assert written.part == "links.DISPATCHES"
    assert written.before.state is None
    found = [
        mg.Day(mg.read(source), day).declared_whole("DISPATCHES")
        for day in ("2024-06-29", "2024-06-30")
    ]
    assert found == [False, True]


@pytest.mark.parametrize("name", FORMATS)
def test_declaring_and_taking_back_restores(taizhou, tmp_path, name):
    """Taken back, the network is what it was; once declared partial, the table closes nothing."""
    source = tmp_path / name
    mg.write(taizhou, source)
    declare(source, "派驻", "complete", by="市卫健委")
    declare(source, "派驻", "partial", by="市卫健委")
    assert not mg.Day(mg.read(source)).declared_whole("DISPATCHES")
    assert declare(source, "派驻", None).before.state == "partial"
    assert mg.read(source) == taizhou


def test_declaring_again_replaces_and_says_what_it_replaces(taizhou, tmp_path):
    """The earlier declaration goes, its clause too, and is returned to be told."""
    mg.write(taizhou, tmp_path / "a")
    written = declare(tmp_path / "a", "机构", "complete", by="省卫健委", on=ON)
    assert written.before == taizhou.completeness("facilities")
    assert mg.read(tmp_path / "a").completeness("facilities") == written.now
    assert written.now.clause == ""


def test_a_workbook_keeps_all_else(roster):
    """Only the XML of 说明 changes: chart, notes, formula with its shown value, formats stay to the byte."""
    before = bytes_of(roster)
    written = declare(roster, "机构", "complete", by="市卫健委", on=ON)
    assert changed(before, bytes_of(roster)) == {"xl/worksheets/sheet3.xml"}
    tab = openpyxl.load_workbook(roster)["说明"]
    rows = [[cell.value for cell in row] for row in tab.iter_rows()]
    assert rows == [
        ["项目", "内容"],
        ["数据截止日", "2024-01-01"],
        ["机构.完整性", "完整"],  # the line that stood there, empty
        ["机构.完整性由谁声明", "市卫健委"],
        ["机构.完整性声明日", "2024-06-30"],
    ]
    assert tab["B3"].fill.fgColor.rgb == tab["B5"].fill.fgColor.rgb == "FFFFFF00"
    assert written.place == "说明!B3"
    assert mg.read(roster).nodes("Facility")["beds"].sum() == 2000  # 800 + 200 + the shown 1000


def test_a_workbook_without_the_sheet_gets_it(roster):
    """The sheet 说明 is added behind all others; every other sheet stays to the byte."""
    book = openpyxl.load_workbook(roster)
    del book["说明"]
    book.save(roster)
    before = bytes_of(roster)
    with speaking("zh"):
        declare(roster, "成员", "complete", by="市卫健委", on=ON)
    assert changed(before, bytes_of(roster)) == {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/worksheets/sheet4.xml",
    }
    assert openpyxl.load_workbook(roster).sheetnames == ["机构", "集团", "备注", "说明"]
    assert mg.read(roster).completeness("links.MEMBER_OF").by == "市卫健委"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_folder_keeps_all_else(taizhou, tmp_path, encoding, line_end):
    """Only meta.csv changes, in the encoding and with the delimiter and line ends that it has."""
    folder = tmp_path / "文件夹"
    mg.write(taizhou, folder)
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    text = line_end.join(("key;value", "标题;样本", "机构.完整性;完整", "")).encode(encoding)
    (folder / "meta.csv").write_bytes(text)
    before = bytes_of(folder)
    declare(folder, "成员", "complete", by="市卫健委", on=ON)
    after = bytes_of(folder)
    assert changed(before, after) == {"meta.csv"}
    lines = after["meta.csv"].decode(encoding).split(line_end)
    assert lines[:4] == [
        "key;value",
        "标题;样本",
        "机构.完整性;完整",
        "links.MEMBER_OF.complete;complete",
    ]


def test_a_folder_without_meta_gets_it(taizhou, tmp_path):
    """The file meta.csv is made."""
    mg.write(taizhou, tmp_path / "a")
    (tmp_path / "a" / "meta.csv").unlink()
    declare(tmp_path / "a", "机构", "complete", by="=cmd()", on=ON)
    assert mg.read(tmp_path / "a").completeness("facilities").by == "=cmd()"
    assert "'=cmd()" in (tmp_path / "a" / "meta.csv").read_text("utf-8-sig")  # no formula


@pytest.mark.parametrize("name", ["a", "a.xlsx"])
def test_a_list_declared_under_a_name_is_declared_again_and_taken_back(taizhou, tmp_path, name):
    """The line stays where it stands and is changed there: none is added under the id."""
    group = taizhou.nodes("Group").loc["G1", "name"]
    source = tmp_path / name
    mg.write(taizhou.with_meta(**{f"links.DISPATCHES.{group}.complete": "partial"}), source)
    written = declare(source, "派驻.G1", "complete", by="市卫健委", on=ON)
    assert written.before.state == "partial"
    assert not [p for p in load(source).problems if p.code.startswith("W09")]
    assert mg.read(source).completeness("links.DISPATCHES.G1") == written.now
    declare(source, f"派驻.{group}", None)
    assert mg.read(source) == taizhou


def test_a_folder_by_another_path_is_the_same_folder(taizhou, tmp_path):
    """An --output that leads to the source changes its file of statements and nothing else."""
    folder = tmp_path / "a"
    mg.write(taizhou, folder)
    (folder / "facilities.csv").write_bytes((folder / "facilities.csv").read_bytes() + b"\n")
    before = bytes_of(folder)
    written = declare(folder, "成员", "complete", by="市卫健委", output=tmp_path / "b" / ".." / "a")
    assert written.place.startswith("meta.csv!")
    assert changed(before, bytes_of(folder)) == {"meta.csv"}


def test_output_leaves_the_source(roster, tmp_path):
    """A workbook is copied whole with its line; to another format the network is written."""
    before = roster.read_bytes()
    for name in ("b.xlsx", "b.json", "b"):
        declare(roster, "机构", "complete", by="市卫健委", on=ON, output=tmp_path / name)
        assert mg.read(tmp_path / name).completeness("facilities").by == "市卫健委"
    assert roster.read_bytes() == before
    assert "xl/charts/chart1.xml" in bytes_of(tmp_path / "b.xlsx")


@pytest.mark.parametrize("lock", ["~$名册 一.xlsx", ".~lock.名册 一.xlsx#"])
def test_a_workbook_that_is_open_elsewhere_is_left_alone(roster, lock):
    """Where Excel or LibreOffice holds it, one sentence says so and the file is whole."""
    before = roster.read_bytes()
    (roster.parent / lock).write_bytes(b"")
    with pytest.raises(TargetError, match="名册 一"):
        declare(roster, "机构", "complete", by="市卫健委")
    assert roster.read_bytes() == before


def test_a_sheet_that_cannot_be_changed_alone_is_left_alone(roster):
    """A sheet whose cells have no addresses, or state a day by a formula, is refused whole."""
    book = openpyxl.load_workbook(roster)
    book["说明"]["B3"] = '="完"&"整"'
    book.save(roster)
    before = roster.read_bytes()
    with pytest.raises(TargetError, match="Excel"):
        declare(roster, "机构", "complete", by="市卫健委")
    assert roster.read_bytes() == before
    assert sorted(path.name for path in roster.parent.iterdir()) == [roster.name]


@pytest.mark.parametrize(
    ("table", "error", "nearest"),
    [
        ("成园", OptionError, "成员"),
        ("机够", OptionError, "机构"),
        ("links.MEMBRES", OptionError, "."),
        ("groups.chater", OptionError, "groups.charter"),
        ("说明", OptionError, "."),
        ("", OptionError, "."),
        ("成员.恩泽集图", UnknownIdError, "恩泽"),
    ],
)
def test_an_unknown_table_is_refused_with_the_nearest(taizhou, tmp_path, table, error, nearest):
    """Nothing is written."""
    mg.write(taizhou, tmp_path / "a")
    before = bytes_of(tmp_path / "a")
    with pytest.raises(error, match=nearest), speaking("zh"):
        declare(tmp_path / "a", table, "complete", by="市卫健委")
    assert bytes_of(tmp_path / "a") == before


def test_other_places_are_refused(taizhou, tmp_path):
    """Somebody else's workbook, one table alone, and what was never declared."""
    mg.samples.write_taizhou_ugly(tmp_path / "ugly.xlsx")
    before = (tmp_path / "ugly.xlsx").read_bytes()
    with pytest.raises(TargetError, match="tidy"):
        declare(tmp_path / "ugly.xlsx", "机构", "complete", by="市卫健委")
    own = tmp_path / "ugly.xlsx"
    with pytest.raises(TargetError, match=r"ugly\.xlsx"):
        declare(own, "机构", "complete", by="市卫健委", output=own)
    mg.write(taizhou, tmp_path / "a")
    with pytest.raises(TargetError, match=r"ugly\.xlsx"):
        declare(tmp_path / "a", "机构", "complete", by="市卫健委", output=own)
    assert (tmp_path / "ugly.xlsx").read_bytes() == before
    with pytest.raises(TargetError, match="output"):
        declare(tmp_path / "a" / "groups.csv", "集团", "complete", by="市卫健委")
    with pytest.raises(OptionError, match=r"DISPATCHES|派驻"):
        declare(tmp_path / "a", "派驻", None)


@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    text=st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn")), max_size=20
    ),
    table=st.sampled_from(["机构", "成员", "links.SERVES", "集团.章程"]),
)
@example(text="'", table="机构")
@example(text="''=1", table="机构")
def test_any_text_reads_back(taizhou, tmp_path, text, table):
    """Formulas, tags, quotes and signs in a clause are text, in a workbook and in a folder.

    An apostrophe that a workbook has before the sign of a formula is Excel's, not the text's.
    """
    in_workbook = re.sub(r"^'(?='*[=+\-@＝＋－＠])", "", visible(text).strip())
    for name, expected in (("a.xlsx", in_workbook), ("a", visible(text).strip())):
        mg.write(taizhou, tmp_path / name)
        written = declare(tmp_path / name, table, "complete", by="市卫健委", on=ON, clause=text)
        assert mg.read(tmp_path / name).completeness(written.part).clause == expected
