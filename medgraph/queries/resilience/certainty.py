"""Tell who surely loses something, or is surely relied on, from who may: lists may not be whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from medgraph.graphmodel.states import Fact
from medgraph.queries.answers import frame_of
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from medgraph.graphmodel.arrays.types import Mask
    from medgraph.graphmodel.day import Day
    from medgraph.queries.resilience.losses import Losses
    from medgraph.queries.subjects import Subjects


class Settled(NamedTuple):
    """How the facilities asked about are accounted for, as arguments of `answer`."""

    judged: int
    met: int
    unknown: pd.DataFrame


def losers(found: Sequence[Losses], stop: int, asked: Subjects) -> Settled:
    """Account for the facilities by whether they lose something if the one at `stop` stops.

    One surely does where it has a thing from there alone and its list of sources is whole; it
    surely does not where it has every thing from elsewhere, or not at all by a whole list.
    """
    size = len(asked.day)
    surely, perhaps = np.zeros(size, bool), np.zeros(size, bool)
    for losses in found:
        hit = losses.loser[losses.stopped == stop]
        surely[hit[losses.closed[hit]]] = True
        perhaps[hit] = True
        perhaps |= ~losses.had & ~losses.closed
    return _settled(asked, Fact.of(surely, unknown=perhaps), "may_lose")


def relied_on(found: Sequence[Losses], asked: Subjects) -> Settled:
    """Account for the facilities by whether some other one depends on them."""
    surely, perhaps = np.zeros(len(asked.day), bool), np.zeros(len(asked.day), bool)
    for losses in found:
        surely[losses.stopped[losses.closed[losses.loser]]] = True
        perhaps[losses.stopped] = True
        anybody = np.flatnonzero(~losses.had & ~losses.closed & asked.asked.possible)
        if len(anybody) == 1:  # it does not depend on itself
            perhaps |= ~asked.day.mask(anybody)
        elif len(anybody):
            perhaps[:] = True
    return _settled(asked, Fact.of(surely, unknown=perhaps), "may_be_relied_on")


def _settled(asked: Subjects, fact: Fact, why: str) -> Settled:
    day, own = asked.day, fact.at(asked.positions)
    where = asked.positions[own.unknown]
    unknown = {
        "facility": day.ids(where),
        "name": day.names(where),
        "status": "unknown",
        "reason": say(why, relations=_undeclared(day)),
    }
    judged = len(own) - len(where)
    return Settled(judged, int(own.certain.sum()), frame_of(unknown))


def _undeclared(day: Day) -> str:
    """Name the lists that were asked for and are not declared complete."""
    return say("list_comma").join(table.removeprefix("links.") for table in day.found_undeclared)


def in_words(closed: Mask, sure: str, otherwise: str) -> list[str]:
    """Return one word where a mask holds, and another where it does not."""
    found: list[str] = np.where(closed, sure, otherwise).tolist()
    return found
