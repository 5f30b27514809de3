"""The map by coordinates in the work area: drawn where there are any, and worked on as tiles are."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

import medgraph as mg
from medgraph.board.desk import Desk
from medgraph.board.places import HIGH, WIDE, has_places, places
from medgraph.board.requests import Asks
from medgraph.cli import cli
from medgraph.errors import SourceError
from medgraph.loaders import registry
from medgraph.words.say import speaking
from tests.board.served import Served
from tests.board.test_visit import at_the_board, begin, confirmed, middle, turns
from tests.browser import CANARIES


@pytest.fixture(scope="module")
def county():
    """A made-up county whose facilities state points, one of them with a name full of code."""
    net = mg.samples.synthetic(scale="county")
    return net.applying([mg.changes.Fill(members(net)[0], "name", CANARIES[0])])


def members(net):
    """Facilities of the first group that is not that of the first facility at hand."""
    links = net.edges("MEMBER_OF")
    return links[links["target"] == sorted(links["target"])[0]]["source"].tolist()


def test_a_network_without_points_has_no_such_map(taizhou):
    assert not has_places(taizhou)
    assert places(taizhou)["points"] == {}


def test_points_lie_north_up_and_a_kilometre_is_as_long_both_ways(county):
    found = places(county)
    nodes = county.nodes("Facility")
    assert found["points"].keys() == {*nodes.index}
    assert all(0 <= x <= WIDE and 0 <= y <= HIGH for x, y in found["points"].values())
    north, south = nodes["lat"].idxmax(), nodes["lat"].idxmin()
    west, east = nodes["lon"].idxmin(), nodes["lon"].idxmax()
    assert found["points"][north][1] < found["points"][south][1]
    assert found["points"][west][0] < found["points"][east][0]


def test_the_outlines_that_areas_state_are_drawn(county):
    area = county.nodes("Area").index[0]
    lon, lat = county.nodes("Facility")[["lon", "lat"]].iloc[0]
    line = f'{{"type": "LineString", "coordinates": [[{lon}, {lat}], [{lon}, {lat}]]}}'
    found = places(county.applying([mg.changes.Fill(area, "boundary", line)]))
    [outline] = found["outlines"]
    assert outline[0] == pytest.approx(found["points"][county.nodes("Facility").index[0]], abs=0.2)


def test_the_map_as_a_page_takes_outlines_that_are_given(county, tmp_path):
    """As `medgraph map geo` does, in the system that is named; what is no GeoJSON is a sentence."""
    line = {"type": "LineString", "coordinates": [[120.0, 30.0], [120.5, 30.5]]}
    (tmp_path / "lines.geojson").write_text(json.dumps(line), encoding="utf-8")
    mg.write(county, tmp_path / "county.mgz")
    words = ["map", "geo", str(tmp_path / "county.mgz"), "--lang", "en", "--crs", "GCJ-02"]
    words += ["--boundaries", str(tmp_path / "lines.geojson"), "--output", str(tmp_path / "x.html")]
    assert CliRunner().invoke(cli, words).exit_code == 0
    desk = Desk(tmp_path / "county.mgz", registry.load(tmp_path / "county.mgz"))
    asks = Asks(desk)
    files = asks.answers.files
    key = files.receive("lines.geojson", json.dumps(line).encode(), "boundaries")["key"]
    wrong = files.receive("lines.geojson", b"[[[", "boundaries")["key"]
    with speaking("en"):
        found = asks.map("geo", "", json.dumps({"boundaries": [key], "crs": "GCJ-02"}))
        with pytest.raises(SourceError):
            asks.map("geo", "", json.dumps({"boundaries": [wrong]}))
    desk.close()
    assert found.to_html() == (tmp_path / "x.html").read_text(encoding="utf-8")


def test_facilities_are_chosen_and_dragged_where_they_lie(chromium, county, tmp_path):
    """By mouse, nearer and farther, and by keyboard; a name full of code stays text."""
    mg.write(county, tmp_path / "county.mgz")
    served = Served(tmp_path / "county.mgz")
    moved = members(county)[1]
    links = county.edges("MEMBER_OF").set_index("source")["target"]
    to = next(group for group in sorted(set(links)) if group != links[moved])
    try:
        with at_the_board(chromium, served) as page:
            begin(page, "north")
            page.click("#by-places")
            page.wait_for_selector("#map .spot")
            assert page.locator("#map .spot").count() == len(places(county)["points"])
            assert f"{len(places(county)['points'])} of " in page.inner_text("#places-shown")
            spot = page.locator(f'.spot[data-id="{moved}"]')
            page.fill("#query", moved)
            page.wait_for_selector(f'.spot.chosen[data-id="{moved}"]')
            page.keyboard.press("Tab")
            spot.focus()
            page.click("#nearer")
            page.click("#nearer")
            assert 0 < page.locator("#map .spot").count() < len(places(county)["points"])
            page.mouse.move(*middle(page, f'.spot[data-id="{moved}"]'))
            page.mouse.down()
            page.mouse.move(*middle(page, "#map"), steps=3)
            page.mouse.move(*middle(page, f'#groups [data-id="{to}"]'))
            page.mouse.up()
            confirmed(page)
            page.wait_for_selector(f'.spot.moved[data-id="{moved}"]')
            page.click("#undo")
            page.wait_for_selector(f'.spot:not(.moved)[data-id="{moved}"]')
            spot.focus()
            page.keyboard.press("Enter")
            page.wait_for_selector("#asking[open]")
            page.check(f'#fields [value="{to}"]')
            confirmed(page)
            page.wait_for_selector(f'.spot.moved[data-id="{moved}"]')
            spot.focus()
            page.keyboard.press("ArrowRight")
            at = "() => document.activeElement.getAttribute('data-id')"
            assert page.evaluate(at) not in (moved, None)
            page.click("#farther")
            page.click("#farther")
            assert page.locator("#map .spot").count() == len(places(county)["points"])
            page.click("#by-places")
            page.wait_for_selector("#map .tile:not(.spot)")
    finally:
        served.stop()
    assert list(turns(served).values()) == [[mg.changes.Move(moved, to)]]
