"""Writes are all or nothing: a kill in the middle leaves the old file whole."""

from __future__ import annotations

import io
import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile

import pytest

from medgraph.errors import TargetError
from medgraph.loaders import atomic, read, samples, write
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


def test_a_kill_when_all_was_done_leaves_nothing_to_settle(taizhou, tmp_path):
    """The list of what took effect goes first, then the folder that held it."""
    write(taizhou, tmp_path / "net")
    (tmp_path / "net" / ".medgraph-ready").mkdir()
    assert read(tmp_path / "net") == taizhou
    write(taizhou.without("G1"), tmp_path / "net")
    assert read(tmp_path / "net") == taizhou.without("G1")


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


def left_over(folder):
    return sorted(path.name for path in folder.rglob(".medgraph-*"))


def test_the_next_write_removes_what_a_kill_left(taizhou, tmp_path):
    """Files and folders of a process that is gone go with the next write; those of one at work stay."""
    killed(f"replacing({str(tmp_path / 'a.txt')!r})", "new.write_text('ne')")
    (tmp_path / "net").mkdir()
    killed(
        f"replacing_tables({str(tmp_path / 'net')!r}, '.csv')",
        "(new / 'areas.csv').write_text('id')",
    )
    at_work = tmp_path / f".medgraph-{os.getppid()}-x.txt"
    at_work.touch()
    assert len(left_over(tmp_path)) == 3
    with replacing(tmp_path / "a.txt") as new:
        new.write_text("new")
    write(taizhou, tmp_path / "net")
    assert left_over(tmp_path) == [at_work.name]


# What writes: the line of the command, {source} being one of two networks in turn.
WRITERS = {
    "workbook": ["convert", "{source}", "{folder}/out.xlsx"],
    "folder": ["convert", "{source}", "{folder}/out"],
    "parquet": ["convert", "{source}", "{folder}/out.parquet"],
    "snapshot": ["convert", "{source}", "{folder}/out.mgz"],
    "json": ["convert", "{source}", "{folder}/out.json"],
    "graphml": ["convert", "{source}", "{folder}/out.graphml"],
    "template": ["template", "{folder}/out.xlsx", "--area", "331003"],
    "tidy": ["tidy", "{ugly}", "--output", "{folder}/out.xlsx"],
    "draft": ["draft", "{plan}", "--areas", "{source}", "--output", "{folder}/out.xlsx"],
    "marked": ["check", "{book}", "--output", "{folder}/out.xlsx"],
    "move": ["move", "{source}", "TZ-H06", "--to-group", "G2", "--output", "{folder}/out.xlsx"],
    "ask": ["ask", "{source}", "--output", "{folder}/out.xlsx"],
    "fill": ["fill", "{source}", "{answers}", "--output", "{folder}/out.xlsx"],
    "answer": ["coverage", "served", "{source}", "--output", "{folder}/out.csv"],
    "audit": ["audit", "{source}", "--pack", "urban-2023", "--output", "{folder}/out.html"],
    "map": ["map", "tiles", "{source}", "--output", "{folder}/out.svg"],
    "report": ["report", "{source}", "--output", "{folder}/out"],
    "declare": ["declare", "{folder}/out.xlsx", "派驻", "--complete", "--by", "甲"],
}
# Those that `make test` tries, five kills each; the slow test tries all of them, 200 kills.
OFTEN_KILLED = ("workbook", "folder", "snapshot", "report")
EACH = 12


def contents(folder):
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in files
        if not any(part.startswith(".medgraph-") for part in path.relative_to(folder).parts)
    }


@pytest.mark.parametrize("writer", OFTEN_KILLED)
def test_a_kill_leaves_old_or_new(taizhou, tmp_path, writer):
    kill(writer, taizhou, tmp_path, 5)


@pytest.mark.slow
@pytest.mark.parametrize("writer", WRITERS)
def test_a_kill_at_any_moment_leaves_old_or_new(taizhou, tmp_path, writer):
    kill(writer, taizhou, tmp_path, EACH)


def kill(writer, taizhou, tmp_path, times):
    """Kill a writer again and again: each file is old or new, and whole, and none is left over."""
    folder = tmp_path / "target"
    folder.mkdir()
    nets = (taizhou, taizhou.without("TZ-P07"))
    for number, net in enumerate(nets):
        write(net, tmp_path / f"source{number}.json")
    write(taizhou, tmp_path / "book.xlsx")
    samples.write_taizhou_ugly(tmp_path / "ugly.xlsx")
    samples.write_taizhou_plan(tmp_path / "plan.txt")
    if writer == "declare":
        write(taizhou, folder / "out.xlsx")
    if writer == "fill":
        run("ask", tmp_path / "source0.json", "--output", tmp_path / "answers.xlsx")
    places = {name: tmp_path / f"{name}.xlsx" for name in ("book", "ugly", "answers")}
    places |= {"folder": folder, "plan": tmp_path / "plan.txt"}
    lines = [
        [
            word.format(source=tmp_path / f"source{number}.json", **places)
            for word in WRITERS[writer]
        ]
        for number in (0, 1)
    ]
    began = time.monotonic()
    run(*lines[0])
    whole = time.monotonic() - began
    names = contents(folder).keys()
    dice = random.Random(writer)
    for number in range(times):
        started = subprocess.Popen(command(*lines[number % 2]), **QUIET)
        if dice.random() < 0.7:  # while it writes, if it is seen to
            while started.poll() is None and not left_over(folder):
                time.sleep(0.001)
            time.sleep(dice.uniform(0, 0.05))
        else:
            time.sleep(dice.uniform(0.4, 1.1) * whole)
        started.kill()
        started.wait()
        found = contents(folder)
        assert found.keys() == names
        for name, content in found.items():
            assert is_whole(name, content), name
        if WRITERS[writer][0] == "convert":
            assert read(next(folder.glob("out*"))) in nets
    run(*lines[0])
    assert not left_over(folder)


QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def command(*words):
    return [sys.executable, "-m", "medgraph", *map(str, words)]


def run(*words):
    done = subprocess.run(command(*words), capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr


def is_whole(name, content):
    """Whether a file ends as one of its kind does."""
    match name.rpartition(".")[2]:
        case "xlsx":
            return zipfile.ZipFile(io.BytesIO(content)).testzip() is None
        case "json":
            return bool(json.loads(content))
        case "parquet":
            return content.endswith(b"PAR1")
        case "mgz":
            return content.startswith(b"MEDGRAPH")
        case "graphml":
            return content.rstrip().endswith(b"</graphml>")
        case "html":
            return content.rstrip().endswith(b"</html>")
        case "svg":
            return content.rstrip().endswith(b"</svg>")
    return content.endswith(b"\n")
