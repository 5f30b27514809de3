"""The national workload in igraph."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numbered_nodes import centre_bits, chosen, numbered
from workload import Clock, answers, losing


def run(folder: Path, clock: Clock) -> dict[str, Any]:
    import igraph as ig
    import pyarrow.dataset
    import pyarrow.parquet  # noqa: F401

    def load():
        nodes, links, source, target = numbered(folder / "work.parquet")
        graph = ig.Graph(
            n=len(nodes["id"]),
            edges=list(zip(source, target, strict=True)),
            directed=True,
            vertex_attrs={"name": nodes["id"], "type": nodes["type"], "level": nodes["level"]},
            edge_attrs={"relation": links["relation"], "minutes": links["minutes"]},
        )
        return nodes, graph

    nodes, graph = clock("load", load)
    end = graph.vcount()

    def compile_up():
        relations = graph.es["relation"]
        up = graph.subgraph_edges(
            [n for n, r in enumerate(relations) if r == "REFERS_UP_TO"], delete_vertices=False
        )
        goals, clinics, centres = chosen(nodes)
        up.add_vertices(1)
        up.add_edges([(g, end) for g in goals], attributes={"minutes": [0.0] * len(goals)})
        return up, clinics, centres, relations

    up, clinics, centres, relations = clock("compile", compile_up)
    ids, types = nodes["id"], nodes["type"]
    groups = clock(
        "W2a",
        lambda: [
            (v, graph.es[e].target)
            for v in centres
            for e in graph.incident(v, mode="out")
            if relations[e] == "MEMBER_OF"
        ],
    )

    def reaching():
        found = np.zeros(end + 1, bool)
        found[up.subcomponent(end, mode="in")] = True
        return [v for v in clinics if found[v]]

    reached = clock("W2b", reaching)
    paths = clock(
        "W3",
        lambda: up.get_shortest_paths(
            end, to=clinics, weights="minutes", mode="in", output="epath"
        ),
    )

    def dominators():
        dominator = up.dominator(end, mode="in")
        return losing({v: g for v, g in enumerate(dominator) if g >= 0 and v != end}, end)

    losers = clock("W4", dominators)

    def pairs(relation):
        return [
            e.tuple for e in graph.es.select([n for n, r in enumerate(relations) if r == relation])
        ]

    bits = clock(
        "W5",
        lambda: centre_bits(
            end, types, relations, lambda: pairs("USES_CENTRE"), lambda: pairs("REFERS_UP_TO")
        ),
    )
    weight = up.es["minutes"]
    minutes = {
        ids[v]: sum(weight[e] for e in path) for v, path in zip(clinics, paths, strict=True) if path
    }
    return answers(
        [(ids[a], ids[b]) for a, b in groups],
        [ids[v] for v in reached],
        minutes,
        {ids[v]: n for v, n in losers.items()},
        {ids[v]: b for v, b in bits.items()},
    )
