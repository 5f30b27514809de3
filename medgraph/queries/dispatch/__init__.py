"""Dispatch (下沉): the ledger of postings, the published tests, and the quota."""

from medgraph.queries.dispatch.measures import QUOTA, RECIPIENTS, coverage, ending, ledger, quota

__all__ = ["QUOTA", "RECIPIENTS", "coverage", "ending", "ledger", "quota"]
