"""Draw a province as tiles of counties, each with how many of its townships are served."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import quote

from medgraph.visuals import style, svg
from medgraph.visuals.figure import Figure
from medgraph.visuals.headings import state_label
from medgraph.visuals.tiles.tile_drawing import WIDE, Drawing
from medgraph.visuals.tiles.tile_scene import Tile, TileScene
from medgraph.words.say import say

_STATES = ("served", "gap", "unknown", "excluded", "none", "value")


@dataclass
class CountyDrawing(Drawing):
    """One drawing of counties; `townships` is the scene that was merged into them, `links` the file of each."""

    townships: TileScene | None = None
    links: dict[str, str] = field(default_factory=dict)

    def figure(self) -> Figure:
        figure = super().figure()
        states = {state: self.count(state) for state in _STATES}
        counts = {
            "shown": len(self.scene.tiles),
            "all": len(self.scene.tiles),
            "townships": len(self.townships.tiles),
        }
        return Figure(
            figure.title,
            counts | {s: n for s, n in states.items() if n},
            figure.svg,
            lang=self.lang,
        )

    def count(self, state: str) -> int:
        """How many townships are in `state`."""
        return self.townships.count(state)

    def tile(self, tile: Tile) -> str:
        x, y = self.place(tile)
        parts = dict(tile.parts)
        bad, empty = parts.get("gap", 0), tile.state in ("unknown", "excluded", "none")
        met, judged = (
            parts.get("served", 0) + parts.get("value", 0),
            sum(parts.get(state, 0) for state in ("served", "gap", "value", "none")),
        )
        ground = svg.rect(
            x,
            y,
            WIDE,
            self.high,
            rx=4,
            fill=style.PAPER if empty else style.tint(style.SKY, 0.2),
            stroke=style.PROBLEM if bad else style.FAINT,
            stroke_width=3.5 if bad else 1.2,
            stroke_dasharray="6 4" if empty else None,
        )
        words = f"{met}/{judged}" + (f" {say('county_gap', count=bad)}" if bad else "")
        if parts.get("unknown"):
            words += f" ?{parts['unknown']}"
        size = 15 if style.width(words, 15) <= WIDE - 8 else 13
        figures = svg.text(
            x + WIDE / 2,
            y + 54,
            style.fitted(words, size, WIDE - 4),
            size=size,
            anchor="middle",
            weight="bold" if bad else None,
            fill=style.PROBLEM if bad else style.SOFT_INK,
        )
        spoken = " · ".join(
            [tile.name, tile.id, *(f"{state_label(state)} {n}" for state, n in tile.parts)]
        )
        drawn = svg.element(
            "g", svg.element("title", svg.escape(spoken)) + ground + self.name(tile, x, y) + figures
        )
        return (
            svg.element("a", drawn, href=quote(self.links[tile.id]))
            if tile.id in self.links
            else drawn
        )

    def notes(self) -> tuple[str, str]:
        count, merged = len(self.scene.tiles), len(self.townships.tiles)
        shown = say("shown_of", shown=count, total=count, unit=say("unit_counties"))
        return f"{shown}；{say('county_note', townships=merged)}", say("county_sketch")

    def entries(self):
        """The sums over all townships, by state."""
        yield (
            svg.box(style.tint(style.SKY, 0.2), style.FAINT),
            f"12/14 {say('county_served')}",
            style.INK,
            None,
        )
        for state in _STATES:
            count = self.count(state)
            if not count and state not in ("gap", "unknown"):
                continue
            words = f"{say('tile_none') if state == 'none' else state_label(state)} {count}"
            bad = state == "gap"
            swatch = svg.box(style.PAPER, style.PROBLEM if bad else style.FAINT, 3 if bad else 1.5)
            yield (
                swatch,
                words,
                style.PROBLEM if bad and count else style.INK,
                "bold" if bad and count else None,
            )
