"""Ask which facility each area is nearest to: catchments."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from medgraph.queries.answers import on_day
from medgraph.queries.as_listed import told_as_listed
from medgraph.queries.columns import first_of, listed, named, rows, sentences
from medgraph.queries.coverage.access import by_ids, doubt_of, of_kind, pairs_in_words
from medgraph.queries.coverage.judging import judge
from medgraph.queries.coverage.minutes import minutes_between, without_polygons
from medgraph.queries.coverage.travel import SNAP_KM, the_one_given
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    import pandas as pd

    from medgraph.graphmodel.arrays.types import Floats, Positions
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.coverage.travel import Travel
    from medgraph.queries.results import Answer

_SAME = 1e-9  # minutes that are no difference


@told_as_listed
def catchments(
    net: MedicalNetwork,
    *,
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
    """Say for every area which facility of a kind is the fewest minutes away.

    `assigned`: one is nearest; `tied`: several are equally near, and all are named; `unreachable`:
    no way leads to any. Where a time is missing, or there may be further facilities of the kind,
    another one may be nearer: the area is unknown, beside the nearest of those known. Share: areas
    with one nearest, of the areas judged.

    Parameters
    ----------
    net
        The network.
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
        Rows: area, name, facility, facility_name (`a|b` where tied), minutes, pairs_missing,
        status, reason. Notes: how times were had, and the pairs accounted for.

    Raises
    ------
    OptionError
        A type, level, way of travel or table that cannot be used.

    Examples
    --------
    >>> import medgraph as mg
    >>> import pandas as pd
    >>> rows = [("331003003000", "TZ-P16", 12.0), ("331003003000", "TZ-P17", 12.0)]
    >>> times = pd.DataFrame(rows, columns=["origin", "destination", "minutes"])
    >>> found = mg.coverage.catchments(mg.samples.taizhou(), times=times)
    >>> found.everything.set_index("area").loc["331003003000", ["facility", "status"]].tolist()
    ['TZ-P16|TZ-P17', 'unknown']
    """
    day = on_day(net, as_of)
    way = by_ids(day, the_one_given(travel, times, roads, speed_kmh, snap_km))
    asked, unclear = of_kind(day, facility_type, facility_level)
    judged = judge(day, level)
    at_work = np.flatnonzero(asked & day.at_work.certain).astype(np.int32)
    goals: Positions = at_work[np.argsort(day.ids(at_work), kind="stable")]  # so are ties listed
    near = minutes_between(way, day.index, judged.areas, goals, np.inf)
    facilities, names, count = _nearest(day.index.ids, named(day.index, goals), goals, near.matrix)
    perhaps = bool((asked & day.at_work.possible & ~day.at_work.certain).any())
    doubt = doubt_of(day, unclear) or (say("coverage.nearest_maybe") if perhaps else "")
    size = len(judged)
    missing = pa.array(near.missing_from).cast(pa.string())
    cases = [
        (judged.excluded | judged.level_unknown, judged.status, judged.reason),
        (
            near.missing_from > 0,
            "unknown",
            sentences("coverage.times_missing", size, count=missing),
        ),
        (np.full(size, bool(doubt)), "unknown", doubt),
        (count == 0, "unreachable", say("coverage.nearest_none")),
        (count == 1, "assigned", say("coverage.nearest_one")),
        (count > 1, "tied", sentences("coverage.nearest_tied", size, count=_texts(count))),
    ]
    status = first_of([(mask, status) for mask, status, _ in cases], size)
    columns = {
        "area": day.index.ids.take(pa.array(judged.areas)),
        "name": named(day.index, judged.areas),
        "facility": facilities,
        "facility_name": names,
        "minutes": pa.array(near.nearest_minutes, mask=~np.isfinite(near.nearest_minutes)),
        "pairs_missing": near.missing_from,
        "status": status,
        "reason": first_of([(mask, reason) for mask, _, reason in cases], size),
    }
    said = np.array(status.to_pylist(), object)
    unknown, excluded = said == "unknown", said == "excluded"
    return judged.accounted(
        "coverage.catchments",
        judged.definition("coverage.catchments.numerator"),
        _floats(rows(columns, ~unknown & ~excluded)),
        judged=int((~unknown & ~excluded).sum()),
        met=int((said == "assigned").sum()),
        unknown=_floats(rows(columns, unknown)),
        excluded=_floats(rows(columns, excluded)),
        notes=(
            *judged.note_no_areas(),
            near.how,
            pairs_in_words(near),
            *near.notes,
            *without_polygons(day),
        ),
    )


def _nearest(
    ids: pa.Array, names: pa.Array, goals: Positions, minutes: Floats
) -> tuple[pa.Array, pa.Array, Positions]:
    """Return for each area the ids and the names of all that are nearest, and how many they are."""
    known = np.where(np.isnan(minutes), np.inf, minutes)
    least = known.min(axis=1, initial=np.inf, keepdims=True)
    area, goal = np.nonzero(np.isfinite(known) & (known <= least + _SAME))
    every = np.arange(len(minutes))
    facilities = listed(area, ids.take(pa.array(goals[goal])), every)
    called = listed(area, names.take(pa.array(goal)), every)
    return facilities, called, np.bincount(area, minlength=len(minutes))


def _texts(count: Positions) -> pa.Array:
    return pa.array(count).cast(pa.string())


def _floats(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.astype({"minutes": "Float64"}) if "minutes" in frame.columns else frame


__all__ = ["catchments"]
