"""Catchments: the nearest facility, all that tie, and nothing where a nearer one may be."""

from __future__ import annotations

import math

import pytest

from medgraph.errors import OptionError
from medgraph.queries import coverage
from tests.queries.coverage.test_access import LINKS, NODES, A, B, C, matrix
from tests.queries.networks import COMPLETE, network


def asked(changes: dict | None = None, nodes: str = NODES, **options):
    return coverage.catchments(network(nodes, LINKS, **COMPLETE), times=matrix(changes), **options)


def within(changes: dict | None = None, nodes: str = NODES, **options):
    return coverage.isochrones(network(nodes, LINKS, **COMPLETE), times=matrix(changes), **options)


def test_each_area_goes_to_the_nearest():
    """A to F1 in 5 and F2 in 25 minutes, B in 10 and 12, C in 31 and 20."""
    answer = asked()
    assert answer.frame.set_index("area")["facility"].to_dict() == {A: "F1", B: "F1", C: "F2"}
    assert answer.frame["minutes"].tolist() == [5, 10, 20]
    assert answer.frame["status"].tolist() == ["assigned"] * 3
    assert (answer.share.met, answer.share.total) == (3, 3)


def test_ties_are_told():
    row = asked({(B, "F2"): 10}).frame.set_index("area").loc[B]
    assert (row["facility"], row["status"]) == ("F1|F2", "tied")
    assert asked({(B, "F2"): 10}).share.met == 2


def test_no_way_and_no_time_are_not_the_same():
    """Without any way: unreachable. With a time missing another one may be nearer: unknown."""
    apart = asked({(C, "F1"): math.inf, (C, "F2"): math.inf})
    assert apart.status[C] == "unreachable"
    silent = asked({(C, "F1"): None})
    assert silent.status[C] == "unknown"
    assert silent.unknown["facility"].tolist() == ["F2"]  # the nearest of those known


def test_a_facility_that_may_be_of_the_kind_may_be_nearer():
    answer = asked(nodes=NODES + "\n    F3 Facility", facility_type="hospital_any")
    assert set(answer.status) == {"unknown"}


def test_of_a_kind():
    assert set(asked(facility_level="3").frame["facility"]) == {"F2"}


def test_one_way_of_travel_is_given():
    with pytest.raises(OptionError):
        asked(speed_kmh=30)


def test_isochrones_are_of_a_quarter_and_of_half_an_hour():
    """Where nobody says otherwise."""
    assert sorted(set(within().frame["minutes"])) == [15, 30]


def test_isochrones_by_hand():
    """F1 has A in 5 minutes and B in 10, C in 31; F2 has B in 12, C in 20, A in 25."""
    found = within(minutes=(10, 20)).frame.set_index(["facility", "minutes"])
    assert found["inside"].to_dict() == {
        ("F1", 10): f"{A}|{B}",
        ("F1", 20): f"{A}|{B}",
        ("F2", 10): "",
        ("F2", 20): f"{B}|{C}",
    }
    assert found["population"].tolist() == [3000, 3000, 0, 2500]


def test_an_isochrone_that_may_hold_more_is_unknown():
    silent = within({(C, "F1"): None}, minutes=(10,))
    assert silent.frame["facility"].tolist() == ["F2"]
    assert silent.unknown[["facility", "areas"]].values.tolist() == [["F1", 2]]
    nobody = within(nodes=NODES.replace("population=500", ""), minutes=(20,))
    assert nobody.unknown["facility"].tolist() == ["F2"]
