"""Turn “these townships go to that group” into changes of the facilities that serve them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from medgraph.errors import ChangeError
from medgraph.graphmodel.changes import Join, Move
from medgraph.graphmodel.day import Day
from medgraph.words.joining import listed
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable

    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.graphmodel.network import MedicalNetwork


def regroupings(
    net: MedicalNetwork,
    chosen: Iterable[str],
    *,
    to_group: str,
    on: datetime.date | None = None,
) -> list[Move | Join]:
    """Return the changes that bring areas and facilities to a group.

    An area comes to a group with the facilities at work that serve it; each leaves its group of the
    same kind, or joins where it was in none. The lead of a group is not moved.

    Parameters
    ----------
    net
        The network.
    chosen
        Ids of areas and of facilities.
    to_group
        The group.
    on
        The first day in it; None for the data day.

    Raises
    ------
    UnknownIdError
        Where the network has no such node.
    ChangeError
        Where nobody is stated to serve an area, where a facility leads its group, or where all are
        in the group already.

    Examples
    --------
    >>> import medgraph as mg
    >>> regroupings(mg.samples.taizhou(), ["331002001000"], to_group="G2")
    [Move(id='TZ-P34', to_group='G2', on=None)]
    """
    day = Day(net, on)
    group = net.find(to_group, kind="Group")
    facilities = _facilities(day, [net.find(id) for id in chosen])
    leading = set(day.leads.facility.tolist()).intersection(facilities)
    if leading:
        raise ChangeError(say("lead_stays", names=listed(day.names(sorted(leading)))))
    changes: list[Move | Join] = []
    for id in day.ids(facilities):
        left = net.groups_left(id, to_group=group, on=on)
        if group not in left:
            kind = Move if left else Join
            changes.append(kind(id, group, on))
    if not changes:
        raise ChangeError(say("all_there", group=net.name(group)))
    return changes


def _facilities(day: Day, chosen: Iterable[str]) -> list[int]:
    """The chosen facilities, and those at work that serve the chosen areas; each once."""
    serving, served = day.services
    at_work = day.working.certain
    found: list[int] = []
    for id in chosen:
        position = day.index.position(id)
        if day.facility.possible[position]:
            found.append(position)
            continue
        here: Positions = np.unique(serving[(served == position) & at_work[serving]])
        if not len(here):
            raise ChangeError(say("nobody_serves", area=day.net.name(id)))
        found += here.tolist()
    return list(dict.fromkeys(found))
