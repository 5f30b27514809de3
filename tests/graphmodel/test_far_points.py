"""Points that are swapped or slipped are told, and no point that is where it should be."""

from __future__ import annotations

import csv

import pytest

from medgraph.graphmodel import validate
from medgraph.graphmodel.provinces import BOXES
from medgraph.loaders import load
from medgraph.loaders.samples.synthetic import synthetic
from tests.graphmodel.test_validate import found, link

F = {"kind": "Facility", "name": "n", "crs": "WGS-84"}
HERE = "331003003000"


def told(points, area=HERE):
    """The codes of what is said of facilities at these points, by number."""
    nodes = [
        {"id": f"X{number}", **F, "area": area, "lon": lon, "lat": lat}
        for number, (lon, lat) in enumerate(points)
    ]
    problems = found(nodes)
    return {int(p.place.split(".")[0][1:]): p.code for p in problems if p.code.startswith("W06")}


@pytest.mark.parametrize("point", [(28.6, 12.14), (12.14, 28.6), (121.2, 2.86), (116.4, 39.9)])
def test_a_point_outside_the_province_of_its_area_is_told(point):
    assert told([point]) == {0: "W065"}


def test_a_point_in_its_province_is_not():
    assert told([(121.26, 28.65)]) == {}


def test_a_facility_stands_where_it_serves():
    node = {"id": "X", **F, "lon": 12.14, "lat": 28.6}
    problems = found([node], [link(f"X SERVES {HERE}")])
    assert [p.code for p in problems] == ["W065"]
    assert "浙江省" in problems[0].message


def test_one_whose_area_nobody_knows_lies_at_least_in_the_country():
    far = {"id": "X", **F, "lon": 43.8, "lat": 87.6}
    other = {"id": "Y", **F, "lon": 116.4, "lat": 39.9}
    assert [p.code for p in found([far, other, {"id": "Z", **F, "area": HERE}])] == ["W066"]


def test_a_slip_within_the_province_is_told_by_the_others_of_the_county():
    """Ten lie within a few kilometres; the eleventh, 98 km to the east, has another first digit."""
    points = [(121.2 + number / 100, 28.6 + number % 3 / 100) for number in range(10)]
    assert told(points) == {}
    assert told([*points, (122.24, 28.61)]) == {10: "W067"}


def test_a_wide_county_is_no_slip():
    """若羌县 is 500 km long."""
    points = [(87.5, 38.9), (88.2, 39.0), (90.1, 38.3), (92.0, 38.5), (88.0, 39.4), (93.0, 37.2)]
    assert told(points, area="652824100000") == {}


def test_another_country_has_no_such_places():
    nodes = [{"id": f"X{n}", **F, "area": "E38", "lon": -0.1 - n, "lat": 51.5} for n in range(8)]
    assert {p.code for p in found(nodes)} == {"W041"}


def test_made_up_counties_lie_anywhere():
    net = synthetic()
    codes = {fault.code for fault in validate.faults(*net.tables)}
    assert not codes & {"W065", "W066", "W067"}


def test_each_county_lies_in_the_box_of_its_province(shared):
    """2,898 points inside counties, from another source than the boxes."""
    path = shared / "data" / "cn_boundaries" / "county_centroids.csv"
    with path.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["code"]]
    assert len(rows) > 2_800
    for row in rows:
        box, lon, lat = BOXES[row["code"][:2]], float(row["lon"]), float(row["lat"])
        assert box.west < lon < box.east, row
        assert box.south < lat < box.north, row


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("r.xlsx", {2: "E062", 4: "W063", 5: "E012"}),
        ("r2.xlsx", {2: "E062", 3: "W067", 4: "W067", 5: "W067"}),
        ("xj.xlsx", {2: "W066", 3: "W067", 4: "W067", 5: "W067"}),
    ],
)
def test_every_slipped_point_of_the_cases_is_told(shared, name, codes):
    """Of three points of one county none of which is near another nobody knows which is right."""
    problems = load(shared / "data" / "cases" / "lonlat" / name).problems
    assert {int(p.place[-1]): p.code for p in problems if "!G" in p.place} == codes
