"""Set the report as PDF: one typst template, the report as its data."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Any

from medgraph.visuals.report.contents import ReportContents
from medgraph.visuals.report.paper import paper
from medgraph.visuals.report.typesetting import set_pdf
from medgraph.words.say import speaking

_LONG = re.compile("([!-~]{12})(?=[!-~])")
_KEYS = frozenset({"svg", "map", "kind", "lang"})


@cache
def _template() -> str:
    return (resources.files("medgraph.visuals.page") / "report.typ").read_text(encoding="utf-8")


def render(pages: ReportContents, *, system_fonts: bool = True) -> bytes:
    """Return the report as the bytes of one PDF (PDF/A-2b, A4)."""
    with speaking(pages.lang):
        return set_pdf(_template(), _breakable(paper(pages)), system_fonts=system_fonts)


def _breakable(value: Any, key: str = "") -> Any:
    """The same values; long runs of Latin letters may break, so that none runs over the edge of its column."""
    if isinstance(value, dict):
        return {k: _breakable(v, k) for k, v in value.items()}
    if isinstance(value, list):
        return [_breakable(v, key) for v in value]
    return _LONG.sub("\\1\u200b", value) if isinstance(value, str) and key not in _KEYS else value
