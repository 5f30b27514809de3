"""The network map: everything is drawn and counted, a person can use it, nothing of the data becomes code."""

from __future__ import annotations

import hashlib
import json
import re
from importlib import resources

import pandas as pd
import pytest

from medgraph.errors import TooLargeError
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders import samples
from medgraph.queries import coverage
from medgraph.visuals import network_map, swimlane
from medgraph.visuals.page.pages import PARTS, VIS_NETWORK, VIS_NETWORK_SHA256
from tests.browser import CANARIES, click, exported, opened, type_into

SCRIPTS = 1 + len(PARTS["network"].scripts)  # the data, and the scripts that are allowed by hash
SHOWN = "() => document.getElementById('shown').textContent"


@pytest.fixture(scope="module")
def taizhou():
    return samples.taizhou()


@pytest.fixture(scope="module")
def page(chromium, taizhou, tmp_path_factory):
    """Taizhou's map, open, with the gap and the facilities in no group marked."""
    status = pd.concat([coverage.served(taizhou).status, coverage.ungrouped(taizhou).status])
    path = network_map(taizhou, color_by=status, lang="zh").save(
        tmp_path_factory.mktemp("map") / "网络 图.html"
    )
    with opened(chromium, path) as open_page:
        yield open_page


@pytest.fixture
def tab(page):
    """The page as it is when it was just opened."""
    page.page.reload()
    return page.page


def data_of(figure) -> dict:
    """The data of a page, its columns of nodes and links as rows again."""
    data = json.loads(
        re.search(r'<script type="application/json" id="data">(.*?)</script>', figure.page, re.S)[1]
    )
    nodes, edges = rows_of(data["nodes"]), rows_of(data["edges"])
    for edge in edges:
        edge["from"], edge["to"] = nodes[edge["from"]]["id"], nodes[edge["to"]]["id"]
        edge["relation"], edge["layer"] = edge["what"].split(" ")
    return data | {"nodes": nodes, "edges": edges, "levels": rows_of(data["levels"])}


def rows_of(columns: dict) -> list[dict]:
    count = columns[""]
    whole = {
        name: unpacked(column, count)
        for name, column in columns.items()
        if name and name != "record"
    }
    return [{name: column[i] for name, column in whole.items()} for i in range(count)]


def unpacked(column, count: int) -> list:
    if isinstance(column, list):
        return column
    found = [column.get("all")] * count
    if "at" in column:
        stated = unpacked(column["is"], len(column["at"]))
        for place, value in zip(column["at"], stated, strict=True):
            found[place] = value
    for place, step in enumerate(column.get("steps", ())):
        found[place] = step + (found[place - 1] if place else 0)
    for place, code in enumerate(column.get("codes", ())):
        found[place] = column["words"][code] if code >= 0 else None
    return found


def test_the_library_is_the_one_that_was_checked():
    """The vendored vis-network has the checksum that is written down, and its licence lies beside it."""
    page = resources.files("medgraph.visuals.page")
    folder = page / "vendor"
    assert hashlib.sha256((page / VIS_NETWORK).read_bytes()).hexdigest() == VIS_NETWORK_SHA256
    assert VIS_NETWORK_SHA256 in (folder / "README.md").read_text(encoding="utf-8")
    assert "Apache License" in (folder / "vis-network-LICENSE-APACHE-2.0.txt").read_text(
        encoding="utf-8"
    )


def test_everything_is_drawn_and_counted(taizhou):
    """Every node that is no area, the gap as a node of its own, and every link: drawn, or counted as leading away."""
    figure = network_map(taizhou, color_by=coverage.served(taizhou).status)
    nodes, edges = taizhou.nodes(), taizhou.edges()
    data = data_of(figure)
    assert {node["id"] for node in data["nodes"]} == {
        *nodes.index[nodes["kind"] != "Area"],
        "331003003000",
    }
    assert figure.counts["links"] == len(data["edges"])
    assert figure.counts["links"] + figure.counts["links_to_areas"] == len(edges)
    assert figure.counts["problems"] == 1


def test_parallel_links_are_all_drawn(county):
    """Links of different kinds between the same two nodes are drawn apart from each other."""
    net = (
        county.linked("P1", "REFERS_UP_TO", "H1")
        .linked("H1", "REFERS_DOWN_TO", "P1")
        .linked("H1", "DISPATCHES", "P1")
    )
    between = [
        edge
        for edge in data_of(network_map(net))["edges"]
        if {edge["from"], edge["to"]} == {"P1", "H1"}
    ]
    assert sorted(edge["turn"] for edge in between) == [0, 1, 2]
    assert {edge["layer"] for edge in between} == {"referral", "dispatch"}


def test_no_two_nodes_on_one_place(taizhou, county):
    """Every node has a place of its own, and the same network gets the same places."""
    for net in (taizhou, county):
        places = [(node["x"], node["y"]) for node in data_of(network_map(net))["nodes"]]
        assert len(set(places)) == len(places)
        assert places == [(node["x"], node["y"]) for node in data_of(network_map(net))["nodes"]]


