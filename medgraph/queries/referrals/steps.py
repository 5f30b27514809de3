"""The ground of every referral question: who is at work on the day, in which group, and which links are legal."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.words.say import say
from medgraph.words.vocabularies import STATION_TYPES

if TYPE_CHECKING:
    from medgraph.graphmodel.network import MedicalNetwork

LEGAL, SKIPS_LEVEL, TO_CLOSED = 0, 1, 2

# What a hospital of a type is for, by the meaning of the type in WS 218.
SPECIALTY_OF_TYPE = {
    "tcm_hospital": ("tcm",),
    "psychiatric_hospital": ("psychiatry",),
    "rehabilitation_hospital": ("rehabilitation",),
    "maternity_hospital": ("obstetrics", "mch"),
    "childrens_hospital": ("paediatrics",),
    "women_children_hospital": ("mch", "obstetrics", "paediatrics"),
    "mch_institution": ("mch",),
}


@dataclass(frozen=True)
class Ways:
    """Referral links as aligned arrays, all pointing up: `lower`, `upper` positions, `minutes`, `row`, `flaw`.

    `minutes` is NaN where none are stated (or they are negative); `row` is the row in the link table; `flaw` says
    why a link is no legal step (LEGAL, SKIPS_LEVEL, TO_CLOSED).
    """

    lower: np.ndarray
    upper: np.ndarray
    minutes: np.ndarray
    row: np.ndarray
    flaw: np.ndarray

    def __len__(self) -> int:
        return len(self.row)

    def where(self, mask: np.ndarray) -> Ways:
        """Return the links of a mask; all of them are the same object."""
        if mask.all():
            return self
        return Ways(
            self.lower[mask], self.upper[mask], self.minutes[mask], self.row[mask], self.flaw[mask]
        )

    @property
    def legal(self) -> Ways:
        return self.where(self.flaw == LEGAL)

    def plus(self, other: Ways) -> Ways:
        names = ("lower", "upper", "minutes", "row", "flaw")
        return (
            Ways(*(np.concatenate([getattr(self, n), getattr(other, n)]) for n in names))
            if len(other)
            else self
        )


class Ground:
    """A network on a day, as the referral queries see it; everything is built when it is first asked for."""

    def __init__(self, net: MedicalNetwork, as_of: datetime.date | str | None = None) -> None:
        self.net = net
        self.day = net.day(as_of)
        self.index = net.index

    def __len__(self) -> int:
        return len(self.index)

    @cached_property
    def is_facility(self) -> np.ndarray:
        """A mask: facilities of that day, classes included, closed and planned ones too."""
        later = self._dated("valid_from", pc.greater) & ~self.index.has("status", "planned")
        return self.index.is_kind("Facility") & ~later & ~self._dated("valid_to", pc.less)

    def _dated(self, column: str, compare) -> np.ndarray:
        found = compare(self.index.values(column).cast(pa.date32()), pa.scalar(self.day))
        return pc.fill_null(found, False).to_numpy(zero_copy_only=False)

    @cached_property
    def at_work(self) -> np.ndarray:
        return self.index.operating(self.day)

    def held(self, relation: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return source, target and row of the links of `relation` that hold on the day."""
        links = self.index.links(relation)
        keep = np.ones(len(links), bool)
        for column, compare in (("valid_from", pc.less_equal), ("valid_to", pc.greater_equal)):
            days = self.index.link_values(relation, column)
            if days.null_count < len(days):
                held = pc.fill_null(compare(days.cast(pa.date32()), pa.scalar(self.day)), True)
                keep &= held.to_numpy(zero_copy_only=False)
        if keep.all():
            return links.source, links.target, links.row
        return links.source[keep], links.target[keep], links.row[keep]

    # -- groups ----------------------------------------------------------------------------------

    @cached_property
    def is_group(self) -> np.ndarray:
        """A mask: groups with patients of their own, at work; a specialty alliance is none."""
        index = self.index
        return index.is_kind("Group") & ~index.has("type", "specialty_alliance") & self.at_work

    @cached_property
    def leads(self) -> tuple[np.ndarray, np.ndarray]:
        """Lead and group, aligned; leads that are not at work are among them."""
        source, target, _ = self.held("LEADS")
        kept = self.is_group[target]
        return source[kept], target[kept]

    @cached_property
    def members(self) -> tuple[np.ndarray, np.ndarray]:
        """Facility and group, aligned and in the order of facilities; leads belong to their group."""
        source, target, _ = self.held("MEMBER_OF")
        kept = self.is_group[target]
        facility, group = (
            np.concatenate(parts)
            for parts in ((source[kept], self.leads[0]), (target[kept], self.leads[1]))
        )
        order = np.argsort(facility, kind="stable")
        return facility[order], group[order]

    @cached_property
    def is_lead(self) -> np.ndarray:
        return self.mask(self.leads[0])

    @cached_property
    def is_member(self) -> np.ndarray:
        return self.mask(self.members[0])

    def mask(self, positions: np.ndarray) -> np.ndarray:
        found = np.zeros(len(self), bool)
        found[positions] = True
        return found

    @cached_property
    def alliance_leads(self) -> tuple[np.ndarray, np.ndarray]:
        """Lead and specialty alliance, aligned."""
        source, target, _ = self.held("LEADS")
        kept = self.index.has("type", "specialty_alliance")[target] & self.at_work[target]
        return source[kept], target[kept]

    @cached_property
    def is_station(self) -> np.ndarray:
        """A mask: village clinics and stations, single ones and classes of them."""
        codes = pc.fill_null(
            pc.match_substring_regex(self.index.values("ws218"), "B200|D600"), False
        )
        by_code = codes.to_numpy(zero_copy_only=False) & self.index.is_class
        return self.index.has("type", *STATION_TYPES) | by_code

    @cached_property
    def is_tertiary(self) -> np.ndarray:
        """A mask: tertiary hospitals; where no level is stated, leads of urban groups and regional centres."""
        level = self.index.values("level")
        stated = pc.fill_null(pc.starts_with(level, "3"), False).to_numpy(zero_copy_only=False)
        urban = self.index.has("type", "urban_medical_group")
        by_plan = self.mask(self.leads[0][urban[self.leads[1]]])
        by_plan |= self.index.has("type", "national_regional_medical_centre")
        return stated | (by_plan & level.is_null().to_numpy(zero_copy_only=False))

    # -- specialties -----------------------------------------------------------------------------

    def has_specialty(self, specialty: str) -> np.ndarray:
        """Return a mask: facilities whose specialties, type, or lead of an alliance say they have it."""
        listed = pc.binary_join_element_wise("|", self.index.values("specialties"), "|", "")
        found = pc.fill_null(pc.match_substring(listed, f"|{specialty}|"), False).to_numpy(
            zero_copy_only=False
        )
        types = [type for type, found in SPECIALTY_OF_TYPE.items() if specialty in found]
        found = (found | self.index.has("type", *types)) & self.index.is_kind("Facility")
        lead, alliance = self.alliance_leads
        found[lead[self.index.has("specialty", specialty)[alliance]]] = True
        return found & ~self.index.is_class

    # -- links -----------------------------------------------------------------------------------

    def ways(
        self, direction: str, *, specialty: str | None = None, within_group: bool = False
    ) -> Ways:
        """Return the referral links of a direction, pointing up, that carry the patient asked about.

        A link with a specialty carries only that specialty; to them come the cooperations (see
        `cooperations`). `within_group` keeps links whose ends share a group.
        """
        ways = self._referrals("REFERS_UP_TO" if direction == "up" else "REFERS_DOWN_TO", specialty)
        ways = ways.plus(self.cooperations(specialty))
        if within_group:
            ways = ways.where(self.same_group(ways.lower, ways.upper))
        return ways

    def _referrals(self, relation: str, specialty: str | None) -> Ways:
        source, target, row = self.held(relation)
        lower, upper = (source, target) if relation == "REFERS_UP_TO" else (target, source)
        ways = Ways(
            lower,
            upper,
            self.minutes(row),
            row,
            self.flaws(source, target, up=relation == "REFERS_UP_TO"),
        )
        stated = self.of_rows("specialty", row)
        if stated.null_count == len(stated):
            return ways
        fits = (
            stated.is_null()
            if specialty is None
            else pc.fill_null(pc.equal(stated, specialty), True)
        )
        return ways.where(fits.to_numpy(zero_copy_only=False))

    def flaws(self, source: np.ndarray, target: np.ndarray, *, up: bool) -> np.ndarray:
        """Return why each link is no legal step: it skips the township, or an end is not at work."""
        flaw = np.zeros(len(source), np.int8)
        if up:
            flaw[self.is_station[source] & (self.is_lead | self.is_tertiary)[target]] = SKIPS_LEVEL
        flaw[~(self.at_work[source] & self.at_work[target])] = TO_CLOSED
        return flaw

    def cooperations(self, specialty: str | None) -> Ways:
        """Return the steps that a close cooperation with a group opens, both ways, to the group's lead.

        From the lead of a group to a facility that cooperates with the group (a regional centre), and, for
        a specialty, to the lead of an alliance of that specialty that does.
        """
        source, group, row = self.held("COOPERATES_WITH")
        partner = source.copy()
        fits = self.index.is_kind("Facility")[source]
        kept = self.is_group[group]
        if specialty is not None:
            lead, alliance = self.alliance_leads
            mine = self.index.has("specialty", specialty)[alliance]
            link, at = join(source, alliance[mine])
            source, group, row = (
                np.concatenate([part[fits & kept], part[link]]) for part in (source, group, row)
            )
            partner = np.concatenate([partner[fits & kept], lead[mine][at]])
        else:
            group, row, partner = (part[fits & kept] for part in (group, row, partner))
        link, at = join(group, self.leads[1])
        lower, upper, row = self.leads[0][at], partner[link], row[link]
        real = lower != upper
        lower, upper, row = lower[real], upper[real], row[real]
        return Ways(lower, upper, self.minutes(row), row, self.flaws(lower, upper, up=True))

    def minutes(self, rows: np.ndarray) -> np.ndarray:
        """Return the minutes of these rows of the link table; NaN where missing, negative or endless."""
        stated = self.of_rows("minutes", rows)
        found = (
            pc.fill_null(stated.cast(pa.float64()), np.nan).to_numpy(zero_copy_only=False).copy()
        )
        found[~np.isfinite(found) | (found < 0)] = np.nan
        return found

    def of_rows(self, column: str, rows: np.ndarray) -> pa.Array:
        """Return a column of the link table for these rows."""
        edges = self.net.tables[1]
        if column not in edges.column_names:
            return pa.nulls(len(rows), pa.string())
        taken = edges[column].take(pa.array(rows)).combine_chunks()
        return taken.dictionary_decode() if pa.types.is_dictionary(taken.type) else taken

    def same_group(self, one: np.ndarray, other: np.ndarray) -> np.ndarray:
        """Return a mask over pairs: both facilities belong to one group."""
        facility, group = self.members
        pair, at = join(one, facility)
        keys = np.sort(facility.astype(np.int64) * len(self) + group, kind="stable")
        shared = is_among(other[pair].astype(np.int64) * len(self) + group[at], keys)
        found = np.zeros(len(one), bool)
        found[pair[shared]] = True
        return found

    # -- words -----------------------------------------------------------------------------------

    def texts(self, column: str, positions: np.ndarray) -> pa.Array:
        """Return ids or names for these positions; null where a position is -1."""
        if column == "id":
            return self.index.ids.take(pa.array(positions, mask=np.asarray(positions) < 0))
        return self.index.take(column, np.asarray(positions))

    def title(self, position: int) -> str:
        """Return a node as people read it: name and id."""
        id = self.index.ids[int(position)].as_py()
        return f"{self.name(position)}（{id}）"

    def name(self, position: int) -> str:
        """Return the name at a position, or the id where there is none."""
        return self._names[int(position)].as_py() or self.index.ids[int(position)].as_py()

    @cached_property
    def _names(self) -> pa.Array:
        return self.index.values("name")

    @property
    def stamps(self) -> tuple[str, ...]:
        stamp = self.net.meta.get("stamp")
        return (stamp,) if stamp else ()

    def declared(self, relation: str) -> bool:
        """Say whether the links of `relation` are declared complete, so that a missing one is a fact."""
        return bool(self.net.completeness(f"links.{relation}"))

    def register(self) -> str:
        return " ".join(filter(None, (self.net.meta.get("register"), self.net.meta.get("edition"))))

    def absence(self, relation: str) -> str:
        return say("referral.undeclared", relation=relation)


def join(left: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return every pair of places (i, j) with left[i] == right[j]."""
    if (right[1:] >= right[:-1]).all():
        order, ordered = np.arange(len(right)), right
    else:
        order = np.argsort(right, kind="stable")
        ordered = right[order]
    first = np.searchsorted(ordered, left, "left")
    count = np.searchsorted(ordered, left, "right") - first
    one = np.repeat(np.arange(len(left)), count)
    within = np.arange(len(one)) - np.repeat(np.cumsum(count) - count, count)
    return one, order[np.repeat(first, count) + within]


def is_among(values: np.ndarray, ordered: np.ndarray) -> np.ndarray:
    """Return a mask over `values`: those that stand in the ascending array `ordered`."""
    if not len(ordered):
        return np.zeros(len(values), bool)
    at = np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)
    return ordered[at] == values
