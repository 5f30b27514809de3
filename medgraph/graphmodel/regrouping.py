"""Turn “these townships go to that group” into changes of the facilities that serve them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from medgraph.errors import ChangeError
from medgraph.graphmodel.changes import End, Join, Move
from medgraph.graphmodel.day import Day
from medgraph.words.joining import listed
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator

    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.graphmodel.network import MedicalNetwork


def regroupings(
    net: MedicalNetwork,
    chosen: Iterable[str],
    *,
    to_group: str,
    on: datetime.date | None = None,
) -> list[Move | Join | End]:
    """Return the changes that bring areas and facilities to a group.

    An area comes to a group with the facilities at work that serve it; each leaves its group of the
    same kind, or joins where it was in none. Who is in several and in that group leaves the others.
    The lead of another group is not moved.

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
        Where nobody is stated to serve an area, where a facility leads another group, or where all
        are in the group already.

    Examples
    --------
    >>> import medgraph as mg
    >>> regroupings(mg.samples.taizhou(), ["331002001000"], to_group="G2")
    [Move(id='TZ-P34', to_group='G2', on=None)]
    """
    day = Day(net, on)
    group = net.find(to_group, kind="Group")
    facilities = _facilities(day, [net.find(id) for id in chosen])
    leads, is_here = day.leads, day.leads.collective == day.index.position(group)
    here = set(leads.facility[is_here].tolist())
    leading = set(leads.facility.tolist()).intersection(facilities) - here
    if leading:
        raise ChangeError(say("lead_stays", names=listed(day.names(sorted(leading)))))
    changes: list[Move | Join | End] = []
    for position, id in zip(facilities, day.ids(facilities), strict=True):
        left = net.groups_left(id, to_group=group, on=on)
        if position in here or group in left:
            changes += _left(id, [one for one in left if one != group], on)
        else:
            kind = Move if left else Join
            changes.append(kind(id, group, on))
    if not changes:
        raise ChangeError(say("all_there", group=net.name(group)))
    return changes


def _left(id: str, groups: Iterable[str], on: datetime.date | None) -> Iterator[End]:
    """The changes by which a facility leaves groups."""
    for group in groups:
        yield End(id, "MEMBER_OF", group, on)


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
