"""Every rule is held to the examples that stand in its pack."""

from __future__ import annotations

import pytest

from medgraph.queries.policy import audit, load, shipped
from medgraph.queries.policy.examples import example

RULES = [(pack, rule) for pack in map(load, shipped()) for rule in pack.rules]
WANTED = {
    "requirement": {"pass": "PASS", "fail": "FAIL", "no_data": "NO_DATA"},
    "indicator": {"value": "INFO", "no_data": "NO_DATA"},
}
CASES = [(pack, rule, name) for pack, rule in RULES for name in WANTED[rule.kind]]


@pytest.mark.parametrize(("pack", "rule"), RULES, ids=[r.id for _, r in RULES])
def test_every_rule_has_its_examples(pack, rule):
    """A requirement has a network on which it passes, fails and says NO_DATA; an indicator one with a value."""
    assert set(rule.examples) == set(WANTED[rule.kind])


@pytest.mark.parametrize(("pack", "rule", "name"), CASES, ids=[f"{r.id}-{n}" for _, r, n in CASES])
def test_a_rule_says_what_its_example_says(pack, rule, name):
    """On its own example a rule gives the verdict that the example is named for, and every finding is explained."""
    given = example(pack, rule, name)
    found = audit(
        given.network, pack, select=[rule.id], ledger=given.ledger, parameters=given.parameters
    )
    assert found.outcome(rule.id).verdict == WANTED[rule.kind][name], str(found)
    for row in found.to_dict()["findings"]:
        assert row["reason"] or row["verdict"] in ("PASS", "INFO")
        assert row["clause"]
        assert row["verdict"] != "NO_DATA" or row["need"]
