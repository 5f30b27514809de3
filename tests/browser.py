"""Open what medgraph writes in a real browser, without a network, and say everything it tried to do."""

from __future__ import annotations

import base64
import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from medgraph.visuals.page.pages import PARTS

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
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

    def verify(self, *, scripts: int | None = None) -> None:
        """Hold the gate: no request, no error, no canary ran, nothing of the data became an element.

        Without `scripts` a page may have those of a drawing, a drawing by itself none.
        """
        if scripts is None:
            is_page = self.page.evaluate("() => !!document.getElementById('drawing')")
            scripts = len(PARTS["figure"].scripts) if is_page else 0
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


# What a person does, by mouse and keys: the browser's own events, which any version of it understands.
_MIDDLE = """([selector, number]) => {
    const element = document.querySelectorAll(selector)[number];
    element.scrollIntoView({block: 'center'});
    const box = element.getBoundingClientRect();
    return [box.left + box.width / 2, box.top + box.height / 2]; }"""
_CHOOSE = """([selector, value]) => { const select = document.querySelector(selector);
    select.focus();
    select.value = value;
    select.dispatchEvent(new Event('change')); }"""
_SEEN = """selector => [...document.querySelectorAll(selector)].filter(
    e => e.checkVisibility ? e.checkVisibility({visibilityProperty: true})
        : e.getClientRects().length && getComputedStyle(e).visibility === 'visible').map(e => e.innerText)"""


def click(page: Any, selector: str, number: int = 0) -> None:
    """Click in the middle of the element of `selector` with this number."""
    page.mouse.click(*page.evaluate(_MIDDLE, [selector, number]))


def type_into(page: Any, selector: str, words: str) -> None:
    """Put the cursor into a field, take out what stands there, and type."""
    click(page, selector)
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(words)


def choose(page: Any, selector: str, value: str) -> None:
    """Choose a value of a select, in any version of the browser."""
    page.evaluate(_CHOOSE, [selector, value])


def is_there(page: Any, selector: str) -> bool:
    """Tell whether an element has room on the page, in any version of the browser."""
    return page.evaluate("s => document.querySelector(s).getClientRects().length > 0", selector)


def seen(page: Any, selector: str) -> list[str]:
    """Return the texts of all elements of `selector` that stand on the page."""
    return page.evaluate(_SEEN, selector)


def exported(page: Any, selector: str) -> bytes:
    """Return the file that a click on `selector` saves.

    Chromium 86 tells nobody of a download: there the blob that the page gives to it is read.
    """
    if not page.context.browser.version.startswith("86."):
        with page.expect_download() as waiting:
            click(page, selector)
        return Path(waiting.value.path()).read_bytes()
    page.evaluate("""() => { window.given = null;
        if (window.giving) return;
        const blobs = window.giving = new Map(), give = URL.createObjectURL, click = HTMLAnchorElement.prototype.click;
        URL.createObjectURL = blob => { const url = give.call(URL, blob); blobs.set(url, blob); return url; };
        HTMLAnchorElement.prototype.click = function () {
            const blob = blobs.get(this.href), reader = new FileReader();
            if (!blob) { window.given = this.href; return click.call(this); }
            reader.onload = () => { window.given = reader.result; };
            reader.readAsDataURL(blob);
            return click.call(this); }; }""")
    click(page, selector)
    page.wait_for_function("() => window.given")
    return base64.b64decode(page.evaluate("() => window.given").partition(",")[2])


def executable() -> str:
    """Return the path of the browser; where there is none, skip with words, or fail if one is required."""
    found = (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    if found:
        return found
    said = "no Chromium on this machine: the pages were not opened"
    pytest.fail(said) if REQUIRED else pytest.skip(said)
    raise AssertionError


@contextlib.contextmanager
def browser(chosen: Path | None = None) -> Iterator[Any]:
    """Start the installed browser, or the one in the folder `chosen`, with a user-data directory of its own."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        said = "playwright is not installed: the pages were not opened"
        pytest.fail(said) if REQUIRED else pytest.skip(said)
    with sync_playwright() as playwright:
        path, env = (
            (chosen / "chromium", {**os.environ, "LD_LIBRARY_PATH": str(chosen / "lib")})
            if chosen
            else (executable(), None)
        )
        started = playwright.chromium.launch(executable_path=str(path), args=list(FLAGS), env=env)
        try:
            yield started
        finally:
            started.close()


@contextlib.contextmanager
def opened(
    started: Any, path: Path, *, trusting: bool = False, size: tuple[int, int] = (1400, 900)
) -> Iterator[Opened]:
    """Open a file with all of the network blocked and logged; `trusting` ignores the page's own policy.

    Without the policy only escaping stands between the data and the browser, so both are worth a look.
    """
    context = started.new_context(
        bypass_csp=trusting, accept_downloads=True, viewport={"width": size[0], "height": size[1]}
    )
    page = context.new_page()
    record = Opened(page)

    def refuse(route: Any) -> None:
        record.requests.append(route.request.url)
        route.abort()

    context.route(lambda url: not url.startswith(("file:", "data:", "blob:", "about:")), refuse)
    page.on("pageerror", lambda error: record.errors.append(str(error)))
    page.on(
        "console",
        lambda message: record.errors.append(message.text) if message.type == "error" else None,
    )
    page.goto(Path(path).resolve().as_uri())
    try:
        yield record
    finally:
        context.close()
