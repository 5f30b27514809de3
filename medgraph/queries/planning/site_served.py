"""Who is served by the sites chosen: the row of each area, and three sums of all people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from medgraph.queries.planning.allotment import allotted
from medgraph.queries.planning.site_plan import Sums
from medgraph.queries.planning.siting import Siting
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Floats, Mask
    from medgraph.queries.planning.site_question import Question

_COLUMNS = (
    "area",
    "name",
    "population",
    "facility",
    "facility_name",
    "minutes",
    "served",
    "status",
    "reason",
)
_WHOLE = 1e-6  # of a person


@dataclass(frozen=True, eq=False)
class Served:
    """What becomes of each area, of all people, and how many go to each offer."""

    rows: pd.DataFrame
    sums: Sums
    by_offer: Floats

    @property
    def sums_in_words(self) -> str:
        """The three sums."""
        sums = self.sums
        return say(
            "sites_sums",
            served=f"{sums.served:,.0f}",
            full=f"{sums.without_capacity:,.0f}",
            out=f"{sums.out_of_reach:,.0f}",
            total=f"{sums.total:,.0f}",
        )

    @property
    def account_in_words(self) -> str:
        """How the areas are accounted for."""
        status = self.rows["status"]
        unknown, excluded = int((status == "unknown").sum()), int((status == "excluded").sum())
        silent = self.rows["population"].isna() & ~status.isin(["unknown", "excluded"])
        return say(
            "sites_areas",
            total=len(status),
            judged=len(status) - unknown - excluded,
            unknown=unknown,
            excluded=excluded,
            silent=int(silent.sum()),
        )


def served(question: Question, chosen: Mask, *, is_plan: bool) -> Served:
    """Return who is served if these offers are taken; that is open where there is no plan."""
    minutes = np.where(chosen, question.sure_ways, np.inf)
    people = question.demand.people
    status = _states(question, minutes, np.where(chosen, question.best_ways, np.inf))
    is_left = ~question.required if is_plan else np.full(len(status), True)
    status[is_left & (status == "out_of_reach") & ~question.out_of_reach] = "unknown"
    counted = (status == "served") & ~np.isnan(people)
    flows = np.zeros(minutes.shape)
    flows[counted] = _flows(question, chosen, minutes[counted], people[counted])
    taken = flows.sum(axis=1)
    status[counted & (taken < people - _WHOLE)] = "without_capacity"
    reached, out = np.isin(status, ["served", "without_capacity"]), status == "out_of_reach"
    sums = Sums(
        float(taken.sum()),
        float(np.nansum(people[reached]) - taken.sum()),
        float(np.nansum(people[out])),
        float(np.nansum(people[reached | out])),
    )
    rows = [
        _row(question, area, str(status[area]), minutes[area], flows[area])
        for area in range(len(people))
    ]
    return Served(pd.DataFrame(rows, columns=list(_COLUMNS)), sums, flows.sum(axis=0))


def _states(question: Question, surely: Floats, at_best: Floats) -> Any:
    """Return the state of each area: surely, perhaps or surely not has it a site in reach."""
    demand = question.demand
    near = np.isfinite(surely).any(axis=1)
    perhaps = np.isfinite(at_best).any(axis=1)
    full = question.offers.capacity is not None  # whether there is room, its people would say
    cases = [
        demand.excluded,
        demand.level_unknown | (perhaps & ~near) | (near & np.isnan(demand.people) & full),
        near,
    ]
    return np.select(cases, ["excluded", "unknown", "served"], "out_of_reach").astype(object)


def _flows(question: Question, chosen: Mask, minutes: Floats, people: Floats) -> Floats:
    offers = question.offers
    every = np.ones(len(chosen), bool)
    capacity = offers.capacities(best=False, usable=every)
    asked = Siting(minutes, people, chosen, np.zeros(len(chosen)), capacity=capacity)
    return allotted(asked, chosen)


def _row(
    question: Question, area: int, status: str, minutes: Floats, flow: Floats
) -> dict[str, Any]:
    """Return the row of an area: where its people go, most of them first."""
    day, people = question.day, float(question.demand.people[area])
    where = np.argsort(-flow, kind="stable")[: int((flow > _WHOLE).sum())]
    if not len(where) and status == "served":
        where = np.array([minutes.argmin()])
    at = [int(question.positions[question.offers.place[one]]) for one in where]
    return {
        "area": day.id(int(question.demand.areas[area])),
        "name": day.name(int(question.demand.areas[area])),
        "population": None if np.isnan(people) else people,
        "facility": "|".join(day.id(one) for one in at) or None,
        "facility_name": "|".join(day.name(one) for one in at) or None,
        "minutes": float(minutes[where].max()) if len(where) else None,
        "served": None if np.isnan(people) or status == "unknown" else float(flow.sum()),
        "status": status,
        "reason": _reason(question, area, status),
    }


def _reason(question: Question, area: int, status: str) -> str:
    demand = question.demand
    if status == "excluded" or demand.level_unknown[area]:
        return demand.reasons[area]
    if status == "unknown" and np.isnan(demand.people[area]):
        return say("sites_people_unknown")
    if status == "unknown":
        known = np.isfinite(question.sure_ways[area]).any()
        return say("sites_no_plan" if known else "sites_times_missing")
    if status == "out_of_reach" and question.out_of_reach[area]:
        return say("sites_no_candidate_here")
    return ""
