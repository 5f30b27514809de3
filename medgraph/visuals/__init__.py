"""How it is shown: maps and reports, each one file that asks for nothing from anywhere."""

from __future__ import annotations

import importlib
from typing import Any

_DOORS = {
    "Figure": "medgraph.visuals.figure",
    "tile_map": "medgraph.visuals.tile_map",
}

__all__ = ["Figure", "tile_map"]


def __getattr__(name: str) -> Any:
    """Import a picture when it is first used, so that the door itself is cheap."""
    if name not in _DOORS:
        raise AttributeError(f"module 'medgraph.visuals' has no attribute {name!r}")
    value = getattr(importlib.import_module(_DOORS[name]), name)
    globals()[name] = value
    return value
