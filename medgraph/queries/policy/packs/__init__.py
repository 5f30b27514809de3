"""Policy packs: TOML files that hold rules as data, and how they are read and checked."""

from medgraph.queries.policy.packs.faults import Pack, Rule, load, read_pack, shipped

__all__ = ["Pack", "Rule", "load", "read_pack", "shipped"]
