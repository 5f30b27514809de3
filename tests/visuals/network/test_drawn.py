"""What an eye sees: names whole and off the marks, lines that can be seen, groups told apart, legends on paper."""

from __future__ import annotations

import math
import re

import pandas as pd
import pytest

from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders import samples
from medgraph.loaders.samples.synthetic import synthetic
from medgraph.visuals import network_map
from medgraph.visuals.network.looks import legend_of
from medgraph.visuals.network.network_scene import network_scene
from tests.browser import choose, opened, seen

NAME = "这是一个名字特别特别长的医疗机构它的全称一共有六十个字用来检查地图上的标签在任何大小的屏幕上都读得出来第{}号医院"
BOXES = """() => medgraphMap.labels.map(l => [l.text, l.box.x, l.box.y, l.box.x + l.box.w, l.box.y + l.box.h])"""
MARKS = """() => { const v = medgraphMap.view(); return medgraphMap.scene.nodes
    .filter(n => n.role !== 'group' && n.role !== 'alliance')
    .map(n => [(n.x - v.x) * v.scale + v.wide / 2, (n.y - v.y) * v.scale + v.high / 2]); }"""
LINES = """() => new Promise(done => {
    const pen = CanvasRenderingContext2D.prototype, stroke = pen.stroke, found = [];
    pen.stroke = function () { if (this.canvas.isConnected) found.push(this.lineWidth * this.getTransform().a); return stroke.apply(this, arguments); };
    medgraphNetwork.redraw();
    requestAnimationFrame(() => requestAnimationFrame(() => { pen.stroke = stroke; done(Math.min(...found)); })); })"""


@pytest.fixture(scope="module")
def city():
    return synthetic(scale="city")


@pytest.fixture(scope="module")
def city_page(chromium, city, tmp_path_factory):
    """A city on the screen of a phone, something wrong in each county."""
    wrong = city.nodes("Facility").groupby(lambda id: id[:6]).head(1).index
    figure = network_map(city, problems=dict.fromkeys(wrong, "x"), lang="zh")
    path = figure.save(tmp_path_factory.mktemp("city") / "x.html")
    with opened(chromium, path, size=(390, 844)) as one:
        yield one.page


def test_every_county_has_its_name_on_a_phone(city_page):
    """Eight counties, eight names: none beyond an edge of the picture, none wider than its county."""
    names = [box for box in city_page.evaluate(BOXES) if box[0].startswith("合成")]
    assert len(names) == 8
    wide = city_page.evaluate("() => medgraphMap.view().wide")
    levels = city_page.evaluate(
        "() => medgraphMap.scene.levels.map(l => 2 * l.wide * medgraphMap.view().scale)"
    )
    for _, left, _, right, _ in names:
        assert left >= 0
        assert right <= wide
        assert right - left <= max(levels)


def test_more_groups_than_colours_are_numbered(city_page, city):
    """The legend says so; a number stands before the name, in the legend and on the group."""
    assert seen(city_page, "#numbered") == ["集团多于颜色：相邻的集团颜色不同，以编号区分。"]
    rows = seen(city_page, "#legend .row")
    groups = len(city.nodes("Group"))
    assert [re.match(r"\d+", row.strip())[0] for row in rows[:groups]] == [
        str(number) for number in range(1, groups + 1)
    ]
    choose(city_page, "#detail", "group")
    names = city_page.evaluate("() => medgraphMap.scene.levels.map(l => medgraphMap.levelName(l))")
    assert {name.split(" · ")[0] for name in names} >= set(map(str, range(1, groups + 1)))
    choose(city_page, "#colour-by", "county")
    assert seen(city_page, "#numbered") == []
    choose(city_page, "#colour-by", "group")
    choose(city_page, "#detail", "auto")


def test_neighbouring_groups_differ_in_colour(city):
    """No group has the colour of one of the three circles that stand nearest to its own."""
    scene = network_scene(city, None, {}, city.day(), "zh")
    colours = {key: colour for key, _, colour in legend_of(scene)}
    places = {node.id: (node.x, node.y) for node in scene.nodes if node.id in scene.owners}
    assert len(places) > len(set(colours.values()))
    for group, place in places.items():
        others = sorted(places.keys() - {group}, key=lambda one: math.dist(place, places[one]))
        assert colours[group] not in {colours[other] for other in others[:3]}


