"""The days of the picture: what begins, ends and moves on each is what the network of that day says."""

from __future__ import annotations

import pandas as pd
import pytest

from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders import samples
from medgraph.visuals import network_map
from medgraph.visuals.network.network_scene import network_scene
from tests.browser import choose, click, is_there, opened

DAY = """day => { const map = medgraphMap, days = map.data.history.days; map.goTo(days.indexOf(day));
    return [map.nodes.filter(n => !n.absent).map(n => n.id), map.edges.filter(e => !e.absent).map(e =>
        [map.nodes[e.from].id, e.relation, map.nodes[e.to].id]), Object.fromEntries(map.nodes.filter(
        n => !n.absent && n.owner).map(n => [n.id, n.owner])), map.nodes.map(n => [n.id, n.x, n.y])]; }"""


@pytest.fixture(scope="module")
def net():
    """Taizhou, in which a centre closes, another moves to another group, and a new one opens."""
    old = samples.taizhou()
    new = {
        "id": "NEW1",
        "kind": "Facility",
        "name": "新建卫生院",
        "type": "township_health_centre",
        "valid_from": "2024-09-01",
    }
    nodes = pd.concat([old.nodes().reset_index(), pd.DataFrame([new])])
    made = MedicalNetwork.from_frames(nodes, old.edges(), dict(old.meta))
    return made.ended("TZ-P07", on="2024-03-01").moved("TZ-P08", to_group="G2", on="2024-06-01")


def test_every_day_is_that_of_the_network(chromium, net, tmp_path):
    """Nodes, links and groups of each day are those of the network on it; every place stays."""
    with opened(chromium, network_map(net, lang="zh").save(tmp_path / "x.html")) as one:
        page = one.page
        days = page.evaluate("() => medgraphMap.data.history.days")
        assert {"2023-10-25", "2024-03-01", "2024-06-01", "2024-09-01"} <= set(days)
        places = None
        for day in days:
            ids, links, owners, now = page.evaluate(DAY, day)
            scene = network_scene(net, None, {}, net.day(day), "zh")
            assert set(ids) == {node.id for node in scene.nodes}
            assert sorted(map(tuple, links)) == sorted(
                (link.source, link.relation, link.target) for link in scene.links
            )
            assert owners == {node.id: node.owner for node in scene.nodes if node.owner}
            assert places in (None, now)
            places = now
            assert f"/{len(ids)} 个节点" in page.inner_text("#shown")
        one.verify(scripts=page.evaluate("() => document.scripts.length"))


def test_what_changes_is_marked_and_listed(chromium, net, tmp_path):
    """Step by step and against any other day: what begins, ends, moves; played to the end."""
    with opened(chromium, network_map(net, lang="zh").save(tmp_path / "x.html")) as one:
        page = one.page
        seen = {}
        for _ in range(12):
            click(page, "#day-after")
            seen[page.evaluate("() => medgraphMap.dayShown()")] = page.inner_text("#day-changes")
        assert "结束 (1)" in seen["2024-03-01"]
        assert "改归属 (1)" in seen["2024-06-01"]
        assert "开始 (1)" in seen["2024-09-01"]
        page.evaluate(
            """() => { const select = document.getElementById('day-against'); select.value = '0';
               select.dispatchEvent(new Event('change')); }"""
        )
        text = page.inner_text("#day-changes")
        assert all(f"{word} (1)" in text for word in ("开始", "结束", "改归属"))
        marks = page.evaluate(
            "() => medgraphMap.nodes.filter(n => n.mark).map(n => [n.id, n.mark])"
        )
        assert dict(marks) == {"TZ-P07": "ends", "TZ-P08": "moves", "NEW1": "begins"}
        click(page, "#day-play")
        page.wait_for_function(
            "() => medgraphMap.dayShown() === medgraphMap.data.history.days.slice(-1)[0]",
            timeout=15000,
        )
        page.focus("#day")
        page.keyboard.press("ArrowLeft")
        assert page.evaluate("() => medgraphMap.dayShown()") == "2024-06-01"


