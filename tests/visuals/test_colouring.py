"""What a map may be coloured by: a Series by id or name, a column, an answer; what matches nothing is an error."""

from __future__ import annotations

import pandas as pd
import pytest

from medgraph.errors import OptionError
from medgraph.loaders import samples
from medgraph.loaders.samples.synthetic import synthetic
from medgraph.queries import coverage
from medgraph.visuals import geo_map, network_map, swimlane, tile_map
from medgraph.visuals.colouring import colour_series, in_classes
from tests.browser import opened
from tests.visuals.network.test_network_map import data_of


@pytest.fixture(scope="module")
def net():
    return samples.taizhou()


def test_by_id_and_by_name(net):
    """A name means its node; both draw the same."""
    name = net.nodes().loc["TZ-H03", "name"]
    by_name = colour_series(net, pd.Series({name: "x", "TZ-H01": "y"}))
    assert by_name.to_dict() == {"TZ-H03": "x", "TZ-H01": "y"}


def test_by_column_and_answer(net):
    """A column by its name, an answer by its status."""
    assert colour_series(net, "type")["TZ-P07"] == "township_health_centre"
    served = coverage.served(net)
    assert colour_series(net, served).equals(served.status)
    assert tile_map(net, color_by=served).counts == tile_map(net, color_by=served.status).counts
    data = data_of(network_map(net, color_by="type"))
    kinds = {node["id"]: node["owner"] for node in data["nodes"]}
    assert kinds["TZ-P07"] == "township_health_centre"


@pytest.mark.parametrize("draw", [tile_map, network_map, swimlane, geo_map])
@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (pd.Series({"TZ-H99": 1, "TZ-H01": 2}), "TZ-H99"),
        ("bedz", "bedz"),
        ([1, 2], "list"),
    ],
)
def test_what_matches_nothing_is_an_error(net, draw, wrong, told):
    """Never grey silence: the sentence names what does not fit."""
    with pytest.raises(OptionError, match=told):
        draw(net, color_by=wrong)


def test_numbers_are_classes(net):
    """Five classes of about as many each, in the legend in their order; few numbers are themselves."""
    words, classes = in_classes(pd.Series(range(50)))
    assert words.value_counts().tolist() == [10] * 5
    assert classes == ("0–9", "10–19", "20–29", "30–39", "40–49")
    county = synthetic(scale="county")
    figure = network_map(county, color_by="beds", lang="zh")
    labels = [entry["label"] for entry in data_of(figure)["legend"]]
    assert labels == sorted(labels, key=lambda label: float(label.split("–")[0]))
    assert 1 < len(labels) <= 5


def test_any_column_in_the_page(chromium, tmp_path):
    """Chosen in the page: the legend counts what the column holds, and states unit and classes."""
    net = synthetic(scale="county")
    nodes = net.nodes().query("kind != 'Area'")
    with opened(chromium, network_map(net, lang="zh").save(tmp_path / "x.html")) as one:
        page = one.page
        legend = "() => [...document.querySelectorAll('#legend .row')].map(e => e.textContent)"
        page.evaluate("() => medgraphMap.colourBy('column type')")
        counts = nodes["type"].value_counts()
        told = page.evaluate(legend)
        assert [int(row.rsplit("(", 1)[1][:-1]) for row in told[:12]] == counts.tolist()[:12]
        page.evaluate("() => medgraphMap.colourBy('column beds')")
        assert "床" in page.inner_text("#legend-title")
        assert "张" in page.inner_text("#legend-title")
        told = page.evaluate(legend)
        assert (
            sum(int(row.rsplit("(", 1)[1][:-1]) for row in told[:-1]) == nodes["beds"].notna().sum()
        )
        assert told[-1].startswith("未填")
        keys = page.evaluate("() => medgraphMap.colourKeys")
        assert {"group", "county", "role", "column beds"} <= set(keys)
        for key in keys:
            page.evaluate("key => medgraphMap.colourBy(key)", key)
        one.verify(scripts=page.evaluate("() => document.scripts.length"))
