"""A folder of county workbooks: what two counties call alike stays apart, each fact with its file."""

from __future__ import annotations

import openpyxl
import pytest

from medgraph.errors import SourceError
from medgraph.loaders.foreign import load, questions, tidy, update
from medgraph.words.say import speaking
from tests.loaders.foreign.test_questions import answer
from tests.loaders.foreign.test_tidy import balanced

HEAD = ("集团名称", "牵头医院", "机构名称", "服务乡镇", "上转")
LOCAL = ("第一医共体", "县人民医院")


@pytest.fixture(autouse=True)
def _chinese():
    with speaking("zh"):
        yield


def roster(path, title, rows, head=HEAD):
    book = openpyxl.Workbook()
    tab = book.active
    tab.append([title])
    tab.append(head)
    for row in rows:
        tab.append(row)
    book.save(path)


@pytest.fixture
def city(tmp_path):
    """Two counties that call everything alike; 城南镇 is a township of 温岭市 alone."""
    folder = tmp_path / "city"
    folder.mkdir()
    for file, title, township in (
        ("一.xlsx", "温岭市医共体成员名单", "城南镇"),
        ("二.xlsx", "仙居县紧密型县域医共体成员名单", "下各镇"),
    ):
        rows = [
            [*LOCAL, "县人民医院", None, None],
            [*LOCAL, "城关镇卫生院", township, "县人民医院"],
            [*LOCAL, "东部镇卫生院", None, "恩泽康复医院"],
        ]
        roster(folder / file, title, rows)
    return folder


def links(net, relation):
    edges = net.edges()
    found = edges[edges["relation"] == relation]
    return {tuple(one) for one in found[["source", "target"]].itertuples(index=False)}


def test_two_counties_share_neither_facilities_nor_groups(city):
    net = load(city).require()
    assert sorted(net.nodes("Facility")["name"]).count("县人民医院") == 2
    assert list(net.nodes("Group")["name"]) == ["第一医共体"] * 2
    for county in ("331081", "331024"):
        member, group = f"城关镇卫生院@{county}", f"第一医共体@{county}"
        assert (member, group) in links(net, "MEMBER_OF")
        assert (f"县人民医院@{county}", group) in links(net, "LEADS")
        assert (member, f"县人民医院@{county}") in links(net, "REFERS_UP_TO")
    assert len(links(net, "MEMBER_OF")) == 4


def test_every_fact_has_its_file(city):
    net = load(city).require()
    for kind in ("Facility", "Group"):
        nodes = net.nodes(kind)
        assert {text.split("|")[0] for text in nodes["origin"]} == {"一.xlsx", "二.xlsx"}
    assert {text.split("|")[0] for text in net.edges()["origin"]} == {"一.xlsx", "二.xlsx"}


def test_what_only_one_county_lists_is_nobody_in_another(city):
    """二.xlsx refers to 县妇幼保健院, which only 一.xlsx lists: that is not the one that is meant."""
    roster(city / "一.xlsx", "温岭市名单", [[*LOCAL, "县妇幼保健院", None, None]])
    roster(city / "二.xlsx", "仙居县名单", [[*LOCAL, "下各镇卫生院", None, "县妇幼保健院"]])
    net = load(city).require()
    assert links(net, "REFERS_UP_TO") == {("下各镇卫生院@331024", "县妇幼保健院@331024")}


def test_a_township_of_another_county_is_not_meant(city):
    """城南镇 is in 温岭市 alone: the file of 仙居县 does not mean it."""
    roster(city / "二.xlsx", "仙居县名单", [[*LOCAL, "下各镇卫生院", "城南镇、下各镇", None]])
    loaded = load(city, lenient=True)
    served = links(loaded.require(), "SERVES")
    assert {code[:6] for who, code in served if who.endswith("@331024")} == {"331024"}
    assert any(found.code == "E040" for found in loaded.problems)


def test_a_name_that_says_its_place_is_one_in_all_files(city):
    row = [*LOCAL, "台州市立医院", None, None]
    roster(city / "一.xlsx", "温岭市名单", [row])
    roster(city / "二.xlsx", "仙居县名单", [[*LOCAL, "下各镇卫生院", None, "台州市立医院"]])
    net = load(city).require()
    assert list(net.nodes("Facility")["name"]).count("台州市立医院") == 1


