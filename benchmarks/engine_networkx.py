"""The national workload in networkx."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from workload import CENTRES, TERTIARY, TOWNSHIP, Clock, answers, losing, plain_tables


def run(folder: Path, clock: Clock) -> dict[str, Any]:
    import networkx as nx
    import pyarrow.dataset
    import pyarrow.parquet  # noqa: F401

    def load():
        nodes, links = plain_tables(folder / "work.parquet")
        graph = nx.MultiDiGraph()
        graph.add_nodes_from(
            (id, {"kind": kind, "type": type, "level": level})
            for id, kind, type, level in zip(*nodes.values(), strict=True)
        )
        graph.add_edges_from(
            (s, t, r, {"minutes": m}) for s, r, t, m in zip(*links.values(), strict=True)
        )
        return graph

    graph = clock("load", load)

    def compile_up():
        up = nx.DiGraph()
        up.add_nodes_from(graph)
        up.add_weighted_edges_from(
            (
                (s, t, m)
                for s, t, r, m in graph.edges(keys=True, data="minutes")
                if r == "REFERS_UP_TO"
            ),
            weight="minutes",
        )
        return up.reverse(copy=True), [
            v
            for v, level in graph.nodes(data="level")
            if level in TERTIARY and graph.nodes[v]["kind"] == "Facility"
        ]

    down, goals = clock("compile", compile_up)
    types = dict(graph.nodes(data="type"))
    clinics = [v for v, type in types.items() if type == "village_clinic"]
    groups = clock(
        "W2a",
        lambda: [
            (v, g)
            for v, type in types.items()
            if type in TOWNSHIP
            for _, g, r in graph.out_edges(v, keys=True)
            if r == "MEMBER_OF"
        ],
    )
    down.add_edges_from((("end", v) for v in goals), minutes=0.0)

    def reaching():
        found = nx.descendants(down, "end")
        return [v for v in clinics if v in found]

    reached = clock("W2b", reaching)

    def cheapest():
        cost, paths = nx.single_source_dijkstra(down, "end", weight="minutes")
        return {v: (cost[v], paths[v]) for v in clinics if v in cost}

    ways = clock("W3", cheapest)

    def dominators():
        dominator = nx.immediate_dominators(down, "end")
        return losing({v: g for v, g in dominator.items() if v != "end"}, "end")

    losers = clock("W4", dominators)

    def uses():
        bit = {type: 1 << number for number, type in enumerate(CENTRES)}
        own: dict = {}
        for v in graph:
            for _, c, r in graph.out_edges(v, keys=True):
                if r == "USES_CENTRE" and types[c] in bit:
                    own[v] = own.get(v, 0) | bit[types[c]]
        found = {}
        for v in graph:
            bits = own.get(v, 0)
            for _, w, r in graph.out_edges(v, keys=True):
                if r == "REFERS_UP_TO":
                    bits |= own.get(w, 0)
            if bits:
                found[v] = bits
        return found

    bits = clock("W5", uses)
    minutes = {
        v: sum(down[b][a]["minutes"] for a, b in zip(way[:0:-1], way[-2:0:-1], strict=False))
        for v, (_, way) in ways.items()
    }
    return answers(groups, reached, minutes, losers, bits)
