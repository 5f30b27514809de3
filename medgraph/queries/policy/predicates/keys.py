"""Keep each once: the pairs of a start and an end, and the rows that say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from medgraph.queries.policy.facts.paths import relations_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.queries.policy.facts.paths import Reached

OF_THE_RECORD = ("id", "origin", "document", "clause", "basis")  # where it stands, not what it says


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
