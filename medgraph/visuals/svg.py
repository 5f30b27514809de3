"""Write SVG as text: every word from the data is escaped, every look is an attribute, nothing is fetched."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

from medgraph.visuals import style


def attributes(**values: object) -> str:
    """Return attributes as SVG text; `_` in a name is `-`, numbers have at most two decimals, None is left out."""
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(_plain(value), quote=True)}"'
        for name, value in values.items()
        if value is not None
    )


def _plain(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def element(name: str, content: str = "", /, **values: object) -> str:
    """Return one element around `content`, which is already SVG."""
    return (
        f"<{name}{attributes(**values)}>{content}</{name}>"
        if content
        else f"<{name}{attributes(**values)}/>"
    )


def text(
    x: float,
    y: float,
    words: str,
    *,
    size: float = 14,
    fill: str = style.INK,
    anchor: str | None = None,
    weight: str | None = None,
    **more: object,
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


def rect(x: float, y: float, width: float, height: float, **more: object) -> str:
    """Return a rectangle."""
    return element("rect", x=float(x), y=float(y), width=float(width), height=float(height), **more)


def mark(shape: str, x: float, y: float, radius: float, **more: object) -> str:
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
    """Return the head of a picture: its title, a line of facts, its stamps as badges at the right."""
    badges, right = [], left + room
    for number, stamp in enumerate(reversed(tuple(stamps))):
        stamp = style.fitted(stamp, 15, 260)
        wide = style.width(stamp, 15) + 16
        ground = style.PAPER if number == 0 else style.INK  # the last one says that it is a sketch
        badges.append(
            rect(right - wide, 14, wide, 26, rx=4, fill=ground, stroke=style.INK)
            + text(
                right - wide / 2,
                32,
                stamp,
                size=15,
                anchor="middle",
                weight="bold",
                fill=style.INK if number == 0 else style.PAPER,
            )
        )
        right -= wide + 8
    line = style.fitted(" · ".join(fact for fact in facts if fact), 15, room)
    return (
        text(left, 36, style.fitted(title, 24, right - left - 10), size=24, weight="bold")
        + text(left, 62, line, size=15, fill=style.SOFT_INK)
        + "".join(badges)
    )


def legend(
    entries: Iterable[tuple[Callable[[float, float], str], str, str, str | None]],
    left: float,
    top: float,
    room: float,
    *,
    size: float = 16,
) -> tuple[str, float]:
    """Return swatches with their words (swatch, words, colour, weight) in rows, and where the last row stands."""
    x, y, drawn = left, top, []
    for swatch, words, colour, weight in entries:
        words = style.fitted(words, size, room - 40)
        wide = 30 + style.width(words, size) + 26
        if x > left and x + wide > left + room:
            x, y = left, y + 27
        drawn += [swatch(x, y), text(x + 30, y + 5.5, words, size=size, fill=colour, weight=weight)]
        x += wide
    return "".join(drawn), y


def box(
    fill: str, stroke: str, stroke_width: float = 1.5, dashes: str | None = None
) -> Callable[[float, float], str]:
    """Return a swatch: a small box at x, centred on y."""
    return lambda x, y: rect(
        x,
        y - 9,
        22,
        18,
        rx=3,
        fill=fill,
        stroke=stroke,
        stroke_width=stroke_width,
        stroke_dasharray=dashes,
    )


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
    """Return a whole SVG drawing with a title for those who cannot see it."""
    head = element("title", escape(title))
    return element(
        "svg",
        head + content,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:.0f} {height:.0f}",
        width=round(width),
        height=round(height),
        preserveAspectRatio="xMidYMin meet",
        role="img",
        aria_label=title,
        font_family=style.FONTS,
    )
