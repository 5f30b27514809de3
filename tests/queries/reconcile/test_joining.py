"""Two networks as one: nothing is lost, nothing is overwritten in silence."""

from __future__ import annotations

import pandas as pd
import pytest

import medgraph as mg
from medgraph.graphmodel.decisions import Decision
from medgraph.visuals.report.tables import answer_table
from medgraph.words.say import say, speaking
from tests.queries.reconcile.lists import COUNTY, OTHERS, named, network

AREA = {"id": "331099000000", "kind": "Area", "name": "甲县"}


def joined(before, after, *decisions):
    return mg.reconcile.join(before, after, decisions=decisions)


def test_a_network_with_itself_is_itself():
    """Taizhou joined with Taizhou: as many nodes and links, no conflict, the same declarations."""
    net = mg.samples.taizhou()
    done = joined(net, net)
    assert done.net.counts() == net.counts()
    assert dict(done.net.meta) == dict(net.meta)
    assert done.conflicts.judged > 1000
    assert done.conflicts.frame.empty
    assert mg.coverage.served(done.net).share == mg.coverage.served(net).share


def test_what_one_lacks_the_other_fills_and_what_differs_is_told():
    """A blank is filled; two values are a finding with both places; names of both find it."""
    before = network({"name": "东城镇卫生院", "level": "1A", "origin": "a.xlsx|机构|C2|typed"})
    after = network(
        {
            "id": "P7",
            "name": "东城中心卫生院",
            "level": "1B",
            "beds": 20,
            "origin": "b.xlsx|机构|D9|typed",
        }
    )
    done = joined(before, after)
    row = done.net.nodes().loc["N0"]
    assert (row["name"], row["level"], row["beds"]) == ("东城镇卫生院", "1A", 20)
    assert (row["id_other"], row["origin_other"]) == ("P7", "b.xlsx|机构|D9|typed")
    assert done.net.find("东城中心卫生院") == "N0"
    told = {row["field"]: row for row in done.conflicts.frame.to_dict("records")}
    assert told.keys() == {"name", "level"}
    assert (told["level"]["before"], told["level"]["after"]) == ("1A", "1B")
    assert (told["level"]["place_before"], told["level"]["place_after"]) == ("机构!C2", "机构!D9")


def test_another_writing_is_no_conflict():
    """號 and 号 are one sign."""
    before = network({"name": "東城鎮衛生院", "地址": "直街20號"})
    after = network({"name": "东城镇卫生院", "地址": "直街20号"})
    assert joined(before, after).conflicts.frame.empty


def test_ids_that_mean_two_facilities_are_two():
    """An id of the second list that is another facility's in the first gets a number."""
    before, after = named("东城镇卫生院", *OTHERS), named("西区诊所", *OTHERS)
    done = joined(before, after)
    names = done.net.nodes("Facility")["name"].to_dict()
    assert names["N0"] == "东城镇卫生院"
    assert names["N0-2"] == "西区诊所"
    assert len(names) == 2 + len(OTHERS)


def test_what_is_asked_stays_two():
    """Nothing that is not sure is joined, and it is told."""
    done = joined(named("东城卫生院", *OTHERS), named("东城镇卫生院", "东城乡卫生院", *OTHERS))
    assert len(done.review.unknown)
    assert len(done.net.nodes("Facility")) == 3 + len(OTHERS)
    assert str(len(done.review.unknown)) in done.conflicts.notes[1]


def of(nodes, links, **meta):
    return mg.MedicalNetwork.from_frames(pd.DataFrame(nodes), pd.DataFrame(links), meta)


def test_links_follow_and_are_one_where_both_state_them():
    """Links of the second network end at the joined nodes; a link of both is one, its fields compared."""
    group = {"id": "G1", "kind": "Group", "name": "甲医共体", "type": "county_medical_community"}
    one = {"id": "F1", "kind": "Facility", "name": "东城镇卫生院", "area": COUNTY}
    lead = {"id": "F2", "kind": "Facility", "name": "甲县人民医院", "area": COUNTY}
    before = of(
        [group, one, lead],
        [
            {"source": "F1", "relation": "MEMBER_OF", "target": "G1", "valid_from": "2020-01-01"},
            {"source": "F1", "relation": "REFERS_UP_TO", "target": "F2", "minutes": 30},
        ],
    )
    after = of(
        [group | {"id": "X"}, one | {"id": "P1"}, lead | {"id": "F1"}],
        [
            {"source": "P1", "relation": "MEMBER_OF", "target": "X", "valid_from": "2021-01-01"},
            {"source": "F1", "relation": "LEADS", "target": "X"},
        ],
    )
    done = joined(before, after)
    links = {tuple(row) for row in done.net.edges()[["source", "relation", "target"]].to_numpy()}
    assert links == {("F1", "MEMBER_OF", "G1"), ("F1", "REFERS_UP_TO", "F2"), ("F2", "LEADS", "G1")}
    [told] = done.conflicts.frame.to_dict("records")
    assert (told["relation"], told["field"], told["before"]) == (
        "MEMBER_OF",
        "valid_from",
        "2020-01-01",
    )


