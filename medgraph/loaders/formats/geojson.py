"""Read areas from polygons and facilities from points: GeoJSON files and GeoDataFrames.

Of each polygon its `boundary` is kept as GeoJSON, a point inside it (`lon`, `lat`, WGS-84), from
which maps derive the area's tile, and of each two that share a border an ADJACENT_TO link. A
facility that states no area lies in the smallest polygon around its point.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from medgraph.errors import SourceError
from medgraph.graphmodel import coordinates, register, schema
from medgraph.graphmodel.canonical import as_table, canonical, present
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.graphmodel.origin import Origin
from medgraph.loaders.formats import single_file
from medgraph.loaders.formats.geojson_writing import is_ours, load_ours, part_held, write
from medgraph.loaders.json_content import has_key
from medgraph.loaders.loaded import LeftRow
from medgraph.loaders.parsers import parsing
from medgraph.loaders.tabular.accounting import accept
from medgraph.words.say import problem, say
from medgraph.words.vocabularies import fold, word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import geopandas

    from medgraph.loaders.loaded import Loaded

__all__ = ["from_geodataframe", "is_geojson", "load", "located", "of_frames", "part_held", "write"]

_COLLECTION = rb'"type"\s*:\s*"FeatureCollection"'
# What map makers call the code and the name of an area, beside the words of the schema.
_ALSO = {"code": "id", "adcode": "id", "gb": "id", "name_zh": "name"}
_ENDS = ("source", "relation", "target")
_ODD_STATUS = "attr:status"  # of a facility whose status is none of our words
_READ = frozenset({"Point", "MultiPoint", "Polygon", "MultiPolygon"})
_WGS84 = 4326  # its EPSG code
_BEYOND_ALL = 1e9  # no coordinate is so large, in whatever unit
_PART = 0.5  # of the smaller of two polygons, which then is a part of the larger
_CODE_LENGTH, _SHORT_CODES = 12, (2, 4, 6, 9)


def is_geojson(path: Path) -> bool:
    """Whether a JSON file of others holds a collection of features."""
    return has_key(path, _COLLECTION)


def load(source: Path, *, lenient: bool = False) -> Loaded:
    """Read the areas and the facilities of a GeoJSON file.

    Degrees are WGS-84 (RFC 7946), unless a feature states its `crs`.
    """
    data = single_file.read_json(source, "not_geojson")
    if is_ours(data):
        return load_ours(data, source, lenient=lenient)
    shapely = _shapely()
    with parsing("not_geojson", source):
        features = data["features"]
        rows = [dict(feature["properties"] or {}) for feature in features]
        outlines = [feature["geometry"] for feature in features]
        with np.errstate(all="ignore"):
            shapes = [shapely.geometry.shape(one) if one else None for one in outlines]
    if not np.all(np.abs(shapely.get_coordinates(shapes)) < _BEYOND_ALL):
        raise SourceError(say("not_geojson", path=source, reason=say("geo_no_number")))
    return _places(rows, shapes, source.name, lenient=lenient)


def from_geodataframe(frame: geopandas.GeoDataFrame) -> MedicalNetwork:
    """Return the areas of a GeoDataFrame as a network of areas and ADJACENT_TO links.

    The columns are those of the table `areas`, in Chinese or English, with `id` a 12-digit code or
    a shorter one; points are facilities. Raise SourceError where no coordinate system is stated or
    an area is faulty.
    """
    return of_frames([frame], "GeoDataFrame").require()


def of_frames(
    frames: Sequence[geopandas.GeoDataFrame],
    file: str,
    *,
    left: Sequence[LeftRow] = (),
    lenient: bool = False,
) -> Loaded:
    """Return what is loaded of the layers of one file, of which some rows are `left` already.

    Raise SourceError where a layer states no coordinate system.
    """
    rows: list[Mapping[str, Any]] = []
    shapes: list[Any] = []
    for frame in frames:
        if frame.crs is None:
            raise SourceError(say("geo_no_crs"))
        degrees = frame.to_crs(_WGS84)
        shapes += list(degrees.geometry)
        stated = degrees.drop(columns=degrees.geometry.name).astype(object)
        names = [str(name) for name in stated.columns]
        rows += [  # a row for each shape, also where a layer states nothing besides
            {name: _plain(value) for name, value in named if not _is_missing(value)}
            for named in (zip(names, row, strict=True) for row in stated.to_numpy().tolist())
        ]
    return _places(rows, shapes, file, left=left, lenient=lenient)


def _plain(value: Any) -> Any:
    """A value as JSON could hold it: days as text."""
    return value.isoformat()[:10] if hasattr(value, "isoformat") else value


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


def _places(
    rows: Sequence[Mapping[str, Any]],
    shapes: Sequence[Any],
    file: str,
    *,
    left: Sequence[LeftRow] = (),
    lenient: bool = False,
) -> Loaded:
    nodes: list[dict[str, Any]] = []
    left, kept = [*left], []
    for number, (row, shape) in enumerate(zip(rows, shapes, strict=True)):
        if shape is not None and shape.geom_type not in _READ:
            reason = say("geo_no_place", value=shape.geom_type)
            left.append(LeftRow(f"{file}![{number}]", reason))
            continue
        nodes.append(_node(row, shape, Origin(file, "", f"[{number}]", "typed")))
        kept.append(shape)
    shapes = kept
    zeros = [node for node in nodes if node["kind"] == "Facility" and coordinates.is_nowhere(node)]
    for node in zeros:
        del node["lon"], node["lat"], node["crs"]
    areas = [place for place, node in enumerate(nodes) if node["kind"] == "Area"]
    if areas and not any("id" in nodes[place] for place in areas):
        raise SourceError(say("geo_no_id", known=", ".join(_titles_of_ids())))
    outlines = [shapes[place] for place in areas]
    of_areas = [nodes[place] for place in areas]
    nodes = _lying_in(nodes, shapes, of_areas, outlines)
    node_table, wrong_nodes = single_file.typed("nodes", nodes)
    edge_table, wrong_edges = single_file.typed("edges", borders(of_areas, outlines, file))
    node_table, _ = coordinates.to_wgs84(canonical(node_table, schema.field_types()))
    meta: dict[str, str] = {}
    if areas:
        meta = {"links.ADJACENT_TO.complete": "complete", "links.ADJACENT_TO.complete_by": file}
    found = [*wrong_nodes, *wrong_edges]
    odd = [node for node in nodes if _ODD_STATUS in node]
    notes = [problem("W264", _place_of(node), str(node[_ODD_STATUS])) for node in odd]
    notes += [problem("W265", _place_of(node), str(node["id"])) for node in zeros]
    loaded = accept(
        node_table, edge_table, meta, lenient=lenient, found=found, left=left, notes=notes
    )
    return loaded.doubting(node["id"] for node in odd if node["id"])


def _place_of(node: Mapping[str, Any]) -> str:
    file, _, number, *_ = str(node["origin"]).split("|")
    return f"{file}!{number}"


def _node(properties: Mapping[str, Any], shape: Any, origin: Origin) -> dict[str, Any]:
    """The row of one area or facility: its properties by our names, its code, a point inside it."""
    if _is_point(shape):
        return _facility(properties, shape, origin)
    row = _named(properties, schema.AREAS)
    if "id" in row:
        row["id"] = _full_code(str(row["id"]).removesuffix(".0"))
        if row["id"].isdecimal():
            row.setdefault("level", register.level_of(row["id"]))
            row.setdefault("type", register.kind_of(row["id"]))
    if shape is not None and not shape.is_empty:
        found = placed(shape)
        row |= {name: found[name] for name in ("lon", "lat")}
        row.setdefault("crs", found["crs"])
        if row["crs"] == found["crs"]:
            row.setdefault("boundary", found["boundary"])
    return {**row, "kind": "Area", "origin": str(origin)}


def placed(shape: Any) -> dict[str, Any]:
    """Return what an outline in WGS-84 says of an area: a point inside it, and its boundary."""
    inside = shape.representative_point()
    point = {"lon": round(inside.x, 6), "lat": round(inside.y, 6), "crs": "WGS-84"}
    return {**point, "boundary": _boundary(shape)}


def _boundary(shape: Any) -> str:
    """An outline as GeoJSON, to the decimetre; shifted ones are not kept, as they would lie."""
    shapely = _shapely()
    text: str = shapely.to_geojson(shapely.transform(shape, lambda degrees: np.round(degrees, 6)))
    return text


def shape_of(geometry: Mapping[str, Any]) -> Any:
    """Return the shape of a GeoJSON geometry; raise SourceError where it is none."""
    shapely = _shapely()
    try:
        with np.errstate(all="ignore"):
            shape = shapely.geometry.shape(geometry)
        is_sane = bool(np.all(np.abs(shapely.get_coordinates(shape)) < _BEYOND_ALL))
    except Exception as error:
        raise SourceError(say("geo_no_number")) from error
    if not is_sane or shape.is_empty:
        raise SourceError(say("geo_no_number"))
    return shape


def _is_point(shape: Any) -> bool:
    return shape is not None and shape.geom_type in ("Point", "MultiPoint")


def _facility(properties: Mapping[str, Any], shape: Any, origin: Origin) -> dict[str, Any]:
    """The row of one facility; words that are none of ours are kept as they are found."""
    row: dict[str, Any] = {}
    for name, value in _named(properties, schema.FACILITIES).items():
        field = schema.FACILITIES.field(name)
        is_word = field is None or not field.vocabulary or field.type == "boolean"
        ours = None if is_word or field is None else word(field.vocabulary or "", str(value))
        if is_word or ours:
            row[name] = ours or value
        else:
            row[f"attr:{name}"] = value
    if not shape.is_empty:
        inside = shape.representative_point()
        row |= {"lon": round(inside.x, 6), "lat": round(inside.y, 6)}
        row.setdefault("crs", "WGS-84")
    id = str(row.get("id", row.get("name", ""))) or None
    return {**row, "id": id, "kind": "Facility", "origin": str(origin)}


def _named(properties: Mapping[str, Any], table: schema.Table) -> dict[str, Any]:
    """Properties by the names of the fields of a table; what is no plain value is left."""
    row: dict[str, Any] = {}
    for key, value in properties.items():
        name = _field(key, table)
        if value is not None and not isinstance(value, list | dict) and name not in _ENDS:
            row.setdefault(name, value)
    return row


def _lying_in(
    nodes: list[dict[str, Any]],
    shapes: Sequence[Any],
    areas: Sequence[dict[str, Any]],
    outlines: Sequence[Any],
) -> list[dict[str, Any]]:
    """The nodes, of which facilities without an area have that of the smallest polygon around."""
    whole = [area for area in zip(areas, outlines, strict=True) if "id" in area[0] and area[1]]
    if not whole:
        return nodes
    shapely = _shapely()
    valid = [shapely.make_valid(outline) for _, outline in whole]
    tree, sizes = shapely.STRtree(valid), [outline.area for outline in valid]
    placed = []
    for node, shape in zip(nodes, shapes, strict=True):
        if node["kind"] == "Facility" and "area" not in node and "lon" in node:
            around = tree.query(shape.representative_point(), predicate="within").tolist()
            if around:
                smallest = min(around, key=sizes.__getitem__)
                node = {**node, "area": whole[smallest][0]["id"]}
        placed.append(node)
    return placed


def _titles_of_ids() -> list[str]:
    """What a property that holds the code of an area may be called."""
    code = schema.AREAS.fields[0]
    return [code.name, *(key for key, name in _ALSO.items() if name == code.name), code.zh]


def _field(key: str, table: schema.Table) -> str:
    """Our name of a property."""
    return schema.headers(table.name).get(fold(key)) or _ALSO.get(fold(key), key)


def _full_code(code: str) -> str:
    is_short = code.isdecimal() and len(code) in _SHORT_CODES
    return code.ljust(_CODE_LENGTH, "0") if is_short else code


def borders(
    nodes: Sequence[dict[str, Any]], shapes: Sequence[Any], file: str
) -> list[dict[str, Any]]:
    """Return a link for each two areas with ids that share a border."""
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
    return [(one, other) for one, other in pairs if _are_neighbours(whole[one], whole[other])]


def _are_neighbours(one: Any, other: Any) -> bool:
    """Whether two polygons share a border; one that lies within the other is a part of it."""
    shared = one.intersection(other)
    is_part = shared.area > _PART * min(one.area, other.area)
    return bool(shared.length or shared.area) and not is_part


def _shapely() -> Any:
    try:
        import shapely
        import shapely.geometry
    except ImportError as error:
        raise SourceError(say("geo_extra")) from error
    return shapely
