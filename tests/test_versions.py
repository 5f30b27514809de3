"""What a release promised holds: its files open, its names and options are there (docs/versions.md)."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

import medgraph as mg
from medgraph.board.journal import verify
from medgraph.cli import cli
from tools import keep_release

ROOT = Path(__file__).parent.parent
RELEASES = sorted(path.name for path in keep_release.KEPT.iterdir())


def lines(release: str, name: str) -> list[str]:
    return (keep_release.KEPT / release / name).read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module", params=RELEASES)
def files(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("kept")
    with zipfile.ZipFile(keep_release.KEPT / request.param / "files.zip") as archive:
        archive.extractall(folder)
    return folder


def gone(kept: set[str], today: set[str]) -> list[str]:
    """Return what is lost, and not said to be: a removed name stands under Removed in the changelog."""
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    removed = re.findall(r"^- Removed: .*(?:\n  .*)*", changelog, re.MULTILINE)
    removed += re.findall(r"^### Removed\n((?:.*\n)*?)(?=^##|\Z)", changelog, re.MULTILINE)
    return [name for name in sorted(kept - today) if f"`{name}`" not in "\n".join(removed)]


def parameters(line: str) -> set[str]:
    name, _, inside = line.rstrip(")").partition("(")
    return {name, *(f"{name}({one})" for one in inside.split(", ") if one)}


@pytest.mark.parametrize("release", RELEASES)
def test_no_public_name_and_no_parameter_is_lost(release):
    kept = set().union(*map(parameters, lines(release, "names.txt")))
    today = set().union(*map(parameters, keep_release.public_names()))
    assert gone(kept, today) == []


@pytest.mark.parametrize("release", RELEASES)
def test_no_command_and_no_option_is_lost(release):
    def words(listed: list[str]) -> set[str]:
        found = set()
        for line in listed:
            path, *options = re.split(r" (?=-)", line)
            command = " ".join(word for word in path.split() if not word.isupper())
            found |= {command, *(f"{command} {option}" for option in options)}
        return found

    assert gone(words(lines(release, "commands.txt")), words(keep_release.shell_words())) == []
    assert cli.commands


@pytest.mark.parametrize("name", [*keep_release.NETWORKS, keep_release.SNAPSHOT])
def test_a_network_of_that_release_opens(files, name):
    """Each format holds the facts that it held: as many rows, the gap and the data day of the sample."""
    net = mg.read(files / name)
    assert "58 facilities, 43 areas; data day 2023-10-25" in repr(net)
    assert mg.coverage.gaps(net).frame["name"].tolist() == ["西城街道"]


def test_a_plan_and_its_journal_of_that_release_open(files):
    moved = mg.read(files / keep_release.PLAN)
    links = moved.edges("MEMBER_OF")
    held = links[links["source"] == keep_release.MOVED]
    assert held[held["valid_to"].isna()]["target"].tolist() == [keep_release.TO]
    found = verify(files / keep_release.JOURNAL)
    assert not found.faults
    assert [entry.who for entry in found.entries] == ["commission"]


def test_what_is_lost_is_named():
    assert gone({"mg.read", "mg.never"}, {"mg.read"}) == ["mg.never"]
