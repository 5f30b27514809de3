"""Judge every area of a level: served, a gap, unknown, or excluded, and why.

`served`, `gaps`, `overlaps` and `access` read their answers off what is judged here, so that no two
of them can disagree on an area.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel import areas as area_facts
from medgraph.queries.answers import answer, on_day, register_of, table_in_words, undeclared
from medgraph.queries.columns import (
    SHOWN,
    after,
    few,
    filled,
    first_of,
    listed,
    named,
    rows,
    sentences,
    sentences_where,
    whole_column,
)
from medgraph.queries.coverage.serving import Serving
from medgraph.queries.results import Definition
from medgraph.words import joining
from medgraph.words.say import language, problem, say
from medgraph.words.vocabularies import label

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    import pandas as pd

    from medgraph.graphmodel.areas import Texts
    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.graphmodel.day import Day
    from medgraph.graphmodel.index import Index
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer


@dataclass(frozen=True)
class Judged:
    """Every area of a level with its verdict, column by column.

    `group_count` and `facility_count` say how many groups and how many of their members serve each
    area; `lacking` names the tables that are not declared complete; `unplaced` are members that may
    serve somewhere, though no area is stated for them.
    """

    day: Day
    level: str
    areas: Positions
    group_count: Positions
    facility_count: Positions
    group_ids: Texts
    group_names: Texts
    facility_ids: Texts
    status: Texts
    reason: Texts
    level_unknown: Mask
    perhaps_names: Texts
    most_groups: Positions
    lacking: str
    unplaced: Positions

    def __len__(self) -> int:
        """Return how many areas there are."""
        return len(self.areas)

    def _is(self, status: str) -> Mask:
        found: Mask = pc.equal(self.status, status).to_numpy(zero_copy_only=False)
        return found

    @cached_property
    def served(self) -> Mask:
        """Areas that a member of some group serves."""
        return self._is("served")

    @cached_property
    def gap(self) -> Mask:
        """Areas that surely no member of any group serves."""
        return self._is("gap")

    @cached_property
    def unknown(self) -> Mask:
        """Areas of which neither can be said."""
        return self._is("unknown")

    @cached_property
    def excluded(self) -> Mask:
        """Quasi units, which are not asked about."""
        return self._is("excluded")

    @property
    def partial(self) -> bool:
        """Whether the table of areas is declared partial, so that it is no whole."""
        return self.day.declaration_of("areas").state == "partial"

    def definition(self, numerator: str) -> Definition:
        """Return the definition with the sentence of this key as its numerator."""
        level = label("area_level", self.level, language())
        return Definition(
            say(numerator),
            say("coverage.areas.denominator", level=level),
            "areas",
            register_of(self.day.net),
            self.day.net.meta.get("source", ""),
        )

    # -- notes -----------------------------------------------------------------------------------

    def note_declared(self) -> list[str]:
        """Say on whose declarations the gaps rest."""
        if not self.gap.any():
            return []
        tables = [
            self.day.declaration_of(table).beside(table_in_words(table))
            for table in ("links.MEMBER_OF", "links.SERVES")
        ]
        return [say("coverage.declared", tables=say("list_comma").join(tables))]

    def note_unplaced(self) -> list[str]:
        """Name the members without a stated area, which may serve one that looks empty."""
        count = len(self.unplaced)
        if not count:
            return []
        names = named(self.day.index, self.unplaced[:SHOWN]).to_pylist()
        return [say("coverage.unplaced", count=count, names=few(names, count))]

    def note_twins(self) -> list[str]:
        """Name the areas that several facilities of one group serve, which is no fault."""
        several = (self.group_count == 1) & (self.facility_count > 1) & ~self.excluded
        twins = np.flatnonzero(several)
        notes = [self._twin(place) for place in twins[:SHOWN].tolist()]
        if len(twins) > SHOWN:
            notes.append(say("coverage.more_twins", count=len(twins) - SHOWN))
        return notes

    def _twin(self, place: int) -> str:
        ids = self.facility_ids[place].as_py().split("|")
        return say(
            "coverage.twins",
            name=self.day.name(int(self.areas[place])),
            group=self.group_names[place].as_py(),
            facilities=joining.listed(map(self.day.title, self.day.index.positions(ids).tolist())),
        )

    def note_no_areas(self) -> list[str]:
        """Say that there are no areas to judge, and what to do about it."""
        return [] if len(self) else [str(problem("E052"))]

    def note_register(self) -> list[str]:
        """Say that there are no areas, or that they are declared to be only a part."""
        if len(self) and self.partial:
            return [say("coverage.partial_register")]
        return self.note_no_areas()

    # -- the answer ------------------------------------------------------------------------------

    def answer(
        self,
        query: str,
        shown: Mask,
        *,
        definition: Definition,
        met: int,
        notes: Sequence[str],
        status: Texts = None,
        reason: Texts = None,
        unknown: Mask | None = None,
    ) -> Answer:
        """Return an answer about the areas: the rows of `shown`, the rest accounted for.

        `met` is the numerator of the share; `status`, `reason` and `unknown` are those judged here,
        unless the question has its own.
        """
        open_areas = self.unknown if unknown is None else unknown
        columns = {
            "area": self.day.index.ids.take(pa.array(self.areas)),
            "name": named(self.day.index, self.areas),
            "group": self.group_ids,
            "facilities": self.facility_ids,
            "status": self.status if status is None else status,
            "reason": self.reason if reason is None else reason,
        }
        return self.accounted(
            query,
            definition,
            rows(columns, shown),
            judged=len(self) - int(open_areas.sum()) - int(self.excluded.sum()),
            met=met,
            unknown=rows(columns, open_areas),
            excluded=rows(columns, self.excluded),
            notes=(*self.note_register(), *notes),
        )

    def accounted(
        self,
        query: str,
        definition: Definition,
        frame: pd.DataFrame,
        *,
        judged: int,
        met: int,
        unknown: pd.DataFrame,
        excluded: pd.DataFrame,
        notes: Sequence[str],
    ) -> Answer:
        """Return an answer about the areas: those whose level is not known may not be asked about.

        There is no share where none was judged, or the areas are no whole.
        """
        return answer(
            self.day,
            query,
            definition,
            frame,
            judged=judged,
            met=met,
            unknown=unknown,
            excluded=excluded,
            is_whole=judged > 0 and not self.partial,
            may_not_be_asked=int((self.level_unknown & ~self.excluded).sum()),
            lists=("areas",),
            notes=notes,
        )


def judged_of(net: MedicalNetwork, level: str, as_of: datetime.date | str | None) -> Judged:
    """Judge the areas of a network on a day, once for all questions that read it off."""
    day = on_day(net, as_of)
    key = ("judged", level, day.date, language())
    return day.net.once(key, lambda: judge(day, level))


def judge(day: Day, level: str, among: Mask | None = None) -> Judged:
    """Give every area of `level` its verdict, by the facilities of the mask `among` alone."""
    areas, level_unknown = day.areas(level)
    serving = Serving(day, areas, among)
    lacking = undeclared(day, "links.SERVES", groups=day.group.certain)
    status, reason = _verdicts(day, level, level_unknown, serving, lacking)
    return Judged(
        day=day,
        level=level,
        areas=areas,
        group_count=serving.group_count,
        facility_count=serving.facility_count,
        group_ids=serving.group_ids,
        group_names=serving.group_names,
        facility_ids=pc.coalesce(serving.member_ids, serving.loose_ids),
        status=status,
        reason=reason,
        level_unknown=level_unknown,
        perhaps_names=serving.perhaps_names,
        most_groups=serving.most_groups,
        lacking=lacking,
        unplaced=serving.unplaced,
    )


def _verdicts(
    day: Day, level: str, level_unknown: Mask, serving: Serving, lacking: str
) -> tuple[Texts, Texts]:
    """Return status and reason of every area; the first case that holds decides."""
    areas, count = serving.areas, len(serving.areas)
    everywhere = np.full(count, True)
    in_parts = _served_below(day.index, serving.served_areas, areas, level)
    below = _served_below(day.index, serving.areas_of_no_station, areas, level)
    nobody_at_all = ~_served_below(day.index, serving.loose_areas, areas, level)
    # Where nobody is stated to serve, no lead is that nobody listed: all who serve are listed.
    but_for_leads = day.declared_whole("SERVES") and day.declared_whole("MEMBER_OF")
    surely_none = np.full(count, not lacking) | (nobody_at_all & but_for_leads)
    quasi = area_facts.quasi_units(day.index, areas)
    hints = (
        sentences_where("coverage.idle", serving.idle_names),
        sentences_where("coverage.may_serve", _may_serve(day.index, serving, level)),
    )
    grounds = [(in_parts, say("coverage.gap_but_parts")), (everywhere, say("coverage.gap"))]
    gap = after(first_of(grounds, count), *hints)
    undecided = after(whole_column(say("coverage.undeclared", tables=lacking), count), *hints)
    served_by = sentences("coverage.served_by", count, names=serving.member_names)
    loose = sentences("coverage.loose", count, names=serving.loose_names)
    class_only = sentences("coverage.class_only", count, names=serving.class_names)
    perhaps = sentences("coverage.perhaps_at_work", count, names=serving.perhaps_names)
    cases = [
        (quasi, "excluded", say("coverage.quasi_unit")),
        (level_unknown, "unknown", say("coverage.level_unknown")),
        (serving.group_count > 0, "served", served_by),
        (filled(serving.loose_ids), "unknown", loose),
        (filled(serving.class_names), "unknown", class_only),
        (filled(serving.perhaps_names), "unknown", perhaps),
        (below, "unknown", say("coverage.below")),
        (surely_none, "gap", gap),
        (everywhere, "unknown", undecided),
    ]
    status = first_of([(mask, status) for mask, status, _ in cases], count)
    reason = first_of([(mask, reason) for mask, _, reason in cases], count)
    return status, reason


def _served_below(index: Index, served: Positions, areas: Positions, level: str) -> Mask:
    """Return a mask: areas inside which, by their codes, a smaller area is served."""
    digits = area_facts.DIGITS[level]
    own = pc.utf8_slice_codeunits(area_facts.codes_at(index, areas), 0, digits)
    inside = pc.utf8_slice_codeunits(area_facts.codes_at(index, np.unique(served)), 0, digits)
    found: Mask = pc.is_in(own, value_set=inside.drop_null()).to_numpy(zero_copy_only=False)
    return found


def _may_serve(index: Index, serving: Serving, level: str) -> Texts:
    """Return for each area the unplaced members that stand in it, or in what holds it."""
    members, areas = serving.unplaced, serving.areas
    homes = area_facts.full_codes(index.take("area", members))
    home_levels = area_facts.level_of_codes(homes)
    codes = area_facts.codes_at(index, areas)
    names = named(index, members)
    separator = say("list_comma")
    found = pa.nulls(len(areas), pa.string())
    for home_level, digits in area_facts.DIGITS.items():
        at_level = pc.fill_null(pc.equal(home_levels, home_level), False)
        here = np.flatnonzero(at_level.to_numpy(zero_copy_only=False))
        if not len(here):
            continue
        length = min(digits, area_facts.DIGITS[level])
        begins = pc.utf8_slice_codeunits(homes.take(pa.array(here)), 0, length)
        distinct = pc.unique(begins)
        key = pc.index_in(begins, value_set=distinct).to_numpy(zero_copy_only=False)
        asked = pc.index_in(pc.utf8_slice_codeunits(codes, 0, length), value_set=distinct)
        asked = pc.fill_null(asked, -1).to_numpy(zero_copy_only=False)
        more = listed(key, names.take(pa.array(here)), asked, separator)
        both = pc.binary_join_element_wise(found, more, separator)
        found = pc.coalesce(both, found, more)
    return found
