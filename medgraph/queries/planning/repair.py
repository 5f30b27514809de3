"""The smallest or cheapest set of new links that makes obligations met, as ordered actions.

A cell of the obligation matrix can be met in several ways, and a way may need more than one new
link (a host for the centre, and its use). Choosing links so that every cell has a way is a
mixed-integer programme, solved by HiGHS in scipy; its optimum is proven, or the remaining gap is
stated.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from medgraph.errors import OptionError
from medgraph.graphmodel.arrays.joins import grouped
from medgraph.graphmodel.changes import Link
from medgraph.graphmodel.day import Day
from medgraph.queries.answers import answer, define, frame_of, one_of, undeclared
from medgraph.queries.as_listed import told_as_listed
from medgraph.queries.planning.candidates import (
    Candidate,
    perhaps,
    proposed,
    stated,
    surely,
)
from medgraph.queries.planning.milp import NODES, Programme
from medgraph.queries.planning.remedies import Remedies
from medgraph.queries.planning.stated_numbers import at_least
from medgraph.queries.sharing.obligations import (
    CENTRE_KINDS,
    MET,
    RELATIONS_OF,
    UNSURE,
    cells_of,
    one_of_obligations,
    reasons,
)
from medgraph.queries.subjects import Subjects
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping, Sequence

    from medgraph.graphmodel.arrays.types import Floats, Positions
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.planning.candidates import Among
    from medgraph.queries.planning.milp import Solution
    from medgraph.queries.planning.remedies import Remedy
    from medgraph.queries.results import Answer

# A cell of the obligation matrix: the position of its facility, and the obligation.
Cell: TypeAlias = tuple[int, str]
_AT_ONCE = 2_000  # remedies in one programme; more are solved part by part
_FIRST = ("LEADS", "MEMBER_OF", "HOSTS_CENTRE")
# Where those stand who meet an obligation, other than facilities.
_PROVIDERS = {"lead": ("groups",), **dict.fromkeys(CENTRE_KINDS, ("centres",)), "team": ("teams",)}


@told_as_listed
def repair(
    net: MedicalNetwork,
    *,
    obligations: tuple[str, ...] = (),
    candidates: pd.DataFrame | None = None,
    minimise: str = "links",
    within_km: float | None = None,
    capacity: int | None = None,
    nodes: int = NODES,
    as_of: datetime.date | str | None = None,
) -> Answer:
    """Find the smallest or cheapest set of new links that makes these obligations met everywhere.

    Parameters
    ----------
    net
        The network.
    obligations
        Columns of `sharing.matrix`; none: all. A cell without data is `unknown`: nothing is
        proposed for it, as it may be met already.
    candidates
        The links that may be added: a frame with `source`, `relation`, `target`, and, where known,
        `cost`, `km`, `capacity` (the most new links that the provider takes), `specialty`, `title`,
        `minutes`. Without it, links within the county are proposed, to hospitals, leads and hosts
        at work, with straight-line km; those of its own group come first.
    minimise
        `links` (fewest, then shortest), `cost` (the column `cost`) or `km`.
    within_km
        Leave out candidates that are farther; those of unknown distance stay.
    capacity
        The most new links of one relation that one provider takes, where a candidate does not say.
    nodes
        After how many nodes of its tree each search of the solver ends: the same on every machine.
    as_of
        The day; default: the data day.

    Returns
    -------
    Answer
        A row per action in the order in which to take them: `step`, `source`, `source_name`,
        `relation`, `target`, `target_name`, `km`, `cost`, `title`, `specialty`, `meets` (the cells
        that need it), `status` action; and a row per cell that no candidate can meet, `status`
        impossible with `obligation` and `reason`. The share is that of unmet cells that become met;
        `unknown` names the cells that may be met already, those that only who may be a centre of
        the kind, a hospital or at work could meet, and those that a search left open.
        Notes state whether the optimum is proven, or the gap. `actions(answer)` gives the changes
        for `net.applying`.

    Raises
    ------
    OptionError
        A word that is no obligation or objective, or a candidate without the cost that is
        minimised.

    Examples
    --------
    >>> import medgraph as mg
    >>> net = mg.samples.taizhou()
    >>> answer = mg.resilience.repair(net, obligations=("lead",))
    >>> answer.frame.empty, answer.judged
    (True, 0)
    """
    answer, _, _ = repaired(
        net,
        "resilience.repair",
        obligations=obligations,
        candidates=candidates,
        minimise=minimise,
        within_km=within_km,
        capacity=capacity,
        nodes=nodes,
        as_of=as_of,
    )
    return answer


def repaired(
    net: MedicalNetwork,
    query: str,
    *,
    obligations: tuple[str, ...],
    candidates: pd.DataFrame | None,
    minimise: str,
    within_km: float | None,
    capacity: int | None,
    nodes: int,
    as_of: datetime.date | str | None,
    further: int = 0,
) -> tuple[Answer, Plan, list[Plan]]:
    """Return the answer of `repair` under the name of a query, the plan that it tells, and others.

    `further` is how many other plans are looked for that meet as many cells.
    """
    one_of("minimise", minimise, ("links", "cost", "km"))
    at_least(0, within_km=within_km, further=further)
    at_least(1, capacity=capacity, nodes=nodes)
    day = Day(net, as_of)
    cells = _Cells(day, one_of_obligations(obligations))
    unmet = cells.unmet

    def programme_of(among: Among) -> _Programme:
        offered = proposed(day, unmet, among) if candidates is None else stated(day, candidates)
        if within_km is not None:
            offered = [one for one in offered if one.km is None or one.km <= within_km]
        remedies = Remedies(day, offered, among)
        ways = [
            (cell, remedy)
            for cell, (facility, obligation) in enumerate(unmet)
            for remedy in remedies.of(facility, obligation)
        ]
        return _Programme(offered, unmet, ways, minimise, capacity)

    programme = programme_of(surely)
    plan = programme.solved(nodes)
    # Who may be a centre of the kind, a hospital, or at work, could do what no other can.
    best = programme_of(perhaps).solved(nodes) if plan.impossible else plan
    impossible = [cell for cell in plan.impossible if cell in best.impossible]
    unsure = [cell for cell in plan.impossible if cell not in best.impossible]
    doubts = Counter(lists for _, duty in impossible if (lists := _open_lists(day, duty)))
    left = {
        "repair_provider_unsure": unsure,
        "repair_undecided": plan.undecided,
    }
    rows = [*_actions(day, plan), *_impossible(day, impossible)]
    definition = define(day, "repair_numerator", "repair_denominator", "cells")
    told = answer(
        day,
        query,
        definition,
        frame_of(rows, ("step", "source", "status", "reason")),
        judged=len(unmet) - len(unsure) - len(plan.undecided),
        met=len(unmet) - len(plan.left),
        unknown=_unknown(day, left),
        perhaps=cells.perhaps,
        lists=("facilities",),
        may_be_met=doubts.total(),
        doubts=doubts.most_common(),
        notes=(plan.proof,),
    )
    return told, plan, programme.others(plan, further, nodes)


def actions(answer: Answer) -> list[Link]:
    """Return the actions of `repair` as changes, valid from the day of the answer.

    Examples
    --------
    >>> import medgraph as mg
    >>> net = mg.samples.taizhou()
    >>> mg.resilience.actions(mg.resilience.repair(net, obligations=("lead",)))
    []
    """
    taken = answer.frame[answer.frame["status"] == "action"]
    return [_change(row, answer.as_of) for row in taken.to_dict("records")]


def _change(row: dict[Any, Any], on: datetime.date) -> Link:
    values = {name: row[name] for name in ("title", "specialty") if isinstance(row.get(name), str)}
    return Link(row["source"], row["relation"], row["target"], on, values)


class _Cells:
    """The cells of the matrix: those surely not met, and those that may be."""

    def __init__(self, day: Day, wanted: Sequence[str]) -> None:
        self.asked = Subjects(day, day.primary)
        subjects = self.asked.positions
        self._columns = {name: cells_of(day, name, subjects) for name in wanted}

    @property
    def unmet(self) -> list[Cell]:
        """The cells that are not met, whatever is not known."""
        return [
            (facility, obligation)
            for obligation, column in self._columns.items()
            for facility in self.asked.positions[
                (column.state != MET) & (column.state != UNSURE)
            ].tolist()
        ]

    @property
    def perhaps(self) -> pd.DataFrame:
        """The rows of the cells that may be met, or may not be asked about."""
        day = self.asked.day
        rows = []
        for obligation, column in self._columns.items():
            unsure = column.where(column.state == UNSURE)
            facilities = self.asked.positions[column.state == UNSURE]
            told = {
                "facility": day.ids(facilities),
                "name": day.names(facilities),
                "obligation": obligation,
                "status": "unknown",
                "reason": reasons(day, obligation, unsure),
            }
            rows += [frame_of(told), self.asked.perhaps.assign(obligation=obligation)]
        return pd.concat(rows, ignore_index=True)


@dataclass(frozen=True)
class Plan:
    """What the solver chose: which candidates for which cells, and the proof.

    Of the cells left unmet, the `impossible` are so for certain; of the `undecided` nobody knows,
    as the search ended before.
    """

    served: dict[Candidate, list[Cell]]
    impossible: list[Cell]
    undecided: list[Cell]
    proof: str
    proven: bool = False

    @property
    def left(self) -> list[Cell]:
        """The cells left unmet."""
        return [*self.impossible, *self.undecided]


class _Programme:
    """Minimise cost and unmet cells, so that every cell has an open remedy or is unmet.

    Variables, in this order: one for each candidate, remedy and cell. A remedy is open where all
    its links are chosen; no provider gives more than it can.
    """

    def __init__(
        self,
        offered: Sequence[Candidate],
        unmet: list[Cell],
        remedies: Sequence[tuple[int, Remedy]],
        minimise: str,
        capacity: int | None,
        costs: Floats | None = None,
    ) -> None:
        self.offered = offered
        self.unmet = unmet
        self.remedies = remedies
        self.minimise = minimise
        self.capacity = capacity
        self._given_costs = costs

    @cached_property
    def costs(self) -> Floats:
        """What each candidate costs; of equally many links, the shorter ones come first."""
        if self._given_costs is not None:
            return self._given_costs
        if self.minimise == "links":
            km = np.array([(one.km or 0.0) + one.aside for one in self.offered])
            cost: Floats = 1 + km / (2 * (km.sum() + 1))
            return cost
        given = [getattr(one, self.minimise) for one in self.offered]
        if any(cost is None or not cost > 0 for cost in given):
            raise OptionError(say("repair_no_cost", column=self.minimise))
        return np.array(given, float)

    def solved(self, nodes: int, others: Sequence[Plan] = ()) -> Plan:
        """Return the plan that so many nodes of each search find, which holds none of `others`.

        A plan that holds all links of another one is no better than that.
        """
        if not self.unmet:
            return Plan({}, [], [], say("repair_nothing"), proven=True)
        parts: list[tuple[Positions, _Programme]] = [(np.arange(len(self.offered)), self)]
        if not others and len(self.remedies) > _AT_ONCE:
            parts = self._parts()
        found = [part._minimised(others, nodes) for _, part in parts]
        chosen: set[int] = set()
        for (numbers, _), one in zip(parts, found, strict=True):
            if one.values is None:
                continue
            chosen.update(numbers[np.flatnonzero(one.values[: len(numbers)])].tolist())
        cost, bound = sum(one.cost for one in found), sum(one.bound for one in found)
        gap = (cost - bound) / max(abs(cost), 1e-12)
        proven = all(one.proven for one in found)
        proof = say("repair_proven" if proven else "repair_gap", gap=f"{gap:.2%}")
        if any(one.values is None for one in found):
            proof = say("repair_no_plan", nodes=nodes)
        return self._plan(chosen, proof, proven=proven)

    def _minimised(self, others: Sequence[Plan], nodes: int) -> Solution:
        """Return the cheapest choice of candidates, remedies and cells left unmet."""
        programme = self._programme(others)
        penalty = self.costs.sum() + 1  # to meet a cell is worth more than all links together
        nothing = np.zeros(len(self.remedies))
        costs = np.concatenate([self.costs, nothing, np.full(len(self.unmet), penalty)])
        return programme.minimised(costs, nodes=nodes, gap=1e-9)

    def _parts(self) -> list[tuple[Positions, _Programme]]:
        """Return the programmes that have nothing in common, with the numbers of their candidates.

        The best of each is the best of the whole: a remedy joins its cell with its links, a
        provider that cannot give all of them joins its candidates. Small ones are solved together;
        cells without a remedy are left out.
        """
        links = np.array([link for _, remedy in self.remedies for link in sorted(remedy)], int)
        sizes = [len(remedy) for _, remedy in self.remedies]
        cells = np.repeat([cell for cell, _ in self.remedies], sizes)
        limited = [members for members, _ in self._limited()]
        firsts = np.repeat([members[0] for members in limited], [*map(len, limited)])
        label = _connected(
            np.concatenate([cells + len(self.offered), firsts.astype(int)]),
            np.concatenate([links, *limited]).astype(int),
            len(self.offered) + len(self.unmet),
        )
        of_link, of_cell = label[: len(self.offered)], label[len(self.offered) :]
        count = np.bincount(of_cell[[cell for cell, _ in self.remedies]], minlength=len(label))
        part = np.where(count > 0, np.cumsum(count) // _AT_ONCE, -1)
        remedies: dict[int, list[tuple[int, Remedy]]] = {}
        for cell, remedy in self.remedies:
            remedies.setdefault(int(part[of_cell[cell]]), []).append((cell, remedy))
        offsets, numbers = grouped(part[of_link], np.array([*remedies]))
        return [
            (numbers[begin:end], self._part(numbers[begin:end], mine))
            for begin, end, mine in zip(offsets, offsets[1:], remedies.values(), strict=False)
        ]

    def _part(self, numbers: Positions, remedies: Sequence[tuple[int, Remedy]]) -> _Programme:
        """Return the programme of these candidates and remedies; each link costs what it did."""
        place = {number: at for at, number in enumerate(numbers.tolist())}
        row = {cell: at for at, cell in enumerate(dict.fromkeys(cell for cell, _ in remedies))}
        return _Programme(
            [self.offered[number] for number in place],
            [self.unmet[cell] for cell in row],
            [(row[cell], frozenset(place[link] for link in remedy)) for cell, remedy in remedies],
            self.minimise,
            self.capacity,
            self.costs[numbers],
        )

    def others(self, best: Plan, count: int, nodes: int) -> list[Plan]:
        """Return the next best plans that meet as many cells as the best one."""
        plans = [best]
        while len(plans) <= count and plans[-1].served:
            found = self.solved(nodes, plans)
            if len(found.left) > len(best.left):
                break
            plans.append(found)
        return plans[1:]

    def _programme(self, others: Sequence[Plan]) -> Programme:
        """Each cell has an open remedy or is unmet; no provider gives more than it can."""
        programme = Programme()
        links = programme.variables(len(self.offered)).tolist()
        remedies = programme.variables(len(self.remedies), whole=False).tolist()
        cells = programme.variables(len(self.unmet)).tolist()
        of_cell: list[list[int]] = [[] for _ in cells]
        for opened, (cell, remedy) in zip(remedies, self.remedies, strict=True):
            of_cell[cell].append(opened)
            for link in remedy:
                programme.row([links[link], opened], [1, -1], least=0)
        for unmet, opened in zip(cells, of_cell, strict=True):
            programme.row([unmet, *opened], least=1)
        for members, most in self._limited():
            programme.row([links[member] for member in members], most=most)
        number = {one: at for at, one in enumerate(self.offered)}
        for other in others:
            held = [links[number[one]] for one in other.served]
            programme.row(held, most=len(held) - 1)
        return programme

    def _limited(self) -> list[tuple[list[int], int]]:
        """Return the candidates of each provider and relation that offers more than it can give."""
        by_provider: dict[tuple[int, str], list[int]] = {}
        for number, one in enumerate(self.offered):
            by_provider.setdefault((one.provider, one.relation), []).append(number)
        limited = []
        for members in by_provider.values():
            capacities = [self.offered[number].capacity for number in members]
            own = [capacity for capacity in capacities if capacity is not None]
            most = min(own) if own else self.capacity
            if most is not None and len(members) > most:
                limited.append((members, most))
        return limited

    def _plan(self, chosen: set[int], proof: str, *, proven: bool) -> Plan:
        served: dict[Candidate, list[Cell]] = {self.offered[one]: [] for one in sorted(chosen)}
        met: set[int] = set()
        for cell, remedy in self.remedies:
            if remedy <= chosen and cell not in met:
                met.add(cell)
                for link in remedy:
                    served[self.offered[link]].append(self.unmet[cell])
        left = [cell for cell in range(len(self.unmet)) if cell not in met]
        with_a_way = set() if proven else {cell for cell, _ in self.remedies}
        impossible = [self.unmet[cell] for cell in left if cell not in with_a_way]
        undecided = [self.unmet[cell] for cell in left if cell in with_a_way]
        return Plan(served, impossible, undecided, proof, proven)


def _connected(one: Positions, other: Positions, size: int) -> Positions:
    """Return for each of `size` things the number of those that pairs join it with."""
    pairs = coo_array((np.ones(len(one), np.int8), (one, other)), shape=(size, size))
    label: Positions = connected_components(pairs, directed=False)[1]
    return label


# -- rows ----------------------------------------------------------------------------------------


def _actions(day: Day, plan: Plan) -> list[dict[str, Any]]:
    """Return one row for each link chosen: first what others stand on, then what helps most."""

    def rank(one: Candidate) -> tuple[bool, int, tuple[int, str, int]]:
        return one.relation not in _FIRST, -len(plan.served[one]), one.key

    return [
        {
            "step": step,
            "source": day.id(one.source),
            "source_name": day.name(one.source),
            "relation": one.relation,
            "target": day.id(one.target),
            "target_name": day.name(one.target),
            "km": one.km,
            "cost": one.cost,
            "title": one.title,
            "specialty": one.specialty,
            "meets": "; ".join(f"{day.id(at)}:{duty}" for at, duty in plan.served[one]),
            "obligation": None,
            "status": "action",
            "reason": "",
        }
        for step, one in enumerate(sorted(plan.served, key=rank), 1)
    ]


def _impossible(day: Day, cells: Sequence[Cell]) -> list[dict[str, Any]]:
    """Return a row for each cell that nothing can meet."""
    nothing = dict.fromkeys(("target", "target_name", "km", "cost", "title", "specialty"))
    return [
        {
            "step": None,
            "source": day.id(facility),
            "source_name": day.name(facility),
            "relation": RELATIONS_OF[obligation][0],
            **nothing,
            "meets": "",
            "obligation": obligation,
            "status": "impossible",
            "reason": say("repair_impossible"),
        }
        for facility, obligation in cells
    ]


def _unknown(day: Day, cells: Mapping[str, Sequence[Cell]]) -> pd.DataFrame:
    """Return a row for each cell of which nobody knows whether it can be met, by the reason."""
    rows = [
        {
            "facility": day.id(facility),
            "name": day.name(facility),
            "obligation": obligation,
            "status": "unknown",
            "reason": say(reason),
        }
        for reason, of_reason in cells.items()
        for facility, obligation in of_reason
    ]
    return frame_of(rows, ())


def _open_lists(day: Day, obligation: str) -> str:
    """Return the lists that may leave out who could meet an obligation; empty: all are whole."""
    providers = _PROVIDERS.get(obligation, ())
    links = [f"links.{relation}" for relation in RELATIONS_OF[obligation]]
    return undeclared(day, *providers, *links)
