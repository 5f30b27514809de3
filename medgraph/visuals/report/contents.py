"""Gather what a report says: the headline, the findings, the tables, and what could not be judged."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from medgraph.graphmodel.headings import relations_in_words
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.visuals.figure import Figure
from medgraph.visuals.report.annex import definitions, left_table, sources
from medgraph.visuals.report.audits import AuditPart, audit_part
from medgraph.visuals.report.findings import Finding, findings
from medgraph.visuals.report.groups import GroupPage, group_pages
from medgraph.visuals.report.pictures import Picture, pictures
from medgraph.visuals.report.tables import Table, answer_table, joined, rows_of, text_of
from medgraph.visuals.tiles.tile_map import tile_map
from medgraph.visuals.tiles.tile_scene import stamps
from medgraph.words.say import Problem, language, say


@dataclass(frozen=True)
class ReportContents:
    """All that a report says, ready to be set as a page, as a workbook or on paper."""

    network: MedicalNetwork
    answers: Mapping[str, Any]
    lang: str
    title: str
    facts: tuple[tuple[str, str], ...]
    stamps: tuple[str, ...]
    figures: tuple[tuple[str, str, str], ...]  # number, words, and whether it is a `problem`
    headline: str
    accounted: str
    map: Figure
    pictures: tuple[Picture, ...]
    findings: tuple[Finding, ...]
    needs: tuple[
        tuple[str, int, str], ...
    ]  # what is missing, how many rows it would decide, some of them
    audit: AuditPart
    tables: tuple[Table, ...]
    groups: tuple[GroupPage, ...]
    definitions: Table
    sources: Table
    left_out: Table
    made: str = field(default="")


def contents(
    net: MedicalNetwork,
    answers: Mapping[str, Any],
    *,
    audit: Any = None,
    no_audit: str = "",
    rows_in: int | None = None,
    loaded: int | None = None,
    left_out: int = 0,
    left_rows: Sequence[Any] = (),
    problems: Iterable[Problem] = (),
    source: str = "",
) -> ReportContents:
    """Gather the report of `net` from answers by the name of their query (`coverage.served`, …) and an `audit`.

    Without an audit the report says `no_audit`, the reason. `rows_in`, `loaded` and `left_out` account for the rows of
    `source`; `left_rows` names those left out (each with `place` and `reason`), `problems` what reading had to say.
    The report speaks the language of now. Raise ValueError where the rows do not add up.
    """
    if rows_in is not None and loaded is not None and rows_in != loaded + left_out:
        raise ValueError(f"{rows_in} rows in, {loaded} loaded, {left_out} left out")
    answers = {getattr(answer, "query", "") or name: answer for name, answer in answers.items()}
    served = answers.get("coverage.served")
    day = served.as_of if served is not None else net.day()
    found = findings(net, answers, audit, left_rows, problems)
    lost = (say("report.left_out_stamp", count=left_out),) if left_out else ()
    today = net.as_of(day)
    return ReportContents(
        network=net,
        answers=answers,
        lang=language(),
        title=net.meta.get("title") or say("report.title"),
        facts=_facts(net, day, source),
        stamps=(*stamps(net), *lost),
        figures=_figures(served),
        headline=_headline(served),
        accounted=_accounted(rows_in, loaded, left_out),
        map=tile_map(
            net, color_by=served.status if served is not None else None, as_of=day, lang=language()
        ),
        pictures=tuple(pictures(net, answers, day)),
        findings=found,
        needs=_needs(answers),
        audit=audit_part(audit, no_audit),
        tables=tuple(answer_table(net, a) for a in answers.values()),
        groups=tuple(group_pages(today, answers, audit, found)),
        definitions=definitions(answers),
        sources=sources(net, source),
        left_out=left_table(left_rows, left_out),
        made=datetime.date.today().isoformat(),
    )


def _facts(net: MedicalNetwork, day: datetime.date, source: str) -> tuple[tuple[str, str], ...]:
    register = " ".join(
        part for part in (net.meta.get("register"), net.meta.get("edition")) if part
    )
    source = str(source) or net.meta.get("source", "")
    return (
        (say("report.unit"), net.meta.get("unit") or say("report.unsaid")),
        (say("report.day"), day.isoformat()),
        (say("report.register"), register or say("report.no_register")),
        (say("report.source"), source or say("report.unsaid")),
    )


def _figures(served: Any) -> tuple[tuple[str, str, str], ...]:
    """The numbers of page one, all set in one size: met, missing, unknown, excluded."""
    if served is None:
        return ()
    gaps = _gaps(served)
    share = f"{served.share.met}/{served.share.total}" if served.share else "—"
    return (
        (share, say("report.met"), ""),
        (str(len(gaps)), say("report.missing"), "problem" if len(gaps) else ""),
        (str(len(served.unknown)), say("unknown"), ""),
        (str(len(served.excluded)), say("report.excluded"), ""),
    )


def _gaps(served: Any) -> pd.DataFrame:
    return served.frame[served.frame["status"] == "gap"] if len(served.frame) else served.frame


def _headline(served: Any) -> str:
    if served is None:
        return say("report.not_asked")
    if served.share is None:
        return "；".join(str(note) for note in served.notes[:1]) or say("report.no_share")
    gaps = _gaps(served)
    some = joined(gaps["name"].astype(str).head(5)) + ("…" if len(gaps) > 5 else "")
    missing = (
        say("report.headline_missing", names=some)
        if len(gaps)
        else say("report.headline_none_missing")
    )
    return say(
        "report.headline",
        met=served.share.met,
        total=served.share.total,
        missing=missing,
        unknown=len(served.unknown),
        excluded=len(served.excluded),
    )


def _accounted(rows_in: int | None, loaded: int | None, left_out: int) -> str:
    if rows_in is None or loaded is None:
        return ""
    return say("rows_accounted", rows_in=rows_in, loaded=loaded, left_out=left_out)


def _needs(answers: Mapping[str, Any]) -> tuple[tuple[str, int, str], ...]:
    """What data would decide how many of the rows that could not be judged, the most first."""
    wanted: dict[str, list[str]] = {}
    for query, answer in answers.items():
        if (
            query == "sharing.cells" and "sharing.matrix" in answers
        ):  # the same cells, counted there
            continue
        for row in rows_of(answer.unknown):
            subject = text_of(row.get("name") or row.get("source_name")) or text_of(
                row.get(answer.key)
            )
            wanted.setdefault(text_of(row.get("reason")), []).append(subject)
    listed = [
        (
            relations_in_words(reason),
            len(who),
            joined(dict.fromkeys(who[:4])) + ("…" if len(who) > 4 else ""),
        )
        for reason, who in wanted.items()
    ]
    return tuple(sorted(listed, key=lambda need: (-need[1], need[0])))


def needs_table(pages: ReportContents) -> Table:
    """Return what data is missing, and how much it would decide, as a table."""
    columns = ("reason", "count", "examples")
    return Table(
        "unknown",
        say("report.unknown"),
        tuple(say(f"column.{c}") for c in columns),
        pages.needs,
        columns=columns,
    )
