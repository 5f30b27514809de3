"""Draw the pictures of docs/gallery from Taizhou's sample: `python -m tools.make_gallery`.

Needs Chromium.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from medgraph.board.maps import network
from medgraph.cli.reports import audited, report_answers
from medgraph.loaders import samples
from medgraph.queries import coverage, sharing
from medgraph.queries.sharing.obligations import OBLIGATIONS
from medgraph.visuals import matrix, swimlane, tile_map
from medgraph.visuals.report import contents, write_report
from medgraph.words.say import say, speaking
from tests.browser import browser, opened

GALLERY = Path(__file__).parent.parent / "docs" / "gallery"


def figures(folder: Path) -> dict[str, Path]:
    """Write every picture into `folder`; return the file behind each screenshot."""
    net = samples.taizhou()
    served, duties = coverage.served(net), sharing.matrix(net).frame.set_index("facility")
    problems: dict[str, str] = {}
    for name in coverage.FINDINGS:
        answer = getattr(coverage, name)(net)
        problems |= dict(zip(answer.frame[answer.key], answer.frame["status"], strict=True))
    title = say("obligation_matrix_title", title=net.meta["title"])
    drawn = {
        "tiles": tile_map(net, color_by=served.status),
        "network": network(net, as_of=None, around=None, depth=1),
        "swimlane": swimlane(net, problems=problems),
        "matrix": matrix(net, duties[[*OBLIGATIONS]], title=title, by=duties["group"]),
    }
    paths = {name: figure.save(folder / f"{name}.html") for name, figure in drawn.items()}
    pages = contents(net, report_answers(net), audit=audited(net, ())[0], source="demo")
    return paths | {"report": write_report(pages, folder)[0]}


def shoot(page: Any, name: str) -> None:
    """Take the screenshot of an open page."""
    page.wait_for_timeout(400)
    page.screenshot(path=GALLERY / f"{name}.png")


def main() -> None:
    """Write the six screenshots."""
    GALLERY.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, speaking("zh"), browser() as started:
        for name, path in figures(Path(folder)).items():
            size = (1000, 1200) if name in ("report", "matrix") else (1400, 900)
            with opened(started, path, size=size) as one:
                shoot(one.page, name)
                if name == "network":
                    one.page.check("#only-problems")
                    one.page.locator("#problems button").last.click()
                    shoot(one.page, "network_problems")


if __name__ == "__main__":
    main()
