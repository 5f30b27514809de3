"""The question of the sites: its programme, in the sure case and in the best one, and its plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from medgraph.graphmodel.changes import Fill
from medgraph.queries.answers import answer, define, frame_of, stacked, undeclared
from medgraph.queries.planning import allotment, covering, p_centre, p_median
from medgraph.queries.planning.site_candidates import SUB_CENTRE
from medgraph.queries.planning.site_plan import SitePlan
from medgraph.queries.planning.site_served import Served, served
from medgraph.queries.planning.siting import Choice, Siting
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Floats, Mask
    from medgraph.graphmodel.day import Day
    from medgraph.queries.planning.site_candidates import Candidates
    from medgraph.queries.planning.site_demand import Demand, Ways
    from medgraph.queries.planning.site_offers import Offers
    from medgraph.queries.results import Answer

_NEAR = 1e-6  # a part of a value that is no difference
_NAMED = 5  # that a note names


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

    # -- the programme -----------------------------------------------------------------------------

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
    def _required(self) -> Mask:
        """Areas that surely have a candidate within the radius, with people where these count."""
        near: Mask = self._in_question & np.isfinite(self.sure_ways).any(axis=1)
        return near & self._counted if self._needs_people else near

    @cached_property
    def out_of_reach(self) -> Mask:
        """Areas that surely have no candidate within the radius."""
        return self._in_question & ~np.isfinite(self.best_ways).any(axis=1)

    @cached_property
    def _counted(self) -> Mask:
        found: Mask = ~np.isnan(self.demand.people)
        return found

    @property
    def _needs_people(self) -> bool:
        """Whether an area without stated people cannot be allotted: there are capacities."""
        return self.offers.capacity is not None

    def _siting(self, *, best: bool) -> Siting:
        """The programme of what is sure, or that of the best case, over the same areas."""
        offers = self.offers
        usable = np.full(len(offers.place), True) if best else offers.sure
        minutes = self.best_ways if best else self.sure_ways
        return Siting(
            minutes[np.ix_(self._required, usable)],
            np.nan_to_num(self.demand.people[self._required]),
            offers.fixed[usable],
            offers.cost[usable],
            self.limits.money,
            self.limits.p,
            offers.capacities(best=best, usable=usable),
            np.unique(offers.place[usable], return_inverse=True)[1],
        )

    def _solved(self, asked: Siting) -> Choice:
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
            return covering.most_people(asked)
        if self.model == "p-centre":
            return p_centre.least_longest_way(asked)
        if np.isfinite(asked.most):
            return allotment.least_person_minutes(asked)
        return p_median.least_person_minutes(asked)

    @staticmethod
    def _cheapest(asked: Siting) -> Choice:
        return (covering.fewest if asked.capacity is None else allotment.cheapest_for_all)(asked)

    # -- the answer --------------------------------------------------------------------------------

    def answered(self) -> SitePlan:
        """Return the plan with its account."""
        choice = self._solved(self._siting(best=False))
        bound = self._bound_of_all(choice)
        proven = _is_close(choice, bound) and not self._people_may_matter(choice)
        chosen = self._chosen(choice)
        is_there = choice.sites is not None
        result = served(self, chosen, is_plan=is_there)
        infeasible = self._infeasible(choice)
        return SitePlan.of(
            self._account(choice, result, bound, proven),
            changes=self._changes(chosen),
            is_found=is_there and infeasible is None,
            proven=proven,
            model=self.model,
            value=choice.value if is_there else None,
            bound=bound if np.isfinite(bound) else None,
            sums=result.sums if is_there else None,
            areas=result.rows,
            infeasible=infeasible,
        )

    @cached_property
    def _is_open(self) -> bool:
        """Whether anything is not known that could make another plan better."""
        missing = self.ways.missing[self._required].any()
        return bool(missing or not self.offers.sure.all() or self.offers.unknown_capacities)

    def _bound_of_all(self, choice: Choice) -> float:
        """Return the bound, in the best case of what is not known."""
        if not self._is_open:
            return choice.bound
        best = self._solved(self._siting(best=True))
        greatest = self.model == "mclp"
        return max(best.bound, choice.bound) if greatest else min(best.bound, choice.bound)

    def _people_may_matter(self, choice: Choice) -> bool:
        """Whether the people of areas that do not state them could make another plan better."""
        silent = self._in_question & ~self._counted & ~self.out_of_reach
        if choice.sites is None or not silent.any():
            return False
        if self.offers.capacity is not None:
            return True
        if self.model in ("lscp", "p-centre"):
            return False
        nearest = self.sure_ways[:, self._chosen(choice)].min(axis=1, initial=np.inf)[silent]
        if self.model == "mclp":
            return not np.isfinite(nearest).all()
        return bool((nearest > self.best_ways[silent].min(axis=1)).any())

    def _chosen(self, choice: Choice) -> Mask:
        """Return a mask over all offers."""
        chosen = np.zeros(len(self.offers.place), bool)
        if choice.sites is not None:
            chosen[np.flatnonzero(self.offers.sure)[choice.sites]] = True
        return chosen

    def _infeasible(self, choice: Choice) -> dict[str, Any] | None:
        """Say what of all that is asked cannot be: areas without a candidate, limits too narrow."""
        found: dict[str, Any] = {}
        if self.model != "mclp" and self.out_of_reach.any():
            found["areas"] = self.day.ids(self.demand.areas[self.out_of_reach])
        if choice.sites is None and choice.proven:
            found["relax"] = self._relaxed()
        return found or None

    def _relaxed(self) -> list[dict[str, Any]]:
        """Return the limits of which each alone is too narrow, with what would be enough."""
        asked = self._siting(best=False)
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

    def _changes(self, chosen: Mask) -> tuple[Fill, ...]:
        places = np.unique(self.offers.place[chosen & ~self.offers.fixed])
        ids = self.day.ids(self.positions[places])
        return tuple(Fill(id, SUB_CENTRE, "yes") for id in ids)

    @cached_property
    def positions(self) -> Any:
        """The candidates' positions: the sure ones, then the unsure."""
        return np.concatenate([self.candidates.sure, self.candidates.unsure])

    def _account(self, choice: Choice, result: Served, bound: float, proven: bool) -> Answer:
        """Return the candidates accounted for, with what is to be said of the plan."""
        rows = self._rows(self._chosen(choice), result)
        sure = np.array([row["status"] != "unknown" for row in rows], bool)
        frames = [
            frame_of([row for row, is_sure in zip(rows, sure, strict=True) if is_sure == wanted])
            for wanted in (True, False)
        ]
        definition = define(
            self.day, f"sites_{self.model}", "sites_denominator", "facilities", "sites_source"
        )
        return answer(
            self.day,
            "propose.sites",
            definition,
            frames[0],
            judged=int(sure.sum()),
            unknown=stacked(frames[1], self.candidates.unknown_rows()),
            excluded=self.candidates.excluded_rows(),
            notes=self._notes(choice, result, bound, proven),
        )

    def _rows(self, chosen: Mask, result: Served) -> list[dict[str, Any]]:
        """Return a row for each sure candidate; one of which no cost is stated is unknown."""
        return [
            self._row(place, np.flatnonzero(self.offers.place == place), chosen, result)
            for place in range(len(self.candidates.sure))
        ]

    def _row(self, place: int, own: Any, chosen: Mask, result: Served) -> dict[str, Any]:
        offers = self.offers
        taken = own[chosen[own]]
        at = int(self.positions[place])
        row: dict[str, Any] = {
            "facility": self.day.id(at),
            "name": self.day.name(at),
            "chosen": bool(len(taken)),
            "fixed": bool(offers.fixed[own].all()),
            "way": None,
            "cost": None,
            "capacity": None,
            "people": None,
            "status": "chosen" if len(taken) else "not_chosen",
            "reason": "",
        }
        if not offers.sure[own].any():
            return row | {"status": "unknown", "reason": say("sites_cost_unknown")}
        if len(taken):
            one = int(taken[0])
            row["people"] = float(result.by_offer[one])
            row["way"] = offers.way[one] or None
            row["cost"] = _stated(offers.stated_cost[one]) if offers.has_costs else None
            row["capacity"] = None if offers.capacity is None else _stated(offers.capacity[one])
        return row

    # -- words -------------------------------------------------------------------------------------

    def _notes(self, choice: Choice, result: Served, bound: float, proven: bool) -> list[str]:
        offers = self.offers
        notes = [self._certificate(choice, bound, proven)]
        if choice.sites is not None:
            notes += [result.sums_in_words]
        notes += [result.account_in_words, *self.ways.notes]
        infeasible = self._infeasible(choice) or {}
        if "areas" in infeasible:
            notes.append(say("sites_no_candidate", count=len(infeasible["areas"])))
        for one in infeasible.get("relax", ()):
            enough = one["enough"]
            key = f"sites_relax_{one['limit']}"
            notes.append(say(key, enough=f"{enough:g}" if enough is not None else ""))
        if offers.unknown_capacities:
            notes.append(say("sites_capacity_unknown", count=offers.unknown_capacities))
        if offers.strangers:
            names = say("list_comma").join(offers.strangers[:_NAMED])
            notes.append(say("sites_cost_strangers", count=len(offers.strangers), names=names))
        lacking = undeclared(self.day, "facilities")
        if lacking:
            notes.append(say("sites_more_candidates", tables=lacking))
        return notes

    def _certificate(self, choice: Choice, bound: float, proven: bool) -> str:
        """Say what is proven of the plan."""
        if choice.sites is None:
            return say("sites_none_proven" if proven else "sites_none_open")
        said = {"value": self._in_unit(choice.value), "bound": self._in_unit(bound)}
        if proven:
            return say("sites_proven", **said)
        if not np.isfinite(bound):
            return say("sites_no_bound", **said)
        gap = abs(choice.value - bound) / max(abs(choice.value), 1e-9)
        if choice.proven and _is_close(choice, bound):
            return say("sites_people_open", **said)
        key = "sites_facts_open" if choice.proven else "sites_gap"
        return say(key, **said, gap=f"{gap:.2%}")

    def _in_unit(self, value: float) -> str:
        unit = "cost" if self.model == "lscp" and self.offers.has_costs else self.model
        return say(f"sites_value_{unit}", value=f"{value:,.10g}")


def _with_fixed(asked: Siting, choice: Choice, *, counted: bool) -> Choice:
    """Return a choice of which the fixed sites count, too."""
    fixed = float(asked.fixed.sum()) if counted else 0.0
    return replace(choice, value=choice.value + fixed, bound=choice.bound + fixed)


def _is_close(choice: Choice, bound: float) -> bool:
    """Whether no plan is better; where there is none, whether there is none in the best case."""
    if choice.sites is None:
        return choice.proven and bool(np.isinf(bound))
    return abs(choice.value - bound) <= _NEAR * max(1.0, abs(choice.value))


def _stated(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
