"""The smallest or cheapest set of new links that makes obligations met, as an ordered list of actions.

A cell of the obligation matrix can be met in several ways, and a way may need more than one new link (a host for
the centre, and its use). Choosing links so that every cell has a way is a mixed-integer programme, solved by
HiGHS in scipy; its optimum is proven, or the remaining gap is stated.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from medgraph.errors import OptionError
from medgraph.graphmodel.changes import Link
from medgraph.graphmodel.day import Day
from medgraph.queries.answers import answer, define, frame_of
from medgraph.queries.resilience.candidates import Candidate, proposed, stated
from medgraph.queries.resilience.remedies import Way, Ways
from medgraph.queries.results import Answer
from medgraph.queries.sharing import obligations as duty
from medgraph.words.say import say

if TYPE_CHECKING:
    import pandas as pd

    from medgraph.graphmodel.network import MedicalNetwork

_FIRST = ("LEADS", "MEMBER_OF", "HOSTS_CENTRE")


def repair(
    net: MedicalNetwork,
    *,
    obligations: tuple[str, ...] = (),
    candidates: pd.DataFrame | None = None,
    minimise: str = "links",
    within_km: float | None = None,
    capacity: int | None = None,
    seconds: float = 60.0,
    as_of: datetime.date | str | None = None,
) -> Answer:
    """Find the smallest or cheapest set of new links that makes these obligations met everywhere.

    Parameters
    ----------
    net
        The network.
    obligations
        Columns of `sharing.matrix`; none: all. A cell without data counts as not met: what it proposes may
        exist already.
    candidates
        The links that may be added: a frame with `source`, `relation`, `target`, and, where known, `cost`, `km`,
        `capacity` (the most new links that the provider takes), `specialty`, `title`, `minutes`. Without it,
        links within the county are proposed, to hospitals, leads and hosts at work, with straight-line km;
        those of its own group come first.
    minimise
        `links` (fewest, then shortest), `cost` (the column `cost`) or `km`.
    within_km
        Leave out candidates that are farther; those of unknown distance stay.
    capacity
        The most new links of one relation that one provider takes, where a candidate does not say.
    seconds
        Time for the solver.
    as_of
        The day; default: the data day.

    Returns
    -------
    Answer
        A row per action in the order in which to take them: `step`, `source`, `source_name`, `relation`, `target`,
        `target_name`, `km`, `cost`, `title`, `specialty`, `meets` (the cells that need it), `status` action; and a row
        per cell that no candidate can meet, `status` impossible with `obligation` and `reason`. The share is that of
        unmet cells that become met. Notes state whether the optimum is proven, or the gap. `actions(answer)` gives
        the changes for `net.applying`.
    """
    if minimise not in ("links", "cost", "km"):
        raise OptionError(
            say("not_one_of", what="minimise", value=minimise, allowed="links, cost, km")
        )
    day = Day(net, as_of)
    unmet = _unmet(day, duty.one_of_obligations(obligations))
    offered = proposed(day, unmet) if candidates is None else stated(day, candidates)
    if within_km is not None:
        offered = [c for c in offered if c.km is None or c.km <= within_km]
    plan = _Programme(offered, Ways(day, offered), unmet, minimise, capacity).solved(seconds)
    frame = frame_of(
        [*_actions(day, plan), *_impossible(day, plan)],
        ("step", "source", "status", "reason"),
    )
    definition = define(day, "repair_numerator", "repair_denominator", "cells")
    return answer(
        day,
        "resilience.repair",
        definition,
        frame,
        judged=len(unmet),
        met=len(unmet) - len(plan.impossible),
        notes=(plan.proof,),
    )


def actions(answer: Answer) -> list[Link]:
    """Return the actions of `repair` as changes, valid from the day of the answer."""
    rows = answer.frame[answer.frame["status"] == "action"].to_dict("records")
    return [
        Link(
            r["source"],
            r["relation"],
            r["target"],
            answer.as_of,
            {k: r[k] for k in ("title", "specialty") if isinstance(r.get(k), str)},
        )
        for r in rows
    ]


def _unmet(day: Day, wanted: Iterable[str]) -> list[tuple[int, str]]:
    """The cells of the matrix that are not met: position and obligation."""
    subjects = np.flatnonzero(day.primary.certain & day.working.certain)
    return [
        (int(f), name)
        for name in wanted
        for f in subjects[duty.cells_of(day, name, subjects).state != duty.MET].tolist()
    ]


@dataclass(frozen=True)
class Plan:
    """What the solver chose: `chosen` candidates, the `ways` they open, cells that stay unmet, the proof."""

    chosen: list[Candidate]
    served: dict[Candidate, list[tuple[int, str]]]
    impossible: list[tuple[int, str]]
    proof: str


class _Programme:
    """min Σ cost·x + M·Σ unmet, so that every cell has an open way or is unmet, and no provider has too much."""

    def __init__(
        self,
        offered: list[Candidate],
        ways: Ways,
        unmet: list[tuple[int, str]],
        minimise: str,
        capacity: int | None,
    ) -> None:
        self.offered, self.unmet, self.minimise, self.capacity = offered, unmet, minimise, capacity
        self.ways = [
            (cell, way) for cell, (f, name) in enumerate(unmet) for way in ways.of(f, name)
        ]

    @cached_property
    def costs(self) -> np.ndarray:
        """What each candidate costs; of equally many links, the shorter ones come first."""
        if self.minimise == "links":
            km = np.array([(c.km or 0.0) + c.aside for c in self.offered])
            return 1 + km / (2 * (km.sum() + 1))
        given = [getattr(c, self.minimise) for c in self.offered]
        if any(value is None or not value > 0 for value in given):
            raise OptionError(say("repair_no_cost", column=self.minimise))
        return np.array(given, float)

    def solved(self, seconds: float) -> Plan:
        from scipy.optimize import Bounds, milp

        x, w, cells = len(self.offered), len(self.ways), len(self.unmet)
        if not cells:
            return Plan([], {}, [], say("repair_nothing"))
        costs = self.costs
        penalty = costs.sum() + 1
        objective = np.concatenate([costs, np.zeros(w), np.full(cells, penalty)])
        integral = np.concatenate([np.ones(x), np.zeros(w), np.ones(cells)])
        result = milp(
            objective,
            constraints=self._constraints(x, w, cells),
            integrality=integral,
            bounds=Bounds(0, 1),
            options={"time_limit": seconds, "mip_rel_gap": 1e-9},
        )
        if result.x is None:
            return Plan([], {}, self.unmet, say("repair_no_time", seconds=seconds))
        chosen = {i for i in range(x) if result.x[i] > 0.5}
        proof = (
            say("repair_proven")
            if result.status == 0
            else say("repair_gap", gap=f"{result.mip_gap:.2%}")
        )
        return self._plan(chosen, proof)

    def _constraints(self, x: int, w: int, cells: int) -> list:
        from scipy.optimize import LinearConstraint
        from scipy.sparse import coo_array

        rows, cols, values, low = [], [], [], []

        def row(entries: Iterable[tuple[int, float]], least: float) -> None:
            for column, value in entries:
                rows.append(len(low))
                cols.append(column)
                values.append(value)
            low.append(least)

        of_cell: dict[int, list[int]] = {cell: [] for cell in range(cells)}
        for i, (cell, _) in enumerate(self.ways):
            of_cell[cell].append(i)
        for cell, mine in of_cell.items():  # a way, or unmet
            row([*((x + i, 1) for i in mine), (x + w + cell, 1)], 1)
        for i, (_, way) in enumerate(self.ways):  # a way is open where all its links are chosen
            for link in way:
                row([(link, 1), (x + i, -1)], 0)
        for members, most in self._providers():
            row([(i, -1) for i in members], -most)
        matrix = coo_array((values, (rows, cols)), shape=(len(low), x + w + cells)).tocsr()
        return [LinearConstraint(matrix, np.array(low, float), np.inf)]

    def _providers(self) -> list[tuple[list[int], int]]:
        """The candidates of each provider and relation, and the most of them it takes."""
        found: dict[tuple, list[int]] = {}
        for i, candidate in enumerate(self.offered):
            found.setdefault((candidate.provider, candidate.relation), []).append(i)
        limited = []
        for members in found.values():
            stated_ = [
                self.offered[i].capacity for i in members if self.offered[i].capacity is not None
            ]
            most = min(stated_) if stated_ else self.capacity
            if most is not None and len(members) > most:
                limited.append((members, most))
        return limited

    def _plan(self, chosen: set[int], proof: str) -> Plan:
        served: dict[Candidate, list[tuple[int, str]]] = {
            self.offered[i]: [] for i in sorted(chosen)
        }
        done: dict[int, Way] = {}
        for cell, way in self.ways:
            if set(way) <= chosen and cell not in done:
                done[cell] = way
                for i in way:
                    served[self.offered[i]].append(self.unmet[cell])
        impossible = [cell for i, cell in enumerate(self.unmet) if i not in done]
        return Plan([self.offered[i] for i in sorted(chosen)], served, impossible, proof)


def _actions(day: Day, plan: Plan) -> list[dict]:
    """One row for each link chosen: first what others stand on, then what helps most."""
    order = sorted(
        plan.chosen, key=lambda c: (c.relation not in _FIRST, -len(plan.served[c]), c.key)
    )
    rows = []
    for step, c in enumerate(order, 1):
        (source, target), names = (
            day.ids([c.source, c.target]),
            day.names([c.source, c.target]),
        )
        cells = [f"{day.ids([f])[0]}:{name}" for f, name in plan.served[c]]
        rows.append(
            {
                "step": step,
                "source": source,
                "source_name": names[0],
                "relation": c.relation,
                "target": target,
                "target_name": names[1],
                "km": c.km,
                "cost": c.cost,
                "title": c.title,
                "specialty": c.specialty,
                "meets": "; ".join(cells),
                "obligation": None,
                "status": "action",
                "reason": "",
            }
        )
    return rows


def _impossible(day: Day, plan: Plan) -> list[dict]:
    return [
        {
            "step": None,
            "source": day.ids([f])[0],
            "source_name": day.names([f])[0],
            "relation": duty.RELATION_OF[name],
            "target": None,
            "target_name": None,
            "km": None,
            "cost": None,
            "title": None,
            "specialty": None,
            "meets": "",
            "obligation": name,
            "status": "impossible",
            "reason": say("repair_impossible"),
        }
        for f, name in plan.impossible
    ]
