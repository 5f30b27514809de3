"""Writes are all or nothing: a kill in the middle leaves the old file whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from medgraph.errors import TargetError
from medgraph.loaders import atomic, read, write
from medgraph.whole_files import replacing

KILLED = """
import os, signal, sys
from medgraph.loaders.atomic import replacing_tables
from medgraph.whole_files import replacing
with {manager} as new:
    {writing}
    os.kill(os.getpid(), signal.SIGKILL)
"""


def killed(manager, writing):
    """Run a write that is killed before its end."""
    code = KILLED.format(manager=manager, writing=writing)
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": os.getcwd()}, check=False
    )
    assert done.returncode == -signal.SIGKILL


def test_a_kill_leaves_the_old_file_whole(tmp_path):
    """A process killed while it writes leaves the file as it was."""
    target = tmp_path / "a.txt"
    target.write_text("old")
    killed(f"replacing({str(target)!r})", "new.write_text('ne')")
    assert target.read_text() == "old"


def test_a_kill_leaves_the_old_folder_whole(taizhou, tmp_path):
    """A process killed while it writes a folder leaves every table as it was, and the next write works."""
    write(taizhou, tmp_path / "net")
    killed(
        f"replacing_tables({str(tmp_path / 'net')!r}, '.csv')",
        "(new / 'facilities.csv').write_text('id')",
    )
    assert read(tmp_path / "net") == taizhou
    write(taizhou.without("G1"), tmp_path / "net")
    assert read(tmp_path / "net") == taizhou.without("G1")


def test_a_write_that_took_effect_counts_even_half_moved(taizhou, tmp_path):
    """After the one rename that counts, the new tables are read, wherever the kill left them."""
    folder = tmp_path / "net"
    write(taizhou, folder)
    write(taizhou.without("G1"), tmp_path / "other")
    ready = folder / ".medgraph-ready"
    ready.mkdir()
    names = sorted(f.name for f in (tmp_path / "other").iterdir())
    for name in names:
        os.replace(tmp_path / "other" / name, ready / name)
    (ready / "tables.txt").write_text("".join(f"{name}\n" for name in names), encoding="utf-8")
    os.replace(ready / names[0], folder / names[0])
    assert read(folder) == taizhou.without("G1")


def test_other_files_of_a_folder_stay(taizhou, tmp_path):
    """A folder keeps what is no table, and loses tables that the network has no more."""
    (tmp_path / "net" / "report").mkdir(parents=True)
    (tmp_path / "net" / "notes.txt").write_text("mine")
    write(taizhou, tmp_path / "net")
    assert (tmp_path / "net" / "teams.csv").exists()
    for team in taizhou.nodes("Team").index:
        taizhou = taizhou.without(team)
    write(taizhou, tmp_path / "net")
    assert not (tmp_path / "net" / "teams.csv").exists()
    assert (tmp_path / "net" / "notes.txt").read_text() == "mine"
    assert not [f for f in (tmp_path / "net").iterdir() if f.name.startswith(".medgraph")]


def test_an_error_while_writing_leaves_nothing_behind(tmp_path):
    """An error inside the block passes on, the old file stays, and no half file lies about."""
    (tmp_path / "a.txt").write_text("old")
    with pytest.raises(ZeroDivisionError), replacing(tmp_path / "a.txt"):
        raise ZeroDivisionError
    assert [f.name for f in tmp_path.iterdir()] == ["a.txt"]


def test_a_target_that_cannot_be_is_one_sentence(tmp_path):
    """A folder where a file stands is refused in a sentence."""
    (tmp_path / "a").write_text("x")
    with pytest.raises(TargetError, match="a"), atomic.replacing_tables(tmp_path / "a", ".csv"):
        pass
