"""Write SVG as text: words are escaped, looks are attributes, nothing is fetched."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, TypeAlias

from medgraph.visuals import style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Attributes: TypeAlias = dict[str, Any]
"""How an element is drawn: its attributes, or the options of `text`."""
Swatch: TypeAlias = "Callable[[float, float], str]"
"""Draws the sign of a legend with its left edge at x and its middle at y."""


@dataclass(frozen=True)
class LegendEntry:
    """One entry of a legend: its sign, its words, and how they are set."""

    swatch: Swatch
    words: str
    colour: str = style.INK
    weight: str | None = None


def attributes(**values: object) -> str:
    """Return attributes as SVG text: `_` in a name is `-`, None is left out.

    Numbers have at most two decimals.
    """
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(_plain(value), quote=True)}"'
        for name, value in values.items()
        if value is not None
    )


def _plain(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def element(name: str, content: str = "", /, **values: object) -> str:
    """Return one element around `content`, which is already SVG."""
    opening = f"<{name}{attributes(**values)}"
    return f"{opening}>{content}</{name}>" if content else f"{opening}/>"


def tooltip(words: str) -> str:
    """Return what a pointer resting on an element, or a screen reader, says of it."""
    return element("title", escape(words))


def text(
    x: float,
    y: float,
    words: str,
    *,
    size: float = 14,
    fill: str = style.INK,
    anchor: str | None = None,
    weight: str | None = None,
    **more: Any,
) -> str:
    """Return a line of text whose baseline begins (or is centred, or ends) at x, y."""
    return element(
        "text",
        escape(words),
        x=float(x),
        y=float(y),
        font_size=size,
        fill=fill,
        text_anchor=anchor,
        font_weight=weight,
        **more,
    )


def rect(x: float, y: float, width: float, height: float, **more: Any) -> str:
    """Return a rectangle whose upper left corner is at x, y."""
    return element("rect", x=float(x), y=float(y), width=float(width), height=float(height), **more)


def thing(content: str, id: str, **by: str) -> str:
    """Return what stands for one node: the page can filter it by what it is, and focus it.

    `by` are its district, group, level and state, as far as it has them; several are joined by a |.
    """
    stated = {f"data_{name}": value for name, value in by.items() if value}
    return element("g", content, data_id=id, **stated, tabindex="0")


def mark(shape: str, x: float, y: float, radius: float, **more: Any) -> str:
    """Return a mark of `style.MARKS` (or the star), centred at x, y."""
    path = style.STAR if shape == "star" else style.MARKS[shape]
    return element(
        "path",
        d=path,
        transform=f"translate({_plain(float(x))} {_plain(float(y))}) "
        f"scale({_plain(float(radius))})",
        **more,
    )


def header(
    title: str, facts: Iterable[str], stamps: Iterable[str], left: float, room: float
) -> str:
    """Return the head of a picture: its title, a line of facts, its stamps as badges at the right.

    The last stamp says that the picture is a sketch: it has a light ground, the others a dark one.
    """
    badges, right = [], left + room
    for number, stamp in enumerate(reversed(tuple(stamps))):
        words = style.fitted(stamp, 15, 260)
        wide = style.width(words, 15) + 16
        badges.append(badge(words, right - wide, wide, dark=number > 0))
        right -= wide + 8
    line = style.fitted(" · ".join(fact for fact in facts if fact), 15, room)
    return (
        text(left, 36, style.fitted(title, 24, right - left - 10), size=24, weight="bold")
        + text(left, 62, line, size=15, fill=style.SOFT_INK)
        + "".join(badges)
    )


def badge(words: str, left: float, wide: float, *, dark: bool) -> str:
    """Return a stamp in the head of a picture."""
    ground, ink = (style.INK, style.PAPER) if dark else (style.PAPER, style.INK)
    look: Attributes = {"size": 15, "anchor": "middle", "weight": "bold", "fill": ink}
    frame = rect(left, 14, wide, 26, rx=4, fill=ground, stroke=style.INK)
    return frame + text(left + wide / 2, 32, words, **look)


def legend(
    entries: Iterable[LegendEntry], left: float, top: float, room: float, *, size: float = 16
) -> tuple[str, float]:
    """Return signs with their words in rows, and the height of the last row."""
    x, y, drawn = left, top, []
    for entry in entries:
        words = style.cut_within(entry.words, size, room - 40)
        wide = 30 + style.width(words, size) + 26
        if x > left and x + wide > left + room:
            x, y = left, y + 27
        look: Attributes = {"size": size, "fill": entry.colour, "weight": entry.weight}
        drawn += [entry.swatch(x, y), text(x + 30, y + 5.5, words, **look)]
        x += wide
    return "".join(drawn), y


def box(fill: str, stroke: str, stroke_width: float = 1.5, dashes: str | None = None) -> Swatch:
    """Return a swatch: a small box."""
    look = {"stroke": stroke, "stroke_width": stroke_width, "stroke_dasharray": dashes}
    return lambda x, y: rect(x, y - 9, 22, 18, rx=3, fill=fill, **look)


def marked_box(look: style.Look, radius: float, **more: Any) -> Swatch:
    """Return a swatch: the tint, the colour and the mark of a group."""

    def draw(x: float, y: float) -> str:
        ground = box(look.tint, look.colour)(x, y)
        return ground + mark(look.mark, x + 11, y, radius, fill=look.colour, **more)

    return draw


def hatching(name: str, colour: str, *, gap: int = 9) -> str:
    """Return a pattern of slanting lines, to be filled with `url(#name)`."""
    line = element("path", d=f"M0 0V{gap}", stroke=colour, stroke_width=3)
    return element(
        "pattern",
        rect(0, 0, gap, gap, fill=style.PAPER) + line,
        id=name,
        width=gap,
        height=gap,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )


def dotting(name: str, colour: str) -> str:
    """Return a pattern of dots, to be filled with `url(#name)`."""
    dot = element("circle", cx=4, cy=4, r=1.6, fill=colour)
    return element(
        "pattern",
        rect(0, 0, 8, 8, fill=style.PAPER) + dot,
        id=name,
        width=8,
        height=8,
        patternUnits="userSpaceOnUse",
    )


def document(width: float, height: float, title: str, content: str) -> str:
    """Return a whole drawing, with its title for those who cannot see it."""
    return element(
        "svg",
        tooltip(title) + content,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:.0f} {height:.0f}",
        width=round(width),
        height=round(height),
        preserveAspectRatio="xMidYMin meet",
        role="img",
        aria_label=title,
        font_family=style.FONTS,
    )
