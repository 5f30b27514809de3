"""Check coordinates: both or none, in degrees, on the earth, in a stated system."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel.arrays.chunks import mask_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medgraph.graphmodel.arrays.types import Mask
    from medgraph.graphmodel.checks.fault import Part, TableFault

_SURELY_METRES = 1000  # no degree is so large


def points(nodes: Part) -> Iterator[TableFault]:
    """Find coordinates that cannot be a place on the earth, and those of no stated system."""
    if not nodes.has("lon") and not nodes.has("lat"):
        return
    lon, lat = (nodes.column(name, pa.float64()) for name in ("lon", "lat"))
    has_lon, has_lat = mask_of(lon.is_valid()), mask_of(lat.is_valid())

    def said(row: int) -> dict[str, str]:
        return {"value": f"{_degrees(lon[row].as_py())}, {_degrees(lat[row].as_py())}"}

    is_metres = _beyond(lon, _SURELY_METRES) | _beyond(lat, _SURELY_METRES)
    is_zero = mask_of(pc.equal(lon, 0)) & mask_of(pc.equal(lat, 0))
    is_impossible = (_beyond(lon, 180) | _beyond(lat, 90) | is_zero) & ~is_metres
    has_no_system = mask_of(nodes.column("crs", pa.string()).is_null())
    is_silent = has_lon & has_lat & has_no_system & ~(is_impossible | is_metres)
    yield from nodes.fault("E060", "lon", has_lon ^ has_lat, said)
    yield from nodes.fault("E061", "lon", is_metres, said)
    yield from nodes.fault("E062", "lon", is_impossible, said)
    yield from nodes.fault("W063", "lon", is_silent, said)


def _degrees(value: float | None) -> str:
    return "0" if value == 0 else str(value)


def _beyond(degrees: pa.ChunkedArray, most: float) -> Mask:
    return mask_of(pc.greater(pc.abs(degrees), most))