def test_a_picture_of_one_day_has_no_slider(chromium, county, tmp_path):
    """Where nothing begins or ends there is nothing to step through."""
    with opened(chromium, network_map(county).save(tmp_path / "x.html")) as one:
        assert one.page.evaluate("() => document.getElementById('days').hidden")


BESIDE = """() => { const map = medgraphMap, ids = pane => pane.scene.nodes.map(n => n.id).sort();
    const owners = pane => Object.fromEntries(pane.scene.nodes.filter(n => n.owner).map(n => [n.id, n.owner]));
    const places = pane => Object.fromEntries(pane.scene.nodes.map(n => [n.id, [n.x, n.y]]));
    return [map.earlier, map.pane].map(pane => ({ids: ids(pane), owners: owners(pane), places: places(pane), view: pane.view(),
        links: [...pane.scene.links.keys()].length})); }"""


def test_two_days_stand_side_by_side(chromium, net, tmp_path):
    """Each picture is that of its day, on the same places and at the same scale; both are taken away."""
    with opened(chromium, network_map(net, lang="zh").save(tmp_path / "x.html")) as one:
        page = one.page
        days = page.evaluate("() => medgraphMap.data.history.days")
        page.evaluate(DAY, "2024-09-01")
        choose(page, "#day-against", str(days.index("2023-10-25")))
        page.focus("#day-beside")
        page.keyboard.press("Space")
        page.wait_for_timeout(300)
        assert page.locator("#pictures .day").all_inner_texts() == ["2023-10-25", "2024-09-01"]
        before, after = page.evaluate(BESIDE)
        for shown, day in ((before, "2023-10-25"), (after, "2024-09-01")):
            scene = network_scene(net, None, {}, net.day(day), "zh")
            here = {node.id: node for node in scene.nodes if not node.layer}
            # what has ended stays as a shadow on the later day
            assert set(shown["ids"]) - {"TZ-P07"} == set(here) - {"TZ-P07"}
            assert (
                shown["owners"].items()
                >= {
                    id: node.owner for id, node in here.items() if node.owner and id != "TZ-P07"
                }.items()
            )
        assert (before["owners"]["TZ-P08"], after["owners"]["TZ-P08"]) != ("G2", "G2")
        assert after["owners"]["TZ-P08"] == "G2"
        assert "NEW1" not in before["ids"]
        both = before["places"].keys() & after["places"].keys()
        assert {id: before["places"][id] for id in both} == {id: after["places"][id] for id in both}
        for selector in ("#canvas canvas", "#canvas-before canvas"):  # each leads by its wheel
            box = page.evaluate(
                "s => document.querySelector(s).getBoundingClientRect().toJSON()", selector
            )
            page.mouse.move(box["x"] + 60, box["y"] + 90)
            page.mouse.wheel(0, -400)
            page.wait_for_timeout(400)
            before, after = page.evaluate(BESIDE)
            assert before["view"] == after["view"]
            assert before["view"]["wide"] > 300
        click(page, "#fit")
        svg = page.evaluate("() => medgraphMap.drawing()")
        assert svg.count(">2023-10-25<") == svg.count(">2024-09-01<") == 1
        assert svg.count("新建") == 1
        page.evaluate("() => medgraphMap.goTo(medgraphMap.data.history.days.indexOf('2024-06-01'))")
        assert page.locator("#pictures .day").all_inner_texts()[1] == "2024-06-01"
        click(page, "#day-beside")
        assert not is_there(page, "#canvas-before")
        one.verify(scripts=page.evaluate("() => document.scripts.length"))


def test_stepping_keeps_the_groups_that_are_hidden(chromium, net, tmp_path):
    """A group taken out of the picture stays out on the next day."""
    with opened(chromium, network_map(net, lang="zh").save(tmp_path / "x.html")) as one:
        page = one.page
        page.evaluate("() => medgraphMap.goTo(0)")
        click(page, "#legend input")
        hidden = page.evaluate("() => Object.keys(medgraphMap.hiddenGroups)")
        click(page, "#day-after")
        assert page.evaluate("() => Object.keys(medgraphMap.hiddenGroups)") == hidden != []
