"""One visit to Taizhou's network map, as a planner makes it, in Debian's Chromium and in Chromium 86."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest

from medgraph.loaders import samples
from medgraph.queries import coverage
from medgraph.visuals import network_map, swimlane, tile_map
from medgraph.visuals.figure import Figure
from medgraph.visuals.page.pages import PARTS
from tests.browser import click, opened

GAP = "331003003000"
SCRIPTS = 1 + len(PARTS["network"].scripts)
WATCHED = """() => { window.handed = [];
    const blobs = new Map(), make = URL.createObjectURL;
    URL.createObjectURL = blob => { const url = make(blob); blobs.set(url, blob); return url; };
    HTMLAnchorElement.prototype.click = function () { window.handed.push(blobs.get(this.href)); }; }"""
HANDED = """() => Promise.all(window.handed.map(blob => blob.arrayBuffer().then(
    bytes => [Array.from(new Uint8Array(bytes.slice(0, 4))), bytes.byteLength])))"""
PLACE = """id => { const p = medgraphNetwork.canvasToDOM(medgraphNetwork.getPosition(id)),
    r = document.querySelector('#canvas canvas').getBoundingClientRect(); return [r.left + p.x, r.top + p.y]; }"""


@pytest.fixture(scope="module")
def figure() -> Figure:
    net = samples.taizhou()
    answers = [getattr(coverage, name)(net) for name in coverage.FINDINGS]
    problems = {
        id: status
        for answer in answers
        for id, status in zip(answer.frame[answer.key], answer.frame["status"], strict=True)
    }
    return network_map(net, problems=problems, lang="zh")


class Hand:
    """Pointer, keyboard and eyes of the visitor: Playwright's own helpers need what Chromium 86 does not have."""

    def __init__(self, tab: Any) -> None:
        self.tab = tab

    def click(self, selector: str, number: int = 0) -> None:
        """Bring an element into view and click its middle."""
        click(self.tab, selector, number)

    def text(self, selector: str) -> str:
        """Return what stands in the first element."""
        return self.tab.evaluate("s => document.querySelector(s).textContent", selector)

    def write(self, words: str) -> None:
        """Replace what stands in the search box."""
        self.click("#search")
        self.tab.keyboard.press("Control+A")
        self.tab.keyboard.press("Delete")
        if words:
            self.tab.keyboard.insert_text(words)

    def count(self, selector: str) -> int:
        """Return how many elements there are."""
        return self.tab.evaluate("s => document.querySelectorAll(s).length", selector)


def visit(started: Any, figure: Figure, folder: Any, export: Any) -> None:
    """Search, click the gap, filter to one group, only problems, the table by keyboard, exports, print, language."""
    with opened(started, figure.save(folder / "网络 图.html")) as one:
        one.page.wait_for_timeout(300)
        hand = Hand(one.page)
        for step in (click_the_gap, search, filter_to_one_group, only_problems, table_by_keyboard):
            step(hand)
        export(hand, folder)
        paper(one.page)
        languages(hand)
        one.verify(scripts=SCRIPTS)


def click_the_gap(hand: Hand) -> None:
    """The gap stands on the canvas: the pointer over it shows its name, a click its record."""
    x, y = hand.tab.evaluate(PLACE, GAP)
    hand.tab.mouse.move(x - 3, y - 3)
    hand.tab.mouse.move(x, y)
    hand.tab.wait_for_function("() => !document.getElementById('tip').hidden")
    assert hand.text("#tip") == "西城街道 · 空白"
    hand.tab.mouse.click(x, y)
    hand.tab.wait_for_function("() => !document.getElementById('record').hidden")
    assert hand.text("#record h2") == "西城街道"
    assert GAP in hand.text("#record dl")
    hand.click("#close")


def search(hand: Hand) -> None:
    """Chinese, pinyin, initials and the code find it; Enter locates it."""
    for words in ("西城", "xicheng", "xcjd", GAP):
        hand.write(words)
        assert "西城街道" in hand.text("#found")
    hand.tab.keyboard.press("Enter")
    assert hand.tab.evaluate("() => medgraphNetwork.getSelectedNodes()") == [GAP]
    hand.click("#close")
    hand.write("")


