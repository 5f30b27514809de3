"""Make the pictures of docs/board.md: `python -m tools.make_board_pictures`. Needs Chromium and a Chinese font."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from medgraph.loaders import samples
from tests.board.served import Served
from tests.browser import browser

PICTURES = Path(__file__).parent.parent / "docs" / "board"
SIZE = {"width": 1280, "height": 720}
TOWN = "331002001000"
PATIENCE = 300_000  # milliseconds, on a machine that is at work


def main() -> None:
    """Take each picture as a planner would come to it."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, browser() as started:
        samples.write_taizhou_ugly(str(Path(folder) / "名册.xlsx"))
        served = Served(Path(folder), lang="zh")
        try:
            page = started.new_page(viewport=SIZE)
            page.context.set_default_timeout(PATIENCE)
            page.goto(served.address)
            take(page, "1-start")
            page.set_input_files("#file", Path(folder) / "名册.xlsx")
            page.wait_for_selector(".question")
            take(page, "2-questions")
            page.reload()
            page.click("#sample")
            page.wait_for_selector("#groups .group")
            plan(page, "方案一")
            page.click(f'[data-id="{TOWN}"]')
            page.click('#groups [data-id="G2"]')
            page.fill("#reason", "就近")
            page.click("#yes")
            page.wait_for_selector(f'.tile.moved[data-id="{TOWN}"]')
            take(page, "3-move")
            plan(page, "方案二")
            page.click("#beside")
            page.click("#yes")
            page.wait_for_selector("#compared article:nth-child(2) table")
            take(page, "4-beside")
            page.select_option("#plan", index=0)
            page.wait_for_selector(".tile.moved")
            page.click("#view-answers")
            page.wait_for_selector('[data-verb="coverage.served"]')
            page.click('[data-verb="coverage.served"]')
            page.wait_for_selector(".rows tr.row td")
            take(page, "6-answers")
            with page.context.expect_page() as waiting:
                page.click("#present")
            slides = waiting.value
            slides.set_viewport_size(SIZE)
            slides.wait_for_selector("section img")
            slides.keyboard.press("ArrowRight")
            take(slides, "7-slide")
            slides.close()
            page.click("#view-plan")
            page.set_viewport_size({"width": 390, "height": 844})
            page.evaluate("() => window.scrollTo(0, 0)")
            take(page, "5-phone")
        finally:
            served.stop()


def plan(page: Any, name: str) -> None:
    """Begin a plan."""
    page.fill("#who", "市卫健委")
    page.click("#begin")
    page.fill("#fields input", name)
    page.click("#yes")
    page.wait_for_function(
        "name => (document.querySelector('#plan option:checked') || {textContent: ''}).textContent"
        ".startsWith(name)",
        arg=name,
    )
    page.wait_for_selector("#numbers table")


def take(page: Any, name: str) -> None:
    """Keep what stands on the page."""
    page.wait_for_timeout(500)
    page.screenshot(path=PICTURES / f"{name}.png")


if __name__ == "__main__":
    main()
