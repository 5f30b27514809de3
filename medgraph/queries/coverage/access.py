"""Ask how far people have to go: access."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.errors import OptionError
from medgraph.graphmodel.states import Fact
from medgraph.queries.answers import on_day, one_of, undeclared
from medgraph.queries.as_listed import told_as_listed
from medgraph.queries.columns import first_of, named, rows, sentences
from medgraph.queries.coverage import e2sfca
from medgraph.queries.coverage.judging import Judged, judge
from medgraph.queries.coverage.minutes import Minutes, minutes_between
from medgraph.queries.coverage.raam import TAU, raam
from medgraph.queries.coverage.travel import SNAP_KM, Travel, TravelTimes, the_one_given
from medgraph.queries.meant import ids_meant
from medgraph.words.say import say
from medgraph.words.vocabularies import (
    FACILITY_TYPES,
    HOSPITAL_TYPES,
    LEVELS,
    PRIMARY_TYPES,
    STATION_TYPES,
)

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    import pandas as pd

    from medgraph.graphmodel.areas import Texts
    from medgraph.graphmodel.arrays.types import Floats, Mask, Positions
    from medgraph.graphmodel.day import Day
    from medgraph.graphmodel.index import Index
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer

_SETS = {"primary": PRIMARY_TYPES, "hospital_any": HOSPITAL_TYPES, "station": STATION_TYPES}
_INDICES = ("2sfca", "raam")
_SOURCES = {
    "index": "E2SFCA: Luo & Qi 2009",
    "index_2sfca": "2SFCA: Luo & Wang 2003",
    "index_raam": "RAAM: Saxon & Snow 2020",
}
_SUPPLIES = ("physicians", "nurses", "gps", "beds", "staff", "outpatient_slots")


@told_as_listed
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
    index: str | Sequence[str] = (),
    tau: float = TAU,
    supply: str = "physicians",
    snap_km: float = SNAP_KM,
    level: str = "township",
    as_of: datetime.date | str | None = None,
) -> Answer:
    """Say for every area how many minutes its people need to the nearest facility of a kind.

    Three states exclude one another: `served` (a member of a group, of the kind asked about, is
    stated to serve the area), `in_reach` (none is, but one lies within the longest of `minutes`),
    `out_of_reach`. Share: areas served or in reach, of the areas judged. Where a travel time is
    missing, or the lists are not declared complete, an area that would otherwise fail is unknown.

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
        Bands (upper end in minutes, weight) of the E2SFCA index, such as ((10, 1), (20, 0.68), (30,
        0.22)), Luo & Qi 2009; without them there is no index.
    index
        Further indices: `2sfca` (Luo & Wang 2003: supply per 1,000 residents, everybody within the
        longest of `minutes` alike) and `raam` (Saxon & Snow 2020: what people pay in crowding and
        minutes where nobody gains by going elsewhere; more is worse).
    tau
        The minutes that weigh as much as the mean crowding in `raam`; 60 in the paper.
    supply
        What an index counts: physicians (default), nurses, gps, beds, staff or outpatient_slots.
    snap_km
        How far from a node of `roads` a place may lie, in km.
    level
        The level of the areas.
    as_of
        The day asked about; default: the data day.

    Returns
    -------
    Answer
        Rows: area, name, facility (nearest), facility_name, minutes, within (the smallest limit
        that holds), travel (reached, missing, unreachable), population, index (E2SFCA: supply per
        1,000 residents, with `decay`), index_2sfca, index_raam (with `index`), pairs_missing,
        pairs_unreachable, status, reason. Notes: how times were had, pairs expected, given, missing
        and unreachable, people within each limit.

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
    limits = limits_of(minutes)
    one_of("supply", supply, _SUPPLIES)
    further = _further(index)
    day = on_day(net, as_of)
    way = by_ids(day, the_one_given(travel, times, roads, speed_kmh, snap_km))
    asked, unclear = of_kind(day, facility_type, facility_level)
    judged = judge(day, level, among=asked)
    goals: Positions = np.flatnonzero(asked & day.at_work.certain).astype(np.int32)
    cutoff = np.inf if "raam" in further else _cutoff(limits, decay)
    near = minutes_between(way, day.index, judged.areas, goals, cutoff)
    people = _numbers(day.index, "population", judged.areas)
    columns = _columns(day.index, judged, goals, near, limits, people)
    demand = np.where(judged.level_unknown, np.nan, people)
    stock = _numbers(day.index, supply, goals)
    if decay is not None:
        columns["index"] = _known(1000 * e2sfca.e2sfca(near, stock, demand, decay))
    if "2sfca" in further:
        alike = ((limits[-1], 1.0),)
        columns["index_2sfca"] = _known(1000 * e2sfca.e2sfca(near, stock, demand, alike))
    if "raam" in further:
        columns["index_raam"] = _known(raam(near, stock, demand, tau))
    status, reason = _states(judged, near, limits[-1], doubt_of(day, unclear))
    notes = [near.how, pairs_in_words(near), *near.notes, *_people(people, judged, near, limits)]
    if unclear:
        notes.append(say("coverage.kind_untold", count=unclear))
    return _answer(judged, columns | {"status": status, "reason": reason}, notes)


