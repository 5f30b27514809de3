"""Turn what a node states of its place into a geometry: its boundary, else its point."""

from __future__ import annotations

import json
from typing import Any

_WGS84 = "WGS-84"


def wkb_of(row: dict[str, Any]) -> bytes | None:
    """Return the geometry of a node in WGS-84; None where it states none, or in another system."""
    import shapely

    shape = boundary_of(row.get("boundary"))
    is_degrees = row.get("crs") == _WGS84 and None not in (row.get("lon"), row.get("lat"))
    if shape is None and is_degrees:
        shape = shapely.Point(row["lon"], row["lat"])
    if shape is None:
        return None
    found: bytes = shapely.to_wkb(shape)
    return found


def boundary_of(text: str | None) -> Any:
    """Return the outline that a text states as GeoJSON; None where it states none."""
    import shapely

    if not text or text[:1] != "{":
        return None
    try:
        kind = json.loads(text).get("type")
        shape = shapely.from_geojson(text) if kind in ("Polygon", "MultiPolygon") else None
    except (ValueError, AttributeError, shapely.errors.ShapelyError):
        return None
    return shape
