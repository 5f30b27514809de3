"""Which goals are reached both ways, against networkx, and how fast."""

from __future__ import annotations

import time

import networkx as nx
import numpy as np
import pytest

from medgraph.queries.referrals import both_ways
from medgraph.queries.referrals.both_ways import BothWays
from medgraph.queries.referrals.legs import Legs
from medgraph.queries.referrals.routes import Goals


def legs(lower, upper):
    count = len(lower)
    flags = np.zeros(count, np.int8), np.zeros(count, bool)
    return Legs(
        np.array(lower, int), np.array(upper, int), np.ones(count), np.arange(count), *flags
    )


@pytest.mark.parametrize("seed", range(60))
def test_it_is_what_networkx_reaches(seed, monkeypatch):
    """Random legs with loops and parallel ones; goals for everybody and own ones, also in blocks of two."""
    monkeypatch.setattr(both_ways, "_BLOCK", 2 if seed % 2 else 1024)
    random = np.random.default_rng(seed)
    size = int(random.integers(2, 10))
    ways = [random.integers(0, size, (2, random.integers(0, 2 * size))) for _ in range(2)]
    start = random.integers(0, size, 5)
    places = np.flatnonzero(random.random(size) < 0.5)
    graphs = [nx.DiGraph() for _ in ways]
    for graph, (lower, upper) in zip(graphs, ways, strict=True):
        graph.add_nodes_from(range(size))
        graph.add_edges_from(zip(lower.tolist(), upper.tolist(), strict=True))

    def both(one, goal):
        return all(nx.has_path(graph, one, goal) for graph in graphs)

    expected = {
        (i, goal)
        for i, one in enumerate(start.tolist())
        for goal in places.tolist()
        if both(one, goal)
    }
    found = BothWays(*(legs(*way) for way in ways), size, start)
    assert set(zip(*map(np.ndarray.tolist, found.pairs(Goals(places))), strict=True)) == expected
    reaching = found.any_of(np.isin(np.arange(size), places))
    assert set(np.flatnonzero(reaching)) == {i for i, _ in expected}
    owner, goal = random.integers(0, 5, 8), random.integers(0, size, 8)
    own = found.pairs(Goals.own(owner, goal))
    mine = zip(owner.tolist(), goal.tolist(), strict=True)
    assert set(zip(*map(np.ndarray.tolist, own), strict=True)) == {
        (i, node) for i, node in mine if both(int(start[i]), node)
    }


def test_a_ring_is_walked_once_and_not_for_every_start():
    """20,000 townships under a ring of 2,000 leads, none of which leads back: not 40 million steps."""
    ring, starts = np.arange(2000), np.arange(2000, 22000)
    up = legs([*ring, *starts], [*np.roll(ring, -1), *(starts % 2000)])
    begin = time.process_time()
    found = BothWays(up, legs(ring, np.roll(ring, -1)), 22000, starts)
    assert not len(found.pairs(Goals(ring))[0])
    assert time.process_time() - begin < 5
