"""Set the report as one page of HTML: everything escaped, styles allowed by their hash, nothing fetched."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

from medgraph._version import __version__
from medgraph.visuals.page import pages as templates
from medgraph.visuals.report.contents import ReportContents
from medgraph.visuals.report.findings import Finding, brief_table, by_severity
from medgraph.visuals.style import fitted
from medgraph.words.say import say, speaking

SHOWN_ROWS = 500  # of one table; the workbook holds all
SHOWN_GROUPS = 100
WORST = 10


@cache
def _parts() -> tuple[Any, str]:
    """The template and the style sheet, read once."""
    folder = resources.files("medgraph.visuals.page")
    page = templates.template((folder / "report.html").read_text(encoding="utf-8"))
    return page, (folder / "report.css").read_text(encoding="utf-8")


def render(pages: ReportContents) -> bytes:
    """Return the report as the bytes of one HTML file."""
    import markupsafe

    template, style = _parts()
    with speaking(pages.lang):
        return template.render(
            pages=pages,
            say=say,
            style=markupsafe.Markup(style),
            style_hash=templates.digest(style),
            version=__version__,
            map=markupsafe.Markup(pages.map.svg),
            worst=[_brief(f) for f in pages.findings[:WORST]],
            tables=pages.tables,
            shown_rows=SHOWN_ROWS,
            shown_groups=SHOWN_GROUPS,
            cut=_cut,
            by_severity=by_severity(pages.findings),
            drawn=markupsafe.Markup,
            short=brief_table,
        ).encode("utf-8")


def _brief(finding: Finding) -> Finding:
    """A finding short enough for page one; the table of all findings has it in full."""
    return Finding(
        finding.rank,
        _cut(finding.place, 31),
        _cut(finding.fault, 27),
        _cut(finding.basis, 30),
        _cut(finding.action, 38),
        finding.query,
    )


def _cut(text: str, letters: float) -> str:
    """`text` at most as wide as so many Chinese letters, without line ends."""
    return fitted(" ".join(str(text).split()), 1.0, letters)
