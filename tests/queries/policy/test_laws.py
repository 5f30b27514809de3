"""Laws that hold for every rule: facts only help, silence is no pass, worst <= actual <= best."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medgraph.graphmodel.network import MedicalNetwork
from medgraph.queries.policy import audit, load, shipped
from medgraph.queries.policy.examples import example

RULES = [(pack, rule) for pack in map(load, shipped()) for rule in pack.rules]
CASES = [(pack, rule, name) for pack, rule in RULES for name in rule.examples]
IDS = [f"{rule.id}-{name}" for _, rule, name in CASES]

# A link or value that says who is asked about widens the question itself: a new member, area or subject can be
# unknown where the others pass, and taking one out can take the only failing one out. Everything else is evidence.
QUESTION = {"MEMBER_OF", "LEADS", "SERVES", "REFERS_UP_TO", "REFERS_DOWN_TO"}
# What these rules find is itself a fault (a second group, a link out of the group, a lead that is a member, staff or
# items over a limit, a twelfth indicator): taking the fault away makes them pass, as it should.
FAULTS = {"NJ-00", "UG-02", "TZ-06", "TZ-07", "TZ-08", "TZ-13", "TZ-14", "GO-06", "CD-07"}


def verdict(net, ledger, pack, rule, parameters):
    return (
        audit(net, pack, select=[rule.id], ledger=ledger, parameters=parameters)
        .outcome(rule.id)
        .verdict
    )


@pytest.mark.parametrize(("pack", "rule", "name"), CASES, ids=IDS)
def test_taking_evidence_away_never_makes_a_pass(pack, rule, name):
    """Without any one link or ledger line a rule that did not pass still does not, faults and questions apart."""
    given = example(pack, rule, name)
    net, ledger = given.network, given.ledger
    before = verdict(net, ledger, pack, rule, given.parameters)
    if before == "PASS" or rule.kind == "indicator" or rule.id in FAULTS:
        return
    nodes, edges = net.tables
    relations = edges["relation"].to_pylist()
    for i, relation in enumerate(relations):
        if relation not in QUESTION:
            less = MedicalNetwork(
                nodes, edges.filter([j != i for j in range(len(edges))]), net.meta
            )
            assert verdict(less, ledger, pack, rule, given.parameters) != "PASS"
    for i in range(0, len(ledger), 1 + len(ledger) // 10):  # long sheets: every few lines
        if _asks(rule, ledger.iloc[i]["item"]):
            continue
        less = ledger.drop(index=i).reset_index(drop=True)
        after = verdict(net, less, pack, rule, given.parameters)
        assert after != "PASS", ledger.iloc[i].to_dict()


def _asks(rule, item: str) -> bool:
    """Does the item choose the subjects or elements of a rule, or is it one value of a set that must agree?

    `same` needs two different values to fail; `declared` and `sampled` state their own number; these are the rule.
    """
    parts = [str(part.get("where", "")) + str(part.get("subjects", "")) for part in rule.parts]
    asked = item in str(rule.subjects) or any(item in text for text in parts)
    return asked or any(p["predicate"] in ("declared", "scored") for p in rule.parts)


@pytest.mark.parametrize(("pack", "rule", "name"), CASES, ids=IDS)
def test_adding_evidence_never_loses_a_pass_to_silence(pack, rule, name):
    """A rule that passes with one link or line less never says NO_DATA once it is there."""
    given = example(pack, rule, name)
    net, ledger = given.network, given.ledger
    after = verdict(net, ledger, pack, rule, given.parameters)
    if after != "NO_DATA":
        return
    nodes, edges = net.tables
    for i, relation in enumerate(edges["relation"].to_pylist()):
        if relation not in QUESTION:
            less = MedicalNetwork(
                nodes, edges.filter([j != i for j in range(len(edges))]), net.meta
            )
            assert verdict(less, ledger, pack, rule, given.parameters) != "PASS"
    for i in range(0, len(ledger), 1 + len(ledger) // 10):  # long sheets: every few lines
        if not _asks(rule, ledger.iloc[i]["item"]):
            less = ledger.drop(index=i).reset_index(drop=True)
            assert verdict(net, less, pack, rule, given.parameters) != "PASS"


@pytest.mark.parametrize(("pack", "rule", "name"), CASES, ids=IDS)
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
    """UG-05 decides by the exact fraction, and only where the whole range agrees."""
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
        }
        for i, n in enumerate(sunk)
    ]
    meta = {
        "data_day": "2024-12-31",
        "links.SINKS_SLOTS.complete": "complete" if complete else "partial",
    }
    net = MedicalNetwork.from_frames(nodes, pd.DataFrame(links), meta)
    verdict = audit(net, "urban-2023", select=["UG-05"]).outcome("UG-05").verdict
    enough = Fraction(sum(sunk), slots) >= Fraction(1, 3)
    wanted = "NO_DATA" if not known else "PASS" if enough else "FAIL" if complete else "NO_DATA"
    assert verdict == wanted


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
