"""See the groups of a network on one day: who leads, who belongs, who shares one."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.errors import OptionError
from medgraph.graphmodel.arrays.joins import equal_run, equi_join, semi_join, unique_pairs
from medgraph.graphmodel.day_links import LinksOnDay
from medgraph.graphmodel.of_nodes import of_nodes
from medgraph.graphmodel.states import Fact
from medgraph.words.say import say
from medgraph.words.vocabularies import GROUP_TYPES

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Mask, Positions

NONE, SEVERAL = -1, -2
ALLIANCE = "specialty_alliance"
COLLECTIVES = ("group", "alliance", *GROUP_TYPES)


class Memberships(NamedTuple):
    """Who belongs to what, as aligned arrays: `facility`, `collective` (a group or alliance),
    `is_lead`.
    """

    facility: Positions
    collective: Positions
    is_lead: Mask

    def where(self, mask: Mask) -> Memberships:
        """Return the memberships of a mask."""
        return Memberships(self.facility[mask], self.collective[mask], self.is_lead[mask])


class GroupsOnDay(LinksOnDay):
    """What `Day` says of groups and alliances, and of those who belong to them."""

    @of_nodes
    def group(self) -> Fact:
        """Groups with patients of their own that last on the day; an alliance is none, nor is a
        placeholder.
        """
        return self._collective & Fact.of(~self.typed_as_alliance)

    @of_nodes
    def alliance(self) -> Fact:
        """Specialty alliances that last on the day; a placeholder is none."""
        return self._collective & Fact.of(self.typed_as_alliance)

    @of_nodes
    def typed_as_alliance(self) -> Mask:
        """Specialty alliances on whatever day, ended ones and placeholders too."""
        return self.index.has("type", ALLIANCE)

    @of_nodes
    def any_group(self) -> Mask:
        """Groups on whatever day, ended ones too; an alliance is none, nor is a placeholder."""
        found: Mask = self._named_collective & ~self.typed_as_alliance
        return found

    @of_nodes
    def _named_collective(self) -> Mask:
        found: Mask = self.index.is_kind("Group") & ~self.index.is_class
        return found

    @of_nodes
    def _collective(self) -> Fact:
        return Fact.of(self._named_collective) & self.at_work

    def kinds_of_groups(self, groups: Positions) -> tuple[Positions, Mask]:
        """Return the kind of each of these groups as a number, and a mask: whose kind is not
        stated.

        The kind is the type of a group, and of an alliance its specialty too.

        Examples
        --------
        >>> import medgraph as mg
        >>> day = mg.Day(mg.samples.taizhou())
        >>> kinds, unstated = day.kinds_of_groups(day.index.positions(["G1", "G2", "A1"]))
        >>> kinds.tolist(), int(unstated.sum())
        ([0, 0, 1], 0)
        """
        alliance = pa.array(self.alliance.certain[groups])
        specialty = pc.fill_null(self.index.take("specialty", groups), "")
        types = pc.fill_null(self.index.take("type", groups), "")
        own_specialty = pc.if_else(alliance, specialty, pa.scalar(""))
        text = pc.binary_join_element_wise(types, own_specialty, "/")
        unstated = pc.or_(pc.equal(types, ""), pc.and_(alliance, pc.equal(specialty, "")))
        codes = pc.dictionary_encode(text).indices
        return codes.to_numpy(zero_copy_only=False), unstated.to_numpy(zero_copy_only=False)

    def groups(self, collective: str = "group") -> Fact:
        """Return the groups of a collective: `group`, `alliance`, or one type of group.

        Raise OptionError where `collective` is none of these.

        Examples
        --------
        >>> import medgraph as mg
        >>> day = mg.Day(mg.samples.taizhou())
        >>> day.ids(np.flatnonzero(day.groups("urban_medical_group").certain))
        ['G1', 'G2', 'G3', 'G4']
        """
        if collective not in COLLECTIVES:
            allowed = ", ".join(COLLECTIVES)
            raise OptionError(
                say("not_one_of", what="collective", value=collective, allowed=allowed)
            )
        if collective == "group":
            return self.group
        if collective in ("alliance", ALLIANCE):
            return self.alliance
        return self.group & Fact.of(self.index.has("type", collective))

    @cached_property
    def memberships(self) -> Memberships:
        """Who leads or belongs to which group or alliance that lasts on the day; classes too."""
        leads, members = self.links("LEADS"), self.links("MEMBER_OF")
        every = Memberships(
            np.concatenate([leads.source, members.source]),
            np.concatenate([leads.target, members.target]),
            np.concatenate([np.ones(len(leads), bool), np.zeros(len(members), bool)]),
        )
        return every.where(self._collective.certain[every.collective])

    @cached_property
    def membership_rows(self) -> Positions:
        """The row in the link table of each of `memberships`."""
        links = [self.links(relation) for relation in ("LEADS", "MEMBER_OF")]
        target = np.concatenate([link.target for link in links])
        row: Positions = np.concatenate([link.row for link in links])
        lasting: Positions = row[self._collective.certain[target]]
        return lasting

    @cached_property
    def group_memberships(self) -> Memberships:
        """The memberships in groups alone, not in alliances, in the order of facilities."""
        found = self.memberships.where(self.group.certain[self.memberships.collective])
        order = np.argsort(found.facility, kind="stable")
        facility, collective, is_lead = found
        return Memberships(facility[order], collective[order], is_lead[order])

    @cached_property
    def leads(self) -> Memberships:
        """Who leads which group; leads that are not at work are among them."""
        own = self.memberships
        return own.where(own.is_lead & self.group.certain[own.collective])

    @cached_property
    def led(self) -> Mask:
        """Groups with a lead that is at work for certain; a placeholder leads none.

        What states no type of a group may be an alliance, and has none for certain.
        """
        lead, group, _ = self.leads
        leading = (self.facility & self.at_work).certain[lead]
        typed = self.index.has("type", *GROUP_TYPES) & ~self.typed_as_alliance
        found: Mask = self.mask(group[leading]) & typed
        return found

    @cached_property
    def alliance_leads(self) -> Memberships:
        """Who leads which specialty alliance."""
        own = self.memberships
        return own.where(own.is_lead & self.alliance.certain[own.collective])

    def named_members(self, groups: Mask) -> tuple[Positions, Positions]:
        """Return (facility, group) for the named facilities in these groups, each pair once, by
        facility.

        Examples
        --------
        >>> import medgraph as mg
        >>> day = mg.Day(mg.samples.taizhou())
        >>> facility, group = day.named_members(day.group.certain)
        >>> len(facility)
        49
        """
        own = self.memberships
        kept = self.facility.certain[own.facility] & groups[own.collective]
        return unique_pairs(own.facility[kept], own.collective[kept], len(self))

    @cached_property
    def group_of(self) -> Positions:
        """The group of every node: its position, NONE where there is none, SEVERAL where there are
        more.
        """
        own = self.group_memberships
        found = np.full(len(self), NONE, np.int32)
        found[own.facility] = own.collective
        found[own.facility[found[own.facility] != own.collective]] = SEVERAL
        is_group = np.flatnonzero(self.group.certain)
        found[is_group] = is_group
        return found

    def groups_of(self, facility: int) -> Positions:
        """Return the groups that a facility belongs to or leads, each once.

        Examples
        --------
        >>> import medgraph as mg
        >>> day = mg.Day(mg.samples.taizhou())
        >>> day.ids(day.groups_of(day.index.position("TZ-P07")))
        ['G1']
        """
        return self._collectives_of(facility, self.group)

    def alliances_of(self, facility: int) -> Positions:
        """Return the specialty alliances that a facility belongs to or leads, each once.

        Examples
        --------
        >>> import medgraph as mg
        >>> day = mg.Day(mg.samples.taizhou())
        >>> day.ids(day.alliances_of(day.index.position("TZ-P07")))
        []
        """
        return self._collectives_of(facility, self.alliance)

    def _collectives_of(self, facility: int, kind: Fact) -> Positions:
        order, of = self._by_facility
        collective = self.memberships.collective[order[equal_run(facility, of)]]
        return np.unique(collective[kind.certain[collective]])

    @cached_property
    def _by_facility(self) -> tuple[Positions, Positions]:
        order = np.argsort(self.memberships.facility, kind="stable")
        return order, self.memberships.facility[order]

    def members_of(self, collective: int) -> Positions:
        """Return the members and leads of one group or alliance, classes too, each once.

        Examples
        --------
        >>> import medgraph as mg
        >>> day = mg.Day(mg.samples.taizhou())
        >>> len(day.members_of(day.index.position("G1")))
        17
        """
        return np.unique(self.memberships.facility[self._rows_of(collective)])

    def leads_of(self, collective: int) -> Positions:
        """Return the leads of one group or alliance.

        Examples
        --------
        >>> import medgraph as mg
        >>> day = mg.Day(mg.samples.taizhou())
        >>> day.ids(day.leads_of(day.index.position("G1")))
        ['TZ-H01']
        """
        rows = self._rows_of(collective)
        return np.unique(self.memberships.facility[rows[self.memberships.is_lead[rows]]])

    def _rows_of(self, collective: int) -> Positions:
        order, of = self._by_collective
        return order[equal_run(collective, of)]

    @cached_property
    def _by_collective(self) -> tuple[Positions, Positions]:
        order = np.argsort(self.memberships.collective, kind="stable")
        return order, self.memberships.collective[order]

    def same_group(self, one: Positions, other: Positions) -> Mask:
        """Return a mask over pairs: both facilities belong to one group.

        Parameters
        ----------
        one
            Positions of facilities.
        other
            As many, each compared with the one at its place.

        Examples
        --------
        >>> import medgraph as mg
        >>> day = mg.Day(mg.samples.taizhou())
        >>> lead, own, other = day.index.positions(["TZ-H01", "TZ-P07", "TZ-P34"])
        >>> day.same_group(np.array([lead, lead]), np.array([own, other])).tolist()
        [True, False]
        """
        own = self.group_memberships
        pair, at = equi_join(one, own.facility)
        size = len(self)
        keys = np.sort(own.facility.astype(np.int64) * size + own.collective, kind="stable")
        shared = semi_join(other[pair].astype(np.int64) * size + own.collective[at], keys)
        found = np.zeros(len(one), bool)
        found[pair[shared]] = True
        return found

    @cached_property
    def tertiary(self) -> Fact:
        """Tertiary hospitals: as their level says; where none is stated, leads of urban groups and
        regional centres.

        A township centre or a station is none, whether or not it states a level.
        """
        level = self.index.values("level")
        stated = level.is_valid().to_numpy(zero_copy_only=False)
        urban = self.index.has("type", "urban_medical_group")
        by_plan = self.mask(self.leads.facility[urban[self.leads.collective]])
        by_plan |= self.index.has("type", "national_regional_medical_centre")
        by_level = pc.fill_null(pc.starts_with(level, "3"), False).to_numpy(zero_copy_only=False)
        yes = by_level | (by_plan & ~stated)
        return Fact.of(yes, unknown=self.no_small_facility & ~stated)
