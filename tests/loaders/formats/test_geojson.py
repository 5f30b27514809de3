"""Polygons become areas with a point inside each and links between those that share a border."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from medgraph import errors
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders import read, write
from medgraph.loaders.formats import geojson
from medgraph.loaders.formats.geojson import part_held
from medgraph.loaders.registry import load

pytest.importorskip("shapely")


def square(x, y, size=1.0):
    """A square of degrees with its south-west corner at (x, y)."""
    ring = [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]
    return {"type": "Polygon", "coordinates": [ring]}


def features(*rows):
    """A FeatureCollection of (properties, geometry)."""
    return {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": p, "geometry": g} for p, g in rows],
    }


@pytest.fixture
def file(tmp_path):
    """West touches middle, north touches middle's corner with west only; the island touches nothing."""
    path = tmp_path / "区划 图.geojson"
    path.write_text(
        json.dumps(
            features(
                ({"adcode": 331003003, "name": "西", "人口": 1200}, square(120, 28)),
                ({"adcode": 331003001, "name": "中", "colour": "red"}, square(121, 28)),
                ({"adcode": 331003002, "name": "北"}, square(122, 29)),
                ({"adcode": 331002101, "name": "岛"}, square(125, 25)),
                ({"adcode": 331002400, "name": "无图"}, None),
            )
        ),
        encoding="utf-8",
    )
    return path


def test_areas_and_neighbours(file):
    """Codes are filled up, words of the table are read, a corner is no border, a missing shape is no area lost."""
    net = read(file)
    areas = net.nodes("Area")
    assert areas.name.to_dict() == {
        "331003003000": "西",
        "331003001000": "中",
        "331003002000": "北",
        "331002101000": "岛",
        "331002400000": "无图",
    }
    assert areas.loc["331003003000", ["type", "level", "population"]].tolist() == [
        "subdistrict",
        "township",
        1200,
    ]
    assert areas.loc["331003001000", "colour"] == "red"
    assert set(zip(net.edges().source, net.edges().target, strict=True)) == {
        ("331003003000", "331003001000")
    }
    assert net.completeness("links.ADJACENT_TO")


def test_a_point_inside_each(file):
    """The point that stands for an area lies in it, in WGS-84."""
    areas = read(file).nodes("Area")
    assert areas.loc["331003003000", ["lon", "lat", "crs"]].tolist() == [120.5, 28.5, "WGS-84"]
    assert areas.loc["331002400000", ["lon", "lat"]].isna().all()


def test_shifted_coordinates_are_converted(tmp_path):
    """A feature that says it is in GCJ-02 comes out in WGS-84, some hundred metres away."""
    path = tmp_path / "a.geojson"
    path.write_text(
        json.dumps(
            features(({"id": "331003003000", "name": "西", "crs": "GCJ-02"}, square(120, 28)))
        ),
        encoding="utf-8",
    )
    area = read(path).nodes("Area").iloc[0]
    assert area.crs == "WGS-84"
    assert 100 < abs(area.lon - 120.5) * 98_000 + abs(area.lat - 28.5) * 111_000 < 1_500


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        '{"type": "FeatureCollection"}',
        '{"features": [{"properties": {}}]}',
        '{"features": [{"properties": {}, "geometry": {"type": "Circle"}}]}',
        *(
            '{"features": [{"properties": {"id": "331003"}, "geometry": {"type": "Polygon", '
            f'"coordinates": [[[0, 0], [0, {number}], [1, 1], [0, 0]]]}}}}]}}'
            for number in ("NaN", "Infinity", "1e308")
        ),
    ],
)
def test_no_feature_collection(tmp_path, content):
    """What is no GeoJSON is refused in one sentence."""
    (tmp_path / "a.geojson").write_text(content, encoding="utf-8")
    with pytest.raises(errors.SourceError, match=r"a\.geojson"):
        read(tmp_path / "a.geojson")


def test_no_features_are_no_areas(tmp_path):
    (tmp_path / "a.geojson").write_text(json.dumps(features()), encoding="utf-8")
    assert load(tmp_path / "a.geojson").require().counts()["areas"] == 0


@pytest.mark.parametrize("nothing", [None, [], {}])
def test_an_area_without_an_outline_has_no_point(tmp_path, nothing):
    collection = json.dumps(
        features(
            ({"id": "331003", "name": "甲"}, nothing),
            ({"id": "331002", "name": "乙"}, square(0, 0)),
        )
    )
    (tmp_path / "a.geojson").write_text(collection, encoding="utf-8")
    assert load(tmp_path / "a.geojson").require().nodes()["lon"].notna().sum() == 1


def test_areas_without_codes_are_refused(tmp_path):
    """Names alone identify nothing."""
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps(features(({"name": "西"}, square(120, 28)))), encoding="utf-8")
    with pytest.raises(errors.SourceError, match="adcode"):
        read(path)


def test_one_code_twice_is_a_problem(tmp_path):
    """Two polygons with one code are named, not merged."""
    path = tmp_path / "a.geojson"
    path.write_text(
        json.dumps(features(*[({"id": "331003003000", "name": n}, square(120, 28)) for n in "ab"])),
        encoding="utf-8",
    )
    assert [p.code for p in load(path).errors] == ["E010"]


