"""Set the words of a swimlane: the names of groups and members, what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medgraph.visuals import style, svg
from medgraph.visuals.headings import state_label
from medgraph.words.joining import said_of

if TYPE_CHECKING:
    from medgraph.visuals.network.network_scene import DrawnNode

CARD = 132  # width of the card of a member


def centred(words: str, middle: float, y: float, **look: Any) -> str:
    """Return words in the middle of a lane."""
    return svg.text(middle, y, words, anchor="middle", **look)


def lane_name(group: DrawnNode, middle: float, top: float, room: float) -> str:
    """Return the name of a group in one line, or smaller in two."""
    look = {"weight": "bold", "fill": style.PROBLEM if group.problem else style.INK}
    if style.width(group.label, 16) <= room:
        return centred(group.label, middle, top + 25, size=16, **look)
    first, second = style.in_two_lines(group.label, 13, room)
    return centred(first, middle, top + 17, size=13, **look) + centred(
        second, middle, top + 32, size=13, **look
    )


def card_words(node: DrawnNode, stations: int, x: float, y: float) -> str:
    """Return the name on a card, and how many stations it runs."""
    count = str(stations) if stations else ""
    taken = style.width(count, 12) + 4 if count else 0
    name = svg.text(
        x + 28,
        y + 26,
        style.cut_within(node.label, 14, CARD - 34 - taken),
        size=14,
        fill=style.PROBLEM if node.problem else style.INK,
        weight=None if node.role == "class" else "bold",
    )
    if not count:
        return name
    right = x + CARD - 8
    return name + svg.text(right, y + 26, count, size=12, anchor="end", fill=style.SOFT_INK)


def problem_line(node: DrawnNode, x: float, y: float, room: float) -> str:
    """Return one line of the list of problems."""
    fill = "url(#mg-gap)" if node.role == "gap" else style.PAPER
    box = svg.rect(x, y - 12, 14, 14, fill=fill, stroke=style.PROBLEM, stroke_width=2)
    words = style.fitted(said_of(node.name, state_label(node.problem)), 13, room)
    return box + svg.text(x + 22, y, words, size=13)


def spoken(node: DrawnNode) -> str:
    """Return what a pointer resting on a node, or a screen reader, says."""
    parts = [node.name, node.id]
    if node.problem:
        parts.append(state_label(node.problem))
    return " · ".join(part for part in parts if part)
