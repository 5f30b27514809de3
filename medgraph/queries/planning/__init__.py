"""Proposals with proof: the smallest change that makes something hold."""

from medgraph.queries.planning.links import links
from medgraph.queries.planning.proposal import Proposal

__all__ = ["Proposal", "links"]
