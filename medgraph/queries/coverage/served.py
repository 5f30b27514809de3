"""Ask of every area whether a group serves it: served, gaps, overlaps.

An area is served on a day when a facility that is then at work and a member (or the lead) of a group, not
of a specialty alliance, has a SERVES link to it. A planned, suspended or closed facility serves nobody.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel import areas as area_facts
from medgraph.graphmodel.day import Day
from medgraph.graphmodel.index import Index
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.queries.answers import register_of, stamps_of, undeclared
from medgraph.queries.columns import (
    SHOWN,
    after,
    chosen,
    few,
    listed,
    matched,
    named,
    rows,
    sentences,
    unique_pairs,
)
from medgraph.queries.results import Answer, Definition, Share
from medgraph.words.say import advise, language, say
from medgraph.words.vocabularies import label


def served(
    net: MedicalNetwork, *, level: str = "township", as_of: datetime.date | str | None = None
) -> Answer:
    """Say for every area of a level whether a group serves it.

    Share: areas served by a member of some group, of the areas judged. Quasi units (third code segment
    400 to 599) are excluded; what cannot be judged is unknown: an area that only facilities of no group
    or an unnamed class serve, or for which nothing is found while the member lists (MEMBER_OF) or the
    areas served (SERVES) are not declared complete.

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
        Rows: area, name, group, facilities (ids, `|` between them), status (served, gap), reason.

    Raises
    ------
    OptionError
        `level` is none of the levels.
    """
    judged = judge(Day(net.as_of(net.day(as_of))), level)
    return _answer(judged, "coverage.served", ~judged.is_unknown & ~judged.excluded)


def gaps(
    net: MedicalNetwork, *, level: str = "township", as_of: datetime.date | str | None = None
) -> Answer:
    """Name the areas of a level that no group serves; the share is that of `served`.

    An area is a gap only where the member lists and the areas served are declared complete; the rows,
    options and errors are those of `served`, with the gaps alone in the frame.
    """
    judged = judge(Day(net.as_of(net.day(as_of))), level)
    return _answer(judged, "coverage.gaps", judged.gap)


def overlaps(
    net: MedicalNetwork, *, level: str = "township", as_of: datetime.date | str | None = None
) -> Answer:
    """Name the areas of a level that members of two or more groups serve.

    Share: areas without an overlap, of the areas judged. Two facilities of one group are no overlap; a
    note lists them. An area of one group or none is judged only where the lists are declared complete.
    Rows: area, name, group, facilities (ids, `|` between them), status (overlap), reason.
    """
    judged = judge(Day(net.as_of(net.day(as_of))), level)
    overlap = (judged.groups > 1) & ~judged.excluded
    unknown = ~overlap & ~judged.excluded & (judged.level_unknown | bool(judged.lacking))
    single = sentences("coverage.one_group", len(judged.areas), tables=judged.text(judged.lacking))
    reason = chosen(
        [
            (judged.excluded, judged.reason),
            (judged.level_unknown, judged.reason),
            (overlap, sentences("coverage.overlap", len(judged.areas), groups=judged.group_names)),
            (unknown, single),
        ],
        len(judged.areas),
    )
    status = chosen(
        [(judged.excluded, "excluded"), (overlap, "overlap"), (unknown, "unknown")],
        len(judged.areas),
    )
    total = int((~judged.excluded & ~unknown).sum())
    return judged.answer(
        "coverage.overlaps",
        overlap,
        status,
        reason,
        unknown,
        notes=judged.twins(),
        share=Share(total - int(overlap.sum()), total, "areas")
        if total and not judged.partial
        else None,
        definition=judged.definition("coverage.overlaps.numerator"),
    )


def _answer(judged: Judged, query: str, shown: np.ndarray) -> Answer:
    total = int((~judged.is_unknown & ~judged.excluded).sum())
    share = (
        Share(int(judged.served.sum()), total, "areas") if total and not judged.partial else None
    )
    return judged.answer(
        query,
        shown,
        judged.status,
        judged.reason,
        judged.is_unknown,
        share=share,
        notes=judged.declared() + judged.candidates(),
        definition=judged.definition("coverage.served.numerator"),
    )


@dataclass(frozen=True)
class Judged:
    """Every area of a level with its verdict, column by column."""

    net: MedicalNetwork
    day: datetime.date
    level: str
    areas: np.ndarray
    groups: np.ndarray  # how many groups serve each area
    facilities: np.ndarray  # how many members serve each area
    group_ids: pa.Array
    group_names: pa.Array
    facility_ids: pa.Array
    status: pa.Array
    reason: pa.Array
    level_unknown: np.ndarray
    lacking: str
    unplaced: np.ndarray  # members that may serve somewhere, but no area is stated

    def _is(self, status: str) -> np.ndarray:
        return pc.equal(self.status, status).to_numpy(zero_copy_only=False)

    @property
    def served(self) -> np.ndarray:
        return self._is("served")

    @property
    def gap(self) -> np.ndarray:
        return self._is("gap")

    @property
    def is_unknown(self) -> np.ndarray:
        return self._is("unknown")

    @property
    def excluded(self) -> np.ndarray:
        return self._is("excluded")

    @property
    def partial(self) -> bool:
        """Whether the table of areas is declared partial, so that it is no whole."""
        return self.net.completeness("areas").state == "partial"

    def text(self, value: str) -> pa.Array:
        return pa.repeat(value, len(self.areas))

    def definition(self, numerator: str) -> Definition:
        level = label("area_level", self.level, language())
        return Definition(
            say(numerator),
            say("coverage.areas.denominator", level=level),
            "areas",
            register_of(self.net),
            self.net.meta.get("source", ""),
        )

    def declared(self) -> list[str]:
        """By what a gap is certain: who declared the lists complete, where."""
        if not self.gap.any():
            return []
        texts = []
        for table in ("links.MEMBER_OF", "links.SERVES"):
            said = self.net.completeness(table)
            told = "，".join(part for part in (said.by, said.date, said.clause) if part)
            texts.append(f"{table}（{told}）" if told else table)
        return [say("coverage.declared", tables="、".join(texts))]

    def candidates(self) -> list[str]:
        """The members whose served area is not stated, so that they may serve an area that looks empty."""
        if not len(self.unplaced):
            return []
        names = named(self.net.index, self.unplaced[:SHOWN]).to_pylist()
        return [
            say("coverage.unplaced", count=len(self.unplaced), names=few(names, len(self.unplaced)))
        ]

    def twins(self) -> list[str]:
        """The areas that several facilities of one group serve: told, not found fault with."""
        twin = np.flatnonzero((self.groups == 1) & (self.facilities > 1) & ~self.excluded)
        rows_ = pa.array(twin[:SHOWN])
        names = named(self.net.index, self.areas[twin[:SHOWN]])
        told = [
            say("coverage.twins", name=name, group=group, facilities=facilities)
            for name, group, facilities in zip(
                names.to_pylist(),
                self.group_names.take(rows_).to_pylist(),
                self.facility_ids.take(rows_).to_pylist(),
                strict=True,
            )
        ]
        return told + (
            [say("coverage.more_twins", count=len(twin) - SHOWN)] if len(twin) > SHOWN else []
        )

    def answer(
        self,
        query: str,
        shown: np.ndarray,
        status: pa.Array,
        reason: pa.Array,
        unknown: np.ndarray,
        *,
        share: Share | None,
        notes: list[str],
        definition: Definition,
    ) -> Answer:
        index = self.net.index
        columns = {
            "area": index.ids.take(pa.array(self.areas)),
            "name": named(index, self.areas),
            "group": self.group_ids,
            "facilities": self.facility_ids,
            "status": status,
            "reason": reason,
        }
        if not len(self.areas):
            notes = [f"{say('E052')}{advise('E052')} [E052]", *notes]
        elif self.partial:
            notes = [say("coverage.partial_register"), *notes]
        return Answer(
            query=query,
            as_of=self.day,
            definition=definition,
            frame=rows(columns, shown),
            total=len(self.areas),
            judged=len(self.areas) - int(unknown.sum()) - int(self.excluded.sum()),
            share=share,
            unknown=rows(columns, unknown),
            excluded=rows(columns, self.excluded),
            stamps=stamps_of(self.net),
            notes=tuple(notes),
        )


def judge(
    day: Day,
    level: str,
    among: np.ndarray | None = None,
) -> Judged:
    """Give every area of `level` its verdict on the day, by the facilities of the mask `among` alone."""
    index, groups = day.index, day.group.certain
    areas, level_unknown = day.areas(level)
    links = _Serving(day, among)
    lacking = undeclared(day, "links.SERVES", groups=groups)
    below = _below(index, links.target[links.grouped], areas, level)
    facility_ids, facility_names = links.facilities(links.grouped, areas)
    loose_ids, loose_names = links.facilities(links.loose, areas)
    _, class_names = links.facilities(links.placeholder, areas)
    _, idle_names = links.facilities(links.idle, areas)
    group_count, group_ids, group_names = links.groups(areas)
    is_served, rest = group_count > 0, len(areas)
    may = _said_of("coverage.may_serve", _may_serve(index, links.unplaced, areas, level))
    idle = _said_of("coverage.idle", idle_names)
    quasi = area_facts.quasi_units(index, areas)
    cases = [
        (quasi, "excluded", say("coverage.quasi_unit")),
        (level_unknown, "unknown", say("coverage.level_unknown")),
        (is_served, "served", sentences("coverage.served_by", rest, names=facility_names)),
        (_valid(loose_ids), "unknown", sentences("coverage.loose", rest, names=loose_names)),
        (_valid(class_names), "unknown", sentences("coverage.class_only", rest, names=class_names)),
        (below, "unknown", say("coverage.below")),
        (
            np.full(rest, not lacking),
            "gap",
            after(after(pa.repeat(say("coverage.gap"), rest), idle), may),
        ),
        (
            np.full(rest, True),
            "unknown",
            after(after(pa.repeat(say("coverage.undeclared", tables=lacking), rest), idle), may),
        ),
    ]
    status = chosen([(mask, status) for mask, status, _ in cases], rest)
    reason = chosen([(mask, reason) for mask, _, reason in cases], rest)
    return Judged(
        day.net,
        day.date,
        level,
        areas,
        group_count,
        links.count(links.grouped, areas),
        group_ids,
        group_names,
        pc.coalesce(facility_ids, loose_ids),
        status,
        reason,
        level_unknown,
        lacking,
        links.unplaced,
    )


def _said_of(key: str, names: pa.Array) -> pa.Array:
    """Return the sentence about each row's names; null where it has none."""
    return pc.if_else(
        names.is_valid(), sentences(key, len(names), names=names), pa.scalar(None, pa.string())
    )


