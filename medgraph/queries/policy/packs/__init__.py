"""Policy packs: TOML files that hold rules as data, and how they are read and checked.

One more pack is one more TOML file here, or a file of the user's own.
"""

from medgraph.queries.policy.packs.pack import Pack, Rule, settings, spoken
from medgraph.queries.policy.packs.reading import load, load_all, read_pack, schema, shipped
from medgraph.queries.policy.packs.sentences import Sentence, Texts

__all__ = [
    "Pack",
    "Rule",
    "Sentence",
    "Texts",
    "load",
    "load_all",
    "read_pack",
    "schema",
    "settings",
    "shipped",
    "spoken",
]
