"""Polygons of catchments and isochrones: dissolved from areas, or the ground that was reached."""

from __future__ import annotations

import json
import random

import pandas as pd
import pytest
import shapely
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from medgraph.cli import cli
from medgraph.errors import OptionError
from medgraph.queries import coverage
from tests.queries.coverage.test_access import LINKS, A, B, C, matrix
from tests.queries.networks import COMPLETE, network


def square(west: float) -> str:
    """A tenth of a degree in both directions."""
    ring = [[west, 28], [west + 0.1, 28], [west + 0.1, 28.1], [west, 28.1], [west, 28]]
    return json.dumps({"type": "Polygon", "coordinates": [ring]}, separators=(",", ":"))


NODES = f"""
    {A} Area population=1000 boundary={square(121.0)}
    {B} Area population=2000 boundary={square(121.1)}
    {C} Area population=500
    F1 Facility type=general_hospital level=2A lon=121.05 lat=28.05 crs=WGS-84
    F2 Facility type=general_hospital level=3A
    G1 Group type=urban_medical_group
"""


def net(nodes: str = NODES):
    return network(nodes, LINKS, **COMPLETE)


def shape_of(feature: dict):
    return shapely.from_geojson(json.dumps(feature["geometry"]))


def test_a_catchment_is_dissolved_from_its_areas():
    """F1 has A and B, which become one rectangle; F2 has C, of which there is no outline."""
    drawn = coverage.outlines(net(), coverage.catchments(net(), times=matrix()))
    first, second = drawn["features"]
    other = shape_of(first).symmetric_difference(shapely.box(121.0, 28, 121.2, 28.1))
    assert other.area == pytest.approx(0, abs=1e-12)
    assert (first["properties"]["areas"], first["properties"]["without_outline"]) == ([A, B], 0)
    assert first["properties"]["status"] == "assigned"
    assert (second["geometry"], second["properties"]["without_outline"]) == (None, 1)


def test_ties_and_what_is_not_known_are_features_of_their_own():
    """B is as near to both; of C a time is missing."""
    answer = coverage.catchments(net(), times=matrix({(B, "F2"): 10, (C, "F1"): None}))
    told = [feature["properties"] for feature in coverage.outlines(net(), answer)["features"]]
    assert [(row["facility"], row["status"]) for row in told] == [
        ("F1", "assigned"),
        ("F1|F2", "tied"),
        ("F2", "unknown"),
    ]


def test_isochrones_of_a_table_are_those_of_areas():
    """Within five minutes of F1 lies A alone."""
    answer = coverage.isochrones(net(), times=matrix(), minutes=(5, 10))
    drawn = {
        (row["properties"]["facility"], row["properties"]["minutes"]): row
        for row in coverage.outlines(net(), answer)["features"]
    }
    assert shape_of(drawn["F1", 5.0]).equals(shapely.box(121.0, 28, 121.1, 28.1))
    assert drawn["F2", 5.0]["geometry"] is None


def test_a_straight_line_makes_a_circle():
    """Thirty km/h for ten minutes are five km, so the box around is ten km high."""
    line = coverage.StraightLine(30)
    answer = coverage.isochrones(net(), travel=line, minutes=(10,))
    drawn = coverage.outlines(net(), answer, travel=line)
    west, south, east, north = shape_of(drawn["features"][0]).bounds
    assert (north - south) * 111.195 == pytest.approx(10, rel=1e-3)
    assert (west + east) / 2 == pytest.approx(121.05)
    assert drawn["features"][1]["geometry"] is None  # F2 states no point


def road_network(seed: int):
    """Thirty road nodes at random, a ring and some ways across, and areas around them."""
    draw = random.Random(seed)
    nodes = pd.DataFrame(
        [(str(at), 121 + draw.random() / 5, 28 + draw.random() / 5) for at in range(30)],
        columns=["node", "lon", "lat"],
    )
    ways = [(at, (at + 1) % 30) for at in range(30)]
    ways += [tuple(draw.sample(range(30), 2)) for _ in range(10)]
    edges = pd.DataFrame(
        [(str(one), str(other), draw.randint(1, 6)) for one, other in ways],
        columns=["from", "to", "minutes"],
    ).assign(oneway=[draw.choice(["yes", "no"]) for _ in ways])
    areas = "\n".join(
        f"33100100{at}000 Area population=1 lon={121 + draw.random() / 5} "
        f"lat={28 + draw.random() / 5} crs=WGS-84"
        for at in range(1, 9)
    )
    here = nodes.iloc[draw.randrange(30)]
    hospital = f"F1 Facility type=general_hospital lon={here['lon']} lat={here['lat']} crs=WGS-84"
    return network(f"{areas}\n{hospital}", **COMPLETE), coverage.Roads(nodes, edges, snap_km=2)


@given(st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_what_lies_on_the_ground_is_what_was_counted(seed):
    """A law: an area is on the polygon of a limit if and only if it is in its row."""
    there, roads = road_network(seed)
    answer = coverage.isochrones(there, travel=roads, minutes=(8, 20))
    points = {id: shapely.Point(row.lon, row.lat) for id, row in there.nodes("Area").iterrows()}
    for feature in coverage.outlines(there, answer, travel=roads)["features"]:
        ground, stated = shape_of(feature), feature["properties"]["areas"]
        for id, point in points.items():
            is_near_its_edge = ground.boundary.distance(point) < 2e-4  # some twenty metres
            assert is_near_its_edge or ground.contains(point) == (id in stated)


def test_only_ground_is_drawn():
    with pytest.raises(OptionError, match=r"coverage\.served"):
        coverage.outlines(net(), coverage.served(net()))


def test_the_shell_writes_them(tmp_path, monkeypatch):
    """With the stamps of the network, beside the table."""
    monkeypatch.chdir(tmp_path)
    run = CliRunner()
    assert run.invoke(cli, ["sample", "taizhou", "demo"]).exit_code == 0
    line = ["coverage", "isochrones", "demo", "--speed-kmh", "30", "--minutes", "10"]
    found = run.invoke(cli, [*line, "--outlines", "ground.geojson"], standalone_mode=False)
    assert found.exit_code == 0, found.output
    drawn = json.loads((tmp_path / "ground.geojson").read_text(encoding="utf-8"))
    assert drawn["stamps"]
    assert drawn["query"] == "coverage.isochrones"
