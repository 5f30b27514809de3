"""What `import medgraph as mg` offers, for type checkers: the lazy doors of `__init__.py`."""

from medgraph import errors as errors
from medgraph import visuals as visuals
from medgraph._version import __version__ as __version__
from medgraph.graphmodel import changes as changes
from medgraph.graphmodel.day import Day as Day
from medgraph.graphmodel.network import MedicalNetwork as MedicalNetwork
from medgraph.loaders import decisions as decisions
from medgraph.loaders import records as records
from medgraph.loaders import samples as samples
from medgraph.loaders.registry import read as read
from medgraph.loaders.registry import write as write
from medgraph.queries import alliances as alliances
from medgraph.queries import coverage as coverage
from medgraph.queries import dispatch as dispatch
from medgraph.queries import flows as flows
from medgraph.queries import planning as propose
from medgraph.queries import policy as policy
from medgraph.queries import reconcile as reconcile
from medgraph.queries import referrals as referrals
from medgraph.queries import resilience as resilience
from medgraph.queries import sharing as sharing
from medgraph.queries import structure as structure
from medgraph.queries import teams as teams
from medgraph.queries.comparison import compare as compare

__all__ = [
    "Day",
    "MedicalNetwork",
    "__version__",
    "alliances",
    "changes",
    "compare",
    "coverage",
    "decisions",
    "dispatch",
    "errors",
    "flows",
    "policy",
    "propose",
    "read",
    "reconcile",
    "records",
    "referrals",
    "resilience",
    "samples",
    "sharing",
    "structure",
    "teams",
    "visuals",
    "write",
]