@pytest.mark.parametrize(("draw", "limit"), [(network_map, 40_000), (swimlane, 5_000)])
def test_too_many_nodes_are_refused_in_a_sentence(draw, limit):
    """Beyond the limit nothing is drawn, and the sentence says how many, and what to do."""
    ids = [f"F{i}" for i in range(limit + 1)]
    nodes = pd.DataFrame({"id": ids, "kind": "Facility", "name": "x"})
    with pytest.raises(TooLargeError, match=str(limit + 1)):
        draw(MedicalNetwork.from_frames(nodes))


def test_any_words_colour_it(county):
    """Words of the user's own give the colours and the legend; words that name a problem mark it."""
    data = data_of(
        network_map(county, color_by=pd.Series({"P1": "山区", "P2": "平原", "P3": "FAIL"}))
    )
    assert sorted(entry["id"] for entry in data["legend"]) == ["山区", "平原"]
    assert [node["id"] for node in data["nodes"] if node.get("problem")] == ["P3"]


def test_size(taizhou):
    """Taizhou's map is one file of at most 1.2 MB."""
    assert len(network_map(taizhou).page.encode("utf-8")) <= 1_200_000


def test_it_opens_offline(page):
    """No request, no error; only the data and the two scripts that are allowed by their hash."""
    page.verify(scripts=SCRIPTS)


def test_search_and_locate(tab):
    """Pinyin finds the gap; Enter shows its record and selects it."""
    type_into(tab, "#search", "xicheng")
    tab.keyboard.press("Enter")
    assert tab.inner_text("#record h2") == "西城街道"
    assert tab.evaluate("() => medgraphNetwork.getSelectedNodes()") == ["331003003000"]
    type_into(tab, "#search", "西城")
    assert tab.inner_text("#found li") == "西城街道"


def test_only_problems(tab):
    """The switch leaves the ten problems: the gap and the nine facilities in no group."""
    assert tab.locator("#problems tbody tr").count() == 10
    click(tab, "#only-problems")
    assert tab.evaluate(SHOWN).startswith("显示 10/130 个节点")


def test_the_legend_is_the_filter(tab):
    """Without three groups only one and what stands beside is shown; the layers add their links."""
    before = int(re.search(r"显示 (\d+)/", tab.evaluate(SHOWN))[1])
    click(tab, "#legend input")
    after = int(re.search(r"显示 (\d+)/", tab.evaluate(SHOWN))[1])
    assert after < before
    links = int(re.search(r"(\d+)/\d+ 条关系", tab.evaluate(SHOWN))[1])
    click(tab, "#layers input", 2)
    assert int(re.search(r"(\d+)/\d+ 条关系", tab.evaluate(SHOWN))[1]) > links


def test_by_keyboard(tab):
    """Enter on a row of the problem table locates it; the skip link comes first."""
    tab.keyboard.press("Tab")
    assert tab.evaluate("() => document.activeElement.className") == "skip"
    tab.focus("#problems tbody tr:nth-child(2) button")
    tab.keyboard.press("Enter")
    assert tab.inner_text("#record h2") == tab.inner_text("#problems tbody tr:nth-child(2) button")


def test_languages(tab):
    """One click turns all words into English, another one back."""
    click(tab, "#language")
    assert tab.evaluate(SHOWN).startswith("Shown 77 of 130 nodes")
    assert tab.inner_text("#only-problems + span") == "problems only"
    click(tab, "#language")
    assert tab.evaluate(SHOWN).startswith("显示")


def test_export(tab):
    """PNG and SVG are saved as files that are what they say."""
    for button, begin in (("#png", b"\x89PNG"), ("#svg", b"<svg")):
        saved = exported(tab, button)
        assert saved.startswith(begin)
        assert len(saved) > 10_000


@pytest.mark.parametrize("trusting", [False, True])
def test_hostile_names_stay_text(chromium, hostile, tmp_path, trusting):
    """No request, no error, no canary: on opening, in the record, the search, the tooltip and the exports."""
    figure = network_map(hostile, problems=dict.fromkeys(hostile.nodes().index[:20], CANARIES[0]))
    with opened(chromium, figure.save(tmp_path / "x.svg"), trusting=trusting) as page:
        page.verify()
    with opened(chromium, figure.save(tmp_path / "x.html"), trusting=trusting) as page:
        page.verify(scripts=SCRIPTS)
        type_into(page.page, "#search", "canary")
        page.page.keyboard.press("Enter")
        for number in range(3):
            click(page.page, "#problems button", number)
        click(page.page, "#language")
        page.page.mouse.move(800, 400)
        (tmp_path / "exported.svg").write_bytes(exported(page.page, "#svg"))
        page.verify(scripts=SCRIPTS)
    with opened(chromium, tmp_path / "exported.svg", trusting=trusting) as page:
        page.verify()
