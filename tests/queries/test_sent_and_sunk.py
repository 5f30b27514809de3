"""What counts as sent or sunk: to the own group's primary care, somebody, for the week, and no more than there is."""

from __future__ import annotations

import pytest

from medgraph.queries import dispatch
from tests.queries.networks import network

QUOTA_OF_A_COUNTY = """
    G1 Group type=county_medical_community
    H1 Facility type=general_hospital beds=100 outpatient_slots=300
    P1 Facility type=township_health_centre
    V1 Facility type=village_clinic
    U1 Facility
    X1 Facility type=township_health_centre
"""
LISTED = {"links__complete": "complete", "facilities__complete": "complete"}


@pytest.mark.parametrize(
    ("link", "met"),
    [
        ("H1 SINKS_BEDS P1 beds=25", (1, 1)),
        ("H1 SINKS_BEDS V1 beds=25 recipient=primary_care", (1, 1)),
        ("H1 SINKS_BEDS H1 beds=25 recipient=primary_care", (0, 0)),  # to itself
        ("H1 SINKS_BEDS X1 beds=25 recipient=primary_care", (0, 0)),  # to whom is in no group
        ("H1 SINKS_BEDS U1 beds=25 recipient=primary_care", (0, 1)),  # it may be a hospital
        ("H1 SINKS_BEDS P1 beds=125 recipient=primary_care", (0, 1)),  # of 100
        ("H1 SINKS_BEDS P1 beds=25 recipient=other", (0, 0)),
    ],
)
def test_beds_count_for_the_own_groups_primary_care_alone(link, met):
    members = "H1 LEADS G1\nP1 MEMBER_OF G1\nV1 MEMBER_OF G1\nU1 MEMBER_OF G1\n"
    nodes = QUOTA_OF_A_COUNTY.replace("outpatient_slots=300", "")
    found = dispatch.quota(network(nodes, members + link, **LISTED))
    assert met_of_beds(found) == met
    open_lists = {"facilities__complete": "complete", "links__SINKS_BEDS__complete": "complete"}
    if " X1 " in link:  # nothing says that it is in no group
        assert met_of_beds(dispatch.quota(network(nodes, members + link, **open_lists))) == (0, 1)


def met_of_beds(answer):
    """Return between what the quotas of beds met lie; nobody states the slots."""
    beds = answer.frame.query("kind == 'beds'") if len(answer.frame) else answer.frame
    met = int((beds["status"] == "met").sum()) if len(beds) else 0
    unknown = int((answer.unknown["kind"] == "beds").sum())
    return met, met + unknown


@pytest.mark.parametrize(
    ("posting", "test", "met"),
    [
        ("H1 DISPATCHES P1 title=attending valid_from=2020-01-01", "all_year", (1, 1)),
        ("H1 DISPATCHES P1 title=attending valid_from=2020-01-01 staff=0", "all_year", (0, 0)),
        ("H1 DISPATCHES P1 title=attending valid_from=2020-01-01 staff=0", "six_months", (0, 0)),
        (
            "H1 DISPATCHES P1 title=attending valid_from=2020-01-01 days_per_week=1",
            "all_year",
            (0, 1),
        ),
        (
            "H1 DISPATCHES P1 title=attending valid_from=2020-01-01 days_per_week=5",
            "all_year",
            (1, 1),
        ),
        ("P1 DISPATCHES P1 title=attending valid_from=2020-01-01", "six_months", (0, 0)),
    ],
)
def test_nobody_and_half_a_week_fill_no_post(posting, test, met):
    nodes = "G1 Group type=county_medical_community\nH1 Facility type=general_hospital\nP1 Facility type=township_health_centre"
    net = network(
        nodes, f"H1 LEADS G1\nP1 MEMBER_OF G1\n{posting}", data_day="2023-12-31", **LISTED
    )
    assert dispatch.coverage(net, test=test).bounds.met == met
