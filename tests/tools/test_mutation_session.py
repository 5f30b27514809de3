"""Tests that are run in several forked processes at once leave each other's files alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
# Each waits long enough for the other to come by.
WAITING = """
import time

def test_one(tmp_path):
    kept(tmp_path)

def test_other(tmp_path):
    kept(tmp_path)

def kept(folder):
    (folder / "a.txt").write_text("a")
    time.sleep(1)
    assert (folder / "a.txt").exists()
"""
GATHERED = """
import sys
from tools.mutation import session
session.TESTS, session.PORTION = (sys.argv[1],), 1
sys.exit(session.main())
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the tests are run in forked processes")
def test_no_process_removes_the_files_of_another(tmp_path):
    """Two tests, each in a process of its own with a folder of its own, pass side by side."""
    (tmp_path / "project").mkdir()
    (tmp_path / "mutants.json").write_text("[]", "utf-8")
    tests = tmp_path / "test_waiting.py"
    tests.write_text(WAITING, "utf-8")
    places = {"MUTATION_FOLDER": str(tmp_path), "MUTATION_MINUTES": "1", "MUTATION_WORKERS": "2"}
    places["PYTHONPATH"] = str(ROOT)
    words = [sys.executable, "-c", GATHERED, tests]
    subprocess.run(words, cwd=ROOT, env={**os.environ, **places}, check=False, timeout=100)
    runs = (tmp_path / "runs.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(run)["passed"] for run in runs] == [True, True]
