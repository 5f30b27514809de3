"""Hand a mixed-integer programme to HiGHS: highspy where it is installed, else that of scipy."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from medgraph.queries.planning.silent_stdout import silent_stdout

if TYPE_CHECKING:
    from types import ModuleType

    from medgraph.graphmodel.arrays.types import Floats

_FIRST = (1, 15)  # of highspy: 1.14 returned wrong optima
_SEED = 0
_ERRORS = ("kSolveError", "kPresolveError", "kPostsolveError", "kUnknown")
_OTHER = 4  # of scipy's status: neither an end nor a limit; a limit of nodes is one as well


@dataclass(frozen=True)
class Search:
    """One search: the costs, the rows as a sparse matrix with their bounds, the variables' bounds.

    `whole` is 1 for a variable that is a whole number, `nodes` the most nodes of the tree, `gap`
    the part of the cost by which the bound may stay below it. Whoever sets `stop` ends it.
    """

    costs: Floats
    matrix: Any
    row_least: Floats
    row_most: Floats
    least: Floats
    most: Floats
    whole: Floats
    nodes: int
    gap: float
    presolve: bool = True
    stop: threading.Event = field(default_factory=threading.Event)

    def without_presolve(self) -> Search:
        """Return the same search by another way."""
        return replace(self, presolve=False)

    @property
    def ends_when_told(self) -> bool:
        """Whether the solver hears of `stop`: that of scipy goes on."""
        return highspy_installed() is not None

    def in_parts(self) -> Search:
        """Return the same search where no variable has to be whole."""
        return replace(self, whole=np.zeros_like(self.whole))


class Found(NamedTuple):
    """What the solver says: a solution with its cost, a bound, and how the search ended.

    `failed` is an end in an error, as presolve of highspy 1.16.0 can bring it about.
    """

    values: Floats | None
    cost: float
    bound: float
    optimal: bool
    impossible: bool
    nodes: int = 0
    failed: bool = False


def searched(search: Search) -> Found:
    """Return what HiGHS finds."""
    highspy = highspy_installed()
    return _by_scipy(search) if highspy is None else _by_highspy(highspy, search)


class Series:
    """Searches in parts that follow one another, of the same columns: other bounds, more rows.

    highspy begins each where the one before ended; the solver of scipy begins anew.
    """

    def __init__(self, first: Search) -> None:
        """Take what the first of them would search."""
        self._search = first.in_parts()
        self._solver: Any = None
        self._highspy = highspy_installed()
        if self._highspy is not None:
            self._solver = _solver(self._highspy, self._search)

    def add(self, matrix: Any, least: Floats, most: Floats) -> None:
        """Add rows: their matrix, and their bounds."""
        if self._highspy is not None:
            rows = matrix.tocsr()
            self._solver.addRows(
                len(least), least, most, rows.nnz, rows.indptr, rows.indices, rows.data
            )
            return
        from scipy.sparse import vstack

        before = self._search
        self._search = replace(
            before,
            matrix=vstack([before.matrix, matrix], format="csc"),
            row_least=np.concatenate([before.row_least, least]),
            row_most=np.concatenate([before.row_most, most]),
        )

    def searched(self, least: Floats, most: Floats) -> Found:
        """Return what HiGHS finds between bounds of the columns."""
        with silent_stdout():
            if self._highspy is None:
                return _by_scipy(replace(self._search, least=least, most=most))
            columns = np.arange(len(least), dtype=np.int32)
            self._solver.changeColsBounds(len(columns), columns, least, most)
            return _run(self._highspy, self._solver, self._search)


@cache
def highspy_installed() -> ModuleType | None:
    """Return highspy where a version is installed that can be relied on."""
    try:
        found = version("highspy")
    except PackageNotFoundError:
        return None
    if tuple(int(part) for part in found.split(".")[:2]) < _FIRST:
        return None
    import highspy

    with silent_stdout():  # the first solver of a process prints its banner there
        highspy.Highs()
    module: ModuleType = highspy
    return module


def _by_scipy(search: Search) -> Found:
    from scipy.optimize import Bounds, LinearConstraint, milp

    result = milp(
        search.costs,
        integrality=search.whole.astype(np.int64),
        bounds=Bounds(search.least, search.most),
        constraints=[LinearConstraint(search.matrix, search.row_least, search.row_most)]
        if len(search.row_least)
        else None,
        options={
            "node_limit": search.nodes,
            "mip_rel_gap": search.gap,
            "presolve": search.presolve,
        },
    )
    optimal, impossible = result.status == 0, result.status == 2
    cost = np.inf if result.x is None else float(result.fun)
    bound = result.get("mip_dual_bound")
    if bound is None:  # without whole variables there is no tree, and no bound beside the optimum
        bound = cost if optimal else -np.inf
    nodes = int(result.get("mip_node_count") or 0)
    failed = result.status == _OTHER and nodes < search.nodes
    return Found(result.x, cost, float(bound), optimal, impossible, nodes, failed)


def _by_highspy(highspy: Any, search: Search) -> Found:
    solver = _solver(highspy, search)
    _let_stop(solver, search)
    return _run(highspy, solver, search)


def _solver(highspy: Any, search: Search) -> Any:
    solver = highspy.Highs()
    options = {
        "output_flag": False,
        "threads": 1,
        "random_seed": _SEED,
        "mip_max_nodes": search.nodes,
        "mip_rel_gap": search.gap,
        "presolve": "on" if search.presolve else "off",
    }
    for name, value in options.items():
        solver.setOptionValue(name, value)
    solver.passModel(_model(highspy, search))
    return solver


def _run(highspy: Any, solver: Any, search: Search) -> Found:
    solver.run()
    status, told = solver.getModelStatus(), solver.getInfo()
    optimal = status == highspy.HighsModelStatus.kOptimal
    impossible = status == highspy.HighsModelStatus.kInfeasible
    feasible = told.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    values = np.array(solver.getSolution().col_value) if feasible else None
    cost = float(told.objective_function_value) if feasible else np.inf
    bound = float(told.mip_dual_bound)
    if not search.whole.any():
        bound = cost if optimal else -np.inf
    nodes = max(0, int(told.mip_node_count))
    failed = status.name in _ERRORS
    return Found(values, cost, bound, optimal, impossible, nodes, failed)


def _let_stop(solver: Any, search: Search) -> None:
    def asked(event: Any) -> None:
        if search.stop.is_set():
            event.interrupt()

    solver.cbMipInterrupt += asked


def _model(highspy: Any, search: Search) -> Any:
    model = highspy.HighsLp()
    rows, columns = search.matrix.shape
    model.num_row_, model.num_col_ = rows, columns
    model.col_cost_ = search.costs
    model.col_lower_, model.col_upper_ = search.least, search.most
    model.row_lower_, model.row_upper_ = search.row_least, search.row_most
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.num_row_, model.a_matrix_.num_col_ = rows, columns
    model.a_matrix_.start_ = search.matrix.indptr
    model.a_matrix_.index_ = search.matrix.indices
    model.a_matrix_.value_ = search.matrix.data
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    model.integrality_ = [kinds[int(one)] for one in search.whole]
    return model
