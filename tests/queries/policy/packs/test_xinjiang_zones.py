"""Whom the rules of Xinjiang ask: the zones, and of the whole region what is counted over it."""

from __future__ import annotations

import pandas as pd
import pytest

from medgraph.graphmodel.network import MedicalNetwork
from medgraph.queries.policy import audit

NAMED, OTHER = "654025000000", "654022000000"  # 新源县 is a zone by the document, 察布查尔 is none
REGION = "650000000000"


def asked(rule, *, zones=None, nodes=(), links=()):
    """The subjects of a rule, with whether they are asked for certain, by what is stated of zones."""
    rows = [
        {"id": id, "kind": "Area", "level": "county", "zone": (zones or {}).get(id)}
        for id in (NAMED, OTHER)
    ]
    rows += [
        {"id": "T1", "kind": "Facility", "type": "township_health_centre", "area": "654025101000"},
        {"id": "T2", "kind": "Facility", "type": "township_health_centre", "area": "654022100000"},
        {"id": "T3", "kind": "Facility", "type": "township_health_centre"},
        *nodes,
    ]
    frame = pd.DataFrame(rows).assign(name=lambda found: found["id"])
    edges = pd.DataFrame(links, columns=["source", "relation", "target"]) if links else None
    meta = {"data_day": "2023-12-31", "areas.complete": "complete"}
    net = MedicalNetwork.from_frames(frame, edges, {**meta, "links.complete": "complete"})
    found = audit(net, "xinjiang-2022").findings
    return found[found["rule"] == rule].set_index("subject")["verdict"].to_dict()


@pytest.mark.parametrize(
    ("zones", "wanted"),
    [
        # of no centre a link is stated: T1 fails; T2 may be in a zone, and T3 anywhere
        ({}, {"T1": "FAIL", "T2": "NO_DATA", "T3": "NO_DATA"}),
        ({OTHER: "no"}, {"T1": "FAIL", "T3": "NO_DATA"}),
        ({OTHER: "yes"}, {"T1": "FAIL", "T2": "FAIL", "T3": "NO_DATA"}),
        # a zone that left
        ({NAMED: "no", OTHER: "no"}, {"T3": "NO_DATA"}),
    ],
)
def test_centres_outside_the_zones_are_not_asked(zones, wanted):
    assert asked("XJ-17", zones=zones) == wanted


def test_joint_clinics_outside_the_zones_are_not_asked():
    """A clinic lies where the facility that runs it does; of one nobody runs, that is open."""
    clinics = [{"id": id, "kind": "Team", "type": "other", "joint_clinic": "yes"} for id in "ABC"]
    links = [("T1", "LEADS", "A"), ("T2", "LEADS", "B")]
    found = asked("XJ-16", zones={OTHER: "no"}, nodes=clinics, links=links)
    assert found == {"A": "FAIL", "C": "NO_DATA"}


@pytest.mark.parametrize("rule", ["XJ-05", "XJ-21"])
def test_the_workbook_of_a_county_is_not_asked_of_the_region(rule):
    """It lists all its areas, and has neither three candidates nor six zones."""
    assert asked(rule) == {"all": "NO_DATA"}
    region = {"id": REGION, "kind": "Area", "level": "province"}
    assert set(asked(rule, nodes=[region])) == {REGION}


def test_a_zone_that_left_is_asked_no_more():
    """A no is stated as a yes is: the six of the document are not zones for ever."""
    assert set(asked("XJ-06", zones={NAMED: "no", OTHER: "yes"})) == {OTHER}


def test_a_zone_that_left_in_an_earlier_year_is_favoured_no_more():
    """It was removed in some year and is stated to be no zone; who was never one is not asked."""
    nodes = [{"id": "654002000000", "kind": "Area", "level": "county", "zone": "no"}]
    found = asked("XJ-20", zones={NAMED: "yes", OTHER: "no"}, nodes=nodes)
    assert found["654002000000"] == "NO_DATA"
    recorded = {id: verdict for id, verdict in found.items() if id != "654002000000"}
    assert set(recorded) <= {NAMED, OTHER}  # of whom nobody says that they were removed this year
