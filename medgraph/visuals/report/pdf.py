"""Set the report as PDF: one typst template, the report as its data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from medgraph.visuals.page import pages
from medgraph.visuals.report.paper import paper
from medgraph.visuals.typesetting import set_pdf
from medgraph.words.say import speaking

if TYPE_CHECKING:
    from medgraph.visuals.report.contents import ReportContents

_LONG = re.compile("([!-~]{12})(?=[!-~])")
_KEYS = frozenset({"svg", "map", "kind", "lang", "key", "comma"})


def render(report: ReportContents, *, system_fonts: bool = True) -> bytes:
    """Return the report as the bytes of one PDF (PDF/A-2b, A4)."""
    return set_paper(paper(report), system_fonts=system_fonts)


def set_paper(laid_out: dict[str, Any], *, system_fonts: bool = True) -> bytes:
    """Return what `paper` laid out as the bytes of one PDF."""
    template = pages.text_of("report.typ")
    with speaking(laid_out["lang"]):
        return set_pdf(template, _breakable(laid_out), system_fonts=system_fonts)


def _breakable(value: Any, key: str = "") -> Any:
    """The same values; long runs of Latin letters may break at the edge of a column."""
    if isinstance(value, dict):
        return {name: _breakable(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_breakable(inner, key) for inner in value]
    if isinstance(value, str) and key not in _KEYS:
        return _LONG.sub("\\1\u200b", value)
    return value
