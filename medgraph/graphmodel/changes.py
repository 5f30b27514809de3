"""Hold a change as a value: move, join, end, link, fill, …; `net.applying(changes)` makes them.

A change ends facts and adds facts; it deletes none. `on` is the first day on which the new state
holds, so the old one ends the day before; without `on` it is the network's data day.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime


@dataclass(frozen=True)
class Move:
    """Take a facility out of its group of the same kind as `to_group`, and put it into `to_group`.

    Parameters
    ----------
    id
        The facility.
    to_group
        The new group.
    on
        The first day in it; None for the data day.

    Examples
    --------
    >>> import medgraph as mg
    >>> net = mg.samples.taizhou().applying([mg.changes.Move("TZ-P34", "G2")])
    >>> net.edges("MEMBER_OF").iloc[-1][["source", "target"]].tolist()
    ['TZ-P34', 'G2']
    """

    id: str
    to_group: str
    on: datetime.date | None = None


@dataclass(frozen=True)
class Join:
    """Put a facility into `group`, whatever else it belongs to.

    Parameters
    ----------
    id
        The facility.
    group
        The group.
    on
        The first day in it; None for the data day.

    Examples
    --------
    >>> import medgraph as mg
    >>> net = mg.samples.taizhou().applying([mg.changes.Join("TZ-P34", "A1")])
    >>> net.edges("MEMBER_OF").iloc[-1][["source", "target"]].tolist()
    ['TZ-P34', 'A1']
    """

    id: str
    group: str
    on: datetime.date | None = None


@dataclass(frozen=True)
class End:
    """End a node with its links, or, with `relation` or `target`, links from `id` alone.

    Parameters
    ----------
    id
        The node.
    relation, target
        With either, only links from `id` of this relation, or to this node, end.
    on
        The first day on which it no longer holds; None for the data day.

    Examples
    --------
    >>> import datetime
    >>> import medgraph as mg
    >>> day = datetime.date(2024, 1, 1)
    >>> net = mg.samples.taizhou().applying([mg.changes.End("TZ-P07", on=day)])
    >>> net.as_of(day).counts()["facilities"]
    57
    """

    id: str
    relation: str | None = None
    target: str | None = None
    on: datetime.date | None = None


@dataclass(frozen=True)
class Succeed:
    """Let `new` follow `old` (merged into, split from, renamed): `old` ends, the trail stays.

    Parameters
    ----------
    old
        The node that ends.
    new
        The node that follows it; several where it is split.
    on
        The first day of the new state; None for the data day.
    how
        What happened.
    carry
        Hand the links of `old` on to what follows it.

    Examples
    --------
    >>> import medgraph as mg
    >>> net = mg.samples.taizhou().applying([mg.changes.Succeed("TZ-P07", "TZ-P08")])
    >>> net.successors("TZ-P07")
    ['TZ-P08']
    """

    old: str
    new: str | tuple[str, ...]
    on: datetime.date | None = None
    how: str = "renamed"
    carry: bool = False


@dataclass(frozen=True)
class Link:
    """Add one link with its attributes (`minutes`, `document`, ...).

    Parameters
    ----------
    source, target
        The nodes that it joins.
    relation
        Its relation, such as `REFERS_UP_TO`.
    on
        The first day on which it holds; None for the data day.
    values
        Further columns of the link by name.

    Examples
    --------
    >>> import medgraph as mg
    >>> link = mg.changes.Link("TZ-H04", "REFERS_UP_TO", "TZ-H03", values={"minutes": 20})
    >>> mg.samples.taizhou().applying([link]).counts()["links"]
    355
    """

    source: str
    relation: str
    target: str
    on: datetime.date | None = None
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Fill:
    """State a fact of a node that nothing stated, or that was stated otherwise.

    A status is such a fact, too: open, suspended, closed. A cell has no days of its own, so what is
    filled holds as long as the node does.

    Parameters
    ----------
    id
        The node.
    column
        What is stated of it, such as `level`.
    value
        Its value, as a table of the network holds it.

    Examples
    --------
    >>> import medgraph as mg
    >>> net = mg.samples.taizhou().applying([mg.changes.Fill("TZ-P34", "beds", "40")])
    >>> int(net.nodes("Facility").loc["TZ-P34", "beds"])
    40
    """

    id: str
    column: str
    value: str


@dataclass(frozen=True)
class Declare:
    """Declare that a table, or a part of one, lists all there is, or does not.

    Parameters
    ----------
    part
        The table or part, such as `links.MEMBER_OF`.
    by
        The office that declares it; no person.
    on
        The day of the declaration; None for the data day.
    state
        `complete` or `partial`.
    clause
        The clause or document it rests on.

    Examples
    --------
    >>> import medgraph as mg
    >>> declared = mg.changes.Declare("links.DISPATCHES", "health commission")
    >>> bool(mg.samples.taizhou().applying([declared]).completeness("links.DISPATCHES"))
    True
    """

    part: str
    by: str
    on: datetime.date | None = None
    state: str = "complete"
    clause: str = ""


Change = Move | Join | End | Succeed | Link | Fill | Declare
