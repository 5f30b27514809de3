"""Reconcile: two lists of the facilities of one place become one."""

from medgraph.queries.reconcile.facilities import facilities, standing
from medgraph.queries.reconcile.joining import Joined, join
from medgraph.queries.reconcile.places import placed, places
from medgraph.queries.reconcile.side_by_side import side_by_side

__all__ = ["Joined", "facilities", "join", "placed", "places", "side_by_side", "standing"]
