"""Comparison: what differs between two networks, or one network on two days."""

from medgraph.queries.comparison.differences import compare

__all__ = ["compare"]
