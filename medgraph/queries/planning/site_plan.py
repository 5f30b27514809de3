"""What `propose sites` returns: the sites, what they are worth, who is served and who is not."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from medgraph.queries.planning.proposal import Proposal
from medgraph.queries.results import records

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Sums:
    """People of the areas judged, in three sums that exclude one another.

    Parameters
    ----------
    served
        Those who have a site in reach that can serve them.
    without_capacity
        Those who have a site in reach, but all such sites are full.
    out_of_reach
        Those who have none in reach.
    total
        All of them.
    """

    served: float
    without_capacity: float
    out_of_reach: float
    total: float


@dataclass(frozen=True, eq=False)
class SitePlan(Proposal):
    """A proposal of sites.

    Parameters
    ----------
    model
        What was made least or greatest: lscp, mclp, p-median or p-centre.
    value
        How much that is: sites (or their cost), people, person-minutes or minutes; None: no plan.
    bound
        No plan is better than this, whatever is not known; None: nothing is known of it.
    sums
        The people served and not.
    areas
        A row for each area: its people, its site, the minutes, how many are served, status, reason.
    infeasible
        Why not all that is asked can be done: the areas out of reach of every candidate, the
        limits of which one must be given up; None where it can.

    Examples
    --------
    >>> import medgraph as mg
    >>> import pandas as pd
    >>> net = mg.samples.taizhou()
    >>> areas, sites = net.nodes("Area").index, net.nodes("Facility").index
    >>> ends = [(area, site, 10) for area in areas for site in sites]
    >>> times = pd.DataFrame(ends, columns=["origin", "destination", "minutes"])
    >>> plan = mg.propose.sites(net, model="p-centre", p=1, times=times)
    >>> plan.value, plan.proven
    (10.0, True)
    """

    model: str = ""
    value: float | None = None
    bound: float | None = None
    sums: Sums | None = None
    areas: pd.DataFrame = field(default_factory=pd.DataFrame)
    infeasible: Mapping[str, Any] | None = None

    def about(self) -> dict[str, Any]:
        """Return the proposal as plain values without its rows: those of an answer, and the plan.

        Examples
        --------
        >>> import medgraph as mg
        >>> import pandas as pd
        >>> net = mg.samples.taizhou()
        >>> areas, sites = net.nodes("Area").index, net.nodes("Facility").index
        >>> ends = [(area, site, 10) for area in areas for site in sites]
        >>> times = pd.DataFrame(ends, columns=["origin", "destination", "minutes"])
        >>> plan = mg.propose.sites(net, model="lscp", radius=15, times=times)
        >>> plan.to_dict()["value"], plan.to_dict()["bound"]
        (1, 1)
        """
        return {
            **super().about(),
            "model": self.model,
            "value": _plain(self.value),
            "bound": _plain(self.bound),
            "sums": {name: _plain(value) for name, value in asdict(self.sums).items()}
            if self.sums
            else None,
            "demand": self.demand,
            "areas": records(self.areas),
            "infeasible": self.infeasible,
        }

    @property
    def demand(self) -> dict[str, int]:
        """How all areas are accounted for: in = judged + unknown + excluded.

        Examples
        --------
        >>> import medgraph as mg
        >>> import pandas as pd
        >>> net = mg.samples.taizhou()
        >>> areas, sites = net.nodes("Area").index, net.nodes("Facility").index
        >>> ends = [(area, site, 10) for area in areas for site in sites]
        >>> times = pd.DataFrame(ends, columns=["origin", "destination", "minutes"])
        >>> plan = mg.propose.sites(net, model="lscp", radius=15, times=times)
        >>> plan.demand
        {'in': 43, 'judged': 39, 'unknown': 0, 'excluded': 4}
        """
        status = self.areas["status"] if len(self.areas) else pd.Series(dtype=str)
        unknown, excluded = int((status == "unknown").sum()), int((status == "excluded").sum())
        judged = len(status) - unknown - excluded
        return {"in": len(status), "judged": judged, "unknown": unknown, "excluded": excluded}


def _plain(value: float | None) -> float | int | None:
    """A number as JSON has it: whole where it is, and none where it is infinite."""
    if value is None or not np.isfinite(value):
        return None
    rounded = round(float(value), 6)
    return int(rounded) if rounded.is_integer() else rounded
