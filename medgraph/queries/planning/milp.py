"""Build mixed-integer programmes and solve them with HiGHS: the one door to a solver.

A search ends after so many nodes, not seconds, so that the answer is the same on every machine. No
solution is taken on the solver's word: it is rounded, put into every row again, and its cost is
recomputed. Where that contradicts what the solver says, the search is made once more without
presolve; what contradicts it still is no proof. No search begins from a given solution: highspy
1.16.0 then called a plan optimal that was not.
"""

from __future__ import annotations

import copy
import threading
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from medgraph.progress import stop_if_asked
from medgraph.queries.planning.highs import Search, Series, searched
from medgraph.queries.planning.silent_stdout import silent_stdout

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any, Self

    from medgraph.graphmodel.arrays.types import Floats, Mask, Positions
    from medgraph.queries.planning.highs import Found

NODES = 2_000  # of a search, where nobody says otherwise
_WAIT = 0.1  # seconds between two looks whether somebody wants to stop
_LAST = 5.0  # seconds that a search that is stopped has to say what it found
_NEAR = 1e-6  # by how much, in parts of a whole, a solver may miss a row or a number
_NEARER = 1e-9  # by how much a sum of whole variables may miss its bound


@dataclass(frozen=True)
class Solution:
    """What a search found.

    Parameters
    ----------
    values
        The variables, whole ones rounded; None where nothing was found.
    cost
        Their cost, recomputed; infinite where nothing was found.
    bound
        No solution costs less; infinite where there is none at all.
    proven
        Whether the search came to its end, and all that it says holds together.
    nodes
        How many nodes of its tree the search took.
    """

    values: Floats | None
    cost: float
    bound: float
    proven: bool
    nodes: int = 0

    @property
    def impossible(self) -> bool:
        """Whether it is proven that there is no solution."""
        return self.values is None and self.proven


class Bounds(NamedTuple):
    """The least and the greatest value of each variable."""

    least: Floats
    most: Floats

    def within(self, variables: Positions, *, least: float = 0.0, most: float = 1.0) -> Bounds:
        """Return the same with these variables between other bounds."""
        lower, upper = self.least.copy(), self.most.copy()
        lower[variables], upper[variables] = least, most
        return Bounds(lower, upper)


class Stopped(KeyboardInterrupt):
    """Somebody ended a search; `solution` is the best by then, where there is one."""

    def __init__(self, solution: Solution) -> None:
        """Take what the search found."""
        super().__init__()
        self.solution = solution


