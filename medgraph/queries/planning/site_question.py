"""The question of the sites: its programme, of what is sure and in the best case."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from medgraph.queries.planning import allotment, covering, p_centre, p_median
from medgraph.queries.planning.siting import Choice, Siting

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Floats, Mask
    from medgraph.graphmodel.day import Day
    from medgraph.queries.planning.site_candidates import Candidates
    from medgraph.queries.planning.site_demand import Demand, Ways
    from medgraph.queries.planning.site_offers import Offers

_NEAR = 1e-6  # a part of a value that is no difference


@dataclass(frozen=True)
class Limits:
    """The most sites, the longest way in minutes, the most money; None: no limit."""

    p: int | None
    radius: float | None
    budget: float | None

    @property
    def minutes(self) -> float:
        """The longest way."""
        return np.inf if self.radius is None else self.radius

    @property
    def money(self) -> float:
        """The most money."""
        return np.inf if self.budget is None else self.budget

    @property
    def given(self) -> dict[str, float]:
        """Those that are given, by their names."""
        return {name: value for name, value in vars(self).items() if value is not None}


@dataclass(frozen=True, eq=False)
class Question:
    """One question: the areas, the ways to make a site, the limits."""

    day: Day
    model: str
    limits: Limits
    demand: Demand
    ways: Ways
    candidates: Candidates
    offers: Offers

    @cached_property
    def _in_question(self) -> Mask:
        """Areas that are asked about: of the level, and not without people."""
        return ~self.demand.excluded & ~self.demand.level_unknown

    @cached_property
    def sure_ways(self) -> Floats:
        """Minutes to each sure offer within the radius, infinite beyond."""
        minutes = self.ways.surely[:, self.offers.place]
        return np.where((minutes <= self.limits.minutes) & self.offers.sure, minutes, np.inf)

    @cached_property
    def best_ways(self) -> Floats:
        """Minutes to each offer within the radius in the best case, infinite beyond."""
        minutes = self.ways.at_best[:, self.offers.place]
        return np.where(minutes <= self.limits.minutes, minutes, np.inf)

    @cached_property
    def required(self) -> Mask:
        """Areas that surely have a candidate within the radius, with people where these count.

        Where not all need to be reached (MCLP), those that may have one are among them.
        """
        ways = self.best_ways if self.model == "mclp" else self.sure_ways
        near: Mask = self._in_question & np.isfinite(ways).any(axis=1)
        return near & self._counted if self._needs_people else near

    @cached_property
    def out_of_reach(self) -> Mask:
        """Areas that surely have no candidate within the radius."""
        return self._in_question & ~np.isfinite(self.best_ways).any(axis=1)

    @property
    def lacks(self) -> str:
        """What is missing to propose anything: a register of areas, sure candidates, or areas of
        which the way to any is known; empty where there is something to ask.
        """
        if not len(self.demand.areas):
            return "register"
        if not len(self.candidates.sure):
            return "candidates"
        judged = np.isfinite(self.sure_ways).any(axis=1) | self.out_of_reach
        asked = self._in_question
        return "areas" if asked.any() and not judged[asked].any() else ""

    @cached_property
    def _counted(self) -> Mask:
        found: Mask = ~np.isnan(self.demand.people)
        return found

    @property
    def _needs_people(self) -> bool:
        """Whether an area without stated people cannot be allotted: there are capacities."""
        return self.offers.capacity is not None

    @cached_property
    def _people(self) -> Floats:
        """The people of each area; where nobody states them, not one in all, to break ties."""
        silent = ~self._counted
        weight = 0.5 / (silent.sum() + 1) if self.model == "mclp" else 0.0
        return np.where(silent, weight, self.demand.people)

    def siting(self, *, best: bool) -> Siting:
        """The programme of what is sure, or that of the best case, over the same areas."""
        offers = self.offers
        usable = np.full(len(offers.place), True) if best else offers.sure
        minutes = self.best_ways if best else self.sure_ways
        return Siting(
            minutes[np.ix_(self.required, usable)],
            self._people[self.required],
            offers.fixed[usable],
            offers.cost[usable],
            self.limits.money,
            self.limits.p,
            offers.capacities(best=best, usable=usable),
            np.unique(offers.place[usable], return_inverse=True)[1],
        )

    def solved(self, asked: Siting) -> Choice:
        """Return the choice of the model; where all areas are out of reach there is none."""
        if self.lacks:
            return Choice(None, np.inf, np.inf, proven=False)
        if not asked.areas and self.out_of_reach.any() and self.model != "mclp":
            return Choice(None, np.inf, np.inf, proven=True)
        if self.model == "lscp":
            return _with_fixed(asked, self._cheapest(asked), counted=not self.offers.has_costs)
        if asked.capacity is not None:
            solve = {
                "mclp": allotment.most_served,
                "p-median": allotment.least_person_minutes,
                "p-centre": allotment.least_longest_way,
            }
            return solve[self.model](asked)
        if self.model == "mclp":
            return _whole(covering.most_people(asked))
        if self.model == "p-centre":
            return p_centre.least_longest_way(asked)
        if np.isfinite(asked.most):
            return allotment.least_person_minutes(asked)
        return p_median.least_person_minutes(asked)

    @staticmethod
    def _cheapest(asked: Siting) -> Choice:
        return (covering.fewest if asked.capacity is None else allotment.cheapest_for_all)(asked)

    @cached_property
    def _is_open(self) -> bool:
        """Whether anything is not known that could make another plan better."""
        missing = self.ways.missing[self.required].any()
        return bool(missing or not self.offers.sure.all() or self.offers.unknown_capacities)

    def bound(self, choice: Choice) -> float:
        """Return the bound, in the best case of what is not known."""
        greatest = self.model == "mclp"
        if not self._is_open:
            return choice.bound
        if choice.is_stopped:
            return np.inf if greatest else -np.inf
        best = self.solved(self.siting(best=True))
        return max(best.bound, choice.bound) if greatest else min(best.bound, choice.bound)

    def areas_that_may_matter(self, choice: Choice) -> Mask:
        """Which areas that are not judged could make another plan better, or this one too little.

        Of them it is not known whether they are asked about, or have a candidate within the radius.
        """
        may_be_near = np.isfinite(self.best_ways).any(axis=1)
        open_: Mask = ~self.demand.excluded & ~self.required & may_be_near
        if choice.sites is None or self.offers.capacity is not None:
            return open_
        nearest = self.sure_ways[:, self.chosen(choice)].min(axis=1, initial=np.inf)
        enough = {
            "p-median": self.best_ways.min(axis=1, initial=np.inf),
            "p-centre": np.full(len(open_), choice.value),
        }.get(self.model, np.full(len(open_), self.limits.minutes))
        found: Mask = open_ & (nearest > enough)
        return found

    def people_may_matter(self, choice: Choice) -> bool:
        """Whether the people of areas that do not state them could make another plan better."""
        silent = self._in_question & ~self._counted & ~self.out_of_reach
        if choice.sites is None or not silent.any():
            return False
        if self.offers.capacity is not None:
            return True
        if self.model in ("lscp", "p-centre"):
            return False
        nearest = self.sure_ways[:, self.chosen(choice)].min(axis=1, initial=np.inf)[silent]
        if self.model == "mclp":
            return not np.isfinite(nearest).all()
        return bool((nearest > self.best_ways[silent].min(axis=1)).any())

    def chosen(self, choice: Choice) -> Mask:
        """Return a mask over all offers."""
        chosen = np.zeros(len(self.offers.place), bool)
        if choice.sites is not None:
            chosen[np.flatnonzero(self.offers.sure)[choice.sites]] = True
        return chosen

    def infeasible(self, choice: Choice) -> dict[str, Any] | None:
        """Say what of all that is asked cannot be: areas without a candidate, limits too narrow."""
        found: dict[str, Any] = {}
        if self.model != "mclp" and self.out_of_reach.any():
            found["areas"] = self.day.ids(self.demand.areas[self.out_of_reach])
        if choice.sites is None and choice.proven and self.required.any():
            found["relax"] = self._relaxed()
        return found or None

    def _relaxed(self) -> list[dict[str, Any]]:
        """Return the limits of which each alone is too narrow, with what would be enough."""
        asked = self.siting(best=False)
        without = {
            "p": replace(asked, number=None, cost=np.ones(asked.sites)),
            "budget": replace(asked, most=np.inf),
            "capacity": replace(asked, capacity=None),
        }
        given = {**self.limits.given, "capacity": asked.capacity}
        relaxed = []
        for name, wider in without.items():
            if given.get(name) is None:
                continue
            if name == "p" and np.isfinite(asked.most):
                wider = replace(wider, cost=asked.cost)
            enough = self._cheapest(wider)
            if enough.sites is None:
                continue
            needed = {"p": int(enough.sites.sum()), "budget": enough.value}.get(name)
            relaxed.append({"limit": name, "enough": needed})
        return relaxed

    @cached_property
    def positions(self) -> Any:
        """The candidates' positions: the sure ones, then the unsure."""
        return np.concatenate([self.candidates.sure, self.candidates.unsure])


def _with_fixed(asked: Siting, choice: Choice, *, counted: bool) -> Choice:
    """Return a choice of which the fixed sites count, too."""
    fixed = float(asked.fixed.sum()) if counted else 0.0
    return replace(choice, value=choice.value + fixed, bound=choice.bound + fixed)


def _whole(choice: Choice) -> Choice:
    """Return a choice whose value and bound are whole people."""
    value, bound = (np.floor(one + _NEAR) for one in (choice.value, choice.bound))
    return replace(choice, value=float(value), bound=float(bound))


def is_close(choice: Choice, bound: float) -> bool:
    """Whether no plan is better; where there is none, whether there is none in the best case."""
    if choice.sites is None:
        return choice.proven and bool(np.isinf(bound))
    return abs(choice.value - bound) <= _NEAR * max(1.0, abs(choice.value))
