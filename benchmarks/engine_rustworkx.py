"""The national workload in rustworkx."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

from numbered_nodes import centre_bits, chosen, numbered
from workload import Clock, answers, losing


def run(folder: Path, clock: Clock) -> dict[str, Any]:
    import pyarrow.dataset
    import pyarrow.parquet  # noqa: F401
    import rustworkx as rx

    def load():
        nodes, links, source, target = numbered(folder / "work.parquet")
        graph = rx.PyDiGraph()
        graph.add_nodes_from(list(zip(*nodes.values(), strict=True)))
        graph.add_edges_from(
            list(
                zip(
                    source,
                    target,
                    zip(links["relation"], links["minutes"], strict=True),
                    strict=True,
                )
            )
        )
        return nodes, graph

    nodes, graph = clock("load", load)
    end = graph.num_nodes()

    def compile_down():
        down = rx.PyDiGraph()
        down.add_nodes_from(range(end + 1))
        down.add_edges_from(
            [(t, s, m) for s, t, (r, m) in graph.weighted_edge_list() if r == "REFERS_UP_TO"]
        )
        goals, clinics, centres = chosen(nodes)
        down.add_edges_from([(end, g, 0.0) for g in goals])
        return down, clinics, centres

    down, clinics, centres = clock("compile", compile_down)
    ids, types = nodes["id"], nodes["type"]
    groups = clock(
        "W2a",
        lambda: [
            (v, g) for v in centres for _, g, (r, _m) in graph.out_edges(v) if r == "MEMBER_OF"
        ],
    )

    def reaching():
        found = rx.descendants(down, end)
        return [v for v in clinics if v in found]

    reached = clock("W2b", reaching)

    def cheapest():
        paths = rx.dijkstra_shortest_paths(down, end, weight_fn=float)
        return {v: list(paths[v]) for v in clinics if v in paths}

    paths = clock("W3", cheapest)

    def dominators():
        return losing(
            {v: g for v, g in rx.immediate_dominators(down, end).items() if v != end}, end
        )

    losers = clock("W4", dominators)

    def pairs(relation):
        return [(s, t) for s, t, (r, _) in graph.weighted_edge_list() if r == relation]

    bits = clock(
        "W5",
        lambda: centre_bits(
            end, types, None, lambda: pairs("USES_CENTRE"), lambda: pairs("REFERS_UP_TO")
        ),
    )
    weight = {(s, t): m for s, t, m in down.weighted_edge_list()}
    minutes = {
        ids[v]: sum(weight[a, b] for a, b in itertools.pairwise(way)) for v, way in paths.items()
    }
    return answers(
        [(ids[a], ids[b]) for a, b in groups],
        [ids[v] for v in reached],
        minutes,
        {ids[v]: n for v, n in losers.items()},
        {ids[v]: b for v, b in bits.items()},
    )
