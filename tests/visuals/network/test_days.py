"""The days of the picture: what begins, ends and moves on each is what the network of that day says."""

from __future__ import annotations

import pandas as pd
import pytest

from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders import samples
from medgraph.visuals import network_map
from medgraph.visuals.network.network_scene import network_scene
from tests.browser import click, opened

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
