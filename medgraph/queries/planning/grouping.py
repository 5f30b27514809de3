"""Areas in groups as numbers: who is where today, who touches whom, and what a limit is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from medgraph.queries.planning.neighbourhood import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from medgraph.graphmodel.arrays.types import Floats, Mask, Positions
    from medgraph.queries.planning.milp import Programme
    from medgraph.queries.planning.neighbourhood import Neighbours

NO_GROUP = -1


@dataclass(frozen=True, eq=False)
class Limit:
    """What a plan has to keep; `code` names it as the options of the command do."""

    code: str
    is_of_parts: ClassVar[bool] = False

    def excess(self, grouping: Grouping, plan: Positions) -> float:
        """Return by how much a plan breaks the limit; 0 where it keeps it."""
        raise NotImplementedError

    def allowed(self, grouping: Grouping) -> Mask | None:
        """Return which area may be in which group; None where the limit forbids nothing."""
        del grouping
        return None

    @property
    def ties(self) -> tuple[tuple[int, int], ...]:
        """Pairs of areas that go together."""
        return ()

    def rows(self, grouping: Grouping, programme: Programme, own: Positions) -> None:
        """Add the rows of the limit; `own` has the variable of each area and group."""


@dataclass(frozen=True, eq=False)
class Grouping:
    """What there is to plan.

    Parameters
    ----------
    today
        The group of each area; NO_GROUP where it is in none, or in several.
    groups
        How many groups there are.
    neighbours
        The neighbours of each area.
    weights
        What is summed up by group; None where nothing is.
    minutes
        From each area to the lead of each group; infinite where there is no way.
    people
        Whose minutes count; None: each area counts once.
    possible
        Which area can be in which group at all, whatever the planner wants; None: any.
    tied
        Pairs of areas that cannot be parted, whatever the planner wants.
    limits
        What the planner wants.
    """

    today: Positions
    groups: int
    neighbours: Neighbours
    weights: Floats
    minutes: Floats | None = None
    people: Floats | None = None
    possible: Mask | None = None
    tied: tuple[tuple[int, int], ...] = ()
    limits: tuple[Limit, ...] = ()

    def __len__(self) -> int:
        """Return how many areas there are."""
        return len(self.today)

    def but(self, dropped: Iterable[Limit], added: Iterable[Limit] = ()) -> Grouping:
        """Return the same with some limits less, and others more."""
        gone = {id(limit) for limit in dropped}
        kept = [limit for limit in self.limits if id(limit) not in gone]
        return replace(self, limits=(*kept, *added))

    # -- of a plan ---------------------------------------------------------------------------------

    def moves(self, plan: Positions) -> int:
        """Return how many areas change their group."""
        return int((plan != self.today).sum())

    def sums(self, plan: Positions) -> Floats:
        """Return the sum of each group."""
        return np.bincount(plan, weights=self.weights, minlength=self.groups).astype(float)

    def person_minutes(self, plan: Positions) -> float:
        """Return the minutes of all people to the leads of their groups."""
        return float(self.minute_costs[np.arange(len(self)), plan].sum())

    def areas_of(self, plan: Positions, group: int) -> list[int]:
        """Return the areas of a group."""
        found: list[int] = np.flatnonzero(plan == group).tolist()
        return found

    def part_counts(self, plan: Positions) -> list[int]:
        """Return into how many parts each group falls."""
        return [
            len(parts_of(self.areas_of(plan, group), self.neighbours))
            for group in range(self.groups)
        ]

    def broken(self, plan: Positions) -> list[Limit]:
        """Return the limits that a plan breaks; what cannot be is no limit (`is_possible`)."""
        return [limit for limit in self.limits if limit.excess(self, plan) > 0]

    def is_possible(self, plan: Positions) -> bool:
        """Whether each area can be where a plan has it, and what is tied is together."""
        tied = all(plan[one] == plan[other] for one, other in self.tied)
        return tied and (
            self.possible is None or bool(self.possible[np.arange(len(self)), plan].all())
        )

    def keeps_all(self, plan: Positions) -> bool:
        """Whether a plan is possible and keeps every limit."""
        return self.is_possible(plan) and not self.broken(plan)

    # -- facts that follow ---------------------------------------------------------------------

    @cached_property
    def is_today(self) -> Mask:
        """Which area is in which group today."""
        found: Mask = self.today[:, None] == np.arange(self.groups)
        return found

    @cached_property
    def mean(self) -> float:
        """The mean sum of a group."""
        return float(self.weights.sum()) / self.groups

    @cached_property
    def minute_costs(self) -> Floats:
        """The minutes of the people of each area to the lead of each group."""
        if self.minutes is None:
            return np.zeros((len(self), self.groups))
        people = np.ones(len(self)) if self.people is None else self.people
        costs: Floats = self.minutes * people[:, None]
        return costs

    @cached_property
    def keeps_parts(self) -> bool:
        """Whether the number of parts of each group is limited."""
        return any(limit.is_of_parts for limit in self.limits)

    @cached_property
    def most_parts(self) -> list[int]:
        """Into how many parts each group may fall: as many as today, one where it has no area."""
        return [max(1, count) for count in self.part_counts(self.today)]

    @cached_property
    def block_of(self) -> Positions:
        """The block of each area: areas that go together are one, numbered by the first of them."""
        ties = [*self.tied, *(tie for limit in self.limits for tie in limit.ties)]
        found = list(range(len(self)))

        def first(area: int) -> int:
            while found[area] != area:
                area = found[area]
            return area

        for one, other in ties:
            low, high = sorted((first(one), first(other)))
            found[high] = low
        firsts = [first(area) for area in range(len(self))]
        return np.unique(firsts, return_inverse=True)[1]

    @cached_property
    def blocks(self) -> list[list[int]]:
        """The areas of each block."""
        return [
            np.flatnonzero(self.block_of == block).tolist()
            for block in range(int(self.block_of.max(initial=-1)) + 1)
        ]

    @cached_property
    def allowed(self) -> Mask:
        """Which area may be in which group, by the limits that name areas, and by its block."""
        found = np.ones((len(self), self.groups), bool)
        if self.possible is not None:
            found &= self.possible
        for limit in self.limits:
            own = limit.allowed(self)
            if own is not None:
                found &= own
        for areas in self.blocks:
            found[areas] = found[areas].all(axis=0)
        return found

    @cached_property
    def seats(self) -> list[int]:
        """An area of each group that it cannot lose, the first of them; NO_GROUP where none is."""
        fixed = self.allowed.sum(axis=1) == 1
        return [
            next(iter(np.flatnonzero(fixed & self.allowed[:, group]).tolist()), NO_GROUP)
            for group in range(self.groups)
        ]


def differ_by(one: Sequence[int] | Positions, other: Sequence[int] | Positions) -> int:
    """Return how many areas two plans put into different groups."""
    return int((np.asarray(one) != np.asarray(other)).sum())
