"""Say what of a network holds on which day: all days on which a fact of the picture changes."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel.canonical import holds, mask
from medgraph.graphmodel.day import Day
from medgraph.visuals.network.columns import columns_of
from medgraph.visuals.network.roles import node_roles, owners_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from medgraph.graphmodel.arrays.types import Mask
    from medgraph.graphmodel.network import MedicalNetwork

_ONE_DAY = datetime.timedelta(days=1)
_MOST_DAYS = 120
_MOST_FACTS = 1_500_000  # nodes times days that are looked at


@dataclass(frozen=True)
class History:
    """The days of a picture in order, the number of the day it opens on, and who owns what when.

    `nodes` and `links` say of each node by id, and of each row of links, on which days it holds;
    what holds on all has no entry. `owners` are the groups by day of each node that moves.
    `left_out` are further days on which something changes.
    """

    days: tuple[datetime.date, ...]
    now: int
    nodes: Mapping[str, tuple[int, ...]]
    links: Mapping[int, tuple[int, ...]]
    owners: Mapping[str, tuple[str, ...]]
    left_out: int = 0


def days_of(net: MedicalNetwork, shown: datetime.date) -> tuple[tuple[datetime.date, ...], int]:
    """Return the days on which a node or link begins, or no longer holds, and `shown`.

    Where they are too many, those nearest to the day shown, and how many are left out.
    """
    found = {shown}
    for table in net.tables:
        for column, later in (("valid_from", 0), ("valid_to", 1)):
            if column in table.column_names:
                stated = pc.unique(table[column]).to_pylist()
                found.update(day + later * _ONE_DAY for day in stated if day is not None)
    size = sum(len(table) for table in net.tables)
    most = max(2, min(_MOST_DAYS, _MOST_FACTS // max(size, 1)))
    near = sorted(found, key=lambda day: abs(day - shown))[:most]
    return tuple(sorted(near)), len(found) - len(near)


@dataclass(frozen=True)
class Past:
    """What holds on some day: its `net`, and who is what and whose by the days of it.

    `held` and `held_links` are masks of days by rows of the tables of `net`.
    """

    net: MedicalNetwork
    days: tuple[datetime.date, ...]
    now: int
    held: Mask
    held_links: Mask
    roles: Mapping[str, str]
    owners: Mapping[str, str]
    owners_by_day: Sequence[Mapping[str, str]]
    left_out: int

    def holds_now(self, row: int) -> bool:
        """Tell whether a link holds on the day that the picture opens on."""
        return bool(self.held_links[self.now, row])

    def history(self, drawn: Mapping[str, str]) -> History:
        """Return the history of the drawn nodes."""
        ids = self.net.tables[0]["id"].to_pylist()
        nodes = {id: days for id, days in zip(ids, _days(self.held), strict=True) if days}
        links = {row: days for row, days in enumerate(_days(self.held_links)) if days}
        owners = {}
        for id in drawn:
            stated = tuple(of_day.get(id, "") for of_day in self.owners_by_day)
            there = nodes.get(id, tuple(range(len(self.days))))
            if len({stated[day] for day in there}) > 1:
                owners[id] = stated
        return History(self.days, self.now, nodes, links, owners, self.left_out)


def past_of(net: MedicalNetwork, shown: datetime.date) -> Past | None:
    """Return what holds on some day of a picture that opens on `shown`; None: nothing changes."""
    days, left_out = days_of(net, shown)
    if len(days) < 2:
        return None
    nodes, edges = net.tables
    held = np.array([mask(holds(nodes, day, planned=True)) for day in days])
    held_links = np.array([mask(holds(edges, day)) for day in days])
    number = {id: row for row, id in enumerate(nodes["id"].to_pylist())}
    ends = [
        np.array([number.get(id, -1) for id in edges[end].to_pylist()], np.int64)
        for end in ("source", "target")
    ]
    there = np.hstack([held, np.zeros((len(days), 1), bool)])
    held_links &= np.take(there, ends[0], axis=1) & np.take(there, ends[1], axis=1)
    some, some_links = held.any(axis=0), held_links.any(axis=0)
    whole = type(net)(
        nodes.filter(pa.array(some)), edges.filter(pa.array(some_links)), dict(net.meta)
    )
    roles: dict[str, str] = {}
    owners_by_day = []
    for day in days:
        seen = Day(net.as_of(day))
        here = node_roles(seen, ())
        roles = here | roles
        owners_by_day.append(owners_of(seen, here))
    owners = {id: owner for of_day in owners_by_day for id, owner in of_day.items()}
    now = days.index(shown)
    return Past(
        whole,
        days,
        now,
        held[:, some],
        held_links[:, some_links],
        roles,
        owners,
        owners_by_day,
        left_out,
    )


def _days(held: Mask) -> list[tuple[int, ...]]:
    """The days on which each holds, nothing where it holds on all."""
    always: Mask = np.asarray(held.all(axis=0))
    return [
        () if always[row] else tuple(np.flatnonzero(held[:, row]).tolist())
        for row in range(held.shape[1])
    ]


def history_data(
    history: History, numbers: Mapping[str, int], rows: Iterable[int]
) -> dict[str, Any]:
    """Return the history as plain values; `rows` are those of the links in their order."""
    return {
        "days": [day.isoformat() for day in history.days],
        "now": history.now,
        "nodes": {
            str(numbers[id]): _spans(days) for id, days in history.nodes.items() if id in numbers
        },
        "links": {
            str(number): _spans(history.links[row])
            for number, row in enumerate(rows)
            if row in history.links
        },
        "owners": columns_of(
            [
                {"node": numbers[id], "owners": list(owners)}
                for id, owners in history.owners.items()
                if id in numbers
            ]
        ),
        "leftOut": history.left_out,
    }


def _spans(days: Sequence[int]) -> list[int]:
    """Return runs of days as the first and last of each, one after another.

    >>> _spans([0, 1, 2, 5])
    [0, 2, 5, 5]
    """
    found: list[int] = []
    for day in days:
        if found and found[-1] == day - 1:
            found[-1] = day
        else:
            found += [day, day]
    return found
