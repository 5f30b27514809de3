"""Draw the tile map: one square for each township, near to where it lies; a gap is a tile of its own."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

import pandas as pd

from medgraph.graphmodel.network import MedicalNetwork
from medgraph.visuals import style, svg
from medgraph.visuals.figure import Figure
from medgraph.visuals.headings import state_label
from medgraph.visuals.tiles.tile_scene import Tile, TileScene, merged, tile_scene
from medgraph.words.say import language, say, speaking

WIDE, HIGH, HIGH_WITH_DOTS, GAP, MARGIN = 92, 68, 108, 6, 18
_NAME, _SMALL, _LEGEND = 19, 14, 16
_DOTS_PER_ROW = 8
GROUPS_NAMED = 24  # in the legend; marks repeat after 30
MERGED_FROM = 400  # tiles that can still be read on one sheet


def tile_map(
    net: MedicalNetwork,
    *,
    color_by: pd.Series | None = None,
    links: Mapping[str, str] | None = None,
    as_of: datetime.date | str | None = None,
    lang: str | None = None,
) -> Figure:
    """Draw one square per township-level area at its relative position, coloured by group.

    `color_by` holds, by area id, what was judged of each area: `answer.status` of a coverage query (a gap
    is hatched in a red frame, unknown is dotted, excluded is dashed), a verdict, or any other words or
    numbers, which then give the colours. Without it nothing is judged: an area in which the data names no
    facility of a group is hatched in grey, never in red. Village units, where there are any, are dots.
    More than 400 areas are drawn as one tile per county, with how many of its townships are served; `links` then
    holds, by the id of a county, the file that a click on it opens (a path beside the picture).
    Positions are `tile_x`, `tile_y`, else derived from `lon`, `lat`, else from codes; they are a sketch.
    Return a Figure whose `counts` are tiles shown of township-level areas on that day.
    """
    with speaking(lang or language()):
        scene = tile_scene(net, color_by, net.day(as_of), language())
        if len(scene.tiles) <= MERGED_FROM:
            return Drawing(scene, language()).figure()
        from medgraph.visuals.tiles.county_tiles import CountyDrawing

        return CountyDrawing(
            merged(scene, net, language()), language(), townships=scene, links=dict(links or {})
        ).figure()


@dataclass
class Drawing:
    """One drawing of a scene; knows sizes and looks."""

    scene: TileScene
    lang: str

    def __post_init__(self) -> None:
        scene = self.scene
        self.dots = any(sum(tile.villages) for tile in scene.tiles)
        self.high = HIGH_WITH_DOTS if self.dots else HIGH
        self.looks = {group.id: style.look(i) for i, group in enumerate(scene.groups)}
        numeric = all("–" in value for value in scene.values) and len(scene.values) <= len(
            style.SEQUENCE
        )
        self.value_looks = {
            value: (
                style.Look(style.BLUE, style.SEQUENCE[i], "circle") if numeric else style.look(i)
            )
            for i, value in enumerate(scene.values)
        }
        columns = max((tile.x for tile in scene.tiles), default=0) + 1
        rows = max((tile.y for tile in scene.tiles), default=0) + 1
        self.inner = max(columns * (WIDE + GAP) - GAP, 720)
        self.left = MARGIN + (self.inner - columns * (WIDE + GAP) + GAP) / 2
        self.several = len({tile.county for tile in scene.tiles}) > 1
        self.top = 106 if self.several else 84
        self.bottom = self.top + rows * (self.high + GAP) + 14

    def figure(self) -> Figure:
        scene = self.scene
        legend, height = self.legend()
        content = "".join(
            [
                self.definitions(),
                svg.rect(0, 0, self.inner + 2 * MARGIN, height, fill=style.PAPER),
                self.header(),
                self.counties(),
                *(self.tile(tile) for tile in scene.tiles),
                legend,
            ]
        )
        states = {
            state: scene.count(state)
            for state in ("served", "gap", "unknown", "excluded", "none", "value")
        }
        counts = {"shown": len(scene.tiles), "all": len(scene.tiles)} | {
            state: n for state, n in states.items() if n
        }
        return Figure(
            self.title,
            counts,
            svg.document(self.inner + 2 * MARGIN, height, self.title, content),
            lang=self.lang,
        )

    @property
    def title(self) -> str:
        return say("tile_map_title", title=self.scene.title or self.scene.unit).strip(" ·：:")

    def definitions(self) -> str:
        return svg.element(
            "defs",
            svg.hatching("mg-gap", style.tint(style.PROBLEM, 0.7))
            + svg.hatching("mg-none", style.tint(style.FAINT, 0.4))
            + svg.dotting("mg-unknown", style.FAINT),
        )

    # -- around the tiles ----------------------------------------------------------------------

    def header(self) -> str:
        scene = self.scene
        facts = (say("figure_day", day=scene.day.isoformat()), scene.unit, scene.register)
        return svg.header(self.title, facts, (*scene.stamps, say("sketch")), MARGIN, self.inner)

    def place(self, tile: Tile) -> tuple[float, float]:
        return self.left + tile.x * (WIDE + GAP), self.top + tile.y * (self.high + GAP)

    def counties(self) -> str:
        """A pale ground under the tiles of each county, with an outline, and its name where a cell beside is free."""
        by_county: dict[str, list[Tile]] = {}
        for tile in self.scene.tiles:
            by_county.setdefault(tile.county, []).append(tile)
        if not self.several:
            return ""
        drawn, taken = [], {(tile.x, tile.y) for tile in self.scene.tiles}
        for tiles in by_county.values():
            drawn.append(
                self._ground(tiles, GAP / 2 + 1.2, style.FAINT)
                + self._ground(tiles, GAP / 2, "#F3F4F6")
            )
        for county, tiles in sorted(by_county.items()):
            drawn.append(self._county_name(self.scene.counties.get(county, ""), tiles, taken))
        return "".join(drawn)

    def _ground(self, tiles: list[Tile], more: float, fill: str) -> str:
        places = [self.place(tile) for tile in tiles]
        return "".join(
            svg.rect(x - more, y - more, WIDE + 2 * more, self.high + 2 * more, fill=fill)
            for x, y in places
        )

    def _county_name(self, name: str, tiles: list[Tile], taken: set[tuple[int, int]]) -> str:
        if not name:
            return ""
        wide = max(tile.x for tile in self.scene.tiles)
        for tile in sorted(tiles, key=lambda t: (t.y, t.x)):
            cell = (tile.x, tile.y - 1)
            if cell not in taken and 0 <= cell[0] <= wide:
                taken.add(cell)
                x, y = self.place(tile)
                return svg.text(
                    x + 2,
                    y - GAP - 6,
                    style.fitted(name, 16, WIDE - 4),
                    size=16,
                    fill=style.SOFT_INK,
                    weight="bold",
                )
        return ""

    # -- one tile ------------------------------------------------------------------------------

    def tile(self, tile: Tile) -> str:
        x, y = self.place(tile)
        body = [svg.element("title", escape(self.spoken(tile))), self.ground(tile, x, y)]
        if tile.state in ("gap", "none", "unknown") and not tile.groups:
            room = style.width(tile.short_name, _NAME) + 10
            body.append(svg.rect(x + (WIDE - room) / 2, y + 9, room, 44, rx=3, fill=style.PAPER))
        body.append(self.name(tile, x, y))
        body.append(self.marks(tile, x, y) if tile.groups else self.word(tile, x, y))
        body.append(self.village_dots(tile, x, y))
        return svg.element("g", "".join(body))

    def spoken(self, tile: Tile) -> str:
        """What a pointer resting on the tile, or a screen reader, says."""
        groups = {group.id: group.name for group in self.scene.groups}
        served = [
            f"{groups.get(id, id)} ×{tile.groups.count(id)}" for id in dict.fromkeys(tile.groups)
        ]
        state = state_label(tile.value or tile.state) if tile.state != "none" else say("tile_none")
        villages = (
            say("tile_villages", met=tile.villages[0], total=sum(tile.villages))
            if sum(tile.villages)
            else ""
        )
        return " · ".join(
            part
            for part in (
                tile.name,
                tile.id,
                self.scene.counties.get(tile.county, ""),
                state,
                *served,
                villages,
            )
            if part
        )

    def ground(self, tile: Tile, x: float, y: float) -> str:
        look = {"stroke": style.FAINT, "stroke_width": 1.2}
        colours = [self.looks[id] for id in dict.fromkeys(tile.groups)]
        if tile.state == "value":
            own = self.value_looks[tile.value]
            return svg.rect(
                x, y, WIDE, self.high, rx=4, fill=own.tint, stroke=own.colour, stroke_width=1.4
            )
        if tile.state == "gap":
            look = {"stroke": style.PROBLEM, "stroke_width": 4}
        elif colours:
            look = {"stroke": colours[0].colour, "stroke_width": 1.6}
        if not colours:
            return svg.rect(
                x,
                y,
                WIDE,
                self.high,
                rx=4,
                fill=self.bare_fill(tile),
                **look,
                stroke_dasharray="6 4" if tile.state in ("excluded", "unknown") else None,
            )
        stripes = (
            "".join(
                svg.rect(
                    x + i * WIDE / len(colours), y, WIDE / len(colours), self.high, fill=own.tint
                )
                for i, own in enumerate(colours)
            )
            if len(colours) > 1
            else ""
        )
        return stripes + svg.rect(
            x, y, WIDE, self.high, rx=4, **look, fill="none" if stripes else colours[0].tint
        )

    def bare_fill(self, tile: Tile) -> str:
        return {
            "gap": "url(#mg-gap)",
            "none": "url(#mg-none)",
            "unknown": "url(#mg-unknown)",
            "served": "#E8EAED",
        }.get(tile.state, style.PAPER)

    def name(self, tile: Tile, x: float, y: float) -> str:
        faint = tile.state == "excluded"
        look = {
            "anchor": "middle",
            "weight": None if faint else "bold",
            "fill": style.PROBLEM
            if tile.state == "gap"
            else style.SOFT_INK
            if faint
            else style.INK,
        }
        middle, room = x + WIDE / 2, WIDE - 10
        for size in (_NAME, 15):
            if style.width(tile.short_name, size) <= room:
                return svg.text(middle, y + 25, tile.short_name, size=size, **look)
        lines = style.in_two_lines(tile.short_name, 13, room)
        return "".join(
            svg.text(middle, y + 16 + 15 * i, line, size=13, **look) for i, line in enumerate(lines)
        )

    def word(self, tile: Tile, x: float, y: float) -> str:
        """The state in words, where no facility of a group stands."""
        words = {"none": say("tile_none"), "value": tile.value, "served": state_label("served")}
        shown = words.get(tile.state) or state_label(tile.value or tile.state)
        return svg.text(
            x + WIDE / 2,
            y + 48,
            style.fitted(shown, _SMALL, WIDE - 18),
            size=_SMALL,
            anchor="middle",
            fill=style.PROBLEM if tile.state == "gap" else style.SOFT_INK,
            weight="bold" if tile.state == "gap" else None,
        )

    def marks(self, tile: Tile, x: float, y: float) -> str:
        """A mark for each facility that serves the area, a star where a lead hospital stands."""
        shown = tile.groups[:4]
        more = f"×{len(tile.groups)}" if len(tile.groups) > len(shown) else ""
        step, row = 19, y + 46
        room = step * (len(shown) + len(tile.leads[:1])) + (style.width(more, 13) if more else 0)
        at = x + (WIDE - room) / 2 + step / 2
        drawn = []
        if tile.leads:
            drawn.append(svg.mark("star", at, row, 8.5, fill=style.INK))
            at += step
        for id in shown:
            look = self.looks[id]
            drawn.append(
                svg.mark(
                    look.mark, at, row, 6.2, fill=look.colour, stroke=style.INK, stroke_width=0.1
                )
            )
            at += step
        return "".join(drawn) + (svg.text(at - step / 2, row + 5, more, size=13) if more else "")

    def village_dots(self, tile: Tile, x: float, y: float) -> str:
        met, gap, unknown = tile.villages
        total = met + gap + unknown
        if not total:
            return ""
        look = self.looks[tile.groups[0]].colour if tile.groups else style.SOFT_INK
        kinds = ["met"] * met + ["gap"] * gap + ["unknown"] * unknown
        room = 3 * _DOTS_PER_ROW
        drawn = [
            self._dot(
                kind, x + 11 + (i % _DOTS_PER_ROW) * 10, y + 63 + (i // _DOTS_PER_ROW) * 10, look
            )
            for i, kind in enumerate(kinds if total <= room else kinds[met:][:room])
        ]
        return "".join(drawn) + svg.text(
            x + WIDE / 2,
            y + self.high - 7,
            f"{met}/{total}",
            size=13,
            anchor="middle",
            fill=style.PROBLEM if gap else style.SOFT_INK,
            weight="bold" if gap else None,
        )

    @staticmethod
    def _dot(kind: str, x: float, y: float, colour: str) -> str:
        if kind == "met":
            return svg.element("circle", cx=x, cy=y, r=3.4, fill=colour)
        return svg.element(
            "circle",
            cx=x,
            cy=y,
            r=3.2,
            fill=style.PAPER,
            stroke_width=1.8,
            stroke=style.PROBLEM if kind == "gap" else style.FAINT,
        )

    # -- legend --------------------------------------------------------------------------------

    def legend(self) -> tuple[str, float]:
        """The legend in rows as wide as the drawing, and where the drawing ends."""
        legend, y = svg.legend(self.entries(), MARGIN, self.bottom + 18.0, self.inner, size=_LEGEND)
        drawn = [legend]
        for number, line in enumerate(self.notes(), start=1):
            line = style.fitted(line, 15, self.inner)
            drawn.append(svg.text(MARGIN, y + 8 + 24 * number, line, size=15, fill=style.SOFT_INK))
        return "".join(drawn), y + 56 + MARGIN

    def notes(self) -> tuple[str, str]:
        """The lines under the legend: how much is shown of all, and that this is a sketch."""
        count = len(self.scene.tiles)
        return say("shown_of", shown=count, total=count, unit=say("unit_townships")), say(
            "sketch_note"
        )

    def entries(self):
        """What the legend holds: a swatch, its words, their colour and weight."""
        scene = self.scene
        named = sorted(scene.groups, key=lambda group: -group.areas)[:GROUPS_NAMED]
        for group in (group for group in scene.groups if group in named):
            lead = "".join(f" ★{name}" for name in group.leads if name != group.name)
            star = "★" if group.name in group.leads else ""
            words = say("legend_group", name=star + group.name + lead, areas=group.areas)
            yield self._group_swatch(group.id), words, style.INK, None
        if len(scene.groups) > len(named):
            yield (
                svg.box(style.PAPER, style.PAPER),
                say("legend_more_groups", count=len(scene.groups) - len(named)),
                (style.INK),
                None,
            )
        for value in scene.values:
            count = sum(tile.value == value for tile in scene.tiles)
            look = self.value_looks[value]
            yield svg.box(look.tint, look.colour), f"{value}：{count}", style.INK, None
        yield from self.state_entries()
        if self.dots:
            met, gap, unknown = scene.villages
            yield _dots(self._dot, "met"), say("legend_village_met", count=met), style.INK, None
            if gap or not unknown:
                colour = style.PROBLEM if gap else style.INK
                yield _dots(self._dot, "gap"), say("legend_village_gap", count=gap), colour, None
            if unknown:
                yield (
                    _dots(self._dot, "unknown"),
                    say("legend_village_unknown", count=unknown),
                    style.INK,
                    None,
                )

    def state_entries(self):
        scene = self.scene
        judged = any(tile.state != "none" and tile.value for tile in scene.tiles)
        if not judged and scene.count("none"):
            yield (
                svg.box("url(#mg-none)", style.FAINT),
                f"{say('tile_none')}：{scene.count('none')}",
                style.INK,
                None,
            )
        if not judged or scene.count("value"):
            return
        gaps = [tile.name for tile in scene.tiles if tile.state == "gap"]
        words = {
            state: next((t.value for t in scene.tiles if t.state == state), state)
            for state in ("gap", "unknown", "excluded")
        }
        listed = "、".join(gaps[:6]) + ("…" if len(gaps) > 6 else "")
        said = f"{state_label(words['gap'])} {len(gaps)}" + (f"：{listed}" if gaps else "")
        yield (
            svg.box("url(#mg-gap)", style.PROBLEM, 3),
            said,
            style.PROBLEM if gaps else style.INK,
            "bold" if gaps else None,
        )
        for state, fill in (("unknown", "url(#mg-unknown)"), ("excluded", style.PAPER)):
            said = f"{state_label(words[state])} {scene.count(state)}"
            yield svg.box(fill, style.FAINT, 1.5, "5 3"), said, style.INK, None

    def _group_swatch(self, id: str):
        look = self.looks[id]
        return lambda x, y: (
            svg.box(look.tint, look.colour)(x, y)
            + svg.mark(
                look.mark, x + 11, y, 6, fill=look.colour, stroke=style.INK, stroke_width=0.1
            )
        )


def _dots(dot, kind: str):
    return lambda x, y: dot(kind, x + 11, y, style.SOFT_INK)
