"""Draw who belongs to whom, for paper: a column per group, a card per member, a dot per station."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from medgraph.visuals import style, svg
from medgraph.visuals.arguments import check_map, texts_by_node
from medgraph.visuals.colouring import ColorBy, colour_series
from medgraph.visuals.figure import Figure
from medgraph.visuals.figure_day import figure_day
from medgraph.visuals.headings import state_label
from medgraph.visuals.network.network_scene import DrawnNode, NetworkScene, network_scene
from medgraph.visuals.swimlane_words import (
    CARD,
    card_words,
    centred,
    lane_name,
    problem_line,
    spoken,
)
from medgraph.words.joining import clauses, listed, said_of, title_without_ends
from medgraph.words.say import language, say, speaking
from medgraph.words.vocabularies import label

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from medgraph.graphmodel.network import MedicalNetwork

_HIGH, _GAP, _MARGIN, _ROWS = 44, 8, 18, 9
_DOTS = 12  # in one row of a card
_CARDS = ("hospital", "primary", "other", "class")
_LANE_HEAD = 78
_WIDEST = 760  # lanes are widened for many cards as far as this
_BAND_GROUND = "#F3F1F8"
_FEW = 3  # cards above each other need no more columns
_PROBLEM_ROWS = 12


def swimlane(
    net: MedicalNetwork,
    *,
    color_by: ColorBy = None,
    problems: Mapping[str, str] | None = None,
    as_of: datetime.date | str | None = None,
    lang: str | None = None,
) -> Figure:
    """Draw a column per group with its lead, a card per member and a dot per station.

    A band above holds what crosses the groups: alliances, and facilities in no group. What is wrong
    has a red frame and is named in a list at the end, an area that nobody serves with it.

    Parameters
    ----------
    net
        The network.
    color_by
        A Series by id or name, the name of a column of the nodes, or an answer (its status); a word
        that names a problem (gap, FAIL, ungrouped, ...) marks the node. What matches no node is an
        error.
    problems
        What is wrong, in words, by node id.
    as_of
        The day of the picture; the data day of the network by default.
    lang
        Language of the words, `zh` or `en`; that of now by default.

    Returns
    -------
    Figure
        Its `counts` are the nodes drawn (`shown`) of `all` that are no area, and how many of them
        are `problems`. Departments, platforms and the like are counted, not drawn; the picture
        says so.

    Raises
    ------
    TooLargeError
        Beyond 5,000 nodes: draw areas instead (`tile_map`), or a part of the network.

    Examples
    --------
    >>> import medgraph as mg
    >>> mg.visuals.swimlane(mg.samples.taizhou(), problems={"TZ-P07": "gap"}).counts["problems"]
    1
    """
    check_map(lang, net, as_of=as_of)
    with speaking(lang or language()):
        scene = network_scene(
            net,
            colour_series(net, color_by),
            texts_by_node(net, "problems", problems),
            net.day(as_of),
            language(),
        )
        return _SwimlaneDrawing(scene).figure()


@dataclass
class _SwimlaneDrawing:
    """One drawing in columns; knows sizes and looks."""

    scene: NetworkScene

    def __post_init__(self) -> None:
        nodes = self.scene.nodes
        self.node = {node.id: node for node in nodes}
        self.looks = {id: style.look(i) for i, id in enumerate(sorted(self.scene.owners))}
        self.lanes = {
            id: [node for node in nodes if node.owner == id and node.role in _CARDS]
            for id in sorted(self.scene.owners)
        }
        self.stations = self._stations()
        self.columns = self._columns()
        self.room = max(900.0, self.lane_room())
        self.drawn: set[str] = set()

    def _stations(self) -> dict[str, list[DrawnNode]]:
        """Stations by the node that runs them, else by their group."""
        above = {
            link.source: link.target
            for link in self.scene.links
            if link.relation in ("PART_OF", "RUN_BY")
        }
        found: dict[str, list[DrawnNode]] = {}
        for node in self.scene.nodes:
            if node.role == "station":
                found.setdefault(above.get(node.id, node.owner), []).append(node)
        return found

    def _columns(self) -> dict[str, int]:
        """How many columns of cards each lane has: more where it is full and there is room."""
        columns = {
            id: max(1, min(4, math.ceil(len(cards) / _ROWS))) for id, cards in self.lanes.items()
        }

        def filled(id: str) -> float:
            return len(self.lanes[id]) / columns[id]

        while columns and self._width_of(columns) < _WIDEST:
            fullest = max(columns, key=filled)
            if filled(fullest) <= _FEW:
                break
            columns[fullest] += 1
        return columns

    @staticmethod
    def _width_of(columns: Mapping[str, int]) -> float:
        """How wide all lanes are with so many columns of cards."""
        cards = sum(columns.values()) * (CARD + _GAP)
        return cards + len(columns) * (_GAP + 10) - 10

    def lane_room(self) -> float:
        return self._width_of(self.columns)

    def figure(self) -> Figure:
        scene = self.scene
        band, top = self.band(88.0)
        lanes, bottom = self.all_lanes(top)
        problems, bottom = self.problem_list(bottom)
        title = title_without_ends(say("swimlane_title", title=scene.title))
        facts = (figure_day(scene.day, scene.data_day), *scene.facts)
        head = svg.header(title, facts, (*scene.stamps, say("sketch")), _MARGIN, self.room)
        note = svg.text(_MARGIN, bottom + 24, self.shown(), size=14, fill=style.SOFT_INK)
        wide, high = self.room + 2 * _MARGIN, bottom + 44
        paper = svg.rect(0, 0, wide, high, fill=style.PAPER)
        counts = {
            "shown": len(self.drawn),
            "all": len(scene.nodes),
            "problems": sum(bool(node.problem) for node in scene.nodes),
        }
        body = "".join([paper, head, band, lanes, problems, note])
        table = pd.DataFrame(
            [
                {"id": node.id, "name": node.name, **self.described(node)}
                for node in scene.nodes
                if node.id in self.drawn
            ]
        )
        drawing = svg.document(wide, high, title, body)
        return Figure(title, counts, drawing, lang=language(), table=table)

    def shown(self) -> str:
        """The line that says how much is drawn, and what is not."""
        nodes, unit = self.scene.nodes, say("network.nodes")
        shown = say("shown_of", shown=len(self.drawn), total=len(nodes), unit=unit)
        rest = Counter(node.kind for node in nodes if node.id not in self.drawn)
        if not rest:
            return shown
        left = [f"{label('kind', kind, language())} {rest[kind]}" for kind in sorted(rest)]
        return clauses([shown, said_of(say("not_drawn"), listed(left))])

    # -- the band above --------------------------------------------------------------------------

    def band(self, top: float) -> tuple[str, float]:
        """What crosses the groups: alliances with their members, what is in no group."""
        members = self.members_of_alliances()
        rows = []
        for id, found in sorted(members.items()):
            self.drawn.add(id)
            rows.append((self.node[id].label, [self.node[member] for member in found]))
        loose = self.loose_nodes(members)
        if loose:
            rows.append((say("network.other"), loose))
        drawn, y = [], top
        for words, nodes in rows:
            row, y = self.band_row(words, nodes, y)
            drawn.append(row)
        return "".join(drawn), y + (10 if rows else 0)

    def members_of_alliances(self) -> dict[str, list[str]]:
        """The ids of the members of each alliance, each once."""
        members: dict[str, dict[str, None]] = {}
        for link in self.scene.links:
            belongs = link.relation in ("MEMBER_OF", "LEADS")
            if belongs and self.node[link.target].role == "alliance":
                members.setdefault(link.target, {})[link.source] = None
        return {id: list(found) for id, found in members.items()}

    def loose_nodes(self, members: Mapping[str, list[str]]) -> list[DrawnNode]:
        """Facilities and teams in no group and no alliance, and alliances without a member."""
        inside = {id for found in members.values() for id in found}
        outside = [n for n in self.scene.nodes if not n.owner and n.id not in inside]
        return [
            node
            for node in outside
            if node.kind in ("Facility", "Team")
            or (node.role == "alliance" and node.id not in members)
        ]

    def band_row(self, words: str, nodes: list[DrawnNode], top: float) -> tuple[str, float]:
        first = _MARGIN + 150.0
        x, y, chips = first, top + 5, []
        for node in nodes:
            shown = style.fitted(node.label, 13, 220)
            wide = style.width(shown, 13) + 20
            if x > first and x + wide > _MARGIN + self.room - 6:
                x, y = first, y + 34
            chips.append(self.chip(node, shown, x, y, wide))
            x += wide + 7
        look = {"rx": 5, "fill": _BAND_GROUND, "stroke": style.VIOLET}
        ground = svg.rect(_MARGIN, top, self.room, y + 33 - top, **look)
        shown = style.fitted(words, 14, 132)
        name = svg.text(_MARGIN + 10, top + 24, shown, size=14, weight="bold", fill=style.VIOLET)
        return ground + name + "".join(chips), y + 39

    def chip(self, node: DrawnNode, words: str, x: float, y: float, wide: float) -> str:
        """A node of the band, as wide as its words."""
        self.drawn.add(node.id)
        ink = style.PROBLEM if node.problem else style.INK
        frame = svg.rect(
            x,
            y,
            wide,
            28,
            rx=4,
            fill=style.PAPER,
            stroke=self.frame_colour(node),
            stroke_width=2.5 if node.problem else 1.3,
            stroke_dasharray="4 3" if node.role == "class" else None,
        )
        text = svg.text(x + wide / 2, y + 19, words, size=13, anchor="middle", fill=ink)
        return self.thing(node, svg.tooltip(spoken(node)) + frame + text)

    def frame_colour(self, node: DrawnNode) -> str:
        if node.problem:
            return style.PROBLEM
        owner = self.looks.get(node.owner)
        return owner.colour if owner else style.FAINT

    # -- the lanes -------------------------------------------------------------------------------

    def all_lanes(self, top: float) -> tuple[str, float]:
        high = max((self.lane_height(id) for id in self.lanes), default=0.0)
        x, drawn = float(_MARGIN), []
        for id in self.lanes:
            wide = self.columns[id] * (CARD + _GAP) + _GAP
            drawn.append(self.lane(id, x, top, wide, high))
            x += wide + 10
        return "".join(drawn), top + high

    def lane_height(self, id: str) -> float:
        _, bottoms = self.card_places(id, 0.0)
        own = len(self.stations.get(id, []))
        dots = math.ceil(own / (_DOTS * self.columns[id])) * 10 + 26 if own else 0
        return 92 + max(bottoms) + dots

    def card_places(self, id: str, top: float) -> tuple[list[tuple[int, float]], list[float]]:
        """The column and height of each card, always the shortest, and where columns end."""
        bottoms = [top] * self.columns[id]
        places = []
        for node in self.lanes[id]:
            shortest = bottoms.index(min(bottoms))
            places.append((shortest, bottoms[shortest]))
            bottoms[shortest] += self.card_height(node) + _GAP
        return places, bottoms

    def card_height(self, node: DrawnNode) -> float:
        stations = len(self.stations.get(node.id, []))
        return _HIGH + math.ceil(stations / _DOTS) * 10

    def lane(self, id: str, x: float, top: float, wide: float, high: float) -> str:
        """One column: the group and its lead on its colour, then the cards."""
        look, own = self.looks[id], self.stations.get(id, [])
        ground = svg.rect(
            x, top, wide, high, rx=6, fill=style.tint(look.colour, 0.07), stroke=look.colour
        )
        places, bottoms = self.card_places(id, top + 88.0)
        cards = [
            self.card(node, x + _GAP + column * (CARD + _GAP), y, look)
            for node, (column, y) in zip(self.lanes[id], places, strict=True)
        ]
        per_row = _DOTS * self.columns[id]
        dots = self.dots(own, x + 14, max(bottoms) + 16, look, per_row=per_row)
        return ground + self.lane_head(id, x, top, wide) + "".join(cards) + dots

    def lane_head(self, id: str, x: float, top: float, wide: float) -> str:
        """The name of a group, its leads, and how many members and stations it has."""
        look, middle, room = self.looks[id], x + wide / 2, wide - 12
        leads = [node for node in self.scene.nodes if node.owner == id and node.role == "lead"]
        self.drawn |= {id, *(node.id for node in leads)}
        star = "★ " + listed(node.label for node in leads) if leads else ""
        stations = sum(node.owner == id for found in self.stations.values() for node in found)
        members = sum(node.role != "class" for node in self.lanes[id]) + len(leads)
        counted = say("lane_counts", members=members, stations=stations)
        drawn = [
            svg.rect(x, top, wide, _LANE_HEAD, rx=6, fill=look.tint, stroke=look.colour),
            lane_name(self.node[id], middle, top, room),
            centred(style.fitted(star, 14, room), middle, top + 49, size=14),
            centred(
                style.fitted(counted, 13, room), middle, top + 68, size=13, fill=style.SOFT_INK
            ),
        ]
        return "".join(drawn)

    def card(self, node: DrawnNode, x: float, y: float, look: style.Look) -> str:
        """A member: its mark and name, how many stations it runs, and a dot for each."""
        self.drawn.add(node.id)
        own = self.stations.get(node.id, [])
        hollow = node.role == "class"
        frame = svg.rect(
            x,
            y,
            CARD,
            self.card_height(node),
            rx=4,
            fill=style.PAPER,
            stroke_width=3 if node.problem else 1.2,
            stroke=style.PROBLEM if node.problem else look.colour,
            stroke_dasharray="4 3" if hollow else None,
        )
        mark = svg.mark(
            "square" if node.role == "hospital" else "circle",
            x + 15,
            y + 21,
            6,
            fill=style.PAPER if hollow else look.colour,
            stroke=look.colour,
            stroke_width=0.25,
        )
        words = card_words(node, len(own), x, y)
        dots = self.dots(own, x + 12, y + 42, look)
        return self.thing(node, svg.tooltip(spoken(node)) + frame + mark + words + dots)

    def thing(self, node: DrawnNode, content: str) -> str:
        """A node that can be filtered by its group and by what is wrong, and focused."""
        return svg.thing(content, node.id, **self.described(node))

    def described(self, node: DrawnNode) -> dict[str, str]:
        return {
            "group": self.scene.owners.get(node.owner, ""),
            "level": label("kind", node.kind, language()),
            "state": state_label(node.problem) if node.problem else "",
        }

    def dots(
        self,
        stations: list[DrawnNode],
        x: float,
        y: float,
        look: style.Look,
        *,
        per_row: int = _DOTS,
    ) -> str:
        """A dot for each station, in rows."""
        self.drawn |= {node.id for node in stations}
        drawn = []
        for number, node in enumerate(stations):
            row, column = divmod(number, per_row)
            drawn.append(
                svg.element(
                    "circle",
                    svg.tooltip(spoken(node)),
                    cx=x + column * 10.0,
                    cy=y + row * 10.0,
                    r=3.3,
                    fill=style.PAPER if node.problem else look.colour,
                    stroke=style.PROBLEM if node.problem else None,
                    stroke_width=2 if node.problem else None,
                )
            )
        return "".join(drawn)

    # -- the problems ----------------------------------------------------------------------------

    def problem_list(self, top: float) -> tuple[str, float]:
        """What is wrong, by name; an area that nobody serves is drawn here, hatched."""
        wrong = [node for node in self.scene.nodes if node.problem]
        wrong.sort(key=lambda node: node.standing)
        if not wrong:
            return "", top
        top += 14
        per_row = max(1, int(self.room // 300))
        shown = wrong[: _PROBLEM_ROWS * per_row]
        hidden = len(wrong) - len(shown)
        self.drawn |= {node.id for node in shown if node.role == "gap"}
        high = 40 + 24 * math.ceil(len(shown) / per_row) + (24 if hidden else 0)
        drawn = [self.problem_frame(top, high, len(wrong))]
        for number, node in enumerate(shown):
            row, column = divmod(number, per_row)
            x = _MARGIN + 12 + column * self.room / per_row
            drawn.append(problem_line(node, x, top + 47 + 24 * row, self.room / per_row - 40))
        if hidden:
            more = say("lane_more", count=hidden)
            drawn.append(svg.text(_MARGIN + 12, top + high - 12, more, size=13))
        return "".join(drawn), top + high

    def problem_frame(self, top: float, high: float, count: int) -> str:
        pattern = svg.element("defs", svg.hatching("mg-gap", style.tint(style.PROBLEM, 0.7)))
        look = {"rx": 6, "fill": style.tint(style.PROBLEM, 0.05), "stroke": style.PROBLEM}
        frame = svg.rect(_MARGIN, top, self.room, high, **look)
        words = say("lane_problems", count=count)
        heading = svg.text(
            _MARGIN + 12, top + 25, words, size=15, weight="bold", fill=style.PROBLEM
        )
        return pattern + frame + heading
