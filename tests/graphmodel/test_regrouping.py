"""Which facilities go along when townships go to another group."""

from __future__ import annotations

import pytest

import medgraph as mg
from medgraph.errors import ChangeError
from medgraph.graphmodel.changes import End
from medgraph.graphmodel.regrouping import regroupings
from medgraph.words.say import speaking

# Two towns, two groups. C1 serves T1 and T2, C2 serves T2 alone; N is in no group and serves T3.
NODES = [
    {"id": "H1", "kind": "Facility", "name": "县第一医院", "type": "general_hospital"},
    {"id": "H2", "kind": "Facility", "name": "县第二医院", "type": "general_hospital"},
    *(
        {"id": id, "kind": "Facility", "name": f"{id}卫生院", "type": "township_health_centre"}
        for id in ("C1", "C2", "N")
    ),
    {"id": "G1", "kind": "Group", "name": "第一医共体", "type": "county_medical_community"},
    {"id": "G2", "kind": "Group", "name": "第二医共体", "type": "county_medical_community"},
    *({"id": f"99000010{n}000", "kind": "Area", "name": f"{n}镇"} for n in (1, 2, 3, 4)),
]
T1, T2, T3, T4 = (f"99000010{n}000" for n in (1, 2, 3, 4))
LINKS = [
    ("H1", "LEADS", "G1"),
    ("H2", "LEADS", "G2"),
    ("C1", "MEMBER_OF", "G1"),
    ("C2", "MEMBER_OF", "G1"),
    ("C1", "SERVES", T1),
    ("C1", "SERVES", T2),
    ("C2", "SERVES", T2),
    ("N", "SERVES", T3),
]


@pytest.fixture
def net():
    import pandas as pd

    edges = pd.DataFrame(LINKS, columns=["source", "relation", "target"])
    return mg.MedicalNetwork.from_frames(pd.DataFrame(NODES), edges)


def moved(net, *chosen, to_group="G2"):
    return [(type(one).__name__, one.id) for one in regroupings(net, chosen, to_group=to_group)]


def test_a_town_goes_with_all_that_serve_it(net):
    assert moved(net, T2) == [("Move", "C1"), ("Move", "C2")]


def test_who_serves_two_chosen_towns_goes_once(net):
    assert moved(net, T1, T2) == [("Move", "C1"), ("Move", "C2")]


def test_who_was_in_no_group_joins(net):
    assert moved(net, T3, "C2") == [("Join", "N"), ("Move", "C2")]


def test_who_is_there_already_stays(net):
    after = net.applying(regroupings(net, ["C2"], to_group="G2"))
    assert moved(after, T2) == [("Move", "C1")]


def test_who_is_in_two_groups_leaves_the_other(net):
    both = net.joined("C2", group="G2")
    assert regroupings(both, ["C2"], to_group="G2") == [End("C2", "MEMBER_OF", "G1")]
    after = both.applying(regroupings(both, ["C2"], to_group="G2"))
    assert after.groups_left("C2", to_group="G1") == ["G2"]


def test_a_lead_that_serves_a_town_of_its_own_group_stays(net):
    serving = net.joined("C1", group="G2").linked("H2", "SERVES", T1)
    assert moved(serving, T1) == [("End", "C1")]
    with pytest.raises(ChangeError):
        regroupings(serving, [T1], to_group="G1")


@pytest.mark.parametrize(
    ("chosen", "to_group", "said"),
    [(T4, "G2", "Nobody is stated"), ("H1", "G2", "lead of a group"), (T1, "G1", "already")],
)
def test_what_cannot_be_moved_is_said(net, chosen, to_group, said):
    with speaking("en"), pytest.raises(ChangeError, match=said):
        regroupings(net, [chosen], to_group=to_group)


def test_a_group_is_meant_by_its_name_too(net):
    assert net.applying(regroupings(net, ["C2"], to_group="第二医共体")) == net.moved(
        "C2", to_group="G2"
    )


def test_who_is_closed_does_not_go_along(net):
    assert moved(net.filled("C1", "status", "closed"), T2) == [("Move", "C2")]


def test_who_is_moved_again_on_the_same_day_was_never_in_between(net):
    """A planner thinks again: the first thought held on no day, and what was read stays."""
    day = "2024-01-01"
    again = net.moved("C1", to_group="G2", on=day).moved("C1", to_group="G1", on=day)
    rows = again.edges("MEMBER_OF").query("source == 'C1'")
    ends = rows["valid_to"].astype("string").fillna("").tolist()
    assert rows["target"].tolist() == ["G1", "G1"]
    assert [end[:10] for end in ends] == ["2023-12-31", ""]


def test_what_was_read_is_never_taken_back(net):
    nodes, edges = net.nodes().reset_index(), net.edges()
    edges["valid_from"], edges["origin"] = "2024-01-01", "roster.xlsx!A1"
    read = mg.MedicalNetwork.from_frames(nodes, edges)
    with pytest.raises(ChangeError):
        read.moved("C1", to_group="G2", on="2024-01-01")
