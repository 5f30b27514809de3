"""Say which specialties a township reaches: in its group, by an alliance, outside, or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel.areas import quasi_units
from medgraph.graphmodel.arrays.joins import equi_join
from medgraph.graphmodel.canonical import frame
from medgraph.queries.answers import answer, define, frame_of
from medgraph.queries.as_listed import told_as_listed
from medgraph.queries.columns import whole_column
from medgraph.queries.referrals.journeys import LEVEL_SKIP, Journeys
from medgraph.queries.referrals.legs import ReferralDay
from medgraph.queries.referrals.possible import may_arrive_nearby, may_get_there
from medgraph.queries.referrals.question import BY_ALLIANCE, OUTSIDE, WAYS, Question
from medgraph.words.say import say
from medgraph.words.vocabularies import SPECIALTIES

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    import pandas as pd

    from medgraph.graphmodel.areas import Texts
    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer

_TYPES = {
    "area": pa.string(),
    "name": pa.string(),
    "specialty": pa.string(),
    "status": pa.string(),
    "facility": pa.string(),
    "target": pa.string(),
    "target_name": pa.string(),
    "minutes": pa.float64(),
    "steps": pa.int64(),
    "reason": pa.string(),
}
_COLUMNS = tuple(_TYPES)
_STATES = (*WAYS, "none")
_NONE = len(WAYS)


@told_as_listed
def specialties(
    net: MedicalNetwork,
    *,
    specialty: str | Sequence[str] | None = None,
    within_group: bool = False,
    as_of: datetime.date | str | None = None,
) -> Answer:
    """Say for every township and specialty how its people legally get to the specialty.

    A cell is inside (a facility of the group that serves the area), alliance (the lead of an
    alliance that cooperates with the group), outside (elsewhere by legal links), or none. What
    counts is the best facility at work that serves the area: by state, then minutes, then steps;
    up only. Share: cells inside or by alliance, of the cells judged. Quasi units are excluded; an
    area whose level is not known, and a `none` that rests on undeclared data, are unknown.

    Parameters
    ----------
    net
        The network; it needs a register of areas.
    specialty
        One specialty or several; default: all that somebody in the network has.
    within_group
        Whether to use only links whose ends share a group.
    as_of
        The day asked about; default: the data day.

    Returns
    -------
    Answer
        A row per area and specialty: area, name, specialty, status, facility (which serves the
        area), target and target_name (the nearest with the specialty), minutes (null: not stated),
        steps, reason.

    Raises
    ------
    OptionError
        A specialty is not in the vocabulary.

    Examples
    --------
    >>> import medgraph as mg
    >>> answer = mg.referrals.specialties(mg.samples.taizhou(), specialty="psychiatry")
    >>> answer.share
    Share(met=38, total=39, unit='cells')
    >>> answer.frame["status"].value_counts().to_dict()
    {'alliance': 38, 'none': 1}
    """
    day = ReferralDay(net, as_of)
    asked = [specialty] if isinstance(specialty, str) else list(specialty or _present(day))
    areas, level_unknown = day.townships
    quasi = quasi_units(day.index, areas)
    judged = areas[~quasi & ~level_unknown]
    table = _table([_cells(day, judged, word, within_group) for word in asked])
    unsure = pc.equal(table["status"], "unknown")
    shown = table.filter(pc.invert(unsure))
    near = pc.is_in(shown["status"], value_set=pa.array(WAYS[: BY_ALLIANCE + 1]))
    unclear = say("coverage.level_unknown")
    perhaps = _rows(day, areas[level_unknown & ~quasi], asked, "unknown", unclear)
    definition = define(
        day,
        "referral.specialties_numerator",
        "referral.specialties_denominator",
        "cells",
        "referral.source",
    )
    return answer(
        day,
        "referrals.specialties",
        definition,
        frame(shown, keep=_COLUMNS),
        judged=len(shown),
        met=pc.sum(near).as_py() or 0,
        unknown=frame(table.filter(unsure), keep=_COLUMNS),
        perhaps=perhaps,
        excluded=_rows(day, areas[quasi], asked, "excluded", say("referral.quasi")),
        lists=("areas",) if specialty else ("areas", "facilities"),
        notes=(say("referral.cost_note"),),
    )


def _present(day: ReferralDay) -> list[str]:
    """Return the specialties that somebody in the network has."""
    return [word for word in SPECIALTIES if (day.offers(word).certain & day.asked).any()]


def _table(parts: list[pa.Table]) -> pa.Table:
    if parts:
        return pa.concat_tables(parts)
    return pa.table({name: pa.array([], type_) for name, type_ in _TYPES.items()})


def _cells(day: ReferralDay, areas: Positions, specialty: str, within_group: bool) -> pa.Table:
    """Return the cells of one specialty: the best route of each area."""
    serves = day.links("SERVES")
    source, target = serves.source, serves.target
    able = day.working.certain[source]
    area, at = equi_join(areas, target[able])
    start, place = np.unique(source[able][at], return_inverse=True)
    journeys = Journeys(day, Question(specialty=specialty, within_group=within_group), start)
    states = _states(journeys)
    best = np.full(len(areas), -1)
    first = _best_of_each(journeys, states, area, place)
    best[area[first]] = place[first]
    open_ = _not_settled(journeys, states, len(areas), area, place)
    classes = day.at_work.certain[source] & day.placeholder[source]
    open_[equi_join(areas, target[classes])[0]] = True
    return _Cells(day, areas, journeys, states, best, open_).table(specialty)


def _not_settled(
    journeys: Journeys, states: Positions, areas: int, area: Positions, place: Positions
) -> Mask:
    """Return a mask over areas: who serves them may get nearer than is listed, or another may serve
    them.

    `area` and `place` are pairs of an area and one of the starts that serve it.
    """
    day = journeys.day
    if not day.declared_whole("SERVES"):
        return np.ones(areas, bool)
    nearer = np.zeros(len(states), bool)
    far = np.flatnonzero(states == OUTSIDE)
    nowhere = np.flatnonzero(states == _NONE)
    nearer[far] = may_arrive_nearby(day, journeys.question, journeys.start[far])
    nearer[nowhere] = may_get_there(day, journeys.question, journeys.start[nowhere])
    found = np.zeros(areas, bool)
    found[area[nearer[place]]] = True
    return found


def _states(journeys: Journeys) -> Positions:
    """Return for each start the code of its state; a skipped level is no legal way."""
    legal = (journeys.goal >= 0) & (journeys.kind != LEVEL_SKIP)
    return np.where(legal, journeys.way, _NONE)


def _best_of_each(
    journeys: Journeys, states: Positions, area: Positions, place: Positions
) -> Positions:
    """Return which pair of an area and a start (`place`) is the best of each area."""
    minutes = np.nan_to_num(journeys.minutes[place], nan=np.inf)
    order = np.lexsort((journeys.steps[place], minutes, states[place], area))
    _, first = np.unique(area[order], return_index=True)
    found: Positions = order[first]
    return found


class _Cells:
    """The cells of one specialty.

    `best` is the start that counts for each area, -1: none; `open_` is where another route or
    facility may do better.
    """

    def __init__(
        self,
        day: ReferralDay,
        areas: Positions,
        journeys: Journeys,
        states: Positions,
        best: Positions,
        open_: Mask,
    ) -> None:
        self.day, self.areas, self.journeys = day, areas, journeys
        self.best, self.open = best, open_
        self.served = best >= 0
        self.state = self._of_best(states, _NONE)
        self.lost = self.state == _NONE

    def _of_best(self, values: Any, without: float) -> Any:
        """Return for each area the value of its start, `without` where it has none."""
        found = np.full(len(self.areas), without, np.asarray(values).dtype)
        found[self.served] = values[self.best[self.served]]
        return found

    def table(self, specialty: str) -> pa.Table:
        """Return the cells as a table of `_COLUMNS`."""
        day, journeys = self.day, self.journeys
        facility = self._of_best(journeys.start, -1)
        target = np.where(self.lost, -1, self._of_best(journeys.goal, -1))
        minutes = self._of_best(journeys.minutes, np.nan)
        columns = [
            day.texts("id", self.areas),
            day.texts("name", self.areas),
            whole_column(specialty, len(self.areas)),
            self._statuses(),
            day.texts("id", facility),
            day.texts("id", target),
            day.texts("name", target),
            pa.array(minutes, mask=np.isnan(minutes) | self.lost),
            pa.array(self._of_best(journeys.steps, -1), mask=self.lost),
            self._reasons(),
        ]
        return pa.table(columns, names=list(_COLUMNS))

    def _statuses(self) -> Texts:
        status = np.array(_STATES, dtype=object)[self.state]
        status[self.open & (self.state > BY_ALLIANCE)] = "unknown"
        return pa.array(status, pa.string())

    def _reasons(self) -> Texts:
        reasons: list[str | None] = [None] * len(self.areas)
        for place in np.flatnonzero(self.lost).tolist():
            reasons[place] = say("referral.unserved")
            if self.served[place]:
                reasons[place] = self.journeys.reason(int(self.best[place]))
        return pa.array(reasons, pa.string())


def _rows(
    day: ReferralDay, areas: Positions, asked: Sequence[str], status: str, reason: str
) -> pd.DataFrame:
    """Return a row for each specialty and area, all with the same status and reason."""
    places = list(zip(day.ids(areas), day.texts("name", areas).to_pylist(), strict=True))
    rows = [
        {"area": id, "name": name, "specialty": word, "status": status, "reason": reason}
        for word in asked
        for id, name in places
    ]
    return frame_of(rows, ("area", "name", "specialty", "status", "reason"))
