"""Every link of the built site leads to a file and a place that are there, and nothing is loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LOADS = {"img": "src", "script": "src", "link": "href", "iframe": "src", "source": "src"}


class Page(HTMLParser):
    """The links, loads and anchors of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        stated = {name: value or "" for name, value in attributes}
        self.anchors |= {stated[name] for name in ("id", "name") if name in stated}
        if tag == "a" and "href" in stated:
            self.links.append(stated["href"])
        if tag in _LOADS and _LOADS[tag] in stated:
            self.loads.append(stated[_LOADS[tag]])


def faults(site: Path) -> Iterator[str]:
    """Yield every link that leads nowhere, and everything that is loaded from elsewhere."""
    pages = {path: Page(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}
    for path, page in pages.items():
        shown = path.relative_to(site).as_posix()
        for address in page.loads:
            if urlsplit(address).netloc:
                yield f"{shown} loads {address}"
        for address in (*page.links, *page.loads):
            if not _leads_somewhere(path, address, pages):
                yield f"{shown} leads to {address}, which is not there"


def _leads_somewhere(path: Path, address: str, pages: dict[Path, Page]) -> bool:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return True
    target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    if target not in pages or not parts.fragment:
        return target.exists()
    return unquote(parts.fragment) in pages[target].anchors
