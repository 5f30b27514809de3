"""Read the point of an organisation unit: of DHIS2 today, and of the exports before 2.32."""

from __future__ import annotations

import json
from typing import Any

_POINT = "point"


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
