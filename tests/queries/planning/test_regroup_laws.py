"""A law: what is said of small groupings is what all their plans say, tried one by one."""

from __future__ import annotations

import numpy as np
import pytest

from medgraph.queries.planning import limits
from medgraph.queries.planning.explanation import explained
from medgraph.queries.planning.stages import best_plan
from tests.queries.planning.districts import GROUPS, best_of, every_plan, random_grouping

BROKE_OFF = 30  # where the solver ended with an error after presolve
FEW = [*range(20), BROKE_OFF]
MANY = [seed for seed in range(300) if seed not in FEW]
FURTHER = 3


def close(one: float | None, other: float | None) -> bool:
    return (one is None) == (other is None) and (
        one is None or abs(one - other) <= 1e-5 * (1 + abs(one))
    )


def check_plans(seed: int) -> None:
    """The best plan, and the next three, are as good as the best of all plans, and proven."""
    grouping = random_grouping(seed)
    plans = every_plan(grouping)
    found: list[np.ndarray] = []
    for _ in range(1 + FURTHER):
        got, best = best_plan(grouping, found), best_of(grouping, plans, found)
        assert got.proven
        assert got.impossible == (best is None)
        if best is None:
            return
        assert got.plan.tolist() in plans.tolist()
        assert got.measures.moves == got.bound.moves == best.moves
        assert close(got.measures.minutes, best.minutes)
        assert close(got.measures.spread, best.spread)
        found.append(got.plan)


def check_explanation(seed: int) -> None:
    """Where there is no plan, what would have to go, what conflicts and what sums can be is right."""
    grouping = random_grouping(seed)
    if len(every_plan(grouping)):
        return
    why = explained(grouping)
    for limit in grouping.limits:
        assert (limit in why.relax) == bool(len(every_plan(grouping.but([limit])))), limit.code
    assert why.is_minimal
    rest = [limit for limit in grouping.limits if limit not in why.conflict]
    conflicting = grouping.but(rest)
    assert not len(every_plan(conflicting))
    for limit in why.conflict:
        assert len(every_plan(conflicting.but([limit])))
    check_sums(grouping, why)


def check_sums(grouping, why) -> None:
    balances = [limit for limit in grouping.limits if isinstance(limit, limits.Balance)]
    plans = every_plan(grouping.but(balances))
    if not balances or not len(plans):
        assert not why.sums
        return
    sums = np.stack([(plans == group) @ grouping.weights for group in range(GROUPS)], 1)
    assert close(why.tolerance, np.abs(sums / grouping.mean - 1).max(1).min())
    [balance] = balances
    most, least = (1 + balance.tolerance) * grouping.mean, (1 - balance.tolerance) * grouping.mean
    for group in range(GROUPS):
        ends = sums[:, group].min(), sums[:, group].max()
        assert (group in why.sums) == (ends[0] > most * (1 + 1e-6) or ends[1] < least * (1 - 1e-6))
        if group in why.sums:
            assert all(map(close, why.sums[group], ends))


@pytest.mark.parametrize("seed", FEW)
def test_small_groupings(seed):
    check_plans(seed)
    check_explanation(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", MANY)
def test_many_small_groupings(seed):
    check_plans(seed)
    check_explanation(seed)
