"""Read a network out of a store, page by page, in one transaction that holds it still."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from medgraph.errors import SourceError
from medgraph.graphmodel import schema
from medgraph.graphmodel.change_values import change
from medgraph.graphmodel.validate import TableFault
from medgraph.loaders.formats.single_file import typed
from medgraph.loaders.loaded import Loaded
from medgraph.loaders.store import layout
from medgraph.loaders.store.loads import stated
from medgraph.loaders.tabular.accounting import accept
from medgraph.progress import advance
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from medgraph.loaders.store.cypher import Cypher

_PAGE = 2_000  # nodes
_COLUMNS = {"nodes": layout.FIELDS["nodes"], "links": (*layout.ENDS, *layout.LINK_FIELDS)}
# What is no free attribute.
_KNOWN = {
    "nodes": [*layout.OWN, *layout.FIELDS["nodes"]],
    "links": [*layout.OWN, *layout.LINK_FIELDS],
}
# What the tables of a network are called where medgraph checks them.
_TABLE = {"nodes": "nodes", "links": "edges"}


def read(
    cypher: Cypher,
    transaction: Any,
    network: str,
    *,
    lenient: bool = False,
    above: tuple[str, ...] = (),
) -> Loaded:
    """Lock and read a network in a transaction.

    A scenario is its base after its changes; `above` are the scenarios that are based on this one.
    """
    if network in above:
        raise SourceError(say("store_scenario_circle", networks=" → ".join((*above, network))))
    there = checked(transaction.run(cypher.lock, network=network).single(), network)
    base = there.get("base")
    if base is None:
        return _rows(cypher, transaction, network, stated(there), lenient=lenient)
    loaded = read(cypher, transaction, base, lenient=lenient, above=(*above, network))
    wanted = [change(values) for values in json.loads(there["changes"])]
    net = loaded.require().applying(wanted).with_meta(**stated(there))
    rows = sum(len(table) for table in net.tables)
    left = loaded.left_out
    return Loaded(net, loaded.problems, rows + left, rows, left, loaded.left_rows)


def checked(found: Any, network: str) -> dict[str, Any]:
    """Return the properties of a network node; raise SourceError for none, or another layout."""
    if found is None:
        raise SourceError(say("store_no_network", network=network))
    there: dict[str, Any] = found[0]
    version, known = there.get("format_version"), layout.LAYOUT
    if there.get("format") != schema.FORMAT_NAME or version != known:
        raise SourceError(say("store_layout", network=network, version=version, known=known))
    return there


def _rows(
    cypher: Cypher, transaction: Any, network: str, meta: Mapping[str, str], *, lenient: bool
) -> Loaded:
    """Read all nodes in the order of their keys, and with each page the links that begin there."""
    span = layout.span(network)
    total = transaction.run(cypher.sizes, **span).single()[0]
    nodes, links = _Pages("nodes"), _Pages("links")
    after = span["start"]
    while nodes.rows < total:
        page = {"after": after, "size": _PAGE, "known": _KNOWN["nodes"]}
        last, rows = transaction.run(cypher.page_nodes, **page, **span).single()
        if last is None:
            break
        page = {"after": after, "last": last, "known": _KNOWN["links"]}
        beginning = transaction.run(cypher.page_links, **page, **span).single()[0]
        nodes.add(rows)
        links.add(beginning)
        after = last
        advance(nodes.rows, total)
    faults = [*nodes.faults, *links.faults]
    return accept(nodes.table(), links.table(), meta, lenient=lenient, found=faults)


class _Pages:
    """The rows of one part, page after page, as Arrow tables of the schema's types."""

    def __init__(self, part: str) -> None:
        self.part, self.names = part, _COLUMNS[part]
        types = layout.TYPES[part]
        self.types = [schema.ARROW_TYPES[types.get(name, "text")] for name in self.names]
        empty = {n: pa.array([], t) for n, t in zip(self.names, self.types, strict=True)}
        self.tables: list[pa.Table] = [pa.table(empty)]
        self.faults: list[TableFault] = []
        self.rows = 0

    def add(self, rows: Sequence[Sequence[Any]]) -> None:
        if not rows:
            return
        *columns, free = zip(*rows, strict=True)
        try:
            arrays = [_array(*pair) for pair in zip(columns, self.types, strict=True)]
            table = pa.table(dict(zip(self.names, arrays, strict=True)))
        except (pa.ArrowInvalid, pa.ArrowTypeError, TypeError):  # edited by hand
            table = self._with_faults(columns)
        for name, values in _free_attributes(free).items():
            table = table.append_column(name, pa.array(values, pa.string()))
        self.tables.append(table)
        self.rows += len(rows)

    def _with_faults(self, columns: Sequence[Sequence[Any]]) -> pa.Table:
        """A page with values of the wrong type: each is a problem of its own."""
        rows = [dict(zip(self.names, values, strict=True)) for values in zip(*columns, strict=True)]
        table, faults = typed(_TABLE[self.part], rows)
        for fault in faults:
            said = _counted_from(self.rows, fault)
            moved = TableFault(fault.code, fault.part, fault.field, fault.rows + self.rows, said)
            self.faults.append(moved)
        return table

    def table(self) -> pa.Table:
        return pa.concat_tables(self.tables, promote_options="default")


def _counted_from(first: int, fault: TableFault) -> Callable[[int], dict[str, str]]:
    """What a fault of one page says of a row that is counted through all pages."""
    return lambda row: fault.said(row - first)


def _array(values: Sequence[Any], type_: Any) -> Any:
    if type_ == pa.date32():
        return pa.array(values, pa.string()).cast(type_)
    return pa.array(values, type_)


def _free_attributes(rows: Sequence[Sequence[Any]]) -> dict[str, list[str | None]]:
    """The free attributes of a page as columns; each row has pairs of name and value."""
    columns: dict[str, list[str | None]] = {}
    for place, pairs in enumerate(rows):
        for name, value in pairs:
            column = columns.setdefault(layout.column_name(name), [None] * len(rows))
            column[place] = str(value)
    return columns
