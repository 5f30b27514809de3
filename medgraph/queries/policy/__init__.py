"""Policy packs: every clause of a plan as a verdict with its evidence.

`audit` tests a network against packs; `explain` takes one finding apart; `rules` lists what is tested;
`run_record` and `verify` say later whether the same comes out, or what changed; `scoring` judges score sheets.
"""

from medgraph.queries.policy import scoring
from medgraph.queries.policy.auditing import Audit, audit
from medgraph.queries.policy.packs import Pack, Rule, load, shipped

__all__ = ["Audit", "Pack", "Rule", "audit", "load", "scoring", "shipped"]
