"""The floors of the house: imports point down, heavy libraries have one home, the façade is lazy."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "medgraph"
MODULES = sorted(PACKAGE.rglob("*.py"))
FLOORS = {"graphmodel": 1, "loaders": 2, "queries": 2, "visuals": 2, "cli": 3}
HOMES = {
    "click": ["cli/"],
    "neo4j": ["loaders/store/neo4j_store.py"],
    "pyvis": ["visuals/network/network_map.py"],
    "ibis": ["loaders/records/"],
    "duckdb": ["loaders/records/"],
    "pyspark": ["loaders/records/"],
    "openpyxl": ["loaders/"],
    "xlsxwriter": ["loaders/", "visuals/report/"],
    "typst": ["visuals/report/typesetting.py"],
    "docx": ["loaders/", "visuals/report/docx.py"],
}
DOORS = {"__init__.py", "__main__.py"}


def imported(path: Path) -> set[str]:
    """Return the dotted names that a module imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def part(dotted: str) -> str | None:
    """Return the sub-package of medgraph that a dotted name belongs to."""
    pieces = dotted.split(".")
    return (
        pieces[1] if pieces[0] == "medgraph" and len(pieces) > 1 and pieces[1] in FLOORS else None
    )


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_down(path):
    """A module imports only from lower floors or its own sub-package."""
    relative = path.relative_to(PACKAGE)
    if str(relative) in DOORS:
        return
    own = relative.parts[0] if relative.parts[0] in FLOORS else None
    for name in imported(path):
        other = part(name)
        if other and other != own:
            assert FLOORS[other] < FLOORS.get(own, 0), f"{relative} imports {name}"


@pytest.mark.parametrize("library", HOMES)
def test_heavy_libraries_have_one_home(library):
    """Only the home of a heavy library imports it."""
    users = [
        str(p.relative_to(PACKAGE))
        for p in MODULES
        if any(n.split(".")[0] == library for n in imported(p))
    ]
    strangers = [
        user for user in users if not any(user.startswith(home) for home in HOMES[library])
    ]
    assert not strangers


def test_help_imports_nothing_heavy():
    """`medgraph --help` imports neither pandas, networkx, pyvis nor neo4j."""
    code = (
        "import sys\n"
        "from medgraph.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit as stop: assert not stop.code\n"
        "heavy = {'pandas', 'networkx', 'pyvis', 'neo4j', 'numpy', 'pyarrow'} & set(sys.modules)\n"
        "sys.exit(f'imported: {heavy}' if heavy else 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    assert "coverage" in done.stdout
