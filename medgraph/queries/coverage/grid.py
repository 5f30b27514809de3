"""Describe the grid of groups: what each holds, which districts it shares, whether its areas hang together."""

from __future__ import annotations

import datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel import areas as area_facts
from medgraph.graphmodel.day import Day
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.queries.answers import register_of, stamps_of, undeclared
from medgraph.queries.columns import chosen, listed, matched, named, rows, unique_pairs
from medgraph.queries.results import Answer, Definition
from medgraph.words.say import say
from medgraph.words.vocabularies import FACILITY_TYPES


def grid(
    net: MedicalNetwork, *, level: str = "township", as_of: datetime.date | str | None = None
) -> Answer:
    """Describe every group: areas, facilities by type, population, shared districts, contiguity.

    There is no share. A group for which no area is found is judged only where member lists and areas
    served are declared complete; alliances, which have no area, and placeholders for unnamed groups are
    excluded.

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
        Rows: group, name, type, areas (number), facilities (named ones at work), one column for each
        facility type found, `type_not_stated`, population (residents of its areas; null where an area
        states none), areas_without_population, districts (county codes), split_districts (those that
        another group serves too), isolated (areas that touch no other area of the group; null where the
        network has no ADJACENT_TO), adjacency_unknown (areas without any), status (described), reason.

    Raises
    ------
    OptionError
        `level` is none of the levels.
    """
    area_facts.one_of_levels(level)
    day = Day(net.as_of(net.day(as_of)))
    net, index = day.net, day.index
    groups = np.flatnonzero(index.is_kind("Group")).astype(np.int32)
    alliance, placeholder = day.alliance.certain[groups], day.placeholder[groups]
    ended = ~day.at_work.certain[groups]
    held = _Held(day, level)
    areas = held.count(held.area_group, groups)
    lacking = undeclared(day, "links.SERVES", groups=day.group.certain)
    excluded = alliance | placeholder | ended
    unknown = ~excluded & (areas == 0) & bool(lacking)
    described = ~excluded & ~unknown
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
        "status": chosen(
            [(excluded, "excluded"), (unknown, "unknown"), (described, "described")], len(groups)
        ),
        "reason": chosen(
            [
                (placeholder, say("coverage.is_class_of_groups")),
                (alliance, say("coverage.alliance")),
                (ended, say("left_out_not_at_work", day=day.date)),
                (unknown, say("coverage.no_area_undeclared", tables=lacking)),
            ],
            len(groups),
        ),
    }
    definition = Definition(
        say("coverage.grid.numerator"),
        say("coverage.grid.denominator"),
        "groups",
        register_of(net),
        net.meta.get("source", ""),
    )
    return Answer(
        query="coverage.grid",
        as_of=day.date,
        definition=definition,
        frame=rows(columns, described),
        total=len(groups),
        judged=int(described.sum()),
        unknown=rows(columns, unknown),
        excluded=rows(columns, excluded),
        stamps=stamps_of(net),
        notes=held.notes(),
    )


class _Held:
    """What groups hold: (facility, group) pairs at work, and the (area, group) pairs that follow from SERVES."""

    def __init__(self, day: Day, level: str) -> None:
        self.index = index = day.index
        member, group = day.named_members(day.group.certain)
        working = day.at_work.certain[member]
        self.member, self.group = member[working], group[working]
        serves = index.links("SERVES")
        areas, level_unknown = day.areas(level)
        here = np.zeros(len(index), bool)
        here[areas[~level_unknown]] = True
        link, membership = matched(serves.source, self.member)
        asked = here[serves.target[link]]
        self.area, self.area_group = unique_pairs(
            serves.target[link][asked], self.group[membership][asked], len(index)
        )
        self.county = pc.utf8_slice_codeunits(
            area_facts.full_codes(index.ids.take(pa.array(self.area))), 0, 6
        )

    def count(self, keys: np.ndarray, groups: np.ndarray) -> np.ndarray:
        return np.bincount(keys, minlength=len(self.index))[groups]

    def types(self, groups: np.ndarray) -> dict[str, np.ndarray]:
        """The number of facilities of each type that some group has, in the order of the vocabulary."""
        types = self.index.take("type", self.member)
        found = {}
        for word in FACILITY_TYPES:
            hit = pc.fill_null(pc.equal(types, word), False).to_numpy(zero_copy_only=False)
            if hit.any():
                found[word] = self.count(self.group[hit], groups)
        untold = ~pc.is_in(types, value_set=pa.array(list(FACILITY_TYPES))).to_numpy(
            zero_copy_only=False
        )
        return found | {"type_not_stated": self.count(self.group[untold], groups)}

    def population(self, groups: np.ndarray) -> dict[str, pa.Array | np.ndarray]:
        """The residents of the areas of each group; null where one of them states no population."""
        people = self.index.take("population", self.area).cast(pa.float64())
        told = people.is_valid().to_numpy(zero_copy_only=False)
        people = pc.fill_null(people, 0).to_numpy(zero_copy_only=False)
        total = np.bincount(self.area_group, weights=people, minlength=len(self.index))[
            groups
        ].astype(np.int64)
        without = self.count(self.area_group[~told], groups)
        none = (without > 0) | (self.count(self.area_group, groups) == 0)
        return {"population": pa.array(total, mask=none), "areas_without_population": without}

    def districts(self, groups: np.ndarray) -> dict[str, pa.Array]:
        """The counties that hold areas of each group, and those that hold another group's too."""
        told = self.county.is_valid().to_numpy(zero_copy_only=False)
        codes = pc.unique(self.county.filter(pa.array(told)))
        number = pc.index_in(self.county.filter(pa.array(told)), value_set=codes).to_numpy(
            zero_copy_only=False
        )
        group, county = unique_pairs(
            self.area_group[told], number, max(len(self.index), len(codes))
        )
        split = np.bincount(county, minlength=len(codes))[county] > 1
        texts = codes.take(pa.array(county))
        return {
            "districts": listed(group, texts, groups),
            "split_districts": listed(group[split], texts.filter(pa.array(split)), groups),
        }

    def contiguity(self, groups: np.ndarray) -> dict[str, pa.Array | np.ndarray]:
        """The areas of each group that touch no other area of it, where neighbours are known."""
        one, other = self._neighbours()
        size = max(len(self.index), 1)
        pairs = self.area.astype(np.int64) * size + self.area_group
        mine, theirs = matched(self.area, one)
        near = np.isin(other[theirs].astype(np.int64) * size + self.area_group[mine], pairs)
        touching = np.zeros(len(self.area), bool)
        touching[mine[near]] = True
        told = np.isin(self.area, one)
        alone = told & ~touching & (self.count(self.area_group, self.area_group) > 1)
        ids = listed(
            self.area_group[alone], self.index.ids.take(pa.array(self.area[alone])), groups
        )
        return {"isolated": ids, "adjacency_unknown": self.count(self.area_group[~told], groups)}

    def _neighbours(self) -> tuple[np.ndarray, np.ndarray]:
        links = self.index.links("ADJACENT_TO")
        one = np.concatenate([links.source, links.target])
        other = np.concatenate([links.target, links.source])
        apart = one != other
        return unique_pairs(one[apart], other[apart], len(self.index))

    def notes(self) -> tuple[str, ...]:
        return () if len(self.index.links("ADJACENT_TO")) else (say("coverage.no_adjacency"),)


__all__ = ["grid"]
