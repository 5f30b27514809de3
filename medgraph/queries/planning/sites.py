"""Propose which facilities become sites, such as sub-centres of a county (县域医疗次中心).

What is not known is never zero. A plan rests on the candidates that surely fulfil the conditions,
and on the times and capacities that are stated: it does what it says whatever the rest turns out to
be. Its bound is that of the most favourable case, so that "proven" holds whatever the rest turns
out to be, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from medgraph.errors import OptionError
from medgraph.queries.answers import on_day, one_of
from medgraph.queries.as_listed import told_as_listed
from medgraph.queries.coverage.travel import SNAP_KM, TravelTimes, the_one_given
from medgraph.queries.planning.site_account import answered
from medgraph.queries.planning.site_candidates import TYPES, Conditions, candidates, capacities
from medgraph.queries.planning.site_demand import demand, ways
from medgraph.queries.planning.site_offers import offers
from medgraph.queries.planning.site_question import Limits, Question
from medgraph.queries.planning.stated_numbers import above_zero, at_least
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.coverage.travel import Travel
    from medgraph.queries.planning.site_plan import SitePlan

MODELS = ("lscp", "mclp", "p-median", "p-centre")


@told_as_listed
def sites(
    net: MedicalNetwork,
    *,
    model: str = "lscp",
    travel: Travel | Sequence[Travel] = (),
    times: pd.DataFrame | Sequence[pd.DataFrame] = (),
    roads: tuple[pd.DataFrame, pd.DataFrame] | None = None,
    speed_kmh: float | None = None,
    snap_km: float = SNAP_KM,
    p: int | None = None,
    radius: float | None = None,
    fixed: Sequence[str] = (),
    facility_type: str | Sequence[str] = TYPES,
    facility_level: str = "",
    least_beds: float | None = None,
    rule: str = "",
    capacity: str | None = None,
    people_per: float = 1.0,
    costs: pd.DataFrame | None = None,
    budget: float | None = None,
    level: str = "township",
    as_of: datetime.date | str | None = None,
) -> SitePlan:
    """Propose which facilities become sites for the areas, and prove that no others do better.

    Parameters
    ----------
    net
        The network.
    model
        `lscp`: the fewest sites (with `costs`: the cheapest) that have each area within `radius`;
        `mclp`: the most people within it; `p-median`: the fewest person-minutes; `p-centre`: the
        shortest longest way.
    travel
        How people travel, as in `coverage.access`; of several, the longest time counts.
    times
        Tables of `TravelTimes` in place of `travel`: several are times of winter or night, of which
        the longest counts.
    roads
        The nodes and edges of `Roads`, in place of `travel`.
    speed_kmh
        The speed of `StraightLine`, in km/h, in place of `travel`.
    snap_km
        How far from a node of `roads` a place may lie, in km.
    p
        The most sites, the fixed ones among them.
    radius
        The longest way that anybody may have, in minutes.
    fixed
        Facilities that are sites anyhow. Those that state `sub_centre` are, too.
    facility_type
        The types of candidates; default: township health centres.
    facility_level
        The level of candidates: `2`, `1A` and so on; default: any.
    least_beds
        The least beds of a candidate.
    rule
        A rule that a candidate passes, as `PACK/RULE`.
    capacity
        The column that says how many a site can serve: beds, outpatient_slots, staff, physicians,
        nurses or gps. The people of an area may go to several sites.
    people_per
        How many people one unit of `capacity` serves.
    costs
        Ways to make a site: a frame with `facility`, `cost` and, where known, `way` (build,
        upgrade) and `capacity` (in units, in place of the column). One way of each facility is
        taken at most.
    budget
        The most that all ways taken may cost.
    level
        The level of the areas.
    as_of
        The day; default: the data day.

    Returns
    -------
    SitePlan
        A row for each facility that may be chosen: facility, name, chosen, fixed, way, cost,
        capacity, people (served there), status, reason; `unknown` has those of which too little is
        stated, `excluded` those of the type that fail a condition. `value`, `bound`, `proven`,
        `sums`, `areas` and `infeasible` as `SitePlan` says; `changes` state `sub_centre` of those
        chosen that did not state it.

    Raises
    ------
    OptionError
        A model without what it needs, or a value that cannot be used.

    Examples
    --------
    >>> import medgraph as mg
    >>> import pandas as pd
    >>> net = mg.samples.taizhou()
    >>> areas, sites = net.nodes("Area").index, net.nodes("Facility").index
    >>> ends = [(area, site, 10) for area in areas for site in sites]
    >>> times = pd.DataFrame(ends, columns=["origin", "destination", "minutes"])
    >>> plan = mg.propose.sites(net, model="lscp", radius=15, times=times)
    >>> plan.value, plan.bound, plan.proven
    (1.0, 1.0, True)
    """
    one_of("model", model, MODELS)
    at_least(0, radius=radius, budget=budget, least_beds=least_beds)
    at_least(1, p=p)
    above_zero(people_per=people_per)
    limits = Limits(p, radius, budget)
    _check(model, limits, costs)
    day = on_day(net, as_of)
    types = [facility_type] if isinstance(facility_type, str) else list(facility_type)
    named = [fixed] if isinstance(fixed, str) else list(fixed)
    found = candidates(day, Conditions(types, facility_level, least_beds, rule), named)
    places = np.concatenate([found.sure, found.unsure]).astype(np.int32)
    units = None if capacity is None else capacities(day, capacity, people_per, places)
    asked = demand(day, level)
    question = Question(
        day,
        model,
        limits,
        asked,
        ways(day, _travels(travel, times, roads, speed_kmh, snap_km), asked.areas, places),
        found,
        offers(day, found, units, costs, people_per),
    )
    return answered(question)


def _check(model: str, limits: Limits, costs: pd.DataFrame | None) -> None:
    """Raise OptionError where a model lacks what it needs."""
    if model in ("lscp", "mclp") and limits.radius is None:
        raise OptionError(say("sites_needs_radius", model=model))
    if model != "lscp" and limits.p is None and limits.budget is None:
        raise OptionError(say("sites_needs_number", model=model))
    if limits.budget is not None and costs is None:
        raise OptionError(say("sites_needs_costs"))


def _travels(
    travel: Travel | Sequence[Travel],
    times: pd.DataFrame | Sequence[pd.DataFrame],
    roads: tuple[pd.DataFrame, pd.DataFrame] | None,
    speed_kmh: float | None,
    snap_km: float,
) -> list[Travel]:
    tables = [times] if isinstance(times, pd.DataFrame) else list(times)
    several: list[Travel] = list(travel) if isinstance(travel, list | tuple) else [travel]  # type: ignore[list-item]
    several += [TravelTimes(table) for table in tables]
    if len(several) > 1 and roads is None and speed_kmh is None:
        return several
    return [the_one_given(next(iter(several), None), None, roads, speed_kmh, snap_km)]
