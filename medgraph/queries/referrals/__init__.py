"""Referral questions: the legal way of a patient to every level and specialty and back, and where it breaks."""

from medgraph.queries.referrals.alternatives import alternatives
from medgraph.queries.referrals.broken import broken
from medgraph.queries.referrals.path import path, paths

__all__ = ["alternatives", "broken", "path", "paths"]
