"""Files of geographic systems: layers of points and polygons, of ours and of others, and real ones."""

from __future__ import annotations

import json
import sqlite3

import pandas as pd
import pytest

from medgraph.errors import SourceError, TargetError
from medgraph.loaders import registry
from medgraph.loaders.geo.outlines import boundary_of
from medgraph.visuals import geo_map
from medgraph.words.say import speaking

geopandas = pytest.importorskip("geopandas")
pyogrio = pytest.importorskip("pyogrio")
shapely = pytest.importorskip("shapely")


def counties():
    """Two counties side by side, and a township in the western one."""
    boxes = {"331002": shapely.box(120, 28, 121, 29), "331003": shapely.box(121, 28, 122, 29)}
    boxes["331002001"] = shapely.box(120.2, 28.2, 120.8, 28.8)
    return geopandas.GeoDataFrame(
        {"adcode": list(boxes), "name": ["West", "East", "Town"], "人口": [1000, 2000, 300]},
        geometry=list(boxes.values()),
        crs=4326,
    )


def sites():
    """Three clinics: one in the township, one in the east, one at sea."""
    return geopandas.GeoDataFrame(
        {
            "id": ["C1", "C2", "C3"],
            "name": ["One", "Two <b>", "Three"],
            "类型": ["村卫生室", "apothecary", None],
            "built": [pd.Timestamp("2001-02-03"), None, None],
            "beds": [3, 4, 5],
        },
        geometry=[shapely.Point(120.5, 28.5), shapely.Point(121.5, 28.5), shapely.Point(130, 20)],
        crs=4326,
    )


@pytest.fixture
def package(tmp_path):
    """A package of somebody else: counties in metres, sites in degrees, a table of notes."""
    path = tmp_path / "gis.gpkg"
    counties().to_crs(4549).to_file(path, layer="counties", driver="GPKG")
    sites().to_file(path, layer="sites", driver="GPKG")
    pyogrio.write_dataframe(pd.DataFrame({"note": ["a", "b"]}), path, layer="notes", driver="GPKG")
    return path


def test_a_package_of_somebody_else(package):
    loaded = registry.load(package)
    net = loaded.require()
    assert (loaded.rows_in, loaded.loaded, loaded.left_out) == (3 + 3 + 1 + 2, 7, 2)
    areas, facilities = net.nodes("Area"), net.nodes("Facility")
    assert areas.population.to_dict() == {
        "331002000000": 1000,
        "331003000000": 2000,
        "331002001000": 300,
    }
    assert facilities.loc["C1", ["type", "area"]].tolist() == ["village_clinic", "331002001000"]
    assert facilities.loc["C2", ["attr:type", "area"]].tolist() == ["apothecary", "331003000000"]
    assert facilities["area"].isna()["C3"]
    assert facilities.loc["C1", "built"] == "2001-02-03"
    assert facilities.loc["C1", ["lon", "lat", "crs"]].tolist() == [120.5, 28.5, "WGS-84"]
    pairs = {frozenset(pair) for pair in net.edges("ADJACENT_TO")[["source", "target"]].to_numpy()}
    assert pairs == {
        frozenset({"331002000000", "331003000000"})
    }  # the township is a part of the west
    east = boundary_of(areas.boundary["331003000000"])
    assert abs(east.area - 1) < 1e-3


def test_a_package_goes_on_as_ours(package, tmp_path):
    """What was read of others is written with nothing lost, and QGIS has layers to show."""
    net = registry.read(package)
    target = tmp_path / "ours.gpkg"
    assert registry.write(net, target) is None
    assert registry.read(target) == net
    layers = dict(pyogrio.list_layers(target))
    assert set(layers) == {"facilities", "areas", "links", "meta"}
    assert geopandas.read_file(target, layer="areas").geometry.geom_type.tolist() == ["Polygon"] * 3
    facilities = geopandas.read_file(target, layer="facilities")
    assert facilities.crs == "EPSG:4326"
    assert facilities.geometry.iloc[0].coords[0] == (120.5, 28.5)
    tables = sqlite3.connect(target).execute("select table_name from gpkg_contents").fetchall()
    assert len(tables) == 4


