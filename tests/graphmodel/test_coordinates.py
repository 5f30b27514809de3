"""Coordinates: GCJ-02 and BD-09 come to WGS-84; what is outside China stays."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from medgraph.graphmodel import coordinates

METRE = 1 / 111_000  # degrees of latitude


@given(st.floats(74, 134), st.floats(19, 53))
def test_there_and_back_is_the_same_place(lon, lat):
    """A point shifted to GCJ-02 or BD-09 comes back to within a centimetre."""
    for there, back in (
        (coordinates.to_gcj02, coordinates.from_gcj02),
        (coordinates.to_bd09, coordinates.from_bd09),
    ):
        again = back(*there(np.array([lon]), np.array([lat])))
        assert abs(again[0][0] - lon) < METRE / 100
        assert abs(again[1][0] - lat) < METRE / 100


def test_a_known_pair():
    """Tian'anmen: WGS-84 116.3912, 39.9073 is about 116.3974, 39.9087 in GCJ-02 and 116.4038, 39.9151 in BD-09."""
    lon, lat = coordinates.to_gcj02(np.array([116.3912]), np.array([39.9073]))
    assert abs(lon[0] - 116.3974) < 0.0002
    assert abs(lat[0] - 39.9087) < 0.0002
    lon, lat = coordinates.to_bd09(np.array([116.3912]), np.array([39.9073]))
    assert abs(lon[0] - 116.4038) < 0.0003
    assert abs(lat[0] - 39.9151) < 0.0003


def test_outside_china_nothing_moves():
    """London is where it is in every system."""
    assert coordinates.from_gcj02(np.array([-0.1]), np.array([51.5])) == (
        np.array([-0.1]),
        np.array([51.5]),
    )


def test_a_table_is_converted_by_what_each_row_declares():
    """Only rows with a declared system move; CGCS2000 is taken as WGS-84; undeclared rows stay undeclared."""
    nodes = pa.table(
        {
            "lon": [121.3, 121.3, 121.3, None],
            "lat": [28.6, 28.6, 28.6, None],
            "crs": ["GCJ-02", "CGCS2000", None, "GCJ-02"],
        }
    )
    found, rows = coordinates.to_wgs84(nodes)
    assert found["crs"].to_pylist() == ["WGS-84", "WGS-84", None, "GCJ-02"]
    assert found["lon"].to_pylist()[1:] == [121.3, 121.3, None]
    assert 0.003 < 121.3 - found["lon"][0].as_py() < 0.006
    assert {crs: len(r) for crs, r in rows.items()} == {"GCJ-02": 1, "CGCS2000": 1}
