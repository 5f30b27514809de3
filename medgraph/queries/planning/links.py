"""Propose the links that mend a network: `resilience.repair` as a proposal with its certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.queries.as_listed import told_as_listed
from medgraph.queries.planning.proposal import Proposal
from medgraph.queries.resilience.repair import actions, repaired

if TYPE_CHECKING:
    import datetime

    import pandas as pd

    from medgraph.graphmodel.network import MedicalNetwork


@told_as_listed
def links(
    net: MedicalNetwork,
    *,
    obligations: tuple[str, ...] = (),
    candidates: pd.DataFrame | None = None,
    minimise: str = "links",
    within_km: float | None = None,
    capacity: int | None = None,
    seconds: float = 60.0,
    as_of: datetime.date | str | None = None,
) -> Proposal:
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
    seconds
        Time for the solver.
    as_of
        The day; default: the data day.

    Returns
    -------
    Proposal
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
    answer, plan = repaired(
        net,
        "propose.links",
        obligations=obligations,
        candidates=candidates,
        minimise=minimise,
        within_km=within_km,
        capacity=capacity,
        seconds=seconds,
        as_of=as_of,
    )
    is_found = not plan.impossible
    changes = tuple(actions(answer))
    return Proposal.of(answer, changes=changes, is_found=is_found, proven=plan.proven)
