"""Where a limit lies, and who stands first in a table."""

from __future__ import annotations

import pytest

from medgraph.queries.policy import audit, load
from medgraph.queries.policy.examples import example


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("331002001000", "PASS"),
        ("331002599000", "PASS"),  # the last of the quasi-units
        ("331002600000", "FAIL"),
        ("331002000000", "PASS"),  # a county
        ("33100200100", "FAIL"),
    ],
)
def test_the_last_number_of_a_township(code, expected):
    """CD-01: 001 to 599 behind the county."""
    pack = load("codes")
    given = example(pack, pack.rule("CD-01"), "pass")
    given.nodes = {code: {"id": code, "kind": "Area", "name": code}}
    found = audit(given.network, pack, select=["CD-01"])
    assert found.outcome("CD-01").verdict == expected


@pytest.mark.parametrize("first", ["H1", "T1"])
def test_who_sends_may_stand_first(first):
    """NM-04: the number of people posted is the same whoever is the first row."""
    pack = load("monitoring-2024")
    rule = pack.rule("NM-04")
    given = example(pack, rule, "value")
    given.nodes = {first: given.nodes[first], **given.nodes}
    found = audit(given.network, pack, select=["NM-04"]).findings
    assert found["value"].tolist() == ["0.5 (1/20000)"]  # per 10,000: 1 of 20,000
