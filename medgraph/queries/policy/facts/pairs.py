"""Number pairs of a subject and a node, so that sets of them can be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from medgraph.queries.policy.facts.paths import PATHS, Reached, walk

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects


def pair_keys(audited: AuditedNetwork, subject: Positions, node: Positions) -> Positions:
    """Return one number for each pair of a subject and a node."""
    return np.asarray(subject, np.int64) * (len(audited.index) + 1) + node


def pairs_of(audited: AuditedNetwork, subjects: Subjects, of: str) -> Positions:
    """Return the numbers of (subject, node) for the `lead` or the `units` of every subject."""
    ways = walk(audited, subjects.positions, PATHS[of])
    return pair_keys(audited, ways.start, ways.end)


def at_lead(audited: AuditedNetwork, subjects: Subjects, ways: Reached) -> Mask:
    """Return a mask: ways from subjects that end at a lead of their own subject."""
    found: Mask = np.isin(
        pair_keys(audited, ways.start, ways.end), pairs_of(audited, subjects, "lead")
    )
    return found
