"""How far proposals are proven: regroupings of 40, 120 and 400 areas, processor seconds of one run.

    python -m benchmarks.planning [--sizes mild-40 severe-120 ...] [--seeds 20]

A severe case grew from its seats at random, and is far out of balance; a mild one is a balanced
plan in which a fifth of the groups took in neighbours until they were too large.
"""

from __future__ import annotations

import argparse
import random
import time
from dataclasses import dataclass

import numpy as np

from medgraph.queries.planning import limits
from medgraph.queries.planning.annealing import annealed
from medgraph.queries.planning.grouping import NO_GROUP, Grouping
from medgraph.queries.planning.neighbourhood import neighbours_of, parts_of
from medgraph.queries.planning.stages import best_plan

TOLERANCE = 0.15
CASES = {
    "severe-40": (40, 4, False),
    "mild-120": (120, 8, True),
    "mild-400": (400, 20, True),
    "severe-120": (120, 8, False),
}


@dataclass(frozen=True)
class Place:
    """Areas on a plane, who touches whom, and how many people live in each."""

    points: np.ndarray
    neighbours: tuple[tuple[int, ...], ...]
    people: np.ndarray


def place(draw: random.Random, count: int, *, grid: bool) -> Place:
    if grid:
        columns = round(count**0.5 * 1.25)
        points = np.array([(one % columns, one // columns) for one in range(count)], float)
        pairs = [
            (one, other)
            for one in range(count)
            for other in (one + 1, one + columns)
            if other < count and abs(points[one] - points[other]).sum() == 1
        ]
    else:
        from scipy.spatial import Delaunay

        points = np.array([(draw.random(), draw.random()) for _ in range(count)])
        corners = Delaunay(points).simplices.tolist()
        pairs = [(a, b) for a, b, c in corners for a, b in ((a, b), (b, c), (a, c))]
    people = np.array([round(draw.lognormvariate(10, 0.5)) for _ in range(count)], float)
    return Place(points, neighbours_of(count, pairs), people)


def seats_of(draw: random.Random, here: Place, groups: int) -> list[int]:
    """Seats far from one another."""
    seats = [draw.randrange(len(here.points))]
    while len(seats) < groups:
        near = np.min([((here.points - here.points[one]) ** 2).sum(1) for one in seats], axis=0)
        seats.append(int(near.argmax()))
    return seats


def grown(draw: random.Random, here: Place, seats: list[int]) -> np.ndarray:
    today = np.full(len(here.points), NO_GROUP)
    today[seats] = np.arange(len(seats))
    while (today == NO_GROUP).any():
        group = draw.randrange(len(seats))
        edge = [
            beside
            for area in np.flatnonzero(today == group)
            for beside in here.neighbours[area]
            if today[beside] == NO_GROUP
        ]
        if edge:
            today[draw.choice(edge)] = group
    return today


def grouping_of(here: Place, today: np.ndarray, seats: list[int], wanted=()) -> Grouping:
    possible = np.ones((len(today), len(seats)), bool)
    for group, seat in enumerate(seats):
        possible[seat] = np.arange(len(seats)) == group
    away = np.sqrt(((here.points[:, None] - here.points[seats][None]) ** 2).sum(2))
    return Grouping(
        today,
        len(seats),
        here.neighbours,
        here.people,
        np.round(60 * away / away.max()),
        here.people,
        possible,
        limits=(limits.Parts("parts"), *wanted),
    )


def case(seed: int, count: int, groups: int, *, mild: bool) -> Grouping:
    draw = random.Random(seed)
    here = place(draw, count, grid=seed % 2 == 0)
    seats = seats_of(draw, here, groups)
    today = grown(draw, here, seats)
    if mild:
        today = swollen(draw, here, balanced(here, today, seats), seats)
    grouping = grouping_of(here, today, seats)
    balance = limits.Balance("tolerance 0.15", TOLERANCE)
    loose = [one for one in range(count) if one not in seats]
    some = max(1, count // 40)
    locks = [limits.Lock(f"lock {one}", one) for one in draw.sample(loose, some)]
    pairs = [(one, draw.choice(here.neighbours[one])) for one in draw.sample(loose, 2 * some)]
    together = [limits.Together("together", pair) for pair in pairs if _alike(today, pair)]
    far = [draw.sample(loose, 2) for _ in range(some)]
    apart = [limits.Apart("apart", *pair) for pair in far if not _alike(today, pair)]
    return grouping.but((), (balance, *locks, *together[:some], *apart))


def _alike(today: np.ndarray, pair) -> bool:
    return len(set(today[list(pair)].tolist())) == 1


def balanced(here: Place, today: np.ndarray, seats: list[int]) -> np.ndarray:
    """A plan within a tenth of the mean, or as near as annealing comes."""
    for tolerance in (0.1, 0.12, 0.15, 0.2, 0.3):
        wanted = [limits.Balance("tolerance", tolerance)]
        found = annealed(grouping_of(here, today, seats, wanted))
        if found is not None:
            return found
    return today


def swollen(draw: random.Random, here: Place, today: np.ndarray, seats: list[int]) -> np.ndarray:
    """The plan after a fifth of the groups took in neighbours until they are too large."""
    today = today.copy()
    most = (1 + TOLERANCE) * here.people.sum() / len(seats)
    for group in draw.sample(range(len(seats)), max(1, len(seats) // 5)):
        for _ in range(len(today)):
            if here.people[today == group].sum() > most:
                break
            edge = [
                beside
                for area in np.flatnonzero(today == group)
                for beside in here.neighbours[area]
                if today[beside] != group and beside not in seats and _stays(here, today, beside)
            ]
            if not edge:
                break
            today[draw.choice(edge)] = group
    return today


def _stays(here: Place, today: np.ndarray, area: int) -> bool:
    """Whether the group of an area stays in one part without it."""
    left = [one for one in np.flatnonzero(today == today[area]).tolist() if one != area]
    return len(parts_of(left, here.neighbours)) == 1


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--cases", nargs="*", default=list(CASES))
    asked.add_argument("--seeds", type=int, default=20)
    given = asked.parse_args()
    for name in given.cases:
        count, groups, mild = CASES[name]
        for seed in range(given.seeds):
            grouping = case(seed, count, groups, mild=mild)
            start = time.process_time()
            found = best_plan(grouping)
            seconds = time.process_time() - start
            print(
                f"{name:10} {seed:2} {'proven' if found.proven else 'open':6} {seconds:6.1f} s  "
                f"{found.measures} bound {found.bound}{' impossible' if found.impossible else ''}",
                flush=True,
            )


if __name__ == "__main__":
    main()
