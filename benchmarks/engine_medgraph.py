"""The national workload in medgraph."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from workload import CENTRES, TERTIARY, TOWNSHIP, Clock, answers


def run(folder: Path, clock: Clock) -> dict[str, Any]:
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
