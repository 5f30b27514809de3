"""Put codes of institutions under the name that their length and their check character say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel import codes, schema
from medgraph.graphmodel.validate import TableFault

if TYPE_CHECKING:
    from collections.abc import Callable

_OTHER_CODE = "W025"


def with_recognised_codes(nodes: pa.Table) -> tuple[pa.Table, list[TableFault]]:
    """Move every code that is of another standard than its column to the column of its own.

    A credit code under 机构代码 is one all the same. What is sound under no standard stays where it
    is, to be judged there; so does a code where the right column states another.
    """
    columns = [name for name in codes.INSTITUTION_CODES if name in nodes.column_names]
    faults: list[TableFault] = []
    for name in columns:
        nodes, moved = _moved(nodes, name)
        faults += moved
    return nodes, faults


def _moved(nodes: pa.Table, name: str) -> tuple[pa.Table, list[TableFault]]:
    """The table with the codes of one column in the columns of their own."""
    places = _places_of_strangers(nodes[name], name)
    faults = []
    for own in dict.fromkeys(places.values()):
        rows = np.array([row for row, to in places.items() if to == own], np.int64)
        texts = {row: codes.without_strokes(nodes[name][row].as_py()) for row in rows.tolist()}
        kept = nodes[own].to_pylist() if own in nodes.column_names else [None] * len(nodes)
        free = np.array([row for row in rows if kept[row] in (None, texts[row])], np.int64)
        if not len(free):
            continue
        for row in free.tolist():
            kept[row] = texts[row]
        left = nodes[name].to_pylist()
        for row in free.tolist():
            left[row] = None
        nodes = _with_column(_with_column(nodes, name, left), own, kept)
        faults.append(TableFault(_OTHER_CODE, "nodes", name, free, _saying(texts, own)))
    return nodes, faults


def _places_of_strangers(column: pa.ChunkedArray, name: str) -> dict[int, str]:
    """The rows whose code is of another standard, each with the column of that."""
    lengths = pc.fill_null(pc.utf8_length(column), 0).to_numpy()
    usual = codes.INSTITUTION_CODES[name].length
    rows = np.flatnonzero((lengths > 0) & (lengths != usual))
    found = {row: codes.standard_of(column[row].as_py()) for row in rows.tolist()}
    return {row: to for row, to in found.items() if to and to != name}


def _saying(texts: dict[int, str], own: str) -> Callable[[int], dict[str, str]]:
    title = schema.title(own)
    return lambda row: {"value": texts[row], "column": title}


def _with_column(nodes: pa.Table, name: str, values: list[str | None]) -> pa.Table:
    made = pa.chunked_array([pa.array(values, pa.string())])
    if name not in nodes.column_names:
        return nodes.append_column(name, made)
    return nodes.set_column(nodes.column_names.index(name), name, made)
