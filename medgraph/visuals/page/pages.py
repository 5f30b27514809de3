"""Set a page of HTML: one environment for all, values escaped, scripts and styles by their hash.

Templates, style sheets and scripts lie in this folder; a page is a template and a row of `PARTS`.
What a page says comes in as values: text is escaped, and a name that nobody gave is an error.
Only `trusted` text (a drawing of ours, a script of ours) goes in as it is.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import jinja2
from markupsafe import Markup

from medgraph._version import __version__
from medgraph.suffixes import HTML
from medgraph.words.languages import LANGUAGES

# The library of the network map, as a file and as the SHA-256 that it had when it was read through.
VIS_NETWORK = "vendor/vis-network-10.0.2.min.js"
VIS_NETWORK_SHA256 = "92a2603c7125a249f1b61f3c3a316b4041ef47b32f4433484e3471f140f91485"
COLOURS = "colours.css"  # what every colour of a page is; each style sheet comes after it
NIGHT = "night.css"  # what they are in the dark, for the pages that follow it


@dataclass(frozen=True)
class Parts:
    """What goes into a page beside its template, and what its policy allows.

    `styles_in_place` is for a library that sets the style of its elements by attribute; a page that
    `asks` does so of the server that it came from, and of no other.
    """

    style: str
    scripts: tuple[str, ...] = ()
    images: str = ""
    styles_in_place: bool = False
    asks: bool = False
    has_night: bool = False


# The scripts of the network map, in the order in which one builds on the other.
_MAP = (
    "data",
    "telling",
    "levels",
    "labels",
    "contrast",
    "motion",
    "picture",
    "panel",
    "selection",
    "problems",
    "around",
    "days",
    "ways",
    "losses",
    "colours",
    "files",
    "takeaway",
    "begin",
)
PARTS = {
    "board": Parts(
        "board.css",
        ("elements.js", "table.js", "news.js", "places.js", "board.js", "answers.js"),
        asks=True,
        has_night=True,
    ),
    "figure": Parts(
        "figure.css", ("map/files.js", "map/telling.js", "figure.js"), images="data: blob:"
    ),
    "draft": Parts("draft.css"),
    "audit": Parts("audit.css", ("audit.js",)),
    "letter": Parts("report.css", images="data:"),
    "network": Parts(
        "network.css",
        (VIS_NETWORK, *(f"map/{name}.js" for name in _MAP)),
        images="data: blob:",
        styles_in_place=True,
        has_night=True,
    ),
    "report": Parts("report.css", images="data:"),
    "slides": Parts("slides.css", ("slides.js",), images="data:"),
    "review": Parts(
        "board.css", ("elements.js", "table.js", "review.js"), asks=True, has_night=True
    ),
    "start": Parts("board.css", ("elements.js", "start.js"), asks=True, has_night=True),
}


def render(page: str, *, title: str, lang: str, **values: Any) -> str:
    """Return a whole page: its template with its style sheet, its scripts and `values`."""
    style, scripts = _pieces(page)
    return (
        environment()
        .get_template(page + HTML[0])
        .render(
            title=title,
            lang=LANGUAGES[lang].tag,
            version=__version__,
            policy=trusted(policy_of(page)),
            style=trusted(style),
            scripts=[trusted(script) for script in scripts],
            **values,
        )
    )


def piece(name: str, **values: Any) -> str:
    """Return a piece of a page: the template `name`.html with `values`, no head around it."""
    return environment().get_template(name + HTML[0]).render(**values)


def trusted(text: str) -> Markup:
    """Return text that goes into a page as it is: ours, with no word of the data unescaped."""
    return Markup(text)


@cache
def environment() -> jinja2.Environment:
    """Return the environment: values are escaped, missing ones an error, tags leave no lines."""
    return jinja2.Environment(
        loader=jinja2.FunctionLoader(text_of),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def text_of(name: str) -> str:
    """Return the text of a file of this folder."""
    return (resources.files(__package__) / name).read_text(encoding="utf-8")


def digest(text: str) -> str:
    """Return the SHA-256 of a script or style as a content security policy names it.

    >>> digest("")
    '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
    """
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def policy_of(page: str) -> str:
    """Return the content security policy: nothing from elsewhere, our styles and scripts alone."""
    parts = PARTS[page]
    style, scripts = _pieces(page)
    rules = ["default-src 'none'"]
    if scripts:
        hashes = " ".join(f"'sha256-{digest(script)}'" for script in scripts)
        rules.append(f"script-src {hashes}")
    allowed = "'unsafe-inline'" if parts.styles_in_place else f"'sha256-{digest(style)}'"
    rules.append(f"style-src {allowed}")
    if parts.images:
        rules.append(f"img-src {parts.images}")
    if parts.asks:
        rules.append("connect-src 'self'")
    return "; ".join([*rules, "base-uri 'none'", "form-action 'none'"])


def _pieces(page: str) -> tuple[str, list[str]]:
    """The style sheet and the scripts of a page."""
    parts = PARTS[page]
    night = text_of(NIGHT) if parts.has_night else ""
    style = text_of(COLOURS) + night + text_of(parts.style)
    return style, [text_of(name) for name in parts.scripts]
