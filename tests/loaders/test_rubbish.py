"""Tables full of nonsense: what is said of them is bounded, what is left out is complete."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from dataclasses import replace

import pytest

from medgraph.cli.account_json import account_json
from medgraph.graphmodel.checks import values
from medgraph.graphmodel.checks.fault import LISTED
from medgraph.json_text import json_text
from medgraph.loaders import registry

FACILITY = "id,name,type,admin_level,ownership,status,area,lon,lat,beds,valid_from"
LINK = "source,relation,target,valid_from"
MANY = 1_000_000
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


@pytest.mark.parametrize("lenient", [False, True])
def test_the_account_in_pieces_is_the_account(tmp_path, lenient):
    folder = _write(tmp_path / "rubbish", 300)
    (folder / "areas.csv").write_text("id,name,level\n331000,某市,prefecture\n", "utf-8")
    loaded = registry.load(folder, lenient=lenient)
    for account in (loaded, replace(loaded, left_rows=()), replace(loaded, problems=())):
        assert "".join(account_json(account)) == json_text(account.to_dict())


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the use of a process is asked of Unix")
@pytest.mark.parametrize("format_", ["table", "json"])
def test_many_rows_of_rubbish_cost_seconds_and_megabytes(tmp_path, format_):
    """A million rows: bounded on the console, complete in JSON."""
    folder = _write(tmp_path / "rubbish", MANY // 2)
    line = [sys.executable, "-m", "medgraph", "check", str(folder), "--format", format_]
    with (tmp_path / "said.txt").open("wb") as said:
        running = subprocess.Popen(line, stdout=said, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(running.pid, 0)
    text = (tmp_path / "said.txt").read_text("utf-8")
    assert os.waitstatus_to_exitcode(status) == 1
    if format_ == "json":
        assert len(json.loads(text)["left_rows"]) == MANY
    else:
        assert text.count("\n") < 20_000
    assert used.ru_utime + used.ru_stime < 60
    assert used.ru_maxrss < 1_500_000, "KB"
