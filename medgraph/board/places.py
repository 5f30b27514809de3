"""Say where areas and facilities lie, for the map by coordinates that the board draws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from medgraph.visuals.geo_plane import Box, Window, own_outlines, scale_step

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Floats, Mask
    from medgraph.graphmodel.network import MedicalNetwork

WIDE, HIGH = 1000.0, 640.0


def has_places(net: MedicalNetwork) -> bool:
    """Whether an area or a facility of a network states a point."""
    return bool(_located(net)[2].any())


def places(net: MedicalNetwork) -> dict[str, Any]:
    """Return the place of every area and facility that states a point, north up, and outlines.

    A kilometre is as long in both directions, as on `medgraph map geo`.
    """
    lon, lat, located = _located(net)
    found: dict[str, Any] = {"wide": WIDE, "high": HIGH, "points": {}, "outlines": [], "scale": {}}
    if not located.any():
        return found
    window = Window.on(Box.around(lon[located], lat[located]), 0, 0, WIDE, HIGH)
    ids = net.index.ids.take(np.flatnonzero(located)).to_pylist()
    across, down = (axis.round(1) for axis in window.place(lon[located], lat[located]))
    step = scale_step(WIDE / window.scale)
    boundaries = net.index.values("boundary").drop_null().to_pylist()
    return {
        **found,
        "points": dict(zip(ids, zip(across.tolist(), down.tolist(), strict=True), strict=True)),
        "outlines": [_line(window, line) for line in own_outlines(boundaries)],
        "scale": {"km": step, "wide": step * window.scale},
    }


def _located(net: MedicalNetwork) -> tuple[Floats, Floats, Mask]:
    """The degrees of every node, and which of them are areas and facilities that state some."""
    index = net.index
    lon, lat = (
        index.values(name).cast("float64").to_numpy(zero_copy_only=False) for name in ("lon", "lat")
    )
    is_drawn = index.is_kind("Area") | index.is_kind("Facility")
    return lon, lat, is_drawn & ~(np.isnan(lon) | np.isnan(lat))


def _line(window: Window, line: Floats) -> list[list[float]]:
    across, down = window.place(line[:, 0], line[:, 1])
    return np.column_stack([across, down]).round(1).tolist()  # type: ignore[no-any-return]
