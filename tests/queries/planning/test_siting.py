"""The four models of sites against every choice there is, with all kinds of limit."""

from __future__ import annotations

import dataclasses
import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from medgraph.progress import watching
from medgraph.queries.planning import allotment, covering, p_centre, p_median
from medgraph.queries.planning.milp import Programme, Stopped
from medgraph.queries.planning.siting import Siting


@st.composite
def sitings(draw, *, capacities: bool = False, money: bool = True) -> Siting:
    """Up to seven areas and six sites; some ways are closed, some sites fixed."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    areas, sites = draw(st.integers(1, 7)), draw(st.integers(1, 6))
    minutes = rng.integers(0, 12, (areas, sites)).astype(float)
    minutes[rng.random((areas, sites)) < 0.25] = np.inf
    fixed = rng.random(sites) < 0.2
    place = None
    if capacities and draw(st.booleans()):
        place = np.unique(rng.integers(0, sites, sites), return_inverse=True)[1]
        fixed &= np.bincount(place, weights=fixed)[place] <= 1
    return Siting(
        minutes,
        rng.integers(1, 6, areas).astype(float),
        fixed,
        rng.integers(1, 5, sites).astype(float),
        float(draw(st.integers(0, 8))) if money and draw(st.booleans()) else np.inf,
        draw(st.none() | st.integers(0, sites)),
        np.where(rng.random(sites) < 0.2, np.inf, rng.integers(1, 12, sites))
        if capacities
        else None,
        place,
    )


def choices(asked: Siting):
    """Every mask over sites that keeps the limits."""
    for picked in itertools.product([False, True], repeat=asked.sites):
        sites = np.array(picked) | asked.fixed
        if not (np.array(picked) == sites).all():
            continue
        if asked.number is not None and sites.sum() > asked.number:
            continue
        if asked.cost[sites & ~asked.fixed].sum() > asked.most:
            continue
        if asked.place is not None and np.bincount(asked.place[sites]).max(initial=0) > 1:
            continue
        yield sites


def nearest(asked: Siting, sites) -> np.ndarray:
    return asked.minutes[:, sites].min(axis=1, initial=np.inf)


def price(asked: Siting, sites) -> float:
    return float(asked.cost[sites & ~asked.fixed].sum())


def agree(found, asked: Siting, worth, *, greatest: bool = False) -> None:
    """The choice found is the best of all choices, and says so; `worth` is None where one fails."""
    worths = [value for sites in choices(asked) if (value := worth(asked, sites)) is not None]
    assert found.proven
    if not worths:
        assert found.sites is None
        return
    best = max(worths) if greatest else min(worths)
    assert found.sites is not None
    assert any((found.sites == sites).all() for sites in choices(asked))
    assert worth(asked, found.sites) == pytest.approx(best, abs=1e-6)
    assert found.value == pytest.approx(best, abs=1e-6)
    assert found.bound == pytest.approx(best, abs=1e-4)


def cheapest(asked, sites):
    return price(asked, sites) if np.isfinite(nearest(asked, sites)).all() else None


def people_reached(asked, sites):
    return float(asked.people[np.isfinite(nearest(asked, sites))].sum())


def person_minutes(asked, sites):
    ways = nearest(asked, sites)
    return float(asked.people @ ways) if np.isfinite(ways).all() else None


def longest(asked, sites):
    ways = nearest(asked, sites)
    return float(ways.max()) if np.isfinite(ways).all() else None


@settings(deadline=None, max_examples=60)
@given(sitings())
def test_uncapacitated_models_find_the_best_of_all_choices(asked):
    agree(covering.fewest(asked), asked, cheapest)
    agree(covering.most_people(asked), asked, people_reached, greatest=True)
    agree(p_centre.least_longest_way(asked), asked, longest)


@settings(deadline=None, max_examples=60)
@given(sitings(money=False))
def test_p_median_finds_the_best_of_all_choices(asked):
    agree(p_median.least_person_minutes(asked), asked, person_minutes)
    agree(allotment.least_person_minutes(asked), asked, person_minutes)


def flow(asked: Siting, sites, *, all_served: bool) -> float | None:
    """By a linear programme of its own: the most people served, or the fewest person-minutes."""
    area, site = np.nonzero(asked.reach & sites)
    if not len(area):
        return None if all_served else 0.0
    from_area = (area == np.arange(asked.areas)[:, None]).astype(float)
    limited = np.flatnonzero(np.isfinite(asked.capacity))
    to_site = (site == limited[:, None]).astype(float)
    if all_served:
        done = linprog(
            asked.minutes[area, site],
            A_eq=from_area,
            b_eq=asked.people,
            A_ub=to_site if len(limited) else None,
            b_ub=asked.capacity[limited] if len(limited) else None,
        )
        return done.fun if done.status == 0 else None
    rows = np.vstack([from_area, to_site])
    limits = np.concatenate([asked.people, asked.capacity[limited]])
    return -linprog(-np.ones(len(area)), A_ub=rows, b_ub=limits).fun


def cheapest_with_room(asked, sites):
    return None if flow(asked, sites, all_served=True) is None else price(asked, sites)


def longest_with_room(asked, sites):
    for minutes in np.unique(asked.minutes[asked.reach]):
        if flow(asked.within(minutes), sites, all_served=True) is not None:
            return float(minutes)
    return None


@settings(deadline=None, max_examples=40)
@given(sitings(capacities=True))
def test_models_with_capacities_find_the_best_of_all_choices(asked):
    agree(allotment.cheapest_for_all(asked), asked, cheapest_with_room)
    served = allotment.most_served(asked)
    agree(served, asked, lambda a, s: flow(a, s, all_served=False), greatest=True)
    median = allotment.least_person_minutes(asked)
    agree(median, asked, lambda a, s: flow(a, s, all_served=True))
    centre = allotment.least_longest_way(asked)
    worths = [w for s in choices(asked) if (w := longest_with_room(asked, s)) is not None]
    assert centre.proven
    assert (centre.value if centre.sites is not None else None) == min(worths, default=None)


@settings(deadline=None, max_examples=40)
@given(sitings(capacities=True))
def test_people_are_allotted_as_many_as_can_be(asked):
    """Nobody twice, no site beyond its room, only to chosen sites in reach, and most in all."""
    for sites in itertools.islice(choices(asked), 8):
        people = allotment.allotted(asked, sites)
        assert (people.sum(axis=1) <= asked.people + 1e-6).all()
        assert (people.sum(axis=0) <= asked.capacity + 1e-6).all()
        assert not people[~asked.reach].any()
        assert not people[:, ~sites].any()
        assert people.sum() == pytest.approx(flow(asked, sites, all_served=False), abs=1e-6)


def test_who_is_stopped_keeps_the_best_so_far(monkeypatch):
    """The median's search by the solver, and the third question of the centre's, are ended."""
    minutes, people = spread(40, 12, 3)
    asked = Siting(minutes, people.astype(float), np.zeros(12, bool), np.ones(12), number=3)
    best = p_median.least_person_minutes(asked)

    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(p_median, "_by_solver", stopped)
    monkeypatch.setattr(p_median, "_is_proven", lambda value, bound: False)
    found = p_median.least_person_minutes(asked)
    assert found.is_stopped
    assert not found.proven
    assert found.bound <= best.value <= found.value
    monkeypatch.setattr(p_centre, "_greedy", lambda near: None)
    whole, answers = p_centre.least_longest_way(asked), iter([covering.fewest] * 2)
    monkeypatch.setattr(p_centre, "fewest", lambda *a, **k: next(answers, stopped)(*a, **k))
    part = p_centre.least_longest_way(asked)
    assert part.is_stopped
    assert part.bound <= whole.value <= part.value


def spread(areas: int, sites: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    here, there = rng.random((areas, 1, 2)) * 100, rng.random((1, sites, 2)) * 100
    return np.round(np.hypot(*(here - there).transpose(2, 0, 1))), rng.integers(100, 5000, areas)


def test_a_bound_stays_below_what_is_found():
    """200 areas and 60 sites: the bound of Lagrange's method is below the optimum of the solver."""
    minutes, people = spread(200, 60, 1)
    asked = Siting(minutes, people.astype(float), np.zeros(60, bool), np.ones(60), number=10)
    search = p_median._Lagrange(asked, 10, np.arange(60) < 10)
    search.run()
    found = p_median.least_person_minutes(asked)
    assert found.proven
    assert search.bound <= found.value <= search.best.value
    assert person_minutes(asked, found.sites) == found.value
    surely, never = search.left_open()
    assert not (surely & ~found.sites).any()
    assert not (never & found.sites).any()


