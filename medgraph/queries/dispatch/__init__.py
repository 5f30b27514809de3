"""Dispatch (下沉): the ledger of postings, the published tests, and the quota."""

from medgraph.queries.dispatch.ledger import ending, ledger
from medgraph.queries.dispatch.published_tests import coverage
from medgraph.queries.dispatch.quotas import QUOTA, RECIPIENTS, quota

__all__ = ["QUOTA", "RECIPIENTS", "coverage", "ending", "ledger", "quota"]