@dataclass
class Programme:
    """Variables with bounds, and rows: sums of variables with bounds. It can be solved many times.

    Examples
    --------
    >>> programme = Programme()
    >>> two = programme.variables(2)
    >>> programme.row(two, least=1)
    >>> programme.minimised(np.array([3.0, 2.0])).values
    array([0., 1.])
    """

    _least: list[Floats] = field(default_factory=list)
    _most: list[Floats] = field(default_factory=list)
    _whole: list[Floats] = field(default_factory=list)
    _row: list[Positions] = field(default_factory=list)
    _column: list[Positions] = field(default_factory=list)
    _factor: list[Floats] = field(default_factory=list)
    _row_least: list[Floats] = field(default_factory=list)
    _row_most: list[Floats] = field(default_factory=list)
    width: int = 0
    height: int = 0

    def copy(self) -> Self:
        """Return a programme that grows on its own from here."""
        other = copy.copy(self)
        for name, value in vars(self).items():
            if isinstance(value, list):
                setattr(other, name, value.copy())
        return other

    def variables(
        self,
        count: int,
        *,
        least: float | Floats = 0.0,
        most: float | Floats = 1.0,
        whole: bool = True,
    ) -> Positions:
        """Add variables between bounds, whole numbers or not, and return their numbers."""
        self._least.append(np.broadcast_to(np.asarray(least, float), count))
        self._most.append(np.broadcast_to(np.asarray(most, float), count))
        self._whole.append(np.full(count, float(whole)))
        self.width += count
        return np.arange(self.width - count, self.width)

    def row(
        self,
        variables: Iterable[int] | Positions,
        factors: float | Iterable[float] | Floats = 1.0,
        *,
        least: float = -np.inf,
        most: float = np.inf,
    ) -> None:
        """Add one row: the sum of these variables, each by its factor, lies between bounds."""
        columns = np.asarray([*variables], np.int64)
        self.rows(np.zeros(len(columns), np.int64), columns, factors, least=[least], most=[most])

    def rows(
        self,
        row: Positions,
        variables: Positions,
        factors: float | Iterable[float] | Floats = 1.0,
        *,
        least: Iterable[float] | Floats | None = None,
        most: Iterable[float] | Floats | None = None,
    ) -> None:
        """Add many rows at once; each entry says by `row`, from 0, to which of them it belongs.

        `least` and `most` have a bound for each row; None: no bound on that side.
        """
        given = least if least is not None else most
        count = len([*given]) if given is not None else 0
        values = factors if isinstance(factors, float | int) else [*factors]
        self._row.append(np.asarray(row, np.int64) + self.height)
        self._column.append(np.asarray(variables, np.int64))
        self._factor.append(np.broadcast_to(np.asarray(values, float), len(variables)))
        self._row_least.append(_bounds(least, count, -np.inf))
        self._row_most.append(_bounds(most, count, np.inf))
        self.height += count

    def minimised(self, costs: Floats, *, nodes: int = NODES, gap: float = 0.0) -> Solution:
        """Return the cheapest solution that so many nodes of the search find.

        Parameters
        ----------
        costs
            What one of each variable costs; further variables cost nothing.
        nodes
            After how many nodes of its tree the search ends.
        gap
            By what part of the cost the bound may stay below it and the cost count as proven.
        """
        if not self.width:
            return self._empty()
        search = self._search(costs, nodes, gap)
        try:
            found = self._judged(search, _while_waiting(search))
        except _Ended as ended:
            so_far = self._judged(search, ended.found)
            if so_far is None or so_far.values is None:
                raise
            raise Stopped(replace(so_far, proven=False)) from None
        if found is None:
            again = search.without_presolve()
            found = self._judged(again, _while_waiting(again))
        return found or Solution(None, np.inf, -np.inf, proven=False, nodes=nodes)

    def series(self, costs: Floats) -> Series:
        """Return the searches for the cheapest solution in parts of whole variables."""
        return Series(self._search(costs, NODES, 0.0))

    def take_rows(self, other: Programme, since: int, series: Series) -> None:
        """Add, to a series as well, what rows another programme of the same variables got.

        `since` is how many `additions` it had before.
        """
        first = self.height
        number = other.height - sum(map(len, other._row_least[since:]))
        added = self.additions
        for at in range(since, other.additions):
            least, most = other._row_least[at], other._row_most[at]
            row = other._row[at] - number
            self.rows(row, other._column[at], other._factor[at], least=least, most=most)
            number += len(least)
        matrix = self._matrix(added, first)
        series.add(matrix, _joined(self._row_least[added:]), _joined(self._row_most[added:]))

    @property
    def additions(self) -> int:
        """How often rows were added."""
        return len(self._row)

    @property
    def bounds(self) -> Bounds:
        """The bounds of the variables."""
        return Bounds(_joined(self._least), _joined(self._most))

    @property
    def whole(self) -> Mask:
        """Which variables are whole numbers."""
        found: Mask = _joined(self._whole) > 0
        return found

    def rounded(self, values: Floats) -> Floats | None:
        """Return values with whole variables rounded; None where they then break a row."""
        search = self._search(np.zeros(self.width), NODES, 0.0)
        rounded = np.where(search.whole > 0, np.round(values) + 0.0, values)
        return rounded if _fits(search, rounded) else None

    def _empty(self) -> Solution:
        """The solution without variables: there is one where every row may be zero."""
        least, most = _joined(self._row_least), _joined(self._row_most)
        if ((least <= 0) & (most >= 0)).all():
            return Solution(np.zeros(0), 0.0, 0.0, proven=True)
        return Solution(None, np.inf, np.inf, proven=True)

    def _search(self, costs: Floats, nodes: int, gap: float) -> Search:
        return Search(
            costs=np.concatenate([costs, np.zeros(self.width - len(costs))]),
            matrix=self._matrix(),
            row_least=_joined(self._row_least),
            row_most=_joined(self._row_most),
            least=_joined(self._least),
            most=_joined(self._most),
            whole=_joined(self._whole),
            nodes=nodes,
            gap=gap,
        )

    def _matrix(self, since: int = 0, first: int = 0) -> Any:
        """The rows as a sparse matrix: those of additions since one, whose first row it is told."""
        from scipy.sparse import csc_array

        row, column = _joined(self._row[since:], np.int64), _joined(self._column[since:], np.int64)
        shape = self.height - first, self.width
        return csc_array((_joined(self._factor[since:]), (row - first, column)), shape=shape)

    def _judged(self, search: Search, found: Found) -> Solution | None:
        """What a search found as far as it holds; None where it contradicts itself."""
        if found.values is None:
            if found.failed:
                return None
            bound = np.inf if found.impossible else found.bound
            return Solution(None, np.inf, bound, proven=found.impossible, nodes=found.nodes)
        is_whole = search.whole > 0
        values = np.where(is_whole, np.round(found.values) + 0.0, found.values)
        cost = float(search.costs @ values)
        slack = _NEAR * (1 + abs(cost))
        gap = cost - found.bound
        is_true = abs(cost - found.cost) <= slack and gap >= -slack
        if not is_true or not _fits(search, values):
            return None
        closed = gap <= max(slack, search.gap * abs(cost))
        if found.optimal and not closed:
            return None
        bound = min(found.bound, cost)
        return Solution(values, cost, bound, proven=found.optimal, nodes=found.nodes)


