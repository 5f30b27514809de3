"""The rules of the house: imports point down, words have their rooms, names are explained."""

from __future__ import annotations

import functools
import itertools
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import networkx as nx
import pytest

import medgraph as mg
from tests import house
from tests.public_names import public_callables

FLOORS = {
    "words": 0,
    "graphmodel": 1,
    "loaders": 2,
    "queries": 2,
    "visuals": 2,
    "board": 3,
    "cli": 4,
}
HOMES = {
    "click": ["cli/"],
    "neo4j": ["loaders/store/neo4j_store.py"],
    "pyvis": ["visuals/network/page_data.py"],
    "ibis": ["loaders/records/"],
    "duckdb": ["loaders/records/"],
    "pyspark": ["loaders/records/"],
    "openpyxl": ["loaders/"],
    "xlsxwriter": ["plain_workbooks.py", "visuals/report/", "loaders/samples/shipped.py"],
    "starlette": ["board/"],
    "uvicorn": ["board/"],
    "anywidget": ["visuals/widget.py"],
    "highspy": ["queries/planning/highs.py"],
    "typst": ["visuals/typesetting.py"],
    "docx": ["loaders/", "visuals/report/docx.py"],
}
VAGUE = {
    *("body", "common", "ground", "guess", "helpers", "intake", "marks", "misc", "shares"),
    *("showing", "stored", "texts", "utils", "view", "ways", "who"),
}
# The doors of the package itself: what is behind them is loaded when it is asked for.
ENTRANCES = ("__init__.py", "__main__.py")
LAZY = (*ENTRANCES, "cli/", "loaders/registry.py", "queries/verbs.py")


def floor(module: str) -> int:
    """Return the floor of a module; what lies in no room is on the ground, the entrances on the roof."""
    if module in ENTRANCES:
        return max(FLOORS.values()) + 1
    return FLOORS[module.split("/")[0]] if "/" in module else 0


def imports_upwards_of(module: str) -> list[str]:
    """What a module imports from its own floor or above, its own room aside."""
    if module in ENTRANCES:
        return []
    room = module.split("/")[0] if "/" in module else ""
    targets = {(found.line, house.home(found.name)) for found in house.imports(module)}
    return [
        f"{line}: imports {target}"
        for line, target in sorted((line, target) for line, target in targets if target)
        if not (target.startswith(f"{room}/") or (not room and "/" not in target))
        and floor(target) >= max(floor(module), 1)
    ]


@functools.cache
def rings() -> dict[str, set[str]]:
    """Return for each module in a ring of imports the modules of that ring."""
    return _in_rings(house.edges())


def _in_rings(edges: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    rings = [ring for ring in nx.strongly_connected_components(nx.DiGraph(edges)) if len(ring) > 1]
    return {module: ring for ring in rings for module in ring}


def rings_of(module: str) -> list[str]:
    ring = rings().get(module, set())
    return [f"in one ring with {', '.join(sorted(ring - {module}))}"] if ring else []


@functools.cache
def two_way_folders() -> dict[str, list[str]]:
    """Return for each module that closes a ring of a folder and its neighbours what it imports there."""
    closing: dict[str, list[str]] = {}
    for folder in house.folders():
        inside = [
            (module, target, house.child(folder, module), house.child(folder, target))
            for module, target in house.edges()
        ]
        pairs = [row for row in inside if row[2] and row[3] and row[2] != row[3]]
        ring = _in_rings((here, there) for _, _, here, there in pairs)
        for module, target, here, there in pairs:
            if there in ring.get(here, ()) and not (here.endswith(".py") and there.endswith(".py")):
                closing.setdefault(module, []).append(f"{folder}: {here} and {there} by {target}")
    return closing


def two_ways_of(module: str) -> list[str]:
    return sorted(two_way_folders().get(module, []))


def lazy_imports_of(module: str) -> list[str]:
    return [] if module.startswith(LAZY) else house.own_imports_inside_functions_of(module)


@functools.cache
def unexplained() -> dict[str, list[str]]:
    """Return for each module the public callables whose docstring lacks something."""
    lacking: dict[str, list[str]] = {}
    for found in public_callables():
        if lacks := found.lacks():
            lacking.setdefault(found.module, []).append(f"{found.name} lacks {', '.join(lacks)}")
    return lacking


def unexplained_of(module: str) -> list[str]:
    return unexplained().get(module, [])


# name of the rule -> what breaks it in a module
RULES: dict[str, Callable[[str], list[str]]] = {
    "floors": imports_upwards_of,
    "no-ring": rings_of,
    "one-way": two_ways_of,
    "imports-at-the-top": lazy_imports_of,
    "no-nested-ternary": house.nested_ternaries_of,
    "no-dict-writing": house.writes_into_dict_of,
    "no-methods-by-name": house.methods_by_name_of,
    "no-chinese": house.chinese_literals_of,
    "suffixes-in-one-place": house.suffixes_of,
    "explained": unexplained_of,
}


def breakers(rule: str) -> dict[str, list[str]]:
    """Return the modules that break a rule, each with where."""
    found = {module: RULES[rule](module) for module in house.modules()}
    return {module: places for module, places in found.items() if places}


@pytest.mark.parametrize("rule", RULES)
def test_the_rules_of_the_house(rule):
    """Every module keeps the rule."""
    found = breakers(rule)
    places = [f"medgraph/{module}:{place}" for module in found for place in found[module]]
    assert not places, "\n".join([f"{rule} is broken:", *sorted(places)])


def test_files_are_named_for_what_one_would_look_for():
    """No file has a name that several subjects could have, or that says nothing of its subject."""
    named = {Path(module).stem: module for module in house.modules()}
    assert not {named[name] for name in VAGUE & named.keys()}


@pytest.mark.parametrize("library", HOMES)
def test_heavy_libraries_have_one_home(library):
    """Only the home of a heavy library imports it."""
    users = [
        module
        for module in house.modules()
        if any(found.name.split(".")[0] == library for found in house.imports(module))
    ]
    strangers = [user for user in users if not user.startswith(tuple(HOMES[library]))]
    assert not strangers


def test_rings_are_found():
    """The search for rings itself: a ring of three is found, a chain is none."""
    chain = list(itertools.pairwise("abcd"))
    assert not _in_rings(chain)
    assert set(_in_rings([*chain, ("c", "a")])) == set("abc")


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


def test_a_question_imports_what_it_needs(tmp_path):
    """How many townships are served takes no solver, drawing or store: each costs its import."""
    mg.write(mg.samples.taizhou(), tmp_path / "net.json")
    code = (
        "import sys\n"
        "from medgraph.cli import main\n"
        "try: main(['coverage', 'served', sys.argv[1]])\n"
        "except SystemExit as stop: assert not stop.code\n"
        "heavy = {'scipy.optimize', 'networkx', 'pyvis', 'neo4j', 'openpyxl'} & set(sys.modules)\n"
        "sys.exit(f'imported: {heavy}' if heavy else 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "net.json")],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "38/39" in done.stdout
