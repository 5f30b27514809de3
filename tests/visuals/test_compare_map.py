"""Two networks on the same positions, what differs marked; nothing of the data becomes code."""

from __future__ import annotations

import datetime
import re

import pytest

from medgraph.loaders import samples
from medgraph.queries.comparison.differences import compare
from medgraph.visuals.compare_map import compare_map
from tests.browser import choose, click, opened

DAY = "2023-10-25"


def places(svg):
    """Per panel: township name -> where its tile stands, the panels' own offset taken away."""
    panels = re.split(r"此前 |此后 ", svg)[1:]
    found = []
    for panel in panels:
        tiles = re.findall(
            r'<g[^>]*><title>([^<：]+)[^<]*</title><rect x="([\d.]+)" y="([\d.]+)"', panel
        )
        left = min(float(x) for _, x, _ in tiles)
        found.append({name: (float(x) - left, float(y)) for name, x, y in tiles})
    return found


@pytest.fixture(scope="module")
def taizhou():
    return samples.taizhou()


@pytest.fixture(scope="module")
def moved(taizhou):
    return taizhou.moved("TZ-P34", to_group="G2")


def test_both_panels_hold_every_township_on_one_position(taizhou, moved):
    """43 tiles on each side, each on the same place in its panel."""
    before, after = places(compare_map(taizhou, moved, lang="zh").svg)
    assert len(before) == len(after) == 43
    assert before.keys() == after.keys()
    assert all(
        abs(before[n][0] - after[n][0]) < 0.1 and before[n][1] == after[n][1] for n in before
    )


def test_exactly_the_moved_township_is_marked_and_said(taizhou, moved):
    """海门街道 changes hands from G4 to G2: one mark in each panel, three sentences below."""
    figure = compare_map(taizhou, moved, changes=compare(taizhou, moved).frame, lang="zh")
    assert (figure.counts["changed"], figure.counts["added"], figure.counts["removed"]) == (1, 0, 0)
    assert figure.svg.count("<title>海门街道：变化</title>") == 2
    assert "海门街道 服务集团：市立医院城市医疗集团 → 中心医院城市医疗集团" in figure.svg
    assert "实际变化 3/3；另有沿革变化 0 处" in figure.svg


def test_what_is_not_drawn_is_counted(taizhou, moved):
    """Shares, answers and verdicts stand in no place: the drawing says how many differ."""
    frame = compare(taizhou, moved).frame
    count = int(frame["what"].isin(["share", "answer", "verdict"]).sum())
    assert count
    assert (
        f"未画出的比率、答案、结论 {count} 处"
        in compare_map(taizhou, moved, changes=frame, lang="zh").svg
    )


def test_an_area_that_comes_or_goes_keeps_its_place_empty(county):
    """河口镇 is dissolved: its tile stays in dashes in the later panel, and no other tile moves."""
    after = county.ended("330101004000", on=DAY)
    figure = compare_map(county, after, lang="zh")
    assert figure.counts["removed"] == 1
    before_, after_ = places(figure.svg)
    assert before_.keys() == after_.keys()
    assert figure.svg.count("<title>河口镇：取消</title>") == 2
    assert compare_map(after, county, lang="zh").counts["added"] == 1


def test_a_changed_link_marks_the_township_of_its_facility(county):
    """P3 gets a way up: the two townships that it serves are marked, though no group changes."""
    after = county.linked("P3", "REFERS_UP_TO", "H1", minutes=20.0)
    marked = compare_map(county, after, changes=compare(county, after).frame, lang="zh")
    assert marked.counts["changed"] >= 2
    assert compare_map(county, after, lang="zh").counts["changed"] == 0
    assert "第3卫生院 — 上转 → 东县人民医院" in marked.svg


def test_the_picture_speaks_english(taizhou, moved):
    svg = compare_map(taizhou, moved, changes=compare(taizhou, moved).frame, lang="en").svg
    assert "before: 2023-10-25" in svg
    assert "此前" not in svg


@pytest.mark.parametrize("trusting", [False, True])
def test_hostile_names_stay_text(chromium, hostile, tmp_path, trusting):
    """No request, no error, no canary; the list below carries names, too."""
    day = hostile.day() + datetime.timedelta(days=1)
    ids = hostile.nodes("Facility").index
    after = hostile.ended(ids[0], on=day)
    figure = compare_map(
        hostile, after, to_day=day, changes=compare(hostile, after, to_day=day).frame
    )
    for suffix in ("svg", "html"):
        with opened(chromium, figure.save(tmp_path / f"x.{suffix}"), trusting=trusting) as page:
            page.verify()


def test_labels_do_not_overlap(chromium, taizhou, moved, tmp_path):
    figure = compare_map(taizhou, moved, changes=compare(taizhou, moved).frame)
    with opened(chromium, figure.save(tmp_path / "x.html")) as page:
        assert page.overlaps() == []


def test_both_sides_are_filtered_with_their_table(chromium, taizhou, moved, tmp_path):
    """By district, group and change: the same townships on both sides as in the table, and as compared."""
    figure = compare_map(taizhou, moved, changes=compare(taizhou, moved).frame, lang="zh")
    table = figure.table.set_index("id")
    assert len(table) == figure.counts["all"] == 43
    changed = table[table["state"] == "变化"]
    assert (changed["name"].tolist(), len(table[table["state"] == "相同"])) == (["海门街道"], 42)
    assert (changed["before"].iloc[0], changed["after"].iloc[0]) == (
        "市立医院城市医疗集团",
        "中心医院城市医疗集团",
    )
    fit = "() => [...document.querySelectorAll('#drawing [data-id]:not(.out)')].map(e => e.dataset.id)"
    with opened(chromium, figure.save(tmp_path / "x.html")) as one:
        page = one.page
        for by, value in (
            ("state", "变化"),
            ("district", "黄岩区"),
            ("group", "中心医院城市医疗集团"),
        ):
            choose(page, f"#by-{by}", value)
            wanted = table.index[[value in cell.split("|") for cell in table[by]]].tolist()
            assert sorted(page.evaluate(fit)) == sorted(2 * wanted)
            rows = page.locator("#table tbody tr:not(.out)")
            assert rows.evaluate_all("rows => rows.map(row => row.dataset.row)") == wanted
            choose(page, f"#by-{by}", "")
        click(page, "#table summary")
        page.focus("#table tbody tr")
        page.keyboard.press("Enter")
        assert page.evaluate("() => document.activeElement.dataset.id") == table.index[0]
        one.verify()
