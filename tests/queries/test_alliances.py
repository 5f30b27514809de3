"""Specialty alliances: members, districts, links to groups, and what only they give."""

from __future__ import annotations

import pytest

from medgraph.loaders import samples
from medgraph.queries import alliances
from tests.queries.county import COMPLETE, link, network


@pytest.fixture(scope="module")
def taizhou():
    return samples.taizhou()


def test_taizhou_psychiatric_alliance_has_one_named_member_besides_its_lead(taizhou):
    """And two classes of institutions, in two alliances, that the plan does not name."""
    answer = alliances.members(taizhou)
    mine = answer.frame[answer.frame["alliance"] == "A3"]
    assert mine["role"].value_counts().to_dict() == {"lead": 1, "member": 1}
    assert len(answer.excluded) == 2
    both = answer.frame[answer.frame["groups"] != ""]
    assert both["name"].to_list() == ["路桥区中医院"]


def test_taizhou_psychiatric_alliance_names_nobody_in_two_districts(taizhou):
    """椒江 331002 and 路桥 331004; the note says that the lead's area and other members are not stated."""
    answer = alliances.districts(taizhou)
    mine = answer.frame[answer.frame["group"] == "A3"]
    assert mine[mine["status"] == "none_named"]["district"].to_list() == ["331002", "331004"]
    assert any("台州市第二人民医院" in note for note in answer.notes)
    assert any("市区其他精神专科医疗机构" in note for note in answer.notes)


def test_what_leaves_a_district_open_is_said(taizhou):
    """The members without an area, the classes, and the lists that nobody declared complete."""
    answer = alliances.districts(taizhou)
    assert (answer.bounds.met, answer.bounds.total) == ((6, 9), (9, 9))
    assert {rows for _, rows in answer.needs} <= {1, 2, 3}
    assert any("市区其他精神专科医疗机构" in what for what, _ in answer.needs)
    assert answer.as_listed == answer.share
    assert "9" in answer.listed_in_words


def test_taizhou_has_twelve_of_twelve_links(taizhou):
    answer = alliances.links(taizhou)
    assert (answer.share.met, answer.share.total) == (12, 12)
    assert set(answer.frame["clause"]) == {"二(二)2"}


def test_taizhou_has_one_facility_in_a_group_and_an_alliance(taizhou):
    """路桥区中医院; the eight others are in an alliance alone."""
    answer = alliances.only(taizhou)
    assert (answer.share.met, answer.share.total, len(answer.frame)) == (1, 9, 8)
    assert "TZ-H06" not in set(answer.frame["facility"])


def test_taizhou_reach_is_judged_only_where_something_is_stated(taizhou):
    """G1 has a TCM hospital; that the others have no specialist of their own is not stated."""
    answer = alliances.reach(taizhou)
    assert answer.frame[["group", "specialty", "status"]].values.tolist() == [["G1", "tcm", "own"]]
    assert len(answer.unknown) == 11


def small(*links, **meta):
    rows = [
        {"id": "G1", "kind": "Group", "name": "甲集团", "type": "urban_medical_group"},
        {
            "id": "A1",
            "kind": "Group",
            "name": "精神联盟",
            "type": "specialty_alliance",
            "specialty": "psychiatry",
        },
        {
            "id": "H1",
            "kind": "Facility",
            "name": "甲医院",
            "type": "general_hospital",
            "specialties": "surgery",
        },
        {"id": "H2", "kind": "Facility", "name": "乙医院", "type": "psychiatric_hospital"},
        {
            "id": "H3",
            "kind": "Facility",
            "name": "丙医院",
            "type": "general_hospital",
            "area": "336002001000",
        },
    ]
    return network(
        rows, [link("H1", "LEADS", "G1"), link("H2", "LEADS", "A1"), *links], **COMPLETE, **meta
    )


def test_links_between_the_leads_count_and_missing_ones_are_named():
    assert alliances.links(small(link("H2", "COOPERATES_WITH", "H1"))).share.met == 1
    assert alliances.links(small()).frame["status"].to_list() == ["missing"]
    partial = small().with_meta(**{"links.COOPERATES_WITH.complete": None})
    assert len(alliances.links(partial).unknown) == 1


def test_reach_tells_own_by_alliance_and_none():
    """Where the specialties are declared complete, a group has psychiatry only through its alliance."""
    known = {"facilities.specialties.complete": "complete"}
    assert alliances.reach(small(**known)).frame["status"].to_list() == ["none"]
    linked = alliances.reach(small(link("A1", "COOPERATES_WITH", "G1"), **known)).frame
    assert linked[["status", "lead"]].values.tolist() == [["alliance", "乙医院"]]
    own = alliances.reach(small(link("H2", "MEMBER_OF", "G1"), **known)).frame
    assert own[["status", "members"]].values.tolist() == [["own", "乙医院"]]


def test_membership_without_a_group_is_unknown_in_partial_tables():
    for relation in ("MEMBER_OF", "LEADS"):
        answer = alliances.only(small().with_meta(**{f"links.{relation}.complete": "partial"}))
        assert answer.unknown["facility"].to_list() == ["H2"]
        assert answer.bounds.is_open
    assert alliances.only(small()).frame["facility"].to_list() == ["H2"]
