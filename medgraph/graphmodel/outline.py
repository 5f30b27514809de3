"""Read the outline of an area: a polygon, or several, in GeoJSON."""

from __future__ import annotations

import json
from typing import Any

_KINDS = ("Polygon", "MultiPolygon")


def outline_of(text: str | None) -> dict[str, Any] | None:
    """Return the outline that a text states; None where it states none.

    Of a Feature, and of a collection of one, it is the geometry.

    >>> outline_of('{"type": "Polygon", "coordinates": []}')
    {'type': 'Polygon', 'coordinates': []}
    >>> outline_of("a line round the county") is None
    True
    """
    try:
        found = json.loads(text or "null")
    except (ValueError, RecursionError):
        return None
    return _outline_in(found)


def _outline_in(found: Any) -> dict[str, Any] | None:
    if not isinstance(found, dict):
        return None
    features = found.get("features")
    if found.get("type") == "FeatureCollection" and isinstance(features, list):
        return _outline_in(features[0]) if len(features) == 1 else None
    if found.get("type") == "Feature":
        return _outline_in(found.get("geometry"))
    is_outline = found.get("type") in _KINDS and isinstance(found.get("coordinates"), list)
    return found if is_outline else None
