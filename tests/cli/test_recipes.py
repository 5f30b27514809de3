"""The questions in the shell, and their Cypher: the recipes of the page, which the real server answers alike."""

from __future__ import annotations

import json

import pytest

from medgraph.cli.app import main
from medgraph.queries.recipes import recipes
from medgraph.queries.verbs import VERBS
from tests.loaders.store.test_cypher import RECIPES

# The heading on the page of each question that has a recipe.
HEADINGS = {
    "coverage.served": "Areas served",
    "coverage.gaps": "Gaps",
    "coverage.ungrouped": "Ungrouped",
    "referrals.path": "Path up",
    "referrals.broken": "Broken links",
    "sharing.centres": "Centres",
    "sharing.unsupported": "Unsupported",
    "dispatch.ending": "Ending postings",
    "resilience.dependents": "Dependents",
    "compare": "What changed",
}


def printed(capsys, *arguments):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 0
    return capsys.readouterr().out


def test_what_is_printed_is_what_the_server_was_asked():
    """The recipes on the page are those that the tests hold against medgraph's own answers, row by row."""
    assert {name: recipe.cypher for name, recipe in recipes().items()} == {
        name: RECIPES[heading] for name, heading in HEADINGS.items()
    }


def test_the_cypher_of_each_question(capsys):
    text = printed(capsys, "questions", "--cypher")
    assert text.count(";\n") == len(HEADINGS)
    for name, recipe in recipes().items():
        assert f"// {name} ($network" in text or f"// {name} ($from_day" in text
        assert recipe.cypher.rstrip() in text
    rows = json.loads(printed(capsys, "questions", "--cypher", "--format", "json"))
    assert {row["query"]: row["parameters"] for row in rows}["dispatch.ending"] == [
        "network",
        "day",
        "within_days",
    ]


def test_every_question_is_listed_with_its_command(capsys):
    rows = json.loads(printed(capsys, "questions", "--format", "json", "--lang", "en"))
    assert [row["query"] for row in rows] == [verb.name for verb in VERBS]
    by_name = {row["query"]: row for row in rows}
    assert by_name["referrals.path"]["command"] == "medgraph referrals path SOURCE FACILITY"
    assert by_name["coverage.gaps"]["cypher"]
    assert not by_name["coverage.access"]["cypher"]
    assert "medgraph coverage served SOURCE" in printed(capsys, "questions")