def test_values_beyond_the_colours_are_one_entry(chromium, tmp_path):
    """Of thirty values the twelve commonest have a colour of their own; the rest is counted, not coloured alike."""
    net = samples.taizhou()
    ids = net.nodes("Facility").index[:40]
    values = pd.Series([f"v{number % 30:02}" for number in range(40)], index=ids)
    figure = network_map(net, color_by=values, lang="zh")
    with opened(chromium, figure.save(tmp_path / "x.html")) as one:
        rows = seen(one.page, "#legend .row")
        assert [row.split(" (")[0].strip() for row in rows[:12]] == [
            *(f"v{number:02}" for number in range(10)),
            "v10",
            "v11",
        ]
        assert "其余18种取值 (18)" in rows[12]


def test_no_name_is_cut_by_an_edge_or_lies_on_a_mark(chromium, tmp_path):
    """On the screen of a laptop, with two hundred stations."""
    path = network_map(synthetic(scale="county"), lang="zh").save(tmp_path / "x.html")
    with opened(chromium, path, size=(1366, 720)) as one:
        marks = one.page.evaluate(MARKS)
        wide, high = one.page.evaluate("() => [medgraphMap.view().wide, medgraphMap.view().high]")
        for text, left, top, right, bottom in one.page.evaluate(BOXES):
            assert 0 <= left < right <= wide, text
            assert 0 <= top < bottom <= high, text
            assert not [1 for x, y in marks if left < x < right and top < y < bottom], text


def test_lines_are_a_pixel_wide_and_paper_is_white(chromium, tmp_path):
    """On all of Taizhou, a third of its size; what is taken away is not dark where the screen is."""
    path = network_map(samples.taizhou(), lang="zh").save(tmp_path / "x.html")
    with opened(chromium, path, size=(1366, 720)) as one:
        one.page.wait_for_function("() => medgraphMap.pane.thick")
        assert one.page.evaluate(LINES) > 0.75
        one.page.emulate_media(color_scheme="dark")
        one.page.wait_for_function("() => medgraphMap.colours.paper !== '#ffffff'")
        drawing = one.page.evaluate("() => medgraphMap.drawing()")
        assert re.search(r'<rect width="\d+" height="\d+" fill="#ffffff"/>', drawing)
        assert one.page.evaluate("() => medgraphMap.colours.paper") != "#ffffff"
        for words in ("集团", "恩泽医院城市医联体", "跨集团/未归属", "归属与牵头"):
            assert f">{words}</text>" in drawing


def thin(groups: int) -> MedicalNetwork:
    """Three facilities of sixty letters, of no area, no type and no level, in one group or in none."""
    nodes = [{"id": id, "kind": "Facility", "name": NAME.format(id)} for id in "abc"]
    nodes += [{"id": "g", "kind": "Group", "name": NAME.format("g"), "type": "urban_medical_group"}]
    links = [{"source": id, "relation": "MEMBER_OF", "target": "g"} for id in "abc"]
    edges = pd.DataFrame(links[: 3 * groups], columns=["source", "relation", "target"])
    return MedicalNetwork.from_frames(pd.DataFrame(nodes[: 3 + groups]).set_index("id"), edges, {})


@pytest.mark.parametrize("groups", [0, 1])
def test_a_thin_network_is_a_drawing_that_can_be_read(chromium, tmp_path, groups):
    """Names that begin alike differ; the sheet is no higher than what is on it."""
    figure = network_map(thin(groups), lang="zh")
    labels = re.findall(r'text-anchor="middle"[^>]*>([^<]+)</text>', figure.svg)
    assert len(labels) == len(set(labels)) == 3 + groups
    assert int(re.search(r'height="(\d+)"', figure.svg)[1]) < 600
    with opened(chromium, figure.save(tmp_path / "x.html"), size=(390, 844)) as one:
        texts = one.page.evaluate("() => medgraphMap.labels.map(l => l.text)")
        assert len(set(texts)) == 3 + groups
        one.verify(scripts=one.page.evaluate("() => document.scripts.length"))
