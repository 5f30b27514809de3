"""One environment sets every page: values are escaped, nothing is missing, colours have one place."""

from __future__ import annotations

import re
from importlib import resources

import jinja2
import pytest

from medgraph.visuals import style
from medgraph.visuals.page import pages
from medgraph.words.say import say

FOLDER = resources.files("medgraph.visuals.page")
FILES = sorted(
    [
        *(one.name for one in FOLDER.iterdir() if one.name.endswith((".css", ".js", ".html"))),
        *(f"map/{one.name}" for one in (FOLDER / "map").iterdir() if one.name.endswith(".js")),
    ]
)
BARE = {"filters": [], "headings": [], "rows": [], "row_filters": [], "all_rows": 0, "say": say}


def test_values_are_escaped_and_drawings_are_not():
    """What comes from the data is text; a drawing of ours goes in as it is."""
    page = pages.render(
        "figure", title="<b>&", lang="zh", drawing=pages.trusted("<svg></svg>"), **BARE
    )
    assert "<title>&lt;b&gt;&amp;</title>" in page
    assert "<svg></svg>" in page
    assert '<html lang="zh-CN">' in page
    assert "&lt;svg" in pages.render("figure", title="", lang="en", drawing="<svg></svg>", **BARE)


def test_a_missing_value_is_an_error():
    """A template that asks for what nobody gave does not pass over it."""
    with pytest.raises(jinja2.UndefinedError):
        pages.render("figure", title="x", lang="zh")


@pytest.mark.parametrize("page", pages.PARTS)
def test_a_page_is_a_file_and_a_row(page):
    """Every page extends the one frame, and all that its row names is there."""
    parts = pages.PARTS[page]
    assert pages.text_of(f"{page}.html").startswith('{% extends "page.html" %}')
    assert all(pages.text_of(name) for name in (parts.style, *parts.scripts))


def test_styles_and_scripts_are_allowed_by_their_hash():
    """The policy names the hash of the style that stands in the page, and forbids the rest."""
    page = pages.render("figure", title="x", lang="zh", drawing="", **BARE)
    own = re.search("<style>(.*?)</style>", page, re.S)[1]
    assert f"style-src 'sha256-{pages.digest(own)}'" in page
    assert "default-src 'none'" in page
    assert "unsafe" not in page


@pytest.mark.parametrize(
    "name", [name for name in FILES if name not in (pages.COLOURS, pages.NIGHT)]
)
def test_colours_stand_in_one_sheet(name):
    """No style sheet, script or template states a colour, but those of day and night and the frame in a notebook."""
    stated = re.findall(r"#[0-9a-fA-F]{3,8}\b", pages.text_of(name))
    anchors = set(re.findall(r'href="(#[\w-]+)"', pages.text_of(name)))
    assert [one for one in stated if one not in anchors] == (
        ["#ccc"] if name == "frame.html" else []
    )


def test_pages_and_drawings_share_their_colours():
    """What a page calls ink, paper or a problem is the colour that drawings have for it."""
    stated = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", pages.text_of(pages.COLOURS)))
    for name in ("ink", "soft-ink", "faint", "paper", "problem"):
        assert stated[name].upper() == getattr(style, name.upper().replace("-", "_"))
    assert stated["met"].upper() == style.GREEN
    assert stated["focus"].upper() == style.BLUE
