"""Bring points of the systems in use in China to WGS-84.

GCJ-02 and BD-09 shift every point in China by some 100 to 700 metres. Their formulas have no exact
inverse; the one here is iterated until it is good to less than a millimetre there and back. Outside
China nothing is shifted. CGCS2000 differs from WGS-84 by centimetres and is taken as it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel.arrays.chunks import mask_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from medgraph.graphmodel.arrays.types import Floats, Mask, Positions

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG
KM_PER_DEGREE = EARTH_RADIUS_KM * np.pi / 180  # of latitude

_AXIS = 6_378_245.0  # Krasovsky 1940: semi-major axis in metres, and eccentricity squared
_ECCENTRICITY_2 = 0.006_693_421_622_965_943
_BD = np.pi * 3000.0 / 180.0
_ROUNDS = 10  # of the iterated inverse
_EAST, _NORTH = (72.004, 137.8347), (0.8293, 55.8271)  # what GCJ-02 takes for China


def to_wgs84(nodes: pa.Table) -> tuple[pa.Table, dict[str, Positions]]:
    """Return the node table with every point in WGS-84, and the rows that were shifted, by system.

    Examples
    --------
    >>> nodes = pa.table({"lon": [121.27], "lat": [28.65], "crs": ["GCJ-02"]})
    >>> table, rows = to_wgs84(nodes)
    >>> [round(table[name][0].as_py(), 4) for name in ("lon", "lat")], table["crs"][0].as_py()
    ([121.2658, 28.6531], 'WGS-84')
    >>> {system: places.tolist() for system, places in rows.items()}
    {'GCJ-02': [0]}
    """
    if not {"lon", "lat", "crs"} <= set(nodes.column_names):
        return nodes, {}
    lon, lat = _degrees(nodes, "lon"), _degrees(nodes, "lat")
    converted: dict[str, Positions] = {}
    is_sane = (np.abs(lon) <= 180) & (np.abs(lat) <= 90)
    for system, inverse in _INVERSES.items():
        rows = np.flatnonzero(mask_of(pc.equal(nodes["crs"], system)) & is_sane)
        if len(rows):
            converted[system] = rows
            lon[rows], lat[rows] = inverse(lon[rows], lat[rows])
    if not converted:
        return nodes, {}
    is_converted = np.zeros(len(nodes), bool)
    is_converted[np.concatenate(list(converted.values()))] = True
    columns = {
        "lon": pa.array(lon, from_pandas=True),
        "lat": pa.array(lat, from_pandas=True),
        "crs": pc.if_else(pa.array(is_converted), "WGS-84", nodes["crs"]),
    }
    for name, values in columns.items():
        nodes = nodes.set_column(nodes.column_names.index(name), name, values)
    return nodes, converted


def is_nowhere(row: Mapping[str, Any]) -> bool:
    """Whether the point of a row is 0, 0: what programs write where nobody filled it in.

    >>> is_nowhere({"lon": 0.0, "lat": 0.0}), is_nowhere({"lon": 0.0, "lat": 51.5}), is_nowhere({})
    (True, False, False)
    """
    return row.get("lon") == 0 and row.get("lat") == 0


def _degrees(nodes: pa.Table, name: str) -> Floats:
    """A column of degrees that may be written to; NaN where there is none."""
    return np.asarray(pc.fill_null(nodes[name].cast(pa.float64()), np.nan)).copy()


def from_gcj02(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Return WGS-84 degrees for GCJ-02 degrees.

    Examples
    --------
    >>> [float(degrees) for degrees in np.round(from_gcj02(121.27, 28.65), 4)]
    [121.2658, 28.6531]
    """
    lon, lat = np.asarray(lon, float), np.asarray(lat, float)
    x, y = _inverted(to_gcj02, lon, lat, lon.copy(), lat.copy())
    return np.round(x, 9), np.round(y, 9)


def from_bd09(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Return WGS-84 degrees for BD-09 degrees.

    Examples
    --------
    >>> [float(degrees) for degrees in np.round(from_bd09(121.27, 28.65), 4)]
    [121.2592, 28.6475]
    """
    lon, lat = np.asarray(lon, float), np.asarray(lat, float)
    return from_gcj02(*_inverted(_gcj02_to_bd09, lon, lat, lon - 0.0065, lat - 0.006))


def _inverted(
    shift: Callable[[Floats, Floats], tuple[Floats, Floats]],
    lon: Floats,
    lat: Floats,
    x: Floats,
    y: Floats,
) -> tuple[Floats, Floats]:
    """The points that `shift` brings to `lon`, `lat`, sought from `x`, `y` on."""
    for _ in range(_ROUNDS):
        there = shift(x, y)
        x, y = x - (there[0] - lon), y - (there[1] - lat)
    return x, y


def to_gcj02(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Return GCJ-02 degrees for WGS-84 degrees; outside China they are the same.

    Examples
    --------
    >>> [float(degrees) for degrees in np.round(to_gcj02(121.2658, 28.6531), 4)]
    [121.27, 28.65]
    >>> [float(degrees) for degrees in to_gcj02(2.35, 48.85)]
    [2.35, 48.85]
    """
    lon, lat = np.asarray(lon, float), np.asarray(lat, float)
    x, y = lon - 105.0, lat - 35.0
    both = 0.1 * x * y + _waves(x, (20, 6), (20, 2))
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.2 * np.sqrt(np.abs(x)) + both
    north += _waves(y, (20, 1), (40, 1 / 3)) + _waves(y, (160, 1 / 12), (320, 1 / 30))
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * np.sqrt(np.abs(x)) + both
    east += _waves(x, (20, 1), (40, 1 / 3)) + _waves(x, (150, 1 / 12), (300, 1 / 30))
    radians = np.radians(lat)
    curve = 1 - _ECCENTRICITY_2 * np.sin(radians) ** 2
    north_degrees = np.degrees(north / (_AXIS * (1 - _ECCENTRICITY_2) / curve**1.5))
    east_degrees = np.degrees(east / (_AXIS / np.sqrt(curve) * np.cos(radians)))
    inside = _is_between(lon, _EAST) & _is_between(lat, _NORTH)
    return np.where(inside, lon + east_degrees, lon), np.where(inside, lat + north_degrees, lat)


def _waves(value: Floats, *waves: tuple[float, float]) -> Floats:
    """The sum of waves, each an amplitude and a frequency, as the formula of GCJ-02 has them."""
    total = np.zeros_like(value)
    for amplitude, frequency in waves:
        total = total + amplitude * np.sin(frequency * value * np.pi)
    return total * 2 / 3


def _is_between(degrees: Floats, bounds: tuple[float, float]) -> Mask:
    return (degrees > bounds[0]) & (degrees < bounds[1])


def to_bd09(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Return BD-09 degrees for WGS-84 degrees.

    Examples
    --------
    >>> [float(degrees) for degrees in np.round(to_bd09(121.2592, 28.6475), 4)]
    [121.27, 28.65]
    """
    return _gcj02_to_bd09(*to_gcj02(lon, lat))


def _gcj02_to_bd09(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _BD)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _BD)
    return radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006


def _as_it_is(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    return lon, lat


# What brings the points of a system to WGS-84.
_INVERSES = {"GCJ-02": from_gcj02, "BD-09": from_bd09, "CGCS2000": _as_it_is}
