"""Area by area the best plan of a grouping is found, and groups that are split are cut off, whichever solver is there."""

from __future__ import annotations

import random

import networkx as nx
import numpy as np
import pytest

from medgraph.queries.planning import highs
from medgraph.queries.planning.branching import Best, Branching, Relaxation
from medgraph.queries.planning.contiguity import GroupingProgramme
from medgraph.queries.planning.neighbourhood import border, neighbours_of
from medgraph.queries.planning.separation import cut_off
from tests.queries.planning.districts import best_of, every_plan, random_grouping


@pytest.fixture(params=["scipy", "highspy"])
def solver(request, monkeypatch):
    """Each of the two solvers; highspy where it is installed."""
    if request.param == "scipy":
        monkeypatch.setattr(highs, "highspy_installed", lambda: None)
    elif highs.highspy_installed() is None:
        pytest.skip("highspy is not installed")


def fewest_moves(grouping, nodes: int) -> Branching:
    model = GroupingProgramme(grouping, len(grouping))
    costs = model.costs((~grouping.is_today).astype(float))
    relaxation = Relaxation(model, lambda programme: costs)
    branching = Branching(relaxation, Best(None, np.inf), step=1.0)
    found = [grouping.moves(plan) for plan in branching.searched(nodes)]
    assert found == sorted(set(found), reverse=True)
    return branching


@pytest.mark.parametrize("seed", range(30, 42))
def test_it_ends_at_the_fewest_moves_of_all_plans(seed, solver):
    """The last plan moves as few areas as the best of all, or there is none."""
    grouping = random_grouping(seed)
    found, best = fewest_moves(grouping, 10_000), best_of(grouping, every_plan(grouping))
    assert found.is_at_its_end
    assert (found.best.plan is None) == (best is None)
    if best is not None:
        assert grouping.keeps_all(found.best.plan)
        assert found.best.cost == found.bound == grouping.moves(found.best.plan) == best.moves


@pytest.mark.parametrize("seed", range(30, 42))
def test_what_it_says_before_its_end_is_a_bound(seed):
    """After each number of nodes no plan of all costs less than the bound."""
    grouping = random_grouping(seed)
    best = best_of(grouping, every_plan(grouping))
    for nodes in range(4):
        found = fewest_moves(grouping, nodes)
        assert found.bound <= (np.inf if best is None else best.moves) + 1e-6


def through(share, roots, neighbours, area) -> float:
    """How much can flow from the roots to an area."""
    network = nx.DiGraph()
    for one, part in share.items():
        network.add_edge(("in", one), ("out", one), capacity=part)
        for beside in set(neighbours[one]) & share.keys():
            network.add_edge(("out", one), ("in", beside))
    for one, part in roots.items():
        network.add_edge("source", ("in", one), capacity=part)
    return nx.maximum_flow_value(network, "source", ("in", area))


@pytest.mark.parametrize("seed", range(40))
def test_what_is_cut_off_has_more_than_comes_to_it(seed):
    """Each cut lies around its part, and lets too little through; what has no cut gets enough."""
    draw = random.Random(seed)
    count = draw.randint(4, 12)
    pairs = [tuple(draw.sample(range(count), 2)) for _ in range(2 * count)]
    neighbours = neighbours_of(count, pairs)
    share = {one: draw.choice([0.0, 0.2, 0.5, 0.9, 1.0]) for one in range(count)}
    roots = {one: draw.choice([0.3, 1.0, 2.0]) for one in draw.sample(range(count), 2)}
    cuts = {area: (part, around) for area, part, around in cut_off(share, roots, neighbours)}
    for area, (part, around) in cuts.items():
        inside = sum(roots.get(one, 0.0) for one in part)
        assert area in part
        assert border(part, share.keys(), neighbours) <= around
        assert sum(share[one] for one in around) + inside < share[area]
    for area in share.keys() - cuts.keys():
        assert through(share, roots, neighbours, area) >= share[area] - 0.051
