"""Which elements belong for certain, which may, and which do not."""

from __future__ import annotations

import datetime

import pytest

from medgraph.graphmodel.states import YES
from medgraph.queries.policy.examples import read_statements
from medgraph.queries.policy.facts.audited_network import AuditedNetwork
from medgraph.queries.policy.facts.elements import elements
from medgraph.queries.policy.facts.subjects import subjects_of
from tests.queries.policy.asked import verdicts

COUNTY = "653022000000 Area level=county zone=yes; meta facilities.complete=complete"


@pytest.mark.parametrize(
    ("area", "expected"),
    [
        ("653022000000", "PASS"),
        ("653022100000", "PASS"),
        ("653000000000", "NO_DATA"),
        ("650000000000", "NO_DATA"),
        ("653100000000", "FAIL"),
    ],
)
def test_what_states_a_wider_area_may_lie_in_any_part_of_it(area, expected):
    """XJ-09: a central health centre of the prefecture may be that of the county."""
    centre = f"; C1 Facility type=central_township_health_centre sub_centre=yes area={area}"
    found = verdicts("xinjiang-2022", "XJ-09", COUNTY + centre)
    assert found["653022000000"] == expected


def test_a_wider_area_itself_lies_in_no_part_of_it():
    """The city is not in its own county."""
    chosen = elements_of(
        "653022000000 Area level=county; 653022100000 Area level=township; 653000000000 Area",
        {"of": "within", "where": {"kind": "Area"}},
        {"kind": "Area", "level": ["county"]},
    )
    assert chosen == {"653022000000": YES, "653022100000": YES}


def elements_of(text: str, part: dict, asked: dict) -> dict[str, int]:
    """Return the elements of the first subject of a network in words, with their states."""
    net = read_statements(text, {}).network
    audited = AuditedNetwork(net, datetime.date(2024, 12, 31))
    chosen = elements(audited, part, subjects_of(audited, asked))
    ids = net.index.ids.take(chosen.node[chosen.subject == 0]).to_pylist()
    return dict(zip(ids, chosen.state[chosen.subject == 0].tolist(), strict=True))
