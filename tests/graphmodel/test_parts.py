"""A part of a network answers about its area as the whole does."""

from __future__ import annotations

import pytest
from hypothesis import given

from medgraph.graphmodel import codes
from medgraph.queries import coverage
from tests.queries.networks import CODES, network, networks

QUESTIONS = (coverage.served, coverage.grid)


def said(answer, area):
    """What an answer says of each of its nodes inside an area."""
    known = answer.status.items()
    return {id: str(status) for id, status in known if str(id).startswith(area)}


@given(networks())
def test_answers_about_an_area_are_those_of_the_whole(net):
    """For every area, whoever serves it and wherever that is."""
    of_whole = [(question, question(net)) for question in QUESTIONS]
    for code in CODES:
        if not codes.area_code_fault(code) and code.isdigit():
            prefix = code.rstrip("0")
            part = net.within(code)
            for question, answer in of_whole:
                assert said(question(part), prefix) == said(answer, prefix), (code, question)


@pytest.mark.parametrize(
    "declared",
    [
        {"links__complete": "complete", "links__MEMBER_OF__G1__complete": "partial"},
        {
            "links__SERVES__complete": "complete",
            "groups__complete": "complete",
            "links__MEMBER_OF__G2__complete": "complete",
        },
    ],
    ids=["partial", "group by group, nothing of G1"],
)
def test_who_may_have_links_that_nobody_listed_is_kept(declared):
    """F2 may be a member of G1, whose members are not all listed, and G1 may serve the township."""
    net = network(
        """
        331001001000 Area level=township
        331002001000 Area level=township
        F1 Facility area=331002001000
        F2 Facility area=331001001000
        F3 Facility area=331001001000
        G1 Group type=urban_medical_group
        G2 Group type=urban_medical_group
        """,
        "F3 MEMBER_OF G2",
        **declared,
    )
    for whole_or_part in (net, net.within("331001")):
        assert said(coverage.served(whole_or_part), "331001") == {"331001001000": "unknown"}


def test_a_roster_without_places_keeps_its_groups():
    """No facility has an area: who serves the townships is kept with its group, and who leads that."""
    net = network(
        """
        331001001000 Area level=township
        331001002000 Area level=township
        331002001000 Area level=township
        F1 Facility
        F2 Facility
        F3 Facility area=331002001000
        H1 Facility
        G1 Group type=urban_medical_group
        """,
        """
        F1 SERVES 331001001000
        F3 SERVES 331001002000
        F2 SERVES 331002001000
        F1 MEMBER_OF G1
        F2 MEMBER_OF G1
        F3 MEMBER_OF G1
        H1 LEADS G1
        """,
    )
    part = net.within("331001")
    assert {"F1", "F3", "H1", "G1"} <= set(part.nodes().index)
    assert "F2" not in part.nodes().index
    share = coverage.served(part).share
    assert (share.met, share.total) == (2, 2)
