"""Ways and stops in the picture are the answers of `referrals path` and `resilience dependents`."""

from __future__ import annotations

import math
import re

import pytest

from medgraph.loaders import samples
from medgraph.loaders.samples.synthetic import synthetic
from medgraph.queries import referrals, resilience
from medgraph.queries.referrals.every_way import every_way
from medgraph.queries.resilience.every_loss import every_loss
from medgraph.visuals import network_map
from tests.browser import click, opened, type_into

WAYS = """([ids, question, direction]) => ids.map(id => {
    const found = medgraphMap.wayOf(id, question, direction), name = n => n >= 0 ? medgraphMap.nodes[n].id : null;
    return [found.way.kind, found.way.account, name(found.way.target ?? -1), found.way.way ?? null,
        isNaN(found.minutes) ? null : found.minutes,
        found.chain.map(l => [name(l.from), l.relation, name(l.to), l.minutes ?? null])]; })"""
LOSSES = """ids => ids.map(id => medgraphMap.lossesOf(id).flatMap(loss => loss.losers.map(
    number => [loss.kind, medgraphMap.nodes[number].id, loss.isSure ? 'loses' : 'may_lose'])))"""
NETS = {
    "taizhou": samples.taizhou,
    "county": lambda: synthetic(scale="county", seed=3, defects=["dead_end", "level_skip", "loop"]),
}


def drawn(net):
    return network_map(net, ways=every_way(net), losses=every_loss(net), lang="zh")


@pytest.mark.parametrize("name", NETS)
def test_every_way_of_the_page_is_that_of_the_question(chromium, tmp_path, name):
    """For every facility and question: kind, target, where it ends, minutes, steps."""
    net = NETS[name]()
    found = every_way(net)
    with opened(chromium, drawn(net).save(tmp_path / "x.html")) as one:
        for question in found.ways:
            answer = referrals.paths(
                net,
                specialty=question.specialty,
                level=question.level,
                direction=question.direction,
            )
            told = question.specialty and f"specialty {question.specialty}"
            told = told or (f"level {question.level}" if question.level else "lead")
            rows = answer.frame.astype(object).where(answer.frame.notna(), None)
            ids = rows["facility"].tolist()
            shown = one.page.evaluate(WAYS, [ids, told, question.direction])
            for row, (kind, account, target, way, minutes, chain) in zip(
                rows.to_dict("records"), shown, strict=True
            ):
                assert (kind, account) == (row["status"], "judged")
                if kind != "reached":
                    continue
                assert (target, way, len(chain)) == (row["target"], row["way"], row["steps"])
                assert math.isclose(minutes or 0, row["minutes"] or 0)
            ids = answer.unknown["facility"].tolist()
            shown = one.page.evaluate(WAYS, [ids, told, question.direction])
            assert {account for _, account, *_ in shown} <= {"unknown"}


@pytest.mark.parametrize("name", NETS)
def test_every_stop_of_the_page_is_that_of_the_question(chromium, tmp_path, name):
    """Who loses what, and whether it is sure, of the facilities on which most depend and of others."""
    net = NETS[name]()
    critical = resilience.critical(net).frame["facility"].drop_duplicates()
    others = net.nodes("Facility").index[:20:5]
    ids = [*critical[:12], *others]
    with opened(chromium, drawn(net).save(tmp_path / "x.html")) as one:
        for id, shown in zip(ids, one.page.evaluate(LOSSES, ids), strict=True):
            frame = resilience.dependents(net, id).frame
            rows = frame[["loses", "facility", "status"]].itertuples(index=False, name=None)
            assert sorted(map(tuple, shown)) == sorted(rows)


def test_a_click_lights_the_way_with_its_minutes(chromium, tmp_path):
    """The record tells the steps up and down, the picture has them as lines with minutes."""
    net = synthetic(scale="county")
    lost = referrals.paths(net).frame
    start = lost[lost["steps"] == lost["steps"].max()].iloc[0]
    with opened(chromium, drawn(net).save(tmp_path / "x.html")) as one:
        page = one.page
        type_into(page, "#search", start["facility"])
        page.keyboard.press("Enter")
        assert (
            len(
                page.evaluate(
                    "() => [...document.querySelectorAll('#ways li')].map(e => e.textContent)"
                )
            )
            == 2 * start["steps"]
        )
        assert f"{start['steps']}步，{start['minutes']:g}分钟" in page.inner_text("#ways")
        assert " min" not in page.inner_text("#ways")
        page.evaluate("() => medgraphMap.light(true)")
        page.wait_for_timeout(700)
        texts = page.evaluate("() => medgraphMap.labels.map(l => l.text)")
        assert any(re.fullmatch(r"\d+分钟", text) for text in texts)
        assert "<line" in page.evaluate("() => medgraphMap.drawing()")
        click(page, "#losses summary") if page.locator("#losses summary").count() else None
        one.verify(scripts=page.evaluate("() => document.scripts.length"))


def test_a_counter_example_says_where_it_breaks(chromium, tmp_path):
    """A facility without a legal way says why, in the words of the question."""
    net = NETS["county"]()
    found = referrals.paths(net)
    broken = found.frame[found.frame["status"] != "reached"]
    assert len(broken)
    with opened(chromium, drawn(net).save(tmp_path / "x.html")) as one:
        for row in broken.to_dict("records")[:4]:
            one.page.evaluate("id => medgraphMap.locate(id)", row["facility"])
            assert row["reason"] in one.page.inner_text("#ways")
