"""Read areas from polygons: GeoJSON files and GeoDataFrames.

Of each polygon a point inside it is kept (`lon`, `lat`, WGS-84), from which maps derive the area's tile, and
of each two that share a border an ADJACENT_TO link. The polygons themselves are not kept: a network is no map.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from medgraph.errors import SourceError, TargetError
from medgraph.graphmodel import coordinates, register, schema
from medgraph.graphmodel.canonical import as_table, canonical
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.graphmodel.origin import Origin
from medgraph.loaders.formats import single_file as stored
from medgraph.loaders.loaded import Loaded
from medgraph.loaders.tabular.accounting import accept
from medgraph.words.say import say
from medgraph.words.vocabularies import fold

if TYPE_CHECKING:
    import geopandas

# What map makers call the code and the name of an area, beside the words of the schema.
_ALSO = {"adcode": "id", "code": "id", "gb": "id", "name_zh": "name"}


def load(source: Path, *, lenient: bool = False) -> Loaded:
    """Read the areas of a GeoJSON file; degrees are WGS-84 (RFC 7946), unless a feature states its `crs`."""
    shapely = _shapely()
    try:
        data = json.loads(source.read_text(encoding="utf-8-sig"))
        features = data["features"]
        rows = [dict(feature["properties"] or {}) for feature in features]
        shapes = [f["geometry"] and shapely.geometry.shape(f["geometry"]) for f in features]
    except (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        shapely.errors.ShapelyError,
    ) as error:
        raise SourceError(say("not_geojson", path=source, reason=error)) from error
    return _areas(rows, shapes, source.name, lenient=lenient)


def write(net: MedicalNetwork, target: Path) -> None:
    """Refuse: a network holds no polygons."""
    raise TargetError(say("read_only_format", path=target))


def from_geodataframe(frame: geopandas.GeoDataFrame) -> MedicalNetwork:
    """Return the areas of a GeoDataFrame as a network of areas and ADJACENT_TO links.

    The columns are those of the table `areas`, in Chinese or English, with `id` a 12-digit code or a shorter
    one. Raise SourceError where no coordinate system is stated or an area is faulty.
    """
    if frame.crs is None:
        raise SourceError(say("geo_no_crs"))
    frame = frame.to_crs(4326)
    rows = frame.drop(columns=frame.geometry.name).astype(object).to_dict("records")
    rows = [
        {k: v for k, v in row.items() if v is not None and v == v} for row in rows
    ]  # NaN is not itself
    return _areas(rows, list(frame.geometry), "GeoDataFrame").require()


def located(net: MedicalNetwork, areas: MedicalNetwork) -> MedicalNetwork:
    """Return `net` with points, adjacency and further areas from `areas`; what `net` states itself stays.

    Links are taken between areas that are in the result; areas of `net` are matched by their ids.
    """
    nodes, edges = net.tables
    more, links = areas.tables
    known = dict(zip(more["id"].to_pylist(), more.to_pylist(), strict=True))
    rows = [{**known.pop(row["id"], {}), **stored.present(row)} for row in nodes.to_pylist()]
    merged = canonical(as_table([*rows, *known.values()]), schema.field_types())
    stated = {
        key: value for key, value in areas.meta.items() if key.startswith("links.ADJACENT_TO.")
    }
    joined = pa.concat_tables([edges, links], promote_options="default")
    return MedicalNetwork.from_frames(merged, joined, {**stated, **net.meta})


def _areas(rows: list[dict], shapes: Sequence[Any], file: str, *, lenient: bool = False) -> Loaded:
    nodes = [
        _node(row, shape, Origin(file, "", f"[{number}]", "typed"))
        for number, (row, shape) in enumerate(zip(rows, shapes, strict=True))
    ]
    if nodes and not any("id" in node for node in nodes):
        raise SourceError(say("geo_no_id", known="id, code, adcode, 区划代码"))
    edges = [
        {
            "source": nodes[a]["id"],
            "relation": "ADJACENT_TO",
            "target": nodes[b]["id"],
            "basis": "expanded",
            "origin": str(Origin(file, "", "", "from polygons")),
        }
        for a, b in _neighbours(shapes)
        if "id" in nodes[a] and "id" in nodes[b]
    ]
    tables, found = {}, []
    for part, part_rows, types in (
        ("nodes", nodes, schema.field_types()),
        ("edges", edges, schema.link_types()),
    ):
        tables[part], wrong = stored.typed(part, part_rows, types)
        found += wrong
    nodes, _ = coordinates.to_wgs84(canonical(tables["nodes"], schema.field_types()))
    meta = {"links.ADJACENT_TO.complete": "complete", "links.ADJACENT_TO.complete_by": file}
    return accept(nodes, tables["edges"], meta, lenient=lenient, found=found)


def _node(properties: Mapping[str, Any], shape: Any, origin: Origin) -> dict[str, Any]:
    """The row of one area: its properties by our names, its code in full, a point inside it."""
    headers = schema.headers("areas")
    row: dict[str, Any] = {}
    for key, value in properties.items():
        name = headers.get(fold(key)) or _ALSO.get(fold(key), key)
        if (
            value is not None
            and not isinstance(value, (list, dict))
            and name not in ("source", "relation", "target")
        ):
            row.setdefault(name, value)
    if "id" in row:
        code = str(row["id"]).removesuffix(".0")
        row["id"] = code.ljust(12, "0") if code.isdecimal() and len(code) in (2, 4, 6, 9) else code
        if row["id"].isdecimal():
            row.setdefault("level", register.level_of(row["id"]))
            row.setdefault("type", register.kind_of(row["id"]))
    if shape is not None and not shape.is_empty:
        inside = shape.representative_point()
        row |= {
            "lon": round(inside.x, 6),
            "lat": round(inside.y, 6),
            "crs": row.get("crs", "WGS-84"),
        }
    return {**row, "kind": "Area", "origin": str(origin)}


def _neighbours(shapes: Sequence[Any]) -> list[tuple[int, int]]:
    """The pairs of polygons that share a border, not only a corner."""
    shapely = _shapely()
    whole = [shapely.make_valid(s) if s is not None else shapely.Polygon() for s in shapes]
    pairs = shapely.STRtree(whole).query(whole, predicate="intersects").T.tolist()
    return [(a, b) for a, b in pairs if a < b and not _is_corner(whole[a].intersection(whole[b]))]


def _is_corner(shared: Any) -> bool:
    return shared.length == 0 and shared.area == 0


def _shapely():
    try:
        import shapely
        import shapely.geometry
    except ImportError as error:
        raise SourceError(say("geo_extra")) from error
    return shapely
