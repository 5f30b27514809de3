"""Sort the SERVES links of a day: of members, ungrouped facilities, classes, idle ones.

Whose status or days nobody could read may be at work, and so may serve.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from medgraph.graphmodel.arrays.joins import equi_join_sorted, unique_pairs
from medgraph.queries.columns import listed, named
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.graphmodel.areas import Texts
    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.graphmodel.day import Day


class Serving:
    """Who serves these areas on a day; columns are aligned with `areas`."""

    def __init__(self, day: Day, areas: Positions, among: Mask | None = None) -> None:
        """Take the links of the facilities of the mask `among`; default: of all."""
        self.index = day.index
        self.areas = areas
        asked = day.index.is_kind("Facility") if among is None else among
        source, target = day.services
        self.source, self.target = source[asked[source]], target[asked[source]]
        self.member, self.group = day.named_members(day.group.certain)
        is_member = day.mask(self.member)
        working = day.facility & day.in_service
        at_work, perhaps = working.certain & asked, working.unknown & asked
        self._of_members = at_work[self.source] & is_member[self.source]
        self._of_loose = at_work[self.source] & ~is_member[self.source]
        self._of_stations = day.station.certain[self.source]
        self._of_classes = day.placeholder[self.source]
        self._of_perhaps = perhaps[self.source]
        self._perhaps_member = self._of_perhaps & is_member[self.source]
        self._of_idle = ~(at_work | perhaps)[self.source] & ~self._of_classes
        silent = (at_work | perhaps) & is_member & ~day.mask(self.source) & day.primary.possible
        self.unplaced: Positions = np.flatnonzero(silent).astype(np.int32)

    @property
    def served_areas(self) -> Positions:
        """The areas that members serve, once for each member."""
        return self.target[self._of_members]

    @property
    def areas_of_no_station(self) -> Positions:
        """The areas that members (may) serve who are no village clinics or stations, once for each.

        A station answers for its village alone; whoever else serves parts of an area may serve all
        of it.
        """
        may_serve = self._of_members | self._perhaps_member
        return self.target[may_serve & ~self._of_stations]

    @property
    def loose_areas(self) -> Positions:
        """The areas that facilities in no group (may) serve, once for each."""
        return self.target[self._of_loose | self._of_perhaps]

    @cached_property
    def facility_count(self) -> Positions:
        """How many members serve each area."""
        found: Positions = np.bincount(self.served_areas, minlength=len(self.index))[self.areas]
        return found

    @cached_property
    def member_ids(self) -> Texts:
        """The ids of the members that serve each area."""
        return self._ids(self._of_members)

    @cached_property
    def member_names(self) -> Texts:
        """The names of the members that serve each area."""
        return self._names(self._of_members)

    @cached_property
    def loose_ids(self) -> Texts:
        """The ids of the facilities at work, in no group, that serve each area."""
        return self._ids(self._of_loose)

    @cached_property
    def loose_names(self) -> Texts:
        """The names of the facilities at work, in no group, that serve each area."""
        return self._names(self._of_loose)

    @cached_property
    def class_names(self) -> Texts:
        """The names of the classes of facilities that serve each area."""
        return self._names(self._of_classes)

    @cached_property
    def perhaps_names(self) -> Texts:
        """The names of those stated to serve each area that may be at work."""
        return self._names(self._of_perhaps)

    @cached_property
    def idle_names(self) -> Texts:
        """The names of the facilities that would serve each area, and are not at work."""
        return self._names(self._of_idle)

    def _ids(self, links: Mask) -> Texts:
        ids = self.index.ids.take(pa.array(self.source[links]))
        return listed(self.target[links], ids, self.areas)

    def _names(self, links: Mask) -> Texts:
        names = named(self.index, self.source[links])
        return listed(self.target[links], names, self.areas, say("list_comma"))

    @cached_property
    def _area_groups(self) -> tuple[Positions, Positions]:
        return self._groups_by(self._of_members)

    def _groups_by(self, links: Mask) -> tuple[Positions, Positions]:
        """Which group serves which area by some of the links, each pair once."""
        link, membership = equi_join_sorted(self.source[links], self.member)
        return unique_pairs(self.target[links][link], self.group[membership], len(self.index))

    @cached_property
    def group_count(self) -> Positions:
        """How many groups serve each area."""
        return self._count(self._area_groups)

    @cached_property
    def most_groups(self) -> Positions:
        """How many groups serve each area if all who may be at work are."""
        return self._count(self._groups_by(self._of_members | self._perhaps_member))

    def _count(self, pairs: tuple[Positions, Positions]) -> Positions:
        found: Positions = np.bincount(pairs[0], minlength=len(self.index))[self.areas]
        return found

    @cached_property
    def group_ids(self) -> Texts:
        """The ids of the groups that serve each area."""
        area, group = self._area_groups
        return listed(area, self.index.ids.take(pa.array(group)), self.areas)

    @cached_property
    def group_names(self) -> Texts:
        """The names of the groups that serve each area."""
        area, group = self._area_groups
        return listed(area, named(self.index, group), self.areas, say("list_comma"))
