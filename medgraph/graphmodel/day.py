"""See a network on one day: every fact of the field is decided here, once.

Who is at work, what is a facility, a station, a group; which links hold, who belongs to whom; what
is declared complete. A query, a rule or a map that asks a `Day` cannot give another answer than the
next one. Everything is an array over the positions of `net.index`, so that a nation costs no more
than its links; a fact is yes, no or unknown for each node (`Fact`).
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from medgraph.graphmodel.completeness import (
    Completeness,
    but_in_doubt,
    declaration,
    declared_parts,
    own_declaration,
)
from medgraph.graphmodel.day_groups import COLLECTIVES, NONE, SEVERAL, GroupsOnDay, Memberships
from medgraph.graphmodel.day_links import EXPIRED, HOLDS, NOT_YET, chosen
from medgraph.graphmodel.schema import ends_at_groups
from medgraph.graphmodel.states import Fact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medgraph.graphmodel.arrays.types import Mask, Positions, States

__all__ = [
    "COLLECTIVES",
    "EXPIRED",
    "HOLDS",
    "NONE",
    "NOT_YET",
    "SEVERAL",
    "Day",
    "Memberships",
    "chosen",
]


class Day(GroupsOnDay):
    """See `net` on one day: who is at work, which links hold, who belongs to which group.

    What a question of your own stands on. Positions are those of `net.index`; facts of nodes are
    `Fact`, with `certain` and `possible` masks over all positions.

    Parameters
    ----------
    net
        The network. Nodes and links outside their dates stay in it; the facts leave them out.
    as_of
        The day asked about; default: the data day, else today.
    left_out
        How many rows of the source could not be loaded. Where there are some, nothing counts as
        declared complete.

    Examples
    --------
    >>> import medgraph as mg
    >>> net = mg.samples.taizhou()
    >>> day = mg.Day(net)
    >>> int(day.group.certain.sum()), int((day.facility & day.at_work).certain.sum())
    (4, 57)
    >>> day.names(day.leads_of(net.index.position("G1")))
    ['台州恩泽医疗中心(集团)恩泽医院']
    """

    def declaration_of(self, table: str) -> Completeness:
        """Return the declaration that decides on this day whether a table or part is complete.

        It says who declares it, when and by which clause, and tells it as a sentence (`told`). One
        of a later day, of a day that nobody can read, or of a source of which rows were left out
        does not hold.

        Examples
        --------
        >>> import medgraph as mg
        >>> net = mg.samples.taizhou()
        >>> mg.Day(net).declaration_of("links.MEMBER_OF.G1").clause
        '二(一)1(1)'
        >>> days = [mg.Day(net, f"2023-10-{day}") for day in (24, 25)]
        >>> [bool(day.declaration_of("links.MEMBER_OF")) for day in days]
        [False, True]
        """
        stated = declaration(self.net.meta, table, self.date)
        return but_in_doubt(stated, doubted=bool(self.left_out))

    def declared_table(self, table: str) -> bool:
        """Tell whether a table, or a part of it, is declared complete: `facilities`,
        `links.SERVES`.

        Examples
        --------
        >>> import medgraph as mg
        >>> day = mg.Day(mg.samples.taizhou())
        >>> day.declared_table("facilities"), day.declared_table("links.DISPATCHES")
        (True, False)
        """
        return self._noted(table, bool(self.declaration_of(table)))

    def declared_column(self, table: str, column: str) -> bool:
        """Tell whether a column is declared complete, so that an empty cell means that there is
        none.

        A table that lists every facility need not state everything of each, so that the declaration
        of the table says nothing of its columns.

        Parameters
        ----------
        table
            The table, as `facilities`.
        column
            The column, as `specialties`.

        Examples
        --------
        >>> import medgraph as mg
        >>> mg.Day(mg.samples.taizhou()).declared_column("facilities", "specialties")
        False
        """
        stated = own_declaration(self.net.meta, f"{table}.{column}", self.date)
        found = bool(stated) and not self.left_out
        return self._noted(f"{table}.{column}", found) if found else found

    def declared_whole(self, relation: str) -> bool:
        """Tell whether the links of `relation` are declared complete without exception; see
        `lacking`.

        Examples
        --------
        >>> import medgraph as mg
        >>> day = mg.Day(mg.samples.taizhou())
        >>> day.declared_whole("MEMBER_OF"), day.declared_whole("DISPATCHES")
        (True, False)
        """
        return not self.lacking(relation)

    def _noted(self, table: str, found: bool) -> bool:
        """Return `found`, and keep it in `lists_asked`; a list of which a part is open is open."""
        self.lists_asked[table] = self.lists_asked.get(table, True) and found
        return found

    @cached_property
    def lists_asked(self) -> dict[str, bool]:
        """By table or part asked for so far, whether it was found to be declared complete."""
        return {}

    @property
    def found_undeclared(self) -> tuple[str, ...]:
        """The tables that were asked for so far, and are not declared complete; in that order."""
        return tuple(table for table, found in self.lists_asked.items() if not found)

    def lacking(self, relation: str, groups: Mask | None = None) -> tuple[str, ...]:
        """Name what is not declared complete of `relation`: the whole, or some lists; nothing where
        all is.

        Where its links end at groups, the list of every group has to be complete (of these
        `groups`; default: all of the day), and that of the groups itself where the whole is not;
        the lists of alliances, teams and committees, and of groups that have ended, say nothing
        about groups. Elsewhere the whole has to be, and no part declared otherwise. More than three
        lists, and all of them where the whole is not declared, are named as the whole.

        Parameters
        ----------
        relation
            The relation, as `MEMBER_OF`.
        groups
            Which groups' lists are asked for; default: those of all groups of the day.

        Examples
        --------
        >>> import medgraph as mg
        >>> day = mg.Day(mg.samples.taizhou())
        >>> day.lacking("MEMBER_OF"), day.lacking("DISPATCHES")
        ((), ('links.DISPATCHES',))
        """
        found = self._lacking(relation, groups)
        self._noted(f"links.{relation}", not found)
        return found

    def _lacking(self, relation: str, groups: Mask | None) -> tuple[str, ...]:
        whole = f"links.{relation}"
        if self.left_out:
            return (whole,)
        if not declared_parts(self.net.meta, relation, self.date):
            return () if self.declared_table(whole) else (whole,)
        lists = self._lists_of_groups(relation, groups)
        if not lists and not self.declared_table(whole):
            return (whole,)
        partial = [id for id in lists if not self.declared_table(f"{whole}.{id}")]
        others = [id for id, complete in self._parts(relation).items() if not complete]
        if ends_at_groups(relation):
            others = [id for id in others if self._is_no_group(id)]
        partial = list(dict.fromkeys([*partial, *others]))
        named = len(partial) < len(lists) or self.declared_table(whole)
        if partial and (not named or len(partial) > 3):
            return (whole,)
        if not self.net.completeness(whole) and not self.net.completeness("groups"):
            return (*(f"{whole}.{id}" for id in partial), "groups")
        return tuple(f"{whole}.{id}" for id in partial)

    def _lists_of_groups(self, relation: str, groups: Mask | None) -> list[str]:
        """The groups whose own lists make up `relation`; none for a relation that does not end at
        groups.
        """
        if not ends_at_groups(relation):
            return []
        chosen_groups = self.group.certain if groups is None else groups
        return self.ids(np.flatnonzero(chosen_groups))

    def _is_no_group(self, id: str) -> bool:
        """Whether an id stands for something else than a group, so that its part concerns every
        list.
        """
        return not self.index.is_kind("Group")[self.index.position(id)]

    def declared(self, relation: str, *, for_: Positions | Sequence[int]) -> Mask:
        """Return a mask over the nodes `for_`: whose links of `relation` are declared complete.

        The declaration of the node itself decides, else that of its groups, all of them, else that
        of the whole. A node that is in no group, where the member lists are not whole, may be in
        any: for it every part has to be complete.

        Parameters
        ----------
        relation
            The relation, as `SERVES`.
        for_
            Positions of the nodes asked about.

        Examples
        --------
        >>> import medgraph as mg
        >>> day = mg.Day(mg.samples.taizhou())
        >>> day.declared("SERVES", for_=day.index.positions(["TZ-P07"])).tolist()
        [True]
        """
        found = self._declared(relation, np.asarray(for_, np.int64))
        if len(found):
            self._noted(f"links.{relation}", bool(found.all()))
        return found

    def _declared(self, relation: str, for_: Positions) -> Mask:
        if self.left_out or not len(for_):
            return np.zeros(len(for_), bool)
        whole = self.declared_table(f"links.{relation}")
        found = np.full(len(for_), whole)
        if not declared_parts(self.net.meta, relation, self.date):
            return found
        found[self.group_of[for_] == NONE] = self._declared_outside(relation)
        own = self._parts_by_position(relation)
        own_state = own[for_]
        group = self._declared_by_group(own, whole)[for_]
        found = np.where(group >= 0, group == 1, found)
        return np.where(own_state >= 0, own_state == 1, found)

    def members_known(self, collectives: Positions) -> Mask:
        """Return a mask over these groups or alliances: members and leads are declared complete.

        Examples
        --------
        >>> import medgraph as mg
        >>> day = mg.Day(mg.samples.taizhou())
        >>> day.members_known(day.index.positions(["G1", "A1"])).tolist()
        [True, False]
        """
        members, leads = (
            self.declared(relation, for_=collectives) for relation in ("MEMBER_OF", "LEADS")
        )
        found: Mask = members & leads
        return found

    @cached_property
    def leading(self) -> Fact:
        """Facilities that lead a group.

        Unknown is who may, where the leads are not declared complete; a township centre or a
        village station leads none unless it is stated.
        """
        leads = self.mask(self.leads.facility)
        if self.declared_whole("LEADS"):
            return Fact.of(leads)
        return Fact.of(leads, unknown=self.no_small_facility)

    def _parts(self, relation: str) -> dict[str, bool]:
        """What is declared of single groups and facilities of the network, by id; not of alliances,
        teams and committees, nor of those a cut by area has left out.
        """
        parts = declared_parts(self.net.meta, relation, self.date)
        positions = self.index.positions(list(parts))
        other = self._other_collective
        return {
            id: state
            for (id, state), at in zip(parts.items(), positions.tolist(), strict=True)
            if at >= 0 and not other[at]
        }

    @cached_property
    def _other_collective(self) -> Mask:
        """What has members and is no group of the day: alliances, teams, committees, groups that
        have ended.
        """
        found: Mask = self.index.has("kind", "Group", "Team", "Committee") & ~self.group.certain
        return found

    def _parts_by_position(self, relation: str) -> States:
        """For every node 1 or 0 as its own part is declared complete or partial, -1 where it has
        none.
        """
        parts = declared_parts(self.net.meta, relation, self.date)
        states = np.full(len(self), -1, np.int8)
        positions = self.index.positions(list(parts))
        known = positions >= 0
        states[positions[known]] = np.array(list(parts.values()), np.int8)[known]
        return states

    def _declared_outside(self, relation: str) -> bool:
        """Whether the links of a node that is in no group are declared complete."""
        whole = self.declared_table(f"links.{relation}")
        if ends_at_groups(relation):
            return self.declared_whole(relation)
        if self.declared_whole("MEMBER_OF"):
            return whole
        return whole and all(self._parts(relation).values())

    def _declared_by_group(self, own: States, whole: bool) -> States:
        """For every node 1 or 0 as the lists of all its groups are complete or not, -1 where it has
        no group.
        """
        members = self.group_memberships
        of_group = np.where(own < 0, np.int8(whole), own)
        found = np.full(len(self), 2, np.int8)
        np.minimum.at(found, members.facility, of_group[members.collective])
        found[found == 2] = -1
        return found
