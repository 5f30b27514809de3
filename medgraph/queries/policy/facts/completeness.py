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


def finished(audited: AuditedNetwork, path: Sequence[str], starts: Positions) -> Mask:
    """Return a mask: from which starts all ways along `path` are declared to be known."""
    found = np.ones(len(starts), bool)
    for depth, step in enumerate(path):
        for relation in relations_of(step):
            if depth == 0:
                backwards = step[0] == "<"
                held = _declared(audited, relation, starts)
                held |= (
                    _led(audited, relation, starts) if backwards else _all_led(audited, relation)
                )
            else:
                held = np.full(len(starts), _all_known(audited, relation))
            found &= held
    return found


def _all_known(audited: AuditedNetwork, relation: str) -> bool:
    """Are all links of a relation there?

    A group has one lead: where every group has one, no further LEADS link can be missing.
    """
    return audited.day.declared_whole(relation) or _all_led(audited, relation)


def _all_led(audited: AuditedNetwork, relation: str) -> bool:
    """Has every group its lead, so that no link of LEADS can be missing?"""
    groups = np.flatnonzero(audited.index.is_kind("Group"))
    return len(groups) > 0 and bool(_led(audited, relation, groups).all())


def _declared(audited: AuditedNetwork, relation: str, starts: Positions) -> Mask:
    """Return a mask: of which starts all links of a relation are declared to be known.

    What is declared of a start itself decides; the whole (-1) has nothing of its own.
    """
    found = np.full(len(starts), _all_known(audited, relation))
    nodes = starts >= 0
    found[nodes] = audited.day.declared(relation, for_=starts[nodes])
    return found


def _led(audited: AuditedNetwork, relation: str, positions: Positions) -> Mask:
    """Return a mask: which of these have a lead, asked for LEADS alone."""
    if relation != "LEADS" or audited.left_out:
        return np.zeros(len(positions), bool)
    led: Mask = np.isin(positions, audited.index.links("LEADS").target) & (positions >= 0)
    return led
