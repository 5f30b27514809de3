"""Every facility's referral path on the synthetic nation, beside bare scipy Dijkstra with path reconstruction.

    python benchmarks/referrals.py [--scale nation] [--rounds 3]

Bare is what a reader of scipy's pages would write over the same arrays: one matrix, `dijkstra` from all leads with
predecessors, and every path walked back into a list of ids. `arrays` is the least one could do: the same search, and
the paths walked back all at once as positions, without names. Ours is `referrals.paths`: whose lead it is, what is
legal, the way back, the reasons, and the frame with names. All run in this process, in turn.
"""

from __future__ import annotations

import argparse
import statistics
import time

import numpy as np


def searched(net) -> tuple[np.ndarray, np.ndarray]:
    """Return the facilities that reach a lead, and the predecessors, by one matrix and one search."""
    from scipy import sparse
    from scipy.sparse import csgraph

    index = net.index
    links, leads = index.links("REFERS_UP_TO"), np.unique(index.links("LEADS").source)
    minutes = index.link_values("REFERS_UP_TO", "minutes").to_numpy(zero_copy_only=False)
    graph = sparse.coo_array(
        (minutes, (links.target, links.source)), shape=(len(index), len(index))
    ).tocsr()
    cost, before, _ = csgraph.dijkstra(
        graph, indices=leads, min_only=True, return_predecessors=True
    )
    return np.flatnonzero(np.isfinite(cost) & index.is_kind("Facility")), before


def bare(net) -> int:
    """Return how many steps all paths take together, each path a list of ids, all of them at hand at the end."""
    start, before = searched(net)
    ids, up = net.index.ids.to_pylist(), before.tolist()
    paths = []
    for here in start.tolist():
        path = [ids[here]]
        while (here := up[here]) >= 0:
            path.append(ids[here])
        paths.append(path)
    return sum(map(len, paths)) - len(paths)


def arrays(net) -> int:
    """Return how many steps all paths take together, walked back all at once."""
    here, before = searched(net)
    steps = 0
    while len(here := before[here][before[here] >= 0]):
        steps += len(here)
    return steps


def ours(net) -> int:
    from medgraph.queries import referrals

    return int(referrals.paths(net).frame["steps"].sum())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", default="nation")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    from medgraph.loaders import samples

    net = samples.synthetic(scale=options.scale)
    print(net)
    for side in (bare, arrays, ours):  # the index is compiled once, for both
        side(net)
    taken: dict[str, list[float]] = {"bare": [], "arrays": [], "ours": []}
    for _ in range(options.rounds):
        for side in (bare, arrays, ours):
            start = time.process_time()
            steps = side(net)
            taken[side.__name__].append(time.process_time() - start)
            print(
                side.__name__,
                f"{taken[side.__name__][-1]:.2f} s of processor time, {steps} steps",
                flush=True,
            )
    middle = {name: statistics.median(times) for name, times in taken.items()}
    print(
        f"ours/bare = {middle['ours'] / middle['bare']:.2f}, ours/arrays = {middle['ours'] / middle['arrays']:.2f}"
    )


if __name__ == "__main__":
    main()
