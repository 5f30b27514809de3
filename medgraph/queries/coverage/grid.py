"""Describe the grid of groups: what each holds, and whether its areas hang together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel import areas as area_facts
from medgraph.graphmodel.arrays.joins import equi_join_sorted, unique_pairs
from medgraph.graphmodel.arrays.matrices import compiled
from medgraph.graphmodel.arrays.paths import strong_parts
from medgraph.queries.answers import answer, on_day, register_of, undeclared
from medgraph.queries.as_listed import told_as_listed
from medgraph.queries.columns import filled, first_of, listed, named, rows
from medgraph.queries.results import Definition
from medgraph.words.say import say
from medgraph.words.vocabularies import FACILITY_TYPES

if TYPE_CHECKING:
    import datetime

    from medgraph.graphmodel.areas import Texts
    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.graphmodel.day import Day
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer


@told_as_listed
def grid(
    net: MedicalNetwork, *, level: str = "township", as_of: datetime.date | str | None = None
) -> Answer:
    """Describe every group: areas, facilities by type, population, shared districts, contiguity.

    There is no share. A group for which no area is found is judged only where member lists and
    areas served are declared complete; alliances, which have no area, and placeholders for unnamed
    groups are excluded.

    Parameters
    ----------
    net
        The network.
    level
        The level of the areas counted: `township` (default) or another.
    as_of
        The day asked about; default: the data day.

    Returns
    -------
    Answer
        Rows: group, name, type, areas (number), facilities (named ones at work), one column for
        each facility type found, `type_not_stated`, population (residents of its areas; null where
        an area states none), areas_without_population, districts (county codes), split_districts
        (those that another group serves too), isolated (areas that touch no other area of the
        group; null where the network has no ADJACENT_TO), components (into how many parts without a
        border between them its areas fall; null where the neighbours of one are not known), parts
        (where there are several, the areas of each, `+` between areas, `|` between parts),
        adjacency_unknown (areas without any), status (described), reason.

    Raises
    ------
    OptionError
        `level` is none of the levels.

    Examples
    --------
    >>> import medgraph as mg
    >>> frame = mg.coverage.grid(mg.samples.taizhou()).frame
    >>> frame[["group", "areas", "facilities"]].values.tolist()
    [['G1', 10, 16], ['G2', 3, 5], ['G3', 18, 20], ['G4', 7, 8]]
    """
    area_facts.one_of_levels(level)
    day = on_day(net, as_of)
    net, index = day.net, day.index
    groups: Positions = np.flatnonzero(index.is_kind("Group")).astype(np.int32)
    alliance, placeholder = day.alliance.certain[groups], day.placeholder[groups]
    ended = ~day.at_work.certain[groups]
    held = _Held(day, level)
    areas = held.count(held.area_group, groups)
    lacking = undeclared(day, "links.SERVES", groups=day.group.certain)
    excluded = alliance | placeholder | ended
    unknown = ~excluded & (areas == 0) & bool(lacking)
    described = ~excluded & ~unknown
    status = first_of(
        [(excluded, "excluded"), (unknown, "unknown"), (described, "described")], len(groups)
    )
    reason = first_of(
        [
            (placeholder, say("coverage.is_class_of_groups")),
            (alliance, say("coverage.alliance")),
            (ended, say("left_out_not_at_work", day=day.date)),
            (unknown, say("coverage.no_area_undeclared", tables=lacking)),
        ],
        len(groups),
    )
    columns = {
        "group": index.ids.take(pa.array(groups)),
        "name": named(index, groups),
        "type": index.take("type", groups),
        "areas": areas,
        "facilities": held.count(held.group, groups),
        **held.types(groups),
        **held.population(groups),
        **held.districts(groups),
        **held.contiguity(groups),
        "status": status,
        "reason": reason,
    }
    return answer(
        day,
        "coverage.grid",
        _definition(net),
        rows(columns, described),
        judged=int(described.sum()),
        unknown=rows(columns, unknown),
        excluded=rows(columns, excluded),
        notes=held.notes(),
    )


def _definition(net: MedicalNetwork) -> Definition:
    return Definition(
        say("coverage.grid.numerator"),
        say("coverage.grid.denominator"),
        "groups",
        register_of(net),
        net.meta.get("source", ""),
    )


class _Held:
    """What groups hold: (facility, group) pairs at work, and (area, group) pairs by SERVES."""

    def __init__(self, day: Day, level: str) -> None:
        self.day = day
        self.index = day.index
        member, group = day.named_members(day.group.certain)
        working = day.at_work.certain[member]
        self.member, self.group = member[working], group[working]
        areas, level_unknown = day.areas(level)
        here = day.mask(areas[~level_unknown])
        source, target = day.services
        link, membership = equi_join_sorted(source, self.member)
        asked = here[target[link]]
        self.area, self.area_group = unique_pairs(
            target[link][asked], self.group[membership][asked], len(day)
        )
        codes = area_facts.codes_at(self.index, self.area)
        self.county = pc.utf8_slice_codeunits(codes, 0, area_facts.DIGITS["county"])

    def count(self, keys: Positions, groups: Positions) -> Positions:
        """Return how often each of `groups` stands among `keys`."""
        found: Positions = np.bincount(keys, minlength=len(self.index))[groups]
        return found

    def types(self, groups: Positions) -> dict[str, Positions]:
        """Return the number of facilities of each type that some group has, by the vocabulary."""
        found = {}
        known = np.zeros(len(self.member), bool)
        for word in FACILITY_TYPES:
            hit = self.day.of_type(word).certain[self.member]
            known |= hit
            if hit.any():
                found[word] = self.count(self.group[hit], groups)
        found["type_not_stated"] = self.count(self.group[~known], groups)
        return found

    def population(self, groups: Positions) -> dict[str, Texts | Positions]:
        """Return the residents of the areas of each group; null where an area states none."""
        people = self.index.take("population", self.area).cast(pa.float64())
        stated = filled(people)
        weights = pc.fill_null(people, 0).to_numpy(zero_copy_only=False)
        total = np.bincount(self.area_group, weights=weights, minlength=len(self.index))[groups]
        without = self.count(self.area_group[~stated], groups)
        none = (without > 0) | (self.count(self.area_group, groups) == 0)
        return {
            "population": pa.array(total.astype(np.int64), mask=none),
            "areas_without_population": without,
        }

    def districts(self, groups: Positions) -> dict[str, Texts]:
        """Return the counties that hold areas of each group, and those that hold another's too."""
        stated = filled(self.county)
        county = self.county.filter(pa.array(stated))
        codes = pc.unique(county)
        number = pc.index_in(county, value_set=codes).to_numpy(zero_copy_only=False)
        size = max(len(self.index), len(codes))
        group, district = unique_pairs(self.area_group[stated], number, size)
        split = np.bincount(district, minlength=len(codes))[district] > 1
        texts = codes.take(pa.array(district))
        return {
            "districts": listed(group, texts, groups),
            "split_districts": listed(group[split], texts.filter(pa.array(split)), groups),
        }

    def contiguity(self, groups: Positions) -> dict[str, Texts | Positions]:
        """Return the areas of each group that touch no other of it, where neighbours are known."""
        one, other = self._neighbours()
        size = max(len(self.index), 1)
        pairs = self.area.astype(np.int64) * size + self.area_group
        mine, theirs = equi_join_sorted(self.area, one)
        neighbour = other[theirs].astype(np.int64) * size + self.area_group[mine]
        order = np.argsort(pairs)
        place = np.minimum(np.searchsorted(pairs[order], neighbour), max(len(pairs) - 1, 0))
        beside = order[place]
        joined = pairs[beside] == neighbour
        touching = np.zeros(len(self.area), bool)
        touching[mine[joined]] = True
        known = np.isin(self.area, one)
        several = self.count(self.area_group, self.area_group) > 1
        alone = known & ~touching & several
        ids = self.index.ids.take(pa.array(self.area[alone]))
        return {
            "isolated": listed(self.area_group[alone], ids, groups),
            **self._components(groups, known, mine[joined], beside[joined]),
            "adjacency_unknown": self.count(self.area_group[~known], groups),
        }

    def _components(
        self, groups: Positions, known: Mask, one: Positions, other: Positions
    ) -> dict[str, Texts | Positions]:
        """Return how many parts the areas of each group form, and which where there are several.

        `one` and `other` are rows of (area, group) that share a border, `known` those of areas
        whose neighbours are listed.
        """
        borders = compiled(one, other, np.ones(len(one), np.int8), len(self.area), least=True)
        part = strong_parts(borders)  # a border leads both ways
        parts = part.max(initial=-1) + 1
        owner = np.zeros(parts, np.int32)
        owner[part] = self.area_group
        of_known = np.zeros(parts, bool)
        of_known[part[known]] = True
        number = self.count(owner[of_known], groups)
        uncertain = (self.count(self.area_group[~known], groups) > 0) | (number == 0)
        by_code = np.lexsort((self.area, part))
        ids = self.index.ids.take(pa.array(self.area[by_code]))
        texts = listed(part[by_code].astype(np.int32), ids, np.arange(parts, dtype=np.int32), "+")
        several = of_known & (self.count(owner[of_known], owner) > 1)
        return {
            "components": pa.array(number, mask=uncertain),
            "parts": listed(owner[several], texts.filter(pa.array(several)), groups),
        }

    def _neighbours(self) -> tuple[Positions, Positions]:
        links = self.index.links("ADJACENT_TO")
        one = np.concatenate([links.source, links.target])
        other = np.concatenate([links.target, links.source])
        apart = one != other
        return unique_pairs(one[apart], other[apart], len(self.index))

    def notes(self) -> tuple[str, ...]:
        """Say that no neighbours are known, where that is so."""
        if len(self.index.links("ADJACENT_TO")):
            return ()
        return (say("coverage.no_adjacency"),)


__all__ = ["grid"]