def _valid(column: pa.Array) -> np.ndarray:
    return column.is_valid().to_numpy(zero_copy_only=False)


class _Serving:
    """The SERVES links of a day, sorted into those of members, of loose facilities, of classes, of idle ones."""

    def __init__(self, day: Day, among: np.ndarray | None) -> None:
        self.index = index = day.index
        among = index.is_kind("Facility") if among is None else among
        source, target = day.services
        asked = among[source]
        self.source, self.target = source[asked], target[asked]
        self.member, self.group = day.named_members(day.group.certain)
        is_member = np.zeros(len(index), bool)
        is_member[self.member] = True
        at_work = day.at_work.certain & among & ~day.placeholder
        self.grouped = at_work[self.source] & is_member[self.source]
        self.loose = at_work[self.source] & ~is_member[self.source]
        self.placeholder = day.placeholder[self.source]
        self.idle = ~at_work[self.source] & ~self.placeholder
        serves = np.zeros(len(index), bool)
        serves[self.source] = True
        primary = day.primary.possible
        self.unplaced = np.flatnonzero(at_work & is_member & ~serves & primary).astype(np.int32)

    def facilities(self, links: np.ndarray, areas: np.ndarray) -> tuple[pa.Array, pa.Array]:
        """Return per area the ids and the names of the facilities behind these links."""
        source, target = self.source[links], self.target[links]
        ids = self.index.ids.take(pa.array(source))
        return listed(target, ids, areas), listed(target, named(self.index, source), areas, "、")

    def count(self, links: np.ndarray, areas: np.ndarray) -> np.ndarray:
        """Return how many of these links reach each area."""
        return np.bincount(self.target[links], minlength=len(self.index))[areas]

    def groups(self, areas: np.ndarray) -> tuple[np.ndarray, pa.Array, pa.Array]:
        """Return per area how many groups serve it, their ids and their names."""
        link, membership = matched(self.source[self.grouped], self.member)
        area, group = unique_pairs(
            self.target[self.grouped][link], self.group[membership], len(self.index)
        )
        count = np.bincount(area, minlength=len(self.index))[areas]
        ids = listed(area, self.index.ids.take(pa.array(group)), areas)
        return count, ids, listed(area, named(self.index, group), areas, "、")


