"""A fault of one value costs that value: the row stays, and what depends on it is unknown."""

from __future__ import annotations

import pandas as pd
import pytest

from medgraph.cli.console import group_problems
from medgraph.graphmodel.day import Day
from medgraph.graphmodel.left_rows import with_left_rows
from medgraph.loaders import load
from medgraph.words.say import problem

HEAD = "id,name,type,level,uscc,institution_code,beds,area,lon,lat,crs,valid_from,valid_to,status"
CREDIT, ORGANISATION = "12330000470051726F", "47005172-6"
SOUND = {
    "id": "F1",
    "name": "甲县人民医院",
    "type": "综合医院",
    "level": "三级甲等",
    "beds": "300",
    "area": "331003003000",
}


def folder(tmp_path, **cells):
    """A folder with one facility, some of whose cells are as given."""
    row = {**SOUND, **cells}
    text = ",".join(row.get(name, "") for name in HEAD.split(","))
    (tmp_path / "facilities.csv").write_text(f"{HEAD}\n{text}\n", encoding="utf-8")
    return tmp_path


WRONG = [
    ("uscc", "12330000470051726A", "E021"),
    ("institution_code", "12330000470051726A", "E022"),
    ("level", "第九级", "E031"),
    ("type", "???", "E031"),
    ("beds", "很多", "E012"),
    ("beds", "-5", "E015"),
    ("area", "009999999999", "E020"),
    ("lat", "28.6", "E060"),
]


@pytest.mark.parametrize(("field", "text", "code"), WRONG)
def test_a_wrong_value_costs_its_cell(field, text, code, tmp_path):
    """The facility stays without the value, which is named with its cell."""
    strict = load(folder(tmp_path, **{field: text}))
    assert strict.network is None
    lenient = load(folder(tmp_path, **{field: text}), lenient=True)
    assert code in {found.code for found in lenient.errors}
    assert all("!" in found.place for found in lenient.errors)
    assert lenient.left_out == 0
    nodes = lenient.require().nodes()
    assert list(nodes.index) == ["F1"]
    assert pd.isna(nodes.get(field, pd.Series({"F1": None})).loc["F1"])


@pytest.mark.parametrize(
    "cells",
    [
        {"valid_to": "去年"},
        {"status": "zzqx"},
        {"valid_from": "2024-01-01", "valid_to": "2020-01-01"},
    ],
)
def test_whoever_has_lost_a_day_may_be_at_work_or_not(cells, tmp_path):
    """An empty day says that the facility is there: with a lost one nobody knows."""
    loaded = load(folder(tmp_path, **cells), lenient=True)
    net = loaded.require()
    assert list(net.nodes().index) == ["F1"]
    assert loaded.left_nodes.doubtful == {"F1"}
    assert with_left_rows(net, loaded.left_nodes).nodes().loc["F1", "status"] == "?"


@pytest.mark.parametrize(
    ("text", "beds"),
    [
        ("八百", 800),
        ("一千二百", 1200),
        ("1.2万", 12000),
        ("１２", 12),
        ("二三", None),
        ("12张", None),
    ],
)
def test_a_count_in_words_is_read_where_it_is_one_number(text, beds, tmp_path):
    """With a word behind it, or where it may be two numbers, it is not understood."""
    nodes = load(folder(tmp_path, beds=text), lenient=True).require().nodes()
    found = nodes.get("beds", pd.Series({"F1": None})).loc["F1"]
    assert pd.isna(found) if beds is None else found == beds


def test_a_lost_day_leaves_every_question_open(tmp_path):
    """To ask, the facility may be at work; the network itself keeps its cell empty."""
    loaded = load(folder(tmp_path, valid_to="待定"), lenient=True)
    assert Day(loaded.asked(), "2024-01-01").in_service.unknown.all()
    assert "status" not in loaded.require().nodes()


def test_a_link_left_out_opens_the_lists_of_both_its_ends(tmp_path):
    """Of H1 nobody knows any more all to whom it sinks slots, of M1 from whom."""
    (tmp_path / "facilities.csv").write_text("id,name\nH1,甲\nM1,乙\n", encoding="utf-8")
    links = "source,relation,target,recipient\nH1,SINKS_SLOTS,M1,待定\n"
    (tmp_path / "links.csv").write_text(links, encoding="utf-8")
    (tmp_path / "meta.csv").write_text("key,value\nlinks.complete,complete\n", encoding="utf-8")
    meta = load(tmp_path, lenient=True).require().meta
    assert meta["links.SINKS_SLOTS.H1.complete"] == "partial"
    assert meta["links.SINKS_SLOTS.M1.complete"] == "partial"


@pytest.mark.parametrize(
    ("written", "field", "kept"),
    [(CREDIT, "uscc", CREDIT), (ORGANISATION, "organisation_code", "470051726")],
)
def test_a_code_is_recognised_by_its_length_and_check_character(written, field, kept, tmp_path):
    """Under 机构代码 people write credit codes and organisation codes."""
    loaded = load(folder(tmp_path, institution_code=written))
    assert {found.code for found in loaded.problems} == {"W025"}
    facility = loaded.require().nodes().loc["F1"]
    assert facility[field] == kept
    assert pd.isna(facility.get("institution_code"))


def test_a_code_that_the_right_column_has_too_is_one(tmp_path):
    """The same credit code in both columns says one thing."""
    loaded = load(folder(tmp_path, institution_code=CREDIT, uscc=CREDIT))
    assert loaded.require().nodes().loc["F1", "uscc"] == CREDIT


def test_many_faults_of_one_kind_are_one_line():
    """Twenty codes of a wrong length are said once."""
    found = [problem("E012", place=f"机构!B{row}", value=f"约{row}") for row in range(2, 22)]
    [line] = group_problems(found)
    assert "机构!B2" in line
    assert "19" in line
