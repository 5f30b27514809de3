"""Ask of every village unit whether it has a clinic or a station, and count them by township."""

from __future__ import annotations

import datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel import areas as area_facts
from medgraph.graphmodel.day import Day
from medgraph.graphmodel.index import Index
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.queries.answers import register_of, stamps_of, undeclared
from medgraph.queries.columns import chosen, listed, named, rows
from medgraph.queries.results import Answer, Definition, Share
from medgraph.words.say import say


def stations(net: MedicalNetwork, *, as_of: datetime.date | str | None = None) -> Answer:
    """Count by township the village units that have a village clinic or a health station at work.

    A unit has one when one of them lies in it (`area`) or SERVES it. Share: village units with one, of
    the units judged (unit: villages). A unit without one is judged only where `facilities` is declared
    complete and no clinic or station of its township (or of what holds it) leaves its village unstated.
    Units of quasi units are excluded; where the data has no villages there is no share.

    Returns
    -------
    Answer
        Rows, one for each township: area, name, met (units with one), total (units judged), unknown,
        status (all, some, none; unknown where no unit could be judged), without (ids of units without
        one), reason. `unknown` and `excluded` name village units: area, name, township, status, reason.
    """
    day = Day(net.as_of(net.day(as_of)))
    net, index = day.net, day.index
    villages, level_unknown = day.areas("village")
    quasi = area_facts.quasi_units(index, villages)
    has, may = _stations(day, villages)
    lacking = undeclared(day, "facilities")
    unknown = ~quasi & (level_unknown | (~has & (may | bool(lacking))))
    columns = {
        "area": index.ids.take(pa.array(villages)),
        "name": named(index, villages),
        "township": _township(index, villages),
        "status": chosen(
            [(quasi, "excluded"), (unknown, "unknown"), (has, "served")], len(villages)
        ),
        "reason": chosen(
            [
                (quasi, say("coverage.quasi_unit")),
                (level_unknown, say("coverage.level_unknown")),
                (unknown & may, say("coverage.station_unplaced")),
                (unknown, say("coverage.undeclared", tables=lacking)),
            ],
            len(villages),
        ),
    }
    judged = ~quasi & ~unknown
    total = int(judged.sum())
    definition = Definition(
        say("coverage.stations.numerator"),
        say("coverage.stations.denominator"),
        "villages",
        register_of(net),
        net.meta.get("source", ""),
    )
    return Answer(
        query="coverage.stations",
        as_of=day.date,
        definition=definition,
        total=len(villages),
        judged=total,
        frame=_townships(index, columns, has, judged, ~quasi & ~level_unknown),
        share=Share(int((has & judged).sum()), total, "villages") if total else None,
        unknown=rows(columns, unknown),
        excluded=rows(columns, quasi),
        stamps=stamps_of(net),
        notes=() if len(villages) else (say("coverage.no_villages"),),
    )


def _stations(day: Day, villages: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return masks over villages: those that have a station, and those that one without a village may be in."""
    index, station = day.index, day.station.certain
    at_work = station & day.working.certain
    serves = index.links("SERVES")
    working = at_work[serves.source]
    home = index.positions(index.values("area"))
    located = np.zeros(len(index) + 1, bool)  # the last place is for what lies nowhere
    located[home[at_work]] = True
    located[serves.target[working]] = True
    placed = np.zeros(len(index), bool)
    is_village = np.zeros(len(index) + 1, bool)
    is_village[villages] = True
    placed[serves.source[working & is_village[serves.target]]] = True
    placed |= is_village[home]
    unplaced = np.flatnonzero((at_work | (station & day.placeholder)) & ~placed)
    return located[villages], _near(index, unplaced, villages)


def _near(index: Index, unplaced: np.ndarray, villages: np.ndarray) -> np.ndarray:
    """Return a mask: villages inside the area where a station without a village lies (anywhere: if none is stated)."""
    homes = area_facts.full_codes(index.take("area", unplaced))
    if homes.null_count:
        return np.full(len(villages), True)
    levels = area_facts.level_of_codes(homes)
    codes, near = (
        area_facts.full_codes(index.ids.take(pa.array(villages))),
        np.zeros(len(villages), bool),
    )
    for level, digits in area_facts.DIGITS.items():
        begins = pc.utf8_slice_codeunits(homes.filter(pc.equal(levels, level)), 0, digits)
        near |= pc.is_in(pc.utf8_slice_codeunits(codes, 0, digits), value_set=begins).to_numpy(
            zero_copy_only=False
        )
    return near


def _township(index: Index, villages: np.ndarray) -> pa.Array:
    """Return the township of each village: by its parent, else by its code."""
    codes = area_facts.full_codes(index.ids.take(pa.array(villages)))
    by_code = pc.binary_join_element_wise(
        pc.utf8_slice_codeunits(codes, 0, 9), pa.scalar("000"), ""
    )
    return pc.coalesce(index.take("parent", villages), by_code, pa.scalar("-"))


def _townships(index: Index, columns: dict, has: np.ndarray, judged: np.ndarray, asked: np.ndarray):
    """Return one row for each township with village units, those asked about."""
    encoded = pc.dictionary_encode(columns["township"])
    number, size = encoded.indices.to_numpy(zero_copy_only=False), len(encoded.dictionary)
    met, total, units = (
        np.bincount(number[mask], minlength=size) for mask in (has & judged, judged, asked)
    )
    lacking = judged & ~has
    without = listed(number[lacking], columns["area"].filter(pa.array(lacking)), np.arange(size))
    names = index.take("name", index.positions(encoded.dictionary))
    frame_columns = {
        "area": encoded.dictionary,
        "name": pc.coalesce(names, encoded.dictionary),
        "met": met,
        "total": total,
        "unknown": units - total,
        "without": without,
        "status": chosen(
            [
                (total == 0, "unknown"),
                (met == total, "all"),
                (met == 0, "none"),
                (met < total, "some"),
            ],
            size,
        ),
        "reason": pa.nulls(size, pa.string()),
    }
    return rows(frame_columns, units > 0)


__all__ = ["stations"]
