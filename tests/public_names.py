"""Every public callable: what a user reaches through `medgraph`, and what its docstring lacks."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import medgraph
from medgraph.graphmodel.flow_table import FlowTable
from medgraph.queries.results import Answer, Share
from tests.house import PACKAGE

# Values that public functions return, and whose class no door offers by name.
RETURNED = (Answer, Share, FlowTable)
EXAMPLES = re.compile(r"^\s*Examples\n\s*-{4,}\n[\s\S]*?>>> ", re.MULTILINE)
PARAMETERS = re.compile(r"^\s*(Parameters|Attributes)\n\s*-{4,}\n", re.MULTILINE)


@dataclass(frozen=True)
class PublicCallable:
    """A callable under the name by which a user reaches it."""

    name: str
    value: Callable[..., Any]

    @property
    def module(self) -> str:
        """The path of its module below the package."""
        source = inspect.getsourcefile(inspect.unwrap(self.value))
        return Path(source or "").relative_to(PACKAGE).as_posix()

    def parameters(self) -> int:
        """Count what a caller may give, `self` not among it."""
        names = list(inspect.signature(self.value).parameters)
        return len(names) - (names[:1] == ["self"])

    def lacks(self) -> list[str]:
        """Name the sections its docstring lacks."""
        text = inspect.cleandoc(self.value.__doc__ or "")
        lacking = []
        if not EXAMPLES.search(text):
            lacking.append("an example that runs")
        if self.parameters() > 1 and not PARAMETERS.search(text):
            lacking.append("Parameters")
        return lacking


def public_callables() -> Iterator[PublicCallable]:
    """Return every public function, class and method, each once."""
    seen: set[tuple[str, str]] = set()
    doors = [(f"mg.{name}", getattr(medgraph, name)) for name in medgraph.__all__]
    returned = [(kind.__name__, kind) for kind in RETURNED]
    for found in _within([*doors, *returned]):
        if (place := (found.value.__module__, found.value.__qualname__)) not in seen:
            seen.add(place)
            yield found


def _within(named: list[tuple[str, Any]]) -> Iterator[PublicCallable]:
    for name, value in named:
        if isinstance(value, ModuleType):
            yield from _within([(f"{name}.{n}", getattr(value, n)) for n in _offered(value)])
        elif inspect.isclass(value):
            yield from _class(name, value)
        elif inspect.isfunction(value):
            yield PublicCallable(name, value)


def _offered(module: ModuleType) -> list[str]:
    """Return the names a module offers: its `__all__`, else what it defines itself."""
    listed = getattr(module, "__all__", None)
    if listed is not None:
        return list(listed)
    return [
        name
        for name, value in vars(module).items()
        if not name.startswith("_") and getattr(value, "__module__", None) == module.__name__
    ]


def _class(name: str, kind: type) -> Iterator[PublicCallable]:
    """Return a class and its public methods; of an error its one line of docstring is enough."""
    if issubclass(kind, Exception):
        return
    yield PublicCallable(name, kind)
    for base in kind.__mro__:
        if base.__module__.split(".")[0] == "medgraph":
            for method, value in vars(base).items():
                function = (
                    value.__func__ if isinstance(value, classmethod | staticmethod) else value
                )
                if not method.startswith("_") and inspect.isfunction(function):
                    yield PublicCallable(f"{name}.{method}", getattr(kind, method))
