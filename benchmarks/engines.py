"""One engine's run of the national workload, in a process of its own: `engines.py ENGINE FOLDER`, JSON out.

Each engine is written as its users would, with the fastest call it has for the question.
"""

from __future__ import annotations

import itertools
import json
import resource
import sys
import time
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np

CENTRES = ("laboratory", "imaging", "ecg", "pathology", "sterile_supply")
TOWNSHIP = ("township_health_centre", "central_township_health_centre", "community_health_centre")
TERTIARY = ("3A", "3B", "3")


class Clock:
    """Times steps by name: wall clock and processor time."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.cpu: dict[str, float] = {}
        self.peak = 0.0
        self.peaks: dict[str, float] = {}
        self.start = 0.0  # when the first step begins: with all that is imported

    def __call__(self, step: str, work: Callable[[], Any]) -> Any:
        self.start = self.start or peak_mb()
        wall, cpu = time.perf_counter(), time.process_time()
        result = work()
        self.seconds[step] = time.perf_counter() - wall
        self.cpu[step] = time.process_time() - cpu
        self.peaks[step] = self.peak = (
            peak_mb()
        )  # before the answers are made comparable, which is no part of the work
        return result


def digest(rows: Iterable) -> int:
    """A number that two answers share if they hold the same rows, in whatever order."""
    return zlib.crc32("\n".join(sorted(map(str, rows))).encode())


def answers(groups, reached, minutes, losers, centres) -> dict[str, Any]:
    """The comparable answers.

    groups: pairs (centre, group); reached: clinics; minutes: clinic -> cost of the path found, summed along
    it; losers: facility -> count above 0; centres: facility -> bits.
    """
    return {
        "W2a": [len(groups), digest(f"{a} {b}" for a, b in groups)],
        "W2b": [len(reached), digest(reached)],
        "W3": [
            len(minutes),
            sum(minutes.values()),
            digest(f"{a} {float(m)}" for a, m in minutes.items()),
        ],
        "W4": [len(losers), sum(losers.values()), digest(f"{a} {n}" for a, n in losers.items())],
        "W5": [len(centres), digest(f"{a} {b}" for a, b in centres.items())],
    }


def plain_tables(folder: Path) -> tuple[dict, dict]:
    """The columns that the questions need, as Python lists."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    nodes = pq.read_table(folder / "nodes.parquet", columns=["id", "kind", "type", "level"])
    links = pq.read_table(
        folder / "links.parquet", columns=["source", "relation", "target", "minutes"]
    )
    plain = []
    for table in (nodes, links):
        columns = {
            n: table[n].cast(pa.string()) if pa.types.is_dictionary(table[n].type) else table[n]
            for n in table.column_names
        }
        plain.append({n: c.to_pylist() for n, c in columns.items()})
    return plain[0], plain[1]


# -- medgraph ------------------------------------------------------------------------------------


def medgraph(folder: Path, clock: Clock) -> dict[str, Any]:
    import pyarrow.dataset  # noqa: F401  imports are not timed
    from scipy import sparse  # noqa: F401
    from scipy.sparse import csgraph  # noqa: F401

    from medgraph.graphmodel.arrays import paths as kernels
    from medgraph.graphmodel.arrays.dominators import dominator_tree
    from medgraph.loaders.formats.parquet import read_parquet

    net = clock("load", lambda: read_parquet(folder / "work.parquet", validate=False))
    index = net.index

    def compiled():
        return (
            index.csr("REFERS_UP_TO", "minutes"),
            index.csr("REFERS_UP_TO", "minutes", reverse=True),
            np.flatnonzero(index.is_kind("Facility") & index.has("level", *TERTIARY)),
        )

    up, down, goals = clock("compile", compiled)
    centres, member = clock("W2a", lambda: groups_of(index))
    clinics, reached = clock(
        "W2b",
        lambda: (
            c := np.flatnonzero(index.has("type", "village_clinic")),
            c[kernels.reaching(down, goals)[c]],
        ),
    )

    def cheapest():
        ways = kernels.cheapest(down, goals)
        return ways, *ways.paths(clinics)

    ways, start, nodes = clock("W3", cheapest)
    losers = clock("W4", lambda: dominator_tree(up, down, goals).losers)
    bits = clock("W5", lambda: kernels.one_hop(up, own_centres(index)))
    ids = np.array(index.ids.to_pylist(), object)
    lost, has = np.flatnonzero(losers), np.flatnonzero(bits)
    with_path = clinics[np.isfinite(ways.cost[clinics])]
    assert len(nodes) == start[-1]
    return answers(
        list(zip(ids[centres], ids[member], strict=True)),
        ids[reached].tolist(),
        dict(zip(ids[with_path], summed(up, start, nodes), strict=True)),
        dict(zip(ids[lost], losers[lost].tolist(), strict=True)),
        dict(zip(ids[has], bits[has].tolist(), strict=True)),
    )


def groups_of(index) -> tuple[np.ndarray, np.ndarray]:
    links = index.links("MEMBER_OF")
    chosen = index.has("type", *TOWNSHIP)[links.source]
    return links.source[chosen], links.target[chosen]


def own_centres(index) -> np.ndarray:
    links = index.links("USES_CENTRE")
    bits = np.zeros(len(index), np.uint8)
    for number, type in enumerate(CENTRES):
        hit = np.zeros(len(index), bool)
        hit[links.source[index.has("type", type)[links.target]]] = True
        bits |= hit.astype(np.uint8) << number
    return bits


