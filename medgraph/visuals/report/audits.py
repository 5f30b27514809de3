"""Set an audit as tables: every rule, what fails or is open, which data would decide it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from medgraph.visuals.headings import heading, verdict_label
from medgraph.visuals.report.called import Called, Names
from medgraph.visuals.report.findings import subjects_called
from medgraph.visuals.report.tables import (
    ReportTable,
    chosen,
    each_once,
    rows_of,
    standing,
    text_of,
)
from medgraph.words.joining import listed, without_code
from medgraph.words.say import pick, say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    import pandas as pd

_MOST_ASKED = 300  # questions in a report; `medgraph ask` has all
_OF_RULE = ("rule", "statement", "verdict", "failed", "no_data", "clause", "grade")
_OF_FINDING = (
    "id",
    "rule",
    "name",
    "verdict",
    "counted",
    "asked",
    "clause",
    "reason",
    "advice",
    "waived",
    "statement",
)
_COUNTED = ("value", "met", "total")  # of which `counted` is told
_TOLD_OF_FINDING = (*(column for column in _OF_FINDING if column != "counted"), *_COUNTED)


@dataclass(frozen=True)
class AuditPart:
    """What a report says of an audit, or in `head` why there is none.

    The verdicts of what was `audited` are many: their table is made when it is asked for.
    """

    head: str
    counts: tuple[tuple[str, str, str], ...] = ()  # number, words, verdict
    rules: ReportTable | None = None
    audited: Any = None
    missing: ReportTable | None = None
    packs: ReportTable | None = None

    @property
    def tables(self) -> tuple[ReportTable, ...]:
        """The tables there are, in the language of now: rules, verdicts, missing data."""
        verdicts = None if self.audited is None else _verdicts(self.audited)
        return tuple(table for table in (self.rules, verdicts, self.missing) if table)


def why_no_audit(*, has_packs: bool, has_day: bool) -> str:
    """Return why a report audits nothing: no pack fits the groups, else rules have days and the
    data none; empty where there is no reason.
    """
    if not has_packs:
        return say("report.no_group_pack")
    return "" if has_day else say("report.no_day")


def audit_part(audit: Any, why_not: str = "", *, asked: Any = None) -> AuditPart:
    """Set an audit for the report; without one, say so and why.

    `asked` is the answer that says what to ask for, question by question.
    """
    if audit is None:
        return AuditPart(why_not or say("report.no_audit"))
    head = say(
        "audit_page_head",
        packs=listed(pack.id for pack in audit.packs if pack.rules),
        day=audit.as_of.isoformat(),
        total=len(audit.rules),
    )
    counts = tuple(
        (str(number), verdict_label(verdict), verdict) for verdict, number in audit.counts.items()
    )
    missing = _missing(audit) if asked is None else _asked(asked)
    return AuditPart(head, counts, _rules(audit), audit, missing, _packs(audit))


def _rules(audit: Any) -> ReportTable:
    return _judged_table(rows_of(audit.rules), "audit.rules", say("report.audit_rules"), _OF_RULE)


def _verdicts(audit: Any) -> ReportTable:
    """Every finding that is no plain pass; waived ones stay, with their waiver beside them."""
    rows = audit.findings[audit.findings["verdict"].isin(["FAIL", "NO_DATA", "INFO"])]
    called = Called(audit.network)
    names = subjects_called(called, rows)
    title = say("report.audit_verdicts")
    told = rows_of(_told(called, rows[[*_TOLD_OF_FINDING]]).assign(name=names))
    return _without_empty(_judged_table(told, "audit.verdicts", title, _OF_FINDING))


def verdicts_by_subject(audit: Any, subjects: Collection[str]) -> dict[str, ReportTable]:
    """Return for each of the subjects all verdicts on it, the failed ones first."""
    if audit is None:
        return {}
    columns = tuple(column for column in _OF_FINDING if column != "name")
    title = say("report.audit")
    asked = audit.findings[audit.findings["subject"].isin(subjects)]
    asked = _told(Called(audit.network), asked[["subject", *_TOLD_OF_FINDING]])
    of_subject: dict[str, list[Mapping[Any, Any]]] = {}
    for row in rows_of(asked):
        of_subject.setdefault(row["subject"], []).append(row)
    return {
        subject: _without_empty(_judged_table(rows, "verdicts", title, columns))
        for subject, rows in of_subject.items()
    }


def _told(called: Called, rows: pd.DataFrame) -> pd.DataFrame:
    """Findings whose reasons and advice call nodes as the report does."""
    texts = {name: called.all_told([*map(text_of, rows[name])]) for name in ("reason", "advice")}
    return rows.assign(**texts)


NO_VERDICTS = ReportTable("verdicts", "", (), ())


def _judged_table(
    rows: Iterable[Mapping[Any, Any]], key: str, title: str, columns: tuple[str, ...]
) -> ReportTable:
    """Rules or findings with their verdicts in words, what failed first."""
    in_order = sorted(rows, key=lambda row: standing(row["verdict"]))
    return ReportTable(
        key,
        title,
        tuple(map(heading, columns)),
        tuple(zip(*(_cells(in_order, column) for column in columns), strict=True)),
        statuses=tuple(row["verdict"] for row in in_order),
        columns=columns,
        ids="id" if "id" in columns else "",
    )


def _without_empty(table: ReportTable) -> ReportTable:
    """The table without the columns in which no row has anything."""
    kept = [
        column
        for number, column in enumerate(table.columns)
        if column in ("id", "verdict") or any(row[number] for row in table.rows)
    ]
    return chosen(table, kept)


def _cells(rows: Sequence[Mapping[Any, Any]], column: str) -> list[Any]:
    """A column of a table of rules or findings; of many rows few say different things."""
    if column == "counted":
        return [text_of(row["value"]) or f"{row['met']}/{row['total']}" for row in rows]
    values = [row[column] for row in rows]
    if column == "verdict":
        return each_once(verdict_label, values)
    if column == "name":
        return [Names((value,)) for value in values]
    if column == "reason":
        return each_once(without_code, map(text_of, values))
    if column in ("failed", "no_data"):
        return values
    return [_in_text(value) for value in values]


def _in_text(value: Any) -> str:
    if isinstance(value, dict):
        return " · ".join(str(part) for part in value.values() if part)
    return text_of(value)


def _missing(audit: Any) -> ReportTable:
    columns = ("data", "decides", "rules")
    rows = tuple(
        (audit.in_words(str(row["data"])), row["decides"], text_of(row["rules"]))
        for row in rows_of(audit.missing)
    )
    title, headings = say("report.audit_missing"), tuple(map(heading, columns))
    return ReportTable("audit.missing", title, headings, rows, columns=columns)


def _asked(asked: Any) -> ReportTable:
    """The questions that would decide most verdicts, in their order."""
    columns = ("question", "allowed", "decided", "rules")
    rows = tuple(
        (without_code(row["question"]), row["allowed"], row["decides"], row["rules"])
        for row in rows_of(asked.frame.head(_MOST_ASKED))
    )
    title = say("report.audit_asked", count=len(asked.frame), decided=asked.judged)
    if len(asked.frame) > _MOST_ASKED:
        title += say("report.audit_asked_first", count=_MOST_ASKED)
    return ReportTable("audit.missing", title, tuple(map(heading, columns)), rows, columns=columns)


def pack_title(pack: Any) -> str:
    """Return the title of a pack in the language of now."""
    return str(pick(zh=pack.title[0], en=pack.title[1]))


def _packs(audit: Any) -> ReportTable:
    columns = ("pack", "title", "document", "number", "issuer", "date", "source")
    rows = tuple(
        (
            pack.id,
            pack_title(pack),
            pack.document,
            pack.number,
            pack.issuer,
            pack.date,
            pack.seen_in,
        )
        for pack in audit.packs
        if pack.rules
    )
    headings = tuple(say(f"report.pack.{column}") for column in columns)
    return ReportTable("audit.packs", say("report.packs"), headings, rows)
