"""Turn bounds and a requirement into a verdict: PASS if it holds however the missing facts turn
out, FAIL if it holds in no way, else open.

Of every element two things may be unknown: whether it belongs to those asked about, and whether it
holds. And there may be more elements than are listed, where their list is not declared complete.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from medgraph.graphmodel.states import NO, UNKNOWN, YES
from medgraph.queries.policy.facts.deciding import decided
from medgraph.queries.policy.facts.elements import COUNTS
from medgraph.queries.policy.facts.limits import stated_number, within

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from medgraph.graphmodel.arrays.types import Mask, Positions, States
    from medgraph.queries.policy.predicates.tested import Part, Tested, Value


class Counts(NamedTuple):
    """Per subject how many elements hold (`met`), do not (`failed`) or may (`unsure`).

    `more_met`, `more_failed` and `more_unsure` count those that may not belong; `whole` says
    whether these are all there can be.
    """

    met: Positions
    unsure: Positions
    failed: Positions
    more_met: Positions
    more_unsure: Positions
    more_failed: Positions
    whole: Mask

    @property
    def open(self) -> Positions:
        """How many more may hold than certainly do."""
        return self.unsure + self.more_met + self.more_unsure

    @property
    def best(self) -> Positions:
        """How many hold at best."""
        return self.met + self.open

    @property
    def total(self) -> Positions:
        """How many certainly belong."""
        return self.met + self.unsure + self.failed

    @property
    def worst_total(self) -> Positions:
        """Of how many at worst: all belong that may, and need not hold."""
        return self.total + self.more_unsure + self.more_failed

    @property
    def best_total(self) -> Positions:
        """Of how many at best: all belong that may, and may hold."""
        return self.total + self.more_met + self.more_unsure

    @property
    def most(self) -> Positions:
        """How many of those listed may belong."""
        return self.worst_total + self.more_met

    def of(self, place: int) -> Counts:
        """Return the counts of the subject in one place alone."""
        one = slice(place, place + 1)
        numbers = [column[one] for column in self[:-1]]
        return Counts._make([*numbers, self.whole[one]])


def counts_of(tested: Tested, size: int) -> Counts:
    """Count the elements of `size` subjects by whether they belong and hold."""
    kinds = [(asked, state) for asked in (YES, UNKNOWN) for state in (YES, UNKNOWN, NO)]
    columns = [
        np.bincount(
            tested.subject[(tested.asked == asked) & (tested.state == state)], minlength=size
        )
        for asked, state in kinds
    ]
    return Counts._make([*columns, tested.whole])


# -- counts against a threshold ------------------------------------------------------------------


def by_count(part: Part, counts: Counts) -> States:
    """Compare counts with the part's `at_least`, `at_most`, `exactly`, else its `share` (all,
    unless stated).
    """
    if not COUNTS & part.keys():
        return _by_share(_share(part), counts)
    least = part.get("exactly", part.get("at_least", 0))
    most = part.get("exactly", part.get("at_most"))
    state = _state(counts.met >= least, (counts.best < least) & counts.whole)
    if most is None:
        return state
    few_enough = (counts.best <= most) & counts.whole
    return np.minimum(state, _state(few_enough, counts.met > most)).astype(np.int8)


def counts_those_that_hold(part: Part, tested: Tested, counts: Counts) -> Mask:
    """A mask over the subjects: for whom one more element that holds makes a difference.

    It does for a number, a count and a share; of all, where there is no other element.
    """
    of_all = not tested.values and not COUNTS & part.keys() and _share(part) == 1
    found: Mask = (counts.total == 0) | (not of_all)
    return found


def _share(part: Part) -> Fraction:
    """The share of elements that has to hold: all, unless stated."""
    return stated_number(part.get("share", "1"))


def _by_share(share: Fraction, counts: Counts) -> States:
    """Compare met of total with a share in the worst and in the best case.

    At worst all that may belong and may not hold do belong and do not; at best all that may hold
    do. Elements that nobody has listed may hold or not, so that an open list passes no share; it
    fails one of all for good where a single element fails.
    """
    numerator, denominator = share.numerator, share.denominator
    enough = (counts.met * denominator >= numerator * counts.worst_total) & counts.whole
    too_few = counts.best * denominator < numerator * counts.best_total
    if share != 1:
        too_few = too_few & counts.whole
    return np.where(counts.total == 0, UNKNOWN, _state(enough, too_few)).astype(np.int8)


def _state(yes: Mask, no: Mask) -> States:
    found: States = np.select([yes, no], [YES, NO], UNKNOWN).astype(np.int8)
    return found


# -- a number within bounds against limits -------------------------------------------------------


def by_value(tested: Tested, part: Part, size: int, *, indicator: bool) -> States:
    """Compare the number of each subject with the part's limits; an indicator has none."""
    limits = {} if indicator else plain_limits(part.get("limits", {}))
    states = [_valued(tested.values.get(place), limits) for place in range(size)]
    return np.array(states, np.int8)


def plain_limits(limits: Mapping[str, str]) -> dict[str, str]:
    """Write `about` with its `tolerance` as the least that will do.

    >>> plain_limits({"about": "85%", "tolerance": "0.05"})
    {'at_least': '4/5'}
    """
    plain = dict(limits)
    if "about" in plain:
        tolerance = stated_number(plain.pop("tolerance", "0"))
        plain["at_least"] = str(stated_number(plain.pop("about")) - tolerance)
    return plain


def _valued(value: Value | None, limits: Mapping[str, str]) -> int:
    """Compare a number known within bounds with limits: it decides only where the whole range
    agrees.
    """
    if value is None:
        return UNKNOWN
    if not limits:
        return YES if value.exact else UNKNOWN
    floor = _side(limits, ("at_least", "more_than"), exactly_as="at_least")
    ceiling = _side(limits, ("at_most", "less_than"), exactly_as="at_most")
    keeps = _keeps(value.low, floor) and _keeps(value.high, ceiling)
    breaks = _breaks(value.high, floor) or _breaks(value.low, ceiling)
    return decided(keeps, breaks)


def _side(limits: Mapping[str, str], names: tuple[str, str], *, exactly_as: str) -> dict[str, str]:
    """Return the limits of one side; `exactly` bounds a number from both."""
    side = {name: limits[name] for name in names if name in limits}
    if "exactly" in limits:
        side[exactly_as] = limits["exactly"]
    return side


def _keeps(end: Fraction | None, limits: Mapping[str, str]) -> bool:
    """Does this end of the range keep the limits? Without a bound it keeps none but no limits."""
    return not limits or bool(within(end, limits))


def _breaks(end: Fraction | None, limits: Mapping[str, str]) -> bool:
    """Does even this end of the range break the limits?"""
    return bool(limits) and within(end, limits) is False
