"""What arrives at each hospital if patients follow the paths, and what does not fit."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.errors import OptionError
from medgraph.graphmodel.arrays.joins import equi_join
from medgraph.graphmodel.headings import attribute
from medgraph.queries.answers import register_of, stamps_of
from medgraph.queries.referrals.journeys import Journeys
from medgraph.queries.referrals.legs import Legs, ReferralDay
from medgraph.queries.referrals.question import Question
from medgraph.queries.results import Answer, Definition
from medgraph.words.say import say

if TYPE_CHECKING:
    import pandas as pd

    from medgraph.graphmodel.network import MedicalNetwork

_COLUMNS = [
    "facility",
    "name",
    "status",
    "capacity",
    "load",
    "utilisation",
    "overflow",
    "taken",
    "limits",
    "reason",
]
_CAPACITIES = ("beds", "outpatient_slots")


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
    """Return the expected referrals at each hospital against its beds or slots, and what does not fit.

    Demand: `rate` referrals per 1,000 residents of each township-level area, shared equally by the facilities at
    work that serve it, or observed `counts` by facility id. Each goes along its cheapest path (as in `paths`, up);
    `load` is what arrives, capacity is `capacity` (beds or outpatient_slots) × `turnover` (patients each takes in
    the same period), utilisation their ratio, `overflow` what is over. `taken` is the plan that places most
    patients, and among those plans the cheapest, if they may go to any hospital that legal links lead to (minimum-cost
    flow, HiGHS); `limits` marks the full hospitals that the unplaced are confined to (the cut). Links without
    minutes cost the mean of the others (1 where none are stated).

    Counted are hospitals and sources of demand; a hospital without capacity and an area without population or path
    are unknown. Frame: facility, status (fits, over), capacity, load, utilisation, overflow, taken, limits.
    """
    if (rate is None) == (counts is None) or capacity not in _CAPACITIES or turnover <= 0:
        raise OptionError(say("referral.bad_load", capacities=", ".join(_CAPACITIES)))
    day = ReferralDay(net, as_of)
    question = Question(specialty=specialty, level=level, within_group=within_group)
    demand = _from_population(day, rate) if counts is None else _from_counts(day, counts)
    journeys = Journeys(day, question, demand.facility)
    arrived = journeys.goal >= 0
    hospital = _hospitals(day, question, journeys.goal[arrived])
    room = _capacity(day, capacity, turnover)
    settled = arrived & np.isfinite(room[journeys.goal])
    arriving = np.bincount(journeys.goal[settled], demand.patients[settled], minlength=len(day))
    known, silent = hospital[np.isfinite(room[hospital])], hospital[~np.isfinite(room[hospital])]
    plan = _Plan(
        journeys.legs.legal, demand.facility[settled], demand.patients[settled], known, room[known]
    )
    frame = _rows(day, known, room[known], arriving[known], plan)
    unknown = [
        *demand.unknown,
        *_without_path(journeys, demand),
        *(
            _named(
                day,
                journeys.start[i],
                say(
                    "referral.goal_silent",
                    at=day.title(int(journeys.goal[i])),
                    patients=round(float(demand.patients[i]), 2),
                ),
            )
            for i in np.flatnonzero(arrived & ~settled)
        ),
        *(
            _named(day, at, say("referral.no_capacity", column=attribute(capacity)))
            for at in silent
        ),
    ]
    judged = len(frame) + int(settled.sum())
    return Answer(
        query="referrals.load",
        as_of=day.date,
        frame=frame,
        total=judged + len(unknown),
        judged=judged,
        unknown=_frame(unknown),
        stamps=stamps_of(day.net),
        notes=_notes(demand, settled, plan, day, known),
        definition=Definition(
            say("referral.load_numerator"),
            say("referral.load_denominator"),
            "patients",
            register_of(day.net),
            say("referral.source"),
        ),
    )


@dataclass(frozen=True)
class _Demand:
    """Where patients come from: `facility` positions with `patients` each; `unknown` rows of areas and ids."""

    facility: np.ndarray
    patients: np.ndarray
    unknown: list[dict]


def _from_population(day: ReferralDay, rate: float) -> _Demand:
    areas = day.townships
    people = pc.fill_null(day.index.values("population").cast(pa.float64()), np.nan).to_numpy(
        zero_copy_only=False
    )
    source, target = day.links("SERVES").source, day.links("SERVES").target
    able = day.at_work.certain[source] & ~day.placeholder[source]
    area, at = equi_join(areas, target[able])
    served = np.bincount(area, minlength=len(areas))
    stated = np.isfinite(people[areas])
    kept = stated[area]
    each = people[areas[area[kept]]] * rate / 1000 / served[area[kept]]
    facility, place = np.unique(source[able][at][kept], return_inverse=True)
    lost = np.flatnonzero(~stated | (served == 0))
    why = [
        say("referral.no_population") if not stated[k] else say("referral.unserved") for k in lost
    ]
    unknown = [_named(day, areas[k], reason) for k, reason in zip(lost, why, strict=True)]
    return _Demand(facility, np.bincount(place, each, minlength=len(facility)), unknown)


def _from_counts(day: ReferralDay, counts: Mapping[str, float]) -> _Demand:
    ids = list(counts)
    positions = day.index.positions(ids)
    patients = np.array([float(counts[id]) for id in ids])
    if (patients < 0).any() or not np.isfinite(patients).all():
        raise OptionError(say("referral.bad_counts"))
    here = positions >= 0
    here[here] = (
        day.at_work.certain[positions[here]] & day.index.is_kind("Facility")[positions[here]]
    )
    unknown = [
        {
            "facility": id,
            "name": None,
            "status": "unknown",
            "reason": say("referral.no_such_source"),
        }
        for id, found in zip(ids, here, strict=True)
        if not found
    ]
    return _Demand(positions[here].astype(int), patients[here], unknown)


def _hospitals(day: ReferralDay, question: Question, goals: np.ndarray) -> np.ndarray:
    """Where patients may be placed: what the question asks for, by default every hospital at work."""
    if question.is_default:
        fits = day.hospital.certain & day.at_work.certain & ~day.placeholder
    else:
        fits = question.fits(day)
    fits[goals] = True
    return np.flatnonzero(fits)


def _capacity(day: ReferralDay, column: str, turnover: float) -> np.ndarray:
    stated = day.index.values(column).cast(pa.float64())
    return pc.fill_null(stated, np.nan).to_numpy(zero_copy_only=False) * turnover


class _Plan:
    """The plan that places most patients, then costs least: `taken` per hospital, `unplaced`, the limiting cut."""

    def __init__(
        self,
        legs: Legs,
        start: np.ndarray,
        patients: np.ndarray,
        hospital: np.ndarray,
        room: np.ndarray,
    ) -> None:
        self.taken = np.zeros(len(hospital))
        self.limits = np.zeros(len(hospital), bool)
        self.unplaced = float(patients.sum())
        if not len(start) or not len(hospital):
            return
        nodes = np.unique(np.concatenate([legs.lower, legs.upper, start, hospital]))
        lower, upper, at, to = (
            np.searchsorted(nodes, part) for part in (legs.lower, legs.upper, start, hospital)
        )
        mean = np.nanmean(legs.minutes) if np.isfinite(legs.minutes).any() else 1.0
        cost = np.where(np.isfinite(legs.minutes), legs.minutes, mean)
        given = np.bincount(at, patients, minlength=len(nodes))
        flow = self._solve(lower, upper, cost, given, to, room)
        along, self.taken = flow[: len(lower)], flow[len(lower) : len(lower) + len(to)]
        left = flow[len(lower) + len(to) :]
        self.unplaced = float(left.sum())
        self.limits = self._cut(lower, upper, along, left, to, len(nodes)) & (
            self.taken >= room - 1e-6
        )

    @staticmethod
    def _solve(lower, upper, cost, given, to, room) -> np.ndarray:
        """Solve the flow as a linear programme: along links, into hospitals, left at the source (dear)."""
        from scipy import optimize, sparse

        size, links, beds = len(given), len(lower), len(to)
        ones, every = np.ones, np.arange
        leaves = sparse.coo_array((ones(links), (lower, every(links))), shape=(size, links))
        enters = sparse.coo_array((ones(links), (upper, every(links))), shape=(size, links))
        into = sparse.coo_array((ones(beds), (to, every(beds))), shape=(size, beds))
        balance = sparse.hstack([leaves - enters, into, sparse.eye_array(size)]).tocsr()
        dear = (cost.sum() + 1.0) * 2
        bounds = np.concatenate([np.full(links, np.inf), room, given])
        done = optimize.linprog(
            np.concatenate([cost, np.zeros(beds), np.full(size, dear)]),
            A_eq=balance,
            b_eq=given,
            bounds=np.column_stack([np.zeros(len(bounds)), bounds]),
            method="highs",
        )
        return done.x

    @staticmethod
    def _cut(lower, upper, along, left, to, size) -> np.ndarray:
        """Return which hospitals the unplaced can still get to: forward, or back along used links."""
        from scipy import sparse
        from scipy.sparse import csgraph

        used = along > 1e-6
        tail = np.concatenate([lower, upper[used]])
        head = np.concatenate([upper, lower[used]])
        stuck = np.flatnonzero(left > 1e-6)
        graph = sparse.coo_array(
            (
                np.ones(len(tail) + len(stuck)),
                (np.concatenate([tail, np.full(len(stuck), size)]), np.concatenate([head, stuck])),
            ),
            shape=(size + 1, size + 1),
        ).tocsr()
        reach = csgraph.breadth_first_order(graph, size, return_predecessors=False)
        return np.isin(to, reach)


def _rows(
    day: ReferralDay, hospital: np.ndarray, room: np.ndarray, arriving: np.ndarray, plan: _Plan
) -> pd.DataFrame:
    import pandas as pd

    over = np.maximum(arriving - room, 0)
    return pd.DataFrame(
        {
            "facility": day.texts("id", hospital).to_pylist(),
            "name": day.texts("name", hospital).to_pylist(),
            "status": np.where(over > 0, "over", "fits").tolist(),
            "capacity": room,
            "load": arriving,
            "utilisation": np.divide(
                arriving, room, out=np.full(len(room), np.nan), where=room > 0
            ),
            "overflow": over,
            "taken": np.round(plan.taken, 6),
            "limits": plan.limits,
            "reason": [
                say("referral.over", over=round(float(o), 2)) if o > 0 else None for o in over
            ],
        }
    )


def _without_path(journeys: Journeys, demand: _Demand) -> list[dict]:
    day = journeys.day
    return [
        _named(
            day,
            journeys.start[i],
            say(
                "referral.patients_lost",
                reason=journeys.reason(int(i)),
                patients=round(float(demand.patients[i]), 2),
            ),
        )
        for i in np.flatnonzero(journeys.goal < 0)
    ]


def _named(day: ReferralDay, position: int, reason: str) -> dict:
    id = day.index.ids[int(position)].as_py()
    subject = "area" if day.index.is_kind("Area")[position] else "facility"
    return {subject: id, "name": day.name(position), "status": "unknown", "reason": reason}


def _frame(rows: list[dict]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(rows, columns=["facility", "area", "name", "status", "reason"])


def _notes(
    demand: _Demand, settled: np.ndarray, plan: _Plan, day: ReferralDay, hospital: np.ndarray
) -> tuple[str, ...]:
    total, sent = float(demand.patients.sum()), float(demand.patients[settled].sum())
    said = [
        say(
            "referral.load_note",
            total=round(total, 2),
            sent=round(sent, 2),
            unplaced=round(plan.unplaced, 2),
        )
    ]
    if plan.limits.any():
        names = say("list_comma").join(day.title(int(at)) for at in hospital[plan.limits])
        said.append(say("referral.cut_note", names=names))
    return tuple(said)
