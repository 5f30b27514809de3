"""Choose sites so that areas have one in reach: the fewest for all (LSCP), the most people (MCLP).

Toregas, Swain, ReVelle & Bergman 1971; Church & ReVelle 1974. Areas with the same sites in reach
are one; a site that reaches no more than another and costs no less is left out; where all areas
must be reached, so is an area that has whatever site another one has. What is left goes to the
solver.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from medgraph.queries.planning.milp import Programme, Stopped
from medgraph.queries.planning.siting import Choice, nodes_for

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Floats, Mask, Positions
    from medgraph.queries.planning.siting import Siting

_NEAR = 1e-6  # what a bound may lack of a whole number
_COMPARED = 6_000  # areas, or sites, up to which each is compared with each


def fewest(asked: Siting, *, enough: float | None = None) -> Choice:
    """Choose the cheapest sites so that each area has one in reach.

    An area without any site in reach makes it impossible. With `enough`, any choice that costs no
    more will do, and that there is none is proven where `sites` is None and `proven`.
    """
    open_areas = ~asked.reach[:, asked.fixed].any(axis=1)
    reach = asked.reach[open_areas] & ~asked.fixed
    if not reach.any(axis=1).all() or asked.has_too_many_fixed:
        return Choice(None, np.inf, np.inf, proven=True)
    if not len(reach):
        return Choice(asked.fixed.copy(), 0.0, 0.0, proven=True)
    rows, sites = _without_dominated(reach, asked.cost)
    reach = reach[np.ix_(rows, sites)]
    programme = Programme()
    chosen = programme.variables(len(sites))
    area, site = np.nonzero(reach)
    programme.rows(area, chosen[site], least=np.ones(len(rows)))
    limits = [limit for limit in (enough, asked.most) if limit is not None and np.isfinite(limit)]
    if limits:
        programme.row(chosen, asked.cost[sites], most=min(limits))
    if asked.spare is not None:
        programme.row(chosen, most=asked.spare)
    gap = 0.0 if enough is None else 1.0
    is_stopped = False
    try:
        found = programme.minimised(asked.cost[sites], gap=gap, nodes=nodes_for(len(area)))
    except Stopped as stopped:
        if enough is not None:
            raise  # it is a step of a longer search, which ends as well
        found, is_stopped = stopped.solution, True
    bound = _rounded_up(found.bound, asked.cost[sites])
    choice = _choice(asked, sites, found.values, found.cost, bound, found.proven)
    return replace(choice, is_stopped=is_stopped)


def most_people(asked: Siting) -> Choice:
    """Choose as many sites, for as much, as is allowed, so that most people have one in reach."""
    if asked.has_too_many_fixed:
        return Choice(None, -np.inf, -np.inf, proven=True)
    open_areas = ~asked.reach[:, asked.fixed].any(axis=1) & (asked.people > 0)
    sure = float(asked.people[~open_areas].sum())
    reach, people = _merged(asked.reach[open_areas] & ~asked.fixed, asked.people[open_areas])
    sites = _undominated_sites(reach, asked.cost)
    if not len(sites):
        return Choice(asked.fixed.copy(), sure, sure, proven=True)
    reach = reach[:, sites]
    programme = Programme()
    chosen = programme.variables(len(sites))
    reached = programme.variables(len(people), whole=False)
    area, site = np.nonzero(reach)
    rows = np.concatenate([area, np.arange(len(people))])
    columns = np.concatenate([chosen[site], reached])
    factors = np.repeat([1.0, -1.0], [len(area), len(people)])
    programme.rows(rows, columns, factors, least=np.zeros(len(people)))
    if np.isfinite(asked.most):
        programme.row(chosen, asked.cost[sites], most=asked.most)
    if asked.spare is not None:
        programme.row(chosen, most=asked.spare)
    worth = np.concatenate([np.zeros(len(sites)), -people])
    is_stopped = False
    try:
        found = programme.minimised(worth, nodes=nodes_for(len(area)))
    except Stopped as stopped:
        found, is_stopped = stopped.solution, True
    values = None if found.values is None else found.values[: len(sites)]
    choice = _choice(asked, sites, values, sure - found.cost, sure - found.bound, found.proven)
    return replace(choice, is_stopped=is_stopped)


def _choice(
    asked: Siting,
    sites: Positions,
    values: Floats | None,
    value: float,
    bound: float,
    proven: bool,
) -> Choice:
    if values is None:
        return Choice(None, value, bound, proven)
    mask = asked.fixed.copy()
    mask[sites[values > 0.5]] = True
    return Choice(mask, value, bound, proven)


def _rounded_up(bound: float, cost: Floats) -> float:
    """Return the bound of a sum of whole costs as a whole number."""
    is_whole = np.isfinite(bound) and not (cost % 1).any()
    return float(np.ceil(bound - _NEAR)) if is_whole else bound


def _merged(reach: Mask, people: Floats) -> tuple[Mask, Floats]:
    """Make one of the areas that have the same sites in reach, leaving out those without any."""
    some = reach.any(axis=1)
    kinds, which = np.unique(np.packbits(reach[some], axis=1), axis=0, return_inverse=True)
    alike: Mask = np.unpackbits(kinds, axis=1, count=reach.shape[1]).astype(bool)
    merged = np.bincount(which.ravel(), weights=people[some], minlength=len(kinds))
    return alike, merged.astype(float)


def _without_dominated(reach: Mask, cost: Floats) -> tuple[Positions, Positions]:
    """Return the areas and the sites that are left where all areas must be reached."""
    _, rows = np.unique(np.packbits(reach, axis=1), axis=0, return_index=True)
    columns = np.arange(reach.shape[1])
    while True:
        own = reach[np.ix_(rows, columns)]
        columns = columns[_undominated_sites(own, cost[columns])]
        own = reach[np.ix_(rows, columns)]
        kept = _undemanding(own)
        if len(kept) == len(rows):
            return rows, columns
        rows = rows[kept]


def _undominated_sites(reach: Mask, cost: Floats) -> Positions:
    """Return the sites of which no other reaches as much for as little."""
    useful = np.flatnonzero(reach.any(axis=0))
    if len(useful) > _COMPARED:
        return useful
    size, common = _common(reach[:, useful].T)
    within = common == size[:, None]  # all that a site reaches, another one reaches too
    price = cost[useful]
    same = within & within.T & (price[:, None] == price)
    first = np.arange(len(useful))[:, None] > np.arange(len(useful))  # of the same, the first stays
    better = within & (price[:, None] >= price) & (~same | first)
    np.fill_diagonal(better, False)
    best: Positions = useful[~better.any(axis=1)]
    return best


def _undemanding(reach: Mask) -> Positions:
    """Return the areas that no other makes superfluous: it has no site that they do not have."""
    if len(reach) > _COMPARED:
        return np.arange(len(reach))
    size, common = _common(reach)
    implied = (common == size) & ~((common == size[:, None]) & _not_before(len(reach)))
    np.fill_diagonal(implied, False)
    return np.flatnonzero(~implied.any(axis=1))


def _common(sets: Mask) -> tuple[Floats, Floats]:
    """Return how much is in each set, and in each two of them."""
    numbers: Any = sets.astype(np.float32)  # whole numbers up to 16 million are exact
    return numbers.sum(axis=1), numbers @ numbers.T


def _not_before(count: int) -> Mask:
    """Return where the row does not come after the column."""
    found: Mask = np.arange(count)[:, None] <= np.arange(count)
    return found
