"""Find points that are far from where they should be: outside their province, or off their county.

A point whose degrees are swapped, or one of whose digits slipped, is a place on the earth like any
other; only where it stands tells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel import register
from medgraph.graphmodel.arrays.chunks import mask_of
from medgraph.graphmodel.coordinates import KM_PER_DEGREE
from medgraph.graphmodel.provinces import ALL, BOXES, Box

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medgraph.graphmodel.arrays.types import Floats, Mask, Positions
    from medgraph.graphmodel.checks.fault import Part, TableFault
    from medgraph.graphmodel.checks.links import LinkEnds

_SLACK = 0.1  # degrees: what a box is rounded by, and what systems of coordinates differ by
_FEW, _MANY = 2, 5  # points of a county: fewer have no other, more tell where it is
_FARTHER = 10  # times as far as the others mostly are from their middle
_FAR_KM, _WIDEST_KM = 50, 500
_CODE = r"^[0-9]{6}"
_NOWHERE, _MADE_UP = "", "made up"
_NOT_IN_REGISTER = ("71", "81", "82")


def far_points(nodes: Part, edges: Part, ends: LinkEnds) -> Iterator[TableFault]:
    """Find points outside the province of their area, and those far from all others of a county.

    A facility stands in its area, else in the first that it serves. One of which neither is known
    lies at least in the country, where others of the network do. Of a made-up code nobody knows
    where it is.
    """
    if not nodes.has("lon", "lat"):
        return
    lon, lat = _degrees(nodes, "lon"), _degrees(nodes, "lat")
    has_point = (np.abs(lon) <= 180) & (np.abs(lat) <= 90) & ~((lon == 0) & (lat == 0))
    rows = np.flatnonzero(has_point)
    if not len(rows):
        return
    counties = _counties(nodes, edges, ends)
    provinces = _provinces(counties.take(pa.array(rows)))
    is_here = pc.any(pc.not_equal(counties, "")).as_py()
    is_away = _is_away(lon[rows], lat[rows], provinces, ALL if is_here else None)

    def said(row: int) -> dict[str, str]:
        code = _province(counties[row].as_py())
        value = f"{lon[row]:g}, {lat[row]:g}"
        return {"value": value, "area": register.names([code]).get(code, code)}

    yield from nodes.fault_at("W065", "lon", rows[is_away & (provinces != _NOWHERE)], said)
    yield from nodes.fault_at("W066", "lon", rows[is_away & (provinces == _NOWHERE)], said)
    yield from _off_their_county(nodes, rows[~is_away], counties, lon, lat)


def _provinces(counties: pa.Array) -> np.ndarray:
    """The province of each county, each county looked up once."""
    encoded = counties.dictionary_encode()
    each = [_province(county) for county in (*encoded.dictionary.to_pylist(), None)]
    found: np.ndarray = np.array(each)[np.asarray(pc.fill_null(encoded.indices, -1))]
    return found


def _province(county: str | None) -> str:
    """The province of a county: none where it is not stated, and another where it is made up."""
    if county is None:
        return _NOWHERE
    is_real = county[:4] in register.prefectures() or county[:2] in _NOT_IN_REGISTER
    return county[:2] if is_real else _MADE_UP


def _degrees(nodes: Part, name: str) -> Floats:
    return np.asarray(pc.fill_null(nodes.column(name, pa.float64()), np.nan), float)


def _counties(nodes: Part, edges: Part, ends: LinkEnds) -> pa.Array:
    """The six digits of the county in which each node stands: none in a place without a code.

    Null where no place is stated.
    """
    is_area = pc.equal(nodes.table["kind"], "Area")
    ids = nodes.table["id"].cast(pa.string())
    stated = nodes.column("area", pa.string()).cast(pa.string())
    places = pc.if_else(is_area, ids, pc.coalesce(stated, _served(nodes, edges, ends, ids)))
    is_code = pc.match_substring_regex(places, _CODE)
    found = pc.if_else(is_code, pc.utf8_slice_codeunits(places, 0, 6), "")
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found


def _served(nodes: Part, edges: Part, ends: LinkEnds, ids: pa.ChunkedArray) -> pa.Array:
    """The first area that each node serves."""
    first = np.full(len(nodes), -1, np.int64)
    rows = ends.of("SERVES") if len(edges) else np.empty(0, np.int64)
    first[ends.source[rows][::-1]] = ends.target[rows][::-1]
    return ids.take(pa.array(first, mask=first < 0))


def _is_away(lon: Floats, lat: Floats, provinces: np.ndarray, country: Box | None) -> Mask:
    """A mask: points outside the box of their province, or of the country where none is known."""
    away = np.zeros(len(lon), bool)
    boxes = {code: BOXES[code] for code in np.unique(provinces).tolist() if code in BOXES}
    if country is not None:
        boxes[_NOWHERE] = country
    for code, box in boxes.items():
        here = provinces == code
        away[here] = _outside(lon[here], lat[here], box)
    return away


def _outside(lon: Floats, lat: Floats, box: Box) -> Mask:
    between = (lon >= box.west - _SLACK) & (lon <= box.east + _SLACK)
    between &= (lat >= box.south - _SLACK) & (lat <= box.north + _SLACK)
    return ~between


def _off_their_county(
    nodes: Part, rows: Positions, counties: pa.Array, lon: Floats, lat: Floats
) -> Iterator[TableFault]:
    """Points far from the others of their county."""
    rows = rows[mask_of(pc.not_equal(counties, ""))[rows]]
    number = counties.take(pa.array(rows)).dictionary_encode().indices.to_numpy()
    order = np.argsort(number, kind="stable")
    starts = np.flatnonzero(np.diff(number[order], prepend=-1))
    km: dict[int, float] = {}
    for group in np.split(rows[order], starts[1:]):
        distance, most = _from_others(lon[group], lat[group])
        far = distance > most
        km.update(zip(group[far].tolist(), distance[far].tolist(), strict=True))

    def said(row: int) -> dict[str, str]:
        return {"value": f"{lon[row]:g}, {lat[row]:g}", "km": f"{km[row]:.0f}"}

    yield from nodes.fault_at("W067", "lon", np.array(sorted(km), np.int64), said)


def _from_others(lon: Floats, lat: Floats) -> tuple[Floats, float]:
    """How many kilometres points of one county lie from the others, and how many they may.

    Many tell where the middle of them is, and how far from it they mostly are; of a few each has
    another within the widest county.
    """
    if len(lon) >= _MANY:
        from_middle = _km(lon, lat, np.median(lon), np.median(lat))
        return from_middle, max(_FAR_KM, _FARTHER * float(np.median(from_middle)))
    if len(lon) < _FEW:
        return np.zeros(len(lon)), _WIDEST_KM
    between = _km(lon, lat, lon[:, None], lat[:, None])
    np.fill_diagonal(between, np.inf)
    return between.min(axis=0), _WIDEST_KM


def _km(lon: Floats, lat: Floats, to_lon: Any, to_lat: Any) -> Floats:
    """Kilometres to other points; near enough to tell a county from another."""
    east = (lon - to_lon) * np.cos(np.radians(np.median(lat)))
    found: Floats = np.hypot(east, lat - to_lat) * KM_PER_DEGREE
    return found