def summed(up, start: np.ndarray, nodes: np.ndarray) -> list[float]:
    """The minutes of every path, added up link by link."""
    ends = np.zeros(len(nodes), bool)
    full = np.diff(start) > 0
    ends[start[1:][full] - 1] = True
    begin = np.flatnonzero(~ends)
    cost = np.zeros(len(nodes) + 1)
    cost[begin] = np.asarray(up[nodes[begin], nodes[begin + 1]]).ravel()
    return np.add.reduceat(cost, start[:-1][full]).tolist()


def checked(folder: Path, clock: Clock) -> dict[str, Any]:
    """What is timed apart: validation, the relations on top, the snapshot."""
    from medgraph.graphmodel.network import MedicalNetwork  # noqa: F401
    from medgraph.loaders.formats import snapshot
    from medgraph.loaders.formats.parquet import load, read_parquet

    clock("load", lambda: read_parquet(folder / "work.parquet", validate=False))
    found = clock("load_checked", lambda: load(folder / "work.parquet"))
    assert not found.problems, found.problems[:3]
    del found
    net = clock("load_whole", lambda: read_parquet(folder / "whole.parquet", validate=False))
    net.index.csr("REFERS_UP_TO", "minutes")
    clock(
        "compile_on_top", lambda: [net.index.csr(r) for r in ("SERVES", "PART_OF", "HOSTS_CENTRE")]
    )
    clock("snapshot_write", lambda: snapshot.write_snapshot(net, folder / "net.mgz"))
    clock("snapshot_open", lambda: groups_of(snapshot.read_snapshot(folder / "net.mgz").index))
    return {"mb": (folder / "net.mgz").stat().st_size / 1e6}


# -- networkx ------------------------------------------------------------------------------------


def networkx(folder: Path, clock: Clock) -> dict[str, Any]:
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
        gates = nx.immediate_dominators(down, "end")
        return losing({v: g for v, g in gates.items() if v != "end"}, "end")

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


def losing(gates: dict, end) -> dict:
    """How many hang below each node of a dominator tree."""
    below: dict = {}
    for v, g in gates.items():
        below.setdefault(g, []).append(v)
    order, waiting = [], list(below.get(end, ()))
    while waiting:
        v = waiting.pop()
        order.append(v)
        waiting.extend(below.get(v, ()))
    count: dict = {}
    for v in reversed(order):
        if gates[v] != end:
            count[gates[v]] = count.get(gates[v], 0) + count.get(v, 0) + 1
    return count


# -- igraph and rustworkx: integers, so ids are looked up once ------------------------------------


def _numbered(folder: Path) -> tuple[dict, dict, list, list]:
    nodes, links = plain_tables(folder)
    number = {id: n for n, id in enumerate(nodes["id"])}
    return nodes, links, [number[s] for s in links["source"]], [number[t] for t in links["target"]]


def _chosen(nodes: dict) -> tuple[list[int], list[int], list[int]]:
    """Tertiary hospitals, village clinics, township centres."""
    types = nodes["type"]
    goals = [
        n
        for n, (kind, level) in enumerate(zip(nodes["kind"], nodes["level"], strict=True))
        if kind == "Facility" and level in TERTIARY
    ]
    return (
        goals,
        [n for n, type in enumerate(types) if type == "village_clinic"],
        [n for n, type in enumerate(types) if type in TOWNSHIP],
    )


def _bits(
    size: int, types: list, relations, uses: Callable[[], Iterable], ups: Callable[[], Iterable]
) -> dict:
    bit = {type: 1 << number for number, type in enumerate(CENTRES)}
    own = [0] * size
    for v, c in uses():
        own[v] |= bit.get(types[c], 0)
    found = list(own)
    for v, w in ups():
        found[v] |= own[w]
    return {v: b for v, b in enumerate(found) if b}


def igraph(folder: Path, clock: Clock) -> dict[str, Any]:
    import igraph as ig
    import pyarrow.dataset
    import pyarrow.parquet  # noqa: F401

    def load():
        nodes, links, source, target = _numbered(folder / "work.parquet")
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
        goals, clinics, centres = _chosen(nodes)
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
        gates = up.dominator(end, mode="in")
        return losing({v: g for v, g in enumerate(gates) if g >= 0 and v != end}, end)

    losers = clock("W4", dominators)

    def pairs(relation):
        return [
            e.tuple for e in graph.es.select([n for n, r in enumerate(relations) if r == relation])
        ]

    bits = clock(
        "W5",
        lambda: _bits(
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


def rustworkx(folder: Path, clock: Clock) -> dict[str, Any]:
    import pyarrow.dataset
    import pyarrow.parquet  # noqa: F401
    import rustworkx as rx

    def load():
        nodes, links, source, target = _numbered(folder / "work.parquet")
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
        goals, clinics, centres = _chosen(nodes)
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
        lambda: _bits(
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


def peak_mb() -> float:
    """The most memory this process has held, in MB.

    Linux counts what the starting process held into `ru_maxrss`; `VmHWM` begins anew with the program.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024 / 1e6
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1e6 if sys.platform == "darwin" else most * 1024 / 1e6


def main() -> None:
    engine, folder = sys.argv[1], Path(sys.argv[2])
    clock = Clock()
    if engine == "medgraph-checked":
        done = {"snapshot_mb": checked(folder, clock)["mb"]}
    else:
        done = {"answers": globals()[engine](folder, clock)}
    print(
        json.dumps(
            {
                **done,
                "seconds": clock.seconds,
                "cpu_seconds": clock.cpu,
                "peak_mb": clock.peak,
                "start_mb": clock.start,
                "peak_mb_after": clock.peaks,
            }
        )
    )


if __name__ == "__main__":
    main()
