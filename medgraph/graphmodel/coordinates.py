"""Bring points of the systems in use in China to WGS-84.

GCJ-02 and BD-09 shift every point in China by some 100 to 700 metres. Their formulas have no exact
inverse; the one here is iterated until it is good to less than a millimetre on the way there and back.
Outside China nothing is shifted. CGCS2000 differs from WGS-84 by centimetres and is taken as it.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_A = 6_378_245.0  # Krasovsky 1940: semi-major axis in metres, and eccentricity squared
_EE = 0.006_693_421_622_965_943
_BD = np.pi * 3000.0 / 180.0


def to_wgs84(nodes: pa.Table) -> tuple[pa.Table, dict[str, np.ndarray]]:
    """Return the node table with every point in WGS-84, and the rows that were shifted, by system."""
    if not {"lon", "lat", "crs"} <= set(nodes.column_names):
        return nodes, {}
    lon, lat = (
        np.asarray(pc.fill_null(nodes[n].cast(pa.float64()), np.nan)).copy() for n in ("lon", "lat")
    )
    sane = (np.abs(lon) <= 180) & (np.abs(lat) <= 90)
    converted: dict[str, np.ndarray] = {}
    for crs, inverse in (("GCJ-02", from_gcj02), ("BD-09", from_bd09), ("CGCS2000", None)):
        rows = np.flatnonzero(np.asarray(pc.fill_null(pc.equal(nodes["crs"], crs), False)) & sane)
        if not len(rows):
            continue
        converted[crs] = rows
        if inverse is not None:
            lon[rows], lat[rows] = inverse(lon[rows], lat[rows])
    if not converted:
        return nodes, {}
    changed = np.zeros(len(nodes), bool)
    changed[np.concatenate(list(converted.values()))] = True
    crs = pc.if_else(pa.array(changed), "WGS-84", nodes["crs"])
    points = (
        ("lon", pa.array(lon, from_pandas=True)),
        ("lat", pa.array(lat, from_pandas=True)),
        ("crs", crs),
    )
    for name, values in points:
        nodes = nodes.set_column(nodes.column_names.index(name), name, values)
    return nodes, converted


def from_gcj02(lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return WGS-84 degrees for GCJ-02 degrees."""
    lon, lat = np.asarray(lon, float), np.asarray(lat, float)
    x, y = lon.copy(), lat.copy()
    for _ in range(10):
        there = to_gcj02(x, y)
        x, y = x - (there[0] - lon), y - (there[1] - lat)
    return np.round(x, 9), np.round(y, 9)


def from_bd09(lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return WGS-84 degrees for BD-09 degrees."""
    lon, lat = np.asarray(lon, float), np.asarray(lat, float)
    x, y = lon - 0.0065, lat - 0.006
    for _ in range(10):
        there = _gcj02_to_bd09(x, y)
        x, y = x - (there[0] - lon), y - (there[1] - lat)
    return from_gcj02(x, y)


def to_gcj02(lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return GCJ-02 degrees for WGS-84 degrees; outside China they are the same."""
    lon, lat = np.asarray(lon, float), np.asarray(lat, float)
    x, y = lon - 105.0, lat - 35.0
    wave = (20 * np.sin(6 * x * np.pi) + 20 * np.sin(2 * x * np.pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * np.sqrt(np.abs(x)) + wave
    north += (20 * np.sin(y * np.pi) + 40 * np.sin(y / 3 * np.pi)) * 2 / 3
    north += (160 * np.sin(y / 12 * np.pi) + 320 * np.sin(y * np.pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * np.sqrt(np.abs(x)) + wave
    east += (20 * np.sin(x * np.pi) + 40 * np.sin(x / 3 * np.pi)) * 2 / 3
    east += (150 * np.sin(x / 12 * np.pi) + 300 * np.sin(x / 30 * np.pi)) * 2 / 3
    radians = lat / 180 * np.pi
    magic = 1 - _EE * np.sin(radians) ** 2
    north = north * 180 / (_A * (1 - _EE) / magic**1.5 * np.pi)
    east = east * 180 / (_A / np.sqrt(magic) * np.cos(radians) * np.pi)
    inside = (lon > 72.004) & (lon < 137.8347) & (lat > 0.8293) & (lat < 55.8271)
    return np.where(inside, lon + east, lon), np.where(inside, lat + north, lat)


def to_bd09(lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return BD-09 degrees for WGS-84 degrees."""
    return _gcj02_to_bd09(*to_gcj02(lon, lat))


def _gcj02_to_bd09(lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _BD)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _BD)
    return radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006
