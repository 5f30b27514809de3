"""Say where patients come from: the residents of areas, or observed counts by facility."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from medgraph.errors import OptionError
from medgraph.graphmodel.arrays.joins import equi_join
from medgraph.queries.columns import numbers_of
from medgraph.queries.meant import ids_meant
from medgraph.queries.referrals.placement import sums_at
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from medgraph.graphmodel.arrays.types import Floats, Mask, Positions
    from medgraph.queries.referrals.legs import ReferralDay

Row: TypeAlias = dict[str, Any]
"""A row of an answer before it becomes a frame."""


@dataclass(frozen=True)
class Demand:
    """Hold the facilities (positions) that patients start from, and how many start from each.

    `unknown` are rows for areas and ids whose patients cannot be counted.
    """

    facility: Positions
    patients: Floats
    unknown: list[Row]


def unknown_row(day: ReferralDay, position: int, reason: str) -> Row:
    """Return the row of an area or a facility that cannot be counted."""
    subject = "area" if day.index.is_kind("Area")[position] else "facility"
    return {
        subject: day.id(position),
        "name": day.name(position),
        "status": "unknown",
        "reason": reason,
    }


def from_population(day: ReferralDay, rate: float) -> Demand:
    """Return `rate` patients per 1,000 residents of each township-level area.

    They are shared equally by the facilities at work that serve the area.
    """
    areas, level_unknown = day.townships
    people = numbers_of(day.index, "population")[areas]
    source, target = day.services
    able = day.at_work.certain[source] & ~day.placeholder[source]
    area, at = equi_join(areas, target[able])
    served = np.bincount(area, minlength=len(areas))
    counted = np.isfinite(people) & ~level_unknown
    kept = counted[area]
    area, server = area[kept], source[able][at][kept]
    each = people[area] * rate / 1000 / served[area]
    facility, place = np.unique(server, return_inverse=True)
    patients = sums_at(place, each, len(facility))
    return Demand(facility, patients, _uncounted(day, areas, level_unknown, people, served > 0))


def _uncounted(
    day: ReferralDay, areas: Positions, level_unknown: Mask, people: Floats, served: Mask
) -> list[Row]:
    rows = []
    silent = np.isnan(people)
    for place in np.flatnonzero(level_unknown | silent | ~served).tolist():
        key = "referral.unserved"
        if level_unknown[place]:
            key = "coverage.level_unknown"
        elif silent[place]:
            key = "referral.no_population"
        rows.append(unknown_row(day, int(areas[place]), say(key)))
    return rows


def from_counts(day: ReferralDay, counts: Mapping[str, float]) -> Demand:
    """Return the observed patients of each facility, by its id, code or name.

    Raise OptionError where a count is none, or two counts are of one facility.
    """
    written = list(counts)
    patients = np.array([float(counts[each]) for each in written])
    if (patients < 0).any() or not np.isfinite(patients).all():
        raise OptionError(say("referral.bad_counts"))
    ids = _ids_meant(day, written)
    positions = day.index.positions(ids)
    at_work = day.any_facility & day.at_work.certain
    here = positions >= 0
    here[here] = at_work[positions[here]]
    unknown: list[Row] = [
        {"facility": each, "name": None, "status": "unknown", "reason": _lost(count)}
        for each, count, found in zip(written, patients.tolist(), here.tolist(), strict=True)
        if not found
    ]
    return Demand(positions[here].astype(int), patients[here], unknown)


def _lost(patients: float) -> str:
    return say("referral.no_such_source", patients=round(patients, 2))


def _ids_meant(day: ReferralDay, written: list[str]) -> list[str]:
    """The id that each text means; a text that certainly means no facility stays as it is."""
    meant = ids_meant(day, written, "Facility")
    first: dict[str, str] = {}
    for text in written:
        id = meant.get(text, text)
        before = first.setdefault(id, text)
        if before != text:
            both = say("list_comma").join((before, text))
            raise OptionError(say("referral.two_counts", facility=id, names=both))
    return [meant.get(text, text) for text in written]
