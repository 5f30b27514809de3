"""A share says between what it lies, and what it is if the lists are whole."""

from __future__ import annotations

import pytest

import medgraph as mg
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.queries import coverage, dispatch, resilience, sharing, teams
from medgraph.queries.bounds import Bounds
from medgraph.words.say import speaking
from tests.queries.networks import network

# Two townships and a centre that serves the first; the second is a gap if the lists are whole.
TWO_TOWNSHIPS = """
    331099001000 Area level=township
    331099002000 Area level=township
    G1 Group type=county_medical_community
    P1 Facility type=township_health_centre area=331099001000
"""
ONE_SERVED = "P1 MEMBER_OF G1\nP1 SERVES 331099001000"
LISTS = {"links__complete": "complete"}


def two_townships(**meta: str) -> MedicalNetwork:
    return network(TWO_TOWNSHIPS, ONE_SERVED, **meta)


def test_a_whole_list_needs_no_bounds():
    """Everything is declared: 1 of 2, and nothing more is said."""
    answer = coverage.served(two_townships(areas__complete="complete", **LISTS))
    assert answer.bounds == Bounds((1, 1), (2, 2))
    assert answer.as_listed is None
    assert "as_listed" not in answer.to_dict()
    with speaking("en"):
        assert answer.headline.startswith("coverage.served 2024-01-01: 1/2 areas; 2 in = ")


def test_a_list_of_links_that_may_go_on_leaves_the_gap_open():
    """One is served, of the other nothing is known: 1 to 2 of 2; 1/2 if the lists are whole."""
    answer = coverage.served(two_townships(areas__complete="complete"))
    said = answer.to_dict()
    assert said["share"] == {"met": 1, "total": 1, "unit": "areas"}
    assert said["bounds"] == {"met": [1, 2], "total": [2, 2]}
    assert said["as_listed"] == {"met": 1, "total": 2}
    assert [need["rows"] for need in said["needs"]] == [1]
    with speaking("en"):
        assert "1/1 areas; 1 to 2 of 2; if the lists are whole: 1/2; 2 in" in answer.headline
    with speaking("zh"):
        assert "1 至 2 / 2; 若名单已列全：1/2" in str(answer)
        assert "若名单已列全：1/2" in answer._repr_html_()


def test_an_open_list_of_areas_has_no_upper_end():
    """The areas are not declared complete: 1 of at least 2."""
    with speaking("en"):
        answer = coverage.served(two_townships(**LISTS))
        assert "1 of at least 2 (not declared complete: areas)" in answer.headline
    assert answer.to_dict()["bounds"] == {"met": [1, None], "total": [2, None]}
    assert answer.as_listed == answer.share
    with speaking("zh"):
        answer = coverage.served(two_townships(**LISTS))
        assert "至少 2 中至少 1，“区划”未声明列全" in answer.headline


def test_what_is_open_by_a_cell_alone_has_no_second_place():
    """An empty level is no declaration: nothing would change if the lists were whole."""
    areas = "区一 Area\n331099002000 Area level=township\n"
    answer = coverage.served(network(areas, areas__complete="complete", **LISTS))
    assert answer.bounds == Bounds((0, 1), (1, 2))  # it may not be a township at all
    assert answer.as_listed is None


def test_the_question_is_asked_again_only_when_somebody_reads_it():
    """What is computed twice is computed once where nobody wants to know."""
    answer = coverage.served(two_townships())
    assert "_listed" not in vars(answer)
    assert "if the lists" not in repr(answer)
    assert answer.as_listed is answer.as_listed


@pytest.mark.parametrize(
    "asked",
    [
        lambda net: sharing.matrix(net, obligations=("lead",)),
        lambda net: sharing.unsupported(net, primary_only=True),
        lambda net: dispatch.coverage(net, test="six_months"),
    ],
)
def test_a_facility_without_a_type_is_never_silently_not_asked(asked):
    """P2 may be a township centre, so that there are one or two of them."""
    net = network(TWO_TOWNSHIPS + "P2 Facility", ONE_SERVED, facilities__complete="complete")
    answer = asked(net)
    assert "P2" in answer.unknown["facility"].to_list()
    assert answer.bounds.total == (1, 2)


def test_a_team_without_a_type_may_be_what_the_group_lacks():
    """T1 is stationed in the group, and nothing says what it is: neither there nor missing."""
    net = network(
        "G1 Group type=county_medical_community\nT1 Team",
        "T1 STATIONED_IN G1",
        groups__complete="complete",
        **LISTS,
    )
    answer = teams.missing(net)
    assert answer.frame.empty
    assert answer.bounds == Bounds((0, 1), (1, 1))


def test_who_loses_nothing_has_it_from_elsewhere_or_by_a_whole_list():
    """P1 has its staff from H1 alone. Undeclared, others may send it; P2 may get some from H1."""
    nodes = "\n".join(f"{id} Facility type=township_health_centre" for id in ("H1", "P1", "P2"))
    links = "H1 DISPATCHES P1"
    lists = {"facilities__complete": "complete"}
    whole = resilience.dependents(network(nodes, links, **lists, **LISTS), "H1")
    assert whole.bounds == Bounds((1, 1), (2, 2))
    assert whole.frame["status"].to_list() == ["loses"]
    open_ = resilience.dependents(network(nodes, links, **lists), "H1")
    assert open_.bounds == Bounds((0, 2), (2, 2))
    assert open_.frame["status"].to_list() == ["may_lose"]
    assert str(open_.as_listed) == "1/2 facilities"


def test_taizhou_stays_as_it_is():
    """Its areas, members and services are declared complete: 38 of 39, for certain."""
    answer = coverage.served(mg.samples.taizhou())
    assert answer.bounds == Bounds((38, 38), (39, 39))
    assert "needs" not in answer.to_dict()
