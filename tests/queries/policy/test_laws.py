"""Worst <= actual <= best for every rule; a share is exact."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medgraph.graphmodel.network import MedicalNetwork
from medgraph.queries.policy import audit, load, shipped
from medgraph.queries.policy.examples import example
from tests.queries.policy.sizes import one_in

RULES = [(pack, rule) for pack in map(load, shipped()) for rule in pack.rules]
CASES = [
    pytest.param(pack, rule, name, id=f"{rule.id}-{name}")
    for pack, rule in RULES
    for name in rule.examples
]


@pytest.mark.parametrize(("pack", "rule", "name"), one_in(2, CASES))
def test_best_actual_worst(pack, rule, name):
    """Worst <= actual <= best for every finding, and rows left out never make one pass."""
    given = example(pack, rule, name)
    found = audit(
        given.network, pack, select=[rule.id], ledger=given.ledger, parameters=given.parameters
    )
    for row in found.findings.itertuples():
        if "/" in str(row.worst):
            worst, best = (int(text.split("/")[0]) for text in (row.worst, row.best))
            assert worst <= row.met <= best
    short = audit(
        given.network,
        pack,
        select=[rule.id],
        ledger=given.ledger,
        parameters=given.parameters,
        left_out=2,
    )
    if found.outcome(rule.id).verdict != "PASS":
        assert short.outcome(rule.id).verdict != "PASS"


@settings(max_examples=60, deadline=None)
@given(
    slots=st.integers(1, 60),
    sunk=st.lists(st.integers(0, 30), max_size=4),
    complete=st.booleans(),
    known=st.booleans(),
)
def test_a_share_is_exact_and_its_range_holds_it(slots, sunk, complete, known):
    """UG-05 decides by the exact fraction, and only where the whole range agrees.

    The same row twice is one row. More slots released than there are contradict the whole: neither
    number counts.
    """
    nodes = pd.DataFrame(
        [
            {"id": "G1", "kind": "Group", "name": "G", "type": "urban_medical_group"},
            {
                "id": "H1",
                "kind": "Facility",
                "name": "H",
                "type": "general_hospital",
                "outpatient_slots": slots if known else None,
            },
            {"id": "M1", "kind": "Facility", "name": "M", "type": "community_health_centre"},
        ]
    )
    links = [
        {"source": "H1", "relation": "LEADS", "target": "G1"},
        {"source": "M1", "relation": "MEMBER_OF", "target": "G1"},
    ]
    links += [
        {
            "source": "H1",
            "relation": "SINKS_SLOTS",
            "target": "M1",
            "slots": n,
            "recipient": "primary_care",
            "id": f"s{i}",
            "service": f"s{i}",
        }
        for i, n in enumerate(sunk)
    ]
    meta = {
        "data_day": "2024-12-31",
        "links.SINKS_SLOTS.complete": "complete" if complete else "partial",
    }
    net = MedicalNetwork.from_frames(nodes, pd.DataFrame(links), meta)
    verdict = audit(net, "urban-2023", select=["UG-05"]).outcome("UG-05").verdict
    assert verdict == _wanted(Fraction(sum(sunk), slots), complete, known)


def _wanted(share: Fraction, complete: bool, known: bool) -> str:
    if not known or share > 1:
        return "NO_DATA"
    if share >= Fraction(1, 3):
        return "PASS"
    return "FAIL" if complete else "NO_DATA"


@pytest.mark.parametrize(
    ("slots", "sunk", "wanted"), [(100, 33, "FAIL"), (100, 34, "PASS"), (300, 100, "PASS")]
)
def test_thirds_are_exact(slots, sunk, wanted):
    """33 of 100 is less than a third, 34 is more, 100 of 300 is exactly one."""
    pack = load("urban-2023")
    given = example(pack, pack.rule("UG-05"), "fail")
    given.nodes["H1"]["outpatient_slots"] = slots
    given.links[-1]["slots"] = sunk
    assert audit(given.network, pack, select=["UG-05"]).outcome("UG-05").verdict == wanted
