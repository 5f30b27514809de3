"""Broken files end in an answer or a sentence: no traceback, abort, hang, or flood of memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the files are read in forked processes")
def test_broken_files_end_in_a_sentence():
    """500 files, over all readers; the last line of the table counts them."""
    words = [sys.executable, ROOT / "tools" / "fuzz.py", "--files", "500", "--seed", "1"]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr[-2_000:]
    assert done.stdout.splitlines()[-1].startswith("| all | 500 |")


def test_runs_with_different_seeds_add_up(tmp_path):
    """The table of two seeds is printed without a new run, and a fault of one ends it with 1."""
    sums = tmp_path / "sums.json"
    kept = {"1": {"net.json": {"read": 3, "refused": 5}}, "2": {"net.json": {"refused": 2}}}
    sums.write_text(json.dumps(kept), "utf-8")
    words = [sys.executable, ROOT / "tools" / "fuzz.py", "--files", "8", "--sums", sums]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr[-2_000:]
    assert done.stdout.splitlines()[-1].startswith("| all | 10 | 3 | 0 | 7 | 0 |")
    sums.write_text(json.dumps({**kept, "3": {"net.csv": {"hang": 1}}}), "utf-8")
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 1
