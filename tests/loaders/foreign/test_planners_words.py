"""Words that planners put where a table expects a plain value: roles, what is open, many at once."""

from __future__ import annotations

import openpyxl
import pytest

import medgraph as mg
from medgraph.errors import SourceError
from medgraph.loaders import foreign, load
from medgraph.words.say import speaking


@pytest.fixture(autouse=True)
def _chinese():
    with speaking("zh"):
        yield


def book(path, **sheets):
    """Write a workbook of these sheets, each a list of rows."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        tab = made.create_sheet(name)
        for row in rows:
            tab.append(row)
    made.save(path)
    return path


def links(net, relation):
    """The names at the ends of the links of a relation."""
    names = net.nodes()["name"]
    edges = net.edges(relation)
    return {
        (names[one], names[other]) for one, other in zip(edges.source, edges.target, strict=True)
    }


GROUP = "安吉县人民医院医共体"
LEAD = {("安吉县人民医院", GROUP)}
MEMBER = {("梅溪镇中心卫生院", GROUP)}


@pytest.mark.parametrize(
    ("title", "lead", "member"),
    [
        ("机构类别", "综合医院（牵头）", "中心卫生院（成员单位）"),
        ("机构类别", "综合医院（牵头单位）", "中心卫生院"),
        ("是否牵头", "是", "否"),
        ("是否牵头单位", "√", "×"),
        ("牵头单位", "是", "否"),
    ],
)
def test_who_leads_stands_behind_the_type_or_is_a_yes(tmp_path, title, lead, member):
    """综合医院（牵头） says two things, 是否牵头 asks the same; neither is an unknown word."""
    rows = [
        ["序号", "机构名称", "所属医共体", title, "机构级别"],
        [1, "安吉县人民医院", GROUP, lead, "三级"],
        [2, "梅溪镇中心卫生院", GROUP, member, "一级甲等"],
    ]
    loaded = load(book(tmp_path / "a.xlsx", 名册=rows))
    net = loaded.require()
    assert links(net, "LEADS") == LEAD
    assert links(net, "MEMBER_OF") == MEMBER
    assert net.nodes("Facility")["level"].tolist() == ["3", "1A"]
    if title == "机构类别":
        assert net.nodes("Facility")["type"].iloc[0] == "general_hospital"


def test_a_table_of_ours_may_ask_whether_a_facility_leads(tmp_path):
    """是否牵头 is a yes or a no in a template, too."""
    (tmp_path / "facilities.csv").write_text(
        "id,name,集团,是否牵头\nF1,安吉县人民医院,G1,是\nF2,梅溪镇中心卫生院,G1,否\n",
        encoding="utf-8",
    )
    (tmp_path / "groups.csv").write_text(
        f"id,name,type\nG1,{GROUP},county_medical_community\n", encoding="utf-8"
    )
    net = load(tmp_path).require()
    assert (links(net, "LEADS"), links(net, "MEMBER_OF")) == (LEAD, MEMBER)


def test_a_lead_behind_its_label_heads_the_column_of_its_group(tmp_path):
    """牵头：甲医院 in a column of members is the lead, and no remark."""
    rows = [
        [GROUP, "安吉县中医医院医共体"],
        ["牵头：安吉县人民医院", "牵头：安吉县中医医院"],
        ["梅溪镇中心卫生院", "杭垓镇中心卫生院"],
    ]
    net = load(book(tmp_path / "a.xlsx", 名单=rows)).require()
    assert links(net, "LEADS") > LEAD
    assert len(links(net, "LEADS")) == len(links(net, "MEMBER_OF")) == 2


def test_what_is_open_is_unknown_and_no_fault(tmp_path):
    """待定 is no group, no name and no number: it is named, and the roster lists not all."""
    rows = [
        ["机构名称", "所属医共体", "牵头医院", "床位数"],
        ["梅溪镇中心卫生院", GROUP, "安吉县人民医院", 40],
        ["溪龙乡卫生院", "待定", "待定", "（待定）"],
    ]
    source, target = book(tmp_path / "a.xlsx", 名册=rows), tmp_path / "名册.xlsx"
    reading = foreign.tidy(source, target)
    net = reading.loaded.require()
    assert not reading.loaded.errors
    assert [one.place for one in reading.account.unread] == ["名册!D3", "名册!B3", "名册!C3"]
    assert not any(one.kind in ("type", "name") for one in reading.account.asked.values())
    assert net.nodes("Group")["name"].tolist() == [GROUP]
    assert "溪龙乡卫生院" not in mg.coverage.ungrouped(net).frame["name"].tolist()


def test_many_at_once_are_no_facility(tmp_path):
    """全县各乡镇卫生院 names nobody; 各莫镇 is a town."""
    rows = [
        ["中心名称", "依托单位", "使用单位"],
        ["医学影像中心", "阿坝县人民医院", "全县各乡镇卫生院"],
        ["心电诊断中心", "阿坝县人民医院", "各莫镇中心卫生院"],
    ]
    loaded = load(book(tmp_path / "a.xlsx", 中心=rows), lenient=True)
    names = set(loaded.require().nodes("Facility")["name"])
    assert names == {"阿坝县人民医院", "各莫镇中心卫生院"}
    assert [found.code for found in loaded.errors] == ["E176"]


def test_how_to_fill_in_the_sheets_is_no_table(tmp_path):
    """A sheet of sentences is left out and named, and asks for no header."""
    rows = [["机构名称", "床位数"], ["梅溪镇中心卫生院", 40], ["溪龙乡卫生院", 20]]
    prose = [["填表说明"], ["一、本表由县卫健局填写"], ["二、床位数填编制数"]]
    loaded = load(book(tmp_path / "a.xlsx", 名册=rows, 填表说明=prose))
    assert not loaded.errors
    reading = foreign.tidy(tmp_path / "a.xlsx", tmp_path / "b.xlsx")
    assert "填表说明" in [note.place for note in reading.account.decisions]


def test_one_sheet_called_like_ours_makes_no_template(tmp_path):
    """A sheet 共享中心, or 机构 with serial numbers and persons, is somebody else's table."""
    roster = [
        ["序号", "机构名称", "所属医共体", "联系人", "联系电话"],
        [1, "梅溪镇中心卫生院", GROUP, "张三丰", "13800000000"],
    ]
    centres = [["中心名称", "依托单位"], ["医学影像中心", "安吉县人民医院"]]
    net = load(book(tmp_path / "a.xlsx", 机构=roster)).require()
    assert links(net, "MEMBER_OF") == MEMBER
    net = load(book(tmp_path / "b.xlsx", 名册=roster, 共享中心=centres)).require()
    assert len(net.edges("HOSTS_CENTRE")) == 1
    assert "张三丰" not in net.nodes().to_csv()