@pytest.mark.parametrize("seed", range(3))
def test_interchange_leaves_no_change_that_helps(seed):
    """Every change of one site for another, tried one by one, costs no less."""
    minutes, people = spread(30, 12, seed)
    cost = people[:, None] * minutes
    start = np.arange(12) < 4
    sites = p_median.interchanged(cost, start, np.zeros(12, bool))
    value = p_median.worth(cost, sites)
    assert value <= p_median.worth(cost, start)
    for gone, come in itertools.product(np.flatnonzero(sites), np.flatnonzero(~sites)):
        other = sites.copy()
        other[gone], other[come] = False, True
        assert p_median.worth(cost, other) >= value - 1e-6 * len(cost)


@pytest.mark.parametrize(
    ("solve", "number"),
    [(covering.fewest, None), (covering.most_people, 3), (allotment.most_served, 3)],
)
def test_a_search_that_is_stopped_keeps_what_the_solver_found(solve, number, monkeypatch):
    """The best choice by then comes with the bound by then, and is not proven."""
    minutes, people = spread(40, 12, 3)
    none, each = np.zeros(12, bool), np.ones(12)
    asked = Siting(minutes, people.astype(float), none, each, number=number)
    asked = asked.within(float(minutes.min(axis=1).max()))
    best = solve(asked)
    whole = Programme.minimised

    def stopped(*given, **how):
        found = whole(*given, **how)
        raise Stopped(dataclasses.replace(found, bound=found.bound - 1, proven=False))

    monkeypatch.setattr(Programme, "minimised", stopped)
    found = solve(asked)
    assert found.is_stopped
    assert not found.proven
    assert found.value == best.value
    assert found.bound != best.bound


def test_a_stopped_solver_says_what_it_found():
    """highspy hears of it within its search; what it has by then is a solution with a bound."""
    pytest.importorskip("highspy")
    looks = itertools.count()
    rng = np.random.default_rng(3)
    programme = Programme()
    own = programme.variables(300)  # too many to be solved before somebody looks
    for _ in range(60):
        programme.row(own, rng.integers(1, 60, 300).astype(float), most=2500)
    costs = -rng.integers(1, 60, 300).astype(float)
    with (
        watching(lambda done, total: None, stop=lambda: next(looks) > 20),
        pytest.raises(Stopped) as stopped,
    ):
        programme.minimised(costs, nodes=10**7)
    assert stopped.value.solution.bound <= stopped.value.solution.cost < 0
