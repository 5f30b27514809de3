"""Proposals with proof: the smallest change that makes something hold."""

from medgraph.queries.planning.links import LinksProposal, links
from medgraph.queries.planning.proposal import Proposal
from medgraph.queries.planning.regroup import regroup
from medgraph.queries.planning.regrouped import Regrouping

__all__ = ["LinksProposal", "Proposal", "Regrouping", "links", "regroup"]
