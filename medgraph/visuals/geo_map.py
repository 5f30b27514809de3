"""Draw a network where it lies: facilities and areas by their points, the core again in an inset.

A drawing of points on a plain ground, no map: the outlines behind are what the user gives, nothing
is fetched, and every picture is labelled as a sketch.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from medgraph.errors import OptionError
from medgraph.graphmodel.day import Day
from medgraph.visuals import style, svg
from medgraph.visuals.arguments import check_map
from medgraph.visuals.colouring import ColorBy, colour_series
from medgraph.visuals.figure import Figure
from medgraph.visuals.geo_plane import (
    SYSTEMS,
    Box,
    Window,
    core,
    outlines,
    own_outlines,
    scale_step,
)
from medgraph.visuals.headings import state_label
from medgraph.visuals.node_names import names, short_names, stamps
from medgraph.words.joining import said_of, title_without_ends
from medgraph.words.say import language, say, speaking
from medgraph.words.stamps import title_of

if TYPE_CHECKING:
    import datetime
    import os
    from collections.abc import Iterator

    from medgraph.graphmodel.arrays.types import Floats
    from medgraph.graphmodel.network import MedicalNetwork

LIMIT = 5_000  # points of one picture
BAD = frozenset({"gap", "FAIL", "missing", "unserved"})
_WIDE, _HIGH, _MARGIN, _TOP = 880.0, 640.0, 18.0, 84.0
_INSET = 430.0
_GROUND = "#F8F9FA"
_LON_LAT = ("lon", "lat")


def geo_map(
    net: MedicalNetwork,
    *,
    color_by: ColorBy = None,
    boundaries: str | os.PathLike[str] | None = None,
    crs: str = "WGS-84",
    as_of: datetime.date | str | None = None,
    lang: str | None = None,
) -> Figure:
    """Draw the facilities at work and the areas that state a point where they lie.

    North is up, a kilometre is as long in both directions; networks hold WGS-84. Where half of all
    points lie in a ninth of the picture, that part is drawn again, larger, in an inset.

    Parameters
    ----------
    net
        The network; points are `lon` and `lat` of its nodes.
    color_by
        The state of nodes (a Series by id or name, the name of a column, or an answer): one that
        is a gap or fails is red and named. Areas in it are asked about even where they state no
        point. What matches no node is an error.
    boundaries
        A GeoJSON file whose lines are drawn faintly behind; None: the boundaries that areas of
        the network state.
    crs
        The system of `boundaries`: WGS-84, GCJ-02, BD-09 or CGCS2000; it is converted.
    as_of
        The day on which facilities are at work; the data day of the network by default.
    lang
        Language of the words, `zh` or `en`; that of now by default.

    Returns
    -------
    Figure
        Its `counts` are the points `shown` of `all` facilities and areas asked about, how many of
        those are `without` a point, and how many are `bad`; the picture says so, too.

    Raises
    ------
    OptionError
        Where nothing states a point, and for another `crs`.
    SourceError
        Where `boundaries` cannot be read or is no GeoJSON.

    Examples
    --------
    >>> import medgraph as mg
    >>> mg.visuals.geo_map(mg.samples.synthetic(scale="county")).counts["without"]
    0
    """
    check_map(lang, net, as_of=as_of)
    with speaking(lang or language()):
        if crs not in SYSTEMS:
            raise OptionError(say("not_one_of", what="crs", value=crs, allowed=", ".join(SYSTEMS)))
        net = net.as_of(net.day(as_of))
        day = Day(net)
        points, without = _points(day, colour_series(net, color_by))
        if not len(points):
            raise OptionError(say("geo_map_no_points"))
        if boundaries is None:
            lines = own_outlines(day.index.values("boundary").drop_null().to_pylist())
        else:
            lines = outlines(Path(boundaries), crs)
        return _GeoDrawing(net, day.date, points, without, lines).figure()


def _points(day: Day, color_by: pd.Series | None) -> tuple[pd.DataFrame, int]:
    """Every node to draw, with its point, group and state; and how many state no point.

    Asked about are the facilities at work, and the areas that `color_by` names or that state a
    point themselves.
    """
    index = day.index
    lon, lat = (
        index.values(name).cast("float64").to_numpy(zero_copy_only=False) for name in _LON_LAT
    )
    located = ~(np.isnan(lon) | np.isnan(lat))
    ids = index.ids.to_pylist()
    states = {} if color_by is None else color_by.to_dict()
    state = pd.Series([states.get(id) for id in ids], dtype=object)
    area = index.is_kind("Area") & (located | state.notna().to_numpy())
    asked = day.working.certain | area
    members = day.group_memberships
    group = np.full(len(day), np.nan)
    group[members.facility[::-1]] = members.collective[::-1]  # the first of several groups counts
    frame = pd.DataFrame(
        {
            "id": ids,
            "lon": lon,
            "lat": lat,
            "is_area": area,
            "state": state,
            "group": group,
            "is_lead": day.mask(day.leads.facility),
        }
    )
    return frame[asked & located].reset_index(drop=True), int((asked & ~located).sum())


class _Label(NamedTuple):
    """The room that a name takes."""

    left: float
    top: float
    right: float
    bottom: float

    def clear_of(self, others: list[_Label]) -> bool:
        return all(
            self.right < other.left
            or other.right < self.left
            or self.bottom < other.top
            or other.bottom < self.top
            for other in others
        )


@dataclass
class _GeoDrawing:
    """One drawing: what is bad or leads is drawn last, on top."""

    net: MedicalNetwork
    day: datetime.date
    points: pd.DataFrame
    without: int
    lines: list[Floats]

    def __post_init__(self) -> None:
        self.hidden = max(0, len(self.points) - LIMIT)
        self.points = _in_drawing_order(self.points).iloc[self.hidden :]
        groups = sorted({int(group) for group in self.points["group"].dropna()})
        self.looks = {group: style.look(i) for i, group in enumerate(groups)}
        ids = [self.net.index.ids[group].as_py() for group in groups]
        self.group_names = dict(zip(groups, names(self.net, ids, language()).values(), strict=True))
        self.names = short_names(self.net, self.points["id"], language())
        lon, lat = self.points["lon"].to_numpy(float), self.points["lat"].to_numpy(float)
        self.core = core(lon, lat)
        self.room = _WIDE + (_INSET + 16 if self.core else 0)
        self.window = Window.on(Box.around(lon, lat), _MARGIN, _TOP, _WIDE, _HIGH)
        self.asked = len(self.points) + self.hidden + self.without

    def figure(self) -> Figure:
        title = title_without_ends(say("geo_map_title", title=title_of(self.net.meta)))
        marks = (*stamps(self.net), say("sketch"))
        parts = [
            svg.header(title, self.facts(), marks, _MARGIN, self.room),
            self.view(self.window, "mg-main", self.points),
            self.scale_and_north(),
        ]
        if self.core is not None:
            parts.append(self.inset(self.core))
        legend, bottom = svg.legend(self.entries(), _MARGIN, _TOP + _HIGH + 26, self.room)
        height, wide = bottom + 24, self.room + 2 * _MARGIN
        paper = svg.rect(0, 0, wide, height, fill=style.PAPER)
        counts = {
            "shown": len(self.points),
            "all": self.asked,
            "without": self.without,
            "bad": int(self.points["bad"].sum()),
        }
        drawing = svg.document(wide, height, title, "".join([paper, *parts, legend]))
        full = names(self.net, list(self.points["id"]), language())
        rows = [
            {"id": row.id, "name": full[str(row.id)], **self.described(row)}
            | {"lon": row.lon, "lat": row.lat}
            for row in self.points.itertuples()
        ]
        table = pd.DataFrame(rows)
        return Figure(title, counts, drawing, lang=language(), table=table)

    def facts(self) -> list[str]:
        day, shown = self.day.isoformat(), len(self.points)
        facts = [say("geo_map_facts", day=day, shown=shown, all=self.asked), "WGS-84"]
        if self.without:
            facts.append(say("geo_map_without", count=self.without))
        if self.hidden:
            facts.append(say("geo_map_hidden", count=self.hidden, limit=LIMIT))
        return facts

    # -- what a window shows ----------------------------------------------------------------------

    def view(self, window: Window, clip: str, points: pd.DataFrame) -> str:
        edge = {"x": window.left, "y": window.top, "width": window.wide, "height": window.high}
        ground = svg.element("rect", **edge, fill=_GROUND, stroke=style.FAINT)
        inside = [_outline(window, line) for line in self.lines]
        inside += [self.point(window, row) for row in points.itertuples()]
        inside += self.labels(window, points)
        cut = svg.element("clipPath", svg.element("rect", **edge), id=clip)
        return cut + ground + svg.element("g", "".join(inside), clip_path=f"url(#{clip})")

    def point(self, window: Window, row: Any) -> str:
        x, y = window.place(row.lon, row.lat)
        look = self.looks.get(row.group)
        colour = self.colour(row, look)
        hollow = row.is_area or row.bad
        mark = svg.mark(
            _shape(row, look),
            x,
            y,
            9.0 if row.is_lead or row.bad else 4.5,
            fill=style.PAPER if hollow else colour,
            stroke=colour,
            stroke_width=0.3 if hollow else 0.1,
        )
        return svg.thing(svg.tooltip(self.spoken(row)) + mark, row.id, **self.described(row))

    def described(self, row: Any) -> dict[str, str]:
        """What a point is filtered by: its group, and its state."""
        state = state_label(str(row.state)) if pd.notna(row.state) else ""
        return {"group": self.group_names.get(row.group, ""), "state": state}

    @staticmethod
    def colour(row: Any, look: style.Look | None) -> str:
        if row.bad:
            return style.PROBLEM
        return look.colour if look else style.SOFT_INK

    def spoken(self, row: Any) -> str:
        """What a pointer resting on a point, or a screen reader, says."""
        name = self.names[row.id]
        if row.bad or row.is_lead:
            name = names(self.net, [row.id], language())[row.id]
        return said_of(name, state_label(str(row.state))) if pd.notna(row.state) else name

    def labels(self, window: Window, points: pd.DataFrame) -> list[str]:
        """Names of what is bad, then of leads, as far as they lie on no other."""
        taken: list[_Label] = []
        drawn = []
        wanted = points[points["bad"] | points["is_lead"]]
        for row in wanted.iloc[::-1].itertuples():
            words = style.cut_within(self.names[str(row.id)], 14, 170)
            place = _free_place(window, window.place(row.lon, row.lat), words, taken)
            if place is None:
                continue
            taken.append(place)
            drawn.append(_label(words, place, bad=bool(row.bad)))
        return drawn

    def inset(self, box: Box) -> str:
        """The core again, larger, and a frame that shows where it lies."""
        lon, lat = (self.points[c].to_numpy(float) for c in ("lon", "lat"))
        within = box.holds(lon, lat)
        window = Window.on(box, _MARGIN + _WIDE + 16, _TOP + 28, _INSET, _HIGH - 28)
        left, top = self.window.place(box.west, box.north)
        right, bottom = self.window.place(box.east, box.south)
        wide, high = right - left + 12, bottom - top + 12
        look = {"fill": "none", "stroke": style.INK, "stroke_dasharray": "5 3"}
        here = svg.rect(left - 6, top - 6, wide, high, **look)
        times = f"{window.scale / self.window.scale:.1f}"
        words = say("geo_map_inset", count=int(within.sum()), times=times)
        heading = svg.text(window.left, _TOP + 14, words, size=14, weight="bold")
        return here + heading + self.view(window, "mg-core", self.points[within])

    def scale_and_north(self) -> str:
        """A scale of kilometres, and an arrow to the north."""
        step = scale_step(_WIDE / self.window.scale)
        x, y, wide = _MARGIN + 16, _TOP + _HIGH - 18, step * self.window.scale
        line = svg.element(
            "path",
            d=f"M{x:.1f} {y - 6:.1f}V{y:.1f}H{x + wide:.1f}V{y - 6:.1f}",
            fill="none",
            stroke=style.INK,
            stroke_width=1.5,
        )
        right = _MARGIN + _WIDE - 24
        place = f"translate({right:.0f} {_TOP + 30:.0f})"
        arrow = svg.element("path", d="M0-14L6 6L0 1L-6 6Z", fill=style.INK, transform=place)
        kilometres = svg.text(x, y - 10, f"{step:g} km", size=13)
        north = svg.text(right, _TOP + 54, say("geo_map_north"), size=13, anchor="middle")
        return line + kilometres + arrow + north

    # -- legend ----------------------------------------------------------------------------------

    def entries(self) -> Iterator[svg.LegendEntry]:
        for group, look in self.looks.items():
            yield svg.LegendEntry(_swatch(look.mark, look.colour), self.group_names[group])
        if self.points["is_lead"].any():
            yield svg.LegendEntry(_swatch("star", style.INK), say("geo_map_lead"))
        if self.points["group"].isna().any():
            swatch = _swatch("circle", style.SOFT_INK)
            yield svg.LegendEntry(swatch, say("geo_map_ungrouped"), style.SOFT_INK)
        if self.points["is_area"].any():
            swatch = _swatch("square", style.SOFT_INK, hollow=True)
            yield svg.LegendEntry(swatch, say("geo_map_area"))
        if self.points["bad"].any():
            swatch = _swatch("square", style.PROBLEM, hollow=True)
            yield svg.LegendEntry(swatch, say("geo_map_bad"), style.PROBLEM, "bold")


def _in_drawing_order(points: pd.DataFrame) -> pd.DataFrame:
    """The points with whether each is `bad`, in the order in which they are drawn."""
    points = points.assign(bad=points["state"].isin(BAD))
    rank = points["bad"] * 4 + points["is_lead"] * 2
    return points.loc[rank.sort_values(kind="stable").index]


def _shape(row: Any, look: style.Look | None) -> str:
    if row.is_area:
        return "square"
    if row.is_lead:
        return "star"
    return look.mark if look else "circle"


def _outline(window: Window, line: Floats) -> str:
    x, y = window.place(line[:, 0], line[:, 1])
    path = "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in zip(x, y, strict=True))
    return svg.element("path", d=path, fill="none", stroke=style.FAINT, stroke_width=1)


def _free_place(
    window: Window, point: tuple[float, float], words: str, taken: list[_Label]
) -> _Label | None:
    """Where a name fits beside its point: at the right, else at the left, else nowhere."""
    (x, y), wide = point, style.width(words, 14)
    for left in (x + 12, x - 12 - wide):
        place = _Label(left, y - 12, left + wide, y + 6)
        inside = window.left < place.left and place.right < window.left + window.wide
        if inside and place.clear_of(taken):
            return place
    return None


def _label(words: str, place: _Label, *, bad: bool) -> str:
    return svg.text(
        place.left,
        place.bottom - 1,
        words,
        size=14,
        weight="bold" if bad else None,
        fill=style.PROBLEM if bad else style.INK,
        paint_order="stroke",
        stroke=style.PAPER,
        stroke_width=3,
    )


def _swatch(shape: str, colour: str, *, hollow: bool = False) -> svg.Swatch:
    fill, weight = (style.PAPER, 0.3) if hollow else (colour, 0.1)
    look = {"fill": fill, "stroke": colour, "stroke_width": weight}
    return lambda x, y: svg.mark(shape, x + 11, y, 7, **look)