def filter_to_one_group(hand: Hand) -> None:
    """The ticks of the legend leave one group; what is said to be shown is what is drawn."""
    boxes = hand.count("#legend input")
    for number in range(1, boxes):
        hand.click("#legend input", number)
    stated = int(re.search(r"\((\d+)\)", hand.text("#legend .row"))[1])
    shown = hand.tab.evaluate(
        "() => Object.values(medgraphNetwork.body.nodes).filter(n => !n.options.hidden).length"
    )
    assert 0 < shown <= stated
    assert f"显示 {shown}/" in hand.text("#shown")
    for number in range(1, boxes):
        hand.click("#legend input", number)


def only_problems(hand: Hand) -> None:
    """The switch leaves as many nodes as the table has rows."""
    hand.click("#only-problems")
    assert hand.text("#shown").startswith(f"显示 {hand.count('#problems tbody tr')}/")
    hand.click("#only-problems")


def table_by_keyboard(hand: Hand) -> None:
    """From the last button above the table one Tab leads into it, the next to its second row; Enter locates."""
    hand.tab.evaluate("() => document.getElementById('language').focus()")
    hand.tab.keyboard.press("Tab")
    hand.tab.keyboard.press("Tab")
    wanted = hand.tab.evaluate("() => document.activeElement.textContent")
    assert wanted == hand.text("#problems tbody tr:nth-child(2) button")
    hand.tab.keyboard.press("Enter")
    assert hand.text("#record h2") == wanted
    hand.click("#close")


def exports(hand: Hand, folder: Any) -> None:
    """PNG and SVG are files that are what they say."""
    for button, begin in (("#png", b"\x89PNG"), ("#svg", b"<svg")):
        with hand.tab.expect_download() as waiting:
            hand.click(button)
        saved = folder / waiting.value.suggested_filename
        waiting.value.save_as(saved)
        assert saved.read_bytes().startswith(begin)
        assert saved.stat().st_size > 10_000


def handed_over(hand: Hand, folder: Any) -> None:
    """PNG and SVG as the page hands them to the browser: Playwright sees no downloads of Chromium 86."""
    hand.tab.evaluate(WATCHED)
    for number, (button, begin) in enumerate((("#png", b"\x89PNG"), ("#svg", b"<svg"))):
        hand.click(button)
        hand.tab.wait_for_function("count => window.handed.length > count", arg=number)
        first, size = hand.tab.evaluate(HANDED)[number]
        assert bytes(first) == begin
        assert size > 10_000


def paper(tab: Any) -> None:
    """What is printed is one sheet, A4 and A3, and says that it is a sketch."""
    for size in ("A4", "A3"):
        assert sheets(tab.pdf(format=size, landscape=True)) == 1
    tab.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    assert "示意图" in tab.evaluate("() => document.getElementById('paper').textContent")
    tab.evaluate("() => window.dispatchEvent(new Event('afterprint'))")


def languages(hand: Hand) -> None:
    """One click turns the words into English, another one back."""
    hand.click("#language")
    assert hand.text("#shown").startswith("Shown ")
    hand.click("#language")
    assert hand.text("#shown").startswith("显示")


def sheets(pdf: bytes) -> int:
    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(pdf)).pages)


def test_the_whole_visit(chromium, figure, tmp_path):
    """The whole visit works, in the Chromium that is installed and (`make test-slow`) in Chromium 86."""
    old = chromium.version.startswith("86.")  # it tells nobody of a download
    visit(chromium, figure, tmp_path, handed_over if old else exports)


def test_drawings_without_script_open_too(chromium, tmp_path):
    """The tile map and the swimlane open, and no two of their labels lie on one another."""
    net = samples.taizhou()
    served = coverage.served(net).status
    for name, drawn in (
        ("tiles", tile_map(net, color_by=served)),
        ("lanes", swimlane(net, color_by=served)),
    ):
        with opened(chromium, drawn.save(tmp_path / f"{name}.html")) as page:
            page.verify()
            assert page.overlaps() == []


@pytest.mark.parametrize("paper", ["A4", "A3"])
def test_tiles_and_lanes_print_on_one_sheet(chromium, tmp_path, paper):
    """The tile map and the swimlane take one sheet each."""
    net = samples.taizhou()
    for draw in (tile_map, swimlane):
        with opened(chromium, draw(net).save(tmp_path / "x.html")) as page:
            assert sheets(page.page.pdf(format=paper, landscape=True)) == 1
