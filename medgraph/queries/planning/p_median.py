"""Choose sites so that the people are the fewest minutes in all from the next one (p-median).

A choice by Lagrange's method and by interchange, with a bound; then only the sites that the bound
leaves open go to the solver, by radii (Hakimi 1964; Narula, Ogbu & Samuelsson 1977; Teitz & Bart
1968; Garcia, Labbé & Marín 2011).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from medgraph.queries.planning.covering import fewest
from medgraph.queries.planning.milp import Programme
from medgraph.queries.planning.siting import Choice, tell_so_far

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Floats, Mask, Positions
    from medgraph.queries.planning.siting import Siting

_STEPS = 1_500  # of Lagrange's method
_LOOK = 25  # steps between two reports
_PATIENCE = 30  # steps without a better bound before they are made smaller
_NEAREST = 20  # sites of an area that are looked at, at least
_LEAST_STRIDE = 1e-4
_NEAR = 1e-6  # a part of the value that is no difference
_ENTRIES = 15_000  # pairs of area and radius up to which the solver is asked


def least_person_minutes(asked: Siting) -> Choice:
    """Choose so many sites that the sum of people times minutes to the next one is least.

    Only their number is limited; every area must reach one.
    """
    start = fewest(asked, enough=np.inf)
    if start.sites is None:
        return Choice(None, np.inf, np.inf if start.proven else 0.0, start.proven)
    if not asked.areas:
        return Choice(start.sites, 0.0, 0.0, proven=True)
    number = asked.sites if asked.number is None else min(asked.number, asked.sites)
    search = _Lagrange(asked, number, start.sites)
    try:
        search.run()
        bound, best = search.bound, search.best
        if not _is_proven(best.value, bound):
            best, bound = _by_solver(search)
    except KeyboardInterrupt:  # what is found so far is worth telling
        best, lower = search.best, max(0.0, min(search.bound, search.best.value))
        return Choice(best.sites, best.value, lower, proven=False, is_stopped=True)
    is_proven = _is_proven(best.value, bound)
    return Choice(best.sites, best.value, best.value if is_proven else bound, is_proven)


def _is_proven(value: float, bound: float) -> bool:
    return bool(bound >= value - _NEAR * max(1.0, abs(value)))


@dataclass
class _Best:
    """The best sites so far, and their value."""

    sites: Mask
    value: float


class _Lagrange:
    """Lagrange's method: every area pays `price`, and the sites that gain most by it are opened.

    What the areas pay, less what the sites gain, is a bound for every price; the prices of areas
    that nobody serves rise, those of areas that several serve fall. Only the nearest sites of an
    area are looked at, and no price goes beyond the last of them, so that the bound holds.
    """

    def __init__(self, asked: Siting, number: int, start: Mask) -> None:
        way = np.where(asked.reach, asked.minutes, 0.0)
        self.cost = np.where(asked.reach, asked.people[:, None] * way, np.inf)
        self.fixed = asked.fixed
        self.number = number
        sites = asked.sites
        width = min(sites, _NEAREST + 6 * -(-sites // max(number, 1)))
        self._order = np.argsort(self.cost, axis=1, kind="stable")[:, :width]
        # To go where there is no way costs much, not infinitely: the bound then holds all the same.
        most = np.max(self.cost, axis=1, where=asked.reach, initial=0.0)
        self._near = np.take_along_axis(self.cost, self._order, axis=1)
        self._near = np.minimum(self._near, 3 * most[:, None] + 1)
        beyond = np.full(len(most), np.inf) if width == sites else self._near[:, -1]
        self._ceiling = np.minimum(beyond, 3 * most + 1)
        self.price = np.minimum(self._near[:, min(1, width - 1)], self._ceiling)
        self.gain = np.zeros(sites)
        self.bound = -np.inf
        self.best = _Best(start, worth(self.cost, start))

    def run(self) -> None:
        """Raise the bound, and find sites on the way; then interchange them."""
        stride, waited = 1.0, 0
        price = self.price
        for step in range(_STEPS):
            if step % _LOOK == 0:
                tell_so_far(self.best.value, self.bound)
            gain, opened, served = self._opened(price)
            value = price.sum() - gain[opened].sum()
            is_step = value > self.bound + _NEAR * abs(value)
            if value > self.bound:
                self.bound, self.price, self.gain = float(value), price, gain
            waited = 0 if is_step else waited + 1
            self._consider(opened)
            slope = 1.0 - served
            length = slope @ slope
            if not length or stride < _LEAST_STRIDE or _is_proven(self.best.value, self.bound):
                break
            if waited > _PATIENCE:
                stride, waited, price = stride / 2, 0, self.price
                continue
            price = price + stride * (1.01 * self.best.value - value) / length * slope
            price = np.clip(price, 0.0, self._ceiling)
        sites = interchanged(self.cost, self.best.sites, self.fixed)
        self._consider(sites)

    def _opened(self, price: Floats) -> tuple[Floats, Mask, Floats]:
        """Return what each site gains, which ones open, and how many serve each area."""
        saved = np.maximum(price[:, None] - self._near, 0.0)
        sites = len(self.fixed)
        gain: Floats = np.bincount(
            self._order.ravel(), weights=saved.ravel(), minlength=sites
        ).astype(float)
        spare = self.number - int(self.fixed.sum())
        rank = np.argsort(np.where(self.fixed, -np.inf, -gain), kind="stable")
        opened = self.fixed.copy()
        opened[rank[self.fixed.sum() :][:spare]] = True
        serving = (saved > 0) & opened[self._order]
        return gain, opened, serving.sum(axis=1).astype(float)

    def _consider(self, sites: Mask) -> None:
        value = worth(self.cost, sites)
        if value < self.best.value:
            self.best = _Best(sites.copy(), value)

    def left_open(self) -> tuple[Mask, Mask]:
        """Return the sites that every better choice has, and those that none has."""
        slack = self.best.value * (1 - _NEAR) - self.bound
        free = ~self.fixed
        spare = self.number - int(self.fixed.sum())
        ranked = np.sort(self.gain[free])[::-1]
        last = ranked[spare - 1] if 0 < spare <= len(ranked) else np.inf
        next_one = ranked[spare] if spare < len(ranked) else 0.0
        surely = self.fixed | (free & (self.gain - next_one > slack))
        never = free & ((last - self.gain > slack) | (spare == 0))
        return surely, never


def worth(cost: Floats, sites: Mask) -> float:
    """Return the sum over all areas of what the cheapest of these sites costs each."""
    return float(cost[:, sites].min(axis=1, initial=np.inf).sum())


def interchanged(cost: Floats, sites: Mask, fixed: Mask) -> Mask:
    """Change one site for another, the best such change each time, until none helps."""
    sites = sites.copy()
    finite = np.isfinite(cost)
    penalty = np.max(cost, axis=1, where=finite, initial=0.0).sum() + 1  # nobody is left without
    cost = np.where(finite, cost, penalty)
    while True:
        gone, come, saved = _best_change(cost, sites, fixed)
        if saved <= _NEAR * cost.shape[0]:
            return sites
        sites[gone], sites[come] = False, True


def _best_change(cost: Floats, sites: Mask, fixed: Mask) -> tuple[int, int, float]:
    """Return the site to close, the one to open in its place, and what that saves."""
    from scipy.sparse import csr_array

    own = np.flatnonzero(sites)
    closing, others = np.flatnonzero(sites & ~fixed), np.flatnonzero(~sites)
    if not len(closing) or not len(others):
        return 0, 0, 0.0
    first, second, nearest = _two_cheapest(cost, own)
    new = cost[:, others]
    with_both = np.minimum(new, first[:, None])
    lost = np.minimum(new, second[:, None]) - with_both  # more, where the nearest closes
    areas = np.arange(len(cost))
    belongs = csr_array((np.ones(len(cost)), (nearest, areas)), shape=(cost.shape[1], len(cost)))
    saved = (first[:, None] - with_both).sum(axis=0) - (belongs @ lost)[closing]
    gone, come = np.unravel_index(int(saved.argmax()), saved.shape)
    return int(closing[gone]), int(others[come]), float(saved[gone, come])


def _two_cheapest(cost: Floats, own: Positions) -> tuple[Floats, Floats, Positions]:
    """Return for each area the cost of its cheapest site, of its second, and which the first is."""
    costs = cost[:, own]
    which = costs.argmin(axis=1)
    areas = np.arange(len(cost))
    first = costs[areas, which]
    costs[areas, which] = np.inf
    second = costs.min(axis=1) if len(own) > 1 else np.full(len(cost), cost.max())
    return first, second, own[which]


def _by_solver(search: _Lagrange) -> tuple[_Best, float]:
    """Return the best sites and a bound, where few enough sites are left open for the solver.

    An area pays the cost to its nearest radius, and more for every further radius within which no
    site is chosen.
    """
    surely, never = search.left_open()
    free = np.flatnonzero(~surely & ~never)
    cost = search.cost
    sure = cost[:, surely].min(axis=1, initial=np.inf)
    near = np.where(cost[:, free] < sure[:, None], cost[:, free], np.inf)
    if np.isfinite(near).sum() > _ENTRIES:
        return search.best, search.bound
    programme = Programme()
    chosen = programme.variables(len(free))
    programme.row(chosen, most=search.number - int(surely.sum()))
    base, prices = _radii(programme, chosen, near, sure)
    found = programme.minimised(prices)
    bound = max(search.bound, min(base + found.bound, search.best.value))
    if found.values is None:
        return search.best, bound
    sites = surely.copy()
    sites[free[found.values[: len(free)] > 0.5]] = True
    value = worth(cost, sites)
    best = _Best(sites, value) if value < search.best.value else search.best
    return best, bound


def _radii(
    programme: Programme, chosen: Positions, near: Floats, sure: Floats
) -> tuple[float, Floats]:
    """Add to a programme the radii of all areas; return what is paid anyhow, and all prices.

    `near` is what the free sites cost each area, `sure` what it costs with none of them.
    """
    base, prices = 0.0, [np.zeros(len(chosen))]
    for own, last in zip(near, sure, strict=True):
        sites = np.flatnonzero(np.isfinite(own))
        steps = np.unique(own[sites])
        if not len(steps):
            base += last
            continue
        base += steps[0]
        ends = np.append(steps[1:], last) if np.isfinite(last) else steps[1:]
        beyond = programme.variables(len(ends), whole=False)
        prices.append(ends - steps[: len(ends)])
        for number, step in enumerate(steps):
            here = chosen[sites[own[sites] == step]]
            before = beyond[number - 1 : number] if number else beyond[:0]
            after = beyond[number : number + 1]
            columns = np.concatenate([here, after, before])
            signs = np.concatenate([np.ones(len(here) + len(after)), -np.ones(len(before))])
            programme.row(columns, signs, least=0.0 if number else 1.0)
    return base, np.concatenate(prices)
