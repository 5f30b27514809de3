"""Ask of every village unit whether it has a clinic or a station, and count them by township."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel import areas as area_facts
from medgraph.queries.answers import answer, on_day, register_of, undeclared
from medgraph.queries.as_listed import told_as_listed
from medgraph.queries.columns import first_of, listed, named, rows
from medgraph.queries.results import Definition
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    import pandas as pd

    from medgraph.graphmodel.areas import Texts
    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.graphmodel.day import Day
    from medgraph.graphmodel.index import Index
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer


@told_as_listed
def stations(net: MedicalNetwork, *, as_of: datetime.date | str | None = None) -> Answer:
    """Count by township the village units that have a village clinic or a health station at work.

    A unit has one when one of them lies in it (`area`) or SERVES it. Share: village units with one,
    of the units judged (unit: villages). A unit without one is judged only where `facilities` is
    declared complete (and `links.SERVES`, where there is a clinic or a station anywhere: it may
    serve the unit from another village) and no clinic or station of its township (or of what holds
    it) leaves its village unstated; a facility that states neither type nor code may be one. Units
    of quasi units are excluded; where the data has no villages there is no share.

    Parameters
    ----------
    net
        The network; its areas go down to villages and communities.
    as_of
        The day asked about; default: the data day.

    Returns
    -------
    Answer
        Rows, one for each township: area, name, met (units with one), total (units judged),
        unknown, status (all, some, none; unknown where no unit could be judged), without (ids of
        units without one), reason. `unknown` and `excluded` name village units: area, name,
        township, status, reason.

    Examples
    --------
    >>> import medgraph as mg
    >>> county = mg.samples.synthetic(scale="county", seed=1)
    >>> mg.coverage.stations(county).share.unit
    'villages'
    """
    day = on_day(net, as_of)
    net, index = day.net, day.index
    villages, level_unknown = day.areas("village")
    quasi = area_facts.quasi_units(index, villages)
    here = day.has_station.at(villages)
    has = here.certain
    unplaced = _unplaced(day, villages, day.station.certain, day.working.certain)
    doubtful = _unplaced(day, villages, day.station.possible, day.working.possible)
    may = _near(index, unplaced, villages)
    unsure = here.unknown | _near(index, doubtful, villages)
    lacking = undeclared(day, "facilities", *_links_of_stations(day))
    undecided = level_unknown | (~has & (may | unsure | bool(lacking)))
    unknown = ~quasi & undecided
    judged = ~quasi & ~unknown
    count = len(villages)
    status = first_of([(quasi, "excluded"), (unknown, "unknown"), (has, "served")], count)
    reason = first_of(
        [
            (quasi, say("coverage.quasi_unit")),
            (level_unknown, say("coverage.level_unknown")),
            (unknown & may, say("coverage.station_unplaced")),
            (unknown & unsure, say("coverage.station_unsure")),
            (unknown, say("coverage.undeclared", tables=lacking)),
        ],
        count,
    )
    columns = {
        "area": index.ids.take(pa.array(villages)),
        "name": named(index, villages),
        "township": _township(index, villages),
        "status": status,
        "reason": reason,
    }
    total = int(judged.sum())
    return answer(
        day,
        "coverage.stations",
        _definition(net),
        _townships(index, columns, has, judged, ~quasi & ~level_unknown),
        judged=total,
        met=int((has & judged).sum()),
        unknown=rows(columns, unknown),
        excluded=rows(columns, quasi),
        is_whole=total > 0,
        may_not_be_asked=int((level_unknown & ~quasi).sum()),
        lists=("areas",),
        notes=() if count else (say("coverage.no_villages"),),
    )


def _definition(net: MedicalNetwork) -> Definition:
    return Definition(
        say("coverage.stations.numerator"),
        say("coverage.stations.denominator"),
        "villages",
        register_of(net),
        net.meta.get("source", ""),
    )


def _links_of_stations(day: Day) -> tuple[str, ...]:
    """Return the links that may still bring a village a station: none where none is at work."""
    at_work = day.station.possible & day.working.possible
    return ("links.SERVES",) if at_work.any() else ()


def _unplaced(day: Day, villages: Positions, station: Mask, working: Mask) -> Positions:
    """Return stations at work, and classes of them, that no village holds and that serve none."""
    source, target = day.services
    is_village = day.mask(villages)
    serves_one = day.mask(source[is_village[target]])
    lies_in_one = (day.home >= 0) & is_village[day.home]
    at_work = station & working
    placed = lies_in_one | (at_work & serves_one)
    return np.flatnonzero((at_work | (station & day.placeholder)) & ~placed)


def _near(index: Index, unplaced: Positions, villages: Positions) -> Mask:
    """Return a mask: villages inside the area in which a station without a village stands.

    A station that states no area may be in any of them.
    """
    homes = area_facts.full_codes(index.take("area", unplaced))
    if homes.null_count:
        return np.full(len(villages), True)
    levels = area_facts.level_of_codes(homes)
    codes = area_facts.codes_at(index, villages)
    near = np.zeros(len(villages), bool)
    for level, digits in area_facts.DIGITS.items():
        at_level = homes.filter(pc.equal(levels, level))
        begins = pc.utf8_slice_codeunits(at_level, 0, digits)
        inside = pc.is_in(pc.utf8_slice_codeunits(codes, 0, digits), value_set=begins)
        near |= inside.to_numpy(zero_copy_only=False)
    return near


def _township(index: Index, villages: Positions) -> Texts:
    """Return the township of each village: as stated, else by its code, else a dash."""
    return pc.coalesce(area_facts.parents(index, villages), pa.scalar("-"))


def _townships(
    index: Index, columns: Mapping[str, Texts], has: Mask, judged: Mask, asked: Mask
) -> pd.DataFrame:
    """Return one row for each township that has village units asked about."""
    encoded = pc.dictionary_encode(columns["township"])
    number, size = encoded.indices.to_numpy(zero_copy_only=False), len(encoded.dictionary)
    met = np.bincount(number[has & judged], minlength=size)
    total = np.bincount(number[judged], minlength=size)
    units = np.bincount(number[asked], minlength=size)
    lacking = judged & ~has
    without = listed(number[lacking], columns["area"].filter(pa.array(lacking)), np.arange(size))
    names = index.take("name", index.positions(encoded.dictionary))
    cases = [
        (total == 0, "unknown"),
        (met == total, "all"),
        (met == 0, "none"),
        (met < total, "some"),
    ]
    by_township = {
        "area": encoded.dictionary,
        "name": pc.coalesce(names, encoded.dictionary),
        "met": met,
        "total": total,
        "unknown": units - total,
        "without": without,
        "status": first_of(cases, size),
        "reason": pa.nulls(size, pa.string()),
    }
    return rows(by_township, units > 0)


__all__ = ["stations"]
