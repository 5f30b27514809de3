"""The plan of the sites as an answer: every candidate accounted for, and what is proven."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from medgraph.graphmodel.changes import Fill
from medgraph.queries.answers import answer, define, frame_of, stacked, undeclared
from medgraph.queries.planning.site_candidates import SUB_CENTRE
from medgraph.queries.planning.site_plan import SitePlan
from medgraph.queries.planning.site_question import is_close
from medgraph.queries.planning.site_served import Served, served
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medgraph.graphmodel.arrays.types import Mask
    from medgraph.queries.planning.site_question import Question
    from medgraph.queries.planning.siting import Choice
    from medgraph.queries.results import Answer

_NAMED = 5  # that a note names
_YES = "yes"
_COLUMNS = (
    "facility",
    "name",
    "chosen",
    "fixed",
    "way",
    "cost",
    "capacity",
    "people",
    "status",
    "reason",
)


def answered(question: Question) -> SitePlan:
    """Return the plan of a question with its account."""
    choice = question.solved(question.siting(best=False))
    try:
        bound = question.bound(choice)
    except KeyboardInterrupt:  # the plan is there: what is left open is how good the best could be
        choice = replace(choice, is_stopped=True)
        bound = question.bound(choice)
    return _Account(question, choice, bound).plan()


@dataclass(frozen=True, eq=False)
class _Account:
    """A question, its choice, and the bound in the best case of what is not known."""

    question: Question
    choice: Choice
    bound: float

    def plan(self) -> SitePlan:
        """Return the plan."""
        is_there = self.choice.sites is not None
        return SitePlan.of(
            self._answer(),
            is_found=is_there and self._infeasible is None,
            changes=tuple(self._changes()),
            proven=self._proven,
            is_stopped=self.choice.is_stopped,
            model=self.question.model,
            value=self.choice.value if is_there else None,
            bound=self.bound if np.isfinite(self.bound) else None,
            sums=self._served.sums if is_there else None,
            areas=self._served.rows,
            infeasible=self._infeasible,
        )

    @cached_property
    def _proven(self) -> bool:
        question = self.question
        if question.lacks:
            return False
        if question.areas_that_may_matter(self.choice).any():
            return False
        return is_close(self.choice, self.bound) and not question.people_may_matter(self.choice)

    def _changes(self) -> Iterator[Fill]:
        """State of each that is chosen, and was none before, that it is a sub-centre."""
        offers = self.question.offers
        for place in np.unique(offers.place[self._chosen & ~offers.fixed]).tolist():
            id = self.question.day.id(int(self.question.positions[place]))
            yield Fill(id, SUB_CENTRE, _YES)

    @cached_property
    def _infeasible(self) -> dict[str, Any] | None:
        return self.question.infeasible(self.choice)

    @cached_property
    def _chosen(self) -> Mask:
        return self.question.chosen(self.choice)

    @cached_property
    def _served(self) -> Served:
        return served(self.question, self._chosen, is_plan=self.choice.sites is not None)

    def _answer(self) -> Answer:
        """Return the candidates accounted for; one of which no cost is stated is unknown."""
        question = self.question
        every = [self._row(place) for place in range(len(question.candidates.sure))]
        rows = [row for row in every if row["status"] != "unknown"]
        unknown = frame_of([row for row in every if row["status"] == "unknown"])
        definition = define(
            question.day,
            f"sites_{question.model}",
            "sites_denominator",
            "facilities",
            "sites_source",
        )
        return answer(
            question.day,
            "propose.sites",
            definition,
            frame_of(rows, _COLUMNS),
            judged=len(rows),
            unknown=stacked(unknown, question.candidates.unknown_rows()),
            excluded=question.candidates.excluded_rows(),
            notes=self._notes(),
        )

    def _row(self, place: int) -> dict[str, Any]:
        """Return the row of a candidate, with the way that is taken."""
        question, offers = self.question, self.question.offers
        own = np.flatnonzero(offers.place == place)
        taken = own[self._chosen[own]]
        at = int(question.positions[place])
        row = dict.fromkeys(_COLUMNS) | {
            "facility": question.day.id(at),
            "name": question.day.name(at),
            "chosen": bool(len(taken)),
            "fixed": bool(offers.fixed[own].all()),
            "status": "chosen" if len(taken) else "not_chosen",
            "reason": "",
        }
        if not offers.sure[own].any():
            return row | {"status": "unknown", "reason": say("sites_cost_unknown")}
        if not len(taken):
            return row
        one = int(taken[0])
        return row | {
            "way": offers.way[one] or None,
            "cost": _stated(offers.stated_cost[one]) if offers.has_costs else None,
            "capacity": None if offers.capacity is None else _stated(offers.capacity[one]),
            "people": float(self._served.by_offer[one]),
        }

    # -- words -------------------------------------------------------------------------------------

    def _notes(self) -> list[str]:
        offers = self.question.offers
        notes = [self._certificate(), *self._why_not()]
        if self.choice.sites is not None:
            notes.append(self._served.sums_in_words)
        notes += [self._served.account_in_words, *self.question.ways.notes]
        if offers.unknown_capacities:
            notes.append(say("sites_capacity_unknown", count=offers.unknown_capacities))
        if offers.strangers:
            names = say("list_comma").join(offers.strangers[:_NAMED])
            notes.append(say("sites_cost_strangers", count=len(offers.strangers), names=names))
        lacking = undeclared(self.question.day, "facilities")
        if lacking:
            notes.append(say("sites_more_candidates", tables=lacking))
        return notes

    def _why_not(self) -> list[str]:
        """Say which areas nobody can reach, and which limit is too narrow."""
        told = self._infeasible or {}
        notes = []
        if "areas" in told:
            notes.append(say("sites_no_candidate", count=len(told["areas"])))
        for one in told.get("relax", ()):
            enough = "" if one["enough"] is None else f"{one['enough']:g}"
            notes.append(say(f"sites_relax_{one['limit']}", enough=enough))
        return notes

    def _certificate(self) -> str:
        """Say what is proven of the plan."""
        choice, bound = self.choice, self.bound
        if self.question.lacks:
            return say(f"sites_lacks_{self.question.lacks}")
        if choice.sites is None:
            return say("sites_none_proven" if self._proven else "sites_none_open")
        said = {"value": self._in_unit(choice.value), "bound": self._in_unit(bound)}
        if self._proven:
            return say("sites_proven", **said)
        if not np.isfinite(bound):
            return say("sites_no_bound", **said)
        if is_close(choice, bound):
            silent = int(self.question.areas_that_may_matter(choice).sum())
            if silent:
                return say("sites_areas_open", count=silent, **said)
            return say("sites_people_open", **said)
        gap = abs(choice.value - bound) / max(abs(choice.value), 1.0)
        key = "sites_facts_open" if choice.proven else "sites_gap"
        return say(key, **said, gap=f"{gap:.2%}")

    def _in_unit(self, value: float) -> str:
        model, has_costs = self.question.model, self.question.offers.has_costs
        unit = "cost" if model == "lscp" and has_costs else model
        return say(f"sites_value_{unit}", value=f"{value:,.10g}")


def _stated(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
