"""Test that each element reaches the lead of its subject."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from medgraph.graphmodel.states import NO, UNKNOWN, YES
from medgraph.queries.policy.facts.completeness import finished
from medgraph.queries.policy.facts.elements import elements
from medgraph.queries.policy.facts.pairs import pair_keys, pairs_of
from medgraph.queries.policy.facts.paths import PATHS, walk
from medgraph.queries.policy.predicates.tested import Part, Reasons, Tested, of_elements
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Mask, Positions, States
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects

_SIGNS = {"up": ">", "down": "<", "either": "-"}


class _Front(NamedTuple):
    """Where the ways from the elements have come: place of the `element`, node `here`, how `sure`
    the way is.
    """

    element: Positions
    here: Positions
    sure: States

    def kept(self, places: Mask | Positions) -> _Front:
        return _Front(self.element[places], self.here[places], self.sure[places])


def reaches(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Test that each element reaches its subject's lead (`up`), is reached from it (`down`), or
    either way.

    The way has at most `hops` links (2) and passes only units of the same subject.
    """
    chosen = elements(audited, {"of": "members", **part}, subjects)
    which, node = chosen.subject, chosen.node
    step = _SIGNS[part.get("direction", "either")] + part["relation"]
    leads, units = pairs_of(audited, subjects, "lead"), pairs_of(audited, subjects, "units")
    all_units = finished(audited, PATHS["units"], subjects.positions)
    state, shown = np.full(len(node), NO, np.int8), np.full(len(node), -1)
    every_way = np.ones(len(node), bool)
    front = _Front(np.arange(len(node)), node, np.full(len(node), YES, np.int8))
    for _ in range(part.get("hops", 2)):
        np.logical_and.at(every_way, front.element, finished(audited, [step], front.here))
        front, row = _one_hop(audited, front, step)
        subject = which[front.element]
        key = pair_keys(audited, subject, front.here)
        home = np.isin(key, leads)
        arrived = front.kept(home)
        np.maximum.at(state, arrived.element, arrived.sure)
        shown[arrived.element[::-1]] = row[home][::-1]
        # who is not listed may be a unit, or the lead, where the list of units may lack some
        perhaps = ~np.isin(key, units)
        every_way[front.element[perhaps & ~all_units[subject]]] = False
        front = _surest(audited, front.kept(~perhaps & ~home))
    state[(state == NO) & ~every_way] = UNKNOWN
    why = Reasons(say("policy_no_way"), say("policy_table_open"), say("policy_way"))
    return of_elements(
        chosen,
        state,
        len(subjects),
        row=shown,
        need=f"links.{part['relation']}",
        need_to_belong="links.MEMBER_OF",
        lacking="links.MEMBER_OF",
        why=why,
    )


def _one_hop(audited: AuditedNetwork, front: _Front, step: str) -> tuple[_Front, Positions]:
    ways = walk(audited, front.here, [step])
    sure = np.minimum(front.sure[ways.start], ways.state)
    return _Front(front.element[ways.start], ways.end, sure), ways.row


def _surest(audited: AuditedNetwork, front: _Front) -> _Front:
    """Keep of all ways from one element to one node the surest."""
    ordered = front.kept(np.lexsort((-front.sure, front.here, front.element)))
    keys = pair_keys(audited, ordered.element, ordered.here)
    return ordered.kept(np.unique(keys, return_index=True)[1])
