"""The package as its source shows it: its modules, what imports what, and where a rule of the house is broken.

Each `..._of` takes a module and returns the places in it that break one rule, as `line: what`.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "medgraph"
CHINESE = re.compile("[\u3000-\u9fff\uff00-\uffef]")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Import:
    """One import: the dotted `name` asked for, the `line`, and whether it stands inside a function."""

    name: str
    line: int
    inside: bool


@functools.cache
def modules() -> tuple[str, ...]:
    """Return every module of the package as a path below it, such as `queries/results.py`."""
    return tuple(sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py")))


@functools.cache
def tree(module: str) -> ast.Module:
    return ast.parse((PACKAGE / module).read_text(encoding="utf-8"))


def _within_functions(node: ast.AST) -> set[ast.AST]:
    return {
        inner
        for function in ast.walk(node)
        if isinstance(function, FUNCTIONS)
        for inner in ast.walk(function)
        if inner is not function
    }


@functools.cache
def imports(module: str) -> tuple[Import, ...]:
    """Return what a module imports, wherever in it; `importlib.import_module("…")` is an import too."""
    parsed = tree(module)
    inside = _within_functions(parsed)
    return tuple(
        Import(name, node.lineno, node in inside)
        for node in ast.walk(parsed)
        for name in imported_names(node)
    )


def imported_names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        assert not node.level, "imports name the whole path"
        return [f"{node.module}.{alias.name}" for alias in node.names]
    if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
        asked = node.args[0]
        return [asked.value if isinstance(asked, ast.Constant) else "importlib.import_module"]
    return []


@functools.cache
def home(dotted: str) -> str | None:
    """Return the module of ours that a dotted name is or lies in; None for what is not ours."""
    parts = dotted.split(".")
    if parts[0] != "medgraph":
        return None
    for end in range(len(parts), 0, -1):
        path = "/".join(parts[1:end])
        for candidate in (f"{path}.py", f"{path}/__init__.py".lstrip("/")):
            if candidate in modules():
                return candidate
    return None


def edges() -> set[tuple[str, str]]:
    """Return every pair (module, module it imports), under TYPE_CHECKING and inside functions too."""
    return {
        (module, target)
        for module in modules()
        for found in imports(module)
        if (target := home(found.name)) and target != module
    }


def child(folder: str, module: str) -> str | None:
    """Return the file or folder directly in `folder` that holds a module; None if it lies elsewhere."""
    if not module.startswith(folder) or module == f"{folder}__init__.py":
        return None
    return module[len(folder) :].split("/")[0]


def folders() -> Iterator[str]:
    """Return every folder of the package below its rooms, the rooms among them, as `queries/`."""
    return iter(sorted({f"{Path(module).parent.as_posix()}/" for module in modules()} - {"./"}))


def own_imports_inside_functions_of(module: str) -> list[str]:
    return [
        f"{found.line}: imports {found.name}"
        for found in imports(module)
        if found.inside and (home(found.name) or found.name == "importlib.import_module")
    ]


def nested_ternaries_of(module: str) -> list[str]:
    return [
        f"{node.lineno}: a ternary inside a ternary"
        for node in ast.walk(tree(module))
        if isinstance(node, ast.IfExp)
        and any(isinstance(part, ast.IfExp) for part in (node.test, node.body, node.orelse))
    ]


def writes_into_dict_of(module: str) -> list[str]:
    return [
        f"{node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("__dict__")
    ]


def methods_by_name_of(module: str) -> list[str]:
    """A method found by a name that is put together, in place of a table."""
    return [
        f"{node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "getattr"
        and isinstance(node.args[1], ast.JoinedStr)
    ]


def chinese_literals_of(module: str) -> list[str]:
    """Chinese outside the rooms of words; docstrings and comments may speak it."""
    if module.startswith(("words/", "queries/policy/packs/")):
        return []
    return [f"{line}: {text[:40]!r}" for line, text in _literals(module) if CHINESE.search(text)]


def suffixes_of(module: str) -> list[str]:
    """Literals that are the suffix of a file (`.csv`, `*.csv`), outside the list of all of them."""
    if module == "suffixes.py":
        return []
    known = _known_suffixes()
    return [f"{line}: {text!r}" for line, text in _literals(module) if text.lstrip("*") in known]


@functools.cache
def _known_suffixes() -> set[str]:
    return {text for _, text in _literals("suffixes.py")}


def _literals(module: str) -> list[tuple[int, str]]:
    """The line and text of every string in a module that is no docstring."""
    parsed = tree(module)
    docstrings = {_docstring(node) for node in ast.walk(parsed) if isinstance(node, DOCUMENTED)}
    return [
        (node.lineno, node.value)
        for node in ast.walk(parsed)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docstrings
    ]


def _docstring(node: ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> object:
    first = node.body[0] if node.body else None
    return first.value if isinstance(first, ast.Expr) else None