def test_complete_is_what_both_declare():
    """A list that one declares complete is not, with the facilities of one that does not."""
    whole = {"facilities.complete": "complete", "facilities.complete_by": "卫健委"}
    net = named("东城镇卫生院", *OTHERS)
    assert joined(net.with_meta(**whole), net).net.meta["facilities.complete"] == "partial"
    both = joined(net.with_meta(**whole), net.with_meta(**whole)).net
    assert both.meta["facilities.complete"] == "complete"
    assert "facilities.complete" not in joined(net, net.with_meta(**whole)).net.meta


@pytest.mark.parametrize(
    "stamps", [("样本数据", None), (None, "合成数据"), ("样本数据", "合成数据")]
)
def test_no_stamp_is_lost(stamps):
    """What must be shown with either network is shown with both."""
    nets = [named(*OTHERS).with_meta(stamp=stamp) for stamp in stamps]
    assert all(stamp in joined(*nets).net.meta["stamp"] for stamp in stamps if stamp)


def test_merged_split_and_closed_are_lineage():
    """On the second day: ended, followed by, split from; nothing is deleted."""
    before = named("东城镇卫生院", "西城镇卫生院", "南城诊所", *OTHERS).with_meta(
        data_day="2023-06-30"
    )
    after = named("东城镇卫生院", "东城分院", *OTHERS).with_meta(data_day="2024-06-30")
    done = joined(
        before,
        after,
        Decision("N1", "N0", "merged"),
        Decision("N2", "", "closed"),
        Decision("N0", "N1", "split"),
    )
    day = "2024-07-01"
    assert done.net.data_day.isoformat() == "2024-06-30"
    assert done.net.successors("N1") == ["N0"]
    assert "东城镇卫生院" in done.net.nodes().loc["N1-2", "note"]
    there = set(done.net.as_of(day).nodes("Facility")["name"])
    assert there == {"东城镇卫生院", "东城分院", *OTHERS}
    assert "南城诊所" in set(done.net.nodes("Facility")["name"])


def test_one_that_is_split_up_is_followed_by_all():
    """It is over, and its heirs follow it."""
    before, after = named("东城镇卫生院", *OTHERS), named("南区诊所", "北区诊所", *OTHERS)
    done = joined(before, after, Decision("N0", "N0", "split"), Decision("N0", "N1", "split"))
    heirs = {done.net.name(id) for id in done.net.successors("N0")}
    assert heirs == {"南区诊所", "北区诊所"}


def test_points_are_compared_as_points():
    """A point some metres off is no conflict; one far off is one, once."""
    before = network({"name": "东城镇卫生院", "lon": 121.0, "lat": 28.0})
    near = network({"name": "东城镇卫生院", "lon": 121.001, "lat": 28.0})
    far = network({"name": "东城镇卫生院", "lon": 121.1, "lat": 28.1})
    assert joined(before, near).conflicts.frame.empty
    assert joined(before, far).conflicts.frame["field"].tolist() == ["lon"]


@pytest.mark.parametrize(
    ("lang", "types", "areas"),
    [
        ("zh", ("类型", "乡镇卫生院", "社区卫生服务中心"), ("所在区划", "甲县", "东城镇")),
        (
            "en",
            ("type", "township health centre", "community health centre"),
            ("area", "甲县", "东城镇"),
        ),
    ],
)
def test_people_read_conflicts_in_words(lang, types, areas):
    """Titles of columns, words of vocabularies, names of areas; JSON keeps the codes."""
    town = {"id": "331099101000", "kind": "Area", "name": "东城镇"}
    name = {"name": "东城镇卫生院"}
    before = network(AREA, town, {**name, "type": "township_health_centre", "area": AREA["id"]})
    after = network(AREA, town, {**name, "type": "community_health_centre", "area": town["id"]})
    done = joined(before, after)
    assert {*done.conflicts.frame["field"]} == {"type", "area"}
    with speaking(lang):
        table = answer_table(done.net, done.conflicts)
        told = {tuple(row[4:7]) for row in table.rows}
        assert told == {types, areas}
        assert table.headings[5:7] == (say("conflict.before"), say("conflict.after"))
