"""Draw a matrix: who owes what and has it, or who gives how much to whom."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

import pandas as pd

from medgraph.graphmodel.network import MedicalNetwork
from medgraph.visuals import style, svg
from medgraph.visuals.figure import Figure
from medgraph.visuals.headings import heading, said, state_label
from medgraph.visuals.tiles.tile_scene import short_names, stamps
from medgraph.words.say import language, say, speaking

GOOD = frozenset({"met", "PASS", "served", "yes"})
OPEN = frozenset({"no_data", "NO_DATA", "unknown"})
BAD = frozenset(
    {"missing", "FAIL", "gap", "expired", "not_yet_valid", "closed_unit", "broken", "failed"}
)
_PLAIN = "#F3F4F6"
LIMIT = 1000  # rows of one picture
_CELL, _ROW, _MARGIN, _LABEL = 46, 25, 18, 14


def matrix(
    net: MedicalNetwork,
    table: pd.DataFrame,
    *,
    title: str = "",
    by: Mapping[str, str] | None = None,
    as_of: datetime.date | str | None = None,
    lang: str | None = None,
) -> Figure:
    """Draw `table` as a matrix: its index names nodes, its columns nodes or obligations, its cells words or numbers.

    Words that say met are a tick, those that say failed a red cross, those without data a question mark;
    numbers are darker the larger. `by` holds the group of each row and orders them. Counts: cells with a
    value drawn, of all. Beyond 1,000 rows the rest is not drawn, and the picture says so.
    """
    with speaking(lang or language()):
        return _Matrix(net, table, title, dict({} if by is None else by), net.day(as_of)).figure()


class _Matrix:
    """One matrix while it is drawn."""

    def __init__(
        self,
        net: MedicalNetwork,
        table: pd.DataFrame,
        title: str,
        by: dict[str, str],
        day: datetime.date,
    ) -> None:
        self.net, self.title, self.by, self.day = net, title or say("matrix_title"), by, day
        order = (
            sorted(table.index, key=lambda id: (by.get(id, ""), str(id)))
            if by
            else list(table.index)
        )
        self.all_rows = len(table)
        self.table = table.loc[order].iloc[:LIMIT]
        known = [
            c for c in (*self.table.index, *self.table.columns) if net.index.position(str(c)) >= 0
        ]
        self.names = short_names(net, known, language())
        numbers = pd.to_numeric(self.table.stack(), errors="coerce").dropna()
        self.largest = float(numbers.abs().max()) if len(numbers) else 0.0
        columns = [self.column(c) for c in self.table.columns]
        longest = max((style.width(self.row(id), _LABEL) for id in self.table.index), default=0)
        self.left = _MARGIN + min(300.0, longest) + 30
        self.top = 90 + min(
            170.0, max((style.width(c, _LABEL) for c in columns), default=0) * 0.72 + 16
        )
        self.room = max(760.0, self.left + len(columns) * _CELL + 110 - _MARGIN)

    def row(self, id: Any) -> str:
        return self.names.get(id, str(id))

    def column(self, name: Any) -> str:
        if name in self.names:
            return self.names[name]
        return said("obligation.", str(name), heading(str(name)))

    def figure(self) -> Figure:
        table = self.table
        groups = {group: style.look(i) for i, group in enumerate(sorted(set(self.by.values())))}
        parts = [self.headings(), *(self.line(i, id, groups) for i, id in enumerate(table.index))]
        bottom = self.top + len(table) * _ROW + 28
        legend, bottom = svg.legend(self.entries(), _MARGIN, bottom, self.room)
        filled, cells = int(table.notna().sum().sum()), self.all_rows * len(table.columns)
        shown = say(
            "matrix_shown", rows=len(table), all_rows=self.all_rows, filled=filled, cells=cells
        )
        head = svg.header(
            self.title,
            (say("figure_day", day=self.day.isoformat()), self.net.meta.get("unit", "")),
            (*stamps(self.net), say("matrix_word")),
            _MARGIN,
            self.room,
        )
        note = svg.text(_MARGIN, bottom + 34, shown, size=14, fill=style.SOFT_INK)
        wide, high = self.room + 2 * _MARGIN, bottom + 54
        body = svg.rect(0, 0, wide, high, fill=style.PAPER) + head + "".join(parts) + legend + note
        counts = {"shown": filled, "all": cells} | self.tally()
        return Figure(
            self.title, counts, svg.document(wide, high, self.title, body), lang=language()
        )

    def tally(self) -> dict[str, int]:
        """How many cells hold each word."""
        cells = self.table.stack()
        words = cells[[isinstance(value, str) for value in cells]]
        return {str(word): int(count) for word, count in words.value_counts().sort_index().items()}

    def headings(self) -> str:
        drawn = []
        for i, name in enumerate(self.table.columns):
            x, y = self.left + (i + 0.5) * _CELL, self.top - 10
            words = style.fitted(self.column(name), _LABEL, 220)
            drawn.append(
                svg.text(
                    0,
                    0,
                    words,
                    size=_LABEL,
                    transform=f"translate({x + 4:.0f} {y:.0f}) rotate(-45)",
                )
            )
        return "".join(drawn)

    def line(self, number: int, id: Any, groups: dict[str, style.Look]) -> str:
        y = self.top + number * _ROW
        look = groups.get(self.by.get(id, ""))
        strip = svg.mark(look.mark, _MARGIN + 7, y + _ROW / 2, 6, fill=look.colour) if look else ""
        label = svg.text(
            self.left - 10,
            y + 17,
            style.fitted(self.row(id), _LABEL, self.left - _MARGIN - 26),
            size=_LABEL,
            anchor="end",
        )
        cells = "".join(
            self.cell(value, self.left + i * _CELL, y) for i, value in enumerate(self.table.loc[id])
        )
        return strip + label + cells

    def cell(self, value: Any, x: float, y: float) -> str:
        middle, line = (
            (x + _CELL / 2, y + _ROW / 2),
            {"x": x + 1, "y": y + 1, "width": _CELL - 2, "height": _ROW - 2},
        )
        if value is None or (not isinstance(value, str) and pd.isna(value)):
            return svg.rect(**line, fill=_PLAIN)
        if not isinstance(value, str):
            strength = abs(float(value)) / self.largest if self.largest else 0
            dark = strength > 0.6
            return svg.rect(**line, fill=style.tint(style.BLUE, 0.08 + 0.8 * strength)) + svg.text(
                middle[0],
                y + 17,
                style.fitted(f"{value:,.4g}", 12, _CELL - 4),
                size=12,
                anchor="middle",
                fill=style.PAPER if dark else style.INK,
            )
        if value in BAD:
            return svg.rect(**line, fill=style.tint(style.PROBLEM, 0.12)) + _cross(*middle)
        if value in GOOD:
            return svg.rect(**line, fill=style.tint(style.GREEN, 0.18)) + _tick(*middle)
        if value in OPEN:
            return svg.rect(**line, fill=_PLAIN) + _question(*middle)
        return svg.rect(**line, fill=_PLAIN) + svg.text(
            middle[0],
            y + 17,
            style.fitted(state_label(value), 12, _CELL - 4),
            size=12,
            anchor="middle",
        )

    def entries(self):
        """The legend: every word with how often it stands."""
        for word, count in self.tally().items():
            words = f"{state_label(word)} {count}"
            if word in BAD:
                yield _swatch(style.tint(style.PROBLEM, 0.12), _cross), words, style.PROBLEM, "bold"
            elif word in GOOD:
                yield _swatch(style.tint(style.GREEN, 0.18), _tick), words, style.INK, None
            elif word in OPEN:
                yield _swatch(_PLAIN, _question), words, style.INK, None
            else:
                yield svg.box(_PLAIN, style.FAINT), words, style.INK, None
        empty = int(self.table.isna().sum().sum())
        if empty:
            yield svg.box(_PLAIN, style.PAPER), say("matrix_empty", count=empty), style.INK, None


def _question(x: float, y: float) -> str:
    return svg.text(x, y + 5, "?", size=14, anchor="middle", fill=style.SOFT_INK)


def _swatch(fill: str, sign):
    return lambda x, y: svg.rect(x, y - 9, 22, 18, fill=fill) + sign(x + 11, y)


def _tick(x: float, y: float) -> str:
    return svg.element(
        "path", d=f"M{x - 6:.1f} {y:.1f}l4 4l8 -8", fill="none", stroke="#00694C", stroke_width=2.6
    )


def _cross(x: float, y: float) -> str:
    return svg.element(
        "path",
        d=f"M{x - 5:.1f} {y - 5:.1f}l10 10m0 -10l-10 10",
        fill="none",
        stroke=style.PROBLEM,
        stroke_width=2.8,
    )
