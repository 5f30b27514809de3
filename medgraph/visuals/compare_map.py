"""Draw two networks side by side: every township on the same tile in both, what differs marked."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape

import numpy as np
import pandas as pd

from medgraph.graphmodel.network import MedicalNetwork
from medgraph.visuals import style, svg
from medgraph.visuals.figure import Figure
from medgraph.visuals.headings import heading, said, state_label
from medgraph.visuals.tiles.tile_grid import tile_grid
from medgraph.visuals.tiles.tile_scene import GroupEntry, Tile, TileScene, services, tile_scene
from medgraph.words.say import language, say, speaking
from medgraph.words.vocabularies import label

WIDE, HIGH, GAP, MARGIN = 66, 46, 5, 18
_STACKED = 14  # from so many columns on, the panels stand one above the other
_LISTED = 16
# How a change looks: a sign and a colour; red stays for problems.
SIGNS = {
    "added": ("＋", style.GREEN),
    "removed": ("－", style.ORANGE),
    "changed": ("△", style.BLUE),
}


def compare_map(
    before: MedicalNetwork,
    after: MedicalNetwork,
    *,
    changes: pd.DataFrame | None = None,
    from_day: datetime.date | str | None = None,
    to_day: datetime.date | str | None = None,
    lang: str | None = None,
) -> Figure:
    """Draw `before` and `after` as two tile maps on the same positions, with what differs marked.

    `changes` is the frame of a comparison (`source`, `target`, `what`, `change`, `kind`, ...): a township is marked
    where it, or a facility that serves it, is named there, and the differences are listed below. Without it,
    a township is marked where the groups that serve it differ. A tile in dashes is not there on that side.
    Return a Figure whose `counts` are tiles shown of all, and how many are added, removed and changed.
    """
    with speaking(lang or language()):
        days = before.day(from_day), after.day(to_day)
        scenes = _on_one_grid(
            [
                tile_scene(net, None, day, language())
                for net, day in zip((before, after), days, strict=True)
            ]
        )
        names = {
            id: group
            for scene in reversed(scenes)
            for id, group in ((g.id, g) for g in scene.groups)
        }
        marks = (
            _marks_by_groups(*scenes)
            if changes is None
            else _marks(changes, (before, after), days, scenes)
        )
        return _Comparison(scenes, names, marks, changes).figure()


def _on_one_grid(scenes: list[TileScene]) -> list[TileScene]:
    """Give every township the tile of the earlier picture; one that is new gets a free tile."""
    areas: dict[str, dict] = {}
    for scene in scenes:
        for tile in scene.tiles:
            given = (
                {"tile_x": tile.x, "tile_y": tile.y}
                if scene is scenes[0]
                else {"tile_x": np.nan, "tile_y": np.nan}
            )
            areas.setdefault(tile.id, {"county": tile.county, **given})
    if not areas:
        return scenes
    grid = tile_grid(pd.DataFrame.from_dict(areas, orient="index"))
    return [
        replace(
            scene,
            tiles=tuple(
                replace(t, x=int(grid.at[t.id, "tile_x"]), y=int(grid.at[t.id, "tile_y"]))
                for t in scene.tiles
            ),
        )
        for scene in scenes
    ]


def _marks_by_groups(before: TileScene, after: TileScene) -> dict[str, str]:
    one, two = ({tile.id: tile for tile in scene.tiles} for scene in (before, after))
    found = dict.fromkeys(one.keys() - two.keys(), "removed") | dict.fromkeys(
        two.keys() - one.keys(), "added"
    )
    return found | {
        id: "changed"
        for id in one.keys() & two.keys()
        if sorted(one[id].groups) != sorted(two[id].groups)
    }


def _marks(
    changes: pd.DataFrame,
    nets: tuple[MedicalNetwork, MedicalNetwork],
    days: tuple[datetime.date, ...],
    scenes: list[TileScene],
) -> dict[str, str]:
    """Township -> how it differs, by the rows that name it or a facility that serves it."""
    served: dict[str, set[str]] = {}
    for net, day in zip(nets, days, strict=True):
        pairs = services(net, day)
        ids = net.index.ids
        for f, a in zip(pairs["facility"].tolist(), pairs["area"].tolist(), strict=True):
            served.setdefault(ids[f].as_py(), set()).add(ids[a].as_py())
    found = _marks_by_groups(*scenes)
    for row in changes.to_dict("records"):
        for end in (row.get("source"), row.get("target")):
            for area in {end} | served.get(end, set()):
                found.setdefault(area, "changed")
    shown = {tile.id for scene in scenes for tile in scene.tiles}
    return {id: change for id, change in found.items() if id in shown}


@dataclass
class _Comparison:
    """One drawing: two scenes, the groups of both, the mark of each township, the rows to list."""

    scenes: list[TileScene]
    groups: Mapping[str, GroupEntry]
    marks: dict[str, str]
    changes: pd.DataFrame | None

    def __post_init__(self) -> None:
        self.looks = {id: style.look(i) for i, id in enumerate(sorted(self.groups))}
        tiles = [tile for scene in self.scenes for tile in scene.tiles]
        self.columns = max((tile.x for tile in tiles), default=0) + 1
        self.rows = max((tile.y for tile in tiles), default=0) + 1
        self.across = max(self.columns * (WIDE + GAP) - GAP, 330)
        self.down = self.rows * (HIGH + GAP) - GAP
        self.stacked = self.columns > _STACKED
        self.inner = self.across if self.stacked else 2 * self.across + 34
        self.every = {tile.id: tile for tile in tiles}

    def figure(self) -> Figure:
        legend, y = svg.legend(self.entries(), MARGIN, self.bottom + 22.0, self.inner, size=14)
        listed, height = self.listed(y + 14)
        panels = "".join(self.panel(i) for i in (0, 1))
        paper = svg.rect(0, 0, self.inner + 2 * MARGIN, height, fill=style.PAPER)
        counts = {"shown": len(self.every), "all": len(self.every)} | {
            change: sum(mark == change for mark in self.marks.values()) for change in SIGNS
        }
        pattern = svg.element("defs", svg.hatching("mg-none", style.tint(style.FAINT, 0.4)))
        return Figure(
            self.title,
            counts,
            svg.document(
                self.inner + 2 * MARGIN,
                height,
                self.title,
                "".join([pattern, paper, self.header(), panels, legend, listed]),
            ),
            lang=language(),
        )

    @property
    def title(self) -> str:
        return say("compare_map_title", title=self.scenes[1].title or self.scenes[1].unit).strip(
            " ·：:"
        )

    @property
    def bottom(self) -> float:
        return 104 + (2 * self.down + 44 if self.stacked else self.down)

    def header(self) -> str:
        stamps = list(
            dict.fromkeys([say("sketch"), *(s for scene in self.scenes for s in scene.stamps)])
        )
        words = " · ".join(stamps)
        room = style.width(words, 14)
        return svg.text(
            MARGIN, 36, style.fitted(self.title, 22, self.inner - room - 12), size=22, weight="bold"
        ) + (svg.text(MARGIN + self.inner, 34, words, size=14, anchor="end", weight="bold"))

    # -- the panels ----------------------------------------------------------------------------

    def panel(self, number: int) -> str:
        """One side: its day above, every township of either side on its tile."""
        scene = self.scenes[number]
        left = MARGIN + (0 if self.stacked else number * (self.across + 34))
        top = 92 + (number * (self.down + 44) if self.stacked else 0)
        here = {tile.id: tile for tile in scene.tiles}
        words = say(
            "compare_map_before" if number == 0 else "compare_map_after", day=scene.day.isoformat()
        )
        body = [svg.text(left, top - 12, words, size=16, weight="bold", fill=style.SOFT_INK)]
        for id, tile in sorted(self.every.items()):
            x, y = left + tile.x * (WIDE + GAP), top + tile.y * (HIGH + GAP)
            body.append(self.tile(here.get(id), tile, x, y, number))
        return svg.element("g", "".join(body))

    def tile(self, tile: Tile | None, any_side: Tile, x: float, y: float, number: int) -> str:
        mark = self.marks.get(any_side.id)
        spoken = any_side.name + ("" if mark is None else f"：{say(f'change.{mark}')}")
        parts = [svg.element("title", escape(spoken))]
        if tile is None:
            parts.append(
                svg.rect(
                    x,
                    y,
                    WIDE,
                    HIGH,
                    rx=3,
                    fill=style.PAPER,
                    stroke=style.FAINT,
                    stroke_dasharray="4 4",
                )
            )
        else:
            parts.append(self.ground(tile, x, y, 3.0 if mark else 1.0))
            parts.append(self.label(tile, x, y))
        if (
            mark
            and not (mark == "added" and number == 0)
            and not (mark == "removed" and number == 1)
        ):
            parts.append(self.badge(mark, x + WIDE - 9, y + HIGH - 9))
        return svg.element("g", "".join(parts))

    def ground(self, tile: Tile, x: float, y: float, weight: float) -> str:
        groups = list(dict.fromkeys(tile.groups))
        if not groups:
            return svg.rect(
                x,
                y,
                WIDE,
                HIGH,
                rx=3,
                fill="url(#mg-none)",
                stroke=style.FAINT,
                stroke_width=weight,
            )
        part = WIDE / len(groups)
        stripes = "".join(
            svg.rect(x + i * part, y, part, HIGH, rx=3, fill=self.looks[id].tint)
            for i, id in enumerate(groups)
        )
        return stripes + svg.rect(
            x,
            y,
            WIDE,
            HIGH,
            rx=3,
            fill="none",
            stroke=self.looks[groups[0]].colour,
            stroke_width=weight,
        )

    def label(self, tile: Tile, x: float, y: float) -> str:
        """The short name, and a mark for each facility that serves the township."""
        lines = (
            [tile.short_name]
            if style.width(tile.short_name, 14) <= WIDE - 8
            else style.in_two_lines(tile.short_name, 11, WIDE - 8)
        )
        size = 14 if len(lines) == 1 else 11
        words = "".join(
            svg.text(x + WIDE / 2, y + 17 + 12 * i, line, size=size, anchor="middle", weight="bold")
            for i, line in enumerate(lines)
        )
        shown = tile.groups[:3]
        first = x + WIDE / 2 - 7 * (len(shown) - 1)
        return words + "".join(
            svg.mark(self.looks[id].mark, first + 14 * i, y + 36, 4.6, fill=self.looks[id].colour)
            for i, id in enumerate(shown)
        )

    @staticmethod
    def badge(change: str, x: float, y: float) -> str:
        sign, colour = SIGNS[change]
        return svg.element(
            "circle",
            cx=float(x),
            cy=float(y),
            r=9.0,
            fill=colour,
            stroke=style.PAPER,
            stroke_width=1.5,
        ) + svg.text(x, y + 4.5, sign, size=12, anchor="middle", weight="bold", fill=style.PAPER)

    # -- below ---------------------------------------------------------------------------------

    def entries(self) -> Iterator:
        for id, group in sorted(self.groups.items()):
            look = self.looks[id]
            yield (
                (
                    lambda x, y, look=look: (
                        svg.box(look.tint, look.colour)(x, y)
                        + svg.mark(look.mark, x + 11, y, 5, fill=look.colour)
                    )
                ),
                group.name,
                style.INK,
                None,
            )
        for change in SIGNS:
            count = sum(mark == change for mark in self.marks.values())
            yield (
                (lambda x, y, change=change: self.badge(change, x + 11, y)),
                say("compare_map_mark", change=say(f"change.{change}"), count=count),
                style.INK,
                None,
            )

    def listed(self, y: float) -> tuple[str, float]:
        """The real differences as sentences, those of obligations and areas after the facts behind them."""
        if self.changes is None or not len(self.changes):
            return "", y + 2 * MARGIN
        real = self.changes[self.changes["kind"] == "real"].to_dict("records")
        drawn = [
            svg.text(
                MARGIN,
                y + 22,
                say(
                    "compare_map_listed",
                    shown=min(len(real), _LISTED),
                    total=len(real),
                    structural=len(self.changes) - len(real),
                ),
                size=15,
                weight="bold",
            )
        ]
        for number, row in enumerate(real[:_LISTED], start=1):
            words = style.fitted(_sentence(row, self.groups), 14, self.inner)
            drawn.append(
                svg.text(MARGIN, y + 24 + 21 * number, words, size=14, fill=style.SOFT_INK)
            )
        return "".join(drawn), y + 34 + 21 * min(len(real), _LISTED) + MARGIN


def _sentence(row: Mapping[str, str], groups: Mapping[str, GroupEntry]) -> str:
    """One difference in words."""
    sign = SIGNS.get(row["change"], SIGNS["changed"])[0]
    subject = row["name"] or row["source"]
    if row["what"] == "link":
        relation = label("relation", row["relation"], language())
        subject = f"{subject} — {relation} → {row['target_name'] or row['target']}"
    if row["change"] != "changed":
        return f"{sign} {subject}"
    field = (
        say("compare_map_served")
        if row["what"] == "served"
        else said("obligation.", row["field"], heading(row["field"]))
    )
    return f"{sign} {subject} {field}：{_value(row['before'], groups)} → {_value(row['after'], groups)}"


def _value(value: str, groups: Mapping[str, GroupEntry]) -> str:
    """A value in words: the state of a cell, or the groups that serve an area."""
    if value.startswith("served "):
        ids = value.removeprefix("served ").split("|")
        return "、".join(groups[id].name if id in groups else id for id in ids)
    return state_label(value)
