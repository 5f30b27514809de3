"""Count what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from medgraph.graphmodel.states import YES
from medgraph.queries.policy.facts.elements import elements
from medgraph.queries.policy.predicates.tested import Part, Tested, of_elements
from medgraph.queries.policy.predicates.wording import needs_to_belong, table_asked
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects


def exists(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Count the elements that are there (members of a type, groups of a city)."""
    chosen = elements(audited, part, subjects)
    return of_elements(
        chosen,
        np.full(len(chosen.node), YES),
        len(subjects),
        why=say("policy_there"),
        need_to_belong=needs_to_belong(audited, part, chosen),
        lacking=table_asked(part),
    )
