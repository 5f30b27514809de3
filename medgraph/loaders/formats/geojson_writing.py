"""Write facilities and areas as GeoJSON, and read what was written back.

A member `medgraph` beside the features says what is stated of the whole; by it our own files are
known. Each feature has all columns of its row; where somebody moved it on a map, its geometry wins.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from medgraph.errors import SourceError
from medgraph.graphmodel import schema
from medgraph.graphmodel.outline import outline_of
from medgraph.loaders.capacity import Capacity, Kept, Loss, Losses, keep
from medgraph.loaders.formats import single_file
from medgraph.whole_files import replacing
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.loaders.loaded import Loaded

    Row = dict[str, Any]

CAN_HOLD = Capacity(
    kinds=frozenset({"Area", "Facility"}), relations=frozenset(), link_fields=frozenset()
)
HEAD = "medgraph"
_WGS84 = "WGS-84"


def part_held(net: MedicalNetwork) -> Kept:
    """Return the part of a network that GeoJSON says, and what it does not."""
    return keep(net, CAN_HOLD)


def write(net: MedicalNetwork, target: Path) -> Losses | None:
    """Write the facilities and areas of a network, and return what the file does not say.

    A point in another system than WGS-84 is no geometry (RFC 7946), which is counted.
    """
    kept = part_held(net)
    rows = [single_file.plain(row) for row in kept.network.tables[0].to_pylist()]
    with replacing(target) as path, path.open("w", encoding="utf-8", newline="\n") as file:
        head = _json(single_file.head(kept.network))
        file.write(f'{{"type": "FeatureCollection", "{HEAD}": {head}, "features": [')
        for number, row in enumerate(rows):
            feature = {"type": "Feature", "geometry": geometry_of(row), "properties": row}
            file.write(f"{',' if number else ''}\n{_json(feature)}")
        file.write("\n]}\n")
    losses = (*kept.losses, *_without_geometry(rows))
    return Losses(str(target), losses) if losses else None


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def geometry_of(row: Row) -> Row | None:
    """Return the geometry of a node: its boundary, else its point; None where it has none."""
    if outline := outline_of(row.get("boundary")):
        return outline
    if row.get("crs") != _WGS84 or None in (row.get("lon"), row.get("lat")):
        return None
    return {"type": "Point", "coordinates": [row["lon"], row["lat"]]}


def _without_geometry(rows: list[Row]) -> list[Loss]:
    """How many rows state a point, and have none in WGS-84."""
    tables = {table.kind: table.name for table in (schema.FACILITIES, schema.AREAS)}
    lost = [row["kind"] for row in rows if "lon" in row and geometry_of(row) is None]
    return [
        Loss(f"{name}.geometry", count)
        for kind, name in tables.items()
        if (count := lost.count(kind))
    ]


def is_ours(data: Any) -> bool:
    """Whether what a file holds is what `write` writes."""
    return isinstance(data, dict) and isinstance(data.get(HEAD), dict)


def load_ours(data: Mapping[str, Any], source: Path, *, lenient: bool) -> Loaded:
    """Read what `write` wrote; raise SourceError where a feature is none."""
    meta = single_file.checked_head(data[HEAD], source).get("meta")
    features = data.get("features")
    listed: list[Any] = features if isinstance(features, list) else [None]
    if not all(isinstance(one, dict) and isinstance(one.get("properties"), dict) for one in listed):
        raise SourceError(say("not_geojson", path=source, reason="features"))
    rows = [_row(one["properties"], one.get("geometry")) for one in listed]
    return single_file.load_rows(rows, [], meta if isinstance(meta, dict) else {}, lenient=lenient)


def _row(properties: Mapping[str, Any], geometry: Any) -> Row:
    """The row of a feature; what was moved on a map lies where it was moved to."""
    row = dict(properties)
    if not isinstance(geometry, dict) or geometry == geometry_of(row):
        return row
    if outline_of(_json(geometry)):
        return row | {"boundary": _json(geometry)}
    place = geometry.get("coordinates")
    if geometry.get("type") == "Point" and isinstance(place, list) and len(place) >= 2:
        return row | {"lon": place[0], "lat": place[1], "crs": _WGS84}
    return row
