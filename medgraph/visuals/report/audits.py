"""Set the verdicts of an audit as tables: every rule, what fails or cannot be judged, which data would decide."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from medgraph.graphmodel.headings import in_words
from medgraph.visuals.headings import heading, state_label
from medgraph.visuals.report.tables import Table, joined, rows_of, standing, text_of
from medgraph.words.say import pick, say

_OF_RULE = ("rule", "statement", "verdict", "failed", "no_data", "clause", "grade")
_OF_FINDING = (
    "id",
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


@dataclass(frozen=True)
class AuditPart:
    """What a report says of an audit, or in `head` why there is none."""

    head: str
    counts: tuple[tuple[str, str, str], ...] = ()  # number, words, verdict
    rules: Table | None = None
    verdicts: Table | None = None
    missing: Table | None = None
    packs: Table | None = None

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables there are: rules, verdicts, missing data."""
        return tuple(
            table for table in (self.rules, self.verdicts, self.missing) if table is not None
        )


def audit_part(audit: Any, why_not: str = "") -> AuditPart:
    """Set an audit for the report; without one, say so and why."""
    if audit is None:
        return AuditPart(why_not or say("report.no_audit"))
    head = say(
        "audit_page_head",
        packs=joined(p.id for p in audit.packs if p.rules),
        day=audit.as_of.isoformat(),
        total=len(audit.rules),
    )
    counts = tuple(
        (str(number), state_label(verdict), verdict) for verdict, number in audit.counts.items()
    )
    return AuditPart(head, counts, _rules(audit), _verdicts(audit), _missing(audit), _packs(audit))


def _rules(audit: Any) -> Table:
    rows = sorted(rows_of(audit.rules), key=lambda r: standing(r["verdict"]))
    made = tuple(
        tuple(state_label(r[c]) if c == "verdict" else r[c] for c in _OF_RULE) for r in rows
    )
    return Table(
        "audit.rules",
        say("report.audit_rules"),
        tuple(map(heading, _OF_RULE)),
        made,
        statuses=tuple(r["verdict"] for r in rows),
        columns=_OF_RULE,
    )


def _verdicts(audit: Any) -> Table:
    """Every finding that is no plain pass; waived ones stay, with their waiver beside them."""
    rows = audit.findings[audit.findings["verdict"].isin(["FAIL", "NO_DATA", "INFO"])]
    return _as_table(rows, "audit.verdicts", say("report.audit_verdicts"))


def verdicts_by_subject(audit: Any, subjects: Collection[str]) -> dict[str, Table]:
    """Return for each of the subjects all verdicts on it, the failed ones first."""
    if audit is None:
        return {}
    columns = tuple(c for c in _OF_FINDING if c != "name")
    return {
        subject: _as_table(rows, "verdicts", say("report.audit"), columns)
        for subject, rows in audit.findings[audit.findings["subject"].isin(subjects)].groupby(
            "subject"
        )
    }


NO_VERDICTS = Table("verdicts", "", (), ())


def _as_table(rows: Any, key: str, title: str, columns: tuple[str, ...] = _OF_FINDING) -> Table:
    found = sorted(rows_of(rows), key=lambda r: standing(r["verdict"]))
    made = tuple(tuple(_cell(row, c) for c in columns) for row in found)
    kept = [
        i for i, c in enumerate(columns) if c in ("id", "verdict") or any(row[i] for row in made)
    ]
    columns = tuple(columns[i] for i in kept)
    return Table(
        key,
        title,
        tuple(map(heading, columns)),
        tuple(tuple(row[i] for i in kept) for row in made),
        statuses=tuple(r["verdict"] for r in found),
        columns=columns,
    )


def _cell(row: Any, column: str) -> str:
    if column == "verdict":
        return state_label(row["verdict"])
    if column == "counted":
        return text_of(row["value"]) or f"{row['met']}/{row['total']}"
    value = row[column]
    return (
        " · ".join(str(v) for v in value.values() if v)
        if isinstance(value, dict)
        else text_of(value)
    )


def _missing(audit: Any) -> Table:
    columns = ("data", "decides", "rules")
    rows = tuple(
        (in_words(str(r["data"])), r["decides"], text_of(r["rules"]))
        for r in rows_of(audit.missing)
    )
    return Table(
        "audit.missing",
        say("report.audit_missing"),
        tuple(map(heading, columns)),
        rows,
        columns=columns,
    )


def _packs(audit: Any) -> Table:
    columns = ("pack", "title", "document", "number", "issuer", "date", "source")
    rows = tuple(
        (p.id, pick(zh=p.title[0], en=p.title[1]), p.document, p.number, p.issuer, p.date, p.source)
        for p in audit.packs
        if p.rules
    )
    return Table(
        "audit.packs", say("report.packs"), tuple(say(f"report.pack.{c}") for c in columns), rows
    )
