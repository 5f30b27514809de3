"""Number pairs of a subject and a node, so that sets of them can be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from medgraph.queries.policy.facts.paths import PATHS, relations_of, walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects


def pair_keys(audited: AuditedNetwork, subject: Positions, node: Positions) -> Positions:
    """Return one number for each pair of a subject and a node."""
    return np.asarray(subject, np.int64) * (len(audited.index) + 1) + node


def pairs_of(
    audited: AuditedNetwork, subjects: Subjects, of: str, *, classes: bool = False
) -> Positions:
    """Return the numbers of (subject, node) for the `lead` or the `units` of every subject."""
    ways = walk(audited, subjects.positions, PATHS[of], classes=classes)
    return pair_keys(audited, ways.start, ways.end)


def last_relation(path: Sequence[str]) -> str:
    """Return the relation that a path follows last."""
    return relations_of(path[-1])[-1]
