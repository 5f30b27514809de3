"""Lay a report out for paper: blocks in order, tables with what paper can hold of them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from medgraph._version import __version__
from medgraph.visuals.report.contents import ReportContents, needs_table
from medgraph.visuals.report.findings import brief_table, by_severity
from medgraph.visuals.report.tables import (
    APART,
    UNDECIDED,
    WRONG,
    ReportTable,
    chosen,
    standing,
    worst_first,
)
from medgraph.visuals.style import width
from medgraph.words.joining import bracketed
from medgraph.words.say import say, speaking

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ROWS = 60  # of one table on paper; the workbook holds all
SAME = 3  # rows without a verdict, of one table, that give one reason
GROUPS = 40  # pages of groups on paper
COLUMNS = 8
_CELL = 300  # letters of one cell
_UNCLEAN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_STATES = {WRONG: "bad", UNDECIDED: "open", APART: "apart"}
# Which columns of an answer paper holds; others take their first ones.
_PRINTED = {
    "coverage.served": ("name", "group", "facilities", "status", "reason"),
    "coverage.overlaps": ("name", "group", "facilities", "status", "reason"),
    "coverage.ungrouped": ("name", "type", "area_code", "status", "reason"),
    "coverage.multiple": ("name", "type", "group", "status", "reason"),
    "coverage.stations": ("name", "met", "total", "unknown", "without", "status", "reason"),
    "coverage.grid": (
        "name",
        "areas",
        "facilities",
        "general_hospital",
        "community_health_centre",
        "population",
        "districts",
        "reason",
    ),
    "referrals.broken": ("source", "relation", "target", "status", "reason", "fix", "clause"),
    "referrals.specialties": ("name", "specialty", "status", "target", "minutes", "reason"),
    "sharing.centres": ("name", "kind", "host", "using", "members", "use", "status", "reason"),
    "sharing.unsupported": ("name", "type", "group", "status", "reason"),
    "sharing.exchange": ("source", "target", "kind", "unit", "amount", "links"),
    "sharing.recognition": (
        "name",
        "other",
        "scope",
        "pairs",
        "pairs_possible",
        "status",
        "reason",
    ),
    "audit.rules": ("rule", "statement", "verdict", "failed", "no_data", "clause"),
    "audit.verdicts": ("id", "name", "verdict", "counted", "clause", "reason"),
    "verdicts": ("id", "verdict", "counted", "asked", "reason", "advice"),
}
_ONLY_IN_WORKBOOK = frozenset({"sharing.cells", "sharing.matrix"})
_ANSWERS = ("coverage.", "referrals.", "sharing.")
Block = dict[str, Any]


def paper(report: ReportContents) -> dict[str, Any]:
    """Return the report as plain values: the cover, then blocks (`heading`, `text`, `table`, …)."""
    with speaking(report.lang):
        return {
            "lang": report.lang,
            "title": clean(report.title),
            "stamps": [clean(s) for s in report.stamps],
            "facts": [[clean(k), clean(v)] for k, v in report.facts],
            "figures": [[clean(n), clean(w), kind] for n, w, kind in report.figures],
            "headline": clean(report.headline),
            "accounted": clean(report.accounted),
            "map": report.map.svg,
            "made": f"medgraph {__version__} · {report.made}",
            "blocks": list(_blocks(report)),
        }


def clean(value: Any) -> str:
    """Return a value as text that XML and paper can hold, cut where it is very long."""
    text = _UNCLEAN.sub("", str(value)).replace("\r", " ").replace("\n", " ")
    return text if len(text) <= _CELL else text[: _CELL - 1] + "…"


def _blocks(report: ReportContents) -> Iterator[Block]:
    yield from _findings(report)
    yield from _audit(report)
    yield from _pictures(report)
    yield heading_block(1, say("report.unknown"))
    count = len(report.needs)
    yield text_block(say("report.needs", count=count) if count else say("report.no_needs"))
    yield from _table(needs_table(report))
    yield from _answers(report.tables)
    yield from _groups(report)
    yield from _annex(report)


def _findings(report: ReportContents) -> Iterator[Block]:
    yield heading_block(1, bracketed(say("report.findings"), len(report.findings)))
    for table in by_severity(report.findings):
        yield heading_block(2, table.title)
        yield from _table(table)
    if not report.findings:
        yield text_block(say("report.no_findings"))


def _audit(report: ReportContents) -> Iterator[Block]:
    yield heading_block(1, say("report.audit"))
    yield text_block(report.audit.head)
    if report.audit.counts:
        figures = [[n, w, _figure_kind(verdict, n)] for n, w, verdict in report.audit.counts]
        yield {"kind": "figures", "figures": figures}
    for table in report.audit.tables:
        yield heading_block(2, bracketed(table.title, len(table.rows)))
        yield from _table(table)


def _figure_kind(verdict: str, number: str) -> str:
    return "problem" if verdict == "FAIL" and number != "0" else ""


def _pictures(report: ReportContents) -> Iterator[Block]:
    yield heading_block(1, say("report.pictures"))
    for picture in report.pictures:
        yield heading_block(2, picture.title)
        if picture.svg:
            yield {"kind": "picture", "svg": picture.svg, "title": picture.title}
        else:
            yield text_block(picture.note)


def _answers(tables: Iterable[ReportTable]) -> Iterator[Block]:
    yield heading_block(1, say("report.tables"))
    for table in tables:
        if table.key == "sharing.matrix":  # it is drawn
            continue
        yield heading_block(2, table.title)
        for line in (table.lead, *table.notes):
            yield text_block(line, sticky=bool(table.rows))
        if table.key in _ONLY_IN_WORKBOOK:
            yield text_block(say("report.rows_shown", shown=0, total=len(table.rows)))
        else:
            yield from _table(worst_first(table))


def _groups(report: ReportContents) -> Iterator[Block]:
    yield heading_block(1, say("report.groups"))
    if len(report.groups) > GROUPS:
        yield text_block(say("report.groups_shown", shown=GROUPS, total=len(report.groups)))
    for number, page in enumerate(report.groups[:GROUPS]):
        yield heading_block(2, page.title, new=number > 0)
        yield {"kind": "facts", "facts": [[clean(k), clean(v)] for k, v in page.facts]}
        yield heading_block(3, bracketed(say("report.group_findings"), len(page.findings)))
        if page.findings:
            yield from _table(brief_table(page.findings))
        else:
            yield text_block(say("report.no_group_findings"))
        if page.verdicts.rows:
            yield heading_block(3, bracketed(page.verdicts.title, len(page.verdicts.rows)))
            yield from _table(page.verdicts)
        yield heading_block(3, bracketed(say("report.members"), len(page.members.rows)))
        yield from _table(page.members)


def _annex(report: ReportContents) -> Iterator[Block]:
    yield heading_block(1, say("report.annex"))
    packs = [report.audit.packs] if report.audit.packs else []
    for table in (report.definitions, report.sources, *packs):
        yield heading_block(2, table.title)
        yield from _table(table)
    yield heading_block(2, report.left_out.title)
    yield text_block(report.accounted or report.left_out.lead)
    yield from _table(report.left_out)


def heading_block(level: int, text: str, *, new: bool = False) -> Block:
    """Return a heading; `new` begins a page."""
    return {"kind": "heading", "level": level, "text": clean(text), "new": new}


def text_block(text: str, *, sticky: bool = False) -> Block:
    """Return a paragraph; a `sticky` one stays on the page of what follows."""
    return {"kind": "text", "text": clean(text), "sticky": sticky}


def _table(table: ReportTable) -> Iterator[Block]:
    """The table as paper holds it, and a line that says what is left out."""
    if not table.rows:
        return
    total = len(table.rows)
    same: dict[str, int] = {}
    if table.key.startswith(_ANSWERS):
        table, same = _once(table)
    if table.columns:
        table = chosen(table, _PRINTED.get(table.key) or table.columns[:COLUMNS])
    yield _as_block(table)
    for reason, count in same.items():
        yield text_block(say("report.same_reason", count=count, reason=reason))
    if len(table.rows) > ROWS:
        yield text_block(say("report.rows_shown", shown=ROWS, total=total))


def _as_block(table: ReportTable) -> Block:
    rows = [[clean(value) for value in row[:COLUMNS]] for row in table.rows[:ROWS]]
    headings = [clean(heading) for heading in table.headings[:COLUMNS]]
    states = [_STATES.get(standing(status), "") for status in table.statuses[:ROWS]]
    return {
        "kind": "table",
        "title": table.title,
        "headings": headings,
        "rows": rows,
        "states": states or [""] * len(rows),
        "widths": _widths(headings, rows),
    }


def _once(table: ReportTable) -> tuple[ReportTable, dict[str, int]]:
    """The table with few rows of each reason for no verdict, and how many more there are."""
    if "reason" not in table.columns or not table.statuses:
        return table, {}
    at = table.columns.index("reason")
    seen: Counter[str] = Counter()
    kept = []
    for number, (row, status) in enumerate(zip(table.rows, table.statuses, strict=True)):
        undecided, reason = standing(status) == UNDECIDED, row[at]
        if undecided and reason:
            seen[reason] += 1
        if not undecided or seen[reason] <= SAME:
            kept.append(number)
    rows, statuses = tuple(table.rows[i] for i in kept), tuple(table.statuses[i] for i in kept)
    more = {reason: count - SAME for reason, count in seen.items() if count > SAME}
    return replace(table, rows=rows, statuses=statuses), more


def _widths(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[float]:
    """How wide each column should be against the others, by the letters it holds."""
    columns = enumerate(headings)
    return [_width(title, [row[number] for row in rows]) for number, title in columns]


def _width(title: str, texts: Sequence[str]) -> float:
    """As wide as the title and as most of the texts: the longest fifth may be broken into lines."""
    lengths = sorted(width(text, 1) for text in texts)
    usual = lengths[int(0.8 * (len(lengths) - 1))]
    wide = max(2.4, width(title, 1), usual, min(lengths[-1], 7.0))
    return round(min(16.0, wide) + 1.2, 1)
