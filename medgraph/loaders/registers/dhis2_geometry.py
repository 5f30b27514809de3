"""Read where an organisation unit lies: its point, or its outline.

In exports before version 2.32 a point is a text beside a `featureType`.
"""

from __future__ import annotations

import json
from typing import Any

from medgraph.errors import SourceError
from medgraph.loaders.formats import geojson

_POINT, _OUTLINES = "point", ("polygon", "multipolygon")


def point_of(unit: dict[str, Any]) -> dict[str, Any]:
    """Return the degrees of a unit, which are WGS-84; nothing where it has no point."""
    geometry = unit.get("geometry")
    if isinstance(geometry, dict):
        place = geometry.get("coordinates") if _is_point(geometry.get("type")) else None
    else:
        place = _listed(unit.get("coordinates")) if _is_point(unit.get("featureType")) else None
    if not isinstance(place, list) or len(place) < 2 or not all(map(_is_number, place[:2])):
        return {}
    return {"lon": float(place[0]), "lat": float(place[1]), "crs": "WGS-84"}


def _is_point(kind: Any) -> bool:
    return str(kind).lower() == _POINT


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _listed(text: Any) -> Any:
    try:
        return json.loads(text) if isinstance(text, str) else text
    except ValueError:
        return None


def has_outline(unit: dict[str, Any]) -> bool:
    """Whether a unit states an outline."""
    geometry = unit.get("geometry")
    return isinstance(geometry, dict) and str(geometry.get("type")).lower() in _OUTLINES


def outline_of(unit: dict[str, Any]) -> Any:
    """Return the outline of a unit as a shape; None where nothing here reads it."""
    try:
        return geojson.shape_of(unit["geometry"])
    except SourceError:
        return None
