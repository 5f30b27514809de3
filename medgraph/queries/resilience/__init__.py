"""Resilience: what breaks when a facility stops, and how to mend the network."""

from medgraph.queries.resilience.critical import critical, dependents
from medgraph.queries.resilience.repair import actions, repair

__all__ = ["actions", "critical", "dependents", "repair"]
