"""Draw two networks side by side: every township on the same tile in both, what differs marked."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from medgraph.graphmodel.day import Day
from medgraph.visuals import style, svg
from medgraph.visuals.arguments import check_frame, check_kind, check_map
from medgraph.visuals.figure import Figure
from medgraph.visuals.headings import heading, said, state_label
from medgraph.visuals.tiles.tile_grid import tile_grid
from medgraph.visuals.tiles.tile_scene import (
    GroupEntry,
    Tile,
    TileScene,
    served_areas,
    tile_scene,
)
from medgraph.words.joining import (
    ADDED,
    CHANGED,
    REMOVED,
    listed,
    said_of,
    title_without_ends,
)
from medgraph.words.say import language, say, speaking
from medgraph.words.vocabularies import label

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Mapping

    from medgraph.graphmodel.network import MedicalNetwork

WIDE, HIGH, GAP, MARGIN = 66, 46, 5, 18
_STACKED = 14  # from so many columns on, one panel is above the other
_BETWEEN_ACROSS, _BETWEEN_DOWN = 34, 44
_TOP = 92
_LISTED = 16
_MARKS = 3  # facilities marked on a tile
# How a change looks: a sign and a colour; red stays for problems.
SIGNS = {
    "added": (ADDED, style.GREEN),
    "removed": (REMOVED, style.ORANGE),
    "changed": (CHANGED, style.BLUE),
}


def compare_map(
    before: MedicalNetwork,
    after: MedicalNetwork,
    *,
    changes: pd.DataFrame | None = None,
    from_day: datetime.date | str | None = None,
    to_day: datetime.date | str | None = None,
    later: str = "",
    lang: str | None = None,
) -> Figure:
    """Draw two networks as tile maps on the same positions, with what differs marked.

    A tile in dashes is not there on that side.

    Parameters
    ----------
    before, after
        The two networks; one network twice shows two days of it.
    changes
        The frame of `mg.compare` (`source`, `target`, `what`, `change`, `kind`, ...): a township is
        marked where it, or a facility that serves it, is named there, and the differences are
        listed below. Without it, a township is marked where the groups that serve it differ.
    from_day, to_day
        The day of each side; the data day of its network by default.
    later
        A sentence to set below: on which days more differs (the last of `notes` of `mg.compare`).
    lang
        Language of the words, `zh` or `en`; that of now by default.

    Returns
    -------
    Figure
        Its `counts` are the tiles `shown` of `all`, and how many are added, removed and changed.

    Examples
    --------
    >>> import medgraph as mg
    >>> from medgraph.visuals.compare_map import compare_map
    >>> net = mg.samples.taizhou()
    >>> compare_map(net, net.moved("TZ-P34", to_group="G2")).counts["changed"]
    1
    """
    check_map(lang, before, after, from_day=from_day, to_day=to_day)
    check_kind("later", later, str, "text")
    if changes is not None:
        check_frame("changes", changes, ("what", "change", "kind", "source", "target"))
    with speaking(lang or language()):
        nets = before.as_of(before.day(from_day)), after.as_of(after.day(to_day))
        scenes = _on_one_grid([tile_scene(net, None, net.day(), language()) for net in nets])
        marks = _marks_by_groups(*scenes)
        beside = 0
        if changes is not None:
            # What questions and packs say of it all is a list of its own, not a mark on a place.
            of_all = changes["what"].isin(("share", "answer", "verdict"))
            beside, changes = int(of_all.sum()), changes[~of_all]
            marks |= _marks_by_changes(changes, nets, scenes, marks)
        return _CompareDrawing(scenes, marks, changes, beside, later).figure()


def _on_one_grid(scenes: list[TileScene]) -> list[TileScene]:
    """Give every township the tile of the earlier picture; one that is new gets a free tile."""
    given: dict[str, tuple[str, float, float]] = {}
    for tile in scenes[0].tiles:
        given[tile.id] = (tile.county, tile.x, tile.y)
    for tile in scenes[1].tiles:
        given.setdefault(tile.id, (tile.county, np.nan, np.nan))
    if not given:
        return scenes
    columns = ["county", "tile_x", "tile_y"]
    grid = tile_grid(pd.DataFrame.from_dict(given, orient="index", columns=columns))
    places = dict(zip(grid.index, grid[["tile_x", "tile_y"]].to_numpy().tolist(), strict=True))
    return [replace(scene, tiles=_placed(scene.tiles, places)) for scene in scenes]


def _placed(tiles: tuple[Tile, ...], places: Mapping[Any, list[int]]) -> tuple[Tile, ...]:
    moved = []
    for tile in tiles:
        x, y = places[tile.id]
        moved.append(replace(tile, x=x, y=y))
    return tuple(moved)


def _marks_by_groups(before: TileScene, after: TileScene) -> dict[str, str]:
    """Township -> how it differs: it is there on one side alone, or other groups serve it."""
    one, two = ({tile.id: tile for tile in scene.tiles} for scene in (before, after))
    found = dict.fromkeys(one.keys() - two.keys(), "removed")
    found |= dict.fromkeys(two.keys() - one.keys(), "added")
    for id in one.keys() & two.keys():
        if sorted(one[id].groups) != sorted(two[id].groups):
            found[id] = "changed"
    return found


def _marks_by_changes(
    changes: pd.DataFrame,
    nets: tuple[MedicalNetwork, MedicalNetwork],
    scenes: list[TileScene],
    known: Mapping[str, str],
) -> dict[str, str]:
    """The other townships that a row names, or that a facility serves which a row names."""
    served: dict[str, set[str]] = {}
    for net in nets:
        day = Day(net)
        rows = served_areas(day)
        facilities, areas = day.ids(rows["facility"].to_numpy()), day.ids(rows["area"].to_numpy())
        for facility, area in zip(facilities, areas, strict=True):
            served.setdefault(facility, set()).add(area)
    named = {str(id) for end in ("source", "target") for id in changes.get(end, ())}
    touched = named | {area for id in named for area in served.get(id, ())}
    shown = {tile.id for scene in scenes for tile in scene.tiles}
    return dict.fromkeys((touched & shown) - known.keys(), "changed")


class _CompareDrawing:
    """One drawing: two scenes, the mark of each township, the rows to list, how many are not."""

    def __init__(
        self,
        scenes: list[TileScene],
        marks: dict[str, str],
        changes: pd.DataFrame | None,
        beside: int,
        later: str,
    ) -> None:
        self.scenes, self.marks, self.changes, self.beside = scenes, marks, changes, beside
        self.later = later
        self.groups = {group.id: group for scene in reversed(scenes) for group in scene.groups}
        self.looks = {id: style.look(i) for i, id in enumerate(sorted(self.groups))}
        self.counts = Counter(marks.values())
        self.sides = [{tile.id: tile for tile in scene.tiles} for scene in scenes]
        self.every = self.sides[0] | self.sides[1]
        self.columns = max((tile.x for tile in self.every.values()), default=0) + 1
        self.rows = max((tile.y for tile in self.every.values()), default=0) + 1
        self.across = max(self.columns * (WIDE + GAP) - GAP, 330)
        self.down = self.rows * (HIGH + GAP) - GAP
        self.stacked = self.columns > _STACKED
        self.inner = self.across if self.stacked else 2 * self.across + _BETWEEN_ACROSS

    def figure(self) -> Figure:
        legend, y = svg.legend(self.entries(), MARGIN, self.bottom + 22.0, self.inner, size=14)
        changes, height = self.listed_changes(y + 14)
        wide, count = self.inner + 2 * MARGIN, len(self.every)
        parts = [
            svg.element("defs", svg.hatching("mg-none", style.tint(style.FAINT, 0.4))),
            svg.rect(0, 0, wide, height, fill=style.PAPER),
            self.header(),
            self.panel(0),
            self.panel(1),
            legend,
            changes,
        ]
        counts = {"shown": count, "all": count} | {change: self.counts[change] for change in SIGNS}
        drawing = svg.document(wide, height, self.title, "".join(parts))
        return Figure(self.title, counts, drawing, lang=language(), table=self.table())

    def table(self) -> pd.DataFrame:
        """Return the table behind the picture: a row for each township, with both sides."""
        return pd.DataFrame(
            {
                "id": id,
                "name": tile.name,
                **self.described(id),
                "before": listed(self.groups_of(id, 0)),
                "after": listed(self.groups_of(id, 1)),
            }
            for id, tile in sorted(self.every.items())
        )

    def described(self, id: str) -> dict[str, str]:
        """Return what a township is filtered by: its district, its groups, how it differs."""
        county = self.every[id].county
        groups = [*self.groups_of(id, 0), *self.groups_of(id, 1)]
        counties = self.scenes[0].counties | self.scenes[1].counties
        return {
            "district": counties.get(county, ""),
            "group": "|".join(dict.fromkeys(groups)),
            "state": say(f"change.{self.marks.get(id, 'same')}"),
        }

    def groups_of(self, id: str, side: int) -> list[str]:
        """Return the names of the groups that serve a township on one side."""
        tile = self.sides[side].get(id)
        ids = dict.fromkeys(tile.groups) if tile else {}
        return [self.groups[one].name if one in self.groups else one for one in ids]

    @property
    def title(self) -> str:
        title = self.scenes[1].title or self.scenes[1].unit
        return title_without_ends(say("compare_map_title", title=title))

    @property
    def bottom(self) -> float:
        return 104 + (2 * self.down + _BETWEEN_DOWN if self.stacked else self.down)

    def header(self) -> str:
        stamps = dict.fromkeys([say("sketch"), *self.scenes[0].stamps, *self.scenes[1].stamps])
        words = " · ".join(stamps)
        title = style.fitted(self.title, 22, self.inner - style.width(words, 14) - 12)
        right = svg.text(MARGIN + self.inner, 34, words, size=14, anchor="end", weight="bold")
        return svg.text(MARGIN, 36, title, size=22, weight="bold") + right

    # -- the panels ------------------------------------------------------------------------------

    def panel(self, number: int) -> str:
        """One side: its day above, every township of either side on its tile."""
        scene, here = self.scenes[number], self.sides[number]
        left, top = self.panel_place(number)
        key = ("compare_map_before", "compare_map_after")[number]
        words = say(key, day=scene.day.isoformat())
        drawn = [svg.text(left, top - 12, words, size=16, weight="bold", fill=style.SOFT_INK)]
        for id, tile in sorted(self.every.items()):
            x, y = left + tile.x * (WIDE + GAP), top + tile.y * (HIGH + GAP)
            parts = [svg.tooltip(self.spoken(tile)), self.tile(here.get(id), x, y)]
            parts.append(self.badge_of(id, number, x, y))
            drawn.append(svg.thing("".join(parts), id, **self.described(id)))
        return svg.element("g", "".join(drawn))

    def panel_place(self, number: int) -> tuple[float, float]:
        if self.stacked:
            return MARGIN, _TOP + number * (self.down + _BETWEEN_DOWN)
        return MARGIN + number * (self.across + _BETWEEN_ACROSS), _TOP

    def spoken(self, tile: Tile) -> str:
        """What a pointer resting on a tile, or a screen reader, says."""
        mark = self.marks.get(tile.id)
        return said_of(tile.name, say(f"change.{mark}")) if mark else tile.name

    def tile(self, tile: Tile | None, x: float, y: float) -> str:
        """A township as it is on this side; dashes where it is not there."""
        if tile is None:
            look = {"fill": style.PAPER, "stroke": style.FAINT, "stroke_dasharray": "4 4"}
            return svg.rect(x, y, WIDE, HIGH, rx=3, **look)
        weight = 3.0 if tile.id in self.marks else 1.0
        return self.ground(tile, x, y, weight) + self.label(tile, x, y)

    def badge_of(self, id: str, number: int, x: float, y: float) -> str:
        """The sign of a change, on the side where the township is there."""
        mark = self.marks.get(id)
        not_there = {"added": 0, "removed": 1}.get(mark or "")
        if mark is None or not_there == number:
            return ""
        return _badge(mark, x + WIDE - 9, y + HIGH - 9)

    def ground(self, tile: Tile, x: float, y: float, weight: float) -> str:
        """The square, with a stripe for each group that serves the township."""
        groups = [self.looks[id] for id in dict.fromkeys(tile.groups)]
        if not groups:
            look = {"fill": "url(#mg-none)", "stroke": style.FAINT, "stroke_width": weight}
            return svg.rect(x, y, WIDE, HIGH, rx=3, **look)
        part = WIDE / len(groups)
        stripes = [
            svg.rect(x + i * part, y, part, HIGH, rx=3, fill=look.tint)
            for i, look in enumerate(groups)
        ]
        border = {"fill": "none", "stroke": groups[0].colour, "stroke_width": weight}
        return "".join(stripes) + svg.rect(x, y, WIDE, HIGH, rx=3, **border)

    def label(self, tile: Tile, x: float, y: float) -> str:
        """The short name, and a mark for each facility that serves the township."""
        room, middle = WIDE - 8, x + WIDE / 2
        size, lines = 14, [tile.short_name]
        if style.width(tile.short_name, 14) > room:
            size, lines = 11, list(style.in_two_lines(tile.short_name, 11, room))
        drawn = [
            svg.text(middle, y + 17 + 12 * i, line, size=size, anchor="middle", weight="bold")
            for i, line in enumerate(lines)
        ]
        looks = [self.looks[id] for id in tile.groups[:_MARKS]]
        first = middle - 7 * (len(looks) - 1)
        for number, look in enumerate(looks):
            drawn.append(svg.mark(look.mark, first + 14 * number, y + 36, 4.6, fill=look.colour))
        return "".join(drawn)

    # -- below -----------------------------------------------------------------------------------

    def entries(self) -> Iterator[svg.LegendEntry]:
        for id, group in sorted(self.groups.items()):
            yield svg.LegendEntry(svg.marked_box(self.looks[id], 5), group.name)
        for change in SIGNS:
            name, count = say(f"change.{change}"), self.counts[change]
            words = say("compare_map_mark", change=name, count=count)
            yield svg.LegendEntry(_badge_swatch(change), words)

    def listed_changes(self, y: float) -> tuple[str, float]:
        """The real differences as sentences: facts first, then obligations and areas."""
        if self.changes is None or not (len(self.changes) or self.beside):
            return self.listed_later(y)
        real = self.changes[self.changes["kind"] == "real"].to_dict("records")
        shown = real[:_LISTED]
        words = say(
            "compare_map_listed",
            shown=len(shown),
            total=len(real),
            structural=len(self.changes) - len(real),
        )
        if self.beside:
            words += say("compare_map_beside", count=self.beside)
        drawn = [svg.text(MARGIN, y + 22, words, size=15, weight="bold")]
        for number, row in enumerate(shown, start=1):
            line = style.fitted(_sentence(row, self.groups), 14, self.inner)
            at = y + 24 + 21 * number
            drawn.append(svg.text(MARGIN, at, line, size=14, fill=style.SOFT_INK))
        later, height = self.listed_later(y + 34 + 21 * len(shown) - MARGIN)
        return "".join(drawn) + later, height

    def listed_later(self, y: float) -> tuple[str, float]:
        """The days on which more differs later: what is the same today need not stay so."""
        if not self.later:
            return "", y + 2 * MARGIN
        line = style.fitted(self.later, 14, self.inner)
        return svg.text(MARGIN, y + 22, line, size=14, weight="bold"), y + 22 + 2 * MARGIN


def _badge(change: str, x: float, y: float) -> str:
    sign, colour = SIGNS[change]
    look = {"fill": colour, "stroke": style.PAPER, "stroke_width": 1.5}
    ground = svg.element("circle", cx=float(x), cy=float(y), r=9.0, **look)
    return ground + svg.text(
        x, y + 4.5, sign, size=12, anchor="middle", weight="bold", fill=style.PAPER
    )


def _badge_swatch(change: str) -> svg.Swatch:
    return lambda x, y: _badge(change, x + 11, y)


def _sentence(row: Mapping[Any, Any], groups: Mapping[str, GroupEntry]) -> str:
    """One difference in words."""
    sign = SIGNS.get(row["change"], SIGNS["changed"])[0]
    subject = row["name"] or row["source"]
    if row["what"] == "link":
        relation = label("relation", row["relation"], language())
        subject = f"{subject} — {relation} → {row['target_name'] or row['target']}"
    if row["change"] != "changed":
        return f"{sign} {subject}"
    if row["what"] == "served":
        field = say("compare_map_served")
    else:
        field = said("obligation.", row["field"], heading(row["field"]))
    values = f"{_value(row['before'], groups)} → {_value(row['after'], groups)}"
    return said_of(f"{sign} {subject} {field}", values)


def _value(value: str, groups: Mapping[str, GroupEntry]) -> str:
    """A value in words: the state of a cell, or the groups that serve an area."""
    if not value.startswith("served "):
        return state_label(value)
    ids = value.removeprefix("served ").split("|")
    return listed(groups[id].name if id in groups else id for id in ids)
