"""Say of an element that is unknown because two places differ what each of them says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from medgraph.graphmodel.states import UNKNOWN
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.predicates.tested import Tested


def with_contradictions(audited: AuditedNetwork, tested: Tested) -> Tested:
    """Return what was tested, with both statements as the reason where two places differ."""
    if not audited.contradictions:
        return tested
    said = {(c.subject, c.item): " / ".join(c.values) for c in audited.contradictions}
    why = tested.why.copy()
    for row in np.flatnonzero((tested.state == UNKNOWN) & (tested.node >= 0)).tolist():
        id = str(audited.index.ids[int(tested.node[row])].as_py())
        item = str(tested.need[row]).partition(".")[2]
        if (id, item) in said:
            why[row] = say("policy_said_twice", values=said[id, item])
    return replace(tested, why=why)
