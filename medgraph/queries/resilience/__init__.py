"""Resilience: what breaks when a facility stops, and how to mend the network."""

from medgraph.queries.planning.repair import actions, repair
from medgraph.queries.resilience.critical import critical, dependents

__all__ = ["actions", "critical", "dependents", "repair"]
