"""A notebook as a page: its text, its code, and the pictures that are kept in it."""

from __future__ import annotations

import html
import json
import re
from typing import Any

from tools.keep_notebook_pictures import PICTURE
from tools.site.markdown import block

_LABEL = re.compile(r'aria-label="([^"]*)"')


def page(text: str, stem: str) -> tuple[str, dict[str, str]]:
    """Return a notebook as Markdown, and its pictures by the names of their files."""
    parts: list[str] = []
    drawn: dict[str, str] = {}
    for cell in json.loads(text)["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            parts.append(f"{source}\n\n")
            continue
        parts.append(block("python", source))
        for svg in _pictures(cell):
            name = f"{stem}-{len(drawn) + 1}.svg"
            drawn[name] = svg
            parts.append(f"![{_label(svg)}]({name})\n\n")
    return "".join(parts), drawn


def _pictures(cell: dict[str, Any]) -> list[str]:
    shown = [output.get("data", {}) for output in cell["outputs"]]
    return ["".join(data[PICTURE]) for data in shown if PICTURE in data]


def _label(svg: str) -> str:
    """What a reader hears who does not see the picture."""
    found = _LABEL.search(svg)
    text = html.unescape(found[1]) if found else ""
    return re.sub(r"[\[\]]", "", text)
