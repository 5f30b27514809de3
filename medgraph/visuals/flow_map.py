"""Draw planned against observed referrals: who sends to whom, as planned, not at all, or past the plan."""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass, field
from html import escape

import pandas as pd

from medgraph.errors import OptionError
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.visuals import style, svg
from medgraph.visuals.figure import Figure
from medgraph.visuals.tiles.tile_scene import memberships, short_names, stamps
from medgraph.words.say import language, say, speaking

WIDTH, MARGIN, TOP, ROW, GAP = 1180, 18, 132, 21, 14
LEFT, RIGHT, BAR = 300, 850, 8
_LIMIT = 90  # more senders than this are drawn by group
_LABEL, _SMALL = 14, 13
_RELATIONS = {"up": "REFERS_UP_TO", "down": "REFERS_DOWN_TO"}
# Colour, dashes and what is drawn last (on top); red is kept for what the plan does not know.
_LOOKS = {
    "unused": (style.FAINT, "5 4"),
    "used": (style.BLUE, None),
    "unplanned": (style.PROBLEM, None),
}


def flow_map(
    net: MedicalNetwork,
    flows: pd.DataFrame,
    *,
    direction: str = "up",
    as_of: datetime.date | str | None = None,
    lang: str | None = None,
) -> Figure:
    """Draw each link of `flows` from its sender (left) to its receiver (right), as wide as its volume.

    `flows` is the frame of `flows.flows`: source, relation, target, status (used, unused, unplanned), count
    (empty where it is protected), shown. A planned link that is used is blue, one that is not is a grey dashed
    line, one that no plan knows is red; a protected count is a dotted line. Widths grow with the square root of
    the count. Senders stand by group; beyond 90 senders, groups are drawn in place of facilities. Return a Figure
    whose `counts` are the links of the direction, all of them shown, by status, and the lines they make. Raise
    OptionError for another direction.
    """
    if direction not in _RELATIONS:
        raise OptionError(
            say("not_one_of", what="direction", value=direction, allowed=", ".join(_RELATIONS))
        )
    with speaking(lang or language()):
        chosen = flows[
            flows["relation"].isin(
                [_RELATIONS[direction], ""] if direction == "up" else [_RELATIONS[direction]]
            )
        ]
        return _Drawing(
            net, _scene(net, chosen, language()), direction, net.day(as_of), language()
        ).figure()


@dataclass
class _Node:
    """One sender or receiver: its words, its group (number of the look; -1: none), and where it stands.

    `volume` adds up what is shown; `hidden` is how a count that is not shown reads (`<11`), empty where all are.
    """

    name: str
    group: int
    y: float = 0.0
    volume: int = 0
    hidden: str = ""

    def label(self, room: float) -> str:
        number = (
            f"≥{self.volume}" if self.hidden and self.volume else self.hidden or str(self.volume)
        )
        return (
            f"{style.fitted(self.name, _LABEL, room - style.width(number, _LABEL) - 12)}  {number}"
        )


@dataclass
class _Scene:
    """Senders, receivers and the links between them; the names of the groups."""

    senders: dict[str, _Node]
    receivers: dict[str, _Node]
    links: pd.DataFrame
    groups: list[str]
    joined: bool = False
    totals: dict[str, int] = field(default_factory=dict)


def _scene(net: MedicalNetwork, flows: pd.DataFrame, lang: str) -> _Scene:
    """Arrange: senders by group and name, receivers as near as can be to those who send to them."""
    group_of, groups = _groups(net, lang)
    totals = {status: int((flows["status"] == status).sum()) for status in _LOOKS}
    links = flows.assign(
        hidden=flows["shown"].where(flows["count"].isna(), ""),
        count=flows["count"].fillna(0).astype(int),
    )
    joined = links["source"].nunique() > _LIMIT
    if joined:
        for end in ("source", "target"):
            numbers = links[end].map(group_of).fillna(-1).astype(int)
            links[end] = [groups[k] if k >= 0 else say("flow_map.no_group") for k in numbers]
        links = links.groupby(["source", "target", "status"], as_index=False).agg(
            {"count": "sum", "hidden": "max"}
        )
    names = short_names(
        net, {*links["source"], *links["target"]} & set(net.index.ids.to_pylist()), lang
    )
    number = dict(zip(groups, range(len(groups)), strict=True)) if joined else group_of
    order = sorted(set(links["source"]), key=lambda id: (number.get(id, len(groups)), id))
    senders = {id: _Node(names.get(id, id), number.get(id, -1)) for id in order}
    _stand(senders, 4 if joined else GAP)
    pull = (
        links.assign(y=links["source"].map(lambda id: senders[id].y)).groupby("target")["y"].mean()
    )
    receivers = {
        id: _Node(names.get(id, id), number.get(id, -1), y=y)
        for id, y in pull.sort_values().items()
    }
    _spread(receivers, max((node.y for node in senders.values()), default=0))
    for row in links.itertuples():
        for node in (senders[row.source], receivers[row.target]):
            node.volume += row.count
            node.hidden = node.hidden or row.hidden
    return _Scene(senders, receivers, links, groups, joined, totals)


