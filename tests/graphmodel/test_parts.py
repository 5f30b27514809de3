"""A part of a network answers about its area as the whole does."""

from __future__ import annotations

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
    for code in CODES:
        if not codes.area_code_fault(code) and code.isdigit():
            prefix = code.rstrip("0")
            part = net.within(code)
            for question in QUESTIONS:
                assert said(question(part), prefix) == said(question(net), prefix), (code, question)


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
