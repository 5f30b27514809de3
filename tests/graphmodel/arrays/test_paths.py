"""Every kernel equals a plain networkx implementation on thousands of small random networks."""

import itertools

import networkx as nx
import numpy as np
import pytest

from medgraph.graphmodel.arrays import paths as kernels
from medgraph.graphmodel.arrays.dominators import dominator_tree
from medgraph.graphmodel.arrays.matrices import compiled


def random_links(seed):
    """A small graph with cycles, self-links, parallel links, parts without a way, zero and missing minutes."""
    rng = np.random.default_rng(seed)
    count = int(rng.integers(1, 13))
    links = int(rng.integers(0, count * rng.integers(1, 4) + 1))
    tail, head = rng.integers(0, count, links), rng.integers(0, count, links)
    if rng.random() < 0.3:  # nearly without cycles, as referrals are
        tail, head = np.minimum(tail, head), np.maximum(tail, head)
    minutes = rng.choice([0.0, 1.0, 2.0, 5.0, 30.0, np.inf], links)
    goals = np.flatnonzero(rng.random(count) < rng.choice([0.1, 0.3]))
    return count, tail, head, minutes, goals


def graphs(seed):
    count, tail, head, minutes, goals = random_links(seed)
    up = compiled(tail, head, minutes, count, least=True)
    down = compiled(head, tail, minutes, count, least=True)
    plain = nx.MultiDiGraph()
    plain.add_nodes_from(range(count))
    plain.add_edges_from(
        (int(a), int(b), {"minutes": float(m)}) for a, b, m in zip(tail, head, minutes, strict=True)
    )
    return up, down, plain, goals


def finite(plain):
    return nx.MultiDiGraph(
        (a, b, d) for a, b, d in plain.edges(data=True) if np.isfinite(d["minutes"])
    )


@pytest.mark.parametrize("start", range(0, 3000, 500))
def test_reaching_equals_descendants(start):
    """Who reaches a goal is who has one among its descendants."""
    for seed in range(start, start + 500):
        _, down, plain, goals = graphs(seed)
        wanted = {v for v in plain if v in goals or nx.descendants(plain, v) & set(goals.tolist())}
        assert set(np.flatnonzero(kernels.reaching(down, goals)).tolist()) == wanted, seed
        _, tail, head, _, _ = random_links(seed)
        leading = kernels.leading_to(tail, head, np.isin(np.arange(len(plain)), goals))
        assert set(np.flatnonzero(leading).tolist()) == wanted, seed


@pytest.mark.parametrize("start", range(0, 2000, 500))
def test_cheapest_ways_cost_what_dijkstra_says(start):
    """Every way is made of links that are there, ends at a goal, and costs what networkx finds, by heap too."""
    for seed in range(start, start + 500):
        _, down, plain, goals = graphs(seed)
        reverse = finite(plain).reverse()
        reverse.add_nodes_from(plain)
        wanted = (
            nx.multi_source_dijkstra_path_length(reverse, set(goals.tolist()), weight="minutes")
            if len(goals)
            else {}
        )
        for ways in (kernels.cheapest(down, goals), kernels._by_heap(down, goals)):
            assert {v: c for v, c in enumerate(ways.cost) if np.isfinite(c)} == wanted, seed
            start_of, nodes = ways.paths(np.arange(len(plain)))
            for v in plain:
                path = nodes[start_of[v] : start_of[v + 1]].tolist()
                assert bool(path) == (v in wanted)
                if path:
                    assert path[0] == v
                    assert path[-1] in goals
                    assert wanted[v] == sum(
                        min(d["minutes"] for d in plain[a][b].values())
                        for a, b in itertools.pairwise(path)
                    )


@pytest.mark.parametrize("start", range(0, 4000, 500))
def test_who_loses_every_way_is_who_cannot_reach_a_goal_without_it(start):
    """Taking a facility out and looking again, one by one, names the same losers."""
    for seed in range(start, start + 500):
        up, down, plain, goals = graphs(seed)
        found = dominator_tree(up, down, goals)
        alive = kernels.reaching(down, goals)
        for stopped in plain:
            rest = nx.subgraph_view(plain, filter_node=lambda v, stopped=stopped: v != stopped)
            left = set(goals.tolist()) - {stopped}
            still = {v for v in rest if v in left or nx.descendants(rest, v) & left}
            lost = {v for v in plain if alive[v] and v != stopped and v not in still}
            assert set(found.of(stopped).tolist()) == lost, (seed, stopped)
            assert found.losers[stopped] == len(lost)


def test_dominators_equal_immediate_dominators():
    """The dominator of a position is its immediate dominator from the goals, on larger graphs with many cycles."""
    for seed in range(40):
        rng = np.random.default_rng(seed)
        tail, head = rng.integers(0, 300, 500), rng.integers(0, 300, 500)
        goals = rng.choice(300, 5, replace=False)
        ones = np.ones(500)
        found = dominator_tree(
            compiled(tail, head, ones, 300, least=True),
            compiled(head, tail, ones, 300, least=True),
            goals,
        )
        plain = nx.DiGraph(zip(head.tolist(), tail.tolist(), strict=True))
        plain.add_edges_from(("end", int(g)) for g in goals)
        wanted = {
            v: d
            for v, d in nx.immediate_dominators(plain, "end").items()
            if v != "end" and d is not None
        }
        assert {
            v: (int(g) if g >= 0 else "end")
            for v, g in enumerate(found.dominator)
            if found.depth[v]
        } == wanted


def test_neighbours_are_the_heads_of_all_links():
    """The groups of many facilities at once are, row by row, the successors of each."""
    for seed in range(1000):
        up, _, plain, goals = graphs(seed)
        heads, at = kernels.neighbours(up, goals)
        wanted = [(v, w) for v in goals.tolist() for w in sorted(set(plain.successors(v)))]
        tails = np.repeat(goals, np.diff(up.indptr)[goals])
        assert list(zip(tails.tolist(), heads.tolist(), strict=True)) == wanted
        assert up.data[at].tolist() == [
            min(d["minutes"] for d in plain[v][w].values()) for v, w in wanted
        ]


def test_one_hop_is_own_or_one_link_up():
    """The bits of a position are its own and those of whom it refers up to directly."""
    for seed in range(1000):
        up, _, plain, _ = graphs(seed)
        own = np.random.default_rng(seed).integers(0, 32, len(plain)).astype(np.uint8)
        wanted = [
            int(np.bitwise_or.reduce([own[v], *(own[w] for w in plain.successors(v))]))
            for v in plain
        ]
        assert kernels.one_hop(up, own).tolist() == wanted


def test_weights_are_summed_over_the_losers():
    """People behind a facility are the people of those that lose every way without it."""
    for seed in range(300):
        up, down, plain, goals = graphs(seed)
        found = dominator_tree(up, down, goals)
        weight = np.arange(len(plain)) ** 2
        assert found.weighted(weight).tolist() == [int(weight[found.of(v)].sum()) for v in plain]
