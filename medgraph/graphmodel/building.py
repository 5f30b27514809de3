"""Bring frames and networkx graphs into the two tables of a network, and give a graph back."""

from __future__ import annotations

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
    nodes = [{**data, "id": id} for id, data in graph.nodes(data=True)]
    edges = [{**data, "source": s, "target": t} for s, t, data in graph.edges(data=True)]
    return as_table(nodes), as_table(edges)


def graph_of_tables(
    nodes: pa.Table, edges: pa.Table, meta: Mapping[str, str]
) -> nx.MultiDiGraph[Any]:
    """Return the tables as a networkx graph; edges are keyed by their ids."""
    import networkx as nx

    # Names of attributes are data, so they never become keyword arguments.
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    graph.graph.update(meta)
    graph.add_nodes_from((row.pop("id"), present(row)) for row in nodes.to_pylist())
    rows = zip(edges.to_pylist(), edge_ids(edges).to_pylist(), strict=True)
    links: Iterable[Any] = (
        (row.pop("source"), row.pop("target"), key, present(row)) for row, key in rows
    )
    graph.add_edges_from(links)
    return graph
