"""The limits of a regrouping: one class for each, which says by how much a plan breaks it.

A plan is the group of every area, both as numbers. A limit that names areas forbids groups to them
(`allowed`) or ties them together (`ties`); one of sums or counts becomes rows of a programme
(`rows`). `excess` is worked out from the plan alone, and knows nothing of programmes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from medgraph.queries.planning.grouping import Grouping, Limit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medgraph.graphmodel.arrays.types import Floats, Mask, Positions
    from medgraph.queries.planning.milp import Programme

_NEAR = 1e-9  # in parts of a sum: what adding up in another order may change


@dataclass(frozen=True, eq=False)
class Lock(Limit):
    """An area stays in its group."""

    area: int

    def excess(self, grouping: Grouping, plan: Positions) -> float:
        """Return by how much a plan breaks it."""
        return float(plan[self.area] != grouping.today[self.area])

    def allowed(self, grouping: Grouping) -> Mask:
        """Return which area may be in which group."""
        allowed = np.ones((len(grouping), grouping.groups), bool)
        allowed[self.area] = np.arange(grouping.groups) == grouping.today[self.area]
        return allowed


@dataclass(frozen=True, eq=False)
class Together(Limit):
    """All these areas are in one group."""

    areas: tuple[int, ...]

    def excess(self, grouping: Grouping, plan: Positions) -> float:
        """Return by how much a plan breaks it."""
        return float(len(set(plan[[*self.areas]].tolist())) - 1)

    @property
    def ties(self) -> tuple[tuple[int, int], ...]:
        """Pairs of areas that go together."""
        first, *rest = self.areas
        return tuple((first, other) for other in rest)


@dataclass(frozen=True, eq=False)
class Apart(Limit):
    """Two areas are in different groups."""

    one: int
    other: int

    def excess(self, grouping: Grouping, plan: Positions) -> float:
        """Return by how much a plan breaks it."""
        return float(plan[self.one] == plan[self.other])

    def rows(self, grouping: Grouping, programme: Programme, own: Positions) -> None:
        """Add its rows."""
        for one, other in zip(own[self.one], own[self.other], strict=True):
            # Tied to one another they are one variable, and no group can hold it.
            programme.row([one] if one == other else [one, other], most=1 - (one == other))


@dataclass(frozen=True, eq=False)
class MostMoves(Limit):
    """At most so many areas change their group."""

    count: int

    def excess(self, grouping: Grouping, plan: Positions) -> float:
        """Return by how much a plan breaks it."""
        return max(0.0, float(grouping.moves(plan) - self.count))

    def rows(self, grouping: Grouping, programme: Programme, own: Positions) -> None:
        """Add its rows."""
        at_most_moves(grouping, programme, own, self.count)


def at_most_moves(grouping: Grouping, programme: Programme, own: Positions, count: float) -> None:
    """Add the row that at most so many areas change their group."""
    moved = ~grouping.is_today
    programme.row(own[moved], most=count)


@dataclass(frozen=True, eq=False)
class Balance(Limit):
    """The sum of each group lies within a part (`tolerance`) of the mean of all groups."""

    tolerance: float

    def least(self, grouping: Grouping) -> float:
        """Return the least sum of a group."""
        return (1 - self.tolerance) * grouping.mean

    def most(self, grouping: Grouping) -> float:
        """Return the greatest sum of a group."""
        return (1 + self.tolerance) * grouping.mean

    def excess(self, grouping: Grouping, plan: Positions) -> float:
        """Return by how much a plan breaks it."""
        sums, near = grouping.sums(plan), _NEAR * grouping.mean
        over = np.maximum(0, sums - self.most(grouping) - near)
        under = np.maximum(0, self.least(grouping) - near - sums)
        return float((over + under).sum())

    def rows(self, grouping: Grouping, programme: Programme, own: Positions) -> None:
        """Add its rows."""
        mean, near = grouping.mean, _NEAR
        for group in own.T:  # in parts of the mean: near 1, as a solver likes its numbers
            programme.row(
                group,
                grouping.weights / mean,
                least=1 - self.tolerance - near,
                most=1 + self.tolerance + near,
            )


@dataclass(frozen=True, eq=False)
class MostMinutes(Limit):
    """From no area it takes longer than so many minutes to the lead of its group."""

    minutes: float

    def _near(self, grouping: Grouping) -> Mask:
        assert grouping.minutes is not None
        near: Mask = grouping.minutes <= self.minutes
        return near

    def excess(self, grouping: Grouping, plan: Positions) -> float:
        """Return by how much a plan breaks it."""
        return float((~self._near(grouping)[np.arange(len(plan)), plan]).sum())

    def allowed(self, grouping: Grouping) -> Mask:
        """Return which area may be in which group."""
        return self._near(grouping)


@dataclass(frozen=True, eq=False)
class Parts(Limit):
    """No group falls into more parts than today; what is in one part stays in one.

    Its rows are many, and added where a solution breaks them (`contiguity`).
    """

    is_of_parts: ClassVar[bool] = True

    def excess(self, grouping: Grouping, plan: Positions) -> float:
        """Return by how much a plan breaks it."""
        return float(
            sum(
                max(0, count - most)
                for count, most in zip(grouping.part_counts(plan), grouping.most_parts, strict=True)
            )
        )


@dataclass(frozen=True, eq=False)
class GroupCount(Limit):
    """At least and at most so many groups have an area."""

    least: int
    most: int

    def excess(self, grouping: Grouping, plan: Positions) -> float:
        """Return by how much a plan breaks it."""
        used = len(np.unique(plan))
        return float(max(0, self.least - used, used - self.most))

    def rows(self, grouping: Grouping, programme: Programme, own: Positions) -> None:
        """Add its rows."""
        used = programme.variables(grouping.groups)
        for is_used, group in zip(used, own.T, strict=True):
            inside = np.unique(group)
            programme.row([is_used, *inside], [1, *-np.ones(len(inside))], most=0)
            for one in inside:
                programme.row([one, is_used], [1, -1], most=0)
        programme.row(used, least=self.least, most=self.most)


@dataclass(frozen=True, eq=False)
class HasFacility(Limit):
    """Every group has a facility of a kind.

    `always` are the groups that have one whatever is moved, `with_area` the areas with which one
    comes.
    """

    always: frozenset[int]
    with_area: frozenset[int]

    def _needing(self, grouping: Grouping) -> Iterator[int]:
        yield from (group for group in range(grouping.groups) if group not in self.always)

    def excess(self, grouping: Grouping, plan: Positions) -> float:
        """Return by how much a plan breaks it."""
        held = {int(plan[area]) for area in self.with_area}
        return float(sum(group not in held for group in self._needing(grouping)))

    def rows(self, grouping: Grouping, programme: Programme, own: Positions) -> None:
        """Add its rows."""
        for group in self._needing(grouping):
            programme.row(np.unique(own[[*self.with_area], group]), least=1)


@dataclass(frozen=True, eq=False)
class Refused(Limit):
    """Not all of this at once: areas in groups (`inside`), and others not in groups (`outside`)."""

    inside: tuple[tuple[int, int], ...] = ()
    outside: tuple[tuple[int, int], ...] = ()

    def excess(self, grouping: Grouping, plan: Positions) -> float:
        """Return by how much a plan breaks it."""
        del grouping
        is_in = all(plan[area] == group for area, group in self.inside)
        return float(is_in and all(plan[area] != group for area, group in self.outside))

    def rows(self, grouping: Grouping, programme: Programme, own: Positions) -> None:
        """Add its rows."""
        both = (*self.inside, *self.outside)
        variables = [own[area, group] for area, group in both]
        factors = [1.0] * len(self.inside) + [-1.0] * len(self.outside)
        programme.row(variables, factors, most=len(self.inside) - 1)


def spread(grouping: Grouping, plan: Positions) -> float:
    """Return by what part of the mean the group that is farthest from it differs."""
    sums: Floats = grouping.sums(plan)
    return float(np.abs(sums / grouping.mean - 1).max())


__all__ = [
    "Apart",
    "Balance",
    "GroupCount",
    "HasFacility",
    "Limit",
    "Lock",
    "MostMinutes",
    "MostMoves",
    "Parts",
    "Refused",
    "Together",
    "at_most_moves",
    "spread",
]