def limits_of(minutes: Sequence[float] | float) -> list[float]:
    """Return limits in minutes, ascending; raise OptionError where one is none."""
    given = minutes if isinstance(minutes, Sequence) else [minutes]
    limits = sorted(float(limit) for limit in given)
    if not limits or not limits[0] > 0 or not np.isfinite(limits[-1]):
        raise OptionError(say("coverage.bad_limits", value=str(minutes)))
    return limits


def _further(index: str | Sequence[str]) -> list[str]:
    """Return the indices asked for beside E2SFCA."""
    named = [index] if isinstance(index, str) else list(index)
    return [one_of("index", name, _INDICES) for name in named]


def _known(scores: Floats) -> pa.Array:
    """Return an index as a column, empty where it is not known or nobody gets anywhere."""
    return pa.array(scores, mask=~np.isfinite(scores))


_ENDS_OF_TIMES = (("origin", "Area"), ("destination", "Facility"))


def by_ids(day: Day, way: Travel) -> Travel:
    """Travel times with an id in the place of each code and name that means one node."""
    if not isinstance(way, TravelTimes):
        return way
    table = way.table
    for column, kind in _ENDS_OF_TIMES:
        if column in table.columns:
            texts = table[column].astype(str)
            meant = ids_meant(day, texts.unique(), kind)
            table = table.assign(**{column: texts.map(meant).fillna(texts)})
    return TravelTimes(table)


def _cutoff(limits: Sequence[float], decay: Sequence[tuple[float, float]] | None) -> float:
    """Return how many minutes are looked at: the longest limit, or the end of the last band."""
    if decay is None:
        return limits[-1]
    ends, _ = e2sfca.bands(decay)
    return max(limits[-1], float(ends[-1]))


def of_kind(day: Day, types: str | Sequence[str] | None, level: str | None) -> tuple[Mask, int]:
    """Return a mask: facilities of the kind asked about, and how many may be of it or not."""
    asked = day.facility.certain
    unclear = np.zeros(len(day), bool)
    for fits in _conditions(day, types, level):
        unclear |= asked & fits.unknown
        asked = asked & fits.certain
    return asked, int(unclear.sum())


def kind_of(day: Day, types: str | Sequence[str] | None, level: str | None) -> Fact:
    """Return of each node whether it is a facility of the kind asked about."""
    kind = Fact.of(day.index.is_kind("Facility"))
    for fits in _conditions(day, types, level):
        kind = kind & fits
    return kind


def _conditions(day: Day, types: str | Sequence[str] | None, level: str | None) -> list[Fact]:
    conditions = []
    if types is not None:
        conditions.append(day.of_type(*types_meant([types] if isinstance(types, str) else types)))
    if level is not None:
        one_of("facility_level", level, LEVELS)
        levels = [word for word in LEVELS if word.startswith(level)]
        conditions.append(day.of_level(*levels))
    return conditions


def types_meant(words: Sequence[str]) -> list[str]:
    """Return the types that these words mean: each a type, or the name of a set of types."""
    wanted: set[str] = set()
    for word in words:
        one_of("facility_type", word, (*_SETS, *FACILITY_TYPES))
        wanted |= _SETS.get(word, {word})
    return sorted(wanted)


def _numbers(index: Index, column: str, positions: Positions) -> Floats:
    """Return how many each states: NaN where nothing is stated, or less than none."""
    stated = index.take(column, positions).cast(pa.float64())
    found: Floats = stated.to_numpy(zero_copy_only=False).astype(float)
    return np.where(found < 0, np.nan, found)


def doubt_of(day: Day, unclear: int) -> str:
    """Say why a facility nearer than those known may exist; empty where none can."""
    lacking = undeclared(day, "facilities")
    if lacking:
        return say("coverage.nearer_unknown", tables=lacking)
    return say("coverage.kind_untold", count=unclear) if unclear else ""


