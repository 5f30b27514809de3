"""Find every facility's referral path on the synthetic nation, beside bare scipy Dijkstra.

    python benchmarks/referrals.py [--scale nation] [--rounds 3]

Bare is what a reader of scipy's pages would write over the same arrays: one matrix, `dijkstra` from
all leads with predecessors, and every path walked back into a list of ids. `arrays` is the least
one could do: the same search, and the paths walked back all at once as positions, without names.
Ours is `referrals.paths`: whose lead it is, what is legal, the way back, the reasons, and the frame
with names. All run in this process, in turn.
"""

from __future__ import annotations

import argparse
import statistics
import time
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from medgraph.loaders import samples
from medgraph.queries import referrals

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.graphmodel.network import MedicalNetwork


def searched(net: MedicalNetwork) -> tuple[Positions, Positions]:
    """Return the facilities that reach a lead, and the predecessors, by one search."""
    index = net.index
    links, leads = index.links("REFERS_UP_TO"), np.unique(index.links("LEADS").source)
    minutes = index.link_values("REFERS_UP_TO", "minutes").to_numpy(zero_copy_only=False)
    shape = (len(index), len(index))
    graph = sparse.coo_array((minutes, (links.target, links.source)), shape=shape).tocsr()
    cost, before, _ = csgraph.dijkstra(
        graph, indices=leads, min_only=True, return_predecessors=True
    )
    return np.flatnonzero(np.isfinite(cost) & index.is_kind("Facility")), before


def bare(net: MedicalNetwork) -> int:
    """Return how many steps all paths take together; each is a list of ids, kept to the end."""
    start, before = searched(net)
    ids, up = net.index.ids.to_pylist(), before.tolist()
    paths = []
    for first in start.tolist():
        path, here = [ids[first]], up[first]
        while here >= 0:
            path.append(ids[here])
            here = up[here]
        paths.append(path)
    return sum(map(len, paths)) - len(paths)


def arrays(net: MedicalNetwork) -> int:
    """Return how many steps all paths take together, walked back all at once."""
    here, before = searched(net)
    steps = 0
    while len(here):
        above = before[here]
        here = above[above >= 0]
        steps += len(here)
    return steps


def ours(net: MedicalNetwork) -> int:
    """Return how many steps the paths of the answer take together."""
    return int(referrals.paths(net).frame["steps"].sum())


SIDES = (bare, arrays, ours)


def measured(net: MedicalNetwork, rounds: int) -> dict[str, float]:
    """Return the median of the processor time of each side, in seconds."""
    for side in SIDES:  # the index is compiled once, for all
        side(net)
    taken: dict[str, list[float]] = {side.__name__: [] for side in SIDES}
    for _ in range(rounds):
        for side in SIDES:
            start = time.process_time()
            steps = side(net)
            seconds = time.process_time() - start
            taken[side.__name__].append(seconds)
            print(f"{side.__name__} {seconds:.2f} s of processor time, {steps} steps", flush=True)
    return {name: statistics.median(times) for name, times in taken.items()}


def main() -> None:
    """Measure all sides, and print how ours compares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", default="nation")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    net = samples.synthetic(scale=options.scale)
    print(net)
    middle = measured(net, options.rounds)
    by_bare, by_arrays = middle["ours"] / middle["bare"], middle["ours"] / middle["arrays"]
    print(f"ours/bare = {by_bare:.2f}, ours/arrays = {by_arrays:.2f}")


if __name__ == "__main__":
    main()
