"""`medgraph propose`: the proposal is printed, and written as a plan that every command reads."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from medgraph.cli import cli
from medgraph.loaders import registry


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a line of the shell in a folder that holds the sample as `demo`."""
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    assert runner.invoke(cli, ["sample", "taizhou", "demo"]).exit_code == 0
    return lambda *line: runner.invoke(cli, line)


def test_links_are_proposed_as_a_plan(run):
    """The plan reads as the network it proposes."""
    found = run(
        *("propose", "links", "demo", "--obligations", "lead", "--format", "json"),
        *("--plan", "mended.json"),
    )
    assert found.exit_code == 0, found.output
    said = json.loads(found.stdout)
    assert said["query"] == "propose.links"
    assert said["proven"] is True
    assert registry.load("mended.json").require().counts()["facilities"] == 58


def test_a_plan_lies_beside_its_source(run, tmp_path):
    """Elsewhere it would not find the file that it changes."""
    (tmp_path / "deep").mkdir()
    found = run("propose", "links", "demo", "--obligations", "lead", "--plan", "deep/plan.json")
    assert found.exit_code != 0
    assert not (tmp_path / "deep" / "plan.json").exists()
