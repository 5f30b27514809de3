"""Say why no plan keeps all limits: what each group can come to, and which limits conflict.

Four things are asked, each of which is a proof where it has an answer: how far apart the sums of
the groups must be at least; what the sum of each group can be at least and at most whatever the
others are; which limit alone would have to go; and a smallest set of limits that conflict, no one
of which can be left out. There may be other such sets.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from medgraph.progress import advance
from medgraph.queries.planning.annealing import annealed
from medgraph.queries.planning.contiguity import GroupingProgramme
from medgraph.queries.planning.limits import Balance
from medgraph.queries.planning.stages import searched, spread_costs

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Floats
    from medgraph.queries.planning.grouping import Grouping
    from medgraph.queries.planning.limits import Limit
    from medgraph.queries.planning.milp import Programme

_NEAR = 1e-6  # in parts of the mean


@dataclass(frozen=True, eq=False)
class Explanation:
    """Why there is no plan.

    Parameters
    ----------
    tolerance
        With all other limits, no smaller tolerance can be kept; None where that says nothing.
    sums
        By group, where its own limits alone break the tolerance: its least and greatest sum.
    relax
        The limits of which each alone would have to go.
    conflict
        Limits that conflict, none of which can be left out.
    is_minimal
        Whether that is proven of all of them.
    """

    tolerance: float | None
    sums: dict[int, tuple[float, float]]
    relax: tuple[Limit, ...]
    conflict: tuple[Limit, ...]
    is_minimal: bool


def explained(grouping: Grouping) -> Explanation:
    """Return why no plan keeps all limits of a grouping of which that is proven.

    Where somebody stops it, nothing is said but that.
    """
    try:
        return _explained(grouping)
    except KeyboardInterrupt:
        return Explanation(None, {}, (), (), is_minimal=False)


def _explained(grouping: Grouping) -> Explanation:
    balance = next((one for one in grouping.limits if isinstance(one, Balance)), None)
    tolerance, sums = None, {}
    if balance is not None and grouping.mean:
        tolerance = _least_tolerance(grouping.but([balance]))
        sums = _sums_out_of(grouping.but([balance]), balance)
    relax = tuple(one for one in _told(grouping.limits) if can_be(grouping.but([one])) is True)
    conflict, is_minimal = _conflict(grouping)
    return Explanation(tolerance, sums, relax, conflict, is_minimal)


def can_be(grouping: Grouping) -> bool | None:
    """Whether a plan keeps all limits; None where that is not decided.

    >>> import numpy as np
    >>> from medgraph.queries.planning.grouping import Grouping
    >>> from medgraph.queries.planning.limits import Balance
    >>> two = Grouping(np.array([0, 1]), 2, ((1,), (0,)), np.array([1.0, 3.0]))
    >>> can_be(two), can_be(two.but((), [Balance("tolerance 0.1", 0.1)]))
    (True, False)
    """
    if not grouping.allowed.any(axis=1).all():
        return False
    if annealed(grouping) is not None:
        return True
    model = GroupingProgramme(grouping, len(grouping))
    outcome = searched(model, lambda programme: np.zeros(programme.width))
    if outcome.plan is not None:
        return grouping.keeps_all(outcome.plan) or None
    return False if outcome.proven else None


def _told(limits: tuple[Limit, ...]) -> list[Limit]:
    """The limits, reporting how many of them were tried."""
    tried = []
    for number, limit in enumerate(limits):
        advance(number, len(limits))
        tried.append(limit)
    return tried


def _least_tolerance(grouping: Grouping) -> float | None:
    """No plan that keeps the other limits has all sums nearer to their mean."""
    model = GroupingProgramme(grouping, len(grouping))
    outcome = searched(model, lambda programme: spread_costs(model, programme))
    return outcome.bound if 0 < outcome.bound < np.inf else None


def _sums_out_of(grouping: Grouping, balance: Balance) -> dict[int, tuple[float, float]]:
    found = {}
    near = _NEAR * grouping.mean
    for group in range(grouping.groups):
        least, greatest = _least_sum(grouping, group, 1), -_least_sum(grouping, group, -1)
        is_out = least > balance.most(grouping) + near or greatest < balance.least(grouping) - near
        if is_out and np.isfinite([least, greatest]).all():
            found[group] = (least, greatest)
    return found


def _least_sum(grouping: Grouping, group: int, sign: int) -> float:
    """A bound of the sum of a group, or of its negative, that no plan is below."""
    model = GroupingProgramme(grouping, len(grouping))
    of_area = np.zeros((len(grouping), grouping.groups))
    of_area[:, group] = sign * grouping.weights / grouping.mean
    costs = model.costs(of_area)

    def asked(programme: Programme) -> Floats:
        del programme
        return costs

    return searched(model, asked).bound * grouping.mean


def _conflict(grouping: Grouping) -> tuple[tuple[Limit, ...], bool]:
    """Leave out each limit without which there still is no plan; what is left conflicts."""
    is_minimal = True
    for limit in grouping.limits:
        without = grouping.but([limit])
        possible = can_be(without)
        if possible is False:
            grouping = without
        is_minimal = is_minimal and possible is not None
    return grouping.limits, is_minimal
