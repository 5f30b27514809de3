"""Find who loses what if whom stops, for every facility at once: what `dependents` answers one by
one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from medgraph.graphmodel.day import Day
from medgraph.queries.resilience.losses import kinds_of_loss

if TYPE_CHECKING:
    import datetime

    from medgraph.graphmodel.network import MedicalNetwork


class EveryLoss(NamedTuple):
    """Aligned: who loses a kind of thing, if whom stops, and whether it surely has it from there.

    `is_closed` is whether the sources of the loser are all known; else it may lose it.
    """

    kind: list[str]
    loser: list[str]
    stopped: list[str]
    is_closed: list[bool]


def every_loss(net: MedicalNetwork, *, as_of: datetime.date | str | None = None) -> EveryLoss:
    """Return every loss that the stop of one facility brings, in the order of `dependents`."""
    day = Day(net, as_of)
    found = EveryLoss([], [], [], [])
    for losses_of in kinds_of_loss(day).values():
        losses = losses_of()
        found.kind.extend([losses.kind] * len(losses.loser))
        found.loser.extend(day.ids(losses.loser))
        found.stopped.extend(day.ids(losses.stopped))
        found.is_closed.extend(losses.closed[losses.loser].tolist())
    return found
