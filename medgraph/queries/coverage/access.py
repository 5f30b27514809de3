"""Ask how far people have to go: access."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.errors import OptionError
from medgraph.graphmodel.day import Day
from medgraph.graphmodel.index import Index
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.queries.answers import one_of, stamps_of, undeclared
from medgraph.queries.columns import chosen, named, rows, sentences
from medgraph.queries.coverage import e2sfca as catchment
from medgraph.queries.coverage import served as areas
from medgraph.queries.coverage.minutes import Minutes, minutes_between
from medgraph.queries.coverage.travel import SNAP_KM, Travel, the_one_given
from medgraph.queries.results import Answer, Share
from medgraph.words.say import advise, say
from medgraph.words.vocabularies import (
    FACILITY_TYPES,
    HOSPITAL_TYPES,
    LEVELS,
    PRIMARY_TYPES,
    STATION_TYPES,
)

if TYPE_CHECKING:
    import pandas as pd

_SETS = {"primary": PRIMARY_TYPES, "hospital_any": HOSPITAL_TYPES, "station": STATION_TYPES}
_SUPPLIES = ("physicians", "nurses", "gps", "beds", "staff", "outpatient_slots")


def access(
    net: MedicalNetwork,
    *,
    travel: Travel | None = None,
    facility_type: str | Sequence[str] | None = None,
    facility_level: str | None = None,
    times: pd.DataFrame | None = None,
    roads: tuple[pd.DataFrame, pd.DataFrame] | None = None,
    speed_kmh: float | None = None,
    minutes: Sequence[float] = (15, 30),
    decay: Sequence[tuple[float, float]] | None = None,
    supply: str = "physicians",
    snap_km: float = SNAP_KM,
    level: str = "township",
    as_of: datetime.date | str | None = None,
) -> Answer:
    """Say for every area how many minutes its people need to the nearest facility of a kind.

    Three states exclude one another: `served` (a member of a group, of the kind asked about, is stated to
    serve the area), `in_reach` (none is, but one lies within the longest of `minutes`), `out_of_reach`.
    Share: areas served or in reach, of the areas judged. Where a travel time is missing, or the lists are
    not declared complete, an area that would otherwise fail is unknown.

    Parameters
    ----------
    net
        The network.
    travel
        How people travel: `TravelTimes(table)`, `Roads(nodes, edges)` or `StraightLine(speed_kmh)`.
    facility_type
        A facility type or several, or `primary`, `hospital_any`, `station`; default: any.
    facility_level
        `3`, `2`, `1` (with their A and B) or `3A` and so on; default: any.
    times
        The table of `TravelTimes`, in place of `travel`. Exactly one of `travel`, `times`, `roads`
        and `speed_kmh` is given.
    roads
        The nodes and edges of `Roads`, in place of `travel`.
    speed_kmh
        The speed of `StraightLine`, in km/h, in place of `travel`.
    minutes
        Limits in minutes, each with the people inside it; the longest is the reach.
    decay
        Bands (upper end in minutes, weight) of the E2SFCA index, such as ((10, 1), (20, 0.68), (30, 0.22)),
        Luo & Qi 2009; without them there is no index.
    supply
        What the index counts: physicians (default), nurses, gps, beds, staff or outpatient_slots.
    snap_km
        How far from a node of `roads` a place may lie, in km.
    level
        The level of the areas.
    as_of
        The day asked about; default: the data day.

    Returns
    -------
    Answer
        Rows: area, name, facility (nearest), facility_name, minutes, within (the smallest limit that
        holds), travel (reached, missing, unreachable), population, index (supply per 1,000 residents, with
        `decay`), pairs_missing, pairs_unreachable, status, reason. Notes: how times were had, pairs
        expected, given, missing and unreachable, people within each limit.

    Raises
    ------
    OptionError
        A type, level, limit, band, way of travel or table that cannot be used.

    Examples
    --------
    >>> import medgraph as mg
    >>> net = mg.samples.taizhou()
    >>> answer = mg.coverage.access(net, travel=mg.coverage.StraightLine(40))
    >>> answer.share, len(answer.unknown)  # without coordinates the one gap cannot be judged
    (Share(met=38, total=38, unit='areas'), 1)
    """
    way = the_one_given(travel, times, roads, speed_kmh, snap_km)
    limits = _limits(minutes)
    cutoff = max([*limits, *([catchment.bands(decay)[0][-1]] if decay is not None else [])])
    one_of("supply", supply, _SUPPLIES)
    day = Day(net.as_of(net.day(as_of)))
    net, index = day.net, day.index
    asked, untold = _kind(day, facility_type, facility_level)
    judged = areas.judge(day, level, among=asked)
    goals = np.flatnonzero(asked & day.at_work.certain).astype(np.int32)
    ways = minutes_between(way, index, judged.areas, goals, cutoff)
    people = _numbers(index, "population", judged.areas)
    columns = _columns(index, judged, goals, ways, limits, people)
    if decay is not None:
        demand = np.where(judged.level_unknown, np.nan, people)
        scores = catchment.e2sfca(ways, _numbers(index, supply, goals), demand, decay) * 1000
        columns["index"] = pa.array(scores, mask=np.isnan(scores))
    status, reason = _states(judged, ways, limits[-1], _doubt(day, untold))
    return _answer(
        net,
        day.date,
        judged,
        columns | {"status": status, "reason": reason},
        notes=[
            ways.how,
            _pairs(ways),
            *ways.notes,
            *_people(people, judged, ways, limits),
            *([say("coverage.kind_untold", count=untold)] if untold else []),
        ],
    )


def _limits(minutes: Sequence[float]) -> list[float]:
    limits = sorted(float(m) for m in (minutes if isinstance(minutes, Sequence) else [minutes]))
    if not limits or not limits[0] > 0 or not np.isfinite(limits[-1]):
        raise OptionError(say("coverage.bad_limits", value=str(minutes)))
    return limits


def _kind(day: Day, types: str | Sequence[str] | None, level: str | None) -> tuple[np.ndarray, int]:
    """Return a mask: facilities of the kind asked about, and how many do not say what they are."""
    index, asked = day.index, day.facility.certain
    untold = np.zeros(len(index), bool)
    if types is not None:
        words = [types] if isinstance(types, str) else list(types)
        for word in words:
            one_of("facility_type", word, (*_SETS, *FACILITY_TYPES))
        wanted = set().union(*(_SETS.get(word, {word}) for word in words))
        fits = day.of_type(*sorted(wanted))
        untold |= asked & fits.unknown
        asked = asked & fits.certain
    if level is not None:
        one_of("facility_level", level, LEVELS)
        told = index.values("level").is_valid().to_numpy(zero_copy_only=False)
        untold |= asked & ~told
        asked = asked & index.has("level", *(word for word in LEVELS if word.startswith(level)))
    return asked, int(untold.sum())


def _numbers(index: Index, column: str, positions: np.ndarray) -> np.ndarray:
    return (
        index.take(column, positions)
        .cast(pa.float64())
        .to_numpy(zero_copy_only=False)
        .astype(float)
    )


def _doubt(day: Day, untold: int) -> str:
    """Say why a facility nearer than those known may exist; empty where none can."""
    lacking = undeclared(day, "facilities")
    if lacking:
        return say("coverage.nearer_unknown", tables=lacking)
    return say("coverage.kind_untold", count=untold) if untold else ""


def _columns(
    index: Index,
    judged: areas.Judged,
    goals: np.ndarray,
    ways: Minutes,
    limits: list[float],
    people: np.ndarray,
) -> dict[str, pa.Array | np.ndarray]:
    reached = ways.nearest >= 0
    facility = np.full(len(ways.nearest), -1, np.int32)
    facility[reached] = goals[ways.nearest[reached]]
    number = np.searchsorted(limits, ways.nearest_minutes, "left")
    inside = number < len(limits)
    within = np.array([*limits, np.nan])[number]
    return {
        "area": index.ids.take(pa.array(judged.areas)),
        "name": named(index, judged.areas),
        "facility": index.ids.take(pa.array(facility, mask=~reached)),
        "facility_name": index.take("name", facility),
        "minutes": pa.array(ways.nearest_minutes, mask=~reached),
        "within": pa.array(within, mask=~inside),
        "travel": chosen(
            [
                (reached, "reached"),
                (ways.missing_from > 0, "missing"),
                (np.full(len(reached), True), "unreachable"),
            ],
            len(reached),
        ),
        "population": pa.array(np.nan_to_num(people).astype(np.int64), mask=np.isnan(people)),
        "pairs_missing": ways.missing_from,
        "pairs_unreachable": ways.unreachable_from,
    }


def _states(
    judged: areas.Judged, ways: Minutes, reach: float, doubt: str
) -> tuple[pa.Array, pa.Array]:
    """Give every area one of the three states, or say why it cannot have one."""
    near = ways.nearest_minutes <= reach
    count = len(near)
    here = sentences("coverage.in_reach", count, minutes=_tenths(ways.nearest_minutes))
    cases = [
        (judged.excluded | judged.is_unknown, judged.status, judged.reason),
        (judged.served, "served", judged.reason),
        (near, "in_reach", here),
        (
            ways.missing_from > 0,
            "unknown",
            sentences(
                "coverage.times_missing",
                count,
                count=pc.cast(pa.array(ways.missing_from), pa.string()),
            ),
        ),
        (np.full(count, bool(doubt)), "unknown", doubt),
        (np.full(count, True), "out_of_reach", say("coverage.out_of_reach", minutes=f"{reach:g}")),
    ]
    return (
        chosen([(mask, status) for mask, status, _ in cases], count),
        chosen([(mask, reason) for mask, _, reason in cases], count),
    )


def _tenths(minutes: np.ndarray) -> pa.Array:
    return pa.array([f"{m:.1f}" for m in minutes], pa.string())


def _pairs(ways: Minutes) -> str:
    return say(
        "coverage.pairs",
        expected=ways.expected,
        given=ways.given,
        missing=ways.missing,
        unreachable=ways.unreachable,
    )


def _people(
    people: np.ndarray, judged: areas.Judged, ways: Minutes, limits: list[float]
) -> list[str]:
    """Say how many people live within each limit, and of how many that is not known."""
    counted = ~judged.level_unknown & ~np.isnan(people)
    said = []
    for limit in limits:
        near = ways.nearest_minutes <= limit
        sure = counted & (near | (ways.missing_from == 0))
        said.append(
            say(
                "coverage.people_within",
                minutes=f"{limit:g}",
                met=int(people[sure & near].sum()),
                total=int(people[sure].sum()),
                unknown=int((~judged.level_unknown & ~sure).sum()),
            )
        )
    return said


def _answer(
    net: MedicalNetwork,
    day: datetime.date,
    judged: areas.Judged,
    columns: dict,
    *,
    notes: list[str],
) -> Answer:
    states = {
        name: pc.equal(columns["status"], name).to_numpy(zero_copy_only=False)
        for name in ("served", "in_reach", "unknown", "excluded")
    }
    shown = ~states["unknown"] & ~states["excluded"]
    total = int(shown.sum())
    met = int((states["served"] | states["in_reach"]).sum())
    if not len(judged.areas):
        notes = [f"{say('E052')}{advise('E052')} [E052]", *notes]
    definition = judged.definition("coverage.access.numerator")
    if "index" in columns:
        definition = replace(definition, source="E2SFCA: Luo & Qi 2009")
    frames = [
        _floats(rows(columns, mask)) for mask in (shown, states["unknown"], states["excluded"])
    ]
    return Answer(
        query="coverage.access",
        as_of=day,
        definition=definition,
        frame=frames[0],
        total=len(judged.areas),
        judged=total,
        share=Share(met, total, "areas") if total and not judged.partial else None,
        unknown=frames[1],
        excluded=frames[2],
        stamps=stamps_of(net),
        notes=tuple(notes),
    )


def _floats(frame: pd.DataFrame) -> pd.DataFrame:
    """Hold numbers that may be absent as pandas' nullable floats, so that absent is no NaN."""
    return frame.astype(
        {c: "Float64" for c in ("minutes", "within", "index") if c in frame.columns}
    )
