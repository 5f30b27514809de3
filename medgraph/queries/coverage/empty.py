"""Ask of every area whether any facility stands in it, whoever runs it: no group is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel import areas as area_facts
from medgraph.queries.answers import answer, on_day, register_of, undeclared
from medgraph.queries.as_listed import told_as_listed
from medgraph.queries.columns import first_of, named, rows
from medgraph.queries.results import Definition
from medgraph.words.say import language, say
from medgraph.words.vocabularies import label

if TYPE_CHECKING:
    import datetime

    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.graphmodel.day import Day
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer

_MOST_LEVELS = 12  # of areas above one another; a ring ends there


@told_as_listed
def empty(
    net: MedicalNetwork, *, level: str = "township", as_of: datetime.date | str | None = None
) -> Answer:
    """Say for every area of a level whether a facility at work stands in it.

    A facility stands in the area that it states (`area`) and in all that hold this one. Share:
    areas in which one stands, of the areas judged. An area without one is judged only where
    `facilities` is declared complete and no facility may stand in it that states no such area, or
    only what holds it. Quasi units are excluded. Groups are not asked about.

    Parameters
    ----------
    net
        The network; it needs a register of areas, else there is no share.
    level
        `township` (default), `province`, `city`, `county` or `village`.
    as_of
        The day asked about; default: the data day.

    Returns
    -------
    Answer
        Rows: area, name, facilities (how many at work stand in it), status (present, empty),
        reason.

    Raises
    ------
    OptionError
        `level` is none of the levels.

    Examples
    --------
    >>> import medgraph as mg
    >>> county = mg.samples.synthetic(scale="county", seed=1)
    >>> mg.coverage.empty(county).share.unit
    'areas'
    """
    day = on_day(net, as_of)
    index = day.index
    areas, level_unknown = day.areas(level)
    quasi = area_facts.quasi_units(index, areas)
    standing = _Standing(day, areas)
    count, has = standing.counts[areas], standing.counts[areas] > 0
    may = standing.may_stand_in(areas)
    lacking = undeclared(day, "facilities")
    unknown = ~quasi & (level_unknown | (~has & (may | bool(lacking))))
    size = len(areas)
    status = first_of(
        [(quasi, "excluded"), (unknown, "unknown"), (has, "present"), (~has, "empty")], size
    )
    reason = first_of(
        [
            (quasi, say("coverage.quasi_unit")),
            (level_unknown, say("coverage.level_unknown")),
            (unknown & may, say("coverage.empty.may_stand")),
            (unknown, say("coverage.undeclared", tables=lacking)),
            (~has, say("coverage.empty.none")),
        ],
        size,
    )
    columns = {
        "area": index.ids.take(pa.array(areas)),
        "name": named(index, areas),
        "facilities": pa.array(count),
        "status": status,
        "reason": reason,
    }
    judged = ~quasi & ~unknown
    total = int(judged.sum())
    is_part = day.declaration_of("areas").state == "partial"
    return answer(
        day,
        "coverage.empty",
        _definition(net, level),
        rows(columns, judged),
        judged=total,
        met=int((has & judged).sum()),
        unknown=rows(columns, unknown),
        excluded=rows(columns, quasi),
        is_whole=total > 0 and not is_part,
        may_not_be_asked=int((level_unknown & ~quasi).sum()),
        lists=("areas",),
    )


def _definition(net: MedicalNetwork, level: str) -> Definition:
    return Definition(
        say("coverage.empty.numerator"),
        say("coverage.areas.denominator", level=label("area_level", level, language())),
        "areas",
        register_of(net),
        net.meta.get("source", ""),
    )


class _Standing:
    """How many facilities at work stand in each area, and where others may stand."""

    def __init__(self, day: Day, asked: Positions) -> None:
        self.day = day
        self.is_asked = day.mask(asked)
        self.above = _above(day)
        self.homes = _homes(day)
        here, inside = np.flatnonzero(day.working.certain), np.zeros(len(day.index), np.int64)
        for homes in _upwards(self.above, self.homes[here]):
            np.add.at(inside, homes, 1)
        self.counts = inside

    def may_stand_in(self, areas: Positions) -> Mask:
        """Areas in which a facility may stand that is not surely there.

        It may be at work, or is a placeholder; or what it states holds them, or is no area here.
        """
        day = self.day
        sure, possible = day.working.certain, day.working.possible | _classes(day)
        homes = self.homes
        if (possible & (homes < 0)).any():
            return np.full(len(areas), True)
        doubtful = np.zeros(len(day.index), bool)
        for above in _upwards(self.above, homes[possible & ~sure]):
            doubtful[above] = True
        places = np.zeros(len(day.index), bool)
        places[homes[possible]] = True
        around = np.zeros(len(day.index), bool)
        for number, above in enumerate(_chains(self.above, areas)):
            if number:  # an area that holds the one asked about, and in which nothing more is said
                found = (above >= 0) & places[above]
                around[areas[found]] = True
        return doubtful[areas] | around[areas]


def _classes(day: Day) -> Mask:
    found: Mask = day.placeholder & day.index.is_kind("Facility")
    return found


def _above(day: Day) -> Positions:
    """The area that holds each area; -1 where none here does, and for all other nodes."""
    index = day.index
    areas = np.flatnonzero(index.is_kind("Area")).astype(np.int32)
    above = np.full(len(index), -1, np.int64)
    above[areas] = index.positions(area_facts.parents(index, areas))
    above[above == np.arange(len(index))] = -1
    return above


def _homes(day: Day) -> Positions:
    """The area in which each node stands: that which it states, else what holds it by its code."""
    index = day.index
    homes = np.asarray(day.home).astype(np.int64)
    codes = area_facts.full_codes(index.values("area").cast(pa.string()))
    for digits in sorted(area_facts.DIGITS.values(), reverse=True):
        open_ = homes < 0
        cut = pc.utf8_rpad(pc.utf8_slice_codeunits(codes, 0, digits), 12, "0")
        found = np.asarray(index.positions(cut)).astype(np.int64)
        homes = np.where(open_, found, homes)
    homes[homes >= 0] = np.where(index.is_kind("Area")[homes[homes >= 0]], homes[homes >= 0], -1)
    return homes


def _upwards(above: Positions, homes: Positions) -> list[Positions]:
    """The areas in which facilities stand, then those that hold these, and so on."""
    return [level[level >= 0] for level in _chains(above, homes)]


def _chains(above: Positions, areas: Positions) -> list[Positions]:
    """These areas, then what holds each of them (-1: nothing), and so on."""
    chains: list[Positions] = [np.asarray(areas, np.int64)]
    for _ in range(_MOST_LEVELS):
        last = chains[-1]
        following = np.where(last >= 0, above[last], -1)
        if not (following >= 0).any():
            break
        chains.append(following)
    return chains


__all__ = ["empty"]
