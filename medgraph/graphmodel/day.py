"""See a network on one day: every fact of the field is decided here, once.

Who is at work, what is a facility, a station, a group; which links hold, who belongs to whom; what is
declared complete. A query, a rule or a map that asks a `Day` cannot give another answer than the next
one. Everything is an array over the positions of `net.index`, so that a nation costs no more than its
links; a fact is yes, no or unknown for each node (`Fact`).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.errors import OptionError
from medgraph.graphmodel import areas
from medgraph.graphmodel.areas import Texts
from medgraph.graphmodel.arrays.joins import equi_join, semi_join, unique_pairs
from medgraph.graphmodel.arrays.types import Floats, Mask, Positions, States
from medgraph.graphmodel.canonical import edge_ids
from medgraph.graphmodel.completeness import declared_parts
from medgraph.graphmodel.index import Links
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.graphmodel.schema import ENDS
from medgraph.graphmodel.states import Fact
from medgraph.words.say import say
from medgraph.words.vocabularies import (
    FACILITY_TYPES,
    GROUP_TYPES,
    HOSPITAL_TYPES,
    PRIMARY_TYPES,
    STATION_TYPES,
    STATUSES,
)

HOLDS, EXPIRED, NOT_YET = 0, 1, 2
NONE, SEVERAL = -1, -2
ALLIANCE = "specialty_alliance"
COLLECTIVES = ("group", "alliance", *GROUP_TYPES)


class Memberships(NamedTuple):
    """Who belongs to what, as aligned arrays: `facility`, `collective` (a group or alliance), `is_lead`."""

    facility: Positions
    collective: Positions
    is_lead: Mask

    def where(self, mask: Mask) -> Memberships:
        """Return the memberships of a mask."""
        return Memberships(self.facility[mask], self.collective[mask], self.is_lead[mask])


class Day:
    """See `net` on one day: who is at work, which links hold, who belongs to which group.

    What a question of your own stands on. Positions are those of `net.index`; facts of nodes are `Fact`,
    with `certain` and `possible` masks over all positions.

    Parameters
    ----------
    net
        The network. Nodes and links outside their dates stay in it; the facts leave them out.
    as_of
        The day asked about; default: the data day, else today.
    left_out
        How many rows of the source could not be loaded. Where there are some, nothing counts as declared
        complete.

    Examples
    --------
    >>> import medgraph as mg
    >>> net = mg.samples.taizhou()
    >>> day = mg.Day(net)
    >>> int(day.group.certain.sum()), int((day.facility & day.at_work).certain.sum())
    (4, 57)
    >>> day.names(day.leads_of(net.index.position("G1")))
    ['台州恩泽医疗中心(集团)台州医院']
    """

    def __init__(
        self,
        net: MedicalNetwork,
        as_of: datetime.date | str | None = None,
        *,
        left_out: int = 0,
    ) -> None:
        self.net = net
        self.date = net.day(as_of)
        self.index = net.index
        self.left_out = left_out
        self._by_target: dict[str, tuple[Positions, Positions]] = {}

    def __len__(self) -> int:
        """Return how many nodes the network holds."""
        return len(self.index)

    # -- who is there, and at work ---------------------------------------------------------------

    @cached_property
    def exists(self) -> Mask:
        """Nodes of the day: begun, or planned, and not over."""
        planned = self.index.has("status", "planned")
        found: Mask = (self._begun | planned) & ~self._over
        return found

    @cached_property
    def at_work(self) -> Fact:
        """Nodes at work on the day; an empty status means open.

        Not at work is what is closed or suspended, not yet begun, or over. Unknown is what is planned and
        states no opening day, and what states a status that no vocabulary knows.
        """
        planned = self.index.has("status", "planned")
        has_opening_day = self._dates("valid_from").is_valid().to_numpy(zero_copy_only=False)
        lasting = self._begun & ~self._over & ~self.index.has("status", "closed", "suspended")
        unsure = (planned & ~has_opening_day) | self._unreadable("status", STATUSES)
        return Fact.of(lasting & ~unsure, unknown=lasting & unsure)

    @cached_property
    def waiting(self) -> Mask:
        """Nodes that are planned and not at work yet, with or without an opening day."""
        found: Mask = ~self.at_work.certain & self.index.has("status", "planned")
        return found

    @cached_property
    def _begun(self) -> Mask:
        held = pc.less_equal(self._dates("valid_from"), pa.scalar(self.date))
        return _mask(pc.fill_null(held, True))

    @cached_property
    def _over(self) -> Mask:
        return _mask(pc.fill_null(pc.less(self._dates("valid_to"), pa.scalar(self.date)), False))

    def _dates(self, column: str) -> Texts:
        return self.index.values(column).cast(pa.date32())

    def _unreadable(self, column: str, vocabulary: Iterable[str]) -> Mask:
        """Nodes whose cell is filled with a word that is not in the vocabulary."""
        stated = _mask(self.index.values(column).is_valid())
        return stated & ~self.index.has(column, *vocabulary)

    # -- what a facility is ----------------------------------------------------------------------

    @cached_property
    def facility(self) -> Fact:
        """Named facilities; a placeholder for a class of facilities is none."""
        return Fact.of(self.index.is_kind("Facility") & ~self.index.is_class)

    @cached_property
    def placeholder(self) -> Mask:
        """Placeholders: one row that stands for a class of facilities, groups or others."""
        return self.index.is_class

    @cached_property
    def working(self) -> Fact:
        """Named facilities at work on the day."""
        return self.facility & self.at_work

    @cached_property
    def primary(self) -> Fact:
        """Township and community health centres (基层医疗卫生机构), classes of them included."""
        return self.of_type(*PRIMARY_TYPES)

    @cached_property
    def station(self) -> Fact:
        """Village clinics and community health stations, classes of them included."""
        return self.of_type(*STATION_TYPES)

    @cached_property
    def hospital(self) -> Fact:
        """Hospitals of every type, classes of them included."""
        return self.of_type(*HOSPITAL_TYPES)

    def of_type(self, *types: str) -> Fact:
        """Return the facilities of these types, classes included.

        The type that is stated decides; where none is, the WS 218 code does: yes where all that the code
        may mean is among `types`, no where nothing is. What states neither is unknown.
        """
        wanted = frozenset(types)
        facility = self.index.is_kind("Facility")
        stated = self._stated("type")
        by_code, maybe = self._by_code(wanted)
        by_type = self.index.has("type", *sorted(wanted))
        unsure = self._unreadable("type", FACILITY_TYPES) | (~stated & maybe)
        yes: Mask = np.where(stated, by_type, by_code)
        return Fact.of(facility & yes, unknown=facility & unsure)

    def _stated(self, column: str) -> Mask:
        return _mask(self.index.values(column).is_valid())

    def _by_code(self, wanted: frozenset[str]) -> tuple[Mask, Mask]:
        """Masks: whose WS 218 code surely says one of these types, and whose code may or is not stated."""
        codes = self.index.values("ws218").cast(pa.string()).dictionary_encode()
        known = [_types_of_codes(text) for text in codes.dictionary.to_pylist()]
        surely = np.array([bool(found) and found <= wanted for found in known] + [False], bool)
        perhaps = np.array([not found or bool(found & wanted) for found in known] + [True], bool)
        at = pc.fill_null(codes.indices, len(known)).to_numpy(zero_copy_only=False)
        return surely[at], perhaps[at]

    def centre(self, kind: str) -> Fact:
        """Return the shared centres of a kind: `laboratory`, `imaging`, ..."""
        return Fact.of(self.index.is_kind("SharedCentre") & self.index.has("type", kind))

    @cached_property
    def public_health_team(self) -> Fact:
        """Public-health teams; a placeholder for several is among them."""
        return Fact.of(self.index.is_kind("Team") & self.index.has("type", "public_health"))

    @cached_property
    def tertiary(self) -> Fact:
        """Tertiary hospitals: as their level says; where none is stated, leads of urban groups and regional centres."""
        level = self.index.values("level")
        stated = _mask(level.is_valid())
        urban = self.index.has("type", "urban_medical_group")
        by_plan = self.mask(self.leads.facility[urban[self.leads.collective]])
        by_plan |= self.index.has("type", "national_regional_medical_centre")
        yes = _mask(pc.fill_null(pc.starts_with(level, "3"), False)) | (by_plan & ~stated)
        return Fact.of(yes, unknown=self.index.is_kind("Facility") & ~stated)

    # -- where it stands -------------------------------------------------------------------------

    @cached_property
    def county(self) -> Positions:
        """The six-digit code of the county in which every node stands, as a number; 0 where no code says."""
        codes = pc.fill_null(areas.counties(self.index), "0")
        found: Positions = codes.cast(pa.int64()).to_numpy(zero_copy_only=False)
        return found

    def areas(self, level: str = "township") -> tuple[Positions, Mask]:
        """Return the areas that are or may be of `level`, and a mask over them: whose level is not known.

        Raise OptionError where `level` is none of the levels.
        """
        return areas.areas_of_level(self.index, level)

    @cached_property
    def services(self) -> tuple[Positions, Positions]:
        """Which facility serves which area on the day, each pair once, by facility; classes and idle ones too."""
        links = self.links("SERVES")
        return unique_pairs(links.source, links.target, len(self))

    # -- links that hold -------------------------------------------------------------------------

    @cached_property
    def _states(self) -> States:
        edges = self.net.tables[1]
        states = np.full(len(edges), HOLDS, np.int8)
        comparisons = (("valid_from", pc.greater, NOT_YET), ("valid_to", pc.less, EXPIRED))
        for column, compare, state in comparisons:
            if column in edges.column_names:
                hit = pc.fill_null(compare(edges[column], pa.scalar(self.date)), False)
                states[hit.to_numpy()] = state
        return states

    def states(self, relation: str) -> States:
        """Return for every link of `relation` whether it HOLDS, is EXPIRED or NOT_YET valid on the day."""
        found: States = self._states[self.index.links(relation).row]
        return found

    def links(self, relation: str) -> Links:
        """Return the links of `relation` that hold on the day."""
        every = self.index.links(relation)
        held = self.states(relation) == HOLDS
        return every if held.all() else chosen(every, held)

    def sources_of(self, relation: str, target: int) -> Positions:
        """Return the sources of the links of `relation` to `target` that hold on the day, each once."""
        if relation not in self._by_target:
            links = self.links(relation)
            order = np.argsort(links.target, kind="stable")
            self._by_target[relation] = links.source[order], links.target[order]
        source, targets = self._by_target[relation]
        begin, end = (
            np.searchsorted(targets, target, "left"),
            np.searchsorted(targets, target, "right"),
        )
        return np.unique(source[begin:end])

    def values(self, relation: str, column: str) -> Texts:
        """Return a link column aligned with `links(relation)`."""
        found = self.index.link_values(relation, column)
        return found.filter(pa.array(self.states(relation) == HOLDS))

    def link_values(self, column: str, rows: Positions) -> Texts:
        """Return a column of the link table in these rows; null where a row is -1 or has no value."""
        edges = self.net.tables[1]
        rows = np.asarray(rows, np.int64)
        if column not in edges.column_names:
            return pa.nulls(len(rows), pa.string())
        taken = edges[column].take(pa.array(rows, mask=rows < 0)).combine_chunks()
        return taken.dictionary_decode() if pa.types.is_dictionary(taken.type) else taken

    def link_column(self, column: str, rows: Positions) -> list[Any]:
        """Return the same as `link_values` as a list; None where there is no value."""
        found: list[Any] = self.link_values(column, rows).to_pylist()
        return found

    def minutes(self, rows: Positions) -> Floats:
        """Return the minutes of these rows of the link table; NaN where missing, negative or endless."""
        stated = self.link_values("minutes", rows).cast(pa.float64())
        found: Floats = pc.fill_null(stated, np.nan).to_numpy(zero_copy_only=False).copy()
        found[~np.isfinite(found) | (found < 0)] = np.nan
        return found

    def link_ids(self, rows: Positions) -> list[str | None]:
        """Return the ids of the links in these rows of the link table; None where a row is -1."""
        rows = np.asarray(rows, np.int64)
        found: list[str | None] = self._link_ids.take(pa.array(rows, mask=rows < 0)).to_pylist()
        return found

    @cached_property
    def _link_ids(self) -> Any:
        return edge_ids(self.net.tables[1])

    # -- groups ----------------------------------------------------------------------------------

    @cached_property
    def group(self) -> Fact:
        """Groups with patients of their own that last on the day; an alliance is none, nor is a placeholder."""
        return self._collective & Fact.of(~self._typed_as_alliance)

    @cached_property
    def alliance(self) -> Fact:
        """Specialty alliances that last on the day; a placeholder is none."""
        return self._collective & Fact.of(self._typed_as_alliance)

    @cached_property
    def _typed_as_alliance(self) -> Mask:
        return self.index.has("type", ALLIANCE)

    @cached_property
    def any_group(self) -> Mask:
        """Groups on whatever day, ended ones too; an alliance is none, nor is a placeholder."""
        found: Mask = self._named_collective & ~self._typed_as_alliance
        return found

    @cached_property
    def _named_collective(self) -> Mask:
        found: Mask = self.index.is_kind("Group") & ~self.index.is_class
        return found

    @cached_property
    def _collective(self) -> Fact:
        return Fact.of(self._named_collective) & self.at_work

    def groups(self, collective: str = "group") -> Fact:
        """Return the groups of a collective: `group`, `alliance`, or one type of group.

        Raise OptionError where `collective` is none of these.
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
    def group_memberships(self) -> Memberships:
        """The memberships in groups alone, not in alliances, in the order of facilities."""
        found = self.memberships.where(self.group.certain[self.memberships.collective])
        order = np.argsort(found.facility, kind="stable")
        return Memberships(found.facility[order], found.collective[order], found.is_lead[order])

    @cached_property
    def leads(self) -> Memberships:
        """Who leads which group; leads that are not at work are among them."""
        own = self.memberships
        return own.where(own.is_lead & self.group.certain[own.collective])

    @cached_property
    def alliance_leads(self) -> Memberships:
        """Who leads which specialty alliance."""
        own = self.memberships
        return own.where(own.is_lead & self.alliance.certain[own.collective])

    def named_members(self, groups: Mask) -> tuple[Positions, Positions]:
        """Return (facility, group) for the named facilities in these groups, each pair once, by facility."""
        own = self.memberships
        kept = self.facility.certain[own.facility] & groups[own.collective]
        return unique_pairs(own.facility[kept], own.collective[kept], len(self))

    @cached_property
    def group_of(self) -> Positions:
        """The group of every node: its position, NONE where there is none, SEVERAL where there are more."""
        own = self.group_memberships
        found = np.full(len(self), NONE, np.int32)
        found[own.facility] = own.collective
        found[own.facility[found[own.facility] != own.collective]] = SEVERAL
        is_group = np.flatnonzero(self.group.certain)
        found[is_group] = is_group
        return found

    def members_of(self, collective: int) -> Positions:
        """Return the members and leads of one group or alliance, classes too, each once."""
        return np.unique(self.memberships.facility[self._rows_of(collective)])

    def leads_of(self, collective: int) -> Positions:
        """Return the leads of one group or alliance."""
        rows = self._rows_of(collective)
        return np.unique(self.memberships.facility[rows[self.memberships.is_lead[rows]]])

    def _rows_of(self, collective: int) -> Positions:
        order, of = self._by_collective
        begin, end = (
            np.searchsorted(of, collective, "left"),
            np.searchsorted(of, collective, "right"),
        )
        return order[begin:end]

    @cached_property
    def _by_collective(self) -> tuple[Positions, Positions]:
        order = np.argsort(self.memberships.collective, kind="stable")
        return order, self.memberships.collective[order]

    def same_group(self, one: Positions, other: Positions) -> Mask:
        """Return a mask over pairs: both facilities belong to one group."""
        own = self.group_memberships
        pair, at = equi_join(one, own.facility)
        size = len(self)
        keys = np.sort(own.facility.astype(np.int64) * size + own.collective, kind="stable")
        shared = semi_join(other[pair].astype(np.int64) * size + own.collective[at], keys)
        found = np.zeros(len(one), bool)
        found[pair[shared]] = True
        return found

    # -- what is declared complete ---------------------------------------------------------------

    def declared_table(self, table: str) -> bool:
        """Tell whether a table, or a part of it, is declared complete: `facilities`, `links.SERVES`."""
        return not self.left_out and bool(self.net.completeness(table))

    def declared_whole(self, relation: str) -> bool:
        """Tell whether the links of `relation` are declared complete without exception; see `lacking`."""
        return not self.lacking(relation)

    def lacking(self, relation: str, groups: Mask | None = None) -> tuple[str, ...]:
        """Name what is not declared complete of `relation`: the whole, or some lists; nothing where all is.

        Where its links end at groups, the list of every group has to be complete (of these `groups`;
        default: all of the day); the lists of alliances, teams and committees, and of groups that have
        ended, say nothing about groups. Elsewhere the whole has to be, and no part declared otherwise.
        More than three lists, and all of them where the whole is not declared, are named as the whole.
        """
        whole = f"links.{relation}"
        if self.left_out:
            return (whole,)
        lists = self._lists_of_groups(relation, groups)
        if not lists and not self.net.completeness(whole):
            return (whole,)
        partial = [id for id in lists if not self.net.completeness(f"{whole}.{id}")]
        others = [id for id, complete in self._parts(relation).items() if not complete]
        if _ends_at_groups(relation):
            others = [id for id in others if self._is_no_group(id)]
        partial = list(dict.fromkeys([*partial, *others]))
        named = len(partial) < len(lists) or bool(self.net.completeness(whole))
        if partial and (not named or len(partial) > 3):
            return (whole,)
        return tuple(f"{whole}.{id}" for id in partial)

    def _lists_of_groups(self, relation: str, groups: Mask | None) -> list[str]:
        """The groups whose own lists make up `relation`; none for a relation that does not end at groups."""
        if not _ends_at_groups(relation):
            return []
        chosen_groups = self.group.certain if groups is None else groups
        return self.ids(np.flatnonzero(chosen_groups))

    def _is_no_group(self, id: str) -> bool:
        """Whether an id stands for something else than a group, so that its part concerns every list."""
        position = self.index.position(id)
        return position < 0 or not self.index.is_kind("Group")[position]

    def declared(self, relation: str, *, for_: Positions | Sequence[int]) -> Mask:
        """Return a mask over the nodes `for_`: whose links of `relation` are declared complete.

        The declaration of the node itself decides, else that of its groups, all of them, else that of the
        whole. A node that is in no group, where the member lists are not whole, may be in any: for it every
        part has to be complete.
        """
        for_ = np.asarray(for_, np.int64)
        if self.left_out or not len(for_):
            return np.zeros(len(for_), bool)
        whole = bool(self.net.completeness(f"links.{relation}"))
        found = np.full(len(for_), whole)
        if not declared_parts(self.net.meta, relation):
            return found
        found[self.group_of[for_] == NONE] = self._declared_outside(relation)
        own = self._parts_by_position(relation)
        own_state = own[for_]
        group = self._declared_by_group(own, whole)[for_]
        found = np.where(group >= 0, group == 1, found)
        return np.where(own_state >= 0, own_state == 1, found)

    def _parts(self, relation: str) -> dict[str, bool]:
        """What is declared of single groups and facilities, by id; not of alliances, teams and committees."""
        parts = declared_parts(self.net.meta, relation)
        positions = self.index.positions(list(parts))
        other = self._other_collective
        return {
            id: state
            for (id, state), at in zip(parts.items(), positions.tolist(), strict=True)
            if at < 0 or not other[at]
        }

    @cached_property
    def _other_collective(self) -> Mask:
        """What has members and is no group of the day: alliances, teams, committees, groups that have ended."""
        found: Mask = self.index.has("kind", "Group", "Team", "Committee") & ~self.group.certain
        return found

    def _parts_by_position(self, relation: str) -> States:
        """For every node 1 or 0 as its own part is declared complete or partial, -1 where it has none."""
        parts = declared_parts(self.net.meta, relation)
        states = np.full(len(self), -1, np.int8)
        positions = self.index.positions(list(parts))
        known = positions >= 0
        states[positions[known]] = np.array(list(parts.values()), np.int8)[known]
        return states

    def _declared_outside(self, relation: str) -> bool:
        """Whether the links of a node that is in no group are declared complete."""
        whole = bool(self.net.completeness(f"links.{relation}"))
        if _ends_at_groups(relation):
            return self.declared_whole(relation)
        if self.declared_whole("MEMBER_OF"):
            return whole
        return whole and all(self._parts(relation).values())

    def _declared_by_group(self, own: States, whole: bool) -> States:
        """For every node 1 or 0 as the lists of all its groups are complete or not, -1 where it has no group."""
        members = self.group_memberships
        of_group = np.where(own < 0, np.int8(whole), own)
        found = np.full(len(self), 2, np.int8)
        np.minimum.at(found, members.facility, of_group[members.collective])
        found[found == 2] = -1
        return found

    # -- words -----------------------------------------------------------------------------------

    def mask(self, positions: Positions) -> Mask:
        """Return the mask over all nodes that these positions make."""
        found = np.zeros(len(self), bool)
        found[positions] = True
        return found

    def ids(self, positions: Positions) -> list[str]:
        """Return the ids at these positions."""
        found: list[str] = self.index.take("id", np.asarray(positions, np.int64)).to_pylist()
        return found

    def names(self, positions: Positions) -> list[str]:
        """Return the names at these positions, the id where a node has none."""
        positions = np.asarray(positions, np.int64)
        named = pc.coalesce(self.index.take("name", positions), self.index.take("id", positions))
        found: list[str] = named.to_pylist()
        return found

    def name(self, position: int) -> str:
        """Return the name at a position, or the id where there is none."""
        return str(self._labels[int(position)].as_py())

    def title(self, position: int) -> str:
        """Return a node as people read it: its name, and its id in brackets."""
        return say("node_title", name=self.name(position), id=self.index.ids[int(position)].as_py())

    def joined(self, positions: Iterable[int]) -> str:
        """Return the names at these few positions as one text with `|`."""
        return "|".join(self.name(position) for position in positions)

    @cached_property
    def _labels(self) -> Texts:
        return pc.coalesce(self.index.values("name"), self.index.ids)


def chosen(links: Links, mask: Mask) -> Links:
    """Return the links of `mask`."""
    return Links(links.source[mask], links.target[mask], links.row[mask])


def _ends_at_groups(relation: str) -> bool:
    return "Group" in ENDS[relation][1]


def _types_of_codes(codes: str) -> frozenset[str]:
    """Every type of facility that a WS 218 code, or several with `|`, may mean; empty for an unknown code."""
    found: set[str] = set()
    for code in codes.split("|"):
        meant = {type_ for type_, term in FACILITY_TYPES.items() if term.ws218 == code.strip()}
        if not meant:
            return frozenset()
        found |= meant
    return frozenset(found)


def _mask(values: Texts) -> Mask:
    found: Mask = values.to_numpy(zero_copy_only=False)
    return found


__all__ = ["Day", "Memberships"]
