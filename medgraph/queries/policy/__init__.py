"""Policy packs: every clause of a plan as a verdict with its evidence.

`audit` tests a network against packs; `explain` takes one finding apart; `ask` says what would
decide what is open; `rules`, `describe` and `described` say what is tested, `try_examples` whether
a pack does what it says; `run_record` and `verify` say later whether the same comes out, or what
changed; `scoring` judges score sheets.
"""

from medgraph.queries.policy import scoring
from medgraph.queries.policy.asking.asking import ask
from medgraph.queries.policy.auditing import Audit, audit
from medgraph.queries.policy.explaining import Explanation, explain
from medgraph.queries.policy.packs import Pack, Rule, Sentence, load, schema, shipped
from medgraph.queries.policy.rule_list import describe, described, rules
from medgraph.queries.policy.run_file import Verified, run_record, verify
from medgraph.queries.policy.trials import try_examples

__all__ = [
    "Audit",
    "Explanation",
    "Pack",
    "Rule",
    "Sentence",
    "Verified",
    "ask",
    "audit",
    "describe",
    "described",
    "explain",
    "load",
    "rules",
    "run_record",
    "schema",
    "scoring",
    "shipped",
    "try_examples",
    "verify",
]
