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
    group = net.index.position(net.find(to_group, kind="Group"))
    facilities = _facilities(day, [net.find(id) for id in chosen])
    same_kind = _groups_by_facility(day, group)
    leading = set(day.leads.facility.tolist()).intersection(facilities)
    if leading:
        raise ChangeError(say("lead_stays", names=listed(day.names(sorted(leading)))))
    changes: list[Move | Join] = []
    for facility in facilities:
        mine = same_kind.get(facility, set())
        if group not in mine:
            kind = Move if mine else Join
            changes.append(kind(day.id(facility), to_group, on))
    if not changes:
        raise ChangeError(say("all_there", group=net.name(to_group)))
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


def _groups_by_facility(day: Day, group: int) -> dict[int, set[int]]:
    """The groups of each facility that are of the type of this one."""
    facility, collective, _ = day.memberships
    types = day.index.take("type", np.append(collective, group)).to_pylist()
    found: dict[int, set[int]] = {}
    for member, of, type_ in zip(facility.tolist(), collective.tolist(), types[:-1], strict=True):
        if type_ == types[-1]:
            found.setdefault(member, set()).add(of)
    return found
