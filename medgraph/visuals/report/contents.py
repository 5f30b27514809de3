"""Gather what a report says: headline, findings, tables, and what could not be judged."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from medgraph.graphmodel.headings import relations_in_words
from medgraph.graphmodel.undeclared import absent_relations
from medgraph.shown_places import shown_place
from medgraph.visuals.figure_day import figure_day
from medgraph.visuals.node_names import area_names, stamps, unit_of
from medgraph.visuals.report.annex import definitions, left_table, sources
from medgraph.visuals.report.audits import AuditPart, audit_part
from medgraph.visuals.report.called import Called, Names
from medgraph.visuals.report.deciding import deciding
from medgraph.visuals.report.findings import (
    FACILITIES_BESIDE,
    Finding,
    findings,
    findings_of_file,
    problems_by_node,
)
from medgraph.visuals.report.groups import GroupPage, group_pages
from medgraph.visuals.report.pictures import Picture, pictures
from medgraph.visuals.report.since import Earlier, Since, undecided
from medgraph.visuals.report.tables import ReportTable, answer_table, rows_of, text_of
from medgraph.visuals.tiles.tile_map import tile_map
from medgraph.words.joining import bracketed, listed
from medgraph.words.say import language, say, speaking
from medgraph.words.stamps import title_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import pandas as pd

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.visuals.figure import Figure
    from medgraph.words.say import Problem

_EXAMPLES = 4  # of what cannot be judged for one reason
_GAPS_NAMED = 5


# The questions whose answers a report shows.
REPORTED = (
    "coverage.served",
    "coverage.overlaps",
    "coverage.ungrouped",
    "coverage.multiple",
    "coverage.grid",
    "coverage.stations",
    "referrals.broken",
    "referrals.specialties",
    "sharing.centres",
    "sharing.matrix",
    "sharing.cells",
    "sharing.unsupported",
    "sharing.exchange",
    "sharing.recognition",
)


# Those of them whose rows the four pages show, as lines and charts.
_ON_FOUR_PAGES = ("coverage.served", "coverage.grid")


@dataclass(frozen=True)
class ReportContents:
    """All that a report says, ready to be set as a page, as a workbook or on paper.

    `figures` are numbers with their words, and `problem` behind those that are one; `needs` says
    what data is missing, how many rows it would decide, and some of them; `deciding` is what to
    ask, where it was asked: by the `questions`, of what was `audited`. With `annex` page and paper
    hold all that the workbook holds; what points at the workbook says so where it is not written
    (`has_workbook`). Of a report of one area, groups that have no part in it are `elsewhere`.
    """

    network: MedicalNetwork
    answers: Mapping[str, Any]
    lang: str
    title: str
    facts: tuple[tuple[str, str], ...]
    stamps: tuple[str, ...]
    figures: tuple[tuple[str, str, str], ...]
    headline: str
    accounted: str
    map: Figure
    pictures: tuple[Picture, ...]
    findings: tuple[Finding, ...]
    file_findings: tuple[Finding, ...]
    needs: tuple[tuple[str, int, Names], ...]
    audit: AuditPart
    groups: tuple[GroupPage, ...]
    definitions: ReportTable
    sources: ReportTable
    left_out: ReportTable
    deciding: ReportTable | None = None
    deciding_lead: str = ""
    audited: Any = None
    questions: pd.DataFrame | None = None
    since: Since | None = None
    annex: bool = False
    made: str = ""
    elsewhere: tuple[GroupPage, ...] = ()
    has_workbook: bool = True

    @property
    def tables(self) -> tuple[ReportTable, ...]:
        """The answers as tables."""
        with speaking(self.lang):
            return tuple(self.each_table())

    def without_rows(self) -> ReportContents:
        """Let go of the answers that only annex and workbook show: they take much memory."""
        kept = {query: self.answers[query] for query in _ON_FOUR_PAGES if query in self.answers}
        return replace(self, answers=kept)

    def without_questions(self) -> ReportContents:
        """Let go of the questions one by one, which letters and pages of groups ask."""
        return replace(self, questions=None)

    def each_table(self, most: int | None = None) -> Iterator[ReportTable]:
        """Yield each answer as a table, in the language of now: all at once take much memory.

        With `most` a table has so many rows at the most.
        """
        for answer in self.answers.values():
            yield answer_table(self.network, answer, most=most, called=Called(self.network))

    @cached_property
    def questions_by_group(self) -> dict[str, pd.DataFrame]:
        """The questions to each group, by the name that the data has of it."""
        if self.questions is None:
            return {}
        rows = self.questions.groupby("member_of", sort=False)
        return {str(name): mine.reset_index(drop=True) for name, mine in rows}

    @cached_property
    def namesakes(self) -> Counter[str]:
        """How many groups have each name."""
        return Counter(page.stated for page in self.groups)


def contents(
    net: MedicalNetwork,
    answers: Mapping[str, Any],
    *,
    audit: Any = None,
    no_audit: str = "",
    asked: Any = None,
    rows_in: int | None = None,
    loaded: int | None = None,
    left_out: int = 0,
    left_rows: Sequence[Any] = (),
    problems: Iterable[Problem] = (),
    source: str = "",
    annex: bool = False,
    area: str = "",
    earlier: Earlier | None = None,
) -> ReportContents:
    """Gather the report of a network from answers about it and an audit, in the language of now.

    Parameters
    ----------
    net
        The network; the report is about the day of `coverage.served`, else about its data day.
    answers
        Answers by the name of their query (`coverage.served`, ...).
    audit
        The audit by policy packs; without one the report says why.
    no_audit
        Why there is no audit.
    asked
        What to ask so that most verdicts can be given.
    rows_in, loaded, left_out
        How many rows the source has, how many were loaded, how many were left out.
    left_rows
        The rows left out, each with `place` and `reason`.
    problems
        What reading had to say.
    source
        Where the data is from; of a path its last name is shown, of an address no user.
    annex
        Whether page and paper hold, behind the four pages, all that the workbook holds.
    area
        The code of the area that the network was narrowed to; it is named on page one.
    earlier
        The findings of last time; the report then says what is new, gone and unchanged.

    Returns
    -------
    ReportContents
        What `write_report` sets.

    Raises
    ------
    ValueError
        Where the rows do not add up.

    Examples
    --------
    >>> import medgraph as mg
    >>> net = mg.samples.taizhou()
    >>> pages = contents(net, {"coverage.served": mg.coverage.served(net)})
    >>> len(pages.groups), pages.findings[0].rank
    (7, 1)
    """
    if rows_in is not None and loaded is not None and rows_in != loaded + left_out:
        raise ValueError(f"{rows_in} rows in, {loaded} loaded, {left_out} left out")
    answers = {getattr(answer, "query", "") or name: answer for name, answer in answers.items()}
    served = answers.get("coverage.served")
    date = served.as_of if served is not None else net.day()
    status = served.status if served is not None else None
    found = findings(net, answers, audit)
    since = Since(earlier, found, undecided(answers, audit)) if earlier else None
    found = since.marked() if since else found
    pages = tuple(group_pages(net.as_of(date), answers, audit, found))
    here = _having_part(net, pages, area) if area else pages
    lost = (say("report.left_out_stamp", count=left_out),) if left_out else ()
    shown = shown_place(source) if source else ""
    return ReportContents(
        network=net,
        answers=answers,
        lang=language(),
        title=title_of(net.meta) or say("report.title"),
        facts=(
            *_facts(net, date, shown),
            *_scope(net, area),
            *((since.line(),) if since else ()),
        ),
        since=since,
        stamps=(*stamps(net), *lost),
        figures=_figures(served),
        headline=_headline(served),
        accounted=_accounted(rows_in, loaded, left_out),
        map=tile_map(net, color_by=status, as_of=date, lang=language()),
        pictures=tuple(pictures(net, answers, date, problems_by_node(net, found))),
        findings=found,
        file_findings=findings_of_file(left_rows, problems),
        needs=_needs(Called(net), answers, absent_relations(net)),
        audit=audit_part(audit, no_audit, asked=asked),
        groups=here,
        elsewhere=tuple(page for page in pages if page not in here) if area else (),
        definitions=definitions(answers),
        sources=sources(net, shown),
        left_out=left_table(left_rows, left_out),
        deciding=deciding(asked.frame, audit, Called(net)) if asked is not None else None,
        deciding_lead=_deciding_lead(asked),
        audited=audit,
        questions=asked.frame if asked is not None else None,
        annex=annex,
        made=datetime.date.today().isoformat(),
    )


def findings_beside(
    audit: Any, ask: Callable[[MedicalNetwork], Mapping[str, Any]]
) -> tuple[Finding, ...] | None:
    """Return what the report of an audited network lists, in its order; None of a large network.

    `ask` gives the answers to the questions of a report (`REPORTED`): of a large network they take
    longer than the audit itself, and the page of the audit says that it does not list them.
    """
    net = audit.network
    if net.index.is_kind("Facility").sum() > FACILITIES_BESIDE:
        return None
    return findings(net, ask(net), audit)


def _facts(net: MedicalNetwork, date: datetime.date, source: str) -> tuple[tuple[str, str], ...]:
    meta, unsaid = net.meta, say("report.unsaid")
    register = " ".join(meta[key] for key in ("register", "edition") if meta.get(key))
    return (
        (say("report.unit"), unit_of(net) or unsaid),
        (say("report.day"), date.isoformat() if net.data_day else figure_day(date, None)),
        (say("report.register"), register or say("report.no_register")),
        (say("report.source"), source or meta.get("source") or unsaid),
    )


def _scope(net: MedicalNetwork, area: str) -> tuple[tuple[str, str], ...]:
    """The area that the report is narrowed to, by name and code."""
    if not area:
        return ()
    whole = area.ljust(12, "0")
    name = area_names(net, [whole], language()).get(whole, "")
    return ((say("report.scope"), bracketed(name, area) if name else area),)


def _having_part(
    net: MedicalNetwork, pages: Sequence[GroupPage], area: str
) -> tuple[GroupPage, ...]:
    """The groups with a member in the area, or that serve a part of it."""
    ids = net.index.ids.filter(pa.array(net.in_area(area))).to_pylist()
    return tuple(page for page in pages if not page.subjects.isdisjoint(ids))


def _deciding_lead(asked: Any) -> str:
    if asked is None:
        return ""
    open_ = asked.judged + len(asked.unknown)
    count = len(asked.frame)
    return say("report.deciding_lead", open=open_, count=count, decided=asked.judged)


def _figures(served: Any) -> tuple[tuple[str, str, str], ...]:
    """The numbers of page one, all set in one size: met, missing, unknown, excluded."""
    if served is None:
        return ()
    gaps = len(_gaps(served))
    share = f"{served.share.met}/{served.share.total}" if served.share else "—"
    return (
        (share, say("report.met"), ""),
        (str(gaps), say("report.missing"), "problem" if gaps else ""),
        (str(len(served.unknown)), say("unknown"), ""),
        (str(len(served.excluded)), say("report.excluded"), ""),
    )


def _gaps(served: Any) -> pd.DataFrame:
    rows: pd.DataFrame = served.frame
    return rows[rows["status"] == "gap"] if len(rows) else rows


def _headline(served: Any) -> str:
    if served is None:
        return say("report.not_asked")
    if served.share is None:
        return _no_share(served)
    return say(
        "report.headline",
        met=served.share.met,
        total=served.share.total,
        missing=_missing(_gaps(served)),
        unknown=len(served.unknown),
        excluded=len(served.excluded),
    )


def _no_share(served: Any) -> str:
    """Why there is no share, as an office says it; the note of the answer says what to type."""
    if not served.total:
        return say("report.no_register_of_areas")
    return str(served.notes[0]) if served.notes else say("report.no_share")


def _missing(gaps: pd.DataFrame) -> str:
    if not len(gaps):
        return say("report.headline_none_missing")
    named = listed(gaps["name"].astype(str).head(_GAPS_NAMED))
    return say("report.headline_missing", names=_and_more(named, len(gaps), _GAPS_NAMED))


def _and_more(named: str, count: int, limit: int) -> str:
    return f"{named}…" if count > limit else named


def _accounted(rows_in: int | None, loaded: int | None, left_out: int) -> str:
    if rows_in is None or loaded is None:
        return ""
    return say("rows_accounted", rows_in=rows_in, loaded=loaded, left_out=left_out)


def _needs(
    called: Called, answers: Mapping[str, Any], absent: Sequence[str]
) -> tuple[tuple[str, int, Names], ...]:
    """What data would decide how many of the rows that could not be judged, the most first.

    What asks for relations that the data has none of is one line, whatever its reasons.
    """
    counts: Counter[str] = Counter()
    examples: dict[str, list[str]] = {}
    none_of = say("report.absent", parts=listed(absent))
    asks = re.compile("|".join(map(re.escape, absent)) or r"(?!)")
    for query, answer in answers.items():
        if query == "sharing.cells" and "sharing.matrix" in answers:
            continue  # the same cells, counted there
        for row in rows_of(answer.unknown):
            name = text_of(row.get("name") or row.get("source_name"))
            stated = text_of(row.get("reason"))
            reason = none_of if asks.search(stated) else stated
            counts[reason] += 1
            if counts[reason] <= _EXAMPLES:
                subject = called.place(text_of(row.get(answer.key)), name)
                examples.setdefault(reason, []).append(subject)
    needs = []
    for reason, count in counts.items():
        *first, last = dict.fromkeys(examples[reason])
        some = Names((*first, _and_more(last, count, _EXAMPLES)))
        needs.append((called.told(relations_in_words(reason)), count, some))
    return tuple(sorted(needs, key=lambda need: (-need[1], need[0])))


def needs_table(report: ReportContents) -> ReportTable:
    """Return what data is missing, and how much it would decide, as a table."""
    columns = ("reason", "count", "examples")
    headings = tuple(say(f"column.{column}") for column in columns)
    return ReportTable("unknown", say("report.unknown"), headings, report.needs, columns=columns)
