"""Small groupings with every kind of limit, and their best plans by trying all there are."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache

import numpy as np

from medgraph.queries.planning import limits
from medgraph.queries.planning.grouping import NO_GROUP, Grouping
from medgraph.queries.planning.neighbourhood import Neighbours, neighbours_of
from medgraph.queries.planning.stages import Measures

GROUPS = 3


def random_grouping(seed: int) -> Grouping:
    """Return nine to twelve areas in three groups, with some limits of all kinds."""
    draw = random.Random(seed)
    count = draw.randint(9, 12)
    columns = draw.choice([3, 4])
    pairs = _touching(draw, count, columns)
    neighbours = neighbours_of(count, pairs)
    today = _grown(draw, count, neighbours)
    weights = np.array([float(draw.randint(1, 30)) for _ in range(count)])
    minutes = people = None
    if draw.random() < 0.6:
        minutes = np.array(
            [[float(draw.randint(5, 90)) for _ in range(GROUPS)] for _ in range(count)]
        )
        people = weights if draw.random() < 0.5 else None
    grouping = Grouping(
        np.array(today),
        GROUPS,
        neighbours,
        weights,
        minutes,
        people,
        possible=_possible(draw, today),
        tied=_pairs(draw, count, draw.choice([0, 0, 1])),
    )
    return grouping.but((), _wanted(draw, grouping))


def _touching(draw: random.Random, count: int, columns: int) -> list[tuple[int, int]]:
    """A grid with some borders less and some diagonals more; now and then an island."""
    pairs = []
    for one in range(count):
        if one % columns + 1 < columns and one + 1 < count and draw.random() < 0.92:
            pairs.append((one, one + 1))
        if one + columns < count and draw.random() < 0.92:
            pairs.append((one, one + columns))
        if one + columns + 1 < count and one % columns + 1 < columns and draw.random() < 0.2:
            pairs.append((one, one + columns + 1))
    if draw.random() < 0.15:
        island = draw.randrange(count)
        pairs = [pair for pair in pairs if island not in pair]
    return pairs


def _grown(draw: random.Random, count: int, neighbours) -> list[int]:
    """Groups that grew from three areas; where nothing grew to, an area is wherever."""
    today = [NO_GROUP] * count
    for group, seat in enumerate(draw.sample(range(count), GROUPS)):
        today[seat] = group
    for _ in range(6 * count):
        area = draw.randrange(count)
        beside = [today[other] for other in neighbours[area] if today[other] != NO_GROUP]
        if today[area] == NO_GROUP and beside:
            today[area] = draw.choice(beside)
    rest = [area for area in range(count) if today[area] == NO_GROUP]
    for area in rest:
        if draw.random() < 0.8:
            today[area] = draw.randrange(GROUPS)
    return today


def _possible(draw: random.Random, today: list[int]):
    if draw.random() < 0.6:
        return None
    possible = np.ones((len(today), GROUPS), bool)
    for area in draw.sample(range(len(today)), 2):
        if today[area] != NO_GROUP:
            possible[area] = np.arange(GROUPS) == today[area]
    return possible


def _pairs(draw: random.Random, count: int, number: int) -> tuple[tuple[int, int], ...]:
    return tuple(tuple(draw.sample(range(count), 2)) for _ in range(number))


def _wanted(draw: random.Random, grouping: Grouping) -> Iterator[limits.Limit]:
    count = len(grouping)
    if draw.random() < 0.85:
        yield limits.Parts("parts")
    if draw.random() < 0.85:
        yield limits.Balance("tolerance", draw.choice([0.1, 0.2, 0.4, 0.6, 0.8]))
    if draw.random() < 0.2:
        yield limits.Together("county", tuple(sorted(draw.sample(range(count), 3))))
    if draw.random() < 0.3:
        yield limits.MostMoves("max-moves", draw.randint(2, 6))
    if grouping.minutes is not None and draw.random() < 0.4:
        yield limits.MostMinutes("minutes", draw.choice([75, 85]))
    yield from _of_areas(draw, grouping)
    yield from _of_groups(draw, count)


def _of_areas(draw: random.Random, grouping: Grouping) -> Iterator[limits.Limit]:
    count = len(grouping)
    for area in draw.sample(range(count), draw.choice([0, 0, 1, 2])):
        if grouping.today[area] != NO_GROUP:
            yield limits.Lock(f"lock {area}", area)
    for one, other in _pairs(draw, count, draw.choice([0, 0, 1])):
        yield limits.Apart(f"apart {one},{other}", one, other)
    for areas in _pairs(draw, count, draw.choice([0, 0, 1])):
        yield limits.Together("together", areas)


def _of_groups(draw: random.Random, count: int) -> Iterator[limits.Limit]:
    if draw.random() < 0.4:
        least = draw.choice([1, 2, 3])
        yield limits.GroupCount("groups", least, draw.choice([least, GROUPS]))
    if draw.random() < 0.3:
        areas = frozenset(draw.sample(range(count), draw.choice([3, 4])))
        always = frozenset(draw.sample(range(GROUPS), draw.choice([0, 1, 2])))
        yield limits.HasFacility("facility", always, areas)


def every_plan(grouping: Grouping) -> np.ndarray:
    """Return all plans that keep all limits, told without the code of the limits."""
    plans = np.indices((GROUPS,) * len(grouping), np.int8).reshape(len(grouping), -1).T
    for one, other in grouping.tied:
        plans = plans[plans[:, one] == plans[:, other]]
    for area in range(len(grouping)):
        plans = plans[_allowed(grouping)[area][plans[:, area]]]
    for limit in grouping.limits:
        plans = plans[_keeps(grouping, limit, plans)]
    return plans.astype(int)


def _allowed(grouping: Grouping) -> np.ndarray:
    if grouping.possible is None:
        return np.ones((len(grouping), GROUPS), bool)
    return grouping.possible


def _keeps(grouping: Grouping, limit: limits.Limit, plans: np.ndarray) -> np.ndarray:
    """Which plans keep a limit."""
    areas = np.arange(len(grouping))
    match limit:
        case limits.Balance():
            off = np.abs(_sums(grouping, plans) / (grouping.weights.sum() / GROUPS) - 1)
            return (off <= limit.tolerance + 1e-9).all(1)
        case limits.MostMoves():
            return (plans != grouping.today).sum(1) <= limit.count
        case limits.Together():
            return (plans[:, limit.areas] == plans[:, [limit.areas[0]]]).all(1)
        case limits.Lock():
            return plans[:, limit.area] == grouping.today[limit.area]
        case limits.Apart():
            return plans[:, limit.one] != plans[:, limit.other]
        case limits.MostMinutes():
            return (grouping.minutes[areas, plans] <= limit.minutes).all(1)
        case limits.GroupCount():
            used = np.stack([(plans == group).any(1) for group in range(GROUPS)], 1).sum(1)
            return (used >= limit.least) & (used <= limit.most)
        case limits.HasFacility():
            with_area = plans[:, sorted(limit.with_area)]
            needing = [group for group in range(GROUPS) if group not in limit.always]
            held = [(with_area == group).any(1) for group in needing]
            return np.all([*held, np.ones(len(plans), bool)], axis=0)
        case limits.Parts():
            counts = _part_counts(grouping, plans)
            today = _part_counts(grouping, grouping.today[None])
            return (counts <= np.maximum(1, today)).all(1)
    raise AssertionError(limit)


def _sums(grouping: Grouping, plans: np.ndarray) -> np.ndarray:
    """The sum of each group in each plan."""
    return np.stack([(plans == group) @ grouping.weights for group in range(GROUPS)], 1)


def _part_counts(grouping: Grouping, plans: np.ndarray) -> np.ndarray:
    """Into how many parts each group falls in each plan."""
    bits = 1 << np.arange(len(grouping))
    parts = _parts_of_sets(grouping.neighbours)
    return np.stack([parts[(plans == group) @ bits] for group in range(GROUPS)], 1)


@cache
def _parts_of_sets(neighbours: Neighbours) -> np.ndarray:
    """Into how many parts each set of areas falls; each bit of its number is an area."""
    return np.array([_components(neighbours, own) for own in range(1 << len(neighbours))])


def _components(neighbours: Neighbours, areas: int) -> int:
    left = {area for area in range(len(neighbours)) if areas >> area & 1}
    count = 0
    while left:
        count += 1
        waiting = [left.pop()]
        while waiting:
            for beside in neighbours[waiting.pop()]:
                if beside in left:
                    left.remove(beside)
                    waiting.append(beside)
    return count


def best_of(grouping: Grouping, plans: np.ndarray, others=()) -> Measures | None:
    """Return what the best of these plans comes to that differs by two areas from all others."""
    for other in others:
        plans = plans[(plans != other).sum(1) >= 2]
    if not len(plans):
        return None
    moves = (plans != grouping.today).sum(1)
    plans, moves = plans[moves == moves.min()], int(moves.min())
    minutes = spread = None
    if grouping.minutes is not None:
        people = np.ones(len(grouping)) if grouping.people is None else grouping.people
        costs = grouping.minutes[np.arange(len(grouping)), plans] @ people
        plans, minutes = plans[costs <= costs.min() + 1e-6], float(costs.min())
    mean = grouping.weights.sum() / GROUPS
    if mean:
        spread = float(np.abs(_sums(grouping, plans) / mean - 1).max(1).min())
    return Measures(moves, minutes, spread)
