"""Broken files end in an answer or a sentence: no traceback, abort, hang, or flood of memory."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SEEDS = (1, 2)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the files are read in forked processes")
@pytest.mark.parametrize("seed", SEEDS)
def test_broken_files_end_in_a_sentence(seed):
    """250 files for each seed, over all readers; the last line of the table counts them."""
    words = [sys.executable, ROOT / "tools" / "fuzz.py", "--files", "250", "--seed", str(seed)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr[-2_000:]
    assert done.stdout.splitlines()[-1].startswith("| all | 250 |")
