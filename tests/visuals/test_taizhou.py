"""Taizhou's plan, drawn and reported from the real answers."""

from __future__ import annotations

import pytest

from medgraph.loaders import samples
from medgraph.queries import coverage
from medgraph.visuals import tile_map
from medgraph.visuals.report import contents, write_report
from medgraph.words.say import speaking
from tests.browser import opened


@pytest.fixture(scope="module")
def net():
    return samples.taizhou()


@pytest.fixture(scope="module", params=["zh", "en"])
def pages(request, net):
    asked = (
        coverage.served,
        coverage.overlaps,
        coverage.ungrouped,
        coverage.multiple,
        coverage.grid,
    )
    with speaking(request.param):
        answers = {f"coverage.{query.__name__}": query(net) for query in asked}
        return contents(net, answers, rows_in=500, loaded=500, source="台州.xlsx")


def test_the_map_counts_what_the_answer_counts(net):
    """43 tiles: 38 served, one gap, four quasi units; 葭沚街道 has the marks of its two centres."""
    figure = tile_map(net, color_by=coverage.served(net).status, lang="zh")
    assert figure.counts == {"shown": 43, "all": 43, "served": 38, "gap": 1, "excluded": 4}
    assert "空白 1：西城街道" in figure.svg
    assert "中心医院城市医疗集团 ×2" in figure.svg


def test_page_one_says_what_is_missing(pages):
    """38 of 39, the gap by name, 4 quasi units apart, nothing unknown; the gap is the worst finding of ten."""
    assert [number for number, *_ in pages.figures] == ["38/39", "1", "0", "4"]
    assert "西城街道" in pages.headline
    assert pages.findings[0].place == "西城街道"
    assert pages.findings[0].subject == "331003003000"
    assert len(pages.findings) == 10  # and the nine named facilities in no group
    if pages.lang == "zh":
        assert pages.headline.startswith(
            "38/39 个乡级区划有集团机构；缺：西城街道；4个准乡级单位另列"
        )


def test_it_opens_and_nothing_overlaps(chromium, pages, tmp_path):
    """The report opens without a request or an error; no two texts of the map or of page one overlap."""
    path, _ = write_report(pages, tmp_path)
    with opened(chromium, path, size=(1000, 1300)) as page:
        page.verify()
        assert (
            page.overlaps(
                "#page-one svg text, #page-one td, #page-one h1, #page-one b, #page-one span"
            )
            == []
        )


def test_it_prints_on_paper(chromium, pages, tmp_path):
    """Page one is one A4, and no table is wider than the paper."""
    path, _ = write_report(pages, tmp_path)
    with opened(chromium, path, size=(718, 1047)) as page:
        page.page.emulate_media(media="print")
        assert (
            page.page.evaluate("() => document.querySelector('#page-one').scrollHeight")
            <= 277 / 25.4 * 96
        )
        assert page.page.evaluate("() => document.documentElement.scrollWidth") <= 718
