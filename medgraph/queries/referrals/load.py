"""Compare what arrives at each hospital, if patients follow the paths, with what fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from medgraph.errors import OptionError
from medgraph.graphmodel.headings import attribute
from medgraph.queries.answers import answer, define
from medgraph.queries.as_listed import told_as_listed
from medgraph.queries.columns import numbers_of
from medgraph.queries.referrals.demand import (
    Demand,
    Row,
    from_counts,
    from_population,
    unknown_row,
)
from medgraph.queries.referrals.journeys import Journeys
from medgraph.queries.referrals.legs import ReferralDay
from medgraph.queries.referrals.placement import Placement, place, sums_at
from medgraph.queries.referrals.question import Question
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from medgraph.graphmodel.arrays.types import Floats, Mask, Positions
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer

_CAPACITIES = ("beds", "outpatient_slots")
_UNKNOWN = ["facility", "area", "name", "status", "reason"]


@told_as_listed
def load(
    net: MedicalNetwork,
    *,
    rate: float | None = None,
    counts: Mapping[str, float] | None = None,
    capacity: str = "beds",
    turnover: float = 1.0,
    specialty: str | None = None,
    level: str | None = None,
    within_group: bool = False,
    as_of: datetime.date | str | None = None,
) -> Answer:
    """Compare the referrals expected at each hospital with its beds or slots.

    Patients come from the residents of the township-level areas, shared equally by the facilities
    at work that serve an area, or from observed counts. Each goes along the cheapest path, as in
    `paths` upwards. Beside it stands the plan that places most patients, and among such plans the
    cheapest, if they may go to any hospital that legal links lead to (minimum-cost flow, HiGHS).
    Links without minutes cost the mean of the others, 1 where none are stated.

    Counted are hospitals and sources of demand. Unknown are a hospital without a capacity, an area
    whose level is not known or whose population is not stated, and a source without a path.

    Parameters
    ----------
    net
        The network.
    rate
        Referrals per 1,000 residents. Either this or `counts`.
    counts
        Observed referrals by facility: its id, code or name.
    capacity
        `beds` (default) or `outpatient_slots`.
    turnover
        Patients that each bed or slot takes in the same period.
    specialty
        A specialty to get to, as in `path`.
    level
        A hospital level to get to, as `3A`; `3` is every tertiary hospital.
    within_group
        Whether to use only links whose ends share a group.
    as_of
        The day asked about; default: the data day.

    Returns
    -------
    Answer
        A row per hospital: facility, name, status (fits, over), capacity (patients), load (what
        arrives), utilisation (their ratio), overflow (what is over), taken (by the plan), limits
        (whether it is full, and the unplaced are confined to it), reason. There is no share.

    Raises
    ------
    OptionError
        Not exactly one of `rate` and `counts` is given, or another option is out of range.

    Examples
    --------
    >>> import medgraph as mg
    >>> import pandas as pd
    >>> nodes = pd.DataFrame({"id": ["H", "T", "G"], "kind": ["Facility", "Facility", "Group"]})
    >>> nodes["name"] = ["Hospital", "Health centre", "Group"]
    >>> nodes["type"] = ["general_hospital", "township_health_centre", "urban_medical_group"]
    >>> nodes["beds"] = [50, None, None]
    >>> links = pd.DataFrame({"source": ["H", "T", "T"], "target": ["G", "G", "H"]})
    >>> links["relation"] = ["LEADS", "MEMBER_OF", "REFERS_UP_TO"]
    >>> net = mg.MedicalNetwork.from_frames(nodes, links, {"data_day": "2024-06-01"})
    >>> frame = mg.referrals.load(net, counts={"T": 60}).frame
    >>> frame[["facility", "load", "utilisation", "overflow"]].values.tolist()
    [['H', 60.0, 1.2, 10.0]]
    """
    if (rate is None) == (counts is None) or capacity not in _CAPACITIES or turnover <= 0:
        raise OptionError(say("referral.bad_load", capacities=", ".join(_CAPACITIES)))
    day = ReferralDay(net, as_of)
    question = Question(specialty=specialty, level=level, within_group=within_group)
    demand = _demand(day, rate, counts)
    journeys = Journeys(day, question, demand.facility)
    arrivals = _Arrivals(day, journeys, demand, numbers_of(day.index, capacity) * turnover)
    hospitals = _hospitals(day, question, journeys.goal[journeys.goal >= 0])
    stated = np.isfinite(arrivals.room[hospitals])
    compared = hospitals[stated]
    plan = arrivals.placed_in(compared)
    no_capacity = say("referral.no_capacity", column=attribute(capacity))
    unknown = [
        *demand.unknown,
        *arrivals.without_path(),
        *arrivals.to_the_silent(),
        *(unknown_row(day, at, no_capacity) for at in hospitals[~stated].tolist()),
    ]
    frame = _frame(day, compared, arrivals, plan)
    definition = define(
        day,
        "referral.load_numerator",
        "referral.load_denominator",
        "patients",
        "referral.source",
    )
    return answer(
        day,
        "referrals.load",
        definition,
        frame,
        judged=len(frame) + int(arrivals.settled.sum()),
        unknown=pd.DataFrame(unknown, columns=_UNKNOWN),
        notes=_notes(arrivals, plan, compared),
    )


def _demand(day: ReferralDay, rate: float | None, counts: Mapping[str, float] | None) -> Demand:
    if counts is not None:
        return from_counts(day, counts)
    return from_population(day, rate or 0.0)


def _hospitals(day: ReferralDay, question: Question, goals: Positions) -> Positions:
    """Return where patients may be placed: what is asked for, by default every hospital at work."""
    fits = question.fits(day).certain.copy()
    if question.is_default:
        fits &= day.hospital.certain
    fits[goals] = True
    return np.flatnonzero(fits)


class _Arrivals:
    """Who arrives where; `room` is the capacity of every position, NaN where none is stated.

    `settled` is a mask over the sources: those that arrive where a capacity is stated.
    """

    def __init__(self, day: ReferralDay, journeys: Journeys, demand: Demand, room: Floats) -> None:
        self.day, self.journeys, self.demand, self.room = day, journeys, demand, room
        self.arrived: Mask = journeys.goal >= 0
        self.settled: Mask = self.arrived & np.isfinite(room[journeys.goal])

    def at(self, hospitals: Positions) -> Floats:
        """Return how many patients arrive at each hospital."""
        goal, patients = self.journeys.goal[self.settled], self.demand.patients[self.settled]
        return sums_at(goal, patients, len(self.day))[hospitals]

    def placed_in(self, hospitals: Positions) -> Placement:
        """Return the best plan for those who are settled."""
        return place(
            self.journeys.legs.legal,
            self.demand.facility[self.settled],
            self.demand.patients[self.settled],
            hospitals,
            self.room[hospitals],
        )

    def without_path(self) -> list[Row]:
        """Return the sources whose patients arrive nowhere."""
        return [
            self._row(i, "referral.patients_lost", reason=self.journeys.reason(i))
            for i in np.flatnonzero(~self.arrived).tolist()
        ]

    def to_the_silent(self) -> list[Row]:
        """Return the sources whose patients arrive where no capacity is stated."""
        return [
            self._row(i, "referral.goal_silent", at=self.day.title(int(self.journeys.goal[i])))
            for i in np.flatnonzero(self.arrived & ~self.settled).tolist()
        ]

    def _row(self, i: int, key: str, **words: str) -> Row:
        patients = round(float(self.demand.patients[i]), 2)
        reason = say(key, patients=patients, **words)
        return unknown_row(self.day, int(self.journeys.start[i]), reason)


def _frame(
    day: ReferralDay, hospitals: Positions, arrivals: _Arrivals, plan: Placement
) -> pd.DataFrame:
    arriving, room = arrivals.at(hospitals), arrivals.room[hospitals]
    over = np.maximum(arriving - room, 0)
    undefined = np.full(len(room), np.nan)
    columns = {
        "facility": day.ids(hospitals),
        "name": day.texts("name", hospitals).to_pylist(),
        "status": np.where(over > 0, "over", "fits").tolist(),
        "capacity": room,
        "load": arriving,
        "utilisation": np.divide(arriving, room, out=undefined, where=room > 0),
        "overflow": over,
        "taken": np.round(plan.taken, 6),
        "limits": plan.limits,
        "reason": [_over(patients) for patients in over.tolist()],
    }
    return pd.DataFrame(columns)


def _over(patients: float) -> str | None:
    return say("referral.over", over=round(patients, 2)) if patients > 0 else None


def _notes(arrivals: _Arrivals, plan: Placement, hospitals: Positions) -> list[str]:
    patients = arrivals.demand.patients
    balance = say(
        "referral.load_note",
        total=round(float(patients.sum()), 2),
        sent=round(float(patients[arrivals.settled].sum()), 2),
        unplaced=round(plan.unplaced, 2),
    )
    if not plan.limits.any():
        return [balance]
    full = hospitals[plan.limits].tolist()
    titles = say("list_comma").join(arrivals.day.title(at) for at in full)
    return [balance, say("referral.cut_note", names=titles)]
