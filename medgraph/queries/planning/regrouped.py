"""What `regroup` returns: a plan with its certificate, further plans, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from medgraph.queries.planning.effects import COLUMNS, effects
from medgraph.queries.planning.proposal import Proposal
from medgraph.queries.results import records
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.planning.verdict_changes import Changed

FRONT_COLUMNS = (
    "limit",
    "value",
    "moves",
    "bound",
    "person_minutes",
    "deviation",
    "proven",
    "worse",
)


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
    worse
        The verdicts that it makes worse; some only where no plan was found that makes none worse.
    """

    plan: Mapping[str, float | int | None]
    frame: pd.DataFrame
    proven: bool
    worse: tuple[Changed, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the plan as plain values."""
        rows = records(self.frame[["area", "name", "from", "to"]])
        worse = [one.to_dict() for one in self.worse]
        return {"plan": dict(self.plan), "proven": self.proven, "rows": rows, "worse": worse}


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
        A row for each tolerance, or limit of minutes, that was tried; `worse` counts the verdicts
        that its plan makes worse.
    verdicts
        What is proven of the verdicts of the packs: whether the plan makes none worse (`kept`),
        whether that, or that every plan makes one worse, is proven (`proven`), how many plans were
        `refused` for it and for which `rules`, and those that get `worse`.
    changed
        The verdicts that the plan changes, where it was judged.
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
    verdicts: Mapping[str, Any] = field(default_factory=dict)
    changed: tuple[Changed, ...] | None = None

    @cached_property
    def effects(self) -> pd.DataFrame:
        """What the plan does to coverage, referrals and verdicts, before and after.

        It is worked out when it is first read. No row where there is nothing to change.
        """
        if self.network is None or not self.changes:
            return pd.DataFrame(columns=list(COLUMNS))
        after = self.network.applying(self.changes)
        return effects(
            self.network, after, packs=self.packs, as_of=self.as_of, changed=self.changed
        )

    @property
    def in_words(self) -> list[str]:
        """The plan and what it does, the next plans, and the front, a line each."""
        return [
            *self._plan_in_words(),
            *self._effects_in_words(),
            *map(_next_in_words, self.next),
            *map(_step_in_words, records(self.front)),
        ]

    def _plan_in_words(self) -> list[str]:
        return (
            [] if self.plan is None else [say("regroup.plan", about=measures_in_words(self.plan))]
        )

    def _effects_in_words(self) -> list[str]:
        if not len(self.effects):
            return []
        rows = records(self.effects)
        said = [
            say(
                "regroup.effect",
                what=say(f"answer.{row['what']}"),
                before=row["before"],
                after=row["after"],
            )
            for row in rows
            if row["what"] != "verdict"
        ]
        for status in ("worse", "better"):
            changed = [row for row in rows if row["status"] == status]
            if changed:
                said.append(say(f"regroup.{status}", count=len(changed)))
            said += [f"  {row['subject']}: {row['before']} → {row['after']}" for row in changed]
        is_worse = any(row["status"] == "worse" for row in rows)
        return said if is_worse else [*said, say("regroup.no_verdict")]

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
        plain["verdicts"] = dict(self.verdicts)
        if len(self.front):
            plain["front"] = records(self.front)
        if self.optimum is not None:
            plain["broken"] = list(self.broken)
            plain["optimum"] = dict(self.optimum)
        return plain


def measures_in_words(plan: Mapping[str, float | int | None]) -> str:
    """Return what a plan comes to as one text."""
    said = [say("regroup.moves", moves=plan["moves"])]
    if plan["person_minutes"] is not None:
        said.append(say("regroup.plan_minutes", minutes=f"{plan['person_minutes']:,.0f}"))
    if plan["deviation"] is not None:
        said.append(say("regroup.plan_deviation", deviation=f"{plan['deviation']:.1%}"))
    return say("comma").join(said)


def changes_in_words(changed: Sequence[Changed]) -> str:
    """Return verdicts that change as one text."""
    return say("list_comma").join(
        f"{'/'.join(one.finding)} {one.before} → {one.after}" for one in changed
    )


def _next_in_words(further: FurtherPlan) -> str:
    rows = [
        say("regroup.row", name=row["name"], before=row["from"], after=row["to"])
        for row in records(further.frame)
    ]
    about, proof = measures_in_words(further.plan), _proof(further.proven)
    said = say("regroup.next", proof=proof, about=about, rows=say("list_comma").join(rows))
    if not further.worse:
        return said
    told = {"count": len(further.worse), "verdicts": changes_in_words(further.worse)}
    return say("regroup.next_worse", plan=said, **told)


def _step_in_words(row: Mapping[str, Any]) -> str:
    limit, value = say(f"front.limit.{row['limit']}"), f"{row['value']:g}"
    proof = _proof(row["proven"])
    if row["moves"] is None:
        return say("regroup.front_none", limit=limit, value=value, proof=proof)
    counts = {"moves": int(row["moves"]), "bound": int(row["bound"])}
    said = say("regroup.front_step", limit=limit, value=value, proof=proof, **counts)
    return say("regroup.front_worse", step=said, count=row["worse"]) if row["worse"] else said


def _proof(proven: bool) -> str:
    return say("regroup.is_proven" if proven else "regroup.is_open")
