"""Choose sites by medgraph and by spopt, on the same instances in the same run; print a table.

    python -m benchmarks.sites [--large] [--seeds 3] [--seconds 120]

Areas and sites lie at random in a square of 100 minutes, minutes are whole, people 100 to 4,999.
spopt (not a dependency: `pip install spopt highspy`) solves with HiGHS, for so many seconds at most. Seconds are of
processor time, the building of the model included. What both prove must be equal, or the run fails.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from medgraph.queries.planning import covering, p_centre, p_median
from medgraph.queries.planning.siting import Choice, Siting


@dataclass(frozen=True)
class Instance:
    """Minutes from areas to sites, people, how many sites, and the radius of MCLP."""

    minutes: np.ndarray
    people: np.ndarray
    number: int
    radius: float

    def siting(self, number: int | None, radius: float = np.inf) -> Siting:
        sites = self.minutes.shape[1]
        none = np.zeros(sites, bool)
        return Siting(self.minutes, self.people, none, np.ones(sites), number=number).within(radius)

    @property
    def farthest(self) -> float:
        """The least radius within which all areas have a site."""
        return max(self.radius, self.minutes.min(axis=1).max())


def made(areas: int, sites: int, number: int, radius: float, seed: int) -> Instance:
    rng = np.random.default_rng(seed)
    here, there = rng.random((areas, 1, 2)) * 100, rng.random((1, sites, 2)) * 100
    minutes = np.round(np.hypot(*(here - there).transpose(2, 0, 1)))
    return Instance(minutes, rng.integers(100, 5000, areas).astype(float), number, radius)


OURS: dict[str, Callable[[Instance], Choice]] = {
    "lscp": lambda one: covering.fewest(one.siting(None, one.farthest)),
    "mclp": lambda one: covering.most_people(one.siting(one.number, one.radius)),
    "p-median": lambda one: p_median.least_person_minutes(one.siting(one.number)),
    "p-centre": lambda one: p_centre.least_longest_way(one.siting(one.number)),
}


def by_spopt(model: str, one: Instance, seconds: float) -> tuple[float | None, bool]:
    """What spopt finds, and whether it says that it is the optimum."""
    import pulp
    from spopt.locate import LSCP, MCLP, PCenter, PMedian

    solver = pulp.HiGHS(msg=False, timeLimit=seconds, threads=1)
    match model:
        case "lscp":
            asked = LSCP.from_cost_matrix(one.minutes, one.farthest)
        case "mclp":
            asked = MCLP.from_cost_matrix(
                one.minutes, one.people, service_radius=one.radius, p_facilities=one.number
            )
        case "p-median":
            asked = PMedian.from_cost_matrix(one.minutes, one.people, p_facilities=one.number)
        case _:
            asked = PCenter.from_cost_matrix(one.minutes, p_facilities=one.number)
    asked.problem.solve(solver)
    proven = asked.problem.sol_status == pulp.LpSolutionOptimal
    value = asked.problem.objective.value() if asked.problem.sol_status > 0 else None
    return value, proven


def timed(work: Callable[[], object]) -> tuple[object, float]:
    start = time.process_time()
    return work(), time.process_time() - start


def main() -> None:
    """Run and print a line for each instance and model."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--models", nargs="*", default=[*OURS])
    given = parser.parse_args()
    try:
        import spopt
    except ImportError:
        spopt = None
    print("| size | seed | model | medgraph | bound | s | spopt | proven | s |")
    print("|---|---|---|---|---|---|---|---|---|", flush=True)
    size = (2000, 500, 40, 12.0) if given.large else (200, 60, 10, 14.0)
    for seed in range(1, given.seeds + 1):
        one = made(*size, seed)
        for model in given.models:
            ours, seconds = timed(partial(OURS[model], one))
            cells = [f"{size[0]}x{size[1]}", seed, model, f"{ours.value:.0f}", f"{ours.bound:.0f}"]
            cells.append(f"{seconds:.2f}")
            if spopt is not None:
                (value, proven), theirs = timed(partial(by_spopt, model, one, given.seconds))
                cells += ["-" if value is None else f"{value:.0f}", proven, f"{theirs:.2f}"]
                if proven and ours.proven and abs(value - ours.value) > 1e-6 * abs(value):
                    raise SystemExit(f"{cells}: the optima differ")
            print("| " + " | ".join(map(str, cells)) + " |", flush=True)
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
