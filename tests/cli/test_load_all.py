"""`medgraph load-all` on a real server: past bad files, a line each, one at a time, again without a change."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner

from medgraph.cli import cli
from medgraph.graphmodel.canonical import as_table
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders import registry
from medgraph.loaders.store import lock as store_lock
from medgraph.loaders.store import neo4j_store

pytestmark = pytest.mark.xdist_group("neo4j")
KEYS = {
    "file",
    "dataset",
    "status",
    "reason",
    "rows_in",
    "loaded",
    "left_out",
    "problems",
    "added",
    "changed",
    "ended",
    "released",
    "same",
    "findings",
    "seconds",
    "dry_run",
}


def county(
    letter: str, facilities: int = 30, *, day: str = "2024-01-01", beds: int = 10
) -> MedicalNetwork:
    """A county of its own: so many centres, a lead, a group; and the municipal hospital, which all counties state."""
    nodes = [
        {
            "id": "CITY-H1",
            "kind": "Facility",
            "name": "市一院",
            "type": "general_hospital",
            "beds": 900,
        },
        {
            "id": f"{letter}-G",
            "kind": "Group",
            "name": f"{letter}县医共体",
            "type": "county_medical_community",
        },
    ]
    nodes += [
        {
            "id": f"{letter}-{i}",
            "kind": "Facility",
            "name": f"{letter}县{i}院",
            "type": "township_health_centre",
            "beds": beds,
        }
        for i in range(facilities)
    ]
    links = [
        {
            "source": f"{letter}-{i}",
            "relation": "MEMBER_OF" if i else "LEADS",
            "target": f"{letter}-G",
        }
        for i in range(facilities)
    ]
    return MedicalNetwork.from_frames(as_table(nodes), as_table(links), {"data_day": day})


@pytest.fixture
def folder(tmp_path):
    """Two sound files and one that is none."""
    here = tmp_path / "各县 files"
    registry.write(county("A"), here / "a.xlsx")
    registry.write(county("B"), here / "b")
    (here / "c.json").write_text("{ this is no network", encoding="utf-8")
    return here


def loaded(folder, url, *options: str) -> tuple[int, dict[str, dict], str]:
    """Run it; return the exit code, the lines of the log by file, and all that was printed."""
    log = folder.parent / "run.jsonl"
    result = CliRunner().invoke(
        cli,
        ["load-all", str(folder), url, "--log", str(log), "--lang", "en", *options],
        standalone_mode=False,
    )
    if result.exception:
        raise result.exception
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert all(set(line) == KEYS for line in lines)
    return result.return_value, {line["file"]: line for line in lines}, result.output


def test_it_goes_on_past_a_bad_file(folder, store_url):
    """A file that is no network is refused, with its reason; what comes before and after it is loaded; exit 1."""
    registry.write(county("D"), folder / "d.mgz")
    code, lines, said = loaded(folder, store_url)
    assert code == 1
    assert {file: line["status"] for file, line in lines.items()} == {
        "a.xlsx": "loaded",
        "b": "loaded",
        "c.json": "refused",
        "d.mgz": "loaded",
    }
    assert lines["c.json"]["reason"]
    assert "3 loaded" in said
    assert "1 refused" in said
    assert {"A-1", "B-1", "D-1", "CITY-H1"} <= set(registry.read(store_url).nodes().index)


def test_one_line_per_file_counts_what_was_done(folder, store_url):
    """Added, changed, ended, left out, seconds: a county of 32 nodes and 30 links, the city's hospital among them."""
    _, lines, _ = loaded(folder, store_url)
    first, second = lines["a.xlsx"], lines["b"]
    assert (first["added"], first["changed"], first["ended"], first["left_out"]) == (62, 0, 0, 0)
    assert (second["added"], second["changed"]) == (61, 1)  # the hospital has a second owner
    assert first["rows_in"] == first["loaded"]
    assert 0 < first["seconds"] < 600


def test_running_it_again_changes_nothing(folder, store_url):
    """The second run finds everything as it is: not a row is added, changed or ended, and the version stays."""
    (folder / "c.json").unlink()
    loaded(folder, store_url)
    before = registry.read(store_url)
    code, lines, _ = loaded(folder, store_url)
    assert code == 0
    assert {line["status"] for line in lines.values()} == {"same"}
    assert all(line["added"] == line["changed"] == line["ended"] == 0 for line in lines.values())
    assert lines["a.xlsx"]["same"] == 62
    assert registry.read(store_url) == before


