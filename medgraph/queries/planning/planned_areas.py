"""What of a network a regrouping is about: its areas and groups, what ties them, what is summed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from medgraph.errors import OptionError
from medgraph.graphmodel import schema
from medgraph.queries.answers import frame_of
from medgraph.queries.columns import numbers_of
from medgraph.queries.coverage.judging import judge
from medgraph.queries.coverage.minutes import minutes_between
from medgraph.queries.planning.grouping import NO_GROUP
from medgraph.words.joining import listed
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from medgraph.graphmodel.arrays.types import Floats, Mask, Positions
    from medgraph.graphmodel.day import Day
    from medgraph.queries.coverage.judging import Judged
    from medgraph.queries.coverage.travel import Travel

_NAMED = 5  # areas that a sentence names


@dataclass(frozen=True)
class PlannedAreas:
    """The areas of a level that one can plan, and the groups they can be in.

    `left` are the rows of the areas of which nothing can be planned, with their reasons.
    """

    day: Day
    level: str
    areas: Positions
    groups: Positions
    today: Positions
    unknown: pd.DataFrame
    left: pd.DataFrame

    def number_of(self, area: str) -> int:
        """Return the number of an area by its id or name; raise OptionError where it has none."""
        id = self.day.net.find(area, kind="Area")
        found = np.flatnonzero(self.areas == self.day.index.position(id))
        if not len(found):
            raise OptionError(say("regroup.not_planned", area=self.day.net.name(id)))
        return int(found[0])

    def group_of(self, group: str) -> int:
        """Return the number of a group by its id or name; raise OptionError where it has none."""
        id = self.day.net.find(group, kind="Group")
        found = np.flatnonzero(self.groups == self.day.index.position(id))
        if not len(found):
            raise OptionError(say("regroup.no_such_group", group=self.day.net.name(id)))
        return int(found[0])

    def named(self, areas: Sequence[int] | Positions) -> str:
        """Return the names of the first of some areas as one text."""
        return listed(self.day.names(self.areas[[*areas][:_NAMED]]))

    # -- who serves them -------------------------------------------------------------------------

    @cached_property
    def serving(self) -> list[list[int]]:
        """The facilities at work that serve each area, by position."""
        place = np.full(len(self.day), -1)
        place[self.areas] = np.arange(len(self.areas))
        found: list[list[int]] = [[] for _ in self.areas]
        source, target = self.day.services
        kept = self.day.working.certain[source] & (place[target] >= 0)
        for facility, area in zip(source[kept].tolist(), place[target[kept]].tolist(), strict=True):
            found[area].append(facility)
        return found

    @cached_property
    def areas_of(self) -> dict[int, list[int]]:
        """The areas that each facility serves, by its position."""
        found = defaultdict(list)
        for area, facilities in enumerate(self.serving):
            for facility in facilities:
                found[facility].append(area)
        return found

    @property
    def tied(self) -> tuple[tuple[int, int], ...]:
        """Pairs of areas that one facility serves, which go where it goes."""
        return tuple((areas[0], other) for areas in self.areas_of.values() for other in areas[1:])

    @cached_property
    def led_by(self) -> dict[int, set[int]]:
        """The groups that each leading facility leads, by its position."""
        place = {int(position): number for number, position in enumerate(self.groups)}
        found = defaultdict(set)
        leads = self.day.leads
        for facility, group in zip(leads.facility.tolist(), leads.collective.tolist(), strict=True):
            if group in place:
                found[facility].add(place[group])
        return found

    @cached_property
    def possible(self) -> Mask:
        """Which area can be in which group: one that a lead serves is where it leads."""
        found = np.ones((len(self.areas), len(self.groups)), bool)
        for facility, groups in self.led_by.items():
            own = np.isin(np.arange(len(self.groups)), [*groups])
            for area in self.areas_of.get(facility, ()):
                found[area] &= own
        return found

    # -- sums and minutes ------------------------------------------------------------------------

    def sums_of(self, column: str) -> Floats:
        """Return what each area adds to the sum of its group.

        A column of facilities is that of those at work that serve the area, each counted once.
        """
        if _is_number("Area", column):
            values = numbers_of(self.day.index, column)[self.areas]
        elif _is_number("Facility", column):
            values = self._of_facilities(column)
        else:
            raise OptionError(say("regroup.no_number", column=column))
        missing = np.flatnonzero(np.isnan(values))
        if len(missing):
            told = {"column": column, "count": len(missing), "names": self.named(missing)}
            raise OptionError(say("regroup.not_stated", **told))
        if not values.sum() > 0:
            raise OptionError(say("regroup.nothing_to_sum", column=column))
        return values

    def _of_facilities(self, column: str) -> Floats:
        stated = numbers_of(self.day.index, column)
        values = np.zeros(len(self.areas))
        for facility, areas in self.areas_of.items():
            values[areas[0]] += stated[facility]
        return values

    def people(self) -> Floats | None:
        """Return the residents of each area; None where one does not state them."""
        stated = numbers_of(self.day.index, "population")[self.areas]
        return None if np.isnan(stated).any() else stated

    def minutes_to_leads(self, travel: Travel) -> tuple[Floats, tuple[str, ...]]:
        """Return the minutes from each area to the next lead of each group, and how they are known.

        Infinite is where there is no way, or nobody says. Raise OptionError where nobody says how
        far an area is from the lead of its own group: it may stay as well as not.
        """
        leads = np.array(sorted(self.led_by), np.int64)
        found = minutes_between(travel, self.day.index, self.areas, leads, np.inf)
        minutes = np.full((len(self.areas), len(self.groups)), np.inf)
        for area, lead, needed in zip(found.area, found.facility, found.minutes, strict=True):
            for group in self.led_by[int(leads[lead])]:
                minutes[area, group] = min(minutes[area, group], needed)
        own = self.today != NO_GROUP
        far = own & ~np.isfinite(minutes[np.arange(len(self.areas)), np.where(own, self.today, 0)])
        silent = np.flatnonzero(far & (found.missing_from > 0))
        if len(silent):
            told = {"count": len(silent), "names": self.named(silent)}
            raise OptionError(say("regroup.no_minutes", **told))
        return minutes, (found.how, *found.notes)

    def counties(self) -> list[list[int]]:
        """Return the areas of each county that is in one group today."""
        county = self.day.county[self.areas]
        found = [np.flatnonzero(county == one).tolist() for one in np.unique(county[county > 0])]
        return [areas for areas in found if len(set(self.today[areas].tolist())) == 1]


def _is_number(kind: str, column: str) -> bool:
    field = schema.TABLE_OF_KIND[kind].field(column)
    return field is not None and field.type in ("integer", "number")


def planned_areas(day: Day, level: str, collective: str) -> PlannedAreas:
    """Return the areas of a level that groups of a kind serve, and why the others are left out."""
    judged = judge(day, level)
    groups: Positions = np.flatnonzero(day.groups(collective).certain)
    number = {id: at for at, id in enumerate(day.ids(groups))}
    rows, areas, today = _Left(day), [], []
    for at, area in enumerate(judged.areas.tolist()):
        ids = (judged.group_ids[at].as_py() or "").split("|")
        own = [number[id] for id in ids if id in number]
        reason = _reason(judged, at, bool(own))
        if reason:
            rows.add(area, "unknown" if judged.unknown[at] else "excluded", reason)
            continue
        areas.append(area)
        today.append(own[0] if len(own) == len(ids) == 1 else NO_GROUP)
    return PlannedAreas(
        day,
        level,
        np.array(areas, np.int64),
        groups,
        np.array(today, np.int64),
        rows.frame("unknown"),
        rows.frame("excluded"),
    )


class _Left:
    """The areas of which nothing can be planned."""

    def __init__(self, day: Day) -> None:
        self.day = day
        self.rows: list[dict[str, str]] = []

    def add(self, area: int, status: str, reason: str) -> None:
        row = {"area": self.day.id(area), "name": self.day.name(area)}
        self.rows.append({**row, "status": status, "reason": reason})

    def frame(self, status: str) -> pd.DataFrame:
        return frame_of(
            [row for row in self.rows if row["status"] == status],
            ("area", "name", "status", "reason"),
        )


def _reason(judged: Judged, at: int, is_in_group: bool) -> str:
    """Why nothing can be planned of an area; empty where something can."""
    if judged.excluded[at] or judged.unknown[at]:
        return str(judged.reason[at].as_py())
    if judged.gap[at]:
        return say("regroup.nobody_serves")
    return "" if is_in_group else say("regroup.other_groups")
