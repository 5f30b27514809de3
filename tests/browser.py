"""Open what medgraph writes in a real browser, without a network, and say everything it tried to do."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync")
REQUIRED = os.environ.get("MEDGRAPH_REQUIRE_BROWSER") == "1"

# Every one sets window.canary if it is ever taken for code, or asks the network for something.
CANARIES = (
    "<script>window.canary=1</script>",
    '<img src="http://canary.invalid/x" onerror="window.canary=1">',
    '<a href="javascript:window.canary=1">href</a>',
    '"><svg onload="window.canary=1">',
    "'-(window.canary=1)-'",
    "</title></style></textarea></script><script>window.canary=1</script>",
    "]]><script>window.canary=1</script>",
    "{{ ''.__class__ }}{% for x in y %}",
    "url(http://canary.invalid/y)",
    '=HYPERLINK("http://canary.invalid","x")',
    "--><iframe src=javascript:window.canary=1></iframe>",
)
_FOREIGN = """() => [...document.querySelectorAll('*')].filter(e =>
    ['IFRAME','OBJECT','EMBED','LINK','IMG','IMAGE','FORM','BASE','FOREIGNOBJECT'].includes(e.tagName.toUpperCase())
    || [...e.attributes].some(a => /^on/i.test(a.name) || /^\\s*javascript:/i.test(a.value))
    ).map(e => e.outerHTML.slice(0, 200))"""
_OVERLAPS = """selector => {
    const boxes = [...document.querySelectorAll(selector)].map(e => [e.textContent, e.getBoundingClientRect()])
        .filter(([, r]) => r.width > 0 && r.height > 0);
    const found = [];
    for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length; j++) {
        const [s, a] = boxes[i], [t, b] = boxes[j];
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        // the box of a line of text has empty room above and below the letters
        if (wide > 1 && high > 0.3 * Math.min(a.height, b.height)) found.push(s + ' | ' + t);
    }
    return found; }"""


@dataclass
class Opened:
    """A page that is open: what it asked the network for, what went wrong in it."""

    page: Any
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def verify(self, *, scripts: int = 0) -> None:
        """Hold the gate: no request, no error, no canary ran, nothing of the data became an element."""
        self.page.wait_for_timeout(100)
        assert self.requests == []
        assert self.errors == []
        assert self.page.evaluate("() => window.canary") is None
        assert self.page.evaluate("() => document.querySelectorAll('script').length") == scripts
        assert self.page.evaluate(_FOREIGN) == []
        assert self.page.evaluate("() => !!document.querySelector('parsererror')") is False

    def overlaps(self, selector: str = "svg text") -> list[str]:
        """Return the pairs of texts whose boxes lie on one another."""
        return self.page.evaluate(_OVERLAPS, selector)


def executable() -> str:
    """Return the path of the browser; where there is none, skip with words, or fail if one is required."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found:
        return found
    said = "no Chromium on this machine: the pages were not opened"
    pytest.fail(said) if REQUIRED else pytest.skip(said)
    raise AssertionError


@contextlib.contextmanager
def browser() -> Iterator[Any]:
    """Start the browser with a user-data directory of its own."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        said = "playwright is not installed: the pages were not opened"
        pytest.fail(said) if REQUIRED else pytest.skip(said)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable(), args=list(FLAGS))
        try:
            yield started
        finally:
            started.close()


@contextlib.contextmanager
def opened(started: Any, path: Path, *, trusting: bool = False,
           size: tuple[int, int] = (1400, 900)) -> Iterator[Opened]:
    """Open a file with all of the network blocked and logged; `trusting` ignores the page's own policy.

    Without the policy only escaping stands between the data and the browser, so both are worth a look.
    """
    context = started.new_context(bypass_csp=trusting, accept_downloads=True,
                                  viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    record = Opened(page)

    def refuse(route: Any) -> None:
        record.requests.append(route.request.url)
        route.abort()

    context.route(lambda url: not url.startswith(("file:", "data:", "blob:", "about:")), refuse)
    page.on("pageerror", lambda error: record.errors.append(str(error)))
    page.on("console", lambda message: record.errors.append(message.text) if message.type == "error" else None)
    page.goto(Path(path).resolve().as_uri())
    try:
        yield record
    finally:
        context.close()
