"""The map by points: true distances, the dense core again, what has no point is said, nothing runs."""

from __future__ import annotations

import json
import re

import numpy as np
import pandas as pd
import pytest

from medgraph.errors import OptionError, SourceError
from medgraph.graphmodel import coordinates
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders import samples
from medgraph.visuals.geo_map import geo_map
from tests.browser import CANARIES, opened


def placed(points, **meta):
    """Facilities F0, F1, ... at these points; None: without one."""
    rows = [
        {"id": f"F{i}", "kind": "Facility", "name": f"第{i}医院", "type": "general_hospital"}
        | ({} if at is None else {"lon": at[0], "lat": at[1]})
        for i, at in enumerate(points)
    ]
    return MedicalNetwork.from_frames(pd.DataFrame(rows), None, {"data_day": "2024-01-01", **meta})


def drawn(figure):
    """Where the marks of the first window stand, in the order they are drawn."""
    window = figure.svg.split('clip-path="url(#mg-main)"')[1].split("</clipPath>")[0]
    return [
        tuple(map(float, at))
        for at in re.findall(
            r"<title>[^<]*</title><path[^>]*translate\(([\d.]+) ([\d.]+)\)", window
        )
    ]


def test_kilometres_are_the_same_in_both_directions():
    """At 60 degrees north a degree of longitude is half as long as one of latitude (cosine 0.5)."""
    (x0, y0), (x1, y1), (_, y2) = drawn(geo_map(placed([(10, 60), (11, 60), (10, 60.5)])))
    east, north = x1 - x0, y0 - y2
    # cosine of the middle latitude 60.25: 0.4962; 1 degree * 0.4962 against 0.5 degrees
    assert east / north == pytest.approx(0.4962 / 0.5, abs=0.002)
    assert y0 == y1


def test_what_states_no_point_is_counted_and_said():
    """Two of three facilities have a point; the picture and its counts say that one has none."""
    figure = geo_map(placed([(120, 28), (121, 28), None]), lang="en")
    assert figure.counts == {"shown": 2, "all": 3, "without": 1, "bad": 0}
    assert "2 of 3 points drawn" in figure.svg
    assert "1 state no coordinates" in figure.svg
    with pytest.raises(OptionError, match="tiles"):
        geo_map(placed([None]))


def test_a_gap_is_red_and_named():
    """What `color_by` calls a gap stands in red with its name and is counted."""
    figure = geo_map(placed([(120, 28), (121, 28)]), color_by=pd.Series({"F1": "gap"}))
    assert figure.counts["bad"] == 1
    assert re.search(r'fill="#C8102E"[^>]*>第1医院<', figure.svg)


def test_the_dense_core_is_drawn_again():
    """Forty points in one town and four far away: the town stands in an inset, with how many points it has."""
    rng = np.random.default_rng(1)
    town = [(121 + x, 28.5 + y) for x, y in rng.uniform(-0.01, 0.01, (40, 2))]
    figure = geo_map(placed([*town, (119, 27), (123, 27), (119, 30), (123, 30)]), lang="en")
    assert "mg-core" in figure.svg
    assert "mg-core" not in geo_map(placed([(119, 27), (123, 30)])).svg


def test_outlines_of_another_system_are_shifted(tmp_path):
    """A line in GCJ-02 through a point falls on that point once its system is declared."""
    lon, lat = coordinates.to_gcj02(np.array([121.0, 121.5]), np.array([28.0, 28.0]))
    line = {"type": "LineString", "coordinates": np.column_stack([lon, lat]).tolist()}
    path = tmp_path / "界线.geojson"
    path.write_text(json.dumps({"type": "Feature", "geometry": line}), encoding="utf-8")
    net = placed([(121, 28), (121.5, 28)])
    figure = geo_map(net, boundaries=path, crs="GCJ-02")
    ends = re.search(r'd="M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)"', figure.svg)
    assert list(map(float, ends.groups())) == pytest.approx(list(np.ravel(drawn(figure))), abs=0.2)
    with pytest.raises(OptionError):
        geo_map(net, boundaries=path, crs="GCJ02x")
    path.write_text("{", encoding="utf-8")
    with pytest.raises(SourceError):
        geo_map(net, boundaries=path)


@pytest.mark.parametrize("trusting", [False, True])
def test_the_map_passes_the_gate(chromium, hostile, tmp_path, trusting):
    """Hostile names stay text, nothing is asked of the network, and no two labels lie on one another."""
    nodes, edges = hostile.nodes().reset_index(), hostile.edges()
    far = nodes["kind"].isin(["Facility", "Area"])
    nodes.loc[far, "lon"], nodes.loc[far, "lat"] = (
        120 + np.arange(far.sum()) / 9,
        28 + np.arange(far.sum()) % 5 / 9,
    )
    net = MedicalNetwork.from_frames(nodes, edges, hostile.meta)
    gaps = pd.Series(dict.fromkeys(net.nodes("Area").index[:3], "gap"))
    figure = geo_map(net, color_by=gaps)
    assert any(part in figure.svg for part in ("&lt;script", "&lt;img"))
    assert CANARIES[0] not in figure.svg
    with opened(chromium, figure.save(tmp_path / "位置 图.html"), trusting=trusting) as it:
        it.verify()
        assert it.overlaps("svg g text") == []


def test_the_network_is_unchanged_and_the_picture_the_same_twice():
    """Drawing changes nothing, and the same network gives the same bytes."""
    net = samples.synthetic(scale="county")
    before = [table.to_pydict() for table in net.tables]
    assert geo_map(net).svg == geo_map(net).svg
    assert [table.to_pydict() for table in net.tables] == before
