"""Where the facilities of a list lie that states no area: proposed, asked, never taken."""

from __future__ import annotations

import pandas as pd
import pytest

import medgraph as mg
from medgraph.errors import OptionError
from medgraph.graphmodel.decisions import Decision
from medgraph.words.say import say

AREAS = [
    {"id": "331003000000", "kind": "Area", "name": "黄岩区"},
    {"id": "331003102000", "kind": "Area", "name": "宁溪镇"},
    {"id": "331003001000", "kind": "Area", "name": "东城街道"},
    {"id": "331004000000", "kind": "Area", "name": "路桥区"},
    {"id": "331004001000", "kind": "Area", "name": "路桥街道"},
    {"id": "331004101000", "kind": "Area", "name": "东城镇"},
]


def network(*facilities: dict) -> mg.MedicalNetwork:
    rows = [{"id": f"F{i}", "kind": "Facility"} | row for i, row in enumerate(facilities)]
    return mg.MedicalNetwork.from_frames(pd.DataFrame([*AREAS, *rows]))


def proposed(net, **options) -> dict:
    [row] = mg.reconcile.places(net, **options).unknown.to_dict("records")
    return row


@pytest.mark.parametrize(
    ("facility", "area"),
    [
        ({"name": "宁溪镇中心卫生院"}, "331003102000"),
        ({"name": "寧溪衛生院"}, "331003102000"),
        ({"name": "黄岩区东城社区卫生服务中心"}, "331003001000"),
        ({"name": "路桥区东城卫生院"}, "331004101000"),
        ({"name": "仁爱医院", "地址": "黄岩区宁溪镇直街20号"}, "331003102000"),
        (
            {"name": "东城卫生院", "area": "331004", "type": "township_health_centre"},
            "331004101000",
        ),
    ],
)
def test_names_and_addresses_say_the_township(facility, area):
    """In any writing, with the county where two are called the same."""
    row = proposed(network(facility))
    assert (row["area"], row["status"]) == (area, "ask")
    assert row["confidence"] > 0.5


def test_namesakes_are_both_named():
    """Where two townships fit, neither is likely, and both are named."""
    row = proposed(network({"name": "东城卫生院"}))
    assert row["confidence"] < 0.6
    assert "东城" in row["others"]


def test_a_hospital_of_a_district_is_not_in_the_subdistrict_of_its_name():
    """路桥区中医院 says the district alone."""
    row = proposed(network({"name": "路桥区中医院"}))
    assert (row["area"], row["confidence"]) == ("", 0.0)


def test_nothing_is_placed_before_it_is_decided():
    """A proposal changes nothing; what is stated is not asked."""
    net = network({"name": "宁溪镇卫生院"}, {"name": "仁爱医院", "area": "331003001000"})
    assert mg.reconcile.places(net).total == 1
    assert mg.reconcile.placed(net, decisions=[]).counts() == net.counts()


def test_what_is_decided_is_placed_and_a_centre_serves_its_township():
    """The area is filled; a centre without territory serves it, as drawn and not stated."""
    net = network(
        {"name": "宁溪镇卫生院", "type": "township_health_centre"},
        {"name": "宁溪骨科诊所", "type": "hospital"},
    )
    decisions = [
        Decision("F0", "331003102000", "same", place="r.xlsx 核对!F2"),
        Decision("F1", "331003001000", "same", partner="宁溪镇"),
    ]
    done = mg.reconcile.placed(net, decisions=decisions)
    assert done.nodes().loc[["F0", "F1"], "area"].tolist() == ["331003102000"] * 2
    links = done.edges("SERVES")[["source", "target", "basis", "origin"]].to_numpy().tolist()
    assert links == [["F0", "331003102000", "expanded", "r.xlsx 核对!F2"]]


def test_not_here_asks_for_another():
    """A township that was refused is proposed no more."""
    decisions = [Decision("F0", "331003001000", "different")]
    row = proposed(network({"name": "黄岩区东城卫生院"}), decisions=decisions)
    assert row["area"] != "331003001000"


def test_without_townships_nothing_is_proposed():
    """Every facility is unknown, and a note says why."""
    centre = {"id": "F1", "kind": "Facility", "name": "宁溪镇卫生院"}
    answer = mg.reconcile.places(mg.MedicalNetwork.from_frames(pd.DataFrame([centre])))
    assert answer.unknown["facility"].tolist() == ["F1"]
    assert answer.unknown["area"].isna().all() or answer.unknown["area"].eq("").all()
    assert say("reconcile.no_townships") in answer.notes


def test_wrong_townships_are_refused():
    """One that is none."""
    with pytest.raises(OptionError, match="没有镇"):
        mg.reconcile.places(
            network({"name": "宁溪镇卫生院"}),
            decisions=[Decision("F0", "331003102000", "same", partner="没有镇")],
        )


def test_taizhou_without_areas_is_covered_again():
    """The townships of Taizhou's centres are found by their names, every one of them."""
    net = mg.samples.taizhou()
    nodes, edges = net.nodes().reset_index(), net.edges()
    nodes.loc[nodes["kind"] == "Facility", "area"] = None
    edges = edges[edges["relation"] != "SERVES"].drop(columns="id")
    bare = mg.MedicalNetwork.from_frames(nodes, edges, dict(net.meta))
    asked = mg.reconcile.places(bare).unknown
    likely = asked[asked["area"] != ""]
    decisions = [Decision(row.facility, row.area, "same") for row in likely.itertuples()]
    done = mg.reconcile.placed(bare, decisions=decisions)
    assert mg.coverage.served(bare).share.met == 0
    assert mg.coverage.served(done).share == mg.coverage.served(net).share
