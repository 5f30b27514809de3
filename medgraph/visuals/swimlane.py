"""Draw who belongs to whom, for paper: a column per group, a card per member, a dot per station."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

import pandas as pd

from medgraph.graphmodel.network import MedicalNetwork
from medgraph.visuals import style, svg
from medgraph.visuals.figure import Figure
from medgraph.visuals.headings import state_label
from medgraph.visuals.network.network_scene import NetworkScene, Node, network_scene
from medgraph.words.say import language, say, speaking
from medgraph.words.vocabularies import label

_CARD, _HIGH, _GAP, _MARGIN, _ROWS = 132, 44, 8, 18, 9
_DOTS = 12  # in one row of a card
_CARDS = ("hospital", "primary", "other", "class")


def swimlane(
    net: MedicalNetwork,
    *,
    color_by: pd.Series | None = None,
    problems: Mapping[str, str] | None = None,
    as_of: datetime.date | str | None = None,
    lang: str | None = None,
) -> Figure:
    """Draw a column per group with its lead, a card per member and a dot per station; a band for alliances.

    `color_by` and `problems` mark what is wrong, as in `network_map`: its card has a red frame, and it is
    named in the list at the end, an area that nobody serves too. Counts: nodes drawn of all that are no
    area; departments, platforms and the like are counted, not drawn, and the picture says so.
    """
    with speaking(lang or language()):
        scene = network_scene(
            net, color_by, dict({} if problems is None else problems), net.day(as_of), language()
        )
        return _Lanes(scene).figure()


@dataclass
class _Lanes:
    """One drawing in columns; knows sizes and looks."""

    scene: NetworkScene

    def __post_init__(self) -> None:
        nodes = self.scene.nodes
        self.node = {node.id: node for node in nodes}
        self.looks = {id: style.look(i) for i, id in enumerate(sorted(self.scene.owners))}
        self.stations: dict[str, list[Node]] = {}
        above = {
            link.source: link.target
            for link in self.scene.links
            if link.relation in ("PART_OF", "RUN_BY")
        }
        for node in nodes:
            if node.role == "station":
                self.stations.setdefault(above.get(node.id, node.owner), []).append(node)
        self.lanes = {
            id: [n for n in nodes if n.owner == id and n.role in _CARDS]
            for id in sorted(self.scene.owners)
        }
        self.columns = {
            id: max(1, min(4, math.ceil(len(cards) / _ROWS))) for id, cards in self.lanes.items()
        }
        while self.lanes and self.lane_room() < 760 and max(self.filled().values()) > 3:
            fullest = max(self.filled(), key=self.filled().get)
            self.columns[fullest] += 1
        self.room = max(900.0, self.lane_room())
        self.drawn: set[str] = set()

    def lane_room(self) -> float:
        return sum(self.columns.values()) * (_CARD + _GAP) + len(self.lanes) * (_GAP + 10) - 10

    def filled(self) -> dict[str, float]:
        """How many cards stand above each other in each lane."""
        return {id: len(cards) / self.columns[id] for id, cards in self.lanes.items()}

    def figure(self) -> Figure:
        scene = self.scene
        band, top = self.band(88.0)
        lanes, bottom = self.all_lanes(top)
        listed, bottom = self.problem_list(bottom)
        title = say("swimlane_title", title=scene.title).strip(" :：")
        facts = (say("figure_day", day=scene.day.isoformat()), *scene.facts)
        head = svg.header(title, facts, (*scene.stamps, say("sketch")), _MARGIN, self.room)
        note = svg.text(_MARGIN, bottom + 24, self.shown(), size=14, fill=style.SOFT_INK)
        wide, high = self.room + 2 * _MARGIN, bottom + 44
        body = svg.rect(0, 0, wide, high, fill=style.PAPER) + head + band + lanes + listed + note
        counts = {
            "shown": len(self.drawn),
            "all": len(scene.nodes),
            "problems": sum(bool(n.problem) for n in scene.nodes),
        }
        return Figure(title, counts, svg.document(wide, high, title, body), lang=language())

    def shown(self) -> str:
        """The line that says how much is drawn, and what is not."""
        rest: dict[str, int] = {}
        for node in self.scene.nodes:
            if node.id not in self.drawn:
                rest[node.kind] = rest.get(node.kind, 0) + 1
        said = say(
            "shown_of",
            shown=len(self.drawn),
            total=len(self.scene.nodes),
            unit=say("network.nodes"),
        )
        left = "、".join(
            f"{label('kind', kind, language())} {count}" for kind, count in sorted(rest.items())
        )
        return said + (f"；{say('not_drawn')}：{left}" if left else "")

    # -- the band above ------------------------------------------------------------------------

    def band(self, top: float) -> tuple[str, float]:
        """What crosses the groups: each alliance with its members, teams, facilities in no group."""
        members: dict[str, list[str]] = {}
        for link in self.scene.links:
            if (
                link.relation in ("MEMBER_OF", "LEADS")
                and self.node[link.target].role == "alliance"
            ):
                members.setdefault(link.target, []).append(link.source)
        rows = [
            (self.node[id].label, self.node[id], [self.node[m] for m in dict.fromkeys(found)])
            for id, found in sorted(members.items())
        ]
        inside = {node.id for _, _, found in rows for node in found}
        loose = [
            n
            for n in self.scene.nodes
            if not n.owner
            and n.id not in inside
            and (n.kind in ("Facility", "Team") or (n.role == "alliance" and n.id not in members))
        ]
        rows += [(say("network.other"), None, loose)] if loose else []
        drawn, y = [], top
        for words, alliance, found in rows:
            if alliance is not None:
                self.drawn.add(alliance.id)
            row, y = self.band_row(words, found, y)
            drawn.append(row)
        return "".join(drawn), y + (10 if rows else 0)

    def band_row(self, words: str, nodes: list[Node], top: float) -> tuple[str, float]:
        first = _MARGIN + 150.0
        x, y, cards = first, top + 5, []
        for node in nodes:
            label = style.fitted(node.label, 13, 220)
            wide = style.width(label, 13) + 20
            if x > first and x + wide > _MARGIN + self.room - 6:
                x, y = first, y + 34
            cards.append(self.chip(node, label, x, y, wide))
            x += wide + 7
        ground = svg.rect(
            _MARGIN, top, self.room, y + 33 - top, rx=5, fill="#F3F1F8", stroke=style.VIOLET
        )
        name = svg.text(
            _MARGIN + 10,
            top + 24,
            style.fitted(words, 14, 132),
            size=14,
            weight="bold",
            fill=style.VIOLET,
        )
        return ground + name + "".join(cards), y + 39

    def chip(self, node: Node, label: str, x: float, y: float, wide: float) -> str:
        self.drawn.add(node.id)
        owner = self.looks.get(node.owner)
        stroke = style.PROBLEM if node.problem else owner.colour if owner else style.FAINT
        return svg.element(
            "g",
            svg.element("title", escape(_spoken(node)))
            + svg.rect(
                x,
                y,
                wide,
                28,
                rx=4,
                fill=style.PAPER,
                stroke=stroke,
                stroke_width=2.5 if node.problem else 1.3,
                stroke_dasharray="4 3" if node.role == "class" else None,
            )
            + svg.text(
                x + wide / 2,
                y + 19,
                label,
                size=13,
                anchor="middle",
                fill=style.PROBLEM if node.problem else style.INK,
            ),
        )

    # -- the lanes -----------------------------------------------------------------------------

    def all_lanes(self, top: float) -> tuple[str, float]:
        high = max((self.lane_height(id) for id in self.lanes), default=0.0)
        x, drawn = float(_MARGIN), []
        for id in self.lanes:
            wide = self.columns[id] * (_CARD + _GAP) + _GAP
            drawn.append(self.lane(id, x, top, wide, high))
            x += wide + 10
        return "".join(drawn), top + high

    def lane_height(self, id: str) -> float:
        heights = [0.0] * self.columns[id]
        for node in self.lanes[id]:
            shortest = heights.index(min(heights))
            heights[shortest] += self.card_height(node) + _GAP
        own = len(self.stations.get(id, []))
        return (
            92
            + max(heights)
            + (math.ceil(own / (_DOTS * self.columns[id])) * 10 + 26 if own else 0)
        )

    def card_height(self, node: Node) -> float:
        return _HIGH + math.ceil(len(self.stations.get(node.id, [])) / _DOTS) * 10

    def lane(self, id: str, x: float, top: float, wide: float, high: float) -> str:
        """One column: the group and its lead on its colour, then the cards, each in the shortest column."""
        look, group = self.looks[id], self.node[id]
        leads = [n for n in self.scene.nodes if n.owner == id and n.role == "lead"]
        self.drawn |= {id, *(n.id for n in leads)}
        stations = sum(n.owner == id for found in self.stations.values() for n in found)
        counted = say(
            "lane_counts",
            members=sum(n.role != "class" for n in self.lanes[id]) + len(leads),
            stations=stations,
        )
        middle, room = x + wide / 2, wide - 12
        star = style.fitted("★ " + "、".join(n.label for n in leads), 14, room) if leads else ""
        drawn = [
            svg.rect(
                x, top, wide, high, rx=6, fill=style.tint(look.colour, 0.07), stroke=look.colour
            ),
            svg.rect(x, top, wide, 78, rx=6, fill=look.tint, stroke=look.colour),
            self.lane_name(group, middle, top, room),
            svg.text(middle, top + 49, star, size=14, anchor="middle"),
            svg.text(
                middle,
                top + 68,
                style.fitted(counted, 13, room),
                size=13,
                anchor="middle",
                fill=style.SOFT_INK,
            ),
        ]
        heights = [top + 88.0] * self.columns[id]
        for node in self.lanes[id]:
            shortest = heights.index(min(heights))
            drawn.append(
                self.card(node, x + _GAP + shortest * (_CARD + _GAP), heights[shortest], look)
            )
            heights[shortest] += self.card_height(node) + _GAP
        own = self.stations.get(id, [])
        return "".join(drawn) + self.dots(
            own, x + 14, max(heights) + 16, look, per_row=_DOTS * self.columns[id]
        )

    @staticmethod
    def lane_name(group: Node, middle: float, top: float, room: float) -> str:
        look = {
            "anchor": "middle",
            "weight": "bold",
            "fill": style.PROBLEM if group.problem else style.INK,
        }
        if style.width(group.label, 16) <= room:
            return svg.text(middle, top + 25, group.label, size=16, **look)
        lines = style.in_two_lines(group.label, 13, room)
        return "".join(
            svg.text(middle, top + 17 + 15 * i, line, size=13, **look)
            for i, line in enumerate(lines)
        )

    def card(self, node: Node, x: float, y: float, look: style.Look) -> str:
        self.drawn.add(node.id)
        own = self.stations.get(node.id, [])
        high, count = self.card_height(node), str(len(own)) if own else ""
        shape = "square" if node.role == "hospital" else "circle"
        label = style.fitted(
            node.label, 14, _CARD - 34 - (style.width(count, 12) + 4 if count else 0)
        )
        hollow = node.role == "class"
        body = [
            svg.element("title", escape(_spoken(node))),
            svg.rect(
                x,
                y,
                _CARD,
                high,
                rx=4,
                fill=style.PAPER,
                stroke_width=3 if node.problem else 1.2,
                stroke=style.PROBLEM if node.problem else look.colour,
                stroke_dasharray="4 3" if hollow else None,
            ),
            svg.mark(
                shape,
                x + 15,
                y + 21,
                6,
                fill=style.PAPER if hollow else look.colour,
                stroke=look.colour,
                stroke_width=0.25,
            ),
            svg.text(
                x + 28,
                y + 26,
                label,
                size=14,
                fill=style.PROBLEM if node.problem else style.INK,
                weight="bold" if not hollow else None,
            ),
            svg.text(x + _CARD - 8, y + 26, count, size=12, anchor="end", fill=style.SOFT_INK)
            if count
            else "",
            self.dots(own, x + 12, y + 42, look),
        ]
        return svg.element("g", "".join(body))

    def dots(
        self, stations: list[Node], x: float, y: float, look: style.Look, *, per_row: int = _DOTS
    ) -> str:
        self.drawn |= {node.id for node in stations}
        return "".join(
            svg.element(
                "circle",
                svg.element("title", escape(_spoken(node))),
                cx=x + (i % per_row) * 10.0,
                cy=y + (i // per_row) * 10.0,
                r=3.3,
                fill=style.PAPER if node.problem else look.colour,
                stroke=style.PROBLEM if node.problem else None,
                stroke_width=2 if node.problem else None,
            )
            for i, node in enumerate(stations)
        )

    # -- the problems --------------------------------------------------------------------------

    def problem_list(self, top: float) -> tuple[str, float]:
        """What is wrong, by name; an area that nobody serves is drawn here, hatched."""
        found = sorted(
            (n for n in self.scene.nodes if n.problem),
            key=lambda n: (n.role != "gap", n.problem, n.id),
        )
        if not found:
            return "", top
        top += 14
        per_row = max(1, int(self.room // 300))
        shown = found[: 12 * per_row]
        self.drawn |= {n.id for n in shown if n.role == "gap"}
        high = 40 + 24 * math.ceil(len(shown) / per_row) + (24 if len(found) > len(shown) else 0)
        drawn = [
            svg.element("defs", svg.hatching("mg-gap", style.tint(style.PROBLEM, 0.7))),
            svg.rect(
                _MARGIN,
                top,
                self.room,
                high,
                rx=6,
                fill=style.tint(style.PROBLEM, 0.05),
                stroke=style.PROBLEM,
            ),
            svg.text(
                _MARGIN + 12,
                top + 25,
                say("lane_problems", count=len(found)),
                size=15,
                weight="bold",
                fill=style.PROBLEM,
            ),
        ]
        for i, node in enumerate(shown):
            x, y = (
                _MARGIN + 12 + (i % per_row) * self.room / per_row,
                top + 47 + 24 * (i // per_row),
            )
            fill = "url(#mg-gap)" if node.role == "gap" else style.PAPER
            words = f"{node.name}：{state_label(node.problem)}"
            drawn += [
                svg.rect(x, y - 12, 14, 14, fill=fill, stroke=style.PROBLEM, stroke_width=2),
                svg.text(x + 22, y, style.fitted(words, 13, self.room / per_row - 40), size=13),
            ]
        if len(found) > len(shown):
            more = say("lane_more", count=len(found) - len(shown))
            drawn.append(svg.text(_MARGIN + 12, top + high - 12, more, size=13))
        return "".join(drawn), top + high


def _spoken(node: Node) -> str:
    return " · ".join(
        part
        for part in (node.name, node.id, state_label(node.problem) if node.problem else "")
        if part
    )
