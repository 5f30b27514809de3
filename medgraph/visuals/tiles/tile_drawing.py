"""Draw a scene of tiles: the squares, the ground of each county, the legend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from medgraph.visuals import style, svg
from medgraph.visuals.figure import Figure
from medgraph.visuals.figure_day import figure_day
from medgraph.visuals.headings import state_label
from medgraph.words.joining import listed, said_of, title_without_ends
from medgraph.words.say import language, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medgraph.visuals.tiles.tile_scene import GroupEntry, Tile, TileScene

WIDE, HIGH, HIGH_WITH_DOTS, GAP, MARGIN = 92, 68, 108, 6, 18
GROUPS_NAMED = 24  # in the legend; marks repeat after 30
_NAME, _SMALL, _LEGEND = 19, 14, 16
_DOTS_PER_ROW, _DOT_ROWS = 8, 3
_GAPS_NAMED = 6
_COUNTY_GROUND = "#F3F4F6"
# How a tile is filled that no group serves.
_BARE_FILLS = {
    "gap": "url(#mg-gap)",
    "none": "url(#mg-none)",
    "unknown": "url(#mg-unknown)",
    "served": "#E8EAED",
}


@dataclass
class TileDrawing:
    """One drawing of a scene; knows sizes and looks."""

    scene: TileScene

    def __post_init__(self) -> None:
        scene = self.scene
        self.dots = any(sum(tile.villages) for tile in scene.tiles)
        self.high = HIGH_WITH_DOTS if self.dots else HIGH
        self.looks = {group.id: style.look(i) for i, group in enumerate(scene.groups)}
        self.value_looks = _value_looks(scene.values)
        columns = max((tile.x for tile in scene.tiles), default=0) + 1
        rows = max((tile.y for tile in scene.tiles), default=0) + 1
        self.inner = max(columns * (WIDE + GAP) - GAP, 720)
        self.left = MARGIN + (self.inner - columns * (WIDE + GAP) + GAP) / 2
        self.several_counties = len({tile.county for tile in scene.tiles}) > 1
        self.top = 106 if self.several_counties else 84
        self.bottom = self.top + rows * (self.high + GAP) + 14

    def figure(self) -> Figure:
        """Return the whole picture."""
        scene = self.scene
        legend, height = self.legend()
        wide = self.inner + 2 * MARGIN
        parts = [
            _patterns(),
            svg.rect(0, 0, wide, height, fill=style.PAPER),
            self.header(),
            self.counties(),
            *map(self.tile, scene.tiles),
            legend,
        ]
        counts = {"shown": len(scene.tiles), "all": len(scene.tiles)} | scene.state_counts
        drawing = svg.document(wide, height, self.title, "".join(parts))
        return Figure(self.title, counts, drawing, lang=language(), table=self.table())

    @property
    def title(self) -> str:
        """The title of the network, else its unit."""
        title = self.scene.title or self.scene.unit
        return title_without_ends(say("tile_map_title", title=title))

    # -- around the tiles ------------------------------------------------------------------------

    def header(self) -> str:
        """The title, the day, unit and register, the stamps."""
        scene = self.scene
        facts = (figure_day(scene.day, scene.data_day), scene.unit, scene.register)
        return svg.header(self.title, facts, (*scene.stamps, say("sketch")), MARGIN, self.inner)

    def place(self, tile: Tile) -> tuple[float, float]:
        """Return the upper left corner of a tile."""
        x = self.left + tile.x * (WIDE + GAP)
        y = self.top + tile.y * (self.high + GAP)
        return x, y

    def counties(self) -> str:
        """A pale ground under the tiles of each county, its name where a cell above is free."""
        if not self.several_counties:
            return ""
        by_county: dict[str, list[Tile]] = {}
        for tile in self.scene.tiles:
            by_county.setdefault(tile.county, []).append(tile)
        drawn = []
        for tiles in by_county.values():
            drawn.append(self._ground(tiles, GAP / 2 + 1.2, style.FAINT))
            drawn.append(self._ground(tiles, GAP / 2, _COUNTY_GROUND))
        taken = {(tile.x, tile.y) for tile in self.scene.tiles}
        for county, tiles in sorted(by_county.items()):
            drawn.append(self._county_name(self.scene.counties.get(county, ""), tiles, taken))
        return "".join(drawn)

    def _ground(self, tiles: list[Tile], more: float, fill: str) -> str:
        wide, high = WIDE + 2 * more, self.high + 2 * more
        places = map(self.place, tiles)
        return "".join(svg.rect(x - more, y - more, wide, high, fill=fill) for x, y in places)

    def _county_name(self, name: str, tiles: list[Tile], taken: set[tuple[int, int]]) -> str:
        widest = max(tile.x for tile in self.scene.tiles)
        for tile in sorted(tiles, key=lambda t: (t.y, t.x)) if name else ():
            above = (tile.x, tile.y - 1)
            if above in taken or not 0 <= tile.x <= widest:
                continue
            taken.add(above)
            x, y = self.place(tile)
            words = style.fitted(name, 16, WIDE - 4)
            look: svg.Attributes = {"size": 16, "fill": style.SOFT_INK, "weight": "bold"}
            return svg.text(x + 2, y - GAP - 6, words, **look)
        return ""

    # -- one tile --------------------------------------------------------------------------------

    def tile(self, tile: Tile) -> str:
        """Draw one tile."""
        x, y = self.place(tile)
        parts = [svg.tooltip(self.spoken(tile)), self.ground(tile, x, y)]
        if tile.state in ("gap", "none", "unknown") and not tile.groups:
            room = style.width(tile.short_name, _NAME) + 10
            parts.append(svg.rect(x + (WIDE - room) / 2, y + 9, room, 44, rx=3, fill=style.PAPER))
        parts.append(self.name(tile, x, y))
        parts.append(self.marks(tile, x, y) if tile.groups else self.word(tile, x, y))
        parts.append(self.village_dots(tile, x, y))
        return svg.thing("".join(parts), tile.id, **self.described(tile))

    def described(self, tile: Tile) -> dict[str, str]:
        """Return what a tile is filtered by: its district, its groups, its state."""
        called = {group.id: group.name for group in self.scene.groups}
        return {
            "district": self.scene.counties.get(tile.county, ""),
            "group": "|".join(called.get(id, id) for id in dict.fromkeys(tile.groups)),
            "state": state_of(tile),
        }

    def table(self) -> pd.DataFrame:
        """Return the table behind the picture: a row for each tile."""
        rows: list[dict[str, str | int]] = [
            {"id": tile.id, "name": tile.name, **self.described(tile)} for tile in self.scene.tiles
        ]
        if any(self.scene.villages):
            for row, tile in zip(rows, self.scene.tiles, strict=True):
                met, gap, unknown = tile.villages
                row |= {"villages_met": met, "villages_gap": gap, "villages_unknown": unknown}
        return pd.DataFrame(rows)

    def spoken(self, tile: Tile) -> str:
        """What a pointer resting on the tile, or a screen reader, says."""
        groups = {group.id: group.name for group in self.scene.groups}
        served = [
            f"{groups.get(id, id)} ×{tile.groups.count(id)}" for id in dict.fromkeys(tile.groups)
        ]
        state = state_of(tile)
        parts = [tile.name, tile.id, self.scene.counties.get(tile.county, ""), state, *served]
        if sum(tile.villages):
            parts.append(say("tile_villages", met=tile.villages[0], total=sum(tile.villages)))
        return " · ".join(part for part in parts if part)

    def ground(self, tile: Tile, x: float, y: float) -> str:
        """The square: in the colours of the groups that serve it, or as what is known of it."""
        groups = [self.looks[id] for id in dict.fromkeys(tile.groups)]
        if tile.state == "value":
            own = self.value_looks[tile.value]
            look = {"fill": own.tint, "stroke": own.colour, "stroke_width": 1.4}
            return svg.rect(x, y, WIDE, self.high, rx=4, **look)
        if tile.state == "gap":
            border = {"stroke": style.PROBLEM, "stroke_width": 4}
        elif groups:
            border = {"stroke": groups[0].colour, "stroke_width": 1.6}
        else:
            border = {"stroke": style.FAINT, "stroke_width": 1.2}
        if groups:
            return self._striped(groups, border, x, y)
        fill = _BARE_FILLS.get(tile.state, style.PAPER)
        dashes = "6 4" if tile.state in ("excluded", "unknown") else None
        return svg.rect(x, y, WIDE, self.high, rx=4, fill=fill, **border, stroke_dasharray=dashes)

    def _striped(
        self, groups: list[style.Look], border: dict[str, object], x: float, y: float
    ) -> str:
        """The square with a stripe for each group, where there are several."""
        if len(groups) == 1:
            return svg.rect(x, y, WIDE, self.high, rx=4, **border, fill=groups[0].tint)
        part = WIDE / len(groups)
        stripes = [
            svg.rect(x + i * WIDE / len(groups), y, part, self.high, fill=own.tint)
            for i, own in enumerate(groups)
        ]
        return "".join(stripes) + svg.rect(x, y, WIDE, self.high, rx=4, **border, fill="none")

    def name(self, tile: Tile, x: float, y: float) -> str:
        """The short name in one line, smaller where it is long, or in two."""
        weight = None if tile.state == "excluded" else "bold"
        middle, room, ink = x + WIDE / 2, WIDE - 10, _name_ink(tile)
        for size in (_NAME, 15):
            if style.width(tile.short_name, size) <= room:
                return svg.text(
                    middle,
                    y + 25,
                    tile.short_name,
                    size=size,
                    anchor="middle",
                    weight=weight,
                    fill=ink,
                )
        lines = style.in_two_lines(tile.short_name, 13, room)
        return "".join(
            svg.text(
                middle, y + 16 + 15 * i, line, size=13, anchor="middle", weight=weight, fill=ink
            )
            for i, line in enumerate(lines)
        )

    def word(self, tile: Tile, x: float, y: float) -> str:
        """The state in words, where no facility of a group serves the area."""
        words = {"none": say("tile_none"), "value": tile.value, "served": state_label("served")}
        shown = words.get(tile.state) or state_label(tile.value or tile.state)
        bad = tile.state == "gap"
        return svg.text(
            x + WIDE / 2,
            y + 48,
            style.fitted(shown, _SMALL, WIDE - 18),
            size=_SMALL,
            anchor="middle",
            fill=style.PROBLEM if bad else style.SOFT_INK,
            weight="bold" if bad else None,
        )

    def marks(self, tile: Tile, x: float, y: float) -> str:
        """A mark for each facility that serves the area, a star where a lead hospital is."""
        shown = tile.groups[:4]
        more = f"×{len(tile.groups)}" if len(tile.groups) > len(shown) else ""
        step, row = 19, y + 46
        room = step * (len(shown) + len(tile.leads[:1])) + style.width(more, 13)
        at = x + (WIDE - room) / 2 + step / 2
        drawn = []
        if tile.leads:
            drawn.append(svg.mark("star", at, row, 8.5, fill=style.INK))
            at += step
        for id in shown:
            drawn.append(_group_mark(self.looks[id], at, row, 6.2))
            at += step
        if more:
            drawn.append(svg.text(at - step / 2, row + 5, more, size=13))
        return "".join(drawn)

    def village_dots(self, tile: Tile, x: float, y: float) -> str:
        """A dot for each village unit; where they are too many, for those without a station."""
        met, gap, unknown = tile.villages
        total = met + gap + unknown
        if not total:
            return ""
        colour = self.looks[tile.groups[0]].colour if tile.groups else style.SOFT_INK
        kinds = ["met"] * met + ["gap"] * gap + ["unknown"] * unknown
        room = _DOT_ROWS * _DOTS_PER_ROW
        if total > room:
            kinds = kinds[met:][:room]
        drawn = []
        for number, kind in enumerate(kinds):
            row, column = divmod(number, _DOTS_PER_ROW)
            drawn.append(_dot(kind, x + 11 + column * 10, y + 63 + row * 10, colour))
        counted = svg.text(
            x + WIDE / 2,
            y + self.high - 7,
            f"{met}/{total}",
            size=13,
            anchor="middle",
            fill=style.PROBLEM if gap else style.SOFT_INK,
            weight="bold" if gap else None,
        )
        return "".join(drawn) + counted

    # -- legend ----------------------------------------------------------------------------------

    def legend(self) -> tuple[str, float]:
        """Return the legend in rows as wide as the drawing, and where the drawing ends."""
        legend, y = svg.legend(self.entries(), MARGIN, self.bottom + 18.0, self.inner, size=_LEGEND)
        drawn = [legend]
        for number, note in enumerate(self.notes(), start=1):
            line = style.fitted(note, 15, self.inner)
            drawn.append(svg.text(MARGIN, y + 8 + 24 * number, line, size=15, fill=style.SOFT_INK))
        return "".join(drawn), y + 56 + MARGIN

    def notes(self) -> tuple[str, str]:
        """Return the lines under the legend: how much is shown, and that this is a sketch."""
        count = len(self.scene.tiles)
        shown = say("shown_of", shown=count, total=count, unit=say("unit_townships"))
        return shown, say("sketch_note")

    def entries(self) -> Iterator[svg.LegendEntry]:
        """Yield what the legend holds: groups, values, states, village units."""
        yield from self.group_entries()
        for value in self.scene.values:
            count = sum(tile.value == value for tile in self.scene.tiles)
            look = self.value_looks[value]
            yield svg.LegendEntry(svg.box(look.tint, look.colour), said_of(value, count))
        yield from self.state_entries()
        if self.dots:
            yield from self.village_entries()

    def group_entries(self) -> Iterator[svg.LegendEntry]:
        """Yield the groups that serve most areas, and how many more there are."""
        groups = self.scene.groups
        most = sorted(groups, key=lambda group: -group.areas)[:GROUPS_NAMED]
        for group in groups:
            if group in most:
                yield svg.LegendEntry(self._group_swatch(group.id), _group_words(group))
        if len(groups) > len(most):
            words = say("legend_more_groups", count=len(groups) - len(most))
            yield svg.LegendEntry(svg.box(style.PAPER, style.PAPER), words)

    def state_entries(self) -> Iterator[svg.LegendEntry]:
        """Yield the states of what was judged; where nothing was, the areas left out."""
        scene = self.scene
        judged = any(tile.state != "none" and tile.value for tile in scene.tiles)
        if not judged and scene.count("none"):
            words = said_of(say("tile_none"), scene.count("none"))
            yield svg.LegendEntry(svg.box(_BARE_FILLS["none"], style.FAINT), words)
        if not judged or scene.count("value"):
            return
        yield self._gap_entry()
        for state, fill in (("unknown", _BARE_FILLS["unknown"]), ("excluded", style.PAPER)):
            words = f"{state_label(self._word_of(state))} {scene.count(state)}"
            yield svg.LegendEntry(svg.box(fill, style.FAINT, 1.5, "5 3"), words)

    def _gap_entry(self) -> svg.LegendEntry:
        gaps = [tile.name for tile in self.scene.tiles if tile.state == "gap"]
        words = f"{state_label(self._word_of('gap'))} {len(gaps)}"
        swatch = svg.box(_BARE_FILLS["gap"], style.PROBLEM, 3)
        if not gaps:
            return svg.LegendEntry(swatch, words)
        named = listed(gaps[:_GAPS_NAMED]) + ("…" if len(gaps) > _GAPS_NAMED else "")
        return svg.LegendEntry(swatch, said_of(words, named), style.PROBLEM, "bold")

    def _word_of(self, state: str) -> str:
        """The word by which a state was judged: a gap may be an overlap or a failed rule."""
        return next((tile.value for tile in self.scene.tiles if tile.state == state), state)

    def village_entries(self) -> Iterator[svg.LegendEntry]:
        """Yield how many village units have a station, have none, are not judged."""
        met, gap, unknown = self.scene.villages
        yield svg.LegendEntry(_dot_swatch("met"), say("legend_village_met", count=met))
        if gap or not unknown:
            colour = style.PROBLEM if gap else style.INK
            words = say("legend_village_gap", count=gap)
            yield svg.LegendEntry(_dot_swatch("gap"), words, colour)
        if unknown:
            words = say("legend_village_unknown", count=unknown)
            yield svg.LegendEntry(_dot_swatch("unknown"), words)

    def _group_swatch(self, id: str) -> svg.Swatch:
        look = self.looks[id]
        return svg.marked_box(look, 6, stroke=style.INK, stroke_width=0.1)


def _value_looks(values: tuple[str, ...]) -> dict[str, style.Look]:
    """The look of each value: classes of numbers get darker, words get the colours of groups."""
    numeric = all("–" in value for value in values) and len(values) <= len(style.SEQUENCE)
    if not numeric:
        return {value: style.look(i) for i, value in enumerate(values)}
    return {
        value: style.Look(style.BLUE, style.SEQUENCE[i], "circle") for i, value in enumerate(values)
    }


def _patterns() -> str:
    gaps = svg.hatching("mg-gap", style.tint(style.PROBLEM, 0.7))
    none = svg.hatching("mg-none", style.tint(style.FAINT, 0.4))
    return svg.element("defs", gaps + none + svg.dotting("mg-unknown", style.FAINT))


def _name_ink(tile: Tile) -> str:
    return {"gap": style.PROBLEM, "excluded": style.SOFT_INK}.get(tile.state, style.INK)


def _group_mark(look: style.Look, x: float, y: float, radius: float) -> str:
    return svg.mark(look.mark, x, y, radius, fill=look.colour, stroke=style.INK, stroke_width=0.1)


def _group_words(group: GroupEntry) -> str:
    """A group in the legend, with a star before its lead, which may have the same name."""
    star = "★" if group.name in group.leads else ""
    leads = "".join(f" ★{name}" for name in group.leads if name != group.name)
    return say("legend_group", name=star + group.name + leads, areas=group.areas)


def _dot(kind: str, x: float, y: float, colour: str) -> str:
    if kind == "met":
        return svg.element("circle", cx=x, cy=y, r=3.4, fill=colour)
    border = style.PROBLEM if kind == "gap" else style.FAINT
    return svg.element(
        "circle", cx=x, cy=y, r=3.2, fill=style.PAPER, stroke_width=1.8, stroke=border
    )


def _dot_swatch(kind: str) -> svg.Swatch:
    return lambda x, y: _dot(kind, x + 11, y, style.SOFT_INK)


def state_of(tile: Tile) -> str:
    """Return the state of a tile in words."""
    return say("tile_none") if tile.state == "none" else state_label(tile.value or tile.state)
