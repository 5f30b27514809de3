"""Shapes of ground: what areas state together, and from where a facility is reached in time.

Along roads a place is at the road node nearest to it, where that lies within `snap_km`. So the
ground of a node is a circle of that radius, up to half the way to the next nodes (its cell of a
Voronoi diagram), and an isochrone is the ground of all nodes that are near enough. A place on it
is one that is counted, as far as a plane can say.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from medgraph.errors import OptionError
from medgraph.graphmodel.coordinates import KM_PER_DEGREE
from medgraph.graphmodel.outline import outline_of
from medgraph.queries.columns import numbers_of
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medgraph.graphmodel.arrays.types import Floats, Mask, Positions
    from medgraph.graphmodel.index import Index
    from medgraph.queries.coverage.travel import Roads, StraightLine

_FAR = 10.0  # of the width of all nodes: where the cells of the outermost end
_CORNERS = np.array([(-1, -1), (-1, 1), (1, -1), (1, 1)], float)


def need_shapely() -> None:
    """Raise OptionError where shapely is not installed."""
    try:
        import shapely  # noqa: F401
    except ImportError as error:
        raise OptionError(say("geo_files_extra")) from error


@dataclass(frozen=True)
class Plane:
    """Kilometres east and north of a point, for what lies around it."""

    lon: float
    lat: float

    @property
    def _scale(self) -> Floats:
        return KM_PER_DEGREE * np.array([np.cos(np.radians(self.lat)), 1.0])

    def km(self, degrees: Floats) -> Floats:
        """Return points in kilometres."""
        found: Floats = (degrees - [self.lon, self.lat]) * self._scale
        return found

    def degrees(self, shape: Any) -> Any:
        """Return a shape in degrees."""
        import shapely

        return shapely.transform(shape, lambda km: km / self._scale + [self.lon, self.lat])


class RoadGround:
    """The ground of each node of a road graph."""

    def __init__(self, travel: Roads) -> None:
        """Take the roads."""
        import shapely

        nodes = travel.nodes[["lon", "lat"]].to_numpy(float)
        middle = nodes.mean(axis=0) if len(nodes) else np.zeros(2)
        self._plane = Plane(*middle.tolist())
        places, self._place = np.unique(self._plane.km(nodes), axis=0, return_inverse=True)
        circles = shapely.buffer(shapely.points(places), travel.snap_km)
        self._grounds = shapely.intersection(_cells(places), circles)

    def of(self, reached: Mask) -> Any:
        """Return the ground of the nodes that are reached."""
        import shapely

        places: Positions = np.unique(self._place.ravel()[reached])
        return self._plane.degrees(shapely.union_all(self._grounds[places]))


def _cells(places: Floats) -> Any:
    """The part of the plane that is nearer to each place than to all others."""
    import shapely
    from scipy.spatial import Voronoi

    if not len(places):
        return np.array([])
    far = _FAR * (1 + np.ptp(places, axis=0).max())
    diagram = Voronoi(np.concatenate([places, places.mean(axis=0) + far * _CORNERS]))
    regions = [diagram.regions[at] for at in diagram.point_region[: len(places)]]
    corners = [shapely.multipoints(diagram.vertices[region]) for region in regions]
    return shapely.convex_hull(corners)


def circle(travel: StraightLine, index: Index, facility: int, minutes: float) -> Any:
    """Return what lies within so many minutes of a facility in a straight line; empty: no point."""
    import shapely

    lon, lat = (numbers_of(index, name)[facility] for name in ("lon", "lat"))
    if np.isnan(lon + lat):
        return shapely.Polygon()
    radius = minutes / 60 * travel.speed_kmh
    return Plane(float(lon), float(lat)).degrees(shapely.buffer(shapely.Point(0, 0), radius))


def dissolved(boundaries: Iterable[str | None]) -> tuple[Any, int]:
    """Return what the outlines of areas come to together, and how many are none."""
    import shapely

    texts = list(boundaries)
    stated = [json.dumps(outline) for outline in map(outline_of, texts) if outline is not None]
    shapes = shapely.from_geojson(np.array(stated, object), on_invalid="ignore")
    read = shapes[~shapely.is_missing(shapes)]
    pieces = shapely.get_parts(shapely.make_valid(read))  # of a ring that crosses itself, lines too
    return shapely.union_all(pieces[shapely.area(pieces) > 0]), len(texts) - len(read)


def geometry_of(shape: Any) -> dict[str, Any] | None:
    """Return a shape as GeoJSON; None where there is nothing."""
    import shapely

    if shape.is_empty:
        return None
    found: dict[str, Any] = json.loads(shapely.to_geojson(shape))
    return found
