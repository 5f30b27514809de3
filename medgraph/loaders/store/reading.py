"""Read a network out of a store: pages of rows as columns, in one transaction that holds the network still."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import pyarrow as pa

from medgraph.errors import SourceError
from medgraph.graphmodel import changes, schema
from medgraph.graphmodel.validate import Fault
from medgraph.loaders.formats.single_file import typed
from medgraph.loaders.loaded import Loaded
from medgraph.loaders.store import layout as layout
from medgraph.loaders.store.writing import stated
from medgraph.loaders.tabular.accounting import accept
from medgraph.progress import advance
from medgraph.words.say import say

_PAGE = 2_000
_KNOWN = {
    "nodes": [*layout.OWN, *layout.FIELDS["nodes"]],
    "links": [*layout.OWN, *layout.LINK_FIELDS],
}
_COLUMNS = {
    "nodes": layout.FIELDS["nodes"],
    "links": ("source", "relation", "target", *layout.LINK_FIELDS),
}


def read(
    texts: layout.Texts,
    transaction: Any,
    network: str,
    *,
    lenient: bool = False,
    above: tuple[str, ...] = (),
) -> Loaded:
    """Lock and read a network in a transaction; a scenario is its base after the changes, `above` stand on it."""
    if network in above:
        raise SourceError(say("store_scenario_circle", networks=" → ".join((*above, network))))
    there = checked(transaction.run(texts.lock, network=network).single(), network)
    if (base := there.get("base")) is None:
        return _rows(texts, transaction, network, stated(there), lenient=lenient)
    loaded = read(texts, transaction, base, lenient=lenient, above=(*above, network))
    net = loaded.require().applying(change(c) for c in json.loads(there["changes"]))
    net = net.with_meta(**stated(there))
    rows = sum(len(table) for table in net.tables)
    return Loaded(
        net, loaded.problems, rows + loaded.left_out, rows, loaded.left_out, loaded.left_rows
    )


def checked(found: Any, network: str) -> dict[str, Any]:
    """Return the properties of a network node; raise SourceError where there is none, or of another layout."""
    if found is None:
        raise SourceError(say("store_no_network", network=network))
    there = found[0]
    version = there.get("format_version")
    if there.get("format") != schema.FORMAT_NAME or version != layout.LAYOUT:
        raise SourceError(
            say("store_layout", network=network, version=version, known=layout.LAYOUT)
        )
    return there


def _rows(
    texts: layout.Texts, transaction: Any, network: str, meta: Mapping[str, str], *, lenient: bool
) -> Loaded:
    span = layout.span(network)
    total = transaction.run(texts.sizes, **span).single()[0]
    pages, after, done = {"nodes": _Pages("nodes"), "links": _Pages("links")}, span["start"], 0
    while done < total:
        last, rows = transaction.run(
            texts.page_nodes, after=after, size=_PAGE, known=_KNOWN["nodes"], **span
        ).single()
        if last is None:
            break
        links = transaction.run(
            texts.page_links, after=after, last=last, known=_KNOWN["links"], **span
        ).single()[0]
        pages["nodes"].add(rows)
        pages["links"].add(links)
        after, done = last, done + len(rows)
        advance(done, total)
    faults = [fault for part in pages.values() for fault in part.faults]
    return accept(
        pages["nodes"].table(), pages["links"].table(), meta, lenient=lenient, found=faults
    )


class _Pages:
    """The rows of one part, page after page, as Arrow tables of the schema's types."""

    def __init__(self, part: str) -> None:
        self.part, self.names = part, _COLUMNS[part]
        types = layout.TYPES[part]
        self.types = [schema.ARROW_TYPES[types.get(name, "text")] for name in self.names]
        self.tables: list[pa.Table] = [
            pa.table({n: pa.array([], t) for n, t in zip(self.names, self.types, strict=True)})
        ]
        self.faults: list[Fault] = []
        self.rows = 0

    def add(self, rows: list[list]) -> None:
        if not rows:
            return
        *columns, free = zip(*rows, strict=True)
        try:
            arrays = [
                _array(values, type) for values, type in zip(columns, self.types, strict=True)
            ]
            table = pa.table(dict(zip(self.names, arrays, strict=True)))
        except (pa.ArrowInvalid, pa.ArrowTypeError, TypeError):  # edited by hand
            table = self._told(columns)
        for name, values in _free(free).items():
            table = table.append_column(name, pa.array(values, pa.string()))
        self.tables.append(table)
        self.rows += len(rows)

    def _told(self, columns: list[tuple]) -> pa.Table:
        """A page with values of the wrong type: each is a problem of its own."""
        rows = [dict(zip(self.names, values, strict=True)) for values in zip(*columns, strict=True)]
        table, faults = typed("nodes" if self.part == "nodes" else "edges", rows)
        self.faults += [
            Fault(
                f.code,
                f.part,
                f.field,
                f.rows + self.rows,
                lambda row, f=f, first=self.rows: f.said(row - first),
            )
            for f in faults
        ]
        return table

    def table(self) -> pa.Table:
        return pa.concat_tables(self.tables, promote_options="default")


def _array(values: tuple, type: pa.DataType) -> pa.Array:
    if type == pa.date32():
        return pa.array(values, pa.string()).cast(type)
    return pa.array(values, type)


def _free(rows: tuple[list, ...]) -> dict[str, list[str | None]]:
    """The free attributes of a page as columns."""
    columns: dict[str, list[str | None]] = {}
    for place, pairs in enumerate(rows):
        for name, value in pairs:
            column = columns.setdefault(layout.column_name(name), [None] * len(rows))
            column[place] = str(value)
    return columns


# -- scenarios -------------------------------------------------------------------------------------------


def plain_change(wanted: changes.Change) -> dict[str, Any]:
    """A change as plain values, for JSON."""
    values = {"change": type(wanted).__name__} | asdict(wanted)
    return json.loads(json.dumps(values, default=_iso))


def _iso(value: Any) -> str:
    return value.isoformat()


def change(values: Mapping[str, Any]) -> changes.Change:
    """The change that `plain_change` made plain."""
    values = dict(values)
    kind = getattr(changes, values.pop("change"))
    if values.get("on"):
        values["on"] = datetime.date.fromisoformat(values["on"])
    if "values" in values:
        dates = {
            n: datetime.date.fromisoformat(v)
            for n, v in values["values"].items()
            if v and schema.link_types().get(n) == "date"
        }
        values["values"] = values["values"] | dates
    return kind(**values)