def _groups(net: MedicalNetwork, lang: str) -> tuple[dict[str, int], list[str]]:
    """Return the number of each facility's group, and the names of the groups in the order of their ids."""
    members = memberships(net)
    ids = sorted(set(net.index.ids.take(members["group"].to_numpy()).to_pylist()))
    number = {id: k for k, id in enumerate(ids)}
    of = {
        net.index.ids[int(f)].as_py(): number[net.index.ids[int(g)].as_py()]
        for f, g in zip(members["facility"], members["group"], strict=True)
    }
    return of, list(short_names(net, ids, lang).values())


def _stand(nodes: dict[str, _Node], gap: float) -> None:
    y, before = float(TOP), None
    for node in nodes.values():
        y += gap if before is not None and node.group != before else 0
        node.y, before = y, node.group
        y += ROW


def _spread(nodes: dict[str, _Node], bottom: float) -> None:
    """Push receivers apart, at first downwards, then up again where they would leave the picture."""
    room = 46
    y = TOP - room
    for node in nodes.values():
        node.y = y = max(node.y, y + room)
    limit = max(bottom, TOP + room * (len(nodes) - 1)) + room
    for node in reversed(nodes.values()):
        node.y = min(node.y, limit - room)
        limit = node.y


class _Drawing:
    """One drawing of a scene; knows sizes and looks."""

    def __init__(
        self, net: MedicalNetwork, scene: _Scene, direction: str, day: datetime.date, lang: str
    ) -> None:
        self.scene, self.day, self.lang = scene, day, lang
        self.stamps = stamps(net)
        self.most = max(scene.links["count"].max() if len(scene.links) else 0, 1)
        title = net.meta.get("title", "")
        self.title = say(f"flow_map.title_{direction}", title=title).strip(" ·：:")

    def figure(self) -> Figure:
        scene = self.scene
        ends = [node.y for part in (scene.senders, scene.receivers) for node in part.values()]
        bottom = max(ends, default=TOP) + ROW + 10
        legend, height = self.legend(bottom)
        order = {status: k for k, status in enumerate(_LOOKS)}
        rows = sorted(scene.links.itertuples(), key=lambda row: (order[row.status], row.count))
        body = [
            svg.rect(0, 0, WIDTH, height, fill=style.PAPER),
            self.header(),
            *(self.link(row) for row in rows),
            *(self.node(node, left=True) for node in scene.senders.values()),
            *(self.node(node, left=False) for node in scene.receivers.values()),
            legend,
        ]
        drawn = sum(scene.totals.values())
        counts = {"shown": drawn, "all": drawn, "lines": len(rows)} | {
            s: n for s, n in scene.totals.items() if n
        }
        return Figure(
            self.title,
            counts,
            svg.document(WIDTH, height, self.title, "".join(body)),
            lang=self.lang,
        )

    def header(self) -> str:
        right, badges = WIDTH - MARGIN, []
        for stamp in self.stamps:
            room = style.width(stamp, 15) + 16
            badges.append(
                svg.rect(right - room, 14, room, 26, rx=4, fill=style.INK)
                + svg.text(
                    right - room / 2,
                    32,
                    stamp,
                    size=15,
                    anchor="middle",
                    weight="bold",
                    fill=style.PAPER,
                )
            )
            right -= room + 8
        totals = self.scene.totals
        facts = say("flow_map.facts", day=self.day.isoformat(), **totals)
        sides = [
            say(f"flow_map.{side}_groups" if self.scene.joined else f"flow_map.{side}")
            for side in ("from", "to")
        ]
        return "".join(
            [
                svg.text(
                    MARGIN,
                    36,
                    style.fitted(self.title, 24, right - MARGIN - 10),
                    size=24,
                    weight="bold",
                ),
                svg.text(
                    MARGIN,
                    62,
                    style.fitted(facts, 15, WIDTH - 2 * MARGIN),
                    size=15,
                    fill=style.SOFT_INK,
                ),
                *badges,
                svg.text(
                    LEFT - 6,
                    TOP - 24,
                    sides[0],
                    size=15,
                    anchor="end",
                    weight="bold",
                    fill=style.SOFT_INK,
                ),
                svg.text(
                    RIGHT + BAR + 8, TOP - 24, sides[1], size=15, weight="bold", fill=style.SOFT_INK
                ),
            ]
        )

    def look(self, group: int) -> style.Look:
        return (
            style.look(group)
            if group >= 0
            else style.Look(style.FAINT, style.tint(style.FAINT), "square")
        )

    def node(self, node: _Node, *, left: bool) -> str:
        """A bar in the colour of the group, its mark, the short name and what it sends or gets."""
        look = self.look(node.group)
        x, anchor = (LEFT, "end") if left else (RIGHT, None)
        high = ROW - 5 if left else 34
        bar = svg.rect(x, node.y - high / 2, BAR, high, fill=look.colour)
        at = x - 12 if left else x + BAR + 12
        words = node.label((LEFT if left else WIDTH - RIGHT) - 50)
        mark = svg.mark(look.mark, at, node.y, 5, fill=look.colour)
        return (
            bar
            + mark
            + svg.text(
                at - 11 if left else at + 11,
                node.y + 5,
                words,
                size=_LABEL,
                anchor=anchor,
                weight=None if left else "bold",
            )
        )

    def link(self, row) -> str:
        """A curve from sender to receiver, as wide as its volume, with the words that say so."""
        start, end = self.scene.senders[row.source], self.scene.receivers[row.target]
        colour, dashes = _LOOKS[row.status]
        small = bool(row.hidden) and not row.count
        wide = (
            1.4 if small or row.status == "unused" else 1.2 + 11 * math.sqrt(row.count / self.most)
        )
        middle = (LEFT + BAR + RIGHT) / 2
        path = f"M{LEFT + BAR} {start.y:.1f}C{middle} {start.y:.1f} {middle} {end.y:.1f} {RIGHT} {end.y:.1f}"
        volume = f"≥{row.count}" if row.hidden and row.count else row.hidden or str(row.count)
        words = f"{start.name} → {end.name}: {say(f'flow_map.{row.status}')} · {volume}"
        return svg.element(
            "path",
            svg.element("title", escape(words)),
            d=path,
            fill="none",
            stroke=colour,
            stroke_width=wide,
            stroke_opacity=0.9 if row.status == "unplanned" else 0.55,
            stroke_dasharray="1.5 4" if small else dashes,
            stroke_linecap="round" if small else None,
        )

    def legend(self, top: float) -> tuple[str, float]:
        """What lines, widths and bars mean; return it with the height of the whole drawing."""
        parts, y = (
            [svg.element("path", d=f"M{MARGIN} {top}H{WIDTH - MARGIN}", stroke=style.FAINT)],
            top + 26,
        )
        x = float(MARGIN)
        for status in ("used", "unused", "unplanned", "protected"):
            colour, dashes = _LOOKS.get(status, (style.BLUE, "1.5 4"))
            wide = {"used": 6, "unplanned": 6}.get(status, 1.6)
            parts.append(
                svg.element(
                    "path",
                    d=f"M{x} {y - 5}h44",
                    stroke=colour,
                    stroke_width=wide,
                    stroke_dasharray=dashes,
                )
            )
            words = say(f"flow_map.{status}")
            parts.append(svg.text(x + 52, y, words, size=_LABEL))
            x += 52 + style.width(words, _LABEL) + 28
        x, y = float(MARGIN), y + 26
        for number, name in enumerate(self.scene.groups[:30]):
            look = self.look(number)
            if x + style.width(name, _SMALL) + 40 > WIDTH - MARGIN:
                x, y = float(MARGIN), y + 22
            parts += [
                svg.mark(look.mark, x + 6, y - 5, 6, fill=look.colour),
                svg.text(x + 18, y, name, size=_SMALL),
            ]
            x += style.width(name, _SMALL) + 44
        note = say("flow_map.widths", most=self.most)
        parts.append(svg.text(MARGIN, y + 26, note, size=_SMALL, fill=style.SOFT_INK))
        return "".join(parts), y + 44
