"""Number pairs of a subject and a node, so that sets of them can be compared; know a row said
twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from medgraph.queries.policy.facts.paths import PATHS, relations_of, walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.paths import Reached
    from medgraph.queries.policy.facts.subjects import Subjects

OF_THE_RECORD = ("id", "origin", "document", "clause", "basis")  # where it stands, not what it says


def pair_keys(audited: AuditedNetwork, subject: Positions, node: Positions) -> Positions:
    """Return one number for each pair of a subject and a node."""
    return np.asarray(subject, np.int64) * (len(audited.index) + 1) + node


def pairs_of(audited: AuditedNetwork, subjects: Subjects, of: str) -> Positions:
    """Return the numbers of (subject, node) for the `lead` or the `units` of every subject."""
    ways = walk(audited, subjects.positions, PATHS[of])
    return pair_keys(audited, ways.start, ways.end)


def last_relation(path: Sequence[str]) -> str:
    """Return the relation that a path follows last."""
    return relations_of(path[-1])[-1]


def first_said(edges: pa.Table, rows: Positions, of: Positions | int = 0) -> Mask:
    """Return a mask: rows of the link table that say, of the same subject, what none before does.

    The same row twice is one row, wherever it stands.
    """
    columns = [name for name in edges.column_names if name not in OF_THE_RECORD]
    said = edges.select(columns).take(pa.array(rows)).to_pandas()
    said["of"] = of
    found: Mask = ~said.duplicated().to_numpy()
    return found


def surest_pairs(ways: Reached) -> Reached:
    """Keep each pair of a start and an end once, with its surest way."""
    order = np.lexsort((-ways.state, ways.end, ways.start))
    ordered = ways.kept(order)
    first = np.ones(len(order), bool)
    first[1:] = (np.diff(ordered.start) != 0) | (np.diff(ordered.end) != 0)
    return ordered.kept(first)
