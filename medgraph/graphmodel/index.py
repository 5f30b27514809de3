"""Compile a network: string ids to integers once, and per relation arrays and one CSR matrix each way.

Nodes stand in the order (area code, id), so that what is near in the country is near in memory.
Everything is built when it is first asked for and kept, because a network never changes.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


@dataclass(frozen=True)
class Links:
    """The links of one relation as aligned arrays: `source` and `target` positions, `row` in the link table."""

    source: np.ndarray
    target: np.ndarray
    row: np.ndarray

    def __len__(self) -> int:
        return len(self.row)


class Index:
    """The compiled form of the tables `nodes` and `edges`; positions are int32, -1 means not there."""

    def __init__(self, nodes: pa.Table, edges: pa.Table) -> None:
        self._nodes = nodes
        self._edges = edges
        self._links: dict[str, Links] = {}
        self._csr: dict[tuple, object] = {}

    @cached_property
    def order(self) -> np.ndarray:
        """Rows of the node table in the order of positions."""
        area = self._nodes["area"] if "area" in self._nodes.column_names else pa.nulls(len(self._nodes), pa.string())
        is_area = pc.equal(self._nodes["kind"], "Area")
        key = pc.fill_null(pc.if_else(is_area, self._nodes["id"], area), "")
        keys = pa.table({"area": key, "id": self._nodes["id"]})
        return pc.sort_indices(keys, sort_keys=[("area", "ascending"), ("id", "ascending")]).to_numpy()

    @cached_property
    def table(self) -> pa.Table:
        """The node table in the order of positions."""
        return self._nodes.take(pa.array(self.order)).combine_chunks()

    @cached_property
    def ids(self) -> pa.Array:
        """The ids in the order of positions."""
        return _flat(self.table["id"])

    def __len__(self) -> int:
        return len(self._nodes)

    def positions(self, ids) -> np.ndarray:
        """Return the position of each id as int32; -1 where the network has no such id."""
        wanted = ids if isinstance(ids, (pa.Array, pa.ChunkedArray)) else pa.array(ids, pa.string())
        return pc.fill_null(pc.index_in(wanted, value_set=self.ids), -1).to_numpy().astype(np.int32)

    def position(self, id: str) -> int:
        """Return the position of one id, -1 where the network has no such id."""
        return int(self.positions([id])[0])

    def values(self, column: str) -> pa.Array:
        """Return a node column in the order of positions; all null where no row has it."""
        if column not in self.table.column_names:
            return pa.nulls(len(self), pa.string())
        return _flat(self.table[column])

    def take(self, column: str, positions: np.ndarray) -> pa.Array:
        """Return a node column for these positions; null where a position is -1."""
        chosen = pa.array(positions, mask=np.asarray(positions) < 0)
        return self.values(column).take(chosen)

    def is_kind(self, kind: str) -> np.ndarray:
        """Return a mask over positions: nodes of `kind`."""
        return self.has("kind", kind)

    def has(self, column: str, *values: str) -> np.ndarray:
        """Return a mask over positions: nodes whose `column` is one of `values`."""
        found = pc.is_in(self.values(column), value_set=pa.array(values, pa.string()))
        return found.to_numpy(zero_copy_only=False)

    @cached_property
    def is_class(self) -> np.ndarray:
        """A mask over positions: placeholders for a class of facilities, which are no facility."""
        if "is_class" not in self.table.column_names:
            return np.zeros(len(self), bool)
        return pc.fill_null(_flat(self.table["is_class"]), False).to_numpy(zero_copy_only=False)

    def operating(self, day: datetime.date) -> np.ndarray:
        """Return a mask over positions: nodes at work on `day`.

        Not at work: closed and suspended ones, those outside their dates, and planned ones before their
        opening day (one without an opening day is never at work).
        """
        begun = self._is_before("valid_from", day)
        over = pc.fill_null(pc.less(self._dates("valid_to"), pa.scalar(day)), False).to_numpy(zero_copy_only=False)
        planned = self.has("status", "planned")
        known = self._dates("valid_from").is_valid().to_numpy(zero_copy_only=False)
        return begun & ~over & ~self.has("status", "closed", "suspended") & (~planned | known)

    def _dates(self, column: str) -> pa.Array:
        return self.values(column).cast(pa.date32())

    def _is_before(self, column: str, day: datetime.date) -> np.ndarray:
        held = pc.less_equal(self._dates(column), pa.scalar(day))
        return pc.fill_null(held, True).to_numpy(zero_copy_only=False)

    def links(self, relation: str) -> Links:
        """Return the links of `relation` as arrays of positions, in the order of the link table."""
        if relation not in self._links:
            row = np.flatnonzero(
                pc.equal(self._edges["relation"], relation).to_numpy(zero_copy_only=False)).astype(np.int32)
            chosen = self._edges.select(["source", "target"]).take(pa.array(row))
            self._links[relation] = Links(self.positions(chosen["source"]), self.positions(chosen["target"]), row)
        return self._links[relation]

    def link_values(self, relation: str, column: str) -> pa.Array:
        """Return a link column aligned with `links(relation)`; all null where no link has it."""
        rows = self.links(relation).row
        if column not in self._edges.column_names:
            return pa.nulls(len(rows), pa.string())
        return _flat(self._edges[column].take(pa.array(rows)))

    def csr(self, relation: str, weight: str | None = None, *, reverse: bool = False):
        """Return the scipy CSR matrix of `relation` (rows: sources; `reverse`: targets).

        Entries count parallel links, or hold the least `weight` among them (missing: infinite).
        """
        key = (relation, weight, reverse)
        if key not in self._csr:
            self._csr[key] = self._compiled(relation, weight, reverse=reverse)
        return self._csr[key]

    def _compiled(self, relation: str, weight: str | None, *, reverse: bool):
        from scipy import sparse

        links = self.links(relation)
        tail, head = (links.target, links.source) if reverse else (links.source, links.target)
        if weight is None:
            ones = np.ones(len(links), np.int32)
            return sparse.coo_array((ones, (tail, head)), shape=(len(self), len(self))).tocsr()
        cost = pc.fill_null(self.link_values(relation, weight).cast(pa.float64()), np.inf)
        cost = cost.to_numpy(zero_copy_only=False)
        best = np.lexsort((cost, head, tail))
        tail, head, cost = tail[best], head[best], cost[best]
        first = np.ones(len(best), bool)
        first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
        shape = (len(self), len(self))
        return sparse.coo_array((cost[first], (tail[first], head[first])), shape=shape).tocsr()


def _flat(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
