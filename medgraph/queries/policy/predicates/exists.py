"""Count what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from medgraph.graphmodel.states import YES
from medgraph.queries.policy.facts.elements import elements
from medgraph.queries.policy.predicates.tested import Part, Tested, as_tested
from medgraph.queries.policy.predicates.wording import table_asked
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects


def exists(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Count the elements that are there (members of a type, groups of a city)."""
    which, node, whole = elements(audited, part, subjects)
    return as_tested(
        which,
        np.full(len(which), YES),
        len(subjects),
        node=node,
        why=say("policy_there"),
        whole=whole,
        lacking=table_asked(part),
    )
