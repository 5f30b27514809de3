"""Only what is around one node: the same by the option as by a click."""

from __future__ import annotations

import pytest

from medgraph.errors import OptionError, UnknownIdError
from medgraph.loaders import samples
from medgraph.visuals import network_map
from tests.browser import click, opened
from tests.visuals.network.test_network_map import data_of

NEAR = "([id, depth]) => [...medgraphMap.near(medgraphMap.byId.get(id).number, depth)].map(n => medgraphMap.nodes[n].id)"


@pytest.fixture(scope="module")
def net():
    return samples.taizhou()


def around(net, id: str, depth: int) -> set[str]:
    """By hand: from link to link, areas apart."""
    edges, areas = net.edges(), set(net.nodes("Area").index)
    found = {id}
    for _ in range(depth):
        touched = edges[edges["source"].isin(found) | edges["target"].isin(found)]
        found |= ({*touched["source"], *touched["target"]}) - areas
    return found


@pytest.mark.parametrize("depth", [1, 2])
def test_option_and_click_agree(chromium, net, tmp_path, depth):
    """`around=` draws those nodes alone and counts them of all; a click hides the others."""
    figure = network_map(net, around="TZ-P07", depth=depth, lang="zh")
    wanted = around(net, "TZ-P07", depth)
    assert {node["id"] for node in data_of(figure)["nodes"]} == wanted
    assert (figure.counts["shown"], figure.counts["all"]) == (len(wanted), 129)
    with opened(chromium, network_map(net, lang="zh").save(tmp_path / "x.html")) as one:
        page = one.page
        assert set(page.evaluate(NEAR, ["TZ-P07", depth])) == wanted
        page.evaluate("() => medgraphMap.locate('TZ-P07')")
        page.evaluate(f"() => {{ document.getElementById('around-depth').value = '{depth}'; }}")
        click(page, "#around")
        visible = page.evaluate(
            "() => medgraphMap.nodes.filter(n => medgraphMap.visible[n.number]).map(n => n.id)"
        )
        assert set(visible) <= wanted
        assert "TZ-P07" in visible
        click(page, "#around-all")
        assert page.inner_text("#shown").startswith("显示 76/129")
        one.verify(scripts=page.evaluate("() => document.scripts.length"))


def test_by_name_and_wrong(net):
    """A name will do; an area, a stranger and a depth of nothing are told in a sentence."""
    named = net.nodes().loc["TZ-P07", "name"]
    assert network_map(net, around=named).counts["shown"] == len(around(net, "TZ-P07", 1))
    with pytest.raises(UnknownIdError):
        network_map(net, around="nobody")
    with pytest.raises(OptionError, match="331003001000"):
        network_map(net, around="331003001000")
    with pytest.raises(OptionError, match="0"):
        network_map(net, around="TZ-P07", depth=0)
