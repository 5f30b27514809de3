"""Tables full of nonsense: what is said of them is bounded, what is left out is complete."""

from __future__ import annotations

import json
import random
import subprocess
import sys

import pytest

from medgraph.graphmodel.checks import values
from medgraph.graphmodel.checks.fault import LISTED
from medgraph.loaders import registry

FACILITY = "id,name,type,admin_level,ownership,status,area,lon,lat,beds,valid_from"
LINK = "source,relation,target,valid_from"
SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789医院卫生县镇村市区东西南北#!?*&^%$-"


def _write(folder, rows):
    """Write so many rows of nonsense as facilities and as links."""
    folder.mkdir()
    dice = random.Random(1)

    def word():
        return "".join(dice.choices(SIGNS, k=dice.randint(5, 12)))

    for name, header in (("facilities", FACILITY), ("links", LINK)):
        width = header.count(",") + 1
        lines = (",".join(word() for _ in range(width)) for _ in range(rows))
        (folder / f"{name}.csv").write_text("\n".join([header, *lines]), "utf-8")
    return folder


def test_the_nearest_word_is_sought_only_for_what_is_listed(tmp_path, monkeypatch):
    sought = []
    nearest = values._nearest
    monkeypatch.setattr(values, "_nearest", lambda *a: sought.append(a) or nearest(*a))
    loaded = registry.load(_write(tmp_path / "rubbish", 1_500))
    unknown = [found for found in loaded.problems if found.code == "E031"]
    assert len(unknown) == LISTED + 1, "and one that says how many more"
    assert len(sought) == LISTED


def test_every_row_left_out_is_in_the_account(tmp_path):
    loaded = registry.load(_write(tmp_path / "rubbish", 1_500))
    assert loaded.network is None
    assert (loaded.rows_in, loaded.left_out, len(loaded.left_rows)) == (3_000, 3_000, 3_000)
    assert len({row.place for row in loaded.left_rows}) == 3_000
    assert loaded.left_rows[0] == next(iter(loaded.left_rows))
    assert "[E0" in loaded.left_rows[-1].reason


def test_left_rows_on_the_console_are_bounded(tmp_path):
    """Some 1,500 rows cannot stay; the console lists a thousand and says how many more."""
    folder = _write(tmp_path / "rubbish", 1_500)
    with (folder / "areas.csv").open("w", encoding="utf-8") as areas:
        areas.write("id,name,level\n331000,某市,prefecture\n")
    line = [sys.executable, "-m", "medgraph", "check", str(folder), "--lenient", "--lang", "en"]
    said = subprocess.run(line, capture_output=True, text=True, check=False).stdout
    whole = subprocess.run([*line, "--format", "json"], capture_output=True, check=False).stdout
    left = len(json.loads(whole)["left_rows"])
    assert left > 1_000
    assert f"{left - 1_000} more rows are left out" in said


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the use of a process is asked of Unix")
def test_many_rows_of_rubbish_cost_seconds_and_megabytes(tmp_path):
    """A fifth of a million rows in each table; a million takes five times as much."""
    import resource

    folder = _write(tmp_path / "rubbish", 200_000)
    line = [sys.executable, "-m", "medgraph", "check", str(folder)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(line, capture_output=True, check=False)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 1
    assert done.stdout.count(b"\n") < 20_000
    assert used.ru_utime - before.ru_utime < 30
    assert used.ru_maxrss < 800 << 10
