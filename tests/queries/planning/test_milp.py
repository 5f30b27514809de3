"""Programmes are solved right, whichever solver is there, and nothing counts as proven on its word alone."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medgraph.progress import watching
from medgraph.queries.planning import highs, milp
from medgraph.queries.planning.highs import Found
from medgraph.queries.planning.milp import Programme
from medgraph.queries.planning.silent_stdout import silent_stdout

SOLVERS = ["scipy", "highspy"]
SMALL = st.integers(-4, 4)


@pytest.fixture(params=SOLVERS)
def solver(request, monkeypatch):
    """Each of the two solvers; highspy where it is installed."""
    if request.param == "scipy":
        monkeypatch.setattr(highs, "highspy_installed", lambda: None)
    elif highs.highspy_installed() is None:
        pytest.skip("highspy is not installed")
    return request.param


@st.composite
def programmes(draw) -> tuple[list[int], list[tuple[list[int], int]]]:
    count = draw(st.integers(1, 5))
    numbers = st.lists(SMALL, min_size=count, max_size=count)
    rows = draw(st.lists(st.tuples(numbers, SMALL), max_size=4))
    return draw(numbers), rows


@given(programmes())
def test_small_programmes_have_the_optimum_of_all_their_points(stated):
    """The cheapest of all points of 0 and 1 is found, and proven; or that there is none."""
    costs, rows = stated
    programme = Programme()
    own = programme.variables(len(costs))
    for factors, most in rows:
        programme.row(own, factors, most=most)
    points = itertools.product((0, 1), repeat=len(costs))
    fitting = [
        float(np.dot(costs, point))
        for point in points
        if all(np.dot(factors, point) <= most for factors, most in rows)
    ]
    found = programme.minimised(np.array(costs, float))
    assert found.proven
    assert found.impossible == (not fitting)
    if fitting:
        assert found.cost == found.bound == min(fitting)


def knapsacks(size: int) -> tuple[Programme, np.ndarray]:
    """A programme whose proof takes a while."""
    draw = np.random.default_rng(0)
    programme, height = Programme(), size // 2
    own = programme.variables(size)
    weights = draw.integers(1, 100, (height, size)).astype(float)
    row, column = np.repeat(np.arange(height), size), np.tile(own, height)
    programme.rows(row, column, weights.ravel(), most=weights.sum(axis=1) / 2)
    return programme, -draw.integers(1, 100, size).astype(float)


def test_without_variables_there_is_a_solution_where_no_row_asks_for_more():
    programme = Programme()
    assert programme.minimised(np.zeros(0)).cost == 0
    programme.row([], least=1)
    assert programme.minimised(np.zeros(0)).impossible


def test_nodes_end_a_search(solver):
    """After so many nodes there is a solution and a bound, and no proof; always the same."""
    programme, costs = knapsacks(60)
    first, second = (programme.minimised(costs, nodes=20) for _ in range(2))
    assert not first.proven
    assert first.bound < first.cost < 0
    assert (first.cost, first.bound) == (second.cost, second.bound)


def test_a_copy_grows_on_its_own(solver):
    """A row of a copy is none of the programme."""
    programme = Programme()
    both = programme.variables(2)
    programme.row(both, least=1)
    other = programme.copy()
    other.row(both, most=0)
    assert other.minimised(np.ones(2)).impossible
    assert programme.minimised(np.ones(2)).cost == 1


def test_numbers_that_are_not_whole(solver):
    """A programme without whole variables has its optimum as its bound."""
    programme = Programme()
    own = programme.variables(2, whole=False, most=5)
    programme.row(own, least=3.5)
    found = programme.minimised(np.array([1.0, 2.0]))
    assert found.proven
    assert found.cost == found.bound == 3.5


@pytest.mark.parametrize(
    "lie",
    [
        Found(np.array([0.0, 1.0]), 1.0, 1.0, optimal=True, impossible=False),
        Found(np.array([0.0, 0.0]), 0.0, 0.0, optimal=True, impossible=False),
        Found(np.array([1.0, 0.0]), 3.0, 1.0, optimal=True, impossible=False),
        Found(np.array([1.0, 0.0]), 3.0, 4.0, optimal=True, impossible=False),
        Found(None, np.inf, 0.0, optimal=False, impossible=False, failed=True),
    ],
    ids=["another cost", "a row broken", "above its bound", "below its bound", "an error"],
)
def test_what_contradicts_itself_is_not_proven(lie, monkeypatch):
    """A false answer is asked again without presolve; a second one is none, a true one counts."""
    programme = Programme()
    programme.row(programme.variables(2), least=1)
    costs = np.array([3.0, 2.0])
    asked = []

    def always(search):
        asked.append(search.presolve)
        return lie

    true = milp.searched
    monkeypatch.setattr(milp, "searched", always)
    found = programme.minimised(costs)
    assert (found.values, found.proven, found.impossible) == (None, False, False)
    assert asked == [True, False]
    monkeypatch.setattr(milp, "searched", lambda search: lie if search.presolve else true(search))
    found = programme.minimised(costs)
    assert (found.cost, found.proven) == (2, True)


def test_whoever_watches_ends_a_search_at_once(solver):
    """Nobody waits for the solver: who wants to stop is heard as Ctrl-C is."""
    programme, costs = knapsacks(70)
    looks: list[int] = []

    def wants_to_stop() -> bool:
        looks.append(1)
        return True

    with (
        watching(lambda done, total: None, stop=wants_to_stop),
        pytest.raises(KeyboardInterrupt),
    ):
        programme.minimised(costs, nodes=1_500)
    assert len(looks) == 1


def test_the_solver_says_nothing_on_stdout():
    """An answer is alone on stdout."""
    code = (
        "import numpy as np\n"
        "from medgraph.queries.planning.milp import Programme\n"
        "programme = Programme()\n"
        "programme.row(programme.variables(2), least=1)\n"
        "assert programme.minimised(np.ones(2)).proven\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert not done.stdout


def test_blocks_of_silence_lie_in_one_another(capfd):
    """What is written past Python inside is gone; after the last block stdout is open again."""
    with silent_stdout():
        with silent_stdout():
            os.write(1, b"inner")
        os.write(1, b"outer")
    os.write(1, b"after")
    assert capfd.readouterr().out == "after"
