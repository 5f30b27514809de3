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
        return _listed(self.before), _listed(self.after)

    @cached_property
    def pairing(self) -> Pairing:
        """The pairs of both."""
        return paired(*self.sides, self.decided)

    @cached_property
    def decided(self) -> Decided:
        """What people decided before."""
        return decided(self.decisions, *self.sides)


def _listed(day: Day) -> Listed:
    areas = day.net.tables[0].filter(pc.equal(day.net.tables[0]["kind"], "Area"))
    names = dict(zip(areas["id"].to_pylist(), areas["name"].to_pylist(), strict=True))
    return listed(facilities_of(day), names)


def facilities_of(day: Day) -> pa.Table:
    """Return the rows of the named facilities that there are on a day."""
    kept = np.empty(len(day.index), bool)
    kept[day.index.order] = day.facility.certain
    return day.net.tables[0].filter(pa.array(kept))
