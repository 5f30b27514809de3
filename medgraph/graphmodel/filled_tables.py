"""Put answers into tables: cells, declarations and links, each where its question says.

The cell of a node or of a link is set, a declaration is stated with who made it and when, links are
added. A list of links that somebody answers is the whole list of that node, and is declared so.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel import schema
from medgraph.graphmodel.arrays.lookups import positions
from medgraph.graphmodel.canonical import canonical, edge_ids, holds, mask
from medgraph.graphmodel.completeness import COMPLETE, Completeness, with_declaration
from medgraph.graphmodel.schema import EXPANDED, EXPLICIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from medgraph.graphmodel.arrays.types import Positions

CELL, DECLARATION, LINKS = "cell", "declaration", "links"
_FORWARD = ">-"


class Given(NamedTuple):
    """One answer: what it is about, and its value as a table keeps it.

    A `cell` is about `column` of the node `id`, in the table `links` of the link `id`; a
    `declaration` about `table` or a part of it; `links` about the relation of `column`, which is a
    step from the node `id` (`>SERVES`), and then `ends` are the nodes that it leads to.
    """

    kind: str
    table: str
    column: str = ""
    id: str = ""
    value: str = ""
    ends: tuple[str, ...] = ()
    by: str = ""
    date: str = ""
    origin: str = ""


def with_answers(
    tables: tuple[pa.Table, pa.Table],
    meta: Mapping[str, str],
    given: Sequence[Given],
    day: datetime.date,
) -> tuple[pa.Table, pa.Table, dict[str, str]]:
    """Return the tables of nodes and links, and what is stated of the whole, with these answers."""
    nodes, edges = tables
    cells = [one for one in given if one.kind == CELL]
    of_links = [one for one in cells if one.table == schema.LINKS.name]
    of_nodes = [one for one in cells if one.table != schema.LINKS.name]
    links = [one for one in given if one.kind == LINKS]
    if of_nodes:
        nodes = _with_cells(nodes, nodes["id"], of_nodes, schema.field_types())
    if of_links:
        edges = _with_cells(edges, edge_ids(edges), of_links, schema.link_types())
    if links:
        edges = _with_links(edges, links, day)
    return nodes, edges, _declared(meta, given)


def _declared(meta: Mapping[str, str], answers: Iterable[Given]) -> dict[str, str]:
    """What is stated of the whole, and what answers declare: a table, or that a list is whole."""
    found = dict(meta)
    for one in answers:
        if one.kind == CELL:
            continue
        is_list = one.kind == LINKS
        part, state = (list_of(one), COMPLETE) if is_list else (one.table, one.value)
        found = with_declaration(found, part, Completeness(state, one.by, one.date))
    return found


def list_of(one: Given) -> str:
    """Name the list of links that an answer is about: `links.SERVES.M1`."""
    return f"{schema.LINKS.name}.{one.column[1:]}.{one.id}"


def _with_cells(
    table: pa.Table, ids: pa.ChunkedArray, answers: Sequence[Given], types: Mapping[str, str]
) -> pa.Table:
    rows = positions(pa.array([one.id for one in answers], pa.string()), ids)
    if (rows < 0).any():
        raise KeyError(answers[int(np.argmin(rows))].id)
    of_column: dict[str, list[int]] = {}
    for number, one in enumerate(answers):
        of_column.setdefault(one.column, []).append(number)
    for column, numbers in of_column.items():
        kind = types.get(column, "text")
        typed = _TYPED.get(kind, str)
        values = pa.array([typed(answers[n].value) for n in numbers], schema.ARROW_TYPES[kind])
        new = _with_values(table, column, rows[numbers], values)
        place = table.schema.get_field_index(column)
        table = (
            table.append_column(column, new) if place < 0 else table.set_column(place, column, new)
        )
    return canonical(table, types)


def _with_values(table: pa.Table, column: str, rows: Positions, values: pa.Array) -> pa.Array:
    """A column with these values in these rows; of two for one row the later."""
    if column in table.column_names:
        stated = pc.cast(table[column], values.type).chunks
    else:
        stated = [pa.nulls(len(table), values.type)]
    source = np.arange(len(table))
    source[rows] = len(table) + np.arange(len(values))
    return pa.concat_arrays([*stated, values]).take(pa.array(source))


def _values(table: pa.Table, column: str) -> list[Any]:
    if column not in table.column_names:
        return [None] * len(table)
    found: list[Any] = table[column].to_pylist()
    return found


_TYPED: dict[str, Any] = {
    "integer": int,
    "number": float,
    "date": datetime.date.fromisoformat,
    "boolean": lambda text: text == "yes",
}


def _with_links(edges: pa.Table, answers: Sequence[Given], day: datetime.date) -> pa.Table:
    """The links with those that are answered and do not hold on the day, or as a plan alone.

    One that was there on another day is a link of its own, which begins with the answer.
    """
    columns = [_values(edges, name) for name in ("source", "relation", "target", "basis")]
    rows_there = list(zip(*columns, mask(holds(edges, day)), strict=True))
    there = {row[:3] for row in rows_there if row[4] and row[3] != EXPANDED}
    on_other_days = {row[:3] for row in rows_there if not row[4]}
    rows = []
    for one in answers:
        for ends in links_of(one):
            if ends not in there:
                link = dict(zip(("source", "relation", "target"), ends, strict=True))
                begins = day if ends in on_other_days else None
                origin = one.origin or None
                rows.append({**link, "basis": EXPLICIT, "valid_from": begins, "origin": origin})
                there.add(ends)
    if not rows:
        return edges
    added = canonical(pa.Table.from_pylist(rows), schema.link_types())
    return pa.concat_tables([edges, added], promote_options="default")


def links_of(one: Given) -> list[tuple[str, str, str]]:
    """Return the links that an answer states, as source, relation and target.

    >>> links_of(Given("links", "links", "<SERVES", "331003", ends=("M1",)))
    [('M1', 'SERVES', '331003')]
    """
    relation = one.column[1:]
    if one.column[0] in _FORWARD:
        return [(one.id, relation, end) for end in one.ends]
    return [(end, relation, one.id) for end in one.ends]
