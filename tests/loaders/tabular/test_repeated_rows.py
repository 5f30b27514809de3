"""The same row of nodes twice is one row, told with both places; an id of two different rows is an error."""

from __future__ import annotations

import json

import openpyxl
import pyarrow as pa
import pytest

import medgraph as mg
from medgraph.loaders import load
from medgraph.loaders.formats import parquet

HEAD = ["编号", "名称", "类型", "床位", "集团", "角色"]
ROW = ["F1", "甲医院", "综合医院", "800", "甲集团", "牵头"]
UNNAMED = ["", "乙中心", "社区卫生服务中心", "", "甲集团", "成员"]
GROUPS = [["编号", "名称", "类型"], ["G1", "甲集团", "城市医疗集团"]]


def workbook(path, *rows):
    """Facilities in a workbook."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, table in (("机构", [HEAD, *rows]), ("集团", GROUPS)):
        tab = book.create_sheet(name)
        for row in table:
            tab.append([cell or None for cell in row])
    book.save(path / "a.xlsx")
    return path / "a.xlsx"


def folder(path, *rows):
    """The same as a folder of CSV."""
    for name, table in (("机构", [HEAD, *rows]), ("集团", GROUPS)):
        text = "".join(",".join(row) + "\n" for row in table)
        (path / f"{name}.csv").write_text(text, encoding="utf-8")
    return path


def told(source):
    """What is said of rows that are there twice: place, code and the sentence."""
    return [p for p in load(source).problems if p.code in ("W010", "E010", "E044")]


@pytest.mark.parametrize("make", [workbook, folder])
@pytest.mark.parametrize("row", [ROW, UNNAMED])
def test_the_same_row_twice_is_one(tmp_path, make, row):
    """Also what its cells link is there once; every row is accounted for."""
    other = next(other for other in (ROW, UNNAMED) if other is not row)
    source = make(tmp_path, row, other, row)
    sheet = "机构" if make is workbook else "机构.csv"
    [found] = told(source)
    assert (found.code, found.place, found.severity) == ("W010", f"{sheet}!4", "warning")
    assert f"{sheet}!2" in found.message
    assert found.value == (row[0] or row[1])
    loaded = load(source)
    assert (loaded.rows_in, loaded.loaded) == (4, 4)
    (tmp_path / "once").mkdir()
    assert loaded.require() == mg.read(make(tmp_path / "once", row, other))


@pytest.mark.parametrize("place", range(1, len(ROW)))
def test_one_id_of_rows_that_differ_is_an_error(tmp_path, place):
    """In whichever cell, also one that only makes a link."""
    other = [*ROW]
    other[place] = {2: "专科医院", 5: "成员", 4: ""}.get(place, "9")
    assert [p.code for p in told(folder(tmp_path, ROW, other))] == ["E010"]


def test_a_row_of_two_files_of_one_table_is_one(tmp_path):
    source = folder(tmp_path, ROW)
    (tmp_path / "facilities.csv").write_text("name,id\n甲医院,F1\n", encoding="utf-8")
    (tmp_path / "机构.csv").write_text("编号,名称\nF1,甲医院\n", encoding="utf-8")
    assert [p.code for p in told(source)] == ["W010"]
    assert mg.read(source).nodes("Facility").index.tolist() == ["F1"]


def test_links_by_name_to_a_repeated_row_are_clear(tmp_path):
    """A name that two equal rows bear means one thing."""
    source = folder(tmp_path, ROW, UNNAMED, UNNAMED)
    links = "起点,关系,终点\n乙中心,上转,甲医院\n"
    (tmp_path / "关系.csv").write_text(links, encoding="utf-8")
    assert [p.code for p in told(source)] == ["W010"]
    assert len(mg.read(source).edges("REFERS_UP_TO")) == 1


def test_a_node_of_json_twice_is_one(taizhou, tmp_path):
    path = tmp_path / "a.json"
    mg.write(taizhou, path)
    graph = json.loads(path.read_text("utf-8"))
    graph["nodes"].append(graph["nodes"][0])
    path.write_text(json.dumps(graph, ensure_ascii=False), encoding="utf-8")
    assert [p.code for p in told(path)] == ["W010"]
    loaded = load(path)
    assert loaded.require() == taizhou
    assert loaded.rows_in == loaded.loaded == len(graph["nodes"]) + len(graph["edges"])
    graph["nodes"][-1] = graph["nodes"][0] | {"name": "另一家"}
    path.write_text(json.dumps(graph, ensure_ascii=False), encoding="utf-8")
    assert [p.code for p in told(path)] == ["E010"]


def test_a_node_of_parquet_twice_is_one(taizhou, tmp_path):
    nodes, edges = taizhou.tables
    twice = mg.MedicalNetwork(pa.concat_tables([nodes, nodes.slice(0, 1)]), edges, taizhou.meta)
    parquet.write(twice, tmp_path / "a.parquet")
    assert [p.code for p in told(tmp_path / "a.parquet")] == ["W010"]
    assert mg.read(tmp_path / "a.parquet") == taizhou
