"""Lay out the page of one group, to send to its lead: its findings, its duties, what to fill in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from medgraph._version import __version__
from medgraph.errors import UnknownIdError
from medgraph.visuals.headings import heading
from medgraph.visuals.report import docx, html, pdf
from medgraph.visuals.report.called import Called
from medgraph.visuals.report.deciding import deciding
from medgraph.visuals.report.kinds import kinds, kinds_table
from medgraph.visuals.report.paper import clean, first_rows, heading_block, text_block
from medgraph.visuals.report.tables import chosen
from medgraph.words.say import say, speaking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd

    from medgraph.visuals.report.contents import ReportContents
    from medgraph.visuals.report.groups import GroupPage
    from medgraph.visuals.report.tables import ReportTable

SETTERS: dict[str, Callable[[dict[str, Any]], bytes]] = {
    "html": html.set_paper,
    "pdf": pdf.set_paper,
    "docx": docx.set_paper,
}
# Rows of a table on the page of a group, which is one page.
_KINDS, _VERDICTS, _QUESTIONS = 4, 9, 6
_OF_VERDICT = ("rule", "statement", "verdict", "counted")


def page_of(report: ReportContents, group: str) -> GroupPage:
    """Return the page of a group by its id or its name; raise UnknownIdError without one."""
    every = (*report.groups, *report.elsewhere)
    found = [page for page in every if group in (page.id, page.stated, page.short)]
    if len(found) != 1:
        raise UnknownIdError(say("report.no_such_group", group=group, count=len(found)))
    return found[0]


def letter(report: ReportContents, page: GroupPage) -> dict[str, Any]:
    """Return the page of a group as `paper` returns a report."""
    with speaking(report.lang):
        return {
            "lang": report.lang,
            "comma": say("list_comma"),
            "title": clean(page.title),
            "stamps": [clean(stamp) for stamp in report.stamps],
            "facts": [[clean(k), clean(v)] for k, v in (*page.facts, report.facts[1])],
            "letter": True,
            "figures": [],
            "headline": "",
            "accounted": "",
            "map": "",
            "made": f"medgraph {__version__} · {report.made}",
            "blocks": list(_blocks(report, page)),
        }


def _blocks(report: ReportContents, page: GroupPage) -> Iterator[dict[str, Any]]:
    yield heading_block(1, say("report.group_findings"))
    if page.findings:
        told = kinds_table(kinds(page.findings))
        yield from first_rows(told, _KINDS, rest="report.rest_of_letter")
    else:
        yield text_block(say("report.no_group_findings"), note=True)
    yield heading_block(1, say("report.duties"))
    if page.verdicts.rows:
        yield from first_rows(_duties(report, page), _VERDICTS, rest="report.rest_of_letter")
    else:
        yield text_block(_no_duties(report), note=True)
    yield heading_block(1, say("report.fill_in"))
    asked = questions_of(report, page)
    if asked is None or asked.empty:
        yield text_block(_nothing_asked(report), note=True)
        return
    yield text_block(say("report.fill_in_lead", count=len(asked)), note=True, sticky=True)
    table = deciding(asked, report.audited, Called(report.network))
    shown = chosen(table, ("ask", "whom", "questions", "rules"))
    yield from first_rows(shown, _QUESTIONS, rest="report.rest_of_letter")


def _no_duties(report: ReportContents) -> str:
    """Why no rule asks anything of a group: none was tested, or none is about it."""
    return report.audit.head if report.audited is None else say("report.no_duties")


def _nothing_asked(report: ReportContents) -> str:
    """Why nothing is asked of a group: nobody looked for what is missing, or nothing is."""
    if report.audited is None:
        return report.audit.head
    if report.questions is None:
        return say("report.not_looked_for")
    return say("report.nothing_to_fill_in")


def _duties(report: ReportContents, page: GroupPage) -> ReportTable:
    """What each rule asks of the group and whether it is so: what fails first."""
    table = page.verdicts
    at = [table.columns.index(column) for column in ("id", "verdict", "counted")]
    stated = {
        f"{rule.pack}/{rule.rule}": (rule.rule, rule.statement)
        for rule in report.audited.rules.itertuples()
    }
    rows = []
    for row in table.rows:
        id, verdict, counted = (row[place] for place in at)
        rows.append((*stated[id.rsplit("/", 1)[0]], verdict, counted))
    return replace(
        table,
        headings=tuple(heading(column) for column in _OF_VERDICT),
        rows=tuple(rows),
        columns=_OF_VERDICT,
    )


def questions_of(report: ReportContents, page: GroupPage) -> pd.DataFrame | None:
    """Return what this group is asked, None where nothing was asked.

    A question goes to the group that it names; where several groups have that name, to the one
    that what is asked about belongs to.
    """
    if report.questions is None:
        return None
    mine = report.questions_by_group.get(page.stated, report.questions.head(0))
    if report.namesakes[page.stated] > 1:
        mine = mine[mine["id"].isin(page.subjects)].reset_index(drop=True)
    return mine


def pages_of_groups(report: ReportContents) -> Iterator[tuple[str, bytes]]:
    """Yield the HTML page of each group under the name that the annex links to."""
    for number, page in enumerate(report.groups):
        yield html.file_of_group(number), html.set_paper(letter(report, page))
