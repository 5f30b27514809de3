"""Draw a province as tiles of counties, each with how many of its townships are served."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote

from medgraph.visuals import style, svg
from medgraph.visuals.figure import Figure
from medgraph.visuals.headings import state_label
from medgraph.visuals.tiles.tile_drawing import WIDE, TileDrawing
from medgraph.visuals.tiles.tile_scene import TILE_STATES
from medgraph.words.joining import clauses
from medgraph.words.say import language, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medgraph.visuals.tiles.tile_scene import Tile, TileScene

_SERVED_FILL = style.tint(style.SKY, 0.2)


@dataclass
class CountyDrawing(TileDrawing):
    """One drawing of counties.

    `townships` is the scene that was merged into them, `links` the file that each tile opens.
    """

    townships: TileScene
    links: dict[str, str] = field(default_factory=dict)

    def figure(self) -> Figure:
        """Return the whole picture; it counts the states of townships."""
        drawn, count = super().figure(), len(self.scene.tiles)
        counts = {"shown": count, "all": count, "townships": len(self.townships.tiles)}
        counts |= self.townships.state_counts
        return Figure(drawn.title, counts, drawn.svg, lang=language(), table=drawn.table)

    def tile(self, tile: Tile) -> str:
        """Draw one county: its name, how many of its townships are served, its gaps in red."""
        x, y = self.place(tile)
        states = [f"{state_label(state)} {count}" for state, count in tile.parts]
        spoken = svg.tooltip(" · ".join([tile.name, tile.id, *states]))
        parts = [spoken, self.ground(tile, x, y), self.name(tile, x, y), self.figures(tile, x, y)]
        drawn = svg.thing("".join(parts), tile.id, **self.described(tile))
        if tile.id not in self.links:
            return drawn
        return svg.element("a", drawn, href=quote(self.links[tile.id]))

    def ground(self, tile: Tile, x: float, y: float) -> str:
        """The square: dashed where nothing was judged, in a red frame where there is a gap."""
        bad = bool(dict(tile.parts).get("gap"))
        unjudged = tile.state in ("unknown", "excluded", "none")
        return svg.rect(
            x,
            y,
            WIDE,
            self.high,
            rx=4,
            fill=style.PAPER if unjudged else _SERVED_FILL,
            stroke=style.PROBLEM if bad else style.FAINT,
            stroke_width=3.5 if bad else 1.2,
            stroke_dasharray="6 4" if unjudged else None,
        )

    def described(self, tile: Tile) -> dict[str, str]:
        """Return what a county is filtered by: its city, and whether there is a gap in it."""
        worst = next(
            (state for state in ("gap", "none", "unknown") if dict(tile.parts).get(state)), ""
        )
        return {
            "district": self.scene.counties.get(tile.county, ""),
            "state": state_label(worst or "served"),
        }

    def figures(self, tile: Tile, x: float, y: float) -> str:
        """How many townships are served of those judged, how many are gaps, how many unknown."""
        parts = dict(tile.parts)
        gaps = parts.get("gap", 0)
        met = parts.get("served", 0) + parts.get("value", 0)
        words = f"{met}/{met + gaps + parts.get('none', 0)}"
        if gaps:
            words += f" {say('county_gap', count=gaps)}"
        if parts.get("unknown"):
            words += f" ?{parts['unknown']}"
        size = 15 if style.width(words, 15) <= WIDE - 8 else 13
        return svg.text(
            x + WIDE / 2,
            y + 54,
            style.fitted(words, size, WIDE - 4),
            size=size,
            anchor="middle",
            weight="bold" if gaps else None,
            fill=style.PROBLEM if gaps else style.SOFT_INK,
        )

    def notes(self) -> tuple[str, str]:
        """Return how much is shown of all, and that this is a sketch."""
        count, merged = len(self.scene.tiles), len(self.townships.tiles)
        shown = say("shown_of", shown=count, total=count, unit=say("unit_counties"))
        return clauses([shown, say("county_note", townships=merged)]), say("county_sketch")

    def entries(self) -> Iterator[svg.LegendEntry]:
        """Yield the sums over all townships, by state."""
        swatch = svg.box(_SERVED_FILL, style.FAINT)
        yield svg.LegendEntry(swatch, f"12/14 {say('county_served')}")
        for state in TILE_STATES:
            count = self.townships.count(state)
            if count or state in ("gap", "unknown"):
                yield _state_entry(state, count)


def _state_entry(state: str, count: int) -> svg.LegendEntry:
    words = f"{say('tile_none') if state == 'none' else state_label(state)} {count}"
    if state != "gap":
        return svg.LegendEntry(svg.box(style.PAPER, style.FAINT), words)
    swatch = svg.box(style.PAPER, style.PROBLEM, 3)
    if not count:
        return svg.LegendEntry(swatch, words)
    return svg.LegendEntry(swatch, words, style.PROBLEM, "bold")
