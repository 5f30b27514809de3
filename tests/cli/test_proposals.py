"""`medgraph propose`: the proposal is printed, and written as a plan that every command reads."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from medgraph.cli import app, cli
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


@pytest.fixture
def times(tmp_path):
    """Ten minutes from every area of the sample to every facility."""
    from medgraph.loaders import samples

    net = samples.taizhou()
    ends = [(a, f, 10) for a in net.nodes("Area").index for f in net.nodes("Facility").index]
    lines = [",".join(map(str, row)) for row in [("origin", "destination", "minutes"), *ends]]
    (tmp_path / "times.csv").write_text("\n".join(lines), encoding="utf-8")
    return "times.csv"


def test_sites_are_proposed_with_their_certificate(run, times):
    """The keys that scripts rely on; one site within ten minutes is enough for all areas."""
    line = ("propose", "sites", "demo", "--model", "lscp", "--radius", "15", "--times", times)
    found = run(*line, "--format", "json")
    assert found.exit_code == 0, found.output
    said = json.loads(found.stdout)
    assert (said["query"], said["value"], said["bound"], said["proven"]) == (
        "propose.sites",
        1,
        1,
        True,
    )
    assert sum(row["chosen"] for row in said["rows"]) == 1
    assert {"facility", "name", "chosen"} <= said["rows"][0].keys()
    assert said["demand"] == {"in": 43, "judged": 39, "unknown": 0, "excluded": 4}
    assert said["infeasible"] is None
    table = run(*line, "--lang", "zh")
    assert "已证明最优：1家" in table.stdout


def test_no_sites_are_a_finding(run, times, capsys):
    """No candidate is within five minutes: exit 1, and every area is named."""
    line = ["propose", "sites", "demo", "--model", "p-centre", "--p", "2", "--radius", "5"]
    with pytest.raises(SystemExit) as ended:
        app.main([*line, "--times", times, "--format", "json"])
    assert ended.value.code == 1
    said = json.loads(capsys.readouterr().out)
    assert len(said["infeasible"]["areas"]) == 39
    assert (said["value"], said["proven"]) == (None, True)


def test_costs_and_a_budget_from_a_file(run, times, tmp_path):
    """The cheaper of two is taken; Chinese titles are read."""
    (tmp_path / "costs.csv").write_text(
        "机构,费用,方式\nTZ-P01,5,新建\nTZ-P02,3,改扩建\n", encoding="utf-8"
    )
    found = run(
        *("propose", "sites", "demo", "--model", "lscp", "--radius", "15", "--times", times),
        *("--costs", "costs.csv", "--facility-type", "primary", "--format", "json"),
    )
    said = json.loads(found.stdout)
    assert said["value"] == 3, found.output
    assert [row["way"] for row in said["rows"] if row["chosen"]] == ["改扩建"]
