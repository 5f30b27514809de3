"""Where to put sites: the problem as arrays, and what a search for the best ones finds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from medgraph.progress import stop_if_asked, tell
from medgraph.queries.planning.milp import NODES
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Floats, Mask, Positions

_ENTRIES, _FEWEST_NODES = 10_000_000, 100


@dataclass(frozen=True, eq=False)
class Siting:
    """Areas with people, and sites that may be chosen.

    Parameters
    ----------
    minutes
        From each area (rows) to each site (columns); infinite where nobody can or may go.
    people
        Of each area.
    fixed
        A mask over sites: those chosen already. They cost nothing.
    cost
        Of each site; one each where only their number counts.
    most
        How much all chosen sites may cost, the fixed ones for nothing; infinite: no limit.
    number
        How many sites may be chosen, the fixed ones among them; None: no limit.
    capacity
        How many people each site can serve; None: all.
    place
        Which sites are the same place in another way, so that at most one of them is chosen; None:
        none.
    """

    minutes: Floats
    people: Floats
    fixed: Mask
    cost: Floats
    most: float = np.inf
    number: int | None = None
    capacity: Floats | None = None
    place: Positions | None = None

    @property
    def areas(self) -> int:
        """How many areas there are."""
        return len(self.people)

    @property
    def sites(self) -> int:
        """How many sites there are."""
        return len(self.fixed)

    @cached_property
    def reach(self) -> Mask:
        """Which area can go to which site."""
        found: Mask = np.isfinite(self.minutes)
        return found

    @property
    def spare(self) -> int | None:
        """How many sites may be chosen beside the fixed ones; None: no limit."""
        return None if self.number is None else self.number - int(self.fixed.sum())

    @property
    def has_too_many_fixed(self) -> bool:
        """Whether more sites are fixed than may be chosen."""
        return self.spare is not None and self.spare < 0

    def within(self, minutes: float) -> Siting:
        """Return the same where nobody goes further than so many minutes."""
        return replace(self, minutes=np.where(self.minutes <= minutes, self.minutes, np.inf))


def nodes_for(entries: int) -> int:
    """Return after how many nodes a search ends, fewer where each takes longer.

    So a search with many pairs of area and site takes some ten seconds at most, on a machine of its
    day; what is not proven by then has a bound.
    """
    return int(np.clip(_ENTRIES // max(entries, 1), _FEWEST_NODES, NODES))


@dataclass(frozen=True, eq=False)
class Choice:
    """The sites chosen, what that is worth, and what is proven of it.

    Parameters
    ----------
    sites
        A mask over sites; None: there is no choice that does what is asked, or none was found.
    value
        What was made least or greatest.
    bound
        No choice is better than this.
    proven
        Whether no choice is better than the one found, or there is none.
    is_stopped
        Whether somebody ended the search before its end.
    """

    sites: Mask | None
    value: float
    bound: float
    proven: bool
    is_stopped: bool = False


def tell_so_far(value: float, bound: float) -> None:
    """Report the best choice so far and what none is better than; end where somebody wants it."""
    stop_if_asked()
    tell(say("sites_so_far", value=f"{value:g}", bound=f"{max(bound, 0.0):g}"))
