"""A grouping as a programme: a variable for each block and group, and rows that keep groups whole.

That a group hangs together takes more rows than can be written down. Those are added that a
solution breaks: a part that is cut off needs one of the areas around it. Solutions in parts of
areas break many of them, and are found quickly (`separation`): they come first. Where cuts do not
settle it in two rounds, a flow is laid through the group: each of its areas takes one unit of what
its seat sends out.

Each part of a group has a root. That of the first part is an area that the group cannot lose; where
there is none, the first of so many of its areas that not all of them can move. The programme
chooses where the others are, as many as the group may have parts.
"""

from __future__ import annotations

import heapq
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from medgraph.queries.planning.grouping import NO_GROUP
from medgraph.queries.planning.limits import Balance, at_most_moves
from medgraph.queries.planning.milp import Programme
from medgraph.queries.planning.neighbourhood import border, parts_of, reached
from medgraph.queries.planning.separation import cut_off

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medgraph.graphmodel.arrays.types import Floats, Mask, Positions
    from medgraph.queries.planning.grouping import Grouping

_NEAR = 1e-6  # in parts of a sum
_ROUNDS = 2  # of cuts in which a group is split before a flow is laid


class GroupingProgramme:
    """The programme of a grouping; it grows by the rows that solutions broke.

    `own` has the variable of each area and group, `of_block` that of each block and group,
    `allowed` which area may be in which group.
    """

    def __init__(self, grouping: Grouping, moves: int) -> None:
        """Take a grouping, and how many moves a plan may have at most."""
        self.grouping = grouping
        self.moves = moves
        self.programme = Programme()
        self.seats = [_seats(grouping, group, moves) for group in range(grouping.groups)]
        self.allowed = grouping.allowed & ~too_far(grouping, self.seats, moves)
        for areas in grouping.blocks:
            self.allowed[areas] = self.allowed[areas].all(axis=0)
        for group, seats in enumerate(self.seats):  # what moves for certain is none
            self.seats[group] = [area for area in seats if self.allowed[area, group]]
        blocks = len(grouping.blocks)
        most = self.allowed[[areas[0] for areas in grouping.blocks]].astype(float)
        variables = self.programme.variables(blocks * grouping.groups, most=most.ravel())
        self.of_block: Positions = variables.reshape(blocks, grouping.groups)
        self.own: Positions = self.of_block[grouping.block_of]
        row = np.repeat(np.arange(blocks), grouping.groups)
        ones = np.ones(blocks)
        self.programme.rows(row, variables, least=ones, most=ones)
        for limit in grouping.limits:
            limit.rows(grouping, self.programme, self.own)
        at_most_moves(grouping, self.programme, self.own, moves)
        self._roots: list[dict[int, list[int]]] = [{} for _ in range(grouping.groups)]
        self._is_free = [False] * grouping.groups  # whether a root may be anywhere
        self._split = Counter[int]()
        self._with_flow: set[int] = set()
        if grouping.keeps_parts:
            self._add_roots()
            self._add_neighbours()

    def inside(self, group: int) -> list[int]:
        """Return the areas that may be in a group."""
        found: list[int] = np.flatnonzero(self.allowed[:, group]).tolist()
        return found

    def costs(self, of_area: Floats) -> Floats:
        """Return the cost of each variable from those of each area and group."""
        finite = np.where(self.allowed, of_area, 0.0)
        return np.bincount(
            self.own.ravel(), weights=finite.ravel(), minlength=self.programme.width
        ).astype(float)

    def plan_of(self, values: Floats) -> Positions:
        """Return the group of each area in a solution."""
        found: Positions = values[self.own].argmax(axis=1)
        return found

    # -- rows ------------------------------------------------------------------------------------

    def _add_roots(self) -> None:
        for group, most in enumerate(self.grouping.most_parts):
            seats = self.seats[group]
            inside = self.inside(group)
            if len(seats) > 1:
                self._add_first(group, seats)
            free = most - bool(seats)
            self._is_free[group] = free > 0
            if not free or not inside:
                continue
            if most == 1:  # which of them is the root is all the same: so it is the first
                is_today = self.grouping.is_today[:, group]
                self._add_first(group, sorted(inside, key=lambda area: not is_today[area]))
            else:
                self.programme.row(self._rooted(group, inside), most=free)

    def _rooted(self, group: int, areas: list[int]) -> Positions:
        """Add a root of a group for each of these areas, which is one only where it is inside."""
        roots = self.programme.variables(len(areas))
        for area, root in zip(areas, roots.tolist(), strict=True):
            self._roots[group].setdefault(area, []).append(root)
            self.programme.row([root, self.own[area, group]], [1, -1], most=0)
        return roots

    def _add_first(self, group: int, areas: list[int]) -> None:
        """Add a root that is the first of these areas that is in the group."""
        roots = self._rooted(group, areas)
        self.programme.row(roots, most=1)
        for number, area in enumerate(areas):
            first = roots[: number + 1]
            self.programme.row([self.own[area, group], *first], [1, *-np.ones(len(first))], most=0)

    def _add_neighbours(self) -> None:
        """Let no area be in a group alone, unless a root of the group is there."""
        for group, seats in enumerate(self.seats):
            inside = set(self.inside(group))
            only = seats[0] if len(seats) == 1 else NO_GROUP
            for area in sorted(inside - {only}):
                around = border({area}, inside, self.grouping.neighbours)
                self._add_cut(group, {area}, around, {area})

    def _add_cut(self, group: int, part: set[int], around: set[int], areas: set[int]) -> None:
        """Let areas of a part be in a group only with one around it, or with a root inside."""
        roots = [root for area in sorted(part) for root in self._roots[group].get(area, ())]
        beside = np.array(sorted(around), np.int64)
        needed = [*np.unique(self.own[beside, group]).tolist(), *roots]
        for own in np.unique(self.own[sorted(areas), group]):
            self.programme.row([own, *needed], [1, *-np.ones(len(needed))], most=0)

    def cut(self, values: Floats) -> int:
        """Add rows that a solution in parts of areas breaks, and return how many."""
        count = 0
        for group in range(self.grouping.groups):
            inside = self.inside(group)
            share = {area: float(values[self.own[area, group]]) for area in inside}
            roots = {
                area: float(sum(values[root] for root in own))
                for area, own in self._roots[group].items()
            }
            if len(self.seats[group]) == 1:
                roots[self.seats[group][0]] = 2.0  # never the least cut
            for area, part, around in cut_off(share, roots, self.grouping.neighbours):
                self._add_cut(group, part, around, {area})
                count += 1
        return count

    def tightened(self, plan: Positions) -> bool:
        """Add rows that forbid how a plan splits groups; False where it splits none."""
        if not self.grouping.keeps_parts:
            return False
        is_split = False
        for group, most in enumerate(self.grouping.most_parts):
            areas = self.grouping.areas_of(plan, group)
            parts = parts_of(areas, self.grouping.neighbours)
            if len(parts) <= most:
                continue
            is_split = True
            self._split[group] += 1
            if self._split[group] > _ROUNDS and group not in self._with_flow:
                self._add_flow(group)
            own = next((area for area in self.seats[group] if area in areas), NO_GROUP)
            for part in parts:
                if own not in part:
                    self._cut_off(group, part)
        return is_split

    def _cut_off(self, group: int, part: set[int]) -> None:
        """Let a part of a group be there only with what lies between it and the seat."""
        inside = set(self.inside(group))
        around = border(part, inside, self.grouping.neighbours)
        if not self._is_free[group]:
            seats = [area for area in self.seats[group] if area in inside and area not in part]
            open_to = inside - around - part
            beyond = reached(seats, open_to, self.grouping.neighbours) - around
            around &= border(beyond, inside, self.grouping.neighbours) | set(seats)
        self._add_cut(group, part, around, part)

    def _add_flow(self, group: int) -> None:
        """Let each area of a group take one unit of what flows from its roots through it."""
        self._with_flow.add(group)
        inside = self.inside(group)
        most = self._most_areas(group, inside)
        arcs = [
            (one, other)
            for one in inside
            for other in self.grouping.neighbours[one]
            if self.allowed[other, group]
        ]
        flow = self.programme.variables(len(arcs), most=most, whole=False)
        for (one, _), amount in zip(arcs, flow, strict=True):
            self.programme.row([amount, self.own[one, group]], [1, -most], most=0)
        for area in inside:
            sources = self._source(group, area, most)
            into = [amount for (_, end), amount in zip(arcs, flow, strict=True) if end == area]
            out = [amount for (end, _), amount in zip(arcs, flow, strict=True) if end == area]
            variables = [*into, *sources, *out, self.own[area, group]]
            factors = [*np.ones(len(into) + len(sources)), *-np.ones(len(out) + 1)]
            self.programme.row(variables, factors, least=0, most=0)

    def _most_areas(self, group: int, inside: list[int]) -> int:
        """How many areas a group can have at most: the lighter the limit, the fewer nodes."""
        most = min(len(inside), int(self.grouping.is_today[:, group].sum()) + self.moves)
        for limit in self.grouping.limits:
            if isinstance(limit, Balance):
                lightest = np.cumsum(np.sort(self.grouping.weights[inside]))
                room = limit.most(self.grouping) * (1 + _NEAR)
                most = min(most, int((lightest <= room).sum()))
        return most

    def _source(self, group: int, area: int, most: int) -> list[int]:
        """What flows into a group at one of its areas: at its seat, and at roots."""
        is_seat = self.seats[group] == [area]
        roots = self._roots[group].get(area, [])
        if not is_seat and not roots:
            return []
        [source] = self.programme.variables(1, most=most, whole=False).tolist()
        if not is_seat:
            self.programme.row([source, *roots], [1, *[-most] * len(roots)], most=0)
        return [source]


