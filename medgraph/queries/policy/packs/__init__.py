"""Policy packs: TOML files that hold rules as data, and how they are read and checked.

One more pack is one more TOML file here, or a file of the user's own.
"""

from medgraph.queries.policy.packs.pack import Pack, Rule, Texts, settings, spoken
from medgraph.queries.policy.packs.reading import load, load_all, read_pack, schema, shipped

__all__ = [
    "Pack",
    "Rule",
    "Texts",
    "load",
    "load_all",
    "read_pack",
    "schema",
    "settings",
    "shipped",
    "spoken",
]
