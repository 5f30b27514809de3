"""`import medgraph as mg` is typed through and through: mypy finds a misspelt name, option or kind of value."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import medgraph

ROOT = Path(__file__).parent.parent
CALLS = Path(__file__).parent / "typed_calls"
pytestmark = pytest.mark.xdist_group("types")  # mypy runs once for all


@pytest.fixture(scope="module")
def complaints() -> dict[tuple[str, int], str]:
    """What mypy says of both files, by file and line.

    It runs as `make lint` runs it: what one has checked, the other takes from the cache.
    """
    files = [str(CALLS / name) for name in ("wrong_calls.py", "right_calls.py")]
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--no-error-summary", *files],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert not done.stderr, done.stderr
    found = re.findall(r"(\w+\.py):(\d+): error: (.*)", done.stdout)
    return {(file, int(line)): message for file, line, message in found}


def lines_of(name: str) -> list[str]:
    return (CALLS / name).read_text(encoding="utf-8").splitlines()


def test_every_wrong_call_is_found(complaints):
    """Each line that is wrong is an error of mypy, and nothing else in the file is."""
    wrong = [n for n, line in enumerate(lines_of("wrong_calls.py"), 1) if line.endswith("# wrong")]
    assert sorted(line for file, line in complaints if file == "wrong_calls.py") == wrong


def test_right_calls_are_right(complaints):
    assert not {key: text for key, text in complaints.items() if key[0] == "right_calls.py"}


def test_the_typed_doors_are_the_lazy_ones():
    """The stub imports and lists what `__init__.py` loads lazily, from the same place."""
    stub = ast.parse((ROOT / "medgraph" / "__init__.pyi").read_text(encoding="utf-8"))
    offered = {}
    for node in stub.body:
        if isinstance(node, ast.ImportFrom):
            offered |= {alias.asname: f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Assign):
            listed = ast.literal_eval(node.value)
    lazy = {name: ".".join(filter(None, place)) for name, place in medgraph._DOORS.items()} | {
        "__version__": "medgraph._version.__version__"
    }
    assert offered == lazy
    assert sorted(listed) == sorted(medgraph.__all__)