@pytest.mark.parametrize("title", ["联系人", "联系电话", "手机", "phone"])
def test_a_column_of_persons_in_tables_of_ours_is_not_read(tmp_path, title):
    """Who somebody is, or how to reach them, becomes no attribute, and is told."""
    (tmp_path / "facilities.csv").write_text(
        f"id,name,{title}\nF1,甲医院,张三丰\n", encoding="utf-8"
    )
    loaded = load(tmp_path)
    assert [found.code for found in loaded.problems] == ["W078"]
    assert "张三丰" not in loaded.require().nodes().to_csv()


def test_where_nothing_can_be_read_the_sentence_says_what_to_do(tmp_path):
    """No mapping was given, so none is blamed; JSON is no table with wrong quotes."""
    rows = [
        ["派驻单位（科室）", "医师姓名", "职称", "1月"],
        ["心内科", "周建国", "主任医师", "梅溪镇中心卫生院"],
        ["儿科", "吴丽华", "主治医师", "溪龙乡卫生院"],
    ]
    with pytest.raises(SourceError, match="medgraph tidy"):
        load(book(tmp_path / "a.xlsx", 排班=rows))
    (tmp_path / "a.geojson").write_text('{"type": "FeatureCollection", "features": []}')
    with pytest.raises(SourceError, match="JSON"):
        foreign.tidy(tmp_path / "a.geojson", tmp_path / "b.xlsx")
