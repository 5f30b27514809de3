"""Lay a network out as the tables that CSV and workbooks hold, columns as they are called there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel import schema
from medgraph.loaders.tabular import cells
from medgraph.loaders.tabular.sheets import FREE, NO_ORIGIN, field_of, known_header, types_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medgraph.graphmodel.network import MedicalNetwork


def tables_of(net: MedicalNetwork) -> Iterator[tuple[schema.Table, pa.Table]]:
    """Give every table of a network with rows, its columns as they are called on disk."""
    nodes, edges = net.tables
    for table in schema.NODE_TABLES:
        rows = nodes.filter(pc.equal(nodes["kind"], table.kind)).drop_columns("kind")
        if len(rows):
            yield table, _on_disk(table, rows)
    if len(edges):
        yield schema.LINKS, _on_disk(schema.LINKS, edges)


def _on_disk(table: schema.Table, rows: pa.Table) -> pa.Table:
    """The columns with values, in the order of the schema, then free attributes."""
    rows = _with_origins(rows)
    used = {name for name in rows.column_names if rows[name].null_count < len(rows)}
    known = [f.name for f in table.fields if f.name in used or f.required]
    order = [*known, *sorted(used - set(known))]
    types = types_of(table)
    columns: dict[str, Any] = {}
    for name in order:
        if name in rows.column_names:
            is_list = types.get(name) == "list"
            columns[disk_name(table, name)] = _as_list(rows[name]) if is_list else rows[name]
    return pa.table(columns)


def _with_origins(rows: pa.Table) -> pa.Table:
    """The rows with a sign in `origin` where they state none, so that reading does not make one."""
    if "origin" not in rows.column_names:
        return rows.append_column("origin", pa.repeat(NO_ORIGIN, len(rows)))
    if rows["origin"].null_count == 0:
        return rows
    origins = pc.fill_null(rows["origin"], NO_ORIGIN)
    return rows.drop_columns("origin").append_column("origin", origins)


def _as_list(column: Any) -> Any:
    """The lists of a column as people write them."""
    texts = [None if text is None else cells.list_text(text) for text in column.to_pylist()]
    return pa.array(texts, pa.string())


def disk_name(table: schema.Table, name: str) -> str:
    """Return what a column is called on disk; `attr:` marks a free one that looks like a field."""
    if described := table.field(name):
        return described.heading
    if name.startswith(FREE) and field_of(table, name) == name:
        return name
    if known_header(table.name, name) or name.startswith(FREE):
        return FREE + name
    return name
