"""Draw what a limit costs: how many areas have to move at each tolerance, or limit of minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from medgraph.visuals import style, svg
from medgraph.visuals.arguments import check_frame, check_map
from medgraph.visuals.figure import Figure
from medgraph.words.say import language, say, speaking

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_WIDE, _HIGH = 760, 470
_LEFT, _RIGHT, _TOP, _BOTTOM = 74, 30, 96, 96
_TICKS = 6  # numbers on the upright axis, about
_MARK = 7
_COLUMNS = ("limit", "value", "moves", "bound", "proven")


def front_plot(
    front: pd.DataFrame,
    *,
    title: str = "",
    stamps: Sequence[str] = (),
    lang: str | None = None,
) -> Figure:
    """Draw the moves that each limit of a front needs.

    A filled mark is proven; a hollow one is the best plan found, with a line down to the fewest
    moves that are not ruled out; a cross is a limit that no plan keeps.

    Parameters
    ----------
    front
        The `front` of `mg.propose.regroup`; of several kinds of limit, the first is drawn.
    title
        The title of the picture.
    stamps
        What stands on it, such as that its numbers are made up.
    lang
        Language of the words, `zh` or `en`; that of now by default.

    Returns
    -------
    Figure
        Its `counts` are the limits with a plan (`shown`) and all that were tried (`all`).

    Examples
    --------
    >>> import medgraph as mg
    >>> import pandas as pd
    >>> rows = [("tolerance", 0.2, 4, 4, True), ("tolerance", 0.1, 6, 5, False)]
    >>> names = ["limit", "value", "moves", "bound", "proven"]
    >>> mg.visuals.front_plot(pd.DataFrame(rows, columns=names)).counts
    {'shown': 2, 'all': 2}
    """
    check_map(lang)
    check_frame("front", front, _COLUMNS)
    with speaking(lang or language()):
        kind = str(front["limit"].iloc[0]) if len(front) else "tolerance"
        rows = front[front["limit"] == kind].to_dict("records")
        drawn = _Plot(kind, rows)
        heading = title or say("front.title")
        facts = [say(f"front.about.{kind}")]
        content = svg.header(heading, facts, stamps, _LEFT, _WIDE - _LEFT - _RIGHT) + drawn.content
        shown = sum(row["moves"] == row["moves"] for row in rows if row["moves"] is not None)
        picture = svg.document(_WIDE, _HIGH, heading, content)
        counts = {"shown": shown, "all": len(rows)}
        return Figure(heading, counts, picture, lang=language(), table=drawn.table())


class _Plot:
    """Limits from left to right, the wider ones first; moves upwards."""

    def __init__(self, kind: str, rows: Sequence[dict[Any, Any]]) -> None:
        self.kind = kind
        self.rows = rows
        self.highest = max([*_numbers(rows, "moves"), *_numbers(rows, "bound"), 1])
        self.step = max(1, -(-int(self.highest) // _TICKS))

    @property
    def content(self) -> str:
        """The axes, the line and the marks."""
        return "".join([*self._axis(), *self._line(), *map(self._thing, range(len(self.rows)))])

    def table(self) -> pd.DataFrame:
        """Return the table behind the plot: a row for each limit."""
        return pd.DataFrame(
            {
                "limit": self._value(row["value"]),
                "moves": row["moves"],
                "least_moves": row["bound"],
                "state": say(f"front.state.{_state(row)}"),
            }
            for row in self.rows
        )

    def _x(self, number: int) -> float:
        room = _WIDE - _LEFT - _RIGHT
        return _LEFT + room * (number + 0.5) / max(1, len(self.rows))

    def _y(self, moves: float) -> float:
        return _HIGH - _BOTTOM - (_HIGH - _TOP - _BOTTOM) * moves / (self.highest + self.step / 2)

    def _axis(self) -> Iterator[str]:
        grid: svg.Attributes = {"stroke": style.FAINT, "stroke_width": 0.6}
        words: svg.Attributes = {"anchor": "middle", "fill": style.SOFT_INK}
        for moves in range(0, int(self.highest) + 1, self.step):
            y = self._y(moves)
            yield svg.element("line", x1=_LEFT, x2=_WIDE - _RIGHT, y1=y, y2=y, **grid)
            yield svg.text(_LEFT - 10, y + 5, str(moves), anchor="end")
        yield svg.text(_LEFT - 50, _TOP - 10, say("front.moves"), fill=style.SOFT_INK)
        for number, row in enumerate(self.rows):
            value = self._value(row["value"])
            yield svg.text(self._x(number), _HIGH - _BOTTOM + 24, value, anchor="middle")
        middle = (_LEFT + _WIDE - _RIGHT) / 2
        yield svg.text(middle, _HIGH - _BOTTOM + 48, say(f"front.limit.{self.kind}"), **words)
        yield svg.text(middle, _HIGH - 18, say("front.legend"), size=13, **words)

    def _value(self, value: float) -> str:
        return f"{value:.4g}" if self.kind == "minutes" else f"{100 * value:.4g} %"

    def _line(self) -> Iterator[str]:
        points = [
            f"{self._x(number):.1f},{self._y(row['moves']):.1f}"
            for number, row in enumerate(self.rows)
            if _is_number(row["moves"])
        ]
        look = {"fill": "none", "stroke": style.BLUE, "stroke_width": 2}
        yield svg.element("polyline", points=" ".join(points), **look)

    def _thing(self, number: int) -> str:
        row = self.rows[number]
        state = say(f"front.state.{_state(row)}")
        return svg.thing(self._mark(number), self._value(row["value"]), state=state)

    def _mark(self, number: int) -> str:
        row, x = self.rows[number], self._x(number)
        if not _is_number(row["moves"]):
            return self._cross(x, proven=row["proven"])
        y = self._y(row["moves"])
        words = svg.text(x, y - 14, str(int(row["moves"])), anchor="middle", weight="bold")
        if row["proven"] or not _is_number(row["bound"]):
            return svg.mark("circle", x, y, _MARK, fill=style.BLUE) + words
        low = self._y(row["bound"])
        down: svg.Attributes = {"stroke": style.BLUE, "stroke_dasharray": "4 3"}
        hollow: svg.Attributes = {"fill": style.PAPER, "stroke": style.BLUE, "stroke_width": 0.3}
        line = svg.element("line", x1=x, x2=x, y1=y, y2=low, **down)
        return line + svg.mark("circle", x, y, _MARK, **hollow) + words

    def _cross(self, x: float, *, proven: bool) -> str:
        """What no plan keeps; hollow where that is not proven."""
        look: svg.Attributes = {"fill": style.PROBLEM if proven else style.PAPER}
        cross = svg.mark("cross", x, self._y(0) - 14, _MARK, stroke=style.PROBLEM, **look)
        return cross + svg.text(x, self._y(0) - 30, say("front.none"), anchor="middle")


def _state(row: dict[Any, Any]) -> str:
    """What is known of a limit: a plan or none, proven or not."""
    found = "plan" if _is_number(row["moves"]) else "none"
    return f"{found}_proven" if row["proven"] else found


def _numbers(rows: Iterable[dict[Any, Any]], name: str) -> list[float]:
    return [float(row[name]) for row in rows if _is_number(row[name])]


def _is_number(value: Any) -> bool:
    return value is not None and value == value
