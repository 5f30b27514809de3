"""`medgraph propose`: the proposal is printed, and written as a plan that every command reads."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from medgraph.cli import app, cli
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders import registry
from medgraph.queries.planning import stages

COUNTY = Path(__file__).parents[2] / "docs" / "planning.json"
BALANCED = ("propose", "regroup", "county.json", "--value", "population", "--tolerance", "0.2")


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


@pytest.fixture
def plan_county(tmp_path, monkeypatch):
    """Run a line of the shell beside the county of docs/planning.md."""
    shutil.copy(COUNTY, tmp_path / "county.json")
    monkeypatch.chdir(tmp_path)
    return lambda *line: CliRunner().invoke(cli, line, standalone_mode=False)


def test_a_regrouping_is_a_plan_that_every_command_reads(plan_county):
    """What JSON says is what the plan makes of the network."""
    found = plan_county(*BALANCED, "--further", "1", "--format", "json", "--plan", "plan.json")
    assert found.exit_code == 0, found.output
    said = json.loads(found.stdout)
    assert said["plan"]["moves"] == said["bound"]["moves"] == len(said["rows"]) == 2
    assert (said["proven"], said["infeasible"]) == (True, None)
    assert len(said["next"]) == 1
    served = plan_county("coverage", "served", "plan.json", "--format", "json")
    group_of = {row["area"]: row["group"] for row in json.loads(served.stdout)["rows"]}
    assert all(group_of[row["area"]] == row["to"] for row in said["rows"])


def test_a_number_that_means_nothing_is_exit_2(plan_county, capsys):
    """One sentence, with the option as it was typed."""
    with pytest.raises(SystemExit) as ended:
        app.main([*BALANCED, "--front-minutes", "-5", "--lang", "en"])
    assert ended.value.code == 2
    assert "--front-minutes is a number above 0, not -5." in capsys.readouterr().err


def test_outlines_of_areas_say_which_touch(plan_county, tmp_path):
    """Two towns side by side; the others have no outline, and are named."""

    def outline(code, west):
        ring = [[west, 28.0], [west + 0.1, 28.0], [west + 0.1, 28.1], [west, 28.1], [west, 28.0]]
        shape = {"type": "Polygon", "coordinates": [ring]}
        stated = {"code": code, "name": code}
        return {"type": "Feature", "properties": stated, "geometry": shape}

    towns = [outline("331099101", 121.0), outline("331099102", 121.1), outline("331099103", 121.5)]
    file = {"type": "FeatureCollection", "features": towns}
    (tmp_path / "areas.geojson").write_text(json.dumps(file), encoding="utf-8")
    line = ("propose", "regroup", "county.json", "--adjacency", "areas.geojson", "--lang", "en")
    found = plan_county(*line)
    assert found.return_value == 0, found.output
    assert "1 area touches none: 北坡镇" in found.output
    assert "9 areas have no outline" in found.output


def test_no_plan_is_exit_1(plan_county):
    """What conflicts is on stdout, and no plan is written."""
    locks = ("--lock", "西塘镇", "--lock", "石桥镇")
    found = plan_county(*BALANCED, *locks, "--format", "json", "--plan", "plan.json")
    assert found.return_value == 1
    said = json.loads(found.stdout)
    assert said["plan"] is None
    assert "lock 331099102000" in said["infeasible"]["conflict"]
    assert not Path("plan.json").exists()


def test_ctrl_c_prints_the_best_so_far(plan_county, monkeypatch):
    """Exit 130, with the plan and its bound on stdout."""

    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(stages.Stages, "_fewest_moves", stopped)
    found = plan_county(*BALANCED, "--format", "json")
    assert found.return_value == 130
    said = json.loads(found.stdout)
    assert said["plan"]["moves"] >= 2
    assert (said["bound"]["moves"], said["proven"]) == (0, False)


def test_an_assignment_comes_from_a_table(plan_county):
    """Titles are read in Chinese; a row without its group, or a group nobody knows, is exit 2."""
    Path("own.csv").write_text("区划,集团\n西塘镇,第三集团\n石桥镇,第二集团\n", encoding="utf-8")
    found = plan_county(*BALANCED, "--assignment", "own.csv", "--format", "json")
    assert found.return_value == 0, found.output
    said = json.loads(found.stdout)
    assert (said["broken"], said["proven"], said["optimum"]["moves"]) == ([], True, 2)


@pytest.mark.parametrize(
    "text", ["区划,集团\n西塘镇,\n", "区划\n西塘镇\n", "区划,集团\n西塘镇,第九集团\n"]
)
def test_a_wrong_table_is_refused(plan_county, text):
    Path("own.csv").write_text(text, encoding="utf-8")
    found = plan_county(*BALANCED, "--assignment", "own.csv")
    assert found.exit_code != 0
    assert not found.stdout.strip()


def test_the_front_is_drawn(plan_county):
    """A picture beside the table."""
    line = (*BALANCED, "--further", "0", "--front", "0.3", "--front", "0.01")
    found = plan_county(*line, "--front-plot", "front.svg")
    assert found.exit_code == 0, found.output
    assert Path("front.svg").read_text(encoding="utf-8").startswith("<svg")


def square(rows: int = 6, columns: int = 6) -> MedicalNetwork:
    """Towns in a square, three quarters of them in one group of four: many have to move."""
    count = rows * columns
    code = [f"3310991{n:02d}000" for n in range(count)]
    seats = {0: 0, columns - 1: 1, count - columns: 2, count - 1: 3}
    nodes = [
        {"id": code[n], "kind": "Area", "level": "township", "population": 1000 + n * n % 97 * 20}
        for n in range(count)
    ]
    nodes += [
        {"id": f"G{n}", "kind": "Group", "type": "county_medical_community"} for n in range(4)
    ]
    nodes += [
        {"id": f"T{n}", "kind": "Facility", "type": "township_health_centre"} for n in range(count)
    ]
    for node in nodes:
        node["name"] = node["id"]
    links = [(f"T{n}", "SERVES", code[n]) for n in range(count)]
    for town in range(count):
        relation = "LEADS" if town in seats else "MEMBER_OF"
        links.append((f"T{town}", relation, f"G{seats.get(town, 0)}"))
        if (town + 1) % columns:
            links.append((code[town], "ADJACENT_TO", code[town + 1]))
        if town + columns < count:
            links.append((code[town], "ADJACENT_TO", code[town + columns]))
    edges = pd.DataFrame(links, columns=["source", "relation", "target"])
    return MedicalNetwork.from_frames(pd.DataFrame(nodes), edges, {"data_day": "2025-01-01"})


@pytest.mark.skipif(sys.platform == "win32", reason="a console of Windows is no terminal of POSIX")
def test_ctrl_c_at_a_terminal_gives_the_best_plan_and_its_gap(tmp_path):
    """The whole job is interrupted, as a shell does; what was found by then is printed, code 130."""
    from tests.terminal import interrupted_on_a_terminal

    registry.write(square(), tmp_path / "square.json")
    line = ("propose", "regroup", "square.json", "--value", "population", "--tolerance", "0.1")
    code, shown = interrupted_on_a_terminal(
        [sys.executable, "-m", "medgraph", *line, "--further", "0", "--lang", "en"],
        cwd=tmp_path,
        after=b"so far ",
    )
    said = shown.decode()
    assert code == 130
    assert "Traceback" not in said
    assert "The search was stopped: the best so far." in said
    assert re.search(r"This plan moves \d+; (no plan moves fewer than|whether fewer)", said)
    assert re.search(r"Plan: \d+ moves", said)