def _joined(parts: Sequence[Any], kind: type = float) -> Any:
    return np.concatenate([*parts, np.zeros(0, kind)])


def _bounds(stated: Iterable[float] | Floats | None, count: int, none: float) -> Floats:
    return np.full(count, none) if stated is None else np.asarray([*stated], float)


def _fits(search: Search, values: Floats) -> bool:
    """Whether values keep their bounds and all rows; rows of whole variables keep them exactly."""
    sizes = abs(search.matrix)
    mixed = sizes @ (1 - search.whole) > 0
    near = np.where(mixed, _NEAR, _NEARER) * (1 + sizes @ np.maximum(abs(values), mixed.any()))
    sums = search.matrix @ values
    rows = (sums >= search.row_least - near) & (sums <= search.row_most + near)
    columns = (values >= search.least - _NEAR) & (values <= search.most + _NEAR)
    return bool(rows.all() and columns.all())


class _Ended(KeyboardInterrupt):
    """Somebody ended a search that found something by then."""

    def __init__(self, found: Found) -> None:
        super().__init__()
        self.found = found


def _while_waiting(search: Search) -> Found:
    """What a search finds; it goes on beside us, so that somebody can stop it.

    Raise KeyboardInterrupt where somebody does.
    """
    found: list[Found | BaseException] = []

    def run() -> None:
        try:
            found.append(searched(search))
        except BaseException as error:  # told in the thread that waits
            found.append(error)

    thread = threading.Thread(target=run, daemon=True)
    try:
        with silent_stdout():
            thread.start()
            while thread.is_alive():
                thread.join(_WAIT)
                stop_if_asked()
    except KeyboardInterrupt:
        search.stop.set()
        thread.join(_LAST if search.ends_when_told else 0)
        if found and not isinstance(found[0], BaseException):
            raise _Ended(found[0]) from None
        raise
    if isinstance(found[0], BaseException):
        raise found[0]
    return found[0]
