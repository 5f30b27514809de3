"""Say of whom all links, and all nodes, are declared to be known: only then is what is not found
a NO.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from medgraph.queries.policy.facts.paths import relations_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork


def finished(
    audited: AuditedNetwork, path: Sequence[str], starts: Positions, *, counts_leads: bool = False
) -> Mask:
    """Return a mask: from which starts all ways along `path` are declared to be known.

    The lead of a group is one: where it is known, who asks for what is beyond it needs no
    declaration that there is no other. Who `counts_leads` does.
    """
    found = np.ones(len(starts), bool)
    for depth, step in enumerate(path):
        for relation in relations_of(step):
            if depth:
                found &= audited.day.declared_whole(relation)
                continue
            held = _declared(audited, relation, starts)
            if relation == "LEADS" and step[0] == "<" and not counts_leads:
                held |= _led(audited, starts)
            found &= held
    return found


def _declared(audited: AuditedNetwork, relation: str, starts: Positions) -> Mask:
    """Return a mask: of which starts all links of a relation are declared to be known.

    What is declared of a start itself decides; the whole (-1) has nothing of its own.
    """
    found = np.full(len(starts), audited.day.declared_whole(relation))
    nodes = starts >= 0
    found[nodes] = audited.day.declared(relation, for_=starts[nodes])
    return found


def _led(audited: AuditedNetwork, starts: Positions) -> Mask:
    """Return a mask: which of these are groups with a lead."""
    if audited.left_out:
        return np.zeros(len(starts), bool)
    found: Mask = audited.day.led[starts] & (starts >= 0)
    return found
