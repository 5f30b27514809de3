"""How a network gets in and out: `read`, `load`, `write`."""

from medgraph.loaders.loaded import LeftRow, Loaded
from medgraph.loaders.registry import load, read, write

__all__ = ["LeftRow", "Loaded", "load", "read", "write"]
