"""Compile a network: string ids to integers once, and per relation arrays and one CSR matrix each way.

Nodes stand in the order (area code, level, id): what is near in the country is near in memory, which makes
every walk faster. Everything is built when it is first asked for and kept, because a network never changes;
a network made from another one takes over what did not change (`changed`).
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel.arrays.strings import ranks, sorted_places
from medgraph.graphmodel.canonical import address
from medgraph.words.vocabularies import LEVELS

_FEW = 16  # so many ids are found faster one by one than by hashing the ids of a nation


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
        self._columns: dict[str, pa.Array] = {}
        self._links: dict[str, Links] = {}
        self._csr: dict[tuple, object] = {}

    @classmethod
    def prepared(
        cls,
        nodes: pa.Table,
        edges: pa.Table,
        *,
        ends: tuple[np.ndarray, np.ndarray],
        rows: dict[str, np.ndarray],
    ) -> Index:
        """Return the index of tables that were compiled before: nodes in order, `ends` and `rows` known."""
        index = cls(nodes, edges)
        index.__dict__ |= {
            "order": np.arange(len(nodes)),
            "_in_order": True,
            "ends": ends,
            "_rows": rows,
        }
        return index

    # -- nodes ---------------------------------------------------------------------------------

    @cached_property
    def order(self) -> np.ndarray:
        """Rows of the node table in the order of positions."""
        by_id = sorted_places(flat(self._nodes["id"]))
        key = (_place(self._nodes) * 16 + _rank(self._nodes))[by_id]
        # A number holds what to sort by above and where it stood below, and numbers sort faster than places do.
        bits = len(key).bit_length()
        return by_id[np.sort(key << bits | np.arange(len(key))) & (1 << bits) - 1]

    @cached_property
    def _in_order(self) -> bool:
        return bool((self.order == np.arange(len(self))).all())

    @cached_property
    def table(self) -> pa.Table:
        """The node table in the order of positions."""
        return pa.table({name: self.values(name) for name in self._nodes.column_names})

    @cached_property
    def ids(self) -> pa.Array:
        """The ids in the order of positions."""
        return self.values("id")

    def __len__(self) -> int:
        return len(self._nodes)

    def positions(self, ids) -> np.ndarray:
        """Return the position of each id as int32; -1 where the network has no such id."""
        if not isinstance(ids, pa.Array | pa.ChunkedArray):
            ids = pa.array(ids, pa.string())
        if isinstance(ids, pa.ChunkedArray) and pa.types.is_dictionary(ids.type):
            return self._dictionary_positions(
                ids, self._looked_up([chunk.dictionary for chunk in ids.chunks])
            )
        if len(ids) <= _FEW:
            return np.array([self.position(id) for id in ids.to_pylist()], np.int32)
        return (
            pc.fill_null(pc.index_in(ids, value_set=self.ids), -1)
            .to_numpy()
            .astype(np.int32, copy=False)
        )

    def _looked_up(self, dictionaries: list[pa.Array]) -> dict[tuple, np.ndarray | None]:
        """Look every entry of these up at once; None for the one that is `ids` itself and needs no look-up.

        One that holds the ids as the node table does (Parquet is written so) is known by comparing, not by hashing.
        """
        distinct = {address(d): d for d in dictionaries}
        distinct.pop(address(self.ids), None)
        stored = flat(self._nodes["id"])
        numbered = {key: self._position_of_row for key, d in distinct.items() if d.equals(stored)}
        distinct = {key: d for key, d in distinct.items() if key not in numbered}
        found = self.positions(pa.chunked_array(distinct.values(), pa.string()))
        stop = np.cumsum([len(d) for d in distinct.values()]).astype(int)
        parts = zip(distinct, np.split(found, stop[:-1]), strict=True) if distinct else ()
        return (
            {address(self.ids): None}
            | numbered
            | {key: np.append(part, np.int32(-1)) for key, part in parts}
        )

    @cached_property
    def _position_of_row(self) -> np.ndarray:
        """The position of every row of the node table, and -1 after them all."""
        position = np.empty(len(self) + 1, np.int32)
        position[self.order] = np.arange(len(self), dtype=np.int32)
        position[-1] = -1
        return position

    def _dictionary_positions(
        self, column: pa.ChunkedArray, known: dict[tuple, np.ndarray | None]
    ) -> np.ndarray:
        parts = [np.zeros(0, np.int32)]
        for chunk in column.chunks:
            codes = pc.fill_null(chunk.indices, -1).to_numpy().astype(np.int32, copy=False)
            entries = known[address(chunk.dictionary)]
            parts.append(codes if entries is None else entries[codes])
        return parts[1] if len(parts) == 2 else np.concatenate(parts)

    def position(self, id: str) -> int:
        """Return the position of one id, -1 where the network has no such id."""
        return -1 if id is None else int(pc.index(self.ids, pa.scalar(id, pa.string())).as_py())

    def _column(self, name: str) -> pa.Array:
        """A node column in the order of positions, as it is stored: words may be a dictionary."""
        if name not in self._columns:
            stored = self._nodes[name]
            self._columns[name] = flat(
                stored if self._in_order else stored.take(pa.array(self.order))
            )
        return self._columns[name]

    def values(self, column: str) -> pa.Array:
        """Return a node column in the order of positions; all null where no row has it."""
        if column not in self._nodes.column_names:
            return pa.nulls(len(self), pa.string())
        found = self._column(column)
        return found.dictionary_decode() if pa.types.is_dictionary(found.type) else found

    def take(self, column: str, positions: np.ndarray) -> pa.Array:
        """Return a node column for these positions; null where a position is -1."""
        if column not in self._nodes.column_names:
            return pa.nulls(len(positions), pa.string())
        found = self._column(column).take(pa.array(positions, mask=np.asarray(positions) < 0))
        return found.dictionary_decode() if pa.types.is_dictionary(found.type) else found

    def is_kind(self, kind: str) -> np.ndarray:
        """Return a mask over positions: nodes of `kind`."""
        return self.has("kind", kind)

    def has(self, column: str, *values: str) -> np.ndarray:
        """Return a mask over positions: nodes whose `column` is one of `values`."""
        if column not in self._nodes.column_names:
            return np.zeros(len(self), bool)
        wanted = pa.array(values, pa.string())
        found = self._column(column)
        if not pa.types.is_dictionary(found.type):
            return pc.is_in(found, value_set=wanted).to_numpy(zero_copy_only=False)
        hit = np.append(
            pc.is_in(found.dictionary, value_set=wanted).to_numpy(zero_copy_only=False), False
        )
        return hit[pc.fill_null(found.indices, -1).to_numpy()]

    @cached_property
    def is_class(self) -> np.ndarray:
        """A mask over positions: placeholders for a class of facilities, which are no facility."""
        if "is_class" not in self._nodes.column_names:
            return np.zeros(len(self), bool)
        return pc.fill_null(self.values("is_class"), False).to_numpy(zero_copy_only=False)

    def operating(self, day: datetime.date) -> np.ndarray:
        """Return a mask over positions: nodes at work on `day`.

        Not at work: closed and suspended ones, those outside their dates, and planned ones before their
        opening day (one without an opening day is never at work).
        """
        begun = self._is_before("valid_from", day)
        over = pc.fill_null(pc.less(self._dates("valid_to"), pa.scalar(day)), False).to_numpy(
            zero_copy_only=False
        )
        planned = self.has("status", "planned")
        known = self._dates("valid_from").is_valid().to_numpy(zero_copy_only=False)
        return begun & ~over & ~self.has("status", "closed", "suspended") & (~planned | known)

    def _dates(self, column: str) -> pa.Array:
        return self.values(column).cast(pa.date32())

    def _is_before(self, column: str, day: datetime.date) -> np.ndarray:
        held = pc.less_equal(self._dates(column), pa.scalar(day))
        return pc.fill_null(held, True).to_numpy(zero_copy_only=False)

    # -- links ---------------------------------------------------------------------------------

    @cached_property
    def ends(self) -> tuple[np.ndarray, np.ndarray]:
        """The positions of source and target of every row of the link table."""
        columns = self._edges["source"], self._edges["target"]
        known = self._looked_up(
            [
                c.dictionary
                for column in columns
                for c in column.chunks
                if pa.types.is_dictionary(column.type)
            ]
        )
        source, target = (
            self._dictionary_positions(column, known)
            if pa.types.is_dictionary(column.type)
            else self.positions(column)
            for column in columns
        )
        return source, target

    @cached_property
    def _rows(self) -> dict[str, np.ndarray]:
        """The rows of the link table by relation."""
        relation = self._edges["relation"]
        encoded = (
            relation if pa.types.is_dictionary(relation.type) else pc.dictionary_encode(relation)
        )
        one = flat(encoded.unify_dictionaries())
        words = one.dictionary.to_pylist()
        codes = pc.fill_null(one.indices, len(words)).to_numpy().astype(np.uint8)
        rows = np.argsort(codes, kind="stable").astype(np.int32)
        start = np.searchsorted(codes[rows], np.arange(len(words) + 1))
        return {word: rows[start[i] : start[i + 1]] for i, word in enumerate(words)}

    def links(self, relation: str) -> Links:
        """Return the links of `relation` as arrays of positions, in the order of the link table."""
        if relation not in self._links:
            row = self._rows.get(relation, np.zeros(0, np.int32))
            source, target = self.ends
            self._links[relation] = Links(source[row], target[row], row)
        return self._links[relation]

    def link_values(self, relation: str, column: str) -> pa.Array:
        """Return a link column aligned with `links(relation)`; all null where no link has it."""
        rows = self.links(relation).row
        if column not in self._edges.column_names:
            return pa.nulls(len(rows), pa.string())
        found = flat(self._edges[column].take(pa.array(rows)))
        return found.dictionary_decode() if pa.types.is_dictionary(found.type) else found

    def csr(self, relation: str, weight: str | None = None, *, reverse: bool = False):
        """Return the scipy CSR matrix of `relation` (rows: sources; `reverse`: targets).

        Entries count parallel links, or hold the least `weight` among them (missing: infinite).
        """
        key = (relation, weight, reverse)
        if key not in self._csr:
            self._csr[key] = self._compiled(relation, weight, reverse=reverse)
        return self._csr[key]

    def _compiled(self, relation: str, weight: str | None, *, reverse: bool):
        if (found := self._csr.get((relation, weight, not reverse))) is not None:
            return found.T.tocsr()
        links = self.links(relation)
        if weight is None:
            value = np.ones(len(links), np.int32)
        else:
            cost = self.link_values(relation, weight).cast(pa.float64())
            value = pc.fill_null(cost, np.inf).to_numpy(zero_copy_only=False)
        tail, head = (links.target, links.source) if reverse else (links.source, links.target)
        known = (tail >= 0) & (head >= 0)
        if not known.all():
            tail, head, value = tail[known], head[known], value[known]
        return compiled(tail, head, value, len(self), least=weight is not None)

    # -- networks made from this one -----------------------------------------------------------

    def changed(
        self,
        nodes: pa.Table,
        edges: pa.Table,
        *,
        kept_nodes: np.ndarray | None = None,
        kept_links: np.ndarray | None = None,
        added: str | None = None,
    ) -> Index:
        """Return the index of tables made from these: what did not change is taken over, not compiled again.

        `kept_nodes` and `kept_links` are masks over the rows of the old tables; `added` is the relation of
        rows appended to the links. Columns other than ids, ends and weights may differ.
        """
        new = Index(nodes, edges)
        if "order" not in self.__dict__:
            return new
        new.__dict__["order"] = (
            self.order if kept_nodes is None else _renumbered(self.order, kept_nodes)
        )
        if kept_nodes is None and nodes is self._nodes:
            new._columns = self._columns
        if "ends" in self.__dict__:
            new.__dict__["ends"] = self._ends_after(new, kept_nodes, kept_links)
        if kept_nodes is None and kept_links is None:
            new._links = {
                relation: links for relation, links in self._links.items() if relation != added
            }
            new._csr = {key: matrix for key, matrix in self._csr.items() if key[0] != added}
        return new

    def _ends_after(self, new: Index, kept_nodes, kept_links) -> tuple[np.ndarray, np.ndarray]:
        moved = None
        if kept_nodes is not None:
            here = kept_nodes[self.order]
            moved = np.append(np.where(here, np.cumsum(here) - 1, -1), -1).astype(np.int32)
        ends = []
        for name, old in zip(("source", "target"), self.ends, strict=True):
            positions = old if kept_links is None else old[kept_links]
            positions = positions if moved is None else moved[positions]
            more = new._edges[name].slice(len(positions))
            ends.append(
                np.concatenate([positions, new.positions(more)]) if len(more) else positions
            )
        return ends[0], ends[1]


def compiled(tail: np.ndarray, head: np.ndarray, value: np.ndarray, count: int, *, least: bool):
    """Return the CSR matrix of links `tail` to `head`; parallel ones are added up, or the least one is kept."""
    from scipy import sparse

    links = sparse.coo_array((value, (tail, head)), shape=(count, count))
    links.has_canonical_format = (
        True  # parallel links stay apart until it is known which one is kept
    )
    matrix = links.tocsr()
    matrix.sort_indices()
    row = np.repeat(np.arange(count, dtype=np.int32), np.diff(matrix.indptr))
    again = np.append(False, (matrix.indices[1:] == matrix.indices[:-1]) & (row[1:] == row[:-1]))
    if not again.any():
        return matrix
    first = np.flatnonzero(~again)
    value = (np.minimum if least else np.add).reduceat(matrix.data, first)
    start = np.append(0, np.cumsum(np.bincount(row[first], minlength=count))).astype(np.int32)
    return sparse.csr_array((value, matrix.indices[first], start), shape=(count, count))


def flat(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """Return a column in one piece."""
    if not isinstance(column, pa.ChunkedArray):
        return column
    if column.num_chunks == 1:
        return column.chunk(0)
    if pa.types.is_dictionary(column.type):
        column = column.unify_dictionaries()
    return column.combine_chunks()


def _place(nodes: pa.Table) -> np.ndarray:
    """The rank of every node's area code, its own where it is an area; nodes without one come first."""
    is_area = np.flatnonzero(pc.fill_null(pc.equal(nodes["kind"], "Area"), False).to_numpy())
    own = flat(nodes["id"].take(pa.array(is_area)))
    area = (
        flat(nodes["area"]) if "area" in nodes.column_names else pa.nulls(len(nodes), pa.string())
    )
    area = area if pa.types.is_dictionary(area.type) else area.dictionary_encode()
    rank = np.append(ranks(pa.concat_arrays([own, area.dictionary.cast(pa.string())])) + 1, 0)
    place = rank[len(own) :][pc.fill_null(area.indices, -1).to_numpy()]
    place[is_area] = rank[: len(own)]
    return place


def _rank(nodes: pa.Table) -> np.ndarray:
    """0 for areas, then facilities from tertiary to ungraded, then what has no level."""
    if "level" not in nodes.column_names:
        return np.zeros(len(nodes), np.int64)
    level = flat(nodes["level"])
    level = level if pa.types.is_dictionary(level.type) else level.dictionary_encode()
    known = pc.fill_null(
        pc.index_in(level.dictionary, value_set=pa.array(list(LEVELS))), len(LEVELS)
    )
    rank = (
        np.append(known.to_numpy(), len(LEVELS)).astype(np.int64)[
            pc.fill_null(level.indices, -1).to_numpy()
        ]
        + 1
    )
    return np.where(pc.equal(nodes["kind"], "Area").to_numpy(), 0, rank)


def _renumbered(order: np.ndarray, kept: np.ndarray) -> np.ndarray:
    row = np.cumsum(kept) - 1
    return row[order[kept[order]]]
