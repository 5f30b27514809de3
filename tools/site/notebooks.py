"""A notebook as a page: its text, its code, and the pictures that are kept in it."""

from __future__ import annotations

import html
import re

import nbformat

from tools.keep_notebook_pictures import pictures
from tools.site.markdown import block

_LABEL = re.compile(r'aria-label="([^"]*)"')


def page(text: str, stem: str) -> tuple[str, dict[str, str]]:
    """Return a notebook as Markdown, and its pictures by the names of their files."""
    parts: list[str] = []
    drawn: dict[str, str] = {}
    for cell in nbformat.reads(text, as_version=4).cells:
        if cell.cell_type == "markdown":
            parts.append(f"{cell.source}\n\n")
            continue
        parts.append(block("python", cell.source))
        for svg in pictures(cell):
            name = f"{stem}-{len(drawn) + 1}.svg"
            drawn[name] = svg
            parts.append(f"![{_label(svg)}]({name})\n\n")
    return "".join(parts), drawn


def _label(svg: str) -> str:
    """What a reader hears who does not see the picture."""
    found = _LABEL.search(svg)
    text = html.unescape(found[1]) if found else ""
    return re.sub(r"[\[\]]", "", text)
