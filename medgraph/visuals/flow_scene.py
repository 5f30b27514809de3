"""Arrange planned and observed referrals: senders, receivers, and the links between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from medgraph.visuals import style
from medgraph.visuals.node_names import short_names
from medgraph.words.say import say

if TYPE_CHECKING:
    import pandas as pd

    from medgraph.graphmodel.day import Day

TOP, ROW = 132, 21
STATES = ("unused", "used", "unplanned")
LABEL = 14  # size of the letters of a name
_GAP, _GAP_OF_GROUPS = 14, 4  # between senders of one group and the next; between groups
_LIMIT = 90  # more senders than this are drawn by group
_RECEIVER = 46  # room for one


@dataclass
class FlowEnd:
    """One sender or receiver: its words, its group (number of the look; -1: none), its height.

    `volume` adds up the counts that are shown; `hidden` is how one that is not shown reads (`<11`),
    empty where all are.
    """

    name: str
    group: int
    y: float = 0.0
    volume: int = 0
    hidden: str = ""

    def label(self, room: float) -> str:
        """Return the name and what it sends or gets, in so much room."""
        number = shown_count(self.volume, self.hidden)
        name = style.cut_within(self.name, LABEL, room - style.width(number, LABEL) - 12)
        return f"{name}  {number}"


@dataclass(frozen=True)
class FlowLink:
    """One link: who sends to whom, as planned or not, how many; `hidden` is a count not shown."""

    source: str
    target: str
    status: str
    count: int
    hidden: str


@dataclass(frozen=True)
class FlowScene:
    """Senders, receivers and the links between them; the names of the groups; links by status.

    Where `joined`, the senders and receivers are groups.
    """

    senders: dict[str, FlowEnd]
    receivers: dict[str, FlowEnd]
    links: tuple[FlowLink, ...]
    groups: list[str]
    totals: dict[str, int]
    joined: bool


def shown_count(count: int, hidden: str) -> str:
    """Return how a count reads to which one that is not shown may belong."""
    if hidden and count:
        return f"≥{count}"
    return hidden or str(count)


def flow_scene(day: Day, flows: pd.DataFrame, lang: str) -> FlowScene:
    """Arrange senders by group and id, receivers as near as can be to those who send to them."""
    group_of, groups = _groups(day, lang)
    links = flows.assign(
        hidden=flows["shown"].where(flows["count"].isna(), ""),
        count=flows["count"].fillna(0).astype(int),
    )
    joined = links["source"].nunique() > _LIMIT
    if joined:
        links = _between_groups(links, group_of, groups)
        group_of = {name: number for number, name in enumerate(groups)}
    ids = {*links["source"], *links["target"]}
    known = {id for id in ids if day.index.position(id) >= 0}
    ends = _Ends(short_names(day.net, known, lang), group_of, last=len(groups))
    columns = (links[c] for c in ("source", "target", "status", "count", "hidden"))
    made = tuple(FlowLink(*row) for row in zip(*columns, strict=True))
    senders = ends.senders(made, _GAP_OF_GROUPS if joined else _GAP)
    receivers = ends.receivers(made, senders)
    _add_volumes(made, senders, receivers)
    totals = {status: int((flows["status"] == status).sum()) for status in STATES}
    return FlowScene(senders, receivers, made, groups, totals, joined)


def _groups(day: Day, lang: str) -> tuple[dict[str, int], list[str]]:
    """The number of each facility's group, and the names of the groups in the order of ids."""
    members = day.group_memberships
    facilities, groups = day.ids(members.facility), day.ids(members.collective)
    ids = sorted(set(groups))
    numbers = {id: number for number, id in enumerate(ids)}
    names = list(short_names(day.net, ids, lang).values())
    return {f: numbers[g] for f, g in zip(facilities, groups, strict=True)}, names


def _between_groups(
    links: pd.DataFrame, group_of: dict[str, int], groups: list[str]
) -> pd.DataFrame:
    """The links with groups in place of facilities, those of two groups and one status added up."""
    names = {facility: groups[number] for facility, number in group_of.items()}
    none = say("flow_map.no_group")
    ends = {end: links[end].map(names).fillna(none) for end in ("source", "target")}
    rows = links.assign(**ends).groupby(["source", "target", "status"], as_index=False)
    return rows.agg({"count": "sum", "hidden": "max"})


@dataclass(frozen=True)
class _Ends:
    """What the ends are called and which group is theirs; `last` comes after all groups."""

    names: dict[str, str]
    group_of: dict[str, int]
    last: int

    def senders(self, links: tuple[FlowLink, ...], gap: float) -> dict[str, FlowEnd]:
        """Return the senders one below the other, those of a group together."""
        ids = {link.source for link in links}
        order = sorted(ids, key=lambda id: (self.group_of.get(id, self.last), id))
        made = {id: self.end(id) for id in order}
        y, before = float(TOP), None
        for end in made.values():
            if before is not None and end.group != before:
                y += gap
            end.y, before = y, end.group
            y += ROW
        return made

    def receivers(
        self, links: tuple[FlowLink, ...], senders: dict[str, FlowEnd]
    ) -> dict[str, FlowEnd]:
        """Return the receivers, each in the middle of its senders as far as there is room."""
        pulls: dict[str, list[float]] = {}
        for link in links:
            pulls.setdefault(link.target, []).append(senders[link.source].y)
        middles = {id: sum(found) / len(found) for id, found in pulls.items()}
        made = {}
        for id in sorted(middles, key=lambda id: (middles[id], id)):
            made[id] = self.end(id)
            made[id].y = middles[id]
        _push_apart(made, max((end.y for end in senders.values()), default=0.0))
        return made

    def end(self, id: str) -> FlowEnd:
        return FlowEnd(self.names.get(id, id), self.group_of.get(id, -1))


def _push_apart(ends: dict[str, FlowEnd], bottom: float) -> None:
    """Push receivers apart downwards, then up again where they would leave the picture."""
    y = float(TOP - _RECEIVER)
    for end in ends.values():
        end.y = y = max(end.y, y + _RECEIVER)
    limit = max(bottom, float(TOP + _RECEIVER * (len(ends) - 1))) + _RECEIVER
    for end in reversed(ends.values()):
        end.y = min(end.y, limit - _RECEIVER)
        limit = end.y


def _add_volumes(
    links: tuple[FlowLink, ...], senders: dict[str, FlowEnd], receivers: dict[str, FlowEnd]
) -> None:
    for link in links:
        for end in (senders[link.source], receivers[link.target]):
            end.volume += link.count
            end.hidden = end.hidden or link.hidden
