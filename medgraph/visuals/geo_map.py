"""Draw a network where it lies: facilities and areas by their points, the dense core again in an inset.

A drawing of points on a plain ground, no map: the outlines behind are what the user gives, nothing is fetched, and
every picture is labelled as a sketch (示意图).
"""

from __future__ import annotations

import datetime
import json
import math
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from medgraph.errors import OptionError, SourceError
from medgraph.graphmodel import coordinates
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.visuals import style, svg
from medgraph.visuals.figure import Figure
from medgraph.visuals.headings import state_label
from medgraph.visuals.tiles.tile_scene import memberships, names, short_names, stamps
from medgraph.words.say import language, say, speaking

SYSTEMS = ("WGS-84", "GCJ-02", "BD-09", "CGCS2000")
LIMIT = 5_000  # points of one picture
BAD = frozenset({"gap", "FAIL", "missing", "unserved"})
_WIDE, _HIGH, _MARGIN, _TOP = 880.0, 640.0, 18.0, 84.0
_INSET = 430.0
_KM = 111.195  # kilometres of one degree of latitude (mean radius 6,371 km)


def geo_map(
    net: MedicalNetwork,
    *,
    color_by: pd.Series | None = None,
    boundaries: str | os.PathLike[str] | None = None,
    crs: str = "WGS-84",
    as_of: datetime.date | str | None = None,
    lang: str | None = None,
) -> Figure:
    """Draw the facilities at work and the areas that state a point, north up, equal kilometres in both directions.

    Networks hold WGS-84. `boundaries` is a GeoJSON file whose lines are drawn faint behind, in the system `crs`
    (WGS-84, GCJ-02, BD-09 or CGCS2000), which is converted. `color_by`, indexed by id, says the state of a node:
    what is a gap or fails is red and named. Where half of all points lie in a ninth of the picture, that part is
    drawn again, larger, in an inset. Return a Figure whose `counts` are points `shown` of `all` facilities and
    areas asked about, and `without` a point; the picture says both. Raise OptionError where nothing states a point,
    SourceError where `boundaries` is no GeoJSON.

    Examples
    --------
    >>> import medgraph as mg
    >>> geo_map(mg.samples.synthetic(scale="county")).counts["without"]
    0
    """
    with speaking(lang or language()):
        if crs not in SYSTEMS:
            raise OptionError(say("not_one_of", what="crs", value=crs, allowed=", ".join(SYSTEMS)))
        day = net.day(as_of)
        points, without = _points(net, color_by, day)
        if not len(points):
            raise OptionError(say("geo_map_no_points"))
        lines = _outlines(Path(boundaries), crs) if boundaries is not None else []
        return _Map(net, day, points, without, lines).figure()


def _points(
    net: MedicalNetwork, color_by: pd.Series | None, day: datetime.date
) -> tuple[pd.DataFrame, int]:
    """Every node to draw: id, lon, lat, group, is_lead, is_area, state; and how many state no point.

    Areas are asked about where `color_by` names them or they state a point themselves.
    """
    index = net.index
    lon, lat = (
        pd.to_numeric(pd.Series(index.values(c).to_pylist()), errors="coerce")
        for c in ("lon", "lat")
    )
    facility = index.is_kind("Facility") & index.operating(day) & ~index.is_class
    ids = pd.Series(index.ids.to_pylist())
    said = (
        ids.map(color_by.to_dict())
        if color_by is not None
        else pd.Series(None, index=ids.index, dtype=object)
    )
    located = (lon.notna() & lat.notna()).to_numpy()
    area = index.is_kind("Area") & (located | said.notna().to_numpy())
    of = memberships(net).drop_duplicates("facility").set_index("facility")
    frame = pd.DataFrame(
        {
            "id": ids,
            "lon": lon,
            "lat": lat,
            "is_area": area,
            "state": said,
            "group": ids.index.map(of["group"]),
            "is_lead": ids.index.map(of["role"]) == "lead",
        }
    )
    asked = facility | area
    return frame[asked & located].reset_index(drop=True), int((asked & ~located).sum())


