"""Set the report as one page of HTML that fetches nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from medgraph.suffixes import HTML
from medgraph.visuals.page import pages
from medgraph.visuals.report.findings import brief_table, by_severity
from medgraph.visuals.report.paper import main_blocks
from medgraph.visuals.report.tables import without_ids
from medgraph.visuals.style import fitted
from medgraph.words.say import say, speaking

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from medgraph.visuals.report.contents import ReportContents
    from medgraph.visuals.report.findings import Finding

SHOWN_ROWS = 500  # of one table; the workbook holds all
SHOWN_GROUPS = 100
WORST = 10
_LATIN_LETTER = re.compile(r"[A-Za-z]")
_LAST_WORD = re.compile(r"[ ,;:/(→·]*[A-Za-z'’-]+$")


def render(report: ReportContents) -> bytes:
    """Return the report as the bytes of one HTML file."""
    with speaking(report.lang):
        page = pages.render(
            "report",
            title=report.title,
            lang=report.lang,
            report=report,
            say=say,
            map=pages.trusted(report.map.svg),
            worst=[_brief(finding) for finding in report.findings[:WORST]],
            shown_rows=SHOWN_ROWS,
            shown_groups=SHOWN_GROUPS,
            file_of_group=file_of_group,
            cut=_cut,
            without_ids=without_ids,
            by_severity=by_severity,
            drawn=pages.trusted,
            brief_table=brief_table,
            parts=list(_parts(main_blocks(report))),
        )
    return page.encode("utf-8")


def file_of_group(number: int) -> str:
    """Return the name of the page of a group, where groups have pages of their own.

    >>> file_of_group(0)
    'groups/0001.html'
    """
    return f"groups/{number + 1:04}{HTML[0]}"


def set_paper(laid_out: dict[str, Any]) -> bytes:
    """Return what `letter` laid out as the bytes of one HTML file."""
    with speaking(laid_out["lang"]):
        page = pages.render("letter", say=say, drawn=pages.trusted, **laid_out)
    return page.encode("utf-8")


def _parts(blocks: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The pages behind the first, each with its title and its blocks."""
    part: dict[str, Any] = {}
    for block in blocks:
        if block["kind"] == "heading" and block["level"] == 1:
            if part:
                yield part
            part = {"key": block["key"], "title": block["text"], "blocks": []}
        else:
            part["blocks"].append(block)
    yield part


def _brief(finding: Finding) -> Finding:
    """A finding short enough for page one; the table of all findings has it in full."""
    return finding._replace(
        place=_cut(finding.place, 31),
        fault=_cut(finding.fault, 27),
        evidence=_cut(finding.basis, 30),
        action=_cut(finding.action, 38),
    )


def _cut(text: str, letters: float) -> str:
    """`text` at most as wide as so many Chinese letters, without line ends."""
    whole = " ".join(str(text).split())
    short = fitted(whole, 1.0, letters)
    return short if short == whole else _at_a_word(whole, short)


def _at_a_word(whole: str, short: str) -> str:
    """A text that was cut within a Latin word without what is left of it.

    >>> _at_a_word("Members include a hospital", "Members include a hos…")
    'Members include a…'
    """
    kept = short.removesuffix("…")
    if not _LATIN_LETTER.match(whole, len(kept)):
        return short
    words = _LAST_WORD.sub("", kept)
    return f"{words}…" if words else short
