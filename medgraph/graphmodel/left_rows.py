"""Lay rows that could not be loaded over a network: each may be a node that a rule asks for.

What of a row could be read still tells which rules it cannot concern: a township centre is in no
question about hospitals.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel import schema
from medgraph.graphmodel.canonical import canonical
from medgraph.graphmodel.completeness import MARK
from medgraph.graphmodel.network import MedicalNetwork

MAYBE = "?"  # before the id of such a node; as a status it says that nobody knows
_CLOSED = ("closed", "suspended")


@dataclass(frozen=True)
class LeftNodes:
    """The nodes of rows that were left out, with what of their cells could be read.

    `closes` names the tables that are complete where these rows are counted; `doubtful` are the
    facilities of the network whose days or status could not be read.
    """

    table: pa.Table
    closes: tuple[str, ...] = ()
    doubtful: frozenset[str] = frozenset()


def with_doubts(net: MedicalNetwork, left: LeftNodes | None) -> MedicalNetwork:
    """Return the network with its doubtful facilities as ones that may or may not be at work."""
    if left is None or not left.doubtful:
        return net
    nodes, edges = net.tables
    doubted = canonical(_with_doubts(nodes, left.doubtful), schema.field_types())
    return MedicalNetwork(doubted, edges, net.meta)


def without_doubts(net: MedicalNetwork) -> MedicalNetwork:
    """Return the network as a file says it: what nobody knows of a status is not stated there."""
    nodes, edges = net.tables
    if "status" not in nodes.column_names:
        return net
    is_doubtful = pc.fill_null(pc.equal(nodes["status"], MAYBE), False)
    if not pc.any(is_doubtful).as_py():
        return net
    status = pc.if_else(is_doubtful, pa.scalar(None, pa.string()), nodes["status"])
    nodes = nodes.set_column(nodes.column_names.index("status"), "status", status)
    return MedicalNetwork(canonical(nodes, schema.field_types()), edges, net.meta)


def with_left_rows(net: MedicalNetwork, left: LeftNodes | None) -> MedicalNetwork:
    """Return the network with the rows left out as nodes of which nobody knows whether they are."""
    net = with_doubts(net, left)
    if left is None or not len(left.table):
        return net
    nodes, edges = net.tables
    added = _as_perhaps_there(left.table)
    types = schema.field_types()
    together = pa.concat_tables([nodes, canonical(added, types)], promote_options="permissive")
    meta = {**net.meta, **{f"{table}{MARK}": "complete" for table in left.closes}}
    return MedicalNetwork(canonical(together, types), edges, meta)


def _as_perhaps_there(rows: pa.Table) -> pa.Table:
    numbers = pa.array([f"{MAYBE}{number}" for number in range(1, len(rows) + 1)])
    found = rows.set_column(rows.column_names.index("id"), "id", numbers)
    return _perhaps_at_work(found, pa.array([True] * len(rows), pa.bool_()))


def _with_doubts(nodes: pa.Table, ids: frozenset[str]) -> pa.Table:
    """The nodes, with these as ones of which nobody knows whether they are at work."""
    return _perhaps_at_work(nodes, pc.is_in(nodes["id"], value_set=pa.array(sorted(ids))))


def _perhaps_at_work(nodes: pa.Table, which: pa.Array | pa.ChunkedArray) -> pa.Table:
    """The nodes with the status of some unknown; what is shut stays shut."""
    if "status" not in nodes.column_names:
        nodes = nodes.append_column("status", pa.nulls(len(nodes), pa.string()))
    status = nodes["status"].cast(pa.string())
    closed = pc.fill_null(pc.is_in(status, value_set=pa.array(_CLOSED)), False)
    place = nodes.column_names.index("status")
    unknown = pc.and_(which, pc.invert(closed))
    return nodes.set_column(place, "status", pc.if_else(unknown, MAYBE, status))
