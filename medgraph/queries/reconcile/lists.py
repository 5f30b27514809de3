"""Two lists of facilities, each on its day, and how they were paired."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.queries.reconcile.decided import Decided, decided
from medgraph.queries.reconcile.listed import Listed, listed
from medgraph.queries.reconcile.matching import paired

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Mask
    from medgraph.graphmodel.day import Day
    from medgraph.graphmodel.decisions import Decision
    from medgraph.queries.reconcile.matching import Pairing


@dataclass(frozen=True)
class Lists:
    """The facilities of two networks; placeholders for a class of facilities are none."""

    before: Day
    after: Day
    decisions: tuple[Decision, ...] = ()

    @cached_property
    def sides(self) -> tuple[Listed, Listed]:
        """What is compared of either list."""
        one, other = (_listed(day, day.facility.certain) for day in (self.before, self.after))
        return one, other

    @cached_property
    def placeholders(self) -> tuple[Listed, Listed]:
        """What stands in either list for a class of facilities."""
        one, other = (_listed(day, _classes(day)) for day in (self.before, self.after))
        return one, other

    @cached_property
    def pairing(self) -> Pairing:
        """The pairs of both."""
        return paired(*self.sides, self.decided)

    @cached_property
    def decided(self) -> Decided:
        """What people decided before."""
        return decided(self.decisions, *self.sides)


def _listed(day: Day, wanted: Mask) -> Listed:
    """The rows of a mask over the nodes of a day."""
    areas = day.net.tables[0].filter(pc.equal(day.net.tables[0]["kind"], "Area"))
    names = dict(zip(areas["id"].to_pylist(), areas["name"].to_pylist(), strict=True))
    kept = np.empty(len(day.index), bool)
    kept[day.index.order] = wanted
    return listed(day.net.tables[0].filter(pa.array(kept)), names)


def _classes(day: Day) -> Mask:
    found: Mask = day.index.is_kind("Facility") & day.placeholder
    return found
