"""Make the limits of a regrouping of what the planner states."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from medgraph.errors import OptionError
from medgraph.graphmodel.arrays.joins import unique_pairs
from medgraph.queries.planning.grouping import NO_GROUP
from medgraph.queries.planning.limits import (
    Apart,
    Balance,
    GroupCount,
    HasFacility,
    Limit,
    Lock,
    MostMinutes,
    MostMoves,
    Parts,
    Together,
)
from medgraph.words.say import say
from medgraph.words.vocabularies import FACILITY_TYPES, LEVELS, word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medgraph.queries.planning.planned_areas import PlannedAreas


@dataclass(frozen=True)
class Wanted:
    """What the planner states, as `regroup` takes it."""

    tolerance: float | None
    lock: Sequence[str]
    apart: Sequence[str | Sequence[str]]
    together: Sequence[str | Sequence[str]]
    whole_counties: bool
    max_moves: int | None
    minutes: float | None
    least_groups: int | None
    most_groups: int | None
    facility: Sequence[str]

    def limits(self, planned: PlannedAreas) -> Iterator[Limit]:
        """Return the limits, those of the planner's own after those of all plans."""
        yield Parts("parts")
        yield self._group_count(planned)
        if self.tolerance is not None:
            yield Balance(f"tolerance {self.tolerance:g}", self.tolerance)
        if self.minutes is not None:
            yield MostMinutes(f"minutes {self.minutes:g}", self.minutes)
        if self.max_moves is not None:
            yield MostMoves(f"max-moves {self.max_moves}", self.max_moves)
        for kind in self.facility:
            yield _has_facility(planned, kind)
        if self.whole_counties:
            for areas in planned.counties():
                county = f"{planned.day.county[planned.areas[areas[0]]]:06d}"
                yield Together(f"whole-county {county}", tuple(areas))
        yield from self._of_areas(planned)

    def _of_areas(self, planned: PlannedAreas) -> Iterator[Limit]:
        for area in self.lock:
            number = planned.number_of(area)
            if planned.today[number] == NO_GROUP:
                raise OptionError(say("regroup.lock_in_several", area=area))
            yield Lock(f"lock {_id(planned, number)}", number)
        for option, pairs in (("apart", self.apart), ("together", self.together)):
            for pair in pairs:
                one, other = (planned.number_of(area) for area in _two(option, pair))
                if one == other:
                    raise OptionError(say("regroup.no_pair", option=option, value=_in_text(pair)))
                code = f"{option} {_id(planned, one)},{_id(planned, other)}"
                yield Apart(code, one, other) if option == "apart" else Together(code, (one, other))

    def _group_count(self, planned: PlannedAreas) -> Limit:
        """As many groups as today have an area, where the planner says nothing else."""
        today = len(set(planned.today[planned.today != NO_GROUP].tolist()))
        groups = len(planned.groups)
        most = groups if self.most_groups is None else self.most_groups
        least = min(today, most) if self.least_groups is None else self.least_groups
        if least > min(groups, most):
            told = {"least": least, "most": min(groups, most), "groups": groups}
            raise OptionError(say("regroup.too_few_groups", **told))
        code = f"least-groups {least}"
        return GroupCount(code if most >= groups else f"{code} most-groups {most}", least, most)


def limits_something(planned: PlannedAreas, tolerance: float) -> None:
    """Raise OptionError for a tolerance that every plan keeps: all may be in one group."""
    if tolerance > max(1, len(planned.groups) - 1):
        told = {"value": f"{tolerance:g}", "share": f"{tolerance:.0%}"}
        raise OptionError(say("regroup.wide_tolerance", **told))


def _id(planned: PlannedAreas, area: int) -> str:
    return planned.day.id(int(planned.areas[area]))


def _two(option: str, pair: str | Sequence[str]) -> tuple[str, str]:
    # A comma in full width is one as well.
    parts = unicodedata.normalize("NFKC", pair).split(",") if isinstance(pair, str) else [*pair]
    names = [part.strip() for part in parts]
    if len(names) != 2 or not all(names):
        raise OptionError(say("regroup.no_pair", option=option, value=_in_text(pair)))
    return names[0], names[1]


def _in_text(pair: str | Sequence[str]) -> str:
    return pair if isinstance(pair, str) else ",".join(pair)


def _has_facility(planned: PlannedAreas, kind: str) -> Limit:
    """Every group has a facility of a type or level, of which that is certain."""
    day = planned.day
    type_, level = word("facility_type", kind), word("level", kind)
    if type_ in FACILITY_TYPES:
        of_kind = day.of_type(type_).certain
    elif level in LEVELS:
        of_kind = day.of_level(level).certain
    else:
        raise OptionError(say("regroup.no_kind", kind=kind))
    own = of_kind & day.working.certain
    with_area = {area for at, areas in planned.areas_of.items() if own[at] for area in areas}
    stays = [at for at in np.flatnonzero(own).tolist() if at not in planned.areas_of]
    members, groups = day.named_members(day.group.certain)
    facility, group = unique_pairs(members, groups, len(day))
    here = np.isin(facility, stays)
    number = {int(position): at for at, position in enumerate(planned.groups)}
    always = {number[one] for one in group[here].tolist() if one in number}
    return HasFacility(f"facility {kind}", frozenset(always), frozenset(with_area))
