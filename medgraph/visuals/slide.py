"""Draw one slide for a meeting: a sentence, a number before and after, and the map it is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from medgraph.visuals import style, svg
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from medgraph.visuals.style import Look
    from medgraph.visuals.tiles.tile_scene import Tile, TileScene

WIDE, HIGH = 1600, 900
_MARGIN, _ROOM = 60, 1480
_MAP_TOP, _MAP_BOTTOM, _LEGEND = 344, 794, 826
_TILE_WIDE, _TILE_HIGH, _GAP = 104, 78, 6
_SENTENCE, _LINES = 44, 3  # size of its letters, and lines at most
_FIGURES = 50  # size of the figures of a number
_SIGNS = {"better": ("▲", style.GREEN), "worse": ("▼", style.PROBLEM)}


@dataclass(frozen=True)
class Number:
    """One number: what it is of, before and after, and whether that is `better` or `worse`."""

    label: str
    before: str
    after: str
    trend: str = ""

    @property
    def is_other(self) -> bool:
        """Whether it is another after than before."""
        return self.before != self.after


@dataclass(frozen=True)
class Slide:
    """One slide: its sentence, a line of facts below, its number, and the map on either side."""

    sentence: str
    facts: str
    number: Number
    before: TileScene
    after: TileScene
    place: str = ""

    @property
    def in_words(self) -> str:
        """What the slide says, for who cannot see it."""
        told = self.number.after
        if self.number.is_other:
            told = f"{self.number.before} → {told}"
        return say("slide.in_words", sentence=self.sentence, label=self.number.label, number=told)


def slide(shown: Slide) -> str:
    """Return a slide as SVG, 16 to 9."""
    scene = shown.after
    foot = " · ".join(filter(None, [*scene.stamps, scene.title, scene.day.isoformat()]))
    content = [
        svg.rect(0, 0, WIDE, HIGH, fill=style.PAPER),
        *_sentence(shown),
        *_number(shown.number),
        *_map(shown),
        *_legend(scene),
        svg.text(_MARGIN, HIGH - 24, style.fitted(foot, 20, 1250), size=20, fill=style.SOFT_INK),
        svg.text(WIDE - _MARGIN, HIGH - 24, shown.place, size=20, anchor="end"),
    ]
    return svg.document(WIDE, HIGH, shown.in_words, "".join(content))


def _sentence(shown: Slide) -> Iterator[str]:
    y = 70
    for line in _lines(shown.sentence, _SENTENCE, _ROOM):
        yield svg.text(_MARGIN, y, line, size=_SENTENCE, weight="bold")
        y += 54
    facts = style.fitted(shown.facts, 24, _ROOM)
    yield svg.text(_MARGIN, y - 8, facts, size=24, fill=style.SOFT_INK)


def _lines(text: str, size: float, room: float) -> list[str]:
    """A text in a few lines, the last of them cut where it is too wide."""
    lines: list[str] = []
    while text and len(lines) < _LINES - 1:
        cut = _fitting(text, size, room)
        lines.append(text[:cut].strip())
        text = text[cut:]
    return [*lines, style.fitted(text.strip(), size, room)] if text else lines


def _fitting(text: str, size: float, room: float) -> int:
    """How many letters of a text fit, between two words where it has words."""
    cut = len(text)
    while cut > 1 and style.width(text[:cut], size) > room:
        cut -= 1
    space = text.rfind(" ", 0, cut)
    return cut if cut == len(text) or space < cut // 2 else space + 1


def _number(number: Number) -> Iterator[str]:
    yield svg.text(_MARGIN, 262, style.fitted(number.label, 24, _ROOM), size=24)
    told = f"{number.before} → {number.after}" if number.is_other else number.after
    sign, colour = _SIGNS.get(number.trend, ("", style.INK))
    words = f"{sign} {told}".strip()
    # a number is never cut: its bounds are a part of it
    size = min(_FIGURES, _FIGURES * _ROOM / max(style.width(words, _FIGURES), 1))
    yield svg.text(_MARGIN, 314, words, size=size, fill=colour, weight="bold")


# -- the map ---------------------------------------------------------------------------------------


def _map(shown: Slide) -> Iterator[str]:
    tiles = shown.after.tiles
    if not tiles:
        return
    across = max(tile.x for tile in tiles) + 1
    down = max(tile.y for tile in tiles) + 1
    scale = min(
        _ROOM / (across * (_TILE_WIDE + _GAP)),
        (_MAP_BOTTOM - _MAP_TOP) / (down * (_TILE_HIGH + _GAP)),
        1.3,
    )
    left = (WIDE - across * (_TILE_WIDE + _GAP) * scale) / 2
    looks = _looks(shown.after)
    before = {tile.id: tile for tile in shown.before.tiles}
    drawn = [_tile(tile, before.get(tile.id), looks) for tile in tiles]
    yield svg.element(
        "g", "".join(drawn), transform=f"translate({left:.1f} {_MAP_TOP}) scale({scale:.3f})"
    )


def _looks(scene: TileScene) -> dict[str, Look]:
    return {group.id: style.look(number) for number, group in enumerate(scene.groups)}


def _tile(tile: Tile, before: Tile | None, looks: Mapping[str, Look]) -> str:
    """A tile as it is after; one that changed has a thick frame, and the marks before and after."""
    groups = list(dict.fromkeys(tile.groups))
    earlier = list(dict.fromkeys(before.groups)) if before else []
    is_other = before is None or groups != earlier or tile.state != before.state
    look = looks[groups[0]] if groups and groups[0] in looks else None
    is_gap = tile.state == "gap"
    plain = look.colour if look else style.FAINT
    frame = style.PROBLEM if is_gap else plain
    parts = [
        svg.rect(
            0,
            0,
            _TILE_WIDE,
            _TILE_HIGH,
            rx=5,
            fill=look.tint if look and not is_gap else style.PAPER,
            stroke=style.INK if is_other else frame,
            stroke_width=6 if is_other else 2,
        ),
        _middle(style.cut_within(tile.short_name, 22, _TILE_WIDE - 8), 32, 22),
    ]
    marks = [*earlier[:2], "", *groups[:2]] if is_other else groups[:4]
    parts += _marks(marks, looks)
    if not marks:
        parts.append(_middle(say(f"board.script.state_{tile.state}"), 62, 17))
    x, y = tile.x * (_TILE_WIDE + _GAP), tile.y * (_TILE_HIGH + _GAP)
    return svg.element("g", "".join(parts), transform=f"translate({x} {y})")


def _middle(words: str, y: float, size: float) -> str:
    return svg.text(_TILE_WIDE / 2, y, words, size=size, anchor="middle", weight="bold")


def _marks(groups: list[str], looks: Mapping[str, Look]) -> Iterator[str]:
    """The marks of groups in a row; an empty name is the arrow from before to after."""
    for number, group in enumerate(groups):
        x = _TILE_WIDE / 2 + (number - (len(groups) - 1) / 2) * 22
        if not group:
            yield svg.text(x, 62, "→", size=20, anchor="middle")
        elif look := looks.get(group):
            yield svg.mark(
                look.mark, x, 56, 9, fill=look.colour, stroke=style.INK, stroke_width=0.1
            )


def _legend(scene: TileScene) -> Iterator[str]:
    """The groups with their marks, as many as there is room for in one line."""
    x = float(_MARGIN)
    for number, group in enumerate(scene.groups):
        look, words = style.look(number), style.cut_within(group.name, 20, 330)
        wide = 40 + style.width(words, 20)
        if x + wide > WIDE - _MARGIN:
            yield svg.text(x, _LEGEND + 7, "…", size=20)
            return
        yield svg.mark(look.mark, x + 10, _LEGEND, 9, fill=look.colour)
        yield svg.text(x + 26, _LEGEND + 7, words, size=20)
        x += wide