def test_changed_rows_alone_are_changed(folder, store_url):
    """Of a county with one more bed everywhere, the 30 facilities change; the other county does not."""
    (folder / "c.json").unlink()
    loaded(folder, store_url)
    registry.write(county("A", beds=11), folder / "a.xlsx")
    code, lines, _ = loaded(folder, store_url)
    assert code == 0
    assert (lines["a.xlsx"]["changed"], lines["a.xlsx"]["same"]) == (30, 32)
    assert lines["b"]["status"] == "same"


def test_a_truncated_file_is_withheld_whole(folder, store_url):
    """A file that would end over a tenth is withheld, reported, exit 1; nothing of it is written, the rest is."""
    (folder / "c.json").unlink()
    loaded(folder, store_url)
    before = registry.read(store_url)
    registry.write(county("A", 12, day="2024-02-01", beds=99), folder / "a.xlsx")
    code, lines, _ = loaded(folder, store_url)
    assert code == 1
    assert lines["a.xlsx"]["status"] == "withheld"
    assert lines["a.xlsx"]["ended"] == 36  # 18 facilities and their links
    assert lines["a.xlsx"]["reason"]
    assert lines["b"]["status"] == "same"
    assert registry.read(store_url) == before


def test_accepted_endings_are_a_ceiling(folder, store_url):
    """36 endings stay withheld under a ceiling of 35, and are carried out under one of 36."""
    (folder / "c.json").unlink()
    loaded(folder, store_url)
    registry.write(county("A", 12, day="2024-02-01"), folder / "a.xlsx")
    assert loaded(folder, store_url, "--accept-endings", "35")[1]["a.xlsx"]["status"] == "withheld"
    code, lines, _ = loaded(folder, store_url, "--accept-endings", "36")
    assert (code, lines["a.xlsx"]["status"], lines["a.xlsx"]["ended"]) == (0, "loaded", 36)
    assert str(registry.read(store_url).nodes().loc["A-20", "valid_to"])[:10] == "2024-01-31"


def test_a_dry_run_says_the_same_and_writes_nothing(folder, store_url):
    """--dry-run reports what would be added and changed; the store is as it was, and empty where it was empty."""
    (folder / "c.json").unlink()
    code, lines, _ = loaded(folder, store_url, "--dry-run")
    assert (code, lines["a.xlsx"]["added"], lines["a.xlsx"]["dry_run"]) == (0, 62, True)
    name = neo4j_store.address(store_url).network
    with neo4j_store.connect(store_url) as store:
        assert name not in store.names()
    loaded(folder, store_url)
    before = registry.read(store_url)
    registry.write(county("A", beds=11), folder / "a.xlsx")
    assert loaded(folder, store_url, "--dry-run")[1]["a.xlsx"]["changed"] == 30
    assert registry.read(store_url) == before


def test_where_nothing_could_run_the_exit_code_is_two(folder, store_url):
    """Every file refused, or an empty folder, or no folder: 2."""
    shutil.rmtree(folder / "b")
    (folder / "a.xlsx").unlink()
    code, lines, _ = loaded(folder, store_url)
    assert (code, lines["c.json"]["status"]) == (2, "refused")
    (folder / "c.json").unlink()
    for place in (folder, folder / "nowhere"):
        done = shell("load-all", place, store_url)
        assert done.returncode == 2
        assert "Traceback" not in done.stderr


def test_a_dataset_in_the_address_is_refused(folder, store_url):
    """Each file is a dataset of its own name; one name for all would end what the file before stated."""
    done = shell("load-all", folder, f"{store_url}&dataset=x", "--lang", "en")
    assert (done.returncode, "dataset=" in done.stderr, done.stdout) == (2, True, "")


def test_no_server_is_a_sentence(folder, monkeypatch):
    """Without a server: exit 2, one sentence, no traceback, no password."""
    monkeypatch.setenv("NEO4J_PASSWORD", "sesame-open")
    done = shell("load-all", folder, "bolt://127.0.0.1:9/neo4j?network=x")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "sesame" not in done.stdout + done.stderr


def shell(*arguments) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "medgraph", *map(str, arguments)],
        capture_output=True,
        text=True,
        env=dict(os.environ),
        check=False,
    )


