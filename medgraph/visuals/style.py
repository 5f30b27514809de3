"""Choose colours, marks and letter sizes: one place, so that all pictures look alike.

Colours are Okabe and Ito's (2008), which people with any colour vision tell apart; vermillion is
left out, because red is kept for problems alone. A mark goes with every colour, so that print in
black and white is enough.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

BLUE, GREEN, ORANGE, PURPLE, SKY, YELLOW = (
    "#0072B2",
    "#009E73",
    "#E69F00",
    "#CC79A7",
    "#56B4E9",
    "#F0E442",
)
VIOLET = "#6A4FA3"  # for lines alone: thin lines of the reddish purple look red
PALETTE = (BLUE, ORANGE, GREEN, PURPLE, SKY, YELLOW)
# For many categories side by side on the screen, where a legend names each.
SHADES = (
    *(BLUE, ORANGE, GREEN, PURPLE, SKY, "#B8A800"),
    *(VIOLET, "#8C564B", "#17807E", "#A0522D", "#4B6A00", "#7F3C8D"),
)
PROBLEM = "#C8102E"
INK, SOFT_INK, FAINT, PAPER = "#1B1F24", "#4A525C", "#8C959F", "#FFFFFF"
SEQUENCE = ("#E8F1F8", "#BBD6EA", "#85B7DA", "#4890C4", "#0B62A0")
FONTS = "'Noto Sans CJK SC','Microsoft YaHei','PingFang SC','WenQuanYi Micro Hei',SimHei,sans-serif"

# A mark is a path in the square from -1 to 1.
MARKS = {
    "circle": "M-.9 0a.9 .9 0 1 0 1.8 0a.9 .9 0 1 0 -1.8 0Z",
    "square": "M-.8-.8H.8V.8H-.8Z",
    "triangle": "M0-.95L.95 .8H-.95Z",
    "diamond": "M0-1.05L1.05 0L0 1.05L-1.05 0Z",
    "cross": "M-.35-.95H.35V-.35H.95V.35H.35V.95H-.35V.35H-.95V-.35H-.35Z",
}
STAR = (
    "M0-1L.2939-.4045L.9511-.309L.4755 .1545L.5878 .809"
    "L0 .5L-.5878 .809L-.4755 .1545L-.9511-.309L-.2939-.4045Z"
)


@dataclass(frozen=True)
class Look:
    """How a group or value is drawn: its `colour`, a lighter `tint` behind letters, its `mark`."""

    colour: str
    tint: str
    mark: str


def look(number: int) -> Look:
    """Return the look of a group or value by its `number`; 30 in a row differ."""
    colour = PALETTE[number % len(PALETTE)]
    return Look(colour, tint(colour), tuple(MARKS)[number % len(MARKS)])


def tint(colour: str, strength: float = 0.2) -> str:
    """Return `colour` mixed with white: `strength` 1 is the colour itself, 0 is white."""
    parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    mixed = [round(255 - (255 - part) * strength) for part in parts]
    return "#" + "".join(f"{part:02X}" for part in mixed)


def width(text: str, size: float) -> float:
    """Return about how wide `text` is in letters of `size`; a Chinese one is as wide as high."""
    return size * sum(map(_letter_width, text))


def _letter_width(letter: str) -> float:
    """How wide a letter is against its size."""
    if unicodedata.east_asian_width(letter) in "WFA":
        return 1.0
    if letter in " .,:;|'ijl":
        return 0.34
    return 0.72 if letter.isupper() or letter in "mw%@—" else 0.58


def fitted(text: str, size: float, room: float) -> str:
    """Return `text`, cut with … where it is wider than `room`."""
    if width(text, size) <= room:
        return text
    while text and width(text + "…", size) > room:
        text = text[:-1]
    return text + "…"


def cut_within(text: str, size: float, room: float) -> str:
    """Return `text`, cut with … in its middle where it is wider than `room`.

    Long names often begin alike and differ at their end.

    >>> cut_within("1234567890", 10, 30)
    '12…0'
    """
    found, kept = text, len(text)
    while kept and width(found, size) > room:
        kept -= 1
        front = (kept + 1) // 2
        found = text[:front] + "…" + text[len(text) - (kept - front) :]
    return found


def in_two_lines(text: str, size: float, room: float) -> tuple[str, str]:
    """Return `text` in two lines of at most `room`, the second cut where it is too wide."""
    cut = len(text)
    while cut > 1 and width(text[:cut], size) > room:
        cut -= 1
    return text[:cut], fitted(text[cut:], size, room)
