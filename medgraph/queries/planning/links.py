"""Propose the links that mend a network, with what is proven of them, and others as good."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from medgraph.queries.as_listed import told_as_listed
from medgraph.queries.planning.milp import NODES
from medgraph.queries.planning.proposal import Proposal
from medgraph.queries.planning.repair import actions, repaired
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    import pandas as pd

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.planning.repair import Plan

_FURTHER = 3


@dataclass(frozen=True, eq=False)
class LinksProposal(Proposal):
    """New links with their certificate.

    Parameters
    ----------
    plan
        How many `links`, and their `cost` and `km` in all; None where one of them states none.
    next
        The next best sets, each without a link of every set before it: the same of each, its
        `rows` (source, relation, target), and whether it is `proven` to be the next best.

    Examples
    --------
    >>> import medgraph as mg
    >>> mg.propose.links(mg.samples.taizhou(), obligations=("lead",)).plan
    {'links': 0, 'cost': 0, 'km': 0}
    """

    plan: Mapping[str, float | None] = field(default_factory=dict)
    next: tuple[Mapping[str, Any], ...] = ()

    @property
    def in_words(self) -> list[str]:
        """The next best sets of links, a line each."""
        return [_in_words(one) for one in self.next]

    def about(self) -> dict[str, Any]:
        """Return the proposal as plain values without its rows.

        Examples
        --------
        >>> import medgraph as mg
        >>> mg.propose.links(mg.samples.taizhou(), obligations=("lead",)).to_dict()["next"]
        []
        """
        return {**super().about(), "plan": dict(self.plan), "next": list(self.next)}


@told_as_listed
def links(
    net: MedicalNetwork,
    *,
    obligations: tuple[str, ...] = (),
    candidates: pd.DataFrame | None = None,
    minimise: str = "links",
    within_km: float | None = None,
    capacity: int | None = None,
    nodes: int = NODES,
    further: int = _FURTHER,
    as_of: datetime.date | str | None = None,
) -> LinksProposal:
    """Propose the smallest or cheapest set of new links that makes these obligations met.

    Parameters
    ----------
    net
        The network.
    obligations
        Columns of `sharing.matrix`; none: all.
    candidates
        The links that may be added; see `resilience.repair`.
    minimise
        `links` (fewest, then shortest), `cost` (the column `cost`) or `km`.
    within_km
        Leave out candidates that are farther; those of unknown distance stay.
    capacity
        The most new links of one relation that one provider takes, where a candidate does not say.
    nodes
        After how many nodes of its tree each search of the solver ends: the same on every machine.
    further
        How many further sets of links are looked for that meet as much.
    as_of
        The day; default: the data day.

    Returns
    -------
    LinksProposal
        The rows of `resilience.repair`, the links as `changes`, and whether the optimum is proven.

    Raises
    ------
    OptionError
        A word that is no obligation or objective, or a candidate without the cost that is
        minimised.

    Examples
    --------
    >>> import medgraph as mg
    >>> mg.propose.links(mg.samples.taizhou(), obligations=("lead",)).share
    Share(met=0, total=0, unit='cells')
    """
    answer, plan, others = repaired(
        net,
        "propose.links",
        obligations=obligations,
        candidates=candidates,
        minimise=minimise,
        within_km=within_km,
        capacity=capacity,
        nodes=nodes,
        as_of=as_of,
        further=further,
    )
    return LinksProposal.of(
        answer,
        changes=tuple(actions(answer)),
        is_found=not plan.left,
        proven=plan.proven,
        plan=_comes_to(plan),
        next=tuple(_plain(net, one) for one in others),
    )


def _comes_to(plan: Plan) -> dict[str, float | None]:
    costs, ways = ([getattr(one, name) for one in plan.served] for name in ("cost", "km"))
    return {
        "links": len(plan.served),
        "cost": None if None in costs else sum(costs),
        "km": None if None in ways else sum(ways),
    }


def _plain(net: MedicalNetwork, plan: Plan) -> dict[str, Any]:
    rows = [
        {
            "source": net.index.ids[one.source].as_py(),
            "relation": one.relation,
            "target": net.index.ids[one.target].as_py(),
        }
        for one in plan.served
    ]
    return {"plan": _comes_to(plan), "proven": plan.proven, "rows": rows}


def _in_words(further: Mapping[str, Any]) -> str:
    plan = further["plan"]
    rows = say("list_comma").join(
        f"{row['source']} {row['relation']} {row['target']}" for row in further["rows"]
    )
    proof = say("regroup.is_proven" if further["proven"] else "regroup.is_open")
    said = [say("links.count", links=plan["links"])]
    said += [say(f"links.{name}", sum=f"{plan[name]:g}") for name in ("cost", "km") if plan[name]]
    return say("links.next", proof=proof, about=say("comma").join(said), rows=rows)
