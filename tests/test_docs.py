"""What the documents say is true: examples run, and every command and public name is written down."""

from __future__ import annotations

import doctest
import re
import shlex
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import medgraph
from medgraph.cli import cli

ROOT = Path(__file__).parent.parent
PAGES = [*sorted(ROOT.glob("README*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def commands(group: click.Group, prefix: str = "") -> list[str]:
    names = []
    for name, command in group.commands.items():
        inner = (
            commands(command, f"{prefix}{name} ")
            if isinstance(command, click.Group)
            else [f"{prefix}{name}"]
        )
        names.extend(inner)
    return names


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_python_examples_run(page, tmp_path, monkeypatch):
    """Every `>>>` example of a page gives what the page says; the files of the page lie beside."""
    monkeypatch.chdir(tmp_path)
    _lay_beside(page, tmp_path)
    failures, _ = doctest.testfile(
        str(page), module_relative=False, optionflags=OPTIONS, encoding="utf-8"
    )
    assert failures == 0


def _lay_beside(page: Path, folder: Path) -> None:
    """Copy the files that bear the name of a page, and those that its examples read."""
    read = re.findall(r'mg\.read\("([\w.-]+)"\)', page.read_text(encoding="utf-8"))
    named = [page.with_name(name) for name in read if page.with_name(name).is_file()]
    for file in (*page.parent.glob(f"{page.stem}.*"), *named):
        shutil.copy(file, folder)


def transcripts(page: Path) -> list[str]:
    return re.findall(r"```console\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("page", [p for p in PAGES if transcripts(p)], ids=lambda p: p.name)
def test_transcripts_run(page, tmp_path, monkeypatch):
    """Every `$ medgraph` line of a page prints what stands under it (`...` stands for anything).

    The files of the page, which bear its name, lie beside.
    """
    monkeypatch.chdir(tmp_path)
    _lay_beside(page, tmp_path)
    checker = doctest.OutputChecker()
    for block in transcripts(page):
        for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, _, expected = step.partition("\n")
            words = shlex.split(line)
            assert words[0] == "medgraph", line
            result = CliRunner().invoke(cli, words[1:], catch_exceptions=False)
            assert checker.check_output(expected, result.stdout, OPTIONS), (
                f"$ {line}\n{result.stdout}{result.stderr}"
            )


@pytest.mark.parametrize("name", commands(cli))
def test_commands_are_documented(name):
    """docs/cli.md names every command."""
    assert f"`{name}" in (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [n for n in medgraph.__all__ if not n.startswith("_")])
def test_public_names_are_documented(name):
    """docs/python.md names everything that `import medgraph` offers."""
    assert f"`mg.{name}" in (ROOT / "docs" / "python.md").read_text(encoding="utf-8")


def drawn_paths() -> list[str]:
    """Return each file and folder in CONTRIBUTING's picture of the house, as a path from the root."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    [picture] = re.findall(r"```\n(medgraph/\n.*?)```", text, re.DOTALL)
    folders: dict[int, str] = {}
    paths = []
    for line in picture.splitlines():
        depth = len(line) - len(line.lstrip())
        named = re.match(r"(?:[\w.]+(?:/|\.pyi?)\s*)+", line.lstrip())
        names = named.group().split() if named else []
        inside = folders.get(depth - 2, "")
        paths += [f"{inside}{name}" for name in names]
        if len(names) == 1 and names[0].endswith("/"):
            folders[depth] = f"{inside}{names[0]}"
    return paths


@pytest.mark.parametrize("path", drawn_paths())
def test_the_picture_of_the_house_is_true(path):
    """Every file and folder that CONTRIBUTING draws is there."""
    assert (ROOT / path).exists()


def folders_of_the_package() -> list[str]:
    """Return every folder of the package as a path from the root, but what Python leaves behind."""
    folders = [folder for folder in (ROOT / "medgraph").rglob("*") if folder.is_dir()]
    kept = [folder for folder in folders if "__pycache__" not in folder.parts]
    return sorted(f"{folder.relative_to(ROOT).as_posix()}/" for folder in kept)


@pytest.mark.parametrize("folder", folders_of_the_package())
def test_the_picture_of_the_house_has_every_folder(folder):
    """CONTRIBUTING draws every folder of the package, the sample's tables aside."""
    assert folder in drawn_paths() or folder.startswith("medgraph/loaders/samples/data/")
