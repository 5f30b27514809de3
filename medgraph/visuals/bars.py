"""Draw numbers beside one another: a bar for each thing, in parts, each with its number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from medgraph.visuals import style, svg

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDE, _HIGH, _SIZE = 1000.0, 30.0, 17
_FEWEST, _MOST, _BESIDE = 300.0, 500.0, 20.0  # room for names, and beside them
_TOP, _LEGEND = 16.0, 40.0
_END = 90.0  # room for the sum behind the longest bar


@dataclass(frozen=True)
class Part:
    """A part of a bar: how much, in which colour."""

    amount: int
    colour: str


@dataclass(frozen=True)
class Bar:
    """One bar: what it is of, its parts from left to right, and what its numbers lack."""

    name: str
    parts: tuple[Part, ...]
    note: str = ""

    @property
    def whole(self) -> int:
        """The sum of its parts."""
        return sum(part.amount for part in self.parts)


def bars(title: str, drawn: Sequence[Bar], legend: Sequence[tuple[str, str]]) -> str:
    """Return bars under their title as SVG, the numbers behind them, and what the colours mean.

    >>> picture = bars("Verdicts", [Bar("G1", (Part(2, "#0072B2"),))], [("pass", "#0072B2")])
    >>> picture.startswith("<svg") and 'aria-label="Verdicts"' in picture
    True
    """
    longest = max((bar.whole for bar in drawn), default=0) or 1
    noted = max((style.width(bar.note, _SIZE) for bar in drawn), default=0.0)
    named = max((style.width(bar.name, _SIZE) for bar in drawn), default=0.0) + _BESIDE
    left = min(_MOST, max(_FEWEST, named))
    scale = (_WIDE - left - _END - noted) / longest
    head = svg.text(0, _HIGH / 2 + 6, title, size=_SIZE + 2, weight="bold")
    top = _TOP + _HIGH
    body = [
        head,
        *(_bar(bar, left, top + number * _HIGH, scale) for number, bar in enumerate(drawn)),
    ]
    foot = top + len(drawn) * _HIGH + _LEGEND / 2
    entries = [svg.LegendEntry(svg.box(colour, colour), words) for words, colour in legend]
    signs, _ = svg.legend(entries, left, foot, _WIDE - left)
    high = foot + (_LEGEND if entries else 0)
    paper = svg.rect(0, 0, _WIDE, high, fill=style.PAPER)
    return svg.document(_WIDE, high, title, paper + "".join(body) + signs)


def _bar(bar: Bar, left: float, top: float, scale: float) -> str:
    base = top + _HIGH / 2 + 4
    name = style.cut_within(bar.name, _SIZE, left - _BESIDE)
    drawn = [svg.text(left - _BESIDE / 2, base, name, size=_SIZE, anchor="end")]
    for part in bar.parts:
        wide = part.amount * scale
        drawn.append(svg.rect(left, top, wide, _HIGH - 8, fill=part.colour) if wide else "")
        left += wide
    numbers = " + ".join(str(part.amount) for part in bar.parts) + bar.note
    drawn.append(svg.text(left + 8, base, numbers, size=_SIZE, fill=style.SOFT_INK))
    return "".join(drawn)
