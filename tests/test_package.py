"""What ships: the wheel has one top-level name and everything it needs, and its command runs without the tests."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import house

ROOT = Path(__file__).parent.parent
STATED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# What is installed under another name than it is imported by.
INSTALLED_AS = {
    "bs4": "beautifulsoup4",
    "docx": "python-docx",
    "ibis": "ibis-framework",
    "opencc": "opencc-python-reimplemented",
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    target = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", target, ROOT],
        check=True,
        capture_output=True,
    )
    return next(target.glob("*.whl"))


def test_the_wheel_has_one_top_level_name(wheel):
    """Nothing but medgraph lands in site-packages, so that no other package is overwritten."""
    names = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {name for name in names if not name.endswith(".dist-info")} == {"medgraph"}


def test_the_wheel_holds_its_data(wheel):
    """The typed marker, the licence and every data file of the package are in the wheel."""
    held = set(zipfile.ZipFile(wheel).namelist())
    data = {
        p for p in (ROOT / "medgraph").rglob("*") if p.is_file() and "__pycache__" not in p.parts
    }
    assert {p.relative_to(ROOT).as_posix() for p in data} <= held
    assert any(name.endswith("LICENSE") for name in held)


def test_the_wheel_runs_by_itself(wheel, tmp_path):
    """The command answers from the wheel alone, in a folder with blanks and Chinese."""
    folder = tmp_path / "一个 文件夹"
    folder.mkdir()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    run = [
        sys.executable,
        "-c",
        "import sys; sys.path.insert(0, 'site'); from medgraph.cli import main; main(sys.argv[1:])",
    ]
    done = subprocess.run(
        [*run, "sample", "taizhou", "样本 数据", "--lang", "en"],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "58 facilities" in done.stdout


def names(requirements: list[str]) -> set[str]:
    """Return the names of what is required, as installers compare them."""
    found = [re.match(r"[\w.-]+", line) for line in requirements]
    return {re.sub(r"[-_.]+", "-", one[0]).lower() for one in found if one}


def at_import(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what runs when a module is imported: neither functions nor what is for types alone."""
    for inner in ast.iter_child_nodes(node):
        if isinstance(inner, house.FUNCTIONS):
            continue
        if isinstance(inner, ast.If) and "TYPE_CHECKING" in ast.unparse(inner.test):
            continue
        yield inner
        yield from at_import(inner)


def libraries(nodes: Iterator[ast.AST]) -> set[str]:
    """Return the libraries of others that these lines import, by the name they are installed as."""
    roots = {name.split(".")[0] for node in nodes for name in house.imported_names(node)}
    others = roots - sys.stdlib_module_names - {"medgraph"}
    return {INSTALLED_AS.get(root, root).lower().replace("_", "-") for root in others}


def test_what_is_imported_is_required():
    """What a module imports at once the core requires, the board's its extra; all else some extra."""
    core, extras = names(STATED["dependencies"]), STATED["optional-dependencies"]
    every = core.union(*(names(lines) for lines in extras.values()))
    lacking = {}
    for module in house.modules():
        at_once = core | names(extras["board"]) if module.startswith("board/") else core
        parsed = house.tree(module)
        lacking[module] = (libraries(at_import(parsed)) - at_once) | (
            libraries(ast.walk(parsed)) - every
        )
    assert {module: found for module, found in lacking.items() if found} == {}