def test_facilities_and_areas_are_written(taizhou, tmp_path, file):
    """All their columns come back; what else there is, is counted, and not declared complete."""
    for number, net in enumerate((taizhou, read(file))):
        target = tmp_path / f"{number}.geojson"
        losses = write(net, target)
        assert read(target) == part_held(net).network
        assert any(row.what.startswith("links.") for row in losses.rows)
        features = json.loads(target.read_text("utf-8"))["features"]
        assert {one["properties"]["kind"] for one in features} <= {"Area", "Facility"}
    assert [one["geometry"] and one["geometry"]["type"] for one in features].count("Polygon") == 4
    assert taizhou.completeness("links.MEMBER_OF").state == "complete"
    assert read(tmp_path / "0.geojson").completeness("links.MEMBER_OF").state == "partial"
    assert read(tmp_path / "0.geojson").completeness("facilities") == taizhou.completeness(
        "facilities"
    )


def test_what_was_moved_on_a_map_lies_there(tmp_path):
    """A geometry that somebody changed wins over the columns; a point in GCJ-02 has none."""
    rows = [
        {"id": "A", "kind": "Facility", "name": "甲", "lon": 120.5, "lat": 28.5, "crs": "WGS-84"},
        {"id": "B", "kind": "Facility", "name": "乙", "lon": 120.5, "lat": 28.5, "crs": "GCJ-02"},
    ]
    net = MedicalNetwork.from_frames(pd.DataFrame(rows), None)
    losses = write(net, tmp_path / "a.geojson")
    assert [(row.what, row.count) for row in losses.rows] == [("facilities.geometry", 1)]
    data = json.loads((tmp_path / "a.geojson").read_text("utf-8"))
    assert data["features"][1]["geometry"] is None
    data["features"][0]["geometry"]["coordinates"] = [121, 29, 5]
    (tmp_path / "a.geojson").write_text(json.dumps(data), encoding="utf-8")
    assert read(tmp_path / "a.geojson").nodes()["lon"].tolist() == [121.0, 120.5]


@pytest.mark.parametrize("features", [None, {}, [1], [{"properties": 3}]])
def test_a_spoiled_file_of_ours_is_refused(tmp_path, features):
    """In one sentence."""
    head = {"format": "medgraph", "version": 1, "meta": {}}
    data = {"type": "FeatureCollection", "medgraph": head, "features": features}
    (tmp_path / "a.geojson").write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(errors.SourceError):
        read(tmp_path / "a.geojson")


def test_a_map_of_somebody_else_is_not_written_over(taizhou, file):
    """Nor is it under another suffix."""
    with pytest.raises(errors.TargetError):
        write(taizhou, file)


def test_geodataframe(file):
    """A GeoDataFrame in any declared system gives the same areas; one without a system is refused."""
    geopandas = pytest.importorskip("geopandas")
    frame = geopandas.read_file(file).to_crs(4549)
    ours = geojson.from_geodataframe(frame).nodes("Area")
    theirs = read(file).nodes("Area")
    assert ours[["name", "type"]].equals(theirs[["name", "type"]])
    assert (ours.lon - theirs.lon).abs().max() < 1e-3
    with pytest.raises(errors.SourceError):
        geojson.from_geodataframe(frame.set_crs(None, allow_override=True))


def test_located(taizhou, tmp_path):
    """A network takes points and neighbours from polygons and keeps what it states itself."""
    path = tmp_path / "a.geojson"
    path.write_text(
        json.dumps(
            features(
                ({"adcode": "331003003000", "name": "别名"}, square(120, 28)),
                ({"adcode": "331003001000", "name": "别名"}, square(121, 28)),
            )
        ),
        encoding="utf-8",
    )
    net = geojson.located(taizhou, read(path))
    assert isinstance(net, MedicalNetwork)
    area = net.nodes("Area").loc["331003003000"]
    assert (area["name"], area["lon"], area["tile_x"]) == ("西城街道", 120.5, 5)
    assert net.counts() == taizhou.counts() | {"links": 355}


def test_an_odd_status_leaves_a_doubt_and_a_line_is_no_area(tmp_path):
    """Neither is taken for what it is not, and both are told with their place."""
    line = {"type": "LineString", "coordinates": [[120, 28], [121, 29]]}
    point = {"type": "Point", "coordinates": [120, 28]}
    rows = [({"id": "L", "name": "路"}, line), ({"id": "A", "name": "甲", "状态": "停摆"}, point)]
    (tmp_path / "a.geojson").write_text(json.dumps(features(*rows)), encoding="utf-8")
    loaded = load(tmp_path / "a.geojson")
    assert [row.place for row in loaded.left_rows] == ["a.geojson![0]"]
    assert loaded.left_nodes.doubtful == {"A"}
    told = [(one.place, one.value) for one in loaded.problems if one.code == "W264"]
    assert told == [("a.geojson![1]", "停摆")]


def test_a_point_that_nobody_filled_in_costs_itself_alone(tmp_path):
    """A facility at 0, 0 is told by its id and has no point; all others of the file are read."""
    path = tmp_path / "clinics.geojson"
    places = {"A1": [30.1, -1.2], "A2": [0, 0], "A3": [0, 51.5]}
    rows = [
        ({"id": id, "name": f"clinic {id}"}, {"type": "Point", "coordinates": place})
        for id, place in places.items()
    ]
    path.write_text(json.dumps(features(*rows)), encoding="utf-8")
    loaded = load(path)
    assert [(found.code, found.value) for found in loaded.problems] == [("W265", "A2")]
    nodes = loaded.require().nodes("Facility")
    assert nodes["lon"].notna().to_dict() == {"A1": True, "A2": False, "A3": True}
