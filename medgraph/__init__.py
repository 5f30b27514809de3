"""medgraph: medical groups as a graph.

A façade without logic: every name is imported when it is first used, so that `import medgraph`
is cheap.

>>> import medgraph as mg
>>> net = mg.samples.taizhou()
>>> mg.coverage.served(net).share
Share(met=38, total=39, unit='areas')
"""

from __future__ import annotations

import importlib
from typing import Any

from medgraph._version import __version__

# name -> module, or module and attribute
_DOORS: dict[str, tuple[str, str | None]] = {
    "MedicalNetwork": ("medgraph.graphmodel.network", "MedicalNetwork"),
    "Day": ("medgraph.graphmodel.day", "Day"),
    "changes": ("medgraph.graphmodel.changes", None),
    "errors": ("medgraph.errors", None),
    "read": ("medgraph.loaders.registry", "read"),
    "write": ("medgraph.loaders.registry", "write"),
    "decisions": ("medgraph.loaders.decisions", None),
    "samples": ("medgraph.loaders.samples", None),
    "coverage": ("medgraph.queries.coverage", None),
    "referrals": ("medgraph.queries.referrals", None),
    "sharing": ("medgraph.queries.sharing", None),
    "dispatch": ("medgraph.queries.dispatch", None),
    "alliances": ("medgraph.queries.alliances", None),
    "teams": ("medgraph.queries.teams", None),
    "records": ("medgraph.loaders.records", None),
    "flows": ("medgraph.queries.flows", None),
    "structure": ("medgraph.queries.structure", None),
    "resilience": ("medgraph.queries.resilience", None),
    "propose": ("medgraph.queries.planning", None),
    "compare": ("medgraph.queries.comparison", "compare"),
    "reconcile": ("medgraph.queries.reconcile", None),
    "policy": ("medgraph.queries.policy", None),
    "visuals": ("medgraph.visuals", None),
}

__all__ = ["__version__", *_DOORS]


def __getattr__(name: str) -> Any:
    try:
        module, attribute = _DOORS[name]
    except KeyError:
        raise AttributeError(f"module 'medgraph' has no attribute {name!r}") from None
    loaded = importlib.import_module(module)
    value = getattr(loaded, attribute) if attribute else loaded
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
