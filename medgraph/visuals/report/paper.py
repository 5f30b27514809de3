"""Lay a report out for paper: the cover, the pages behind it, and where asked for the annex."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from medgraph._version import __version__
from medgraph.visuals.report.called import Names
from medgraph.visuals.report.charts import charts
from medgraph.visuals.report.contents import ReportContents, needs_table
from medgraph.visuals.report.deciding import lacking
from medgraph.visuals.report.findings import brief_table, by_severity
from medgraph.visuals.report.kinds import kinds, kinds_table, places
from medgraph.visuals.report.overview import group_lines
from medgraph.visuals.report.tables import (
    APART,
    UNDECIDED,
    WRONG,
    ReportTable,
    chosen,
    standing,
    without_ids,
    worst_first,
)
from medgraph.visuals.style import width
from medgraph.words.joining import bracketed, listed
from medgraph.words.name_writing import pauses
from medgraph.words.say import say, speaking

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ROWS = 60  # of one table on paper; the workbook holds all
SAME = 3  # rows without a verdict, of one table, that give one reason
GROUPS = 40  # pages of groups on paper
# Rows that a page behind the first holds of its table.
_KINDS, _FILE_KINDS, _GROUP_LINES, _QUESTIONS, _NEEDS = 20, 8, 24, 14, 3
_CHART_HIGH = 65  # mm
_WIDE, _NAMES_WIDE = 16.0, 26.0  # letters in a column of prose, and of several names
_NARROW, _ROOM = 7.0, 54.0  # letters in a column that is never narrowed, and in a line on paper
_BETWEEN = 1.2  # letters between two columns
_WHOLE_NAME = 18  # letters that a column of names has room for, where there is room at all
_PIECES = re.compile(r"(?=\uff08)|(?<=\uff09)|\s+")  # a title may be broken before a bracket
LINE_END = "\n"  # where a line may end inside a name
COLUMNS = 8
_CELL = 300  # letters of one cell
_UNCLEAN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_LATIN_WORD = re.compile(r"[!-~]+")
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
    "audit.verdicts": ("rule", "name", "verdict", "counted", "clause", "reason"),
    "verdicts": ("rule", "verdict", "counted", "asked", "reason", "advice"),
}
_ONLY_IN_WORKBOOK = frozenset({"sharing.cells", "sharing.matrix"})
_ANSWERS = ("coverage.", "referrals.", "sharing.")
Block = dict[str, Any]


def paper(report: ReportContents) -> dict[str, Any]:
    """Return the report as plain values: the cover, then blocks (`heading`, `text`, `table`, …)."""
    with speaking(report.lang):
        return {
            "lang": report.lang,
            "comma": say("list_comma"),
            "title": clean(report.title),
            "stamps": [clean(s) for s in report.stamps],
            "facts": [[clean(k), clean(v)] for k, v in report.facts],
            "figures": [[clean(n), clean(w), kind] for n, w, kind in report.figures],
            "headline": clean(report.headline),
            "accounted": clean(report.accounted),
            "map": report.map.svg,
            "letter": False,
            "made": f"medgraph {__version__} · {report.made}",
            "blocks": [*main_blocks(report), *(_annex_blocks(report) if report.annex else ())],
        }


def clean(value: Any) -> str:
    """Return a value as text that XML and paper can hold, cut where it is very long."""
    text = _UNCLEAN.sub("", str(value)).replace("\r", " ").replace("\n", " ")
    return text if len(text) <= _CELL else text[: _CELL - 1] + "…"


def main_blocks(report: ReportContents) -> Iterator[Block]:
    """Yield the pages behind the first: findings by kind, the groups, what would decide."""
    yield from _kinds(report)
    yield from _group_lines(report)
    yield from _deciding(report)
    if report.annex:
        yield text_block(say("report.annex_follows"), note=True)
        if not report.has_workbook:
            yield text_block(say("report.no_workbook"), note=True)
    elif report.has_workbook:
        yield text_block(say("report.annex_elsewhere"), note=True)
    else:
        yield text_block(say("report.only_these_pages"), note=True)


def _kinds(report: ReportContents) -> Iterator[Block]:
    told = kinds(report.findings)
    yield heading_block(1, say("report.kinds"), new=True, key="findings")
    table = kinds_table(told, report.since)
    if told:
        count = len(report.findings)
        lead = say("report.kinds_lead", kinds=len(told), count=count, places=places(told))
        yield text_block(lead, sticky=True, note=True)
    else:
        yield text_block(say("report.no_findings"))
    yield from first_rows(table, _KINDS)
    if report.file_findings:
        yield heading_block(2, say("report.file_findings"))
        yield text_block(say("report.file_findings_lead"), sticky=True, note=True)
        yield from first_rows(kinds_table(kinds(report.file_findings)), _FILE_KINDS)


def _group_lines(report: ReportContents) -> Iterator[Block]:
    yield heading_block(1, say("report.group_lines"), new=True, key="group-lines")
    if report.groups:
        lead = say("report.group_lines_lead", day=report.facts[1][1])
        yield text_block(lead, sticky=True, note=True)
    elif not report.elsewhere:
        yield text_block(say("report.no_group_lines"))
    lines = group_lines(report.groups, report.answers.get("coverage.grid"))
    yield from first_rows(lines, _GROUP_LINES)
    if report.elsewhere:
        yield text_block(say("report.groups_elsewhere", count=len(report.elsewhere)), note=True)
    for drawn, title in charts(report):
        yield {"kind": "picture", "svg": drawn, "title": title, "high": _CHART_HIGH}


def _deciding(report: ReportContents) -> Iterator[Block]:
    yield heading_block(1, say("report.deciding"), new=True, key="deciding")
    if report.deciding is not None and report.deciding.rows:
        yield text_block(report.deciding_lead, sticky=True, note=True)
        yield from first_rows(report.deciding, _QUESTIONS)
    elif report.deciding is None:
        yield text_block(report.audit.head)
    yield heading_block(2, say("report.unknown"))
    if report.needs:
        yield from first_rows(lacking(report.needs), _NEEDS)
    else:
        yield text_block(say("report.no_needs"))


def first_rows(table: ReportTable, most: int, rest: str = "report.rest") -> Iterator[Block]:
    """Yield the first rows of a table with every column, and how many more there are."""
    if not table.rows:
        return
    yield _as_block(table, rows=most, columns=len(table.headings))
    if len(table.rows) > most:
        yield text_block(say(rest, count=len(table.rows) - most), note=True)


def _annex_blocks(report: ReportContents) -> Iterator[Block]:
    yield from _findings(report)
    yield from _audit(report)
    yield from _pictures(report)
    yield heading_block(1, say("report.unknown"))
    count = len(report.needs)
    yield text_block(say("report.needs", count=count) if count else say("report.no_needs"))
    yield from _table(needs_table(report))
    yield from _answers(report.each_table())
    yield from _groups(report)
    yield from _annex(report)


def _findings(report: ReportContents) -> Iterator[Block]:
    yield heading_block(1, bracketed(say("report.findings"), len(report.findings)), new=True)
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


def heading_block(level: int, text: str, *, new: bool = False, key: str = "") -> Block:
    """Return a heading; `new` begins a page, `key` is what a link to it says."""
    return {"kind": "heading", "level": level, "text": clean(text), "new": new, "key": key}


def text_block(text: str, *, sticky: bool = False, note: bool = False) -> Block:
    """Return a paragraph; a `sticky` one stays on the page of what follows, a `note` is small."""
    return {"kind": "text", "text": clean(text), "sticky": sticky, "note": note}


def _table(table: ReportTable) -> Iterator[Block]:
    """The table as paper holds it, and a line that says what is left out."""
    if not table.rows:
        return
    table, total = without_ids(table), len(table.rows)
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


def _as_block(table: ReportTable, rows: int = ROWS, columns: int = COLUMNS) -> Block:
    shown = [[_cell(value) for value in row[:columns]] for row in table.rows[:rows]]
    headings = [clean(heading) for heading in table.headings[:columns]]
    states = [_STATES.get(standing(status), "") for status in table.statuses[:rows]]
    widths = _widths(headings, shown)
    wider = max(1.0, _ROOM / (sum(widths) or _ROOM))  # a table is as wide as the page
    rooms = [width * wider - _BETWEEN for width in widths]
    return {
        "kind": "table",
        "title": table.title,
        "headings": headings,
        "rows": [[_fitted(*one) for one in zip(row, rooms, strict=True)] for row in shown],
        "states": states or [""] * len(shown),
        "widths": widths,
    }


def _cell(value: Any) -> Any:
    """A cell as text; several names as a list of texts."""
    return [clean(name) for name in value] if isinstance(value, Names) else clean(value)


def _fitted(cell: str | list[str], room: float) -> str | list[str]:
    """A cell whose names, where they are longer than the column, end their lines in fit places."""
    if isinstance(cell, str):
        return cell
    return [_in_lines(name, room - _comma(cell)) for name in cell]


def _comma(names: Sequence[str]) -> float:
    """The room for what stands behind each of several names."""
    return 1.0 if len(names) > 1 else 0.0


def _in_lines(name: str, room: float) -> str:
    """A name in lines that are no longer than `room`, cut where a reader would pause."""
    if letters(name) <= room:
        return name
    lines = [""]
    for part in pauses(name):
        for piece in _pieces(part, room):
            if lines[-1] and letters(lines[-1] + piece) > room:
                lines.append("")
            lines[-1] += piece
    return LINE_END.join(lines)


def _pieces(part: str, room: float) -> list[str]:
    """A part of a name, cut anywhere if it is longer than a line."""
    if letters(part) <= room:
        return [part]
    most = max(1, int(len(part) * room / letters(part)))
    return [part[at : at + most] for at in range(0, len(part), most)]


def letters(text: str) -> float:
    """Return how many Chinese letters a text is as wide as."""
    return width(text, 1)


def text_of_cell(value: str | list[str]) -> str:
    """Return a cell as one text."""
    return value if isinstance(value, str) else listed(value).replace(LINE_END, "")


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


def _widths(headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[float]:
    """How wide each column should be against the others, by the letters it holds.

    What may not be broken comes first: names, short words, numbers. The room that is left goes to
    the columns in the measure in which they wish for more.
    """
    cells = [[row[number] for row in rows] for number in range(len(headings))]
    pairs = list(zip(headings, cells, strict=True))
    least = [_least(title, column) for title, column in pairs]
    wished = [
        max(low, _wished(title, column)) for low, (title, column) in zip(least, pairs, strict=True)
    ]
    room = _ROOM - _BETWEEN * len(headings)
    if sum(wished) <= room:
        shared = _widened(wished, [_longest(title, column) for title, column in pairs], room)
    elif sum(least) <= room:
        part = (room - sum(least)) / (sum(wished) - sum(least))
        shared = [low + (high - low) * part for low, high in zip(least, wished, strict=True)]
    else:
        shared = _squeezed(least, room)
    return [round(each + _BETWEEN, 1) for each in shared]


def _widened(wished: list[float], longest: list[float], room: float) -> list[float]:
    """The widths where all have what they wish for: the rest goes to those whose lines end."""
    more = [max(0.0, each - has) for each, has in zip(longest, wished, strict=True)]
    part = min(1.0, (room - sum(wished)) / sum(more)) if sum(more) else 0.0
    return [has + each * part for has, each in zip(wished, more, strict=True)]


def _squeezed(least: list[float], room: float) -> list[float]:
    """The widths where not even the least has room: numbers and short words keep theirs."""
    spare = sum(max(0.0, each - _NARROW) for each in least)
    kept = max(0.0, 1 - (sum(least) - room) / spare) if spare else 1.0
    return [min(each, _NARROW) + max(0.0, each - _NARROW) * kept for each in least]


def _least(title: str, cells: Sequence[Any]) -> float:
    """The letters of the longest piece that no line may end in."""
    several = [cell for cell in cells if not isinstance(cell, str)]
    of_names = [letters(name) + _comma(names) for names in several for name in names]
    texts = [cell for cell in cells if isinstance(cell, str)]
    words = [letters(word) for text in texts for word in _LATIN_WORD.findall(text)]
    pieces = (
        2.0,
        *(letters(piece) for piece in _PIECES.split(title)),
        *(min(_NARROW, wide) for wide in words),
        *(min(_NARROW, letters(text)) for text in texts),
        *(min(_WHOLE_NAME, wide) for wide in of_names),
    )
    return max(pieces)


def _longest(title: str, cells: Sequence[Any]) -> float:
    """The letters of the longest text."""
    return max(letters(text) for text in (title, *map(text_of_cell, cells)))


def _wished(title: str, cells: Sequence[Any]) -> float:
    """As wide as the title and as most of the texts: the longest fifth may be broken into lines.

    Names in a list get more room than prose.
    """
    several = [cell for cell in cells if not isinstance(cell, str)]
    lengths = sorted(letters(text_of_cell(cell)) for cell in cells)
    usual = lengths[int(0.8 * (len(lengths) - 1))]
    return min(_NAMES_WIDE if several else _WIDE, max(letters(title), usual))
