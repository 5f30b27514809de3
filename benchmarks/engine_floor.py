"""The national workload on bare arrays: what reading and kernels cost without any model of a network.

pyarrow parses the columns that the questions need, numpy and scipy answer. Only the dominators of W4
are the kernel of medgraph, which neither of them has.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from scipy.sparse import csgraph, csr_array
from workload import CENTRES, TERTIARY, TOWNSHIP, Clock, answers

from medgraph.graphmodel.arrays.dominators import dominator_tree


class Arrays:
    """The columns of both tables, and the links by the rows of their ends."""

    def __init__(self, folder: Path) -> None:
        self.nodes = pq.read_table(
            folder / "nodes.parquet", columns=["id", "kind", "type", "level"]
        )
        self.links = pq.read_table(
            folder / "links.parquet", columns=["source", "relation", "target", "minutes"]
        )
        self.ids = self.nodes["id"].combine_chunks()
        self.source, self.target = (self._rows_of(end) for end in ("source", "target"))

    def __len__(self) -> int:
        return len(self.ids)

    def _rows_of(self, end: str) -> np.ndarray:
        column = self.links[end]
        if not pa.types.is_dictionary(column.type):
            return pc.index_in(column, value_set=self.ids).to_numpy()
        column = column.unify_dictionaries().combine_chunks()
        rows = pc.index_in(column.dictionary, value_set=self.ids).to_numpy()
        return rows[column.indices.to_numpy()]

    def are(self, column: str, *words: str) -> np.ndarray:
        return among(self.nodes[column], *words)

    def of(self, relation: str) -> np.ndarray:
        return np.flatnonzero(among(self.links["relation"], relation))


def among(column: pa.ChunkedArray, *words: str) -> np.ndarray:
    wanted = pa.array(words, pa.string())
    if not pa.types.is_dictionary(column.type):
        return pc.is_in(column, value_set=wanted).to_numpy()
    column = column.unify_dictionaries().combine_chunks()
    is_wanted = np.append(pc.is_in(column.dictionary, value_set=wanted), False)
    return is_wanted[pc.fill_null(column.indices, -1).to_numpy()].astype(bool)


def run(folder: Path, clock: Clock) -> dict[str, Any]:
    arrays = clock("load", lambda: Arrays(folder / "work.parquet"))
    up, down, goals = clock("compile", lambda: compiled(arrays))
    centres, member = clock("W2a", lambda: groups_of(arrays))
    clinics, reached = clock("W2b", lambda: reaching(arrays, down, goals))
    cost, ways = clock("W3", lambda: cheapest(clinics, down, goals))
    losers = clock("W4", lambda: dominator_tree(up, down, goals).losers)
    bits = clock("W5", lambda: uses(arrays))
    names = np.array(arrays.ids.to_pylist(), object)
    lost, has = np.flatnonzero(losers), np.flatnonzero(bits)
    return answers(
        list(zip(names[centres], names[member], strict=True)),
        names[reached].tolist(),
        dict(zip(names[ways[0]], cost[ways[0]].tolist(), strict=True)),
        dict(zip(names[lost], losers[lost].tolist(), strict=True)),
        dict(zip(names[has], bits[has].tolist(), strict=True)),
    )


def compiled(arrays: Arrays) -> tuple[csr_array, csr_array, np.ndarray]:
    """The cheapest referral up of each pair, both ways, and the tertiary hospitals."""
    rows = arrays.of("REFERS_UP_TO")
    minutes = arrays.links["minutes"].take(pa.array(rows)).cast(pa.float64())
    weight = pc.fill_null(minutes, np.inf).to_numpy()
    here, there = arrays.source[rows], arrays.target[rows]
    goals = np.flatnonzero(arrays.are("kind", "Facility") & arrays.are("level", *TERTIARY))
    size = len(arrays)
    return matrix(here, there, weight, size), matrix(there, here, weight, size), goals


def matrix(tail: np.ndarray, head: np.ndarray, weight: np.ndarray, size: int) -> csr_array:
    order = np.lexsort((weight, head, tail))
    tail, head, weight = tail[order], head[order], weight[order]
    is_first = np.append(True, (tail[1:] != tail[:-1]) | (head[1:] != head[:-1]))[: len(tail)]
    begin = np.searchsorted(tail[is_first], np.arange(size + 1))
    return csr_array((weight[is_first], head[is_first], begin), shape=(size, size))


def groups_of(arrays: Arrays) -> tuple[np.ndarray, np.ndarray]:
    rows = arrays.of("MEMBER_OF")
    rows = rows[arrays.are("type", *TOWNSHIP)[arrays.source[rows]]]
    return arrays.source[rows], arrays.target[rows]


def with_end(down: csr_array, goals: np.ndarray) -> csr_array:
    """The ways down with one more node, from which every goal is reached at no cost."""
    size = down.shape[0] + 1
    begin = np.append(down.indptr, len(down.data) + len(goals))
    heads = np.append(down.indices, goals)
    weight = np.append(down.data, np.zeros(len(goals)))
    return csr_array((weight, heads, begin), shape=(size, size))


def reaching(arrays: Arrays, down: csr_array, goals: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    clinics = np.flatnonzero(arrays.are("type", "village_clinic"))
    end = down.shape[0]
    found = np.zeros(end + 1, bool)
    graph = with_end(down, goals)
    found[csgraph.breadth_first_order(graph, end, return_predecessors=False)] = True
    return clinics, clinics[found[clinics]]


def cheapest(
    clinics: np.ndarray, down: csr_array, goals: np.ndarray
) -> tuple[np.ndarray, list[np.ndarray]]:
    """The cost of every node, and the paths of the clinics that have one, step by step."""
    end = down.shape[0]
    cost, before = csgraph.dijkstra(with_end(down, goals), indices=end, return_predecessors=True)
    here = clinics[np.isfinite(cost[clinics])]
    ways = [here]
    while len(here):
        here = before[here]
        here = here[here < end]
        ways.append(here)
    return cost, ways


def uses(arrays: Arrays) -> np.ndarray:
    rows = arrays.of("USES_CENTRE")
    own = np.zeros(len(arrays), np.uint8)
    for number, kind in enumerate(CENTRES):
        uses_it = np.zeros(len(arrays), bool)
        uses_it[arrays.source[rows[arrays.are("type", kind)[arrays.target[rows]]]]] = True
        own |= uses_it.astype(np.uint8) << number
    found, up = own.copy(), arrays.of("REFERS_UP_TO")
    np.bitwise_or.at(found, arrays.source[up], own[arrays.target[up]])
    return found
