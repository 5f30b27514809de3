"""Which specialty a township can reach: inside its group, by an alliance, outside, or not at all."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel.areas import quasi_units
from medgraph.graphmodel.arrays.joins import equi_join
from medgraph.graphmodel.canonical import frame
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.queries.answers import register_of, stamps_of
from medgraph.queries.referrals.journeys import CODE, Journeys
from medgraph.queries.referrals.legs import ReferralDay
from medgraph.queries.referrals.question import WAYS, Question
from medgraph.queries.results import Answer, Definition, Share
from medgraph.words.say import say
from medgraph.words.vocabularies import SPECIALTIES

_COLUMNS = [
    "area",
    "name",
    "specialty",
    "status",
    "facility",
    "target",
    "target_name",
    "minutes",
    "steps",
    "reason",
]
_NONE = 3
_STATES = (*WAYS, "none")


def specialties(
    net: MedicalNetwork,
    *,
    specialty: str | Sequence[str] | None = None,
    within_group: bool = False,
    as_of: datetime.date | str | None = None,
) -> Answer:
    """Return the matrix township × specialty: how the people of each area legally get to each specialty.

    States: inside (a facility of the group that serves the area), alliance (the lead of an alliance that
    cooperates with the group), outside (elsewhere by legal links), none. Best over the facilities that serve the
    area: state, then minutes, then steps; up only. Without `specialty` every specialty that somebody in the
    network has is asked. Numerator: cells inside or by alliance; denominator: cells judged. Areas that are no
    township (quasi units) are excluded; a `none` that rests on undeclared data is unknown.

    Frame: area, specialty, status, facility (which serves the area), target (the nearest), minutes (null: not
    stated), steps.
    """
    day = ReferralDay(net, as_of)
    asked = [specialty] if isinstance(specialty, str) else list(specialty or _present(day))
    areas = day.townships
    quasi = quasi_units(day.index, areas)
    parts = [_column(day, areas[~quasi], word, within_group) for word in asked]
    table = pa.concat_tables(parts) if parts else _empty()
    unsure = pc.equal(table["status"], "unknown")
    shown = table.filter(pc.invert(unsure))
    met = pc.sum(pc.is_in(shown["status"], value_set=pa.array(WAYS[:2]))).as_py() or 0
    return Answer(
        query="referrals.specialties",
        as_of=day.date,
        stamps=stamps_of(day.net),
        frame=frame(shown, keep=tuple(_COLUMNS)),
        definition=Definition(
            say("referral.specialties_numerator"),
            say("referral.specialties_denominator"),
            "cells",
            register_of(day.net),
            say("referral.source"),
        ),
        total=len(areas) * len(asked),
        judged=len(shown),
        share=Share(met, len(shown), "cells"),
        unknown=frame(table.filter(unsure), keep=tuple(_COLUMNS)),
        excluded=_excluded(day, areas[quasi], asked),
        notes=(say("referral.cost_note"),),
    )


def _present(day: ReferralDay) -> list[str]:
    return [word for word in SPECIALTIES if (day.offers(word) & day.asked).any()]


def _column(day: ReferralDay, areas: np.ndarray, specialty: str, within_group: bool) -> pa.Table:
    """Return one specialty's column of the matrix: the best route of each area."""
    source, target = day.links("SERVES").source, day.links("SERVES").target
    able = day.at_work.certain[source] & ~day.placeholder[source]
    cell, at = equi_join(areas, target[able])
    start, place = np.unique(source[able][at], return_inverse=True)
    journeys = Journeys(day, Question(specialty=specialty, within_group=within_group), start)
    state = np.where(journeys.goal >= 0, journeys.way, _NONE)
    state[(journeys.kind == CODE["level_skip"]) & (journeys.goal >= 0)] = _NONE
    best = np.lexsort(
        (
            journeys.steps[place],
            np.nan_to_num(journeys.minutes[place], nan=np.inf),
            state[place],
            cell,
        )
    )
    first = best[np.unique(cell[best], return_index=True)[1]]
    chosen = np.full(len(areas), -1)
    chosen[cell[first]] = place[first]
    return _rows(day, areas, specialty, journeys, state, chosen)


def _rows(
    day: ReferralDay,
    areas: np.ndarray,
    specialty: str,
    journeys: Journeys,
    state: np.ndarray,
    chosen: np.ndarray,
) -> pa.Table:
    served = chosen >= 0
    pick = np.maximum(chosen, 0)
    if not len(journeys.start):
        served, pick = np.zeros(len(areas), bool), np.zeros(len(areas), int)
    code = np.full(len(areas), _NONE)
    code[served] = state[pick[served]]
    sure = np.full(len(areas), day.declared_whole("SERVES"))
    sure[served] = journeys.certain()[pick[served]] | (code[served] < _NONE)
    facility, goal, steps = (np.full(len(areas), -1) for _ in range(3))
    minutes = np.full(len(areas), np.nan)
    for column, values in (
        (facility, journeys.start),
        (goal, journeys.goal),
        (steps, journeys.steps),
        (minutes, journeys.minutes),
    ):
        column[served] = values[pick[served]]
    reasons = [
        None
        if c < _NONE
        else journeys.reason(int(chosen[k]))
        if served[k]
        else say("referral.unserved")
        for k, c in enumerate(code)
    ]
    status = np.array(_STATES, dtype=object)[code]
    status[~sure] = "unknown"
    lost = code == _NONE
    return pa.table(
        [
            day.texts("id", areas),
            day.texts("name", areas),
            pa.array([specialty] * len(areas), pa.string()),
            pa.array(status, pa.string()),
            day.texts("id", facility),
            day.texts("id", np.where(lost, -1, goal)),
            day.texts("name", np.where(lost, -1, goal)),
            pa.array(minutes, mask=np.isnan(minutes) | lost),
            pa.array(steps, mask=lost),
            pa.array(reasons, pa.string()),
        ],
        names=_COLUMNS,
    )


def _excluded(day: ReferralDay, areas: np.ndarray, asked: list[str]):
    import pandas as pd

    ids, names = day.texts("id", areas).to_pylist(), day.texts("name", areas).to_pylist()
    rows = [
        {
            "area": id,
            "name": name,
            "specialty": word,
            "status": "excluded",
            "reason": say("referral.quasi"),
        }
        for word in asked
        for id, name in zip(ids, names, strict=True)
    ]
    return pd.DataFrame(rows, columns=["area", "name", "specialty", "status", "reason"])


def _empty() -> pa.Table:
    types = dict.fromkeys(_COLUMNS, pa.string()) | {"minutes": pa.float64(), "steps": pa.int64()}
    return pa.table({name: pa.array([], type) for name, type in types.items()})
