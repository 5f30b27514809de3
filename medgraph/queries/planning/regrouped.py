"""What `regroup` returns: a plan with its certificate, further plans, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from medgraph.queries.planning.effects import COLUMNS, effects
from medgraph.queries.planning.proposal import Proposal
from medgraph.queries.results import records

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from medgraph.graphmodel.network import MedicalNetwork

FRONT_COLUMNS = ("limit", "value", "moves", "bound", "person_minutes", "deviation", "proven")


@dataclass(frozen=True, eq=False)
class FurtherPlan:
    """Another plan: what it comes to, its rows, and whether it is proven to be the next best.

    Parameters
    ----------
    plan
        Its moves, person-minutes and deviation.
    frame
        Its rows.
    proven
        Whether no plan that differs by two areas from those before is better.
    """

    plan: Mapping[str, float | int | None]
    frame: pd.DataFrame
    proven: bool

    def to_dict(self) -> dict[str, Any]:
        """Return the plan as plain values."""
        rows = records(self.frame[["area", "name", "from", "to"]])
        return {"plan": dict(self.plan), "proven": self.proven, "rows": rows}


@dataclass(frozen=True, eq=False)
class Regrouping(Proposal):
    """A regrouping with its certificate.

    Parameters
    ----------
    plan
        What the plan comes to: `moves`, `person_minutes`, `deviation` (of the group farthest from
        the mean, in parts of it); None where there is no plan.
    bound
        What no plan is below, in the same words, as far as it is proven.
    next
        The next best plans, each differing by two areas or more from all before it.
    infeasible
        Where there is no plan: `groups` (of a group that cannot keep the tolerance its `least` and
        `greatest` sum), `tolerance` (the smallest that all else allows), `relax` (limits each of
        which alone would have to go), `conflict` (limits that conflict), `minimal`.
    broken
        Of an assignment of one's own: the limits that it breaks.
    optimum
        Of an assignment of one's own: what the best plan comes to.
    front
        A row for each tolerance, or limit of minutes, that was tried.
    network
        The network that the plan is for.
    packs
        The policy packs by which `effects` judges.

    Examples
    --------
    >>> import medgraph as mg
    >>> mg.propose.regroup(mg.samples.taizhou()).plan
    {'moves': 0, 'person_minutes': None, 'deviation': None}
    """

    plan: Mapping[str, float | int | None] | None = None
    bound: Mapping[str, float | int | None] = field(default_factory=dict)
    next: tuple[FurtherPlan, ...] = ()
    infeasible: Mapping[str, Any] | None = None
    broken: tuple[str, ...] = ()
    optimum: Mapping[str, float | int | None] | None = None
    front: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(FRONT_COLUMNS)))
    network: MedicalNetwork | None = None
    packs: Sequence[Any] = ()

    @cached_property
    def effects(self) -> pd.DataFrame:
        """What the plan does to coverage, referrals and verdicts, before and after.

        It is worked out when it is first read. No row where there is nothing to change.
        """
        if self.network is None or not self.changes:
            return pd.DataFrame(columns=list(COLUMNS))
        after = self.network.applying(self.changes)
        return effects(self.network, after, packs=self.packs, as_of=self.as_of)

    def about(self) -> dict[str, Any]:
        """Return the regrouping as plain values without its rows.

        Examples
        --------
        >>> import medgraph as mg
        >>> mg.propose.regroup(mg.samples.taizhou()).to_dict()["bound"]["moves"]
        0
        """
        plain = super().about()
        plain["plan"] = None if self.plan is None else dict(self.plan)
        plain["bound"] = dict(self.bound)
        plain["next"] = [one.to_dict() for one in self.next]
        plain["infeasible"] = self.infeasible
        plain["effects"] = records(self.effects)
        if len(self.front):
            plain["front"] = records(self.front)
        if self.optimum is not None:
            plain["broken"] = list(self.broken)
            plain["optimum"] = dict(self.optimum)
        return plain
