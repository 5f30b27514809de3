"""Flows: observed referrals against the planned ones, and the shares of care given at home."""

from medgraph.queries.flows.care_at_home import shares
from medgraph.queries.flows.planned_and_observed import flows

__all__ = ["flows", "shares"]