def _outlines(path: Path, crs: str) -> list[np.ndarray]:
    """The lines of a GeoJSON file as arrays of (lon, lat) in WGS-84."""
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
        shapes = (
            [f["geometry"] for f in data["features"]]
            if "features" in data
            else [data.get("geometry", data)]
        )
        lines = [
            np.array(line, float)[:, :2] for shape in shapes if shape for line in _lines(shape)
        ]
    except OSError as error:
        raise SourceError(say("no_source", path=path)) from error
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise SourceError(say("not_geojson", path=path, reason=error)) from error
    inverse = {"GCJ-02": coordinates.from_gcj02, "BD-09": coordinates.from_bd09}.get(crs)
    return [np.column_stack(inverse(*line.T)) for line in lines] if inverse else lines


def _lines(shape: dict[str, Any]) -> list[Any]:
    """The rings and lines of a geometry; points have none."""
    kind = shape["type"]
    if kind == "GeometryCollection":
        return [line for part in shape["geometries"] for line in _lines(part)]
    depth = {"LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}.get(kind)
    found = [] if depth is None else [shape["coordinates"]]
    for _ in range(depth or 0):
        found = [line for part in found for line in part]
    return found


@dataclass(frozen=True)
class _Frame:
    """A window on the plane: the middle in degrees, units of the picture per kilometre, where it stands."""

    lon: float
    lat: float
    scale: float
    left: float
    top: float
    wide: float
    high: float

    @classmethod
    def around(
        cls, lon: np.ndarray, lat: np.ndarray, left: float, top: float, wide: float, high: float
    ) -> _Frame:
        middle = (lon.max() + lon.min()) / 2, (lat.max() + lat.min()) / 2
        across = max(1.0, (lon.max() - lon.min()) * _KM * math.cos(math.radians(middle[1])))
        up = max(1.0, (lat.max() - lat.min()) * _KM)
        return cls(*middle, 0.9 * min(wide / across, high / up), left, top, wide, high)

    def place(self, lon: Any, lat: Any) -> tuple[Any, Any]:
        east = (lon - self.lon) * _KM * math.cos(math.radians(self.lat))
        north = (lat - self.lat) * _KM
        return (
            self.left + self.wide / 2 + east * self.scale,
            self.top + self.high / 2 - north * self.scale,
        )


@dataclass
class _Map:
    """One drawing."""

    net: MedicalNetwork
    day: datetime.date
    points: pd.DataFrame
    without: int
    lines: list[np.ndarray]

    def __post_init__(self) -> None:
        found = self.points
        found["bad"] = found["state"].isin(BAD)
        order = (
            found.assign(rank=found["bad"] * 4 + found["is_lead"] * 2)
            .sort_values("rank", kind="stable")
            .index
        )
        self.hidden = max(0, len(found) - LIMIT)
        self.points = found.loc[order].iloc[
            self.hidden :
        ]  # what is bad or leads comes last, and is drawn on top
        groups = sorted({int(g) for g in self.points["group"].dropna()})
        self.looks = {group: style.look(i) for i, group in enumerate(groups)}
        self.names = short_names(self.net, self.points["id"], language())
        lon, lat = self.points["lon"].to_numpy(float), self.points["lat"].to_numpy(float)
        self.core = _core(lon, lat)
        self.room = _WIDE + (_INSET + 16 if self.core is not None else 0)
        self.frame = _Frame.around(lon, lat, _MARGIN, _TOP, _WIDE, _HIGH)

    def figure(self) -> Figure:
        title = say("geo_map_title", title=self.net.meta.get("title", "")).strip(" :：")
        facts = [
            say(
                "geo_map_facts",
                day=self.day.isoformat(),
                shown=len(self.points),
                all=len(self.points) + self.hidden + self.without,
            ),
            "WGS-84",
        ]
        if self.without:
            facts.append(say("geo_map_without", count=self.without))
        if self.hidden:
            facts.append(say("geo_map_hidden", count=self.hidden, limit=LIMIT))
        body = [
            svg.header(title, facts, (*stamps(self.net), say("sketch")), _MARGIN, self.room),
            self.window(self.frame, "mg-main", self.points),
            self.bar(),
        ]
        if self.core is not None:
            body.append(self.inset())
        legend, bottom = svg.legend(self.entries(), _MARGIN, _TOP + _HIGH + 26, self.room)
        height, wide = bottom + 24, self.room + 2 * _MARGIN
        paper = svg.rect(0, 0, wide, height, fill=style.PAPER)
        counts = {
            "shown": len(self.points),
            "all": len(self.points) + self.hidden + self.without,
            "without": self.without,
            "bad": int(self.points["bad"].sum()),
        }
        return Figure(
            title,
            counts,
            svg.document(wide, height, title, paper + "".join(body) + legend),
            lang=language(),
        )

    # -- windows ---------------------------------------------------------------------------------

    def window(self, frame: _Frame, clip: str, points: pd.DataFrame) -> str:
        edge = {"x": frame.left, "y": frame.top, "width": frame.wide, "height": frame.high}
        ground = svg.element("rect", **edge, fill="#F8F9FA", stroke=style.FAINT)
        inside = [self.outline(frame, line) for line in self.lines]
        inside += [self.point(frame, row) for row in points.itertuples()]
        inside += self.labels(frame, points)
        cut = svg.element("clipPath", svg.element("rect", **edge), id=clip)
        return cut + ground + svg.element("g", "".join(inside), clip_path=f"url(#{clip})")

    def outline(self, frame: _Frame, line: np.ndarray) -> str:
        x, y = frame.place(line[:, 0], line[:, 1])
        path = "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in zip(x, y, strict=True))
        return svg.element("path", d=path, fill="none", stroke=style.FAINT, stroke_width=1)

    def point(self, frame: _Frame, row: Any) -> str:
        x, y = frame.place(row.lon, row.lat)
        look = self.looks.get(row.group)
        colour = style.PROBLEM if row.bad else look.colour if look else style.SOFT_INK
        shape = (
            "square" if row.is_area else "star" if row.is_lead else look.mark if look else "circle"
        )
        spoken = (
            names(self.net, [row.id], language())[row.id]
            if row.bad or row.is_lead
            else self.names[row.id]
        )
        said = "：".join(
            filter(None, (spoken, state_label(str(row.state)) if pd.notna(row.state) else ""))
        )
        hollow = row.is_area or row.bad
        mark = svg.mark(
            shape,
            x,
            y,
            9.0 if row.is_lead or row.bad else 4.5,
            fill=style.PAPER if hollow else colour,
            stroke=colour,
            stroke_width=0.3 if hollow else 0.1,
        )
        return svg.element("g", svg.element("title", svg.escape(said)) + mark)

    def labels(self, frame: _Frame, points: pd.DataFrame) -> list[str]:
        """Names of what is bad, then of leads, as far as they lie on no other."""
        taken: list[tuple[float, float, float, float]] = []
        drawn = []
        wanted = points[points["bad"] | points["is_lead"]]
        for row in wanted.iloc[::-1].itertuples():
            x, y = frame.place(row.lon, row.lat)
            words = style.fitted(self.names[row.id], 14, 170)
            wide = style.width(words, 14)
            for left in (x + 12, x - 12 - wide):
                box = (left, y - 12, left + wide, y + 6)
                inside = frame.left < box[0] and box[2] < frame.left + frame.wide
                if inside and all(
                    box[2] < t[0] or t[2] < box[0] or box[3] < t[1] or t[3] < box[1] for t in taken
                ):
                    taken.append(box)
                    drawn.append(
                        svg.text(
                            left,
                            y + 5,
                            words,
                            size=14,
                            weight="bold" if row.bad else None,
                            fill=style.PROBLEM if row.bad else style.INK,
                            paint_order="stroke",
                            stroke=style.PAPER,
                            stroke_width=3,
                        )
                    )
                    break
        return drawn

    def inset(self) -> str:
        lon, lat = (self.points[c].to_numpy(float) for c in ("lon", "lat"))
        west, south, east, north = self.core
        within = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
        frame = _Frame.around(
            np.array([west, east]),
            np.array([south, north]),
            _MARGIN + _WIDE + 16,
            _TOP + 28,
            _INSET,
            _HIGH - 28,
        )
        (x, y), (right, bottom) = self.frame.place(west, north), self.frame.place(east, south)
        here = svg.rect(
            x - 6,
            y - 6,
            right - x + 12,
            bottom - y + 12,
            fill="none",
            stroke=style.INK,
            stroke_dasharray="5 3",
        )
        words = say(
            "geo_map_inset", count=int(within.sum()), times=f"{frame.scale / self.frame.scale:.1f}"
        )
        return (
            here
            + svg.text(frame.left, _TOP + 14, words, size=14, weight="bold")
            + self.window(frame, "mg-core", self.points[within])
        )

    def bar(self) -> str:
        """A scale of kilometres, and north."""
        span = _WIDE / self.frame.scale
        step = max(
            n
            for n in (10.0**e * f for e in range(-1, 5) for f in (1, 2, 5))
            if n <= span / 4 or n == 0.1
        )
        x, y, wide = _MARGIN + 16, _TOP + _HIGH - 18, step * self.frame.scale
        line = svg.element(
            "path",
            d=f"M{x:.1f} {y - 6:.1f}V{y:.1f}H{x + wide:.1f}V{y - 6:.1f}",
            fill="none",
            stroke=style.INK,
            stroke_width=1.5,
        )
        north = svg.element(
            "path",
            d="M0-14L6 6L0 1L-6 6Z",
            fill=style.INK,
            transform=f"translate({_MARGIN + _WIDE - 24:.0f} {_TOP + 30:.0f})",
        )
        return (
            line
            + svg.text(x, y - 10, f"{step:g} km", size=13)
            + north
            + svg.text(
                _MARGIN + _WIDE - 24, _TOP + 54, say("geo_map_north"), size=13, anchor="middle"
            )
        )

    def entries(self) -> list[tuple]:
        def swatch(shape: str, colour: str, hollow: bool = False):
            return lambda x, y: svg.mark(
                shape,
                x + 11,
                y,
                7,
                fill=style.PAPER if hollow else colour,
                stroke=colour,
                stroke_width=0.3 if hollow else 0.1,
            )

        groups = names(self.net, [self.net.index.ids[g].as_py() for g in self.looks], language())
        found = [
            (swatch(look.mark, look.colour), name, style.INK, None)
            for look, name in zip(self.looks.values(), groups.values(), strict=True)
        ]
        if self.points["is_lead"].any():
            found.append((swatch("star", style.INK), say("geo_map_lead"), style.INK, None))
        if self.points["group"].isna().any():
            found.append(
                (swatch("circle", style.SOFT_INK), say("geo_map_ungrouped"), style.SOFT_INK, None)
            )
        if self.points["is_area"].any():
            found.append(
                (swatch("square", style.SOFT_INK, True), say("geo_map_area"), style.INK, None)
            )
        if self.points["bad"].any():
            found.append(
                (swatch("square", style.PROBLEM, True), say("geo_map_bad"), style.PROBLEM, "bold")
            )
        return found


def _core(lon: np.ndarray, lat: np.ndarray) -> tuple[float, float, float, float] | None:
    """The box (west, south, east, north) of the half of the points nearest to their median, if it is small."""
    if len(lon) < 30:
        return None
    far = np.hypot(
        (lon - np.median(lon)) * math.cos(math.radians(float(np.median(lat)))), lat - np.median(lat)
    )
    near = far <= np.median(far)
    box = lon[near].min(), lat[near].min(), lon[near].max(), lat[near].max()
    whole = (np.ptp(lon) or 1e-9) * (np.ptp(lat) or 1e-9)
    return box if (box[2] - box[0]) * (box[3] - box[1]) <= whole / 9 else None
