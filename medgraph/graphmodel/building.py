"""Bring frames and networkx graphs into the two tables of a network, and give a graph back."""

from __future__ import annotations

import datetime
import json
import re
import warnings
from typing import TYPE_CHECKING, Any

from medgraph.errors import SourceError
from medgraph.graphmodel import schema
from medgraph.graphmodel.canonical import as_arrow, as_table, canonical, edge_ids, present
from medgraph.graphmodel.repeated_rows import each_once
from medgraph.graphmodel.unseen_signs import told_of
from medgraph.graphmodel.validate import STRUCTURAL, check
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import networkx as nx
    import pandas as pd
    import pyarrow as pa


# The names of attributes that GML knows, and where the values of all others stand.
_ASCII_NAME = re.compile(r"[A-Za-z][0-9A-Za-z_]*", re.ASCII)
MORE = "medgraph_more"
# Names of arguments of networkx, which takes attributes beside them.
ARGUMENTS = frozenset({"self", "node_for_adding", "u_for_edge", "v_for_edge", "key"})
# What the writers of networkx write or mean themselves: an attribute called so is lost or misread.
_OF_WRITERS = frozenset(
    {
        *("id", "label", "source", "target", "directed", "multigraph", "node", "edge"),
        *("pid", "start", "end", "parents", "slices", "spells", "viz", "weight", "networkx_key"),
    }
)
_OF_READERS = frozenset({"node_default", "edge_default"})
_OF_WRITERS_IN_LINKS = _OF_WRITERS | {"type"}


def checked_tables(
    nodes: pd.DataFrame | pa.Table, edges: pd.DataFrame | pa.Table | None
) -> tuple[pa.Table, pa.Table]:
    """Return the canonical tables; raise SourceError with all problems that leave no network.

    The same row of nodes twice is one, of which a warning tells.
    """
    node_table = as_arrow(nodes, ("id", "kind", "name"))
    link_table = as_arrow(edges, ("source", "relation", "target"))
    told = [*told_of(node_table, link_table)]
    node_table = canonical(node_table, schema.field_types())
    link_table = canonical(link_table, schema.link_types())
    node_table, _, repeated = each_once(node_table)
    for found in (*told, *repeated):
        warnings.warn(str(found), stacklevel=3)
    problems = [p for p in check(node_table, link_table) if p.code in STRUCTURAL]
    if problems:
        first = str(problems[0])
        raise SourceError(say("cannot_build", count=len(problems), first=first), problems)
    return node_table, link_table


def tables_of_graph(graph: nx.Graph[Any]) -> tuple[pa.Table, pa.Table]:
    """Return the nodes and edges of a networkx graph as tables."""
    nodes = [{**_unpacked(data), "id": id} for id, data in graph.nodes(data=True)]
    edges = [{**_unpacked(data), "source": s, "target": t} for s, t, data in graph.edges(data=True)]
    return as_table(nodes), as_table(edges)


def meta_of_graph(graph: nx.Graph[Any]) -> dict[str, Any]:
    """Return what a networkx graph states of the whole; what its readers add says nothing."""
    stated = _unpacked(graph.graph)
    return {key: value for key, value in stated.items() if key not in _OF_READERS}


def graph_of_tables(
    nodes: pa.Table,
    edges: pa.Table,
    meta: Mapping[str, str],
    *,
    days_as_text: bool = True,
    ascii_names: bool = True,
) -> nx.MultiDiGraph[Any]:
    """Return the tables as a networkx graph; edges are keyed by their ids."""
    import networkx as nx

    def attributes(row: Mapping[str, Any], taken: frozenset[str]) -> dict[str, Any]:
        there = present(row)
        texts = {key: _as_text(value) for key, value in there.items()} if days_as_text else there
        return _packed(texts, taken) if ascii_names else texts

    # Names of attributes are data, so they never become keyword arguments.
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    graph.graph.update(attributes(meta, _OF_WRITERS))
    graph.add_nodes_from((row.pop("id"), attributes(row, _OF_WRITERS)) for row in nodes.to_pylist())
    rows = zip(edges.to_pylist(), edge_ids(edges).to_pylist(), strict=True)
    links: Iterable[Any] = (
        (row.pop("source"), row.pop("target"), key, attributes(row, _OF_WRITERS_IN_LINKS))
        for row, key in rows
    )
    graph.add_edges_from(links)
    return graph


def _as_text(value: Any) -> Any:
    """A day as ISO text; every other value as it is."""
    return value.isoformat() if isinstance(value, datetime.date) else value


def _packed(row: Mapping[str, Any], taken: frozenset[str]) -> dict[str, Any]:
    """The attributes whose names every writer of networkx keeps; the others as JSON in `MORE`."""
    refused = taken | ARGUMENTS
    fit = {
        key: value
        for key, value in row.items()
        if _ASCII_NAME.fullmatch(key) and key not in refused
    }
    rest = {key: value for key, value in row.items() if key not in fit}
    packed = json.dumps(rest, ensure_ascii=False, default=_as_text)
    return {**fit, MORE: packed} if rest else fit


def _unpacked(row: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes by the names that they had before `_packed`."""
    values = dict(row)
    if isinstance(values.get(MORE), str):
        values |= json.loads(values.pop(MORE))
    return values
