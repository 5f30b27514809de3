"""Place as many patients as fit, at the least cost, along legal links (minimum-cost flow)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Csr, Floats, Mask, Positions
    from medgraph.queries.referrals.legs import Legs

_TINY = 1e-6  # below this a flow is rounding


@dataclass(frozen=True)
class Placement:
    """Hold how many patients each hospital is given, and how many fit nowhere.

    `limits` is a mask over hospitals: the full ones that the unplaced are confined to (the cut).
    """

    taken: Floats
    limits: Mask
    unplaced: float


def place(
    legs: Legs, start: Positions, patients: Floats, hospital: Positions, room: Floats
) -> Placement:
    """Return the plan that places most patients, and among those plans the cheapest.

    `patients` start from the positions `start`, `room` is how many each hospital takes. A link
    without minutes costs the mean of the others, 1 where none are stated.
    """
    if not len(start) or not len(hospital):
        none = np.zeros(len(hospital))
        return Placement(none, none.astype(bool), float(patients.sum()))
    nodes = np.unique(np.concatenate([legs.lower, legs.upper, start, hospital]))
    network = _Flows(
        lower=np.searchsorted(nodes, legs.lower),
        upper=np.searchsorted(nodes, legs.upper),
        cost=_costs(legs.minutes),
        given=sums_at(np.searchsorted(nodes, start), patients, len(nodes)),
        hospital=np.searchsorted(nodes, hospital),
        room=room,
    )
    along, taken, left = network.solve()
    full = taken >= room - _TINY
    return Placement(taken, network.confined(along, left) & full, float(left.sum()))


def sums_at(places: Positions, amounts: Floats, size: int) -> Floats:
    """The sum of the amounts at each of `size` places."""
    return np.bincount(places, amounts, minlength=size).astype(np.float64, copy=False)


def _costs(minutes: Floats) -> Floats:
    stated = np.isfinite(minutes)
    mean = np.nanmean(minutes) if stated.any() else 1.0
    return np.where(stated, minutes, mean)


@dataclass(frozen=True)
class _Flows:
    """Patients `given` at each node, links with a `cost` each, and hospitals with `room`."""

    lower: Positions
    upper: Positions
    cost: Floats
    given: Floats
    hospital: Positions
    room: Floats

    def solve(self) -> tuple[Floats, Floats, Floats]:
        """Return the flow along each link, into each hospital, and left at each node.

        A linear programme: what is given to a node leaves it along a link, stays in a hospital, or
        is left there at a cost above that of every path.
        """
        from scipy import optimize

        links, hospitals, size = len(self.lower), len(self.hospital), len(self.given)
        dear = (self.cost.sum() + 1.0) * 2
        least = np.zeros(links + hospitals + size)
        greatest = np.concatenate([np.full(links, np.inf), self.room, self.given])
        solve: Any = optimize.linprog
        solved = solve(
            np.concatenate([self.cost, np.zeros(hospitals), np.full(size, dear)]),
            A_eq=self._balance(),
            b_eq=self.given,
            bounds=np.column_stack([least, greatest]),
            method="highs",
        )
        along, taken, left = np.split(solved.x, [links, links + hospitals])
        return along, taken, left

    def _balance(self) -> Any:
        """What leaves each node, less what comes in: a row per node, a column per variable."""
        from scipy import sparse

        size = len(self.given)
        leaves, enters = _incidence(self.lower, size), _incidence(self.upper, size)
        stays = _incidence(self.hospital, size)
        return sparse.hstack([leaves - enters, stays, sparse.eye_array(size)]).tocsr()

    def confined(self, along: Floats, left: Floats) -> Mask:
        """Return which hospitals the unplaced can still get to: forward, or back along used links.

        They are searched from one more node, which leads to every node where somebody is left.
        """
        from scipy import sparse
        from scipy.sparse import csgraph

        size = len(self.given)
        used = along > _TINY
        stuck = np.flatnonzero(left > _TINY)
        beginning = np.full(len(stuck), size)
        tail = np.concatenate([self.lower, self.upper[used], beginning])
        head = np.concatenate([self.upper, self.lower[used], stuck])
        shape = (size + 1, size + 1)
        graph: Csr = sparse.coo_array((np.ones(len(tail)), (tail, head)), shape=shape).tocsr()
        reached = csgraph.breadth_first_order(graph, size, return_predecessors=False)
        return np.isin(self.hospital, reached)


def _incidence(ends: Positions, size: int) -> Any:
    """The matrix of nodes by columns: 1 where a column ends at a node."""
    from scipy import sparse

    count = len(ends)
    return sparse.coo_array((np.ones(count), (ends, np.arange(count))), shape=(size, count))
