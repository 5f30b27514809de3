"""Public-health teams: what they are made of and where they are stationed."""

from __future__ import annotations

import datetime

import pytest

from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders import samples
from medgraph.queries import teams
from tests.queries.county import COMPLETE, link, network


@pytest.fixture(scope="module")
def taizhou():
    return samples.taizhou()


def test_taizhou_team_is_stationed_in_four_of_four_groups_with_its_institutions_unnamed(taizhou):
    """The plan states every part as a class of institutions and names none of them."""
    assert (teams.missing(taizhou).share.met, teams.missing(taizhou).share.total) == (4, 4)
    assert teams.stationed(taizhou).share.met == 4
    answer = teams.composition(taizhou)
    assert (answer.judged, len(answer.unknown)) == (0, 6)
    assert (answer.unknown["members"] != "").all()


def small(*links, **meta):
    rows = [
        {"id": "G1", "kind": "Group", "name": "甲", "type": "urban_medical_group"},
        {"id": "G2", "kind": "Group", "name": "乙", "type": "urban_medical_group"},
        {"id": "K1", "kind": "Team", "name": "公卫团队", "type": "public_health"},
        {"id": "K2", "kind": "Team", "name": "家医团队", "type": "family_doctor"},
        {"id": "T1", "kind": "Facility", "name": "乙镇卫生院", "type": "township_health_centre"},
    ]
    parts = {
        "c1": ("cdc", "municipal"),
        "c2": ("cdc", "county"),
        "m1": ("mch_institution", "municipal"),
        "m2": ("mch_institution", None),
        "i1": ("health_inspection", "municipal"),
    }
    rows += [
        {"id": i, "kind": "Facility", "name": i, "type": t, "admin_level": a}
        for i, (t, a) in parts.items()
    ]
    ties = [link("c1", "LEADS", "K1"), *(link(i, "MEMBER_OF", "K1") for i in list(parts)[1:])]
    return network(rows, [*ties, link("T1", "MEMBER_OF", "G2"), *links], **COMPLETE, **meta)


def test_composition_names_missing_parts_and_leaves_unstated_levels_open():
    """No district inspection is among the members; whether m2 is a district institution is not stated."""
    answer = teams.composition(small())
    assert answer.frame.set_index("part")["status"].to_dict() == {
        "lead_cdc": "named",
        "municipal_mch": "named",
        "municipal_inspection": "named",
        "district_inspection": "missing",
        "district_cdc": "named",
    }
    assert answer.unknown["part"].to_list() == ["district_mch"]


@pytest.mark.parametrize("column", ["type", "status"])
def test_who_may_lead_or_belong_leaves_its_part_open(column):
    """An untyped lead may be the CDC, and one that is planned without a day may be open."""
    told = small()
    nodes = told.nodes().reset_index()
    unclear = {"type": None, "status": "planned"}[column]
    nodes.loc[nodes["id"].isin(["c1", "c2"]), column] = unclear
    answer = teams.composition(MedicalNetwork.from_frames(nodes, told.edges(), told.meta))
    parts = answer.unknown.set_index("part")
    assert parts.loc["lead_cdc", "members"] == "c1"
    assert parts.loc["district_cdc", "members"] == "c2"


def test_missing_names_groups_without_a_team():
    """A team in a member counts for the group; a family-doctor team is no public-health team."""
    net = small(link("K1", "STATIONED_IN", "T1"), link("K2", "STATIONED_IN", "G1"))
    assert teams.missing(net).frame["group"].to_list() == ["G1"]
    partial = net.with_meta(**{"links.STATIONED_IN.complete": None})
    assert teams.missing(partial).unknown["group"].to_list() == ["G1"]


def test_stationed_tells_days_apart():
    day = datetime.date
    net = small(
        link("K1", "STATIONED_IN", "G1", valid_to=day(2025, 1, 30)),
        link("K1", "STATIONED_IN", "G2", valid_from=day(2025, 1, 1)),
        link("K1", "STATIONED_IN", "T1", valid_to=day(2024, 12, 30)),
        link("K2", "STATIONED_IN", "G1"),
    )
    answer = teams.stationed(net)
    assert answer.frame["status"].to_list() == ["stationed", "not_yet_valid", "expired"]
    assert answer.frame["days_left"].iloc[0] == 30
    assert (answer.share.met, len(answer.excluded)) == (1, 1)
    assert len(teams.missing(net).frame) == 1