def _columns(
    index: Index,
    judged: Judged,
    goals: Positions,
    near: Minutes,
    limits: list[float],
    people: Floats,
) -> dict[str, Texts]:
    reached = near.nearest >= 0
    facility = np.full(len(near.nearest), -1, np.int32)
    facility[reached] = goals[near.nearest[reached]]
    number = np.searchsorted(limits, near.nearest_minutes, "left")
    inside = number < len(limits)
    within = np.array([*limits, np.nan])[number]
    everywhere = np.full(len(reached), True)
    travel = [
        (reached, "reached"),
        (near.missing_from > 0, "missing"),
        (everywhere, "unreachable"),
    ]
    return {
        "area": index.ids.take(pa.array(judged.areas)),
        "name": named(index, judged.areas),
        "facility": index.ids.take(pa.array(facility, mask=~reached)),
        "facility_name": index.take("name", facility),
        "minutes": pa.array(near.nearest_minutes, mask=~reached),
        "within": pa.array(within, mask=~inside),
        "travel": first_of(travel, len(reached)),
        "population": pa.array(np.nan_to_num(people).astype(np.int64), mask=np.isnan(people)),
        "pairs_missing": near.missing_from,
        "pairs_unreachable": near.unreachable_from,
    }


def _states(judged: Judged, near: Minutes, reach: float, doubt: str) -> tuple[Texts, Texts]:
    """Give every area one of the three states, or say why it cannot have one."""
    count = len(judged)
    everywhere = np.full(count, True)
    in_reach = near.nearest_minutes <= reach
    minutes = pa.array([f"{nearest:.1f}" for nearest in near.nearest_minutes], pa.string())
    missing = pc.cast(pa.array(near.missing_from), pa.string())
    cases = [
        (judged.excluded | judged.unknown, judged.status, judged.reason),
        (judged.served, "served", judged.reason),
        (in_reach, "in_reach", sentences("coverage.in_reach", count, minutes=minutes)),
        (
            near.missing_from > 0,
            "unknown",
            sentences("coverage.times_missing", count, count=missing),
        ),
        (np.full(count, bool(doubt)), "unknown", doubt),
        (everywhere, "out_of_reach", say("coverage.out_of_reach", minutes=f"{reach:g}")),
    ]
    status = first_of([(mask, status) for mask, status, _ in cases], count)
    reason = first_of([(mask, reason) for mask, _, reason in cases], count)
    return status, reason


def pairs_in_words(near: Minutes) -> str:
    """Say how the pairs of areas and facilities are accounted for."""
    return say(
        "coverage.pairs",
        expected=near.expected,
        given=near.given,
        missing=near.missing,
        unreachable=near.unreachable,
    )


def _people(people: Floats, judged: Judged, near: Minutes, limits: list[float]) -> list[str]:
    """Say how many people live within each limit, and of how many that is not known."""
    counted = ~judged.level_unknown & ~np.isnan(people)
    notes = []
    for limit in limits:
        inside = near.nearest_minutes <= limit
        sure = counted & (inside | (near.missing_from == 0))
        note = say(
            "coverage.people_within",
            minutes=f"{limit:g}",
            met=int(people[sure & inside].sum()),
            total=int(people[sure].sum()),
            unknown=int((~judged.level_unknown & ~sure).sum()),
        )
        notes.append(note)
    return notes


def _answer(judged: Judged, columns: Mapping[str, Texts], notes: Sequence[str]) -> Answer:
    served, in_reach, unknown, excluded = (
        pc.equal(columns["status"], name).to_numpy(zero_copy_only=False)
        for name in ("served", "in_reach", "unknown", "excluded")
    )
    shown = ~unknown & ~excluded
    definition = judged.definition("coverage.access.numerator")
    sources = [source for name, source in _SOURCES.items() if name in columns]
    if sources:
        definition = replace(definition, source="; ".join(sources))
    return judged.accounted(
        "coverage.access",
        definition,
        _floats(rows(columns, shown)),
        judged=int(shown.sum()),
        met=int((served | in_reach).sum()),
        unknown=_floats(rows(columns, unknown)),
        excluded=_floats(rows(columns, excluded)),
        notes=(*judged.note_no_areas(), *notes),
    )


def _floats(frame: pd.DataFrame) -> pd.DataFrame:
    """Hold numbers that may be absent as pandas' nullable floats, so that absent is no NaN."""
    names = [name for name in ("minutes", "within", *_SOURCES) if name in frame.columns]
    return frame.astype(dict.fromkeys(names, "Float64"))


__all__ = [
    "access",
    "by_ids",
    "doubt_of",
    "kind_of",
    "limits_of",
    "of_kind",
    "pairs_in_words",
    "types_meant",
]
