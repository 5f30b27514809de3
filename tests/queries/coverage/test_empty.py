"""Areas in which no facility stands: no group is needed, and silence decides nothing."""

from __future__ import annotations

import json

import pytest

from medgraph import coverage
from medgraph.loaders import registry
from tests.loaders.registers.dhis2_country import MEANING, country
from tests.queries.networks import network

AREAS = """
    331001000000 Area
    331001001000 Area
    331001001001 Area
    331001002000 Area
    331001003000 Area
    331001400000 Area
"""
WHOLE = {"facilities__complete": "complete", "areas__complete": "complete"}


def statuses(net, **options):
    """The status of every area but those excluded, by the digits of its township."""
    answer = coverage.empty(net, **options)
    parts = [part for part in (answer.frame, answer.unknown) if len(part)]
    return {row.area[6:9]: row.status for part in parts for row in part.itertuples()}


def test_a_facility_stands_in_all_that_hold_its_area():
    net = network(AREAS + "F1 Facility area=331001001001\nF2 Facility area=331001002000", **WHOLE)
    assert statuses(net) == {"001": "present", "002": "present", "003": "empty"}
    answer = coverage.empty(net)
    assert (answer.share.met, answer.share.total) == (2, 3)
    assert answer.excluded.area.tolist() == ["331001400000"]
    assert coverage.empty(net, level="county").share.met == 1


@pytest.mark.parametrize(
    ("facility", "there"),
    [
        ("F1 Facility", "unknown"),  # it may stand anywhere
        ("F1 Facility area=331001000000", "unknown"),  # in any township of the county
        ("F1 Facility area=331001003000 status=planned", "unknown"),  # on a day that nobody states
        ("F1 Facility area=331001003000 is_class=yes", "unknown"),
        ("F1 Facility area=331001003000 status=closed", "empty"),
        ("F1 Facility area=331001003000 valid_to=2020-01-01", "empty"),
        ("F1 Facility area=331001003009", "present"),  # a village that is not listed, by its code
        ("F1 Facility area=331001001000", "empty"),
    ],
)
def test_where_a_facility_may_stand(facility, there):
    net = network(AREAS + facility, **WHOLE)
    assert statuses(net)["003"] == there


def test_without_a_declaration_nothing_is_empty():
    net = network(AREAS + "F1 Facility area=331001001000")
    assert statuses(net) == {"001": "present", "002": "unknown", "003": "unknown"}
    assert coverage.empty(net).if_listed().share.met == 1


def test_without_areas_there_is_no_share():
    assert coverage.empty(network("F1 Facility", **WHOLE)).share is None


def test_a_country_without_groups(tmp_path):
    """A register of DHIS2 without networks: the ten chiefdoms without a facility, where all are listed."""
    path = tmp_path / "country.json"
    path.write_text(json.dumps(country()), encoding="utf-8")
    meaning = tmp_path / "country.toml"
    meaning.write_text(MEANING.partition('[dhis2.group_sets."Networks"]')[0], encoding="utf-8")
    net = registry.read(path, mapping=meaning)
    assert net.counts()["groups"] == 0
    answer = coverage.empty(net)
    empty = answer.frame[answer.frame.status == "empty"]
    without = {f"Chiefdom {n}" for n in range(140, 150)}
    assert without <= set(empty.name)
    assert len(empty) + answer.share.met == 150
    assert coverage.empty(registry.read(path)).unknown.name.tolist() == empty.name.tolist()