def _seats(grouping: Grouping, group: int, moves: int) -> list[int]:
    """Areas of which a group has at least one in every plan of so many moves; none where unsure.

    It is one where the group cannot lose it, else those of today's with most neighbours inside.
    """
    if grouping.seats[group] != NO_GROUP:
        return [grouping.seats[group]]
    today = grouping.areas_of(grouping.today, group)
    if len(today) <= moves:
        return []
    inside = set(today)
    beside = {area: len(inside.intersection(grouping.neighbours[area])) for area in today}
    return sorted(today, key=lambda area: (-beside[area], area))[: moves + 1]


def too_far(grouping: Grouping, seats: Sequence[Sequence[int]], moves: int) -> Mask:
    """Return which area no plan of so many moves can bring into which group.

    A group hangs together with one of its seats: between them lie areas that move as well.
    """
    found = np.zeros((len(grouping), grouping.groups), bool)
    if not grouping.keeps_parts:
        return found
    for group, own in enumerate(seats):
        if own and grouping.most_parts[group] == 1:
            found[:, group] = _moves_between(grouping, group, own) > moves
    return found


def _moves_between(grouping: Grouping, group: int, seats: Sequence[int]) -> Floats:
    """How many areas, itself among them, move to bring each area to a group by the shortest way."""
    steps = (~grouping.is_today[:, group]).astype(float)
    steps[~grouping.allowed[:, group]] = np.inf
    found = np.full(len(grouping), np.inf)
    found[[*seats]] = steps[[*seats]]
    waiting = [(found[seat], seat) for seat in seats]
    heapq.heapify(waiting)
    while waiting:
        moved, area = heapq.heappop(waiting)
        if moved > found[area]:
            continue
        for beside in grouping.neighbours[area]:
            further = moved + steps[beside]
            if further < found[beside]:
                found[beside] = further
                heapq.heappush(waiting, (further, beside))
    return found
