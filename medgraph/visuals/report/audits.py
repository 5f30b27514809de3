"""Set an audit as tables: every rule, what fails or is open, which data would decide it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from medgraph.visuals.headings import heading, verdict_label
from medgraph.visuals.report.called import Called, Names
from medgraph.visuals.report.findings import subjects_called
from medgraph.visuals.report.tables import (
    ReportTable,
    chosen,
    columns_of,
    each_once,
    rows_of,
    standing,
    text_of,
)
from medgraph.words.joining import listed, without_code
from medgraph.words.say import pick, say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

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
        """The tables there are, in the language of now."""
        return tuple(self.each_table())

    def each_table(self, most: int | None = None) -> Iterator[ReportTable]:
        """Yield the tables: rules, verdicts, missing data; those of many verdicts take memory.

        With `most` a table has so many rows at the most, and no column that is empty in them.
        """
        if self.rules:
            yield self.rules
        if self.audited is not None:
            yield _verdicts(self.audited, most)
        if self.missing:
            yield self.missing


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
    rules = columns_of(_in_order(audit.rules))
    return _judged_table(rules, "audit.rules", say("report.audit_rules"), _OF_RULE)


def _verdicts(audit: Any, most: int | None = None) -> ReportTable:
    """Every finding that is no plain pass; waived ones stay, with their waiver beside them."""
    every = audit.findings[audit.findings["verdict"].isin(["FAIL", "NO_DATA", "INFO"])]
    rows = _in_order(every).head(len(every) if most is None else most)
    called = Called(audit.network)
    names = subjects_called(called, rows)
    told = columns_of(_told(called, rows[[*_TOLD_OF_FINDING]]).assign(name=names))
    title = say("report.audit_verdicts")
    table = _without_empty(_judged_table(told, "audit.verdicts", title, _OF_FINDING))
    return replace(table, left_out=len(every) - len(rows))


def verdicts_by_subject(audit: Any, subjects: Collection[str]) -> dict[str, ReportTable]:
    """Return for each of the subjects all verdicts on it, the failed ones first."""
    if audit is None:
        return {}
    columns = tuple(column for column in _OF_FINDING if column != "name")
    title = say("report.audit")
    asked = audit.findings[audit.findings["subject"].isin(subjects)]
    asked = _in_order(_told(Called(audit.network), asked[["subject", *_TOLD_OF_FINDING]]))
    told = columns_of(asked)
    places: dict[str, list[int]] = {}
    for place, subject in enumerate(told["subject"]):
        places.setdefault(subject, []).append(place)
    return {
        subject: _without_empty(_judged_table(_those(told, at), "verdicts", title, columns))
        for subject, at in places.items()
    }


def _those(told: Mapping[str, list[Any]], places: Sequence[int]) -> dict[str, list[Any]]:
    return {name: [values[place] for place in places] for name, values in told.items()}


def _told(called: Called, rows: pd.DataFrame) -> pd.DataFrame:
    """Findings whose reasons and advice call nodes as the report does."""
    texts = {name: called.all_told([*map(text_of, rows[name])]) for name in ("reason", "advice")}
    return rows.assign(**texts)


NO_VERDICTS = ReportTable("verdicts", "", (), ())


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Rules or findings with those first that failed."""
    worst_first = np.argsort([*map(standing, rows["verdict"])], kind="stable")
    return rows.iloc[worst_first]


def _judged_table(
    told: Mapping[str, list[Any]], key: str, title: str, columns: tuple[str, ...]
) -> ReportTable:
    """Rules or findings by their columns, in their order, with their verdicts in words."""
    return ReportTable(
        key,
        title,
        tuple(map(heading, columns)),
        tuple(zip(*(_cells(told, column) for column in columns), strict=True)),
        statuses=tuple(told["verdict"]),
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


def _cells(told: Mapping[str, list[Any]], column: str) -> list[Any]:
    """A column of a table of rules or findings; of many rows few say different things."""
    if column == "counted":
        counts = zip(*(told[name] for name in _COUNTED), strict=True)
        return [text_of(value) or f"{met}/{total}" for value, met, total in counts]
    values = told[column]
    if column == "verdict":
        return each_once(verdict_label, values)
    if column == "name":
        return [Names((value,)) for value in values]
    if column == "reason":
        return each_once(without_code, map(text_of, values))
    if column in ("failed", "no_data"):
        return values
    return [value if type(value) is str else _in_text(value) for value in values]


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