def test_whether_other_names_are_one_is_asked(city, tmp_path):
    """恩泽医疗集团 and 恩泽康复医院 in two files: apart till somebody says that they are the same."""
    for file, title, place in (("一", "温岭市名单", "甲"), ("二", "仙居县名单", "乙")):
        own = [
            ["恩泽医疗集团", None, "恩泽康复医院", None, None],
            [*LOCAL, f"{place}镇卫生院", None, None],
        ]
        roster(city / f"{file}.xlsx", title, own)
    target = tmp_path / "t.xlsx"
    reading = tidy(city, target)
    assert "twins" in {asked.kind for asked in questions(reading)}
    assert balanced(reading)
    answer(target, "说的是同一家吗", "都是")
    net = tidy(target, target).loaded.require()
    assert list(net.nodes("Facility")["name"]).count("恩泽康复医院") == 1


def test_one_table_with_a_column_of_counties(tmp_path):
    """第一医共体 of two counties in one table: apart, and asked; one group where somebody says so."""
    source, target = tmp_path / "市.xlsx", tmp_path / "t.xlsx"
    rows = [["温岭市", *LOCAL, "县人民医院"], ["仙居县", *LOCAL, "县人民医院"]]
    roster(source, "全市名单", rows, ("县市区", *HEAD[:3]))
    net = tidy(source, target).loaded.require()
    assert list(net.nodes("Group")["name"]) == ["第一医共体"] * 2
    answer(target, "说的是同一家吗", "都是")
    assert len(tidy(target, target).loaded.require().nodes("Group")) == 1


def test_a_roster_that_names_no_county_is_held_apart_and_asked_for(city, tmp_path):
    roster(city / "名单.xlsx", "成员名单", [[*LOCAL, "城关镇卫生院", None, None]])
    target = tmp_path / "t.xlsx"
    reading = tidy(city, target)
    asked = next(one for one in questions(reading) if one.kind == "county_file")
    assert asked.subject == "名单.xlsx"
    assert set(asked.offered) == {"温岭市", "仙居县"}
    assert list(reading.loaded.require().nodes("Group")["name"]) == ["第一医共体"] * 3
    answer(target, "名单.xlsx", "温岭市")
    answered = tidy(target, target).loaded.require()
    assert list(answered.nodes("Group")["name"]) == ["第一医共体"] * 2


def test_statistics_of_a_county_join_its_roster(city):
    head = ("机构名称", "床位数")
    roster(city / "温岭市床位.xlsx", "床位", [["县人民医院", 500]], head)
    net = load(city).require()
    beds = net.nodes("Facility")["beds"].dropna()
    assert dict(beds) == {"县人民医院@331081": 500}


def test_a_ledger_without_a_county_finds_whom_one_county_has(city):
    head = ("机构名称", "床位数")
    rows = [["城关镇卫生院", 30], ["下各镇卫生院", 20]]
    roster(city / "床位.xlsx", "床位统计", rows, head)
    extra = [[*LOCAL, "下各镇卫生院", None, None], [*LOCAL, "城关镇卫生院", None, None]]
    roster(city / "二.xlsx", "仙居县名单", extra)
    loaded = load(city, lenient=True)
    beds = loaded.require().nodes("Facility")["beds"].dropna()
    assert dict(beds) == {"下各镇卫生院@331024": 20}
    assert any(found.code == "E044" for found in loaded.problems)


def test_days_that_differ_are_no_day_of_the_whole(city):
    for file, title in (
        ("一", "温岭市名单（截至2024年3月）"),
        ("二", "仙居县名单（截至2024年6月）"),
    ):
        roster(city / f"{file}.xlsx", title, [[*LOCAL, "县人民医院", None, None]])
    loaded = load(city)
    assert "data_day" not in loaded.require().meta


@pytest.mark.parametrize("name", ["坏.xlsx", "坏.xls"])
def test_every_file_that_cannot_be_read_is_named(city, name):
    (city / name).write_bytes(b"PK\x03\x04 broken")
    (city / "又一个.xlsx").write_bytes(b"")
    with pytest.raises(SourceError) as caught:
        load(city)
    assert name in str(caught.value)
    assert "又一个.xlsx" in str(caught.value)


def test_the_next_quarter_of_a_city(city, tmp_path):
    """The folder of the next quarter is read with the answers of the last one."""
    target, following = tmp_path / "t.xlsx", tmp_path / "next.xlsx"
    tidy(city, target)
    new = tmp_path / "new"
    new.mkdir()
    for path in city.iterdir():
        path.rename(new / f"2024二季度{path.name}")
    done = update(target, new, following)
    assert sorted(done.reading.loaded.require().nodes().index) == sorted(done.last.nodes().index)
