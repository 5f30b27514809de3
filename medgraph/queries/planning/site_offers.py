"""The ways to make a site of each candidate: what they cost, and for how many people they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from medgraph.errors import OptionError
from medgraph.queries.meant import ids_meant
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Floats, Mask, Positions
    from medgraph.graphmodel.day import Day
    from medgraph.queries.planning.site_candidates import Candidates


@dataclass(frozen=True, eq=False)
class Offers:
    """Each way to make a site.

    Parameters
    ----------
    place
        Of which candidate each is a way, by its number among the sure and the unsure ones.
    way
        What it is called, such as build or upgrade; empty where nobody says.
    stated_cost
        What it costs; NaN where that is not stated.
    capacity
        How many people it serves, NaN where that is not stated; None: all.
    fixed
        A mask: the candidate is a site already.
    sure
        A mask: the candidate is a sure one, and what it costs is stated.
    has_costs
        Whether costs are given; if not, each counts one.
    strangers
        What the costs call that is no candidate.
    """

    place: Positions
    way: list[str]
    stated_cost: Floats
    capacity: Floats | None
    fixed: Mask
    sure: Mask
    has_costs: bool
    strangers: list[str]

    @property
    def cost(self) -> Floats:
        """What each costs, nothing where that is not stated."""
        return np.nan_to_num(self.stated_cost)

    @property
    def unknown_capacities(self) -> int:
        """Of how many it is not stated how many people they serve."""
        return 0 if self.capacity is None else int(np.isnan(self.capacity).sum())

    def capacities(self, *, best: bool, usable: Mask) -> Floats | None:
        """Return how many people each serves: surely, or in the best case of what is not stated."""
        if self.capacity is None:
            return None
        return np.nan_to_num(self.capacity[usable], nan=np.inf if best else 0.0)


def offers(
    day: Day,
    found: Candidates,
    units: Floats | None,
    costs: pd.DataFrame | None,
    people_per: float,
) -> Offers:
    """Return the ways to make a site of each candidate, fixed ones as they are.

    A capacity beside a cost is that of the site once it is made, in place of the column's.
    """
    count = len(found.sure) + len(found.unsure)
    is_sure = np.arange(count) < len(found.sure)
    is_fixed = is_sure & np.isin(np.concatenate([found.sure, found.unsure]), found.fixed)
    every = np.arange(count)
    if costs is None:
        price = np.ones(count)
        return Offers(every, [""] * count, price, units, is_fixed, is_sure, False, [])
    place, strangers = _places(day, found, costs)
    row = np.flatnonzero((place >= 0) & ~is_fixed[place])
    without = np.flatnonzero(~np.isin(every, place[row]))  # fixed, or of a cost nobody states
    both = np.concatenate([without, place[row]])
    price = np.where(is_fixed[without], 0.0, np.nan)
    stated = np.concatenate([price, _numbers(costs, "cost")[row]])
    if (stated < 0).any():
        raise OptionError(say("sites_bad_cost", value=f"{np.nanmin(stated):g}"))
    ways = costs["way"].fillna("").astype(str).to_numpy() if "way" in costs else None
    names = [""] * len(row) if ways is None else ways[row].tolist()
    capacity = None
    if units is not None:
        own = np.concatenate([np.full(len(without), np.nan), _numbers(costs, "capacity")[row]])
        capacity = np.where(np.isnan(own), units[both], own * people_per)
    return Offers(
        both,
        [""] * len(without) + names,
        stated,
        capacity,
        is_fixed[both],
        is_sure[both] & ~np.isnan(stated),
        True,
        strangers,
    )


def _places(day: Day, found: Candidates, costs: pd.DataFrame) -> tuple[Positions, list[str]]:
    """Return for each row of the costs the number of its candidate, -1 where it is none."""
    absent = [name for name in ("facility", "cost") if name not in costs.columns]
    if absent:
        columns, present = (
            say("list_comma").join(map(str, one)) for one in (absent, costs.columns)
        )
        raise OptionError(say("coverage.no_column", columns=columns, found=present))
    texts = costs["facility"].astype(str)
    ids = texts.map(ids_meant(day, texts.unique(), "Facility"))
    own = [day.id(at) for at in np.concatenate([found.sure, found.unsure]).tolist()]
    number = {id: place for place, id in enumerate(own)}
    places = np.array([number.get(id, -1) for id in ids], int)
    return places, list(dict.fromkeys(texts[places < 0]))


def _numbers(costs: pd.DataFrame, column: str) -> Floats:
    if column not in costs.columns:
        return np.full(len(costs), np.nan)
    return pd.to_numeric(costs[column], errors="coerce").to_numpy(float, na_value=np.nan)
