"""Proposals with proof: the smallest change that makes something hold."""

from medgraph.queries.planning.links import LinksProposal, links
from medgraph.queries.planning.proposal import Proposal
from medgraph.queries.planning.regroup import regroup
from medgraph.queries.planning.regrouped import Regrouping
from medgraph.queries.planning.site_plan import SitePlan
from medgraph.queries.planning.sites import sites

__all__ = [
    "LinksProposal",
    "Proposal",
    "Regrouping",
    "SitePlan",
    "links",
    "regroup",
    "sites",
]
