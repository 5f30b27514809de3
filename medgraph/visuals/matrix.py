"""Draw a matrix: who owes what and has it, or who gives how much to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from medgraph.visuals import style, svg
from medgraph.visuals.arguments import (
    check_frame,
    check_kind,
    check_map,
    texts_by_node,
)
from medgraph.visuals.figure import Figure
from medgraph.visuals.figure_day import figure_day
from medgraph.visuals.headings import heading, said, state_label
from medgraph.visuals.node_names import short_names, stamps, unit_of
from medgraph.words.say import language, say, speaking

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterator, Mapping

    from medgraph.graphmodel.network import MedicalNetwork

GOOD = frozenset({"met", "PASS", "served", "yes"})
OPEN = frozenset({"no_data", "NO_DATA", "unknown"})
BAD = frozenset(
    {"missing", "FAIL", "gap", "expired", "not_yet_valid", "closed_unit", "broken", "failed"}
)
LIMIT = 1000  # rows of one picture
_PLAIN = "#F3F4F6"
_GOOD_TINT = style.tint(style.GREEN, 0.18)
_BAD_TINT = style.tint(style.PROBLEM, 0.12)
_TICK_INK = "#00694C"
_CELL, _ROW, _MARGIN, _LABEL = 46, 25, 18, 14
_NAMES, _NARROWEST = 300.0, 760.0  # room for names beside many columns; of the whole
_DARK = 0.6  # from this strength of blue on, numbers are set in white


def matrix(
    net: MedicalNetwork,
    table: pd.DataFrame,
    *,
    title: str = "",
    by: Mapping[str, str] | None = None,
    as_of: datetime.date | str | None = None,
    lang: str | None = None,
) -> Figure:
    """Draw a table of words or numbers as a matrix.

    A word that says met is a tick, one that says failed is a red cross, one without data a question
    mark; other words are written out, and numbers are darker the larger. Beyond 1,000 rows the
    rest is not drawn, and the picture says so.

    Parameters
    ----------
    net
        Where the names of rows and columns come from.
    table
        The index holds ids of nodes, the columns ids of nodes or names of obligations, the cells
        words or numbers; an empty cell is one that nobody asked about.
    title
        The title of the picture; by default it is called a matrix.
    by
        The group of each row, by its id; rows are ordered by group, and each bears its mark.
    as_of
        The day that the picture names; the data day of the network by default.
    lang
        Language of the words, `zh` or `en`; that of now by default.

    Returns
    -------
    Figure
        Its `counts` are the cells with a value that are drawn (`shown`), all cells of the table
        (`all`), and how many cells hold each word.

    Examples
    --------
    >>> import medgraph as mg
    >>> net = mg.samples.taizhou()
    >>> rows = mg.sharing.matrix(net).frame.set_index("facility")
    >>> mg.visuals.matrix(net, rows[["laboratory"]], lang="en").counts["all"] == len(rows)
    True
    """
    check_map(lang, net, as_of=as_of)
    check_frame("table", table)
    check_kind("title", title, str, "text")
    with speaking(lang or language()):
        return _MatrixDrawing(
            net, table, title, texts_by_node(net, "by", by), net.day(as_of)
        ).figure()


class _MatrixDrawing:
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
        order = list(table.index)
        if by:
            order.sort(key=lambda id: (by.get(id, ""), str(id)))
        self.all_rows = len(table)
        self.table = table.loc[order].iloc[:LIMIT]
        nodes = [*self.table.index, *self.table.columns]
        nodes += [group for group in dict.fromkeys(by.values()) if group]
        known = [id for id in nodes if net.index.position(str(id)) >= 0]
        self.names = short_names(net, known, language())
        self.groups = {group: style.look(i) for i, group in enumerate(sorted(set(by.values())))}
        self.largest = _largest(self.table)
        self._measure()

    def _measure(self) -> None:
        """Make room for the names at the left and, slanting, above."""
        rows = [style.width(self.row_name(id), _LABEL) for id in self.table.index]
        columns = [style.width(self.column_name(c), _LABEL) for c in self.table.columns]
        beside = len(columns) * _CELL + 110
        names = min(max(_NAMES, _NARROWEST - beside - 30), max(rows, default=0))
        self.left = _MARGIN + names + 30
        self.top = 90 + min(170.0, max(columns, default=0) * 0.72 + 16)
        self.room = max(_NARROWEST, self.left + beside - _MARGIN)

    def row_name(self, id: Any) -> str:
        return self.names.get(id, str(id))

    def column_name(self, column: Any) -> str:
        if column in self.names:
            return self.names[column]
        return said("obligation.", str(column), heading(str(column)))

    def figure(self) -> Figure:
        table = self.table
        rows = [self.row(number, id) for number, id in enumerate(table.index)]
        bottom = self.top + len(table) * _ROW + 28
        legend, bottom = svg.legend(self.entries(), _MARGIN, bottom, self.room)
        filled, cells = int(table.notna().sum().sum()), self.all_rows * len(table.columns)
        shown = say(
            "matrix_shown", rows=len(table), all_rows=self.all_rows, filled=filled, cells=cells
        )
        note = svg.text(_MARGIN, bottom + 34, shown, size=14, fill=style.SOFT_INK)
        wide, high = self.room + 2 * _MARGIN, bottom + 54
        paper = svg.rect(0, 0, wide, high, fill=style.PAPER)
        body = "".join([paper, self.head(), self.column_headings(), *rows, legend, note])
        counts = {"shown": filled, "all": cells} | self.tally()
        drawing = svg.document(wide, high, self.title, body)
        return Figure(self.title, counts, drawing, lang=language(), table=self.as_rows())

    def as_rows(self) -> pd.DataFrame:
        """Return the table behind the picture, a row with id and name for each of its rows."""
        ids = [str(id) for id in self.table.index]
        found = pd.DataFrame({"id": ids, "name": [self.row_name(id) for id in self.table.index]})
        cells = self.table.reset_index(drop=True)
        cells.columns = pd.Index([str(column) for column in cells.columns])
        return pd.concat([found, cells], axis="columns")

    def tally(self) -> dict[str, int]:
        """How many cells hold each word."""
        cells = self.table.stack()
        words = cells[[isinstance(value, str) for value in cells]]
        return {str(word): int(count) for word, count in words.value_counts().sort_index().items()}

    def head(self) -> str:
        facts = (figure_day(self.day, self.net.data_day), unit_of(self.net))
        marks = (*stamps(self.net), say("matrix_word"))
        return svg.header(self.title, facts, marks, _MARGIN, self.room)

    def column_headings(self) -> str:
        drawn = []
        for number, column in enumerate(self.table.columns):
            x, y = self.left + (number + 0.5) * _CELL, self.top - 10
            words = style.cut_within(self.column_name(column), _LABEL, 220)
            place = f"translate({x + 4:.0f} {y:.0f}) rotate(-45)"
            drawn.append(svg.text(0, 0, words, size=_LABEL, transform=place))
        return "".join(drawn)

    def row(self, number: int, id: Any) -> str:
        y = self.top + number * _ROW
        look = self.groups.get(self.by.get(id, ""))
        strip = svg.mark(look.mark, _MARGIN + 7, y + _ROW / 2, 6, fill=look.colour) if look else ""
        name = style.cut_within(self.row_name(id), _LABEL, self.left - _MARGIN - 30)
        label = svg.text(self.left - 10, y + 17, name, size=_LABEL, anchor="end")
        cells = [
            self.cell(value, self.left + i * _CELL, y) for i, value in enumerate(self.table.loc[id])
        ]
        drawn = strip + label + "".join(cells)
        return svg.thing(
            drawn, str(id), group=self.names.get(self.by.get(id, ""), self.by.get(id, ""))
        )

    def cell(self, value: Any, x: float, y: float) -> str:
        if value is None or (not isinstance(value, str) and pd.isna(value)):
            return _ground(x, y, _PLAIN)
        if not isinstance(value, str):
            return self.number(float(value), x, y)
        middle = x + _CELL / 2, y + _ROW / 2
        if value in BAD:
            return _ground(x, y, _BAD_TINT) + _cross(*middle)
        if value in GOOD:
            return _ground(x, y, _GOOD_TINT) + _tick(*middle)
        if value in OPEN:
            return _ground(x, y, _PLAIN) + _question(*middle)
        words = style.fitted(state_label(value), 12, _CELL - 4)
        return _ground(x, y, _PLAIN) + svg.text(middle[0], y + 17, words, size=12, anchor="middle")

    def number(self, value: float, x: float, y: float) -> str:
        """A number on a ground that is darker the larger it is."""
        strength = abs(value) / self.largest if self.largest else 0
        ink = style.PAPER if strength > _DARK else style.INK
        words = style.fitted(f"{value:,.4g}", 12, _CELL - 4)
        ground = _ground(x, y, style.tint(style.BLUE, 0.08 + 0.8 * strength))
        return ground + svg.text(x + _CELL / 2, y + 17, words, size=12, anchor="middle", fill=ink)

    def entries(self) -> Iterator[svg.LegendEntry]:
        """The legend: every word with how many cells hold it, and the groups by their marks."""
        yield from self.words()
        for group, look in self.groups.items():
            if group:
                yield svg.LegendEntry(_mark(look), self.names.get(group, group))

    def words(self) -> Iterator[svg.LegendEntry]:
        for word, count in self.tally().items():
            words = f"{state_label(word)} {count}"
            if word in BAD:
                yield svg.LegendEntry(_swatch(_BAD_TINT, _cross), words, style.PROBLEM, "bold")
            elif word in GOOD:
                yield svg.LegendEntry(_swatch(_GOOD_TINT, _tick), words)
            elif word in OPEN:
                yield svg.LegendEntry(_swatch(_PLAIN, _question), words)
            else:
                yield svg.LegendEntry(svg.box(_PLAIN, style.FAINT), words)
        empty = int(self.table.isna().sum().sum())
        if empty:
            swatch = svg.box(_PLAIN, style.PAPER)
            yield svg.LegendEntry(swatch, say("matrix_empty", count=empty))


def _mark(look: style.Look) -> svg.Swatch:
    """The mark of a group as it stands before its rows."""
    return lambda x, y: svg.mark(look.mark, x + 11, y, 6, fill=look.colour)


def _largest(table: pd.DataFrame) -> float:
    """The largest number of a table, whatever its sign; 0 where it holds none."""
    cells = pd.Series(table.to_numpy().ravel(), dtype=object)
    numbers = pd.to_numeric(cells, errors="coerce").dropna()
    return float(numbers.abs().max()) if len(numbers) else 0.0


def _ground(x: float, y: float, fill: str) -> str:
    return svg.rect(x + 1, y + 1, _CELL - 2, _ROW - 2, fill=fill)


def _swatch(fill: str, sign: Callable[[float, float], str]) -> svg.Swatch:
    return lambda x, y: svg.rect(x, y - 9, 22, 18, fill=fill) + sign(x + 11, y)


def _question(x: float, y: float) -> str:
    return svg.text(x, y + 5, "?", size=14, anchor="middle", fill=style.SOFT_INK)


def _tick(x: float, y: float) -> str:
    path = f"M{x - 6:.1f} {y:.1f}l4 4l8 -8"
    return svg.element("path", d=path, fill="none", stroke=_TICK_INK, stroke_width=2.6)


def _cross(x: float, y: float) -> str:
    path = f"M{x - 5:.1f} {y - 5:.1f}l10 10m0 -10l-10 10"
    return svg.element("path", d=path, fill="none", stroke=style.PROBLEM, stroke_width=2.8)
