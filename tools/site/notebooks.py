"""A notebook as a page: its text, its code, and no output."""

from __future__ import annotations

import json

from tools.site.markdown import block


def page(text: str) -> str:
    """Return a notebook as Markdown."""
    cells = json.loads(text)["cells"]
    return "".join(_cell(cell["cell_type"], "".join(cell["source"])) for cell in cells)


def _cell(kind: str, source: str) -> str:
    return f"{source}\n\n" if kind == "markdown" else block("python", source)
