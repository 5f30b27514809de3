"""A rule without documentation fails."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from medgraph.cli import cli
from medgraph.queries.policy import describe, load, rules, shipped, try_examples
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
    between = PAGE.split(script.PREDICATES_MARK)[1].split(script.PREDICATES_END)[0]
    assert between.strip() == script.predicates_in_words().strip()


def test_every_predicate_is_documented():
    """Each predicate stands in the page with all that it reads, and with the example that loads."""
    pack = read_pack(
        (DOCS / "policy-predicates.toml").read_text(encoding="utf-8"), "policy-predicates.toml"
    )
    assert {rule.id for rule in pack.rules} == set(PREDICATES)
    for name, predicate in PREDICATES.items():
        section = PAGE.split(f"\n### {name}\n")[1].split("\n### ")[0]
        assert all(f"`{key}`" in section for key in predicate.parameters)
        assert f'predicate = "{name}"' in section
        assert predicate.test.__doc__
        assert pack.rule(name).parts[0]["predicate"] == name


def test_the_pack_of_the_page_does_what_it_says(tmp_path):
    """The pack that the page begins with, and the example beside it, come out as their examples say."""
    block = next(b for b in re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL) if "[pack]" in b)
    mine = tmp_path / "mine.toml"
    mine.write_text(block, encoding="utf-8")
    for path in (mine, DOCS / "policy-example.toml"):
        assert set(try_examples(path)["outcome"]) == {"right"}


def test_the_example_pack_is_sound():
    """The example of a user's own pack passes the checks."""
    assert read_pack(
        (DOCS / "policy-example.toml").read_text(encoding="utf-8"), "policy-example.toml"
    ).rules


def test_the_tutorial_is_the_pack_beside_it():
    """The pieces of docs/own-pack.md, one after another, are its pack: five rules, seven sentences."""
    text = (DOCS / "own-pack.toml").read_text(encoding="utf-8")
    pieces = re.findall(
        r"```toml\n(.*?)```", (DOCS / "own-pack.md").read_text(encoding="utf-8"), re.DOTALL
    )
    assert "\n".join(pieces) == text
    pack = read_pack(text, "own-pack.toml")
    assert (len(pack.rules), len(pack.sentences)) == (5, 7)
    assert all(rule.sentences for rule in pack.rules)


def test_the_pack_of_the_tutorial_does_what_it_says():
    """`medgraph rules --check` finds every example as it should be."""
    asked = ["rules", str(DOCS / "own-pack.toml"), "--check"]
    found = CliRunner().invoke(cli, asked, catch_exceptions=False, standalone_mode=False)
    assert found.return_value == 0


def test_rules_are_listed():
    """All rules as a frame, with what each asks of the user."""
    frame = rules()
    assert len(frame) == len(RULES)
    assert frame.set_index("rule").loc["HN-02", "asks"] == "tolerance"
