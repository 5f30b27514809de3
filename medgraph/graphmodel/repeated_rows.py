"""Find nodes that state again, word for word, what an earlier row states: they are one row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel.arrays.chunks import flat, rows_of
from medgraph.graphmodel.arrays.strings import are_distinct
from medgraph.graphmodel.origin import Origin
from medgraph.words.say import Problem, problem

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    from medgraph.graphmodel.arrays.types import Positions


def doubled(texts: pa.Array) -> Positions:
    """Return the places of the texts that are there more than once.

    >>> doubled(pa.array(["a", "b", None, "a", None])).tolist()
    [0, 3]
    """
    if are_distinct(texts):
        return np.empty(0, np.int64)
    counted = pc.value_counts(texts.drop_null())
    again = counted.filter(pc.greater(counted.field("counts"), 1)).field("values")
    return rows_of(pc.is_in(texts, value_set=again))


def repeated(rows: Iterable[tuple[int, Hashable]]) -> dict[int, int]:
    """Return by number of a row the first that says the same, where that is an earlier one.

    >>> repeated([(3, "a"), (5, "b"), (8, "a")])
    {8: 3}
    """
    first: dict[Hashable, int] = {}
    return {row: first[said] for row, said in rows if first.setdefault(said, row) != row}


def merged(weights: Positions, again: Mapping[int, int]) -> tuple[Positions, Positions]:
    """Return the rows to keep, and what each counts for: for those `again` that repeat it, too.

    >>> rows, counts = merged(np.array([1, 1, 1]), {2: 0})
    >>> rows.tolist(), counts.tolist()
    ([0, 1], [2, 1])
    """
    kept = np.delete(np.arange(len(weights)), list(again))
    counts = weights.copy()
    np.add.at(counts, list(again.values()), weights[list(again)])
    return kept, counts[kept]


def each_once(nodes: pa.Table) -> tuple[pa.Table, Positions, list[Problem]]:
    """Return canonical nodes without repeated rows, how many each counts for, and what to tell.

    Where a row comes from is no part of what it states.
    """
    ones = np.ones(len(nodes), np.int64)
    rows = doubled(flat(nodes["id"]))
    if not len(rows):
        return nodes, ones, []
    stated = nodes.select([name for name in nodes.column_names if name != "origin"])
    said = (tuple(row.values()) for row in stated.take(pa.array(rows)).to_pylist())
    again = repeated(zip(rows.tolist(), said, strict=True))
    told = [_told(nodes, row, first) for row, first in again.items()]
    kept, counts = merged(ones, again)
    return nodes.take(pa.array(kept)), counts, told


def _told(nodes: pa.Table, row: int, first: int) -> Problem:
    id = nodes["id"][row].as_py()
    return problem("W010", place=_place(nodes, row), value=id, first=_place(nodes, first))


def _place(nodes: pa.Table, row: int) -> str:
    """Where a row comes from, else its number: its id is that of another, too."""
    origin = nodes["origin"][row].as_py() if "origin" in nodes.column_names else None
    return Origin.parse(origin).place or f"nodes[{row + 1}]"