def test_points_that_no_map_shows_are_counted(package, tmp_path):
    nodes, links = registry.read(package).tables
    shifted = nodes.set_column(nodes.column_names.index("crs"), "crs", [["GCJ-02"] * len(nodes)])
    net = type(registry.read(package)).from_frames(shifted.drop_columns("boundary"), links)
    losses = registry.write(net, tmp_path / "a.gpkg")
    assert losses.to_dict() == {
        "lossy": [
            {"what": "facilities.geometry", "count": 3},
            {"what": "areas.geometry", "count": 3},
        ]
    }
    assert registry.read(tmp_path / "a.gpkg") == net


def test_a_shapefile_is_read_and_not_written(taizhou, tmp_path):
    counties().to_file(tmp_path / "areas.shp", encoding="utf-8")
    net = registry.read(tmp_path / "areas.shp")
    assert set(net.nodes("Area").name) == {"West", "East", "Town"}
    with pytest.raises(TargetError, match="gpkg"):
        registry.write(taizhou, tmp_path / "b.shp")


def test_boundaries_are_drawn_behind_the_points(package):
    """`map geo` has the boundaries of the network itself."""
    net = registry.read(package)
    nodes, links = net.tables
    bare = type(net).from_frames(nodes.drop_columns("boundary"), links)
    assert len(geo_map(net).to_html()) > len(geo_map(bare).to_html())


def test_a_file_without_a_system_is_refused(tmp_path):
    sites().set_crs(None, allow_override=True).to_file(tmp_path / "a.shp")
    with pytest.raises(SourceError):
        registry.read(tmp_path / "a.shp")


@pytest.mark.parametrize("name", ["a.gpkg", "a.shp"])
@pytest.mark.parametrize(
    "content", [b"", b"SQLite format 3\x00" + bytes(52) + b"GPKG", b"\x00\x00\x27\x0a" + bytes(200)]
)
def test_rubbish_is_refused(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceError):
        registry.read(tmp_path / name)


def test_the_counties_of_taizhou(shared, tmp_path):
    """Real polygons: nine counties, their borders, and back through a package."""
    source = shared / "data/cn_boundaries/taizhou_3310_counties.geojson"
    net = registry.read(source)
    assert len(net.nodes("Area")) == 9
    assert net.nodes("Area").boundary.notna().all()
    borders = len(net.edges("ADJACENT_TO"))
    assert borders >= 9
    registry.write(net, tmp_path / "a.gpkg")
    assert registry.read(tmp_path / "a.gpkg") == net


def test_the_pharmacies_of_helsinki(shared, tmp_path):
    """Real points: a kind and a type that are theirs are kept, and are not ours."""
    rows = pd.read_csv(shared / "data/osm_helsinki/health_pois.csv").dropna(subset="name")
    features = [
        {
            "type": "Feature",
            "properties": {"id": row.id, "kind": row.kind, "type": row.type, "name": row.name_},
        }
        | {"geometry": {"type": "Point", "coordinates": [row.lon, row.lat]}}
        for row in rows.rename(columns={"name": "name_"}).itertuples()
    ]
    path = tmp_path / "pois.geojson"
    path.write_text(
        json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8"
    )
    net = registry.read(path)
    assert len(net.nodes("Facility")) == len(rows)
    assert set(net.nodes("Facility")["attr:type"]) == set(rows.type)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_broken_file_is_told_in_the_language_of_now(tmp_path, language):
    """GDAL's sentence names our file, so it is not plain ASCII; its advice helps nobody here."""
    (tmp_path / "台州.shp").write_bytes(b"no shapefile")
    with speaking(language), pytest.raises(SourceError) as refused:
        registry.load(tmp_path / "台州.shp")
    assert "might help" not in str(refused.value)
    assert ("recognized" in str(refused.value)) == (language == "en")