def _below(index: Index, target: np.ndarray, areas: np.ndarray, level: str) -> np.ndarray:
    """Return a mask: areas inside which, by their codes, a smaller area is served."""
    digits = area_facts.DIGITS[level]
    begins = [
        pc.utf8_slice_codeunits(area_facts.full_codes(index.ids.take(pa.array(p))), 0, digits)
        for p in (areas, np.unique(target))
    ]
    return pc.is_in(begins[0], value_set=begins[1].drop_null()).to_numpy(zero_copy_only=False)


def _may_serve(index: Index, members: np.ndarray, areas: np.ndarray, level: str) -> pa.Array:
    """Return per area the names of the members without a stated area that lie in it or in what holds it."""
    homes = area_facts.full_codes(index.take("area", members))
    levels = area_facts.level_of_codes(homes)
    codes = area_facts.full_codes(index.ids.take(pa.array(areas)))
    names, found = named(index, members), pa.nulls(len(areas), pa.string())
    for name, digits in area_facts.DIGITS.items():
        here = np.flatnonzero(
            pc.fill_null(pc.equal(levels, name), False).to_numpy(zero_copy_only=False)
        )
        if not len(here):
            continue
        length = min(digits, area_facts.DIGITS[level])
        homes_here = pc.utf8_slice_codeunits(homes.take(pa.array(here)), 0, length)
        keys = pc.index_in(homes_here, value_set=pc.unique(homes_here)).to_numpy(
            zero_copy_only=False
        )
        asked = pc.index_in(
            pc.utf8_slice_codeunits(codes, 0, length), value_set=pc.unique(homes_here)
        )
        more = listed(
            keys,
            names.take(pa.array(here)),
            pc.fill_null(asked, -1).to_numpy(zero_copy_only=False),
            "、",
        )
        found = pc.coalesce(pc.binary_join_element_wise(found, more, "、"), found, more)
    return found
