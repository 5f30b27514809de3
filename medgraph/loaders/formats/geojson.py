"""Read areas from polygons: GeoJSON files and GeoDataFrames.

Of each polygon a point inside it is kept (`lon`, `lat`, WGS-84), from which maps derive the area's
tile, and of each two that share a border an ADJACENT_TO link. The polygons themselves are not kept:
a network is no map.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from medgraph.errors import SourceError, TargetError
from medgraph.graphmodel import coordinates, register, schema
from medgraph.graphmodel.canonical import as_table, canonical, present
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.graphmodel.origin import Origin
from medgraph.loaders.formats import single_file
from medgraph.loaders.parsers import parsing
from medgraph.loaders.tabular.accounting import accept
from medgraph.words.say import say
from medgraph.words.vocabularies import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import geopandas

    from medgraph.loaders.loaded import Loaded

# What map makers call the code and the name of an area, beside the words of the schema.
_ALSO = {"code": "id", "adcode": "id", "gb": "id", "name_zh": "name"}
_ENDS = ("source", "relation", "target")
_WGS84 = 4326  # its EPSG code
_BEYOND_ALL = 1e9  # no coordinate is so large, in whatever unit
_CODE_LENGTH, _SHORT_CODES = 12, (2, 4, 6, 9)


def load(source: Path, *, lenient: bool = False) -> Loaded:
    """Read the areas of a GeoJSON file.

    Degrees are WGS-84 (RFC 7946), unless a feature states its `crs`.
    """
    shapely = _shapely()
    data = single_file.read_json(source, "not_geojson")
    with parsing("not_geojson", source):
        features = data["features"]
        rows = [dict(feature["properties"] or {}) for feature in features]
        outlines = [feature["geometry"] for feature in features]
        with np.errstate(all="ignore"):
            shapes = [shapely.geometry.shape(one) if one else None for one in outlines]
    if not np.all(np.abs(shapely.get_coordinates(shapes)) < _BEYOND_ALL):
        raise SourceError(say("not_geojson", path=source, reason=say("geo_no_number")))
    return _areas(rows, shapes, source.name, lenient=lenient)


def write(net: MedicalNetwork, target: Path) -> None:
    """Refuse: a network holds no polygons."""
    raise TargetError(say("read_only_format", path=target))


def from_geodataframe(frame: geopandas.GeoDataFrame) -> MedicalNetwork:
    """Return the areas of a GeoDataFrame as a network of areas and ADJACENT_TO links.

    The columns are those of the table `areas`, in Chinese or English, with `id` a 12-digit code or
    a shorter one. Raise SourceError where no coordinate system is stated or an area is faulty.
    """
    if frame.crs is None:
        raise SourceError(say("geo_no_crs"))
    frame = frame.to_crs(_WGS84)
    rows = frame.drop(columns=frame.geometry.name).astype(object).to_dict("records")
    stated = [{key: value for key, value in row.items() if not _is_missing(value)} for row in rows]
    return _areas(stated, list(frame.geometry), "GeoDataFrame").require()


def _is_missing(value: Any) -> bool:
    return value is None or value != value  # NaN is not itself


def located(net: MedicalNetwork, areas: MedicalNetwork) -> MedicalNetwork:
    """Return `net` with points, adjacency and further areas from `areas`.

    What `net` states itself stays. Links are taken between areas that are in the result; areas of
    `net` are matched by their ids.
    """
    nodes, edges = net.tables
    more, links = areas.tables
    known = dict(zip(more["id"].to_pylist(), more.to_pylist(), strict=True))
    rows = [{**known.pop(row["id"], {}), **present(row)} for row in nodes.to_pylist()]
    merged = canonical(as_table([*rows, *known.values()]), schema.field_types())
    stated = {
        key: value for key, value in areas.meta.items() if key.startswith("links.ADJACENT_TO.")
    }
    joined = pa.concat_tables([edges, links], promote_options="default")
    return MedicalNetwork.from_frames(merged, joined, {**stated, **net.meta})


# -- areas and their borders ----------------------------------------------------------------------


def _areas(
    rows: Sequence[Mapping[str, Any]], shapes: Sequence[Any], file: str, *, lenient: bool = False
) -> Loaded:
    nodes = [
        _node(row, shape, Origin(file, "", f"[{number}]", "typed"))
        for number, (row, shape) in enumerate(zip(rows, shapes, strict=True))
    ]
    if nodes and not any("id" in node for node in nodes):
        raise SourceError(say("geo_no_id", known=", ".join(_titles_of_ids())))
    node_table, wrong_nodes = single_file.typed("nodes", nodes)
    edge_table, wrong_edges = single_file.typed("edges", _borders(nodes, shapes, file))
    node_table, _ = coordinates.to_wgs84(canonical(node_table, schema.field_types()))
    meta = {"links.ADJACENT_TO.complete": "complete", "links.ADJACENT_TO.complete_by": file}
    found = [*wrong_nodes, *wrong_edges]
    return accept(node_table, edge_table, meta, lenient=lenient, found=found)


def _node(properties: Mapping[str, Any], shape: Any, origin: Origin) -> dict[str, Any]:
    """The row of one area: its properties by our names, its code in full, a point inside it."""
    row: dict[str, Any] = {}
    for key, value in properties.items():
        name = _field(key)
        if value is not None and not isinstance(value, list | dict) and name not in _ENDS:
            row.setdefault(name, value)
    if "id" in row:
        row["id"] = _full_code(str(row["id"]).removesuffix(".0"))
        if row["id"].isdecimal():
            row.setdefault("level", register.level_of(row["id"]))
            row.setdefault("type", register.kind_of(row["id"]))
    if shape is not None and not shape.is_empty:
        inside = shape.representative_point()
        row |= {"lon": round(inside.x, 6), "lat": round(inside.y, 6)}
        row.setdefault("crs", "WGS-84")
    return {**row, "kind": "Area", "origin": str(origin)}


def _titles_of_ids() -> list[str]:
    """What a property that holds the code of an area may be called."""
    code = schema.AREAS.fields[0]
    return [code.name, *(key for key, name in _ALSO.items() if name == code.name), code.zh]


def _field(key: str) -> str:
    """Our name of a property."""
    return schema.headers(schema.AREAS.name).get(fold(key)) or _ALSO.get(fold(key), key)


def _full_code(code: str) -> str:
    is_short = code.isdecimal() and len(code) in _SHORT_CODES
    return code.ljust(_CODE_LENGTH, "0") if is_short else code


def _borders(
    nodes: Sequence[dict[str, Any]], shapes: Sequence[Any], file: str
) -> list[dict[str, Any]]:
    """A link for each two areas with ids that share a border."""
    stated = {
        "relation": "ADJACENT_TO",
        "basis": "expanded",
        "origin": str(Origin(file, "", "", "from polygons")),
    }
    return [
        {"source": nodes[one]["id"], "target": nodes[other]["id"], **stated}
        for one, other in _neighbours(shapes)
        if "id" in nodes[one] and "id" in nodes[other]
    ]


def _neighbours(shapes: Sequence[Any]) -> list[tuple[int, int]]:
    """The pairs of polygons that share a border, not only a corner."""
    shapely = _shapely()
    if not shapes:
        return []
    whole = [shapely.make_valid(s) if s is not None else shapely.Polygon() for s in shapes]
    touching = shapely.STRtree(whole).query(whole, predicate="intersects").T.tolist()
    pairs = [(one, other) for one, other in touching if one < other]
    return [
        (one, other) for one, other in pairs if _is_border(whole[one].intersection(whole[other]))
    ]


def _is_border(shared: Any) -> bool:
    return bool(shared.length or shared.area)


def _shapely() -> Any:
    try:
        import shapely
        import shapely.geometry
    except ImportError as error:
        raise SourceError(say("geo_extra")) from error
    return shapely
