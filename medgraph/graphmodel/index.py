"""Compile a network: string ids to integers once, and per relation arrays and one matrix each way.

Nodes are in the order (area code, level, id): what is near in the country is near in memory, which
makes every walk faster. Everything is built when it is first asked for and kept, because a network
never changes; a network made from another one takes over what did not change (`changed`).
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel.arrays.chunks import closed, codes, decoded, encoded, flat, mask_of
from medgraph.graphmodel.arrays.lookups import places
from medgraph.graphmodel.arrays.matrices import compiled
from medgraph.graphmodel.arrays.strings import sorted_places
from medgraph.graphmodel.kept import TABLES, Kept, note
from medgraph.graphmodel.kept import column as column_of_nodes
from medgraph.graphmodel.kept import links as links_of
from medgraph.graphmodel.node_order import ordered_rows

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Hashable, Mapping, Sequence

    from medgraph.graphmodel.arrays.types import Csr, Mask, Positions

    Ends: TypeAlias = tuple[Positions, Positions]

# So many ids, or one in so many, are found faster one by one than by hashing all.
_FEW, _SHARE = 16, 1000
_MANY = 100_000  # so many ids are not worth a dictionary of them
_DAYS_KEPT = 3
T = TypeVar("T")


@dataclass(frozen=True)
class Links:
    """The links of one relation, aligned: `source` and `target` positions, `row` in the table."""

    source: Positions
    target: Positions
    row: Positions

    def __len__(self) -> int:
        return len(self.row)


class Index:
    """The compiled form of the tables `nodes` and `edges`; positions are int32, -1: not there."""

    def __init__(
        self,
        nodes: pa.Table,
        edges: pa.Table,
        *,
        order: Positions | None = None,
        ends: Ends | None = None,
        rows: Mapping[str, Positions] | None = None,
    ) -> None:
        """Take two canonical tables, and what of their compiled form is known already.

        Parameters
        ----------
        nodes, edges
            The tables.
        order
            Rows of the node table in the order of positions.
        ends
            The positions of source and target of every link.
        rows
            The rows of the link table by relation.
        """
        self._nodes = nodes
        self._edges = edges
        self._order = order
        self._ends = ends
        self._rows_by_relation = rows
        self._columns: dict[str, pa.Array] = {}
        self._of_nodes: dict[Hashable, Any] = {}
        self._by_day: dict[datetime.date, Kept] = {}
        self._links: dict[str, Links] = {}
        self._csr: dict[tuple[str, str | None, bool], Csr] = {}

    @classmethod
    def prepared(
        cls, nodes: pa.Table, edges: pa.Table, *, ends: Ends, rows: Mapping[str, Positions]
    ) -> Index:
        """Return the index of tables compiled before: nodes in order, `ends` and `rows` known."""
        return cls(nodes, edges, order=np.arange(len(nodes)), ends=ends, rows=rows)

    # -- nodes ---------------------------------------------------------------------------------

    @property
    def order(self) -> Positions:
        """Rows of the node table in the order of positions."""
        if self._order is None:
            self._order = ordered_rows(self._nodes)
        return self._order

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` works out of the nodes alone.

        It is kept with them, so that whatever links or declarations a plan changes, it is worked
        out once. Nobody may change it: its arrays are closed where they are made.
        """
        if key not in self._of_nodes:
            self._of_nodes[key] = make()
        found: T = self._of_nodes[key]
        return found

    def facts_on(self, day: datetime.date) -> Kept:
        """Return what was worked out of the nodes alone for a day; kept for the latest few days."""
        if day not in self._by_day:
            for old in list(self._by_day)[: 1 - _DAYS_KEPT]:
                self._by_day.pop(old, None)
            self._by_day[day] = Kept()
        return self._by_day[day]

    @cached_property
    def _in_order(self) -> bool:
        return bool((self.order == np.arange(len(self))).all())

    @cached_property
    def _names(self) -> frozenset[str]:
        """The columns of the nodes: Arrow makes their names anew each time they are asked for."""
        return frozenset(self._nodes.column_names)

    @cached_property
    def _names_of_links(self) -> frozenset[str]:
        return frozenset(self._edges.column_names)

    @property
    def table(self) -> pa.Table:
        """The node table in the order of positions."""
        note(TABLES)
        return self.once("table", self._table)

    def _table(self) -> pa.Table:
        return pa.table({name: self.values(name) for name in self._nodes.column_names})

    @cached_property
    def ids(self) -> pa.Array:
        """The ids in the order of positions."""
        return self.values("id")

    def __len__(self) -> int:
        return len(self._nodes)

    def positions(self, ids: Sequence[str | None] | pa.Array | pa.ChunkedArray) -> Positions:
        """Return the position of each id as int32; -1 where the network has no such id."""
        column = ids if isinstance(ids, pa.Array | pa.ChunkedArray) else pa.array(ids, pa.string())
        is_dictionary = pa.types.is_dictionary(column.type)
        known = self._of_nodes.get("position")
        if known is not None and not is_dictionary:
            return np.array([known.get(id, -1) for id in column.to_pylist()], np.int32)
        few = max(_FEW, len(self) // _SHARE)
        if len(column) <= few and not is_dictionary:
            return np.array([self.position(id) for id in column.to_pylist()], np.int32)
        chunked = column if isinstance(column, pa.ChunkedArray) else pa.chunked_array([column])
        return self._positions_in(chunked)[0]

    def _positions_in(self, *columns: pa.ChunkedArray) -> list[Positions]:
        """The positions of the ids in each column, all looked up at once."""
        numbers = None if self._in_order else self._position_of_row
        stored = pa.chunked_array([flat(self._nodes["id"])])
        return places(stored, *columns, numbers=numbers)

    @cached_property
    def _position_of_row(self) -> Positions:
        """The position of every row of the node table, and -1 behind them all."""
        position = np.empty(len(self) + 1, np.int32)
        position[self.order] = np.arange(len(self), dtype=np.int32)
        position[-1] = -1
        return position

    def position(self, id: str | None) -> int:
        """Return the position of one id, -1 where the network has no such id."""
        if id is None:
            return -1
        if len(self) > _MANY and "position" not in self._of_nodes:
            return self._position_by_halves(id)
        return self.position_of.get(id, -1)

    def _position_by_halves(self, id: str) -> int:
        """The position of one id of many, among the ids in their order."""
        by_id: Positions = self.once("by_id", lambda: closed(sorted_places(self.ids)))
        ids = self.ids
        place = bisect_left(by_id, id, key=lambda position: ids[int(position)].as_py())
        found = int(by_id[place]) if place < len(by_id) else -1
        return found if found >= 0 and ids[found].as_py() == id else -1

    @property
    def position_of(self) -> Mapping[str, int]:
        """The position of each id; once it is made, every id is looked up in it."""
        return self.once("position", self._position_by_id)

    def _position_by_id(self) -> dict[str, int]:
        return {id: position for position, id in enumerate(self.ids.to_pylist())}

    def _column(self, name: str) -> pa.Array:
        """A node column in the order of positions, as it is stored: words may be a dictionary."""
        if name not in self._columns:
            stored = self._nodes[name]
            if not self._in_order:
                stored = stored.take(pa.array(self.order))
            self._columns[name] = flat(stored)
        return self._columns[name]

    def values(self, column: str) -> pa.Array:
        """Return a node column in the order of positions; all null where no row has it."""
        note(column_of_nodes(column))
        if column not in self._names:
            return pa.nulls(len(self), pa.string())
        return decoded(self._column(column))

    def take(self, column: str, positions: Positions) -> pa.Array:
        """Return a node column for these positions; null where a position is -1."""
        note(column_of_nodes(column))
        if column not in self._names:
            return pa.nulls(len(positions), pa.string())
        chosen = pa.array(positions, mask=np.asarray(positions) < 0)
        return decoded(self._column(column).take(chosen))

    def value(self, column: str, position: int) -> Any:
        """Return what one node states in a column; None for nothing, and at -1."""
        note(column_of_nodes(column))
        if position < 0 or column not in self._names:
            return None
        return self._column(column)[position].as_py()

    def is_kind(self, kind: str) -> Mask:
        """Return a mask over positions: nodes of `kind`."""
        return self.has("kind", kind)

    def has(self, column: str, *values: str) -> Mask:
        """Return a mask over positions: nodes whose `column` is one of `values`."""
        note(column_of_nodes(column))
        return self.once(("has", column, values), lambda: closed(self._having(column, values)))

    def _having(self, column: str, values: tuple[str, ...]) -> Mask:
        if column not in self._names:
            return np.zeros(len(self), bool)
        wanted = pa.array(values, pa.string())
        found = self._column(column)
        if not pa.types.is_dictionary(found.type):
            return mask_of(pc.is_in(found, value_set=wanted))
        is_wanted = mask_of(pc.is_in(found.dictionary, value_set=wanted))
        hit: Mask = np.append(is_wanted, False)[codes(found)]
        return hit

    @property
    def is_class(self) -> Mask:
        """A mask over positions: placeholders for a class of facilities, which are no facility."""
        note(column_of_nodes("is_class"))
        return self.once("is_class", lambda: closed(self._classes()))

    def _classes(self) -> Mask:
        if "is_class" not in self._names:
            return np.zeros(len(self), bool)
        return mask_of(self.values("is_class"))

    def operating(self, day: datetime.date) -> Mask:
        """Return a mask over positions: nodes at work on `day`.

        Not at work: closed and suspended ones, those outside their dates, and planned ones before
        their opening day (one without an opening day is never at work).
        """
        today = pa.scalar(day)
        opened, last = self._days("valid_from"), self._days("valid_to")
        is_early = mask_of(pc.greater(opened, today))
        is_over = mask_of(pc.less(last, today))
        has_no_opening = self.has("status", "planned") & mask_of(opened.is_null())
        is_shut = self.has("status", "closed", "suspended")
        return ~(is_early | is_over | has_no_opening | is_shut)

    def _days(self, column: str) -> pa.Array:
        return self.values(column).cast(pa.date32())

    # -- links ---------------------------------------------------------------------------------

    @property
    def ends(self) -> Ends:
        """The positions of source and target of every row of the link table."""
        note(TABLES)
        return self.ends_of_links

    @property
    def ends_of_links(self) -> Ends:
        """The same, for one who notes what is read of them."""
        if self._ends is None:
            source, target = self._positions_in(self._edges["source"], self._edges["target"])
            self._ends = source, target
        return self._ends

    @property
    def _rows(self) -> Mapping[str, Positions]:
        """The rows of the link table by relation."""
        if self._rows_by_relation is None:
            self._rows_by_relation = _rows_by_word(encoded(self._edges["relation"]))
        return self._rows_by_relation

    def links(self, relation: str) -> Links:
        """Return the links of `relation` as arrays of positions, in the order of the link table."""
        note(links_of(relation))
        if relation not in self._links:
            row = self._rows.get(relation, np.zeros(0, np.int32))
            source, target = self.ends_of_links
            self._links[relation] = Links(source[row], target[row], row)
        return self._links[relation]

    @property
    def link_table(self) -> pa.Table:
        """The link table, for one who reads rows of `links`, which note their relation."""
        return self._edges

    def link_values(self, relation: str, column: str) -> pa.Array:
        """Return a link column aligned with `links(relation)`; all null where no link has it."""
        rows = self.links(relation).row
        if column not in self._names_of_links:
            return pa.nulls(len(rows), pa.string())
        return decoded(flat(self._edges[column].take(pa.array(rows))))

    def csr(self, relation: str, weight: str | None = None, *, reverse: bool = False) -> Csr:
        """Return the scipy CSR matrix of `relation` (rows: sources; `reverse`: targets).

        Entries count parallel links, or hold the least `weight` of them (missing: infinite).
        """
        key = (relation, weight, reverse)
        if key not in self._csr:
            other_way = self._csr.get((relation, weight, not reverse))
            if other_way is not None:
                self._csr[key] = other_way.T.tocsr()
            else:
                self._csr[key] = self._compiled(relation, weight, reverse=reverse)
        return self._csr[key]

    def _compiled(self, relation: str, weight: str | None, *, reverse: bool) -> Csr:
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
        kept_nodes: Mask | None = None,
        kept_links: Mask | None = None,
        added: str | None = None,
    ) -> Index:
        """Return the index of tables made from these; what did not change is not compiled again.

        Columns other than ids, ends and weights may differ.

        Parameters
        ----------
        nodes, edges
            The new tables.
        kept_nodes, kept_links
            Masks over the rows of the old tables; None where all are kept.
        added
            The relation of rows appended to the links.
        """
        if self._order is None:
            return Index(nodes, edges)
        order = self._order if kept_nodes is None else _renumbered(self._order, kept_nodes)
        new = Index(nodes, edges, order=order)
        if nodes is self._nodes:
            new._columns = self._columns
            new._of_nodes, new._by_day = self._of_nodes, self._by_day
        if self._ends is not None:
            new._ends = self._ends_after(self._ends, new, kept_nodes, kept_links)
        if kept_nodes is None and kept_links is None:
            new._links = {name: links for name, links in self._links.items() if name != added}
            new._csr = {key: matrix for key, matrix in self._csr.items() if key[0] != added}
        return new

    def with_links(self, edges: pa.Table) -> Index:
        """Return the index of the same nodes with other links."""
        new = Index(self._nodes, edges, order=self.order)
        new._columns = self._columns
        new._of_nodes, new._by_day = self._of_nodes, self._by_day
        return new

    def _ends_after(
        self, ends: Ends, new: Index, kept_nodes: Mask | None, kept_links: Mask | None
    ) -> Ends:
        """The ends in a changed network: kept ones renumbered, those of appended rows looked up."""
        source, target = ends
        if kept_links is not None:
            source, target = source[kept_links], target[kept_links]
        if kept_nodes is not None:
            here = kept_nodes[self.order]
            numbers = np.append(np.where(here, np.cumsum(here) - 1, -1), -1).astype(np.int32)
            source, target = numbers[source], numbers[target]
        appended = new._edges.slice(len(source))
        if len(appended):
            source = np.concatenate([source, new.positions(appended["source"])])
            target = np.concatenate([target, new.positions(appended["target"])])
        return source, target


def _rows_by_word(column: pa.DictionaryArray) -> dict[str, Positions]:
    """The rows of each word of a dictionary of few words."""
    words = column.dictionary.to_pylist()
    word = pc.fill_null(column.indices, len(words)).to_numpy().astype(np.uint8)
    rows = np.argsort(word, kind="stable").astype(np.int32)
    start = np.searchsorted(word[rows], np.arange(len(words) + 1))
    return {name: rows[start[i] : start[i + 1]] for i, name in enumerate(words)}


def _renumbered(order: Positions, kept: Mask) -> Positions:
    """The order of the rows that are kept, by their new numbers."""
    row: Positions = np.cumsum(kept) - 1
    return row[order[kept[order]]]