def test_two_files_of_one_name_are_not_one_dataset(folder, store_url):
    """a.xlsx and a.json would end what the other states; the second is refused by name."""
    registry.write(county("E"), folder / "a.json")
    _, lines, _ = loaded(folder, store_url)
    assert lines["a.json"]["status"] == "loaded"
    assert lines["a.xlsx"]["status"] == "refused"
    assert "a.json" in lines["a.xlsx"]["reason"]


def test_faulty_rows_are_left_out_and_counted(folder, store_url):
    """A file with an unknown day is refused; with --lenient the day is lost, and a row without a name is left out."""
    shutil.rmtree(folder / "b")
    (folder / "c.json").unlink()
    here = folder / "e"
    here.mkdir()
    (here / "facilities.csv").write_text(
        "id,name,valid_from\nE1,好,2024-01-01\nE2,坏,not a day\nE3,,\n", encoding="utf-8"
    )
    assert loaded(folder, store_url)[1]["e"]["status"] == "refused"
    line = loaded(folder, store_url, "--lenient")[1]["e"]
    assert (line["status"], line["rows_in"], line["loaded"], line["left_out"]) == (
        "loaded",
        3,
        2,
        1,
    )


def test_a_second_run_at_the_same_time_is_told_who_is_there(folder, store_url):
    """While somebody holds the lock, another run writes nothing, leaves its log alone, names them, and exits 2."""
    (folder / "c.json").unlink()
    log = folder.parent / "other.jsonl"
    log.write_text("of another night\n", encoding="utf-8")
    with neo4j_store.connect(store_url) as store, store_lock.alone(store):
        done = shell("load-all", folder, store_url, "--lang", "en", "--log", log)
        name = neo4j_store.address(store_url).network
        assert name not in store.names()
    assert done.returncode == 2
    assert f"({os.getpid()})" in done.stderr
    assert log.read_text(encoding="utf-8") == "of another night\n"
    assert loaded(folder, store_url)[0] == 0


def test_a_run_that_is_killed_leaves_no_lock(folder, store_url):
    """The lock ends with the process that held it, whatever became of it."""
    (folder / "c.json").unlink()
    code = (
        "import os, sys\nfrom medgraph.loaders.store import lock as store_lock, neo4j_store\n"
        "with neo4j_store.connect(sys.argv[1]) as s, store_lock.alone(s):\n"
        " print('in', flush=True)\n os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, store_url], capture_output=True, text=True, check=False
    )
    assert done.stdout == "in\n", done.stderr
    assert loaded(folder, store_url)[0] == 0


def test_what_another_county_still_states_goes_on(folder, store_url):
    """A county that drops the municipal hospital releases it; the hospital ends with its last county."""
    (folder / "c.json").unlink()
    loaded(folder, store_url)
    for number, (letter, place) in enumerate((("B", "b"), ("A", "a.xlsx"))):
        net = county(letter, day="2024-02-01").without("CITY-H1")
        shutil.rmtree(folder / "b", ignore_errors=True) if place == "b" else None
        registry.write(net, folder / place)
        line = loaded(folder, store_url)[1][place]
        assert (line["status"], line["released"], line["ended"]) == ("loaded", 1 - number, number)
        ended = registry.read(store_url).nodes().get("valid_to")
        assert (ended is not None and str(ended["CITY-H1"])[:10] == "2024-01-31") == bool(number)


def test_what_two_counties_state_differently_is_a_finding(folder, store_url):
    """Both counties state the municipal hospital; where their beds differ, it is counted, and not the last wins."""
    (folder / "c.json").unlink()
    loaded(folder, store_url)
    other = county("B")
    nodes = other.nodes().reset_index()
    nodes.loc[nodes["id"] == "CITY-H1", "beds"] = 901
    shutil.rmtree(folder / "b")
    registry.write(
        MedicalNetwork.from_frames(nodes, other.edges().drop(columns="id"), other.meta),
        folder / "b",
    )
    line = loaded(folder, store_url)[1]["b"]
    assert (line["status"], line["changed"], line["findings"]) == ("loaded", 1, 1)
    assert all(word in line["reason"] for word in ("CITY-H1", "beds", "900", "901"))
    _, lines, said = loaded(folder, store_url)
    assert (lines["b"]["status"], lines["b"]["findings"]) == ("same", 1)
    assert line["reason"] in said
