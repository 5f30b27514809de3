"""Put degrees on paper: a window on the plane, the lines of a GeoJSON file, the dense core."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from medgraph.errors import SourceError
from medgraph.graphmodel import coordinates
from medgraph.parser_faults import told
from medgraph.text_files import read_json
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from medgraph.graphmodel.arrays.types import Floats

SYSTEMS = ("WGS-84", "GCJ-02", "BD-09", "CGCS2000")
_FILLED = 0.9  # of a window, by what lies farthest apart
_CORE_FROM = 30  # points; fewer need no inset
# How deep the lines of a geometry lie in its coordinates.
_DEPTHS = {"LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}
_INTO_WGS84 = {"GCJ-02": coordinates.from_gcj02, "BD-09": coordinates.from_bd09}


class Box(NamedTuple):
    """A box of degrees."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def around(cls, lon: Floats, lat: Floats) -> Box:
        """Return the smallest box that holds all points."""
        return cls(lon.min(), lat.min(), lon.max(), lat.max())

    def holds(self, lon: Floats, lat: Floats) -> Any:
        """Return for each point whether it lies in the box."""
        across = (lon >= self.west) & (lon <= self.east)
        return across & (lat >= self.south) & (lat <= self.north)


@dataclass(frozen=True)
class Window:
    """A window on the plane, north up.

    `lon` and `lat` are its middle in degrees, `scale` is units of the picture per kilometre; the
    rest is its place in the picture.
    """

    lon: float
    lat: float
    scale: float
    left: float
    top: float
    wide: float
    high: float

    @classmethod
    def on(cls, box: Box, left: float, top: float, wide: float, high: float) -> Window:
        """Return the window of this place and size that shows all of `box`."""
        lon, lat = (box.east + box.west) / 2, (box.north + box.south) / 2
        across = max(
            1.0, (box.east - box.west) * coordinates.KM_PER_DEGREE * math.cos(math.radians(lat))
        )
        up = max(1.0, (box.north - box.south) * coordinates.KM_PER_DEGREE)
        scale = _FILLED * min(wide / across, high / up)
        return cls(lon, lat, scale, left, top, wide, high)

    def place(self, lon: Any, lat: Any) -> tuple[Any, Any]:
        """Return the place of points in the picture."""
        east = (lon - self.lon) * coordinates.KM_PER_DEGREE * math.cos(math.radians(self.lat))
        north = (lat - self.lat) * coordinates.KM_PER_DEGREE
        x = self.left + self.wide / 2 + east * self.scale
        return x, self.top + self.high / 2 - north * self.scale


def core(lon: Floats, lat: Floats) -> Box | None:
    """Return the box of the half of the points nearest to their median, if it is worth an inset."""
    if len(lon) < _CORE_FROM:
        return None
    shrink = math.cos(math.radians(float(np.median(lat))))
    far = np.hypot((lon - np.median(lon)) * shrink, lat - np.median(lat))
    near = far <= np.median(far)
    box = Box.around(lon[near], lat[near])
    whole = (np.ptp(lon) or 1e-9) * (np.ptp(lat) or 1e-9)
    return box if (box.east - box.west) * (box.north - box.south) <= whole / 9 else None


def scale_step(span: float) -> float:
    """Return the round number of kilometres for the scale of a window `span` kilometres wide."""
    steps = [10.0**power * factor for power in range(-1, 5) for factor in (1, 2, 5)]
    return max(step for step in steps if step <= span / 4 or step == steps[0])


def outlines(path: Path, crs: str) -> list[Floats]:
    """Return the lines of a GeoJSON file as arrays of (lon, lat) in WGS-84.

    Raise SourceError where the file cannot be read or is no GeoJSON.
    """
    try:
        lines = _read_lines(path)
    except OSError as error:
        raise SourceError(say("no_source", path=path)) from error
    except SourceError:
        raise
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise SourceError(say("not_geojson", path=path, reason=told(error))) from error
    into_wgs84 = _INTO_WGS84.get(crs)
    if into_wgs84 is None:
        return lines
    return [np.column_stack(into_wgs84(*line.T)) for line in lines]


def own_outlines(boundaries: Iterable[str]) -> list[Floats]:
    """Return the lines of boundaries that areas state as GeoJSON in WGS-84; of another text none.

    >>> line = '{"type": "LineString", "coordinates": [[1, 2], [3, 4]]}'
    >>> [len(points) for points in own_outlines([line, "x"])]
    [2]
    """
    found: list[Floats] = []
    for text in boundaries:
        try:
            lines = [np.array(line, float)[:, :2] for line in _lines(json.loads(text))]
        except (ValueError, KeyError, TypeError, IndexError):
            continue
        found += [line for line in lines if np.isfinite(line).all()]
    return found


def _read_lines(path: Path) -> list[Floats]:
    data = read_json(path)
    if "features" in data:
        shapes = [feature["geometry"] for feature in data["features"]]
    else:
        shapes = [data.get("geometry", data)]
    lines = [line for shape in shapes if shape for line in _lines(shape)]
    found = [np.array(line, float)[:, :2] for line in lines]
    if not all(np.isfinite(line).all() for line in found):
        raise ValueError(say("no_point"))
    return found


def _lines(shape: dict[str, Any]) -> list[Any]:
    """The rings and lines of a geometry; points have none."""
    kind = shape["type"]
    if kind == "GeometryCollection":
        return [line for part in shape["geometries"] for line in _lines(part)]
    if kind not in _DEPTHS:
        return []
    found = [shape["coordinates"]]
    for _ in range(_DEPTHS[kind]):
        found = [line for part in found for line in part]
    return found
