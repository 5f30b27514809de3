"""Keep what a release promises: `python -m tools.keep_release` writes tests/kept/VERSION, once for each.

It holds the sample in every format that is written, a plan with its journal, every public name with
its parameters, and every command with its options. Later versions are tried on all of it
(tests/test_versions.py).
"""

from __future__ import annotations

import inspect
import tempfile
import zipfile
from pathlib import Path

import click

import medgraph as mg
from medgraph._version import __version__
from medgraph.board.journal import Journal
from medgraph.cli import cli
from medgraph.graphmodel.fingerprint import fingerprint
from medgraph.graphmodel.plan import Plan, Step
from medgraph.loaders.plan_file import write_plan
from tests.public_names import public_callables
from tools.site.commands import commands

KEPT = Path(__file__).resolve().parent.parent / "tests" / "kept"
NETWORKS = ("tables", "network.xlsx", "network.json", "network.graphml", "network.parquet")
SNAPSHOT, PLAN, JOURNAL = "network.mgz", "north.plan.json", "network.mgz.board"
MOVED, TO = "TZ-P34", "G2"
DAY = (2020, 1, 1, 0, 0, 0)  # of every entry, so that the same files give the same zip


def public_names() -> list[str]:
    """Return every public name with the parameters that a caller may give."""
    return sorted(
        f"{one.name}({', '.join(inspect.signature(one.value).parameters)})"
        for one in public_callables()
    )


def shell_words() -> list[str]:
    """Return every command with its arguments and options."""
    found = commands(cli, click.Context(cli, info_name="medgraph"))
    return sorted(
        " ".join([one.command_path, *(word for p in one.command.params for word in p.opts)])
        for one in found
    )


def write_files(folder: Path) -> None:
    """Write the sample in every format, and a plan with a journal."""
    net = mg.samples.taizhou()
    for name in (*NETWORKS, SNAPSHOT):
        mg.write(net, folder / name)
    step = Step(mg.changes.Move(MOVED, TO), "commission", "nearer")
    write_plan(Plan("north", fingerprint(net), (step,)), SNAPSHOT, folder / PLAN)
    journal = Journal(folder / JOURNAL)
    journal.append("p1", "change", {"step": 1}, who="commission")
    journal.close()


def main() -> None:
    """Keep the release of now."""
    target = KEPT / __version__
    target.mkdir(parents=True, exist_ok=True)
    (target / "names.txt").write_text("\n".join(public_names()) + "\n", encoding="utf-8")
    (target / "commands.txt").write_text("\n".join(shell_words()) + "\n", encoding="utf-8")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write_files(folder)
        with zipfile.ZipFile(target / "files.zip", "w") as archive:
            for path in sorted(path for path in folder.rglob("*") if path.is_file()):
                head = zipfile.ZipInfo(path.relative_to(folder).as_posix(), DAY)
                archive.writestr(head, path.read_bytes(), zipfile.ZIP_DEFLATED, compresslevel=9)


if __name__ == "__main__":
    main()
