"""The instrument by mouse and keys on three networks: every number that it shows is the query's."""

from __future__ import annotations

import csv
import io
import re

import pytest

from medgraph.board.maps import MAPS
from medgraph.loaders import samples
from medgraph.loaders.samples.synthetic import synthetic
from medgraph.queries import referrals, resilience
from medgraph.visuals.network.network_scene import network_scene
from tests.browser import choose, click, exported, is_there, opened, seen, type_into
from tests.visuals.network.test_around import around

NETS = {
    "taizhou": samples.taizhou,
    "county": lambda: synthetic(scale="county", defects=["gap", "ungrouped", "dead_end"]),
    "city": lambda: synthetic(scale="city", defects=["gap", "ungrouped", "dead_end"]),
}


@pytest.fixture(
    scope="module",
    params=["taizhou", "county", pytest.param("city", marks=pytest.mark.slow)],
)
def visit(request, chromium, tmp_path_factory):
    """One network, and its map, open."""
    net = NETS[request.param]()
    path = MAPS["network"](net, as_of=None).save(tmp_path_factory.mktemp("hand") / "x.html")
    with opened(chromium, path) as one:
        yield net, one
        one.verify(scripts=one.page.evaluate("() => document.scripts.length"))


def find(page, id: str) -> None:
    """Search by keys, Enter opens the record."""
    type_into(page, "#search", id)
    page.keyboard.press("Enter")
    page.wait_for_function("() => !document.getElementById('record').hidden")


def numbers(text: str) -> list[int]:
    return [int(one) for one in re.findall(r"\d+", text)]


def test_a_way_by_search_and_keys(visit):
    """The longest way up: its steps, and its minutes where all are stated, as `referrals path` says."""
    net, one = visit
    ways = referrals.paths(net).frame
    ways = ways[ways["status"] == "reached"].sort_values("steps", ascending=False)
    for row in ways.head(2).to_dict("records"):
        find(one.page, row["facility"])
        choose(one.page, "#way-to", "lead")
        text = one.page.locator("#ways .total").first.inner_text()
        assert f"{row['steps']}步" in text
        if row["minutes"] == row["minutes"] and row["minutes"] is not None:
            assert f"{row['minutes']:g}分钟" in text
        else:
            assert "分钟未知" in text
        assert len(one.page.query_selector_all("#ways ol:first-of-type li")) >= row["steps"]


def test_who_loses_what_by_mouse(visit):
    """Opened by a click: as many losers of each kind as `resilience dependents` counts."""
    net, one = visit
    stop = resilience.critical(net).frame["facility"].iloc[0]
    frame = resilience.dependents(net, stop).frame
    find(one.page, stop)
    counts = frame.groupby(["loses", "status"]).size().tolist()
    heads = one.page.locator("#losses summary").all_inner_texts()
    assert sorted(numbers(head)[-1] for head in heads) == sorted(counts)
    click(one.page, "#losses summary")
    assert one.page.query_selector_all("#losses details[open] li")


def test_a_day_by_the_arrow_keys(visit):
    """Each day of the slider says as many nodes as the network of that day has."""
    net, one = visit
    page = one.page
    if not is_there(page, "#days"):
        assert page.evaluate("() => medgraphMap.data.history") is None
        return
    page.focus("#day")
    page.keyboard.press("Home")
    for day in page.evaluate("() => medgraphMap.data.history.days"):
        assert page.inner_text("#day-shown").startswith(day)
        scene = network_scene(net, None, {}, net.day(day), "zh")
        beside = len(
            page.evaluate("() => medgraphMap.nodes.filter(n => n.role === 'gap').length") * [0]
        )
        assert numbers(page.inner_text("#shown"))[1] in (
            len(scene.nodes),
            len(scene.nodes) + beside,
        )
        page.keyboard.press("ArrowRight")
    page.evaluate("() => medgraphMap.goTo(medgraphMap.data.history.now)")


def test_around_one_by_mouse(visit):
    """As many nodes as are so many links away, by hand."""
    net, one = visit
    page = one.page
    start = referrals.paths(net).frame["facility"].iloc[0]
    find(page, start)
    choose(page, "#around-depth", "2")
    click(page, "#around")
    drawn = dict(page.evaluate("() => medgraphMap.nodes.map(n => [n.id, n.layer])"))
    shown_layers = page.evaluate(
        "() => Object.keys(medgraphMap.layers).filter(l => medgraphMap.layers[l])"
    )
    near = around(net, start, 2) & drawn.keys()
    wanted = [id for id in near if not drawn[id] or drawn[id] in shown_layers]
    assert numbers(page.inner_text("#shown"))[0] == len(wanted)
    click(page, "#around-all")


def test_colours_and_the_table_by_keys(visit):
    """The legend counts each type as the roster does; the table that is taken away has the nodes shown."""
    net, one = visit
    page = one.page
    choose(page, "#colour-by", "column type")
    counts = net.nodes().query("kind != 'Area'")["type"].value_counts()
    legend = [numbers(row)[-1] for row in page.locator("#legend .row").all_inner_texts()]
    assert legend[: min(12, len(counts))] == counts.tolist()[:12]
    choose(page, "#colour-by", "group")
    rows = list(csv.reader(io.StringIO(exported(page, "#csv").decode("utf-8-sig"))))
    assert len(rows) - 1 == numbers(page.inner_text("#shown"))[0]


def test_codes_are_names_and_no_sizes(visit):
    """A code of an area is no quantity, whatever its digits: no size, and no classes in the legend."""
    net, one = visit
    page = one.page
    sizes = page.evaluate("() => [...document.querySelector('#size-by').options].map(o => o.value)")
    assert {"column area", "column parent"}.isdisjoint(sizes)
    choose(page, "#colour-by", "column area")
    codes = net.nodes().query("kind != 'Area'")["area"].value_counts()
    code, count = numbers(seen(page, "#legend .row")[0])
    assert codes[str(code)] == count == codes.max()
    choose(page, "#colour-by", "group")


def test_a_finding_by_enter_and_only_problems_by_space(visit):
    """A row of the list by Enter opens the record of its first node; only what is wrong stays by Space."""
    _, one = visit
    page = one.page
    page.focus("#problems tbody button")
    page.keyboard.press("Enter")
    first = page.evaluate(
        "() => { const f = medgraphMap.findings[0]; return medgraphMap.nodes[f.subjects[0]].name; }"
    )
    assert page.inner_text("#record h2") == first
    page.focus("#only-problems")
    page.keyboard.press("Space")
    wrong = page.evaluate(
        "() => medgraphMap.nodes.filter(n => n.problem && medgraphMap.passes(n)).length"
    )
    assert numbers(page.inner_text("#shown"))[0] == wrong > 0
    page.keyboard.press("Space")


def test_a_level_by_keys(visit):
    """Everything open: as many single nodes as are shown; back to what the zoom has."""
    _, one = visit
    page = one.page
    if not is_there(page, "#detail-row"):
        return
    choose(page, "#detail", "all")
    single = page.evaluate("() => medgraphMap.scene.nodes.filter(n => !n.absent).length")
    assert single == numbers(page.inner_text("#shown"))[0]
    choose(page, "#detail", "auto")
