"""Referral questions: the legal way of a patient, up and back, and where it breaks."""

from medgraph.queries.referrals.alternatives import alternatives
from medgraph.queries.referrals.broken import broken
from medgraph.queries.referrals.endpoints import endpoints
from medgraph.queries.referrals.load import load
from medgraph.queries.referrals.path import path, paths
from medgraph.queries.referrals.regions import bottlenecks, regions
from medgraph.queries.referrals.specialties import specialties

__all__ = [
    "alternatives",
    "bottlenecks",
    "broken",
    "endpoints",
    "load",
    "path",
    "paths",
    "regions",
    "specialties",
]
