"""Ask which areas lie within so many minutes of each facility: isochrones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from medgraph.queries.answers import answer, define, frame_of, on_day
from medgraph.queries.as_listed import told_as_listed
from medgraph.queries.columns import numbers_of
from medgraph.queries.coverage.access import by_ids, kind_of, limits_of, pairs_in_words
from medgraph.queries.coverage.judging import judge
from medgraph.queries.coverage.minutes import minutes_between, without_polygons
from medgraph.queries.coverage.travel import SNAP_KM, the_one_given
from medgraph.queries.subjects import Subjects
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    import pandas as pd

    from medgraph.graphmodel.arrays.types import Floats, Positions
    from medgraph.graphmodel.day import Day
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.coverage.travel import Travel
    from medgraph.queries.results import Answer

_COLUMNS = ("facility", "name", "minutes", "areas", "inside", "population", "status", "reason")


@told_as_listed
def isochrones(
    net: MedicalNetwork,
    *,
    minutes: Sequence[float] = (15, 30),
    travel: Travel | None = None,
    facility_type: str | Sequence[str] | None = None,
    facility_level: str | None = None,
    times: pd.DataFrame | None = None,
    roads: tuple[pd.DataFrame, pd.DataFrame] | None = None,
    speed_kmh: float | None = None,
    snap_km: float = SNAP_KM,
    level: str = "township",
    as_of: datetime.date | str | None = None,
) -> Answer:
    """Say for every facility of a kind which areas lie within so many minutes, and their people.

    The minutes are those from the area to the facility. A row is unknown where a time to the
    facility is missing, or the people of an area inside are not stated: there may be more.

    Parameters
    ----------
    net
        The network.
    minutes
        The limits, in minutes: a row for each facility and limit.
    travel
        How people travel, as in `access`.
    facility_type
        A facility type or several, or `primary`, `hospital_any`, `station`; default: any.
    facility_level
        `3`, `2`, `1` (with their A and B) or `3A` and so on; default: any.
    times
        The table of `TravelTimes`, in place of `travel`.
    roads
        The nodes and edges of `Roads`, in place of `travel`.
    speed_kmh
        The speed of `StraightLine`, in km/h, in place of `travel`.
    snap_km
        How far from a node of `roads` a place may lie, in km.
    level
        The level of the areas.
    as_of
        The day asked about; default: the data day.

    Returns
    -------
    Answer
        Rows: facility, name, minutes (the limit), areas (how many lie inside), inside (their ids),
        population (of those that state it), status, reason.

    Raises
    ------
    OptionError
        A limit, type, level, way of travel or table that cannot be used.

    Examples
    --------
    >>> import medgraph as mg
    >>> import pandas as pd
    >>> net = mg.samples.taizhou()
    >>> rows = [(area, "TZ-P16", 12.0) for area in net.nodes("Area").index]
    >>> times = pd.DataFrame(rows, columns=["origin", "destination", "minutes"])
    >>> found = mg.coverage.isochrones(net, times=times, minutes=(10, 15)).everything
    >>> found.loc[found["facility"] == "TZ-P16", "areas"].tolist()
    [0, 39]
    """
    limits = limits_of(minutes)
    day = on_day(net, as_of)
    way = by_ids(day, the_one_given(travel, times, roads, speed_kmh, snap_km))
    asked = Subjects(day, kind_of(day, facility_type, facility_level))
    judged = judge(day, level)
    areas = judged.areas[~judged.excluded & ~judged.level_unknown]
    goals = asked.positions[np.argsort(day.ids(asked.positions), kind="stable")].astype(np.int32)
    near = minutes_between(way, day.index, areas, goals, np.inf)
    people = numbers_of(day.index, "population")[areas]
    rows = [
        _row(day, areas, people, int(goal), near.matrix[:, place], limit)
        for place, goal in enumerate(goals)
        for limit in limits
    ]
    known = [row for row in rows if row["status"] != "unknown"]
    return answer(
        day,
        "coverage.isochrones",
        define(
            day, "coverage.isochrones.numerator", "coverage.isochrones.denominator", "facilities"
        ),
        _whole(frame_of(known, _COLUMNS)),
        judged=len(known),
        unknown=_whole(frame_of([row for row in rows if row["status"] == "unknown"], _COLUMNS)),
        perhaps=_whole(asked.perhaps),
        excluded=_whole(asked.left_out),
        notes=(near.how, pairs_in_words(near), *near.notes, *without_polygons(day)),
    )


def _row(
    day: Day, areas: Positions, people: Floats, goal: int, minutes: Floats, limit: float
) -> dict[str, Any]:
    """Return the row of a facility and a limit."""
    inside = minutes <= limit  # a time that is missing is not
    missing, silent = int(np.isnan(minutes).sum()), int(np.isnan(people[inside]).sum())
    reason = ""
    if silent:
        reason = say("coverage.isochrone_silent", count=silent)
    if missing:
        reason = say("coverage.isochrone_missing", count=missing)
    return {
        "facility": day.id(goal),
        "name": day.name(goal),
        "minutes": limit,
        "areas": int(inside.sum()),
        "inside": "|".join(sorted(day.ids(areas[inside]))),
        "population": int(np.nansum(people[inside])),
        "status": "unknown" if reason else "counted",
        "reason": reason,
    }


def _whole(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows with all columns, whole numbers whole where some are not known."""
    every = frame.reindex(columns=list(_COLUMNS))
    return every.astype({"minutes": "Float64", "areas": "Int64", "population": "Int64"})


__all__ = ["isochrones"]
