"""The areas that sites are for: their people, and how far it is to each site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from medgraph.queries.columns import numbers_of
from medgraph.queries.coverage.access import by_ids, pairs_in_words
from medgraph.queries.coverage.judging import judge
from medgraph.queries.coverage.minutes import minutes_between
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medgraph.graphmodel.arrays.types import Floats, Mask, Positions
    from medgraph.graphmodel.day import Day
    from medgraph.queries.coverage.travel import Travel


@dataclass(frozen=True, eq=False)
class Ways:
    """Minutes between areas (rows) and sites (columns), the longest of all ways of travel.

    Parameters
    ----------
    surely
        No way takes longer than this; infinite where there is none, or a time is missing.
    at_best
        No way takes less than this, whatever the missing times are.
    notes
        How the minutes were had.
    """

    surely: Floats
    at_best: Floats
    notes: tuple[str, ...]

    @property
    def missing(self) -> Mask:
        """Where not all times are stated."""
        found: Mask = self.surely != self.at_best
        return found


def ways(day: Day, travels: Sequence[Travel], areas: Positions, sites: Positions) -> Ways:
    """Return the minutes of the worst of several ways of travel: in winter, at night."""
    shape = (len(areas), len(sites))
    surely, at_best = np.zeros(shape), np.zeros(shape)
    notes: list[str] = []
    for travel in travels:
        found = minutes_between(by_ids(day, travel), day.index, areas, sites, np.inf)
        stated = found.matrix
        surely = np.maximum(surely, np.where(np.isnan(stated), np.inf, stated))
        at_best = np.fmax(at_best, stated)
        notes += [found.how, pairs_in_words(found), *found.notes]
    if len(travels) > 1:
        notes.append(say("sites_worst_of_times", count=len(travels)))
    return Ways(surely, at_best, tuple(notes))


@dataclass(frozen=True, eq=False)
class Demand:
    """The areas asked about.

    Parameters
    ----------
    areas
        Their positions.
    people
        How many live in each; NaN where that is not stated.
    excluded
        A mask: quasi units, and areas where nobody lives.
    level_unknown
        A mask: areas that may be of another level.
    reasons
        Why an area is excluded, or its level unknown.
    """

    areas: Positions
    people: Floats
    excluded: Mask
    level_unknown: Mask
    reasons: list[str]


def demand(day: Day, level: str) -> Demand:
    """Return the areas of a level with their people."""
    judged = judge(day, level)
    people = numbers_of(day.index, "population")[judged.areas]
    empty = people == 0
    reasons = np.array(judged.reason.to_pylist(), object)
    reasons[empty & ~judged.excluded] = say("sites_nobody_lives")
    return Demand(
        judged.areas,
        people,
        judged.excluded | empty,
        judged.level_unknown & ~judged.excluded & ~empty,
        reasons.tolist(),
    )
