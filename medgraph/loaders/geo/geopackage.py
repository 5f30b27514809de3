"""Read and write GeoPackage, which QGIS and ArcGIS open: a layer for each table of a network.

Facilities are points; areas are their boundary, or a point. All other tables are layers without
geometry. A package of somebody else is read by its layers of points and polygons.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from medgraph.errors import SourceError, TargetError
from medgraph.graphmodel import schema
from medgraph.loaders.capacity import Loss, Losses
from medgraph.loaders.formats import single_file
from medgraph.loaders.geo.outlines import wkb_of
from medgraph.loaders.geo.vector_file import read_layers
from medgraph.loaders.parsers import parsing
from medgraph.whole_files import replacing
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.loaders.loaded import Loaded

    Row = dict[str, Any]

_DRIVER, _WGS84 = "GPKG", "EPSG:4326"
_GEOMETRY, _HEAD = "geometry", "medgraph"
_MORE = "medgraph_more"  # the attributes that no column can be called by, as JSON
_TAKEN = frozenset({"fid", "ogc_fid", "geom", _GEOMETRY, _MORE})
_COLUMN = re.compile(r"\w+(?: \w+)*")
_BEGINNING, _APPLICATION = b"SQLite format 3\x00", slice(68, 72)
_APPLICATIONS = (b"GPKG", b"GP10", b"GP11")


def is_geopackage(path: Path) -> bool:
    """Whether a file is a database that says it is a GeoPackage."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        beginning = file.read(_APPLICATION.stop)
    return beginning.startswith(_BEGINNING) and beginning[_APPLICATION] in _APPLICATIONS


def load(source: Path, *, lenient: bool = False) -> Loaded:
    """Read a package; see `medgraph.loaders.registry.load`."""
    pyogrio = _pyogrio(SourceError)
    with parsing("not_geopackage", source):
        layers = [str(name) for name, _ in pyogrio.list_layers(source)]
        head = _head(pyogrio, source) if schema.META.name in layers else None
    if head is None:
        return read_layers(source, lenient=lenient)
    meta = single_file.checked_head(head, source).get("meta")
    nodes: list[Row] = []
    edges: list[Row] = []
    for name in layers:
        if name != schema.META.name:
            with parsing("not_geopackage", source):
                _, table = pyogrio.read_arrow(source, layer=name)
                rows = [_unpacked(row) for row in table.to_pylist()]
            (edges if name == schema.LINKS.name else nodes).extend(rows)
    stated = meta if isinstance(meta, dict) else {}
    return single_file.load_rows(nodes, edges, stated, lenient=lenient)


def _head(pyogrio: Any, source: Path) -> Any:
    """What a package of ours states of itself; None where it is somebody else's."""
    _, table = pyogrio.read_arrow(source, layer=schema.META.name)
    rows = table.to_pylist()
    stated = next((row["value"] for row in rows if row.get("key") == _HEAD), None)
    return None if stated is None else json.loads(stated)


def _unpacked(row: Row) -> Row:
    given = {name: value for name, value in row.items() if name not in _TAKEN and value is not None}
    more: Row = json.loads(row.get(_MORE) or "{}")
    return given | more


def write(net: MedicalNetwork, target: Path) -> Losses | None:
    """Write a package with all tables, and return which points no map can show."""
    pyogrio = _pyogrio(TargetError)
    nodes, links = net.tables
    head = {"key": [_HEAD], "value": [json.dumps(single_file.head(net), ensure_ascii=False)]}
    lost = []
    with replacing(target) as path:
        path.unlink()  # a database is made anew, not written into an empty file
        for table in schema.NODE_TABLES:
            rows = [row for row in nodes.to_pylist() if row["kind"] == table.kind]
            points = [wkb_of(row) for row in rows] if table.field("lon") else None
            if rows:
                _write_layer(pyogrio, path, table.name, rows, points)
            if points is not None and (count := _unshown(rows, points)):
                lost.append(Loss(f"{table.name}.geometry", count))
        if len(links):
            _write_layer(pyogrio, path, schema.LINKS.name, links.to_pylist(), None)
        pyogrio.write_arrow(pa.table(head), path, layer=schema.META.name, driver=_DRIVER)
    return Losses(str(target), tuple(lost)) if lost else None


def _unshown(rows: list[Row], points: list[bytes | None]) -> int:
    """How many rows state a point, but none that a map of WGS-84 shows."""
    return sum(
        row.get("lon") is not None and point is None
        for row, point in zip(rows, points, strict=True)
    )


def _write_layer(
    pyogrio: Any, path: Path, name: str, rows: list[Row], points: list[bytes | None] | None
) -> None:
    table = _table(rows)
    spatial: Row = {}
    if points is not None:
        table = table.append_column(_GEOMETRY, pa.array(points, pa.binary()))
        spatial = {"geometry_name": _GEOMETRY, "geometry_type": "Unknown", "crs": _WGS84}
    pyogrio.write_arrow(table, path, layer=name, driver=_DRIVER, **spatial)


def _table(rows: list[Row]) -> pa.Table:
    """Rows as columns that a database can be asked for; all others go into one."""
    types = {**schema.field_types(), **schema.link_types()}
    columns = list(_columns(rows))
    made = {
        name: pa.array([row.get(name) for row in rows], schema.ARROW_TYPES[types.get(name, "text")])
        for name in columns
    }
    more = [
        {name: value for name, value in single_file.plain(row).items() if name not in made}
        for row in rows
    ]
    packed = [json.dumps(rest, ensure_ascii=False) if rest else None for rest in more]
    return pa.table({**made, _MORE: pa.array(packed, pa.string())} if any(more) else made)


def _columns(rows: list[Row]) -> Iterator[str]:
    """The names that columns may have: of words, and none twice but for its case."""
    seen = set(_TAKEN)
    for name in dict.fromkeys(
        name for row in rows for name, value in row.items() if value is not None
    ):
        if _COLUMN.fullmatch(name) and name.casefold() not in seen:
            seen.add(name.casefold())
            yield name


def _pyogrio(fault: type[SourceError | TargetError]) -> Any:
    try:
        import pyogrio
        import shapely  # noqa: F401  # which makes the geometries
    except ImportError as error:
        raise fault(say("geo_files_extra")) from error
    return pyogrio
