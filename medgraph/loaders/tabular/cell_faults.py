"""Let a fault cost its cell and not the row, wherever an empty cell claims nothing.

A number, a code, a level or a place that is lost is unknown. The days of a facility and its status
are no such cells: empty, they say that it is at work; so it is kept, as one of which nobody knows
whether it is at work.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel import schema
from medgraph.graphmodel.arrays.chunks import mask_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.graphmodel.validate import TableFault

# What is wrong with one value alone.
VALUE_FAULTS = frozenset(
    {"E012", "E013", "E014", "E015", "E020", "E021", "E022", "E023", "E031", "E050"}
    | {"E060", "E061", "E062", "E171", "W025"}
)
# When a facility is there and at work.
AT_WORK = frozenset({"status", "valid_from", "valid_to"})
# What says something definite where it is empty, and what names or joins a row.
_DEFINITE = frozenset({"id", "name", "kind", "is_class", "parent", "basis"})
# What stands or falls together.
_TOGETHER = (("lon", "lat", "crs"), ("valid_from", "valid_to"))
_NUMBERS = ("integer", "number")


def without_wrong_cells(
    nodes: pa.Table, edges: pa.Table, faults: Iterable[TableFault]
) -> tuple[pa.Table, pa.Table, list[TableFault], frozenset[str]]:
    """Return the tables without the cells at fault, and the faults that cost more than a cell.

    Last come the facilities of which nobody knows any more whether they are at work.
    """
    tables = {"nodes": nodes, "edges": edges}
    left, doubtful = [], np.zeros(len(nodes), bool)
    for fault in faults:
        costs_cell = _rows_that_stay(tables[fault.part], fault)
        rows = fault.rows[costs_cell[fault.rows]]
        tables[fault.part] = _blanked(tables[fault.part], fault.field, rows)
        if fault.field in AT_WORK and len(rows):
            doubtful[rows] = True
        others = fault.rows[~costs_cell[fault.rows]]
        if len(others) or len(fault.involved):
            left.append(replace(fault, rows=others))
    ids = tables["nodes"]["id"].filter(pa.array(doubtful)).to_pylist()
    return tables["nodes"], tables["edges"], left, frozenset(ids)


def _rows_that_stay(table: pa.Table, fault: TableFault) -> Mask:
    """The rows of a table that a fault costs no more than a cell."""
    nobody, everybody = np.zeros(len(table), bool), np.ones(len(table), bool)
    if not fault.is_error:
        return nobody
    if fault.code not in VALUE_FAULTS or fault.field in _DEFINITE or len(fault.involved):
        return nobody
    if fault.part == "edges":
        field = schema.LINKS.field(fault.field)
        return everybody if field and field.type in _NUMBERS else nobody
    if schema.field_types().get(fault.field) in _NUMBERS:
        return everybody
    return mask_of(pc.equal(table["kind"], schema.FACILITIES.kind))


def _blanked(table: pa.Table, name: str, rows: Positions) -> pa.Table:
    """The table with the cells of a column empty in some rows, and what falls with them."""
    if not len(rows):
        return table
    names = next((together for together in _TOGETHER if name in together), (name,))
    gone = np.zeros(len(table), bool)
    gone[rows] = True
    for column in names:
        if column in table.column_names:
            place = table.column_names.index(column)
            nothing = pa.scalar(None, table[column].type)
            table = table.set_column(place, column, pc.if_else(gone, nothing, table[column]))
    return table
