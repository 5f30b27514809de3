"""A rule without documentation fails."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from medgraph.queries.policy import describe, load, rules, shipped
from medgraph.queries.policy.packs import read_pack
from medgraph.queries.policy.predicates.table import PREDICATES

DOCS = Path(__file__).resolve().parents[3] / "docs"
PAGE = (DOCS / "policy.md").read_text(encoding="utf-8")
RULES = [rule for name in shipped() for rule in load(name).rules]


@pytest.mark.parametrize("rule", RULES, ids=[r.id for r in RULES])
def test_every_rule_is_documented(rule):
    """Each rule stands in docs/policy.md with both statements and its clause, and can be described."""
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| {rule.id} |"))
    assert all(text in row for text in (*rule.text, rule.clause, rule.grade))
    assert rule.clause in describe(rule.id)


def test_the_list_is_what_the_script_writes():
    """The page is in step with the packs: run tools/build_policy_docs.py after changing one."""
    path = DOCS.parent / "tools" / "build_policy_docs.py"
    spec = importlib.util.spec_from_file_location("build_policy_docs", path)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert PAGE.split(script.MARK)[1].strip() == script.rules_in_words().strip()


def test_every_predicate_is_named():
    """Each predicate stands in the page and says what it tests."""
    for name, predicate in PREDICATES.items():
        assert f"`{name}`" in PAGE
        assert predicate.test.__doc__


def test_the_example_pack_is_sound():
    """The example of a user's own pack passes the checks."""
    assert read_pack(
        (DOCS / "policy-example.toml").read_text(encoding="utf-8"), "policy-example.toml"
    ).rules


def test_rules_are_listed():
    """All rules as a frame, with what each asks of the user."""
    frame = rules()
    assert len(frame) == len(RULES)
    assert frame.set_index("rule").loc["HN-02", "asks"] == "tolerance"
