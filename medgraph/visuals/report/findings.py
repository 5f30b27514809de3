"""Gather what is wrong: every finding of every answer, of the audit and of reading, the worst first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from medgraph.graphmodel.network import MedicalNetwork
from medgraph.graphmodel.origin import Origin
from medgraph.visuals.headings import said, state_label
from medgraph.visuals.report.tables import Table, counted, joined, rows_of, text_of
from medgraph.words.say import Problem, say

# query -> rank of its findings, worst first, and which statuses are one (None: every row of its frame).
FAULTS: dict[str, tuple[int, tuple[str, ...] | None]] = {
    "coverage.served": (1, ("gap",)),
    "coverage.multiple": (3, None),
    "coverage.overlaps": (4, None),
    "coverage.stations": (5, ("gap",)),
    "referrals.broken": (6, None),
    "referrals.specialties": (6, ("none",)),
    "sharing.centres": (6, ("missing",)),
    "sharing.matrix": (6, ("failed",)),
    "sharing.unsupported": (7, None),
    "coverage.ungrouped": (8, None),
}
_VERDICT_RANK = {"error": 3, "warning": 5}
_OTHER_RANK = 5
_NAMED = 3  # subjects of a failed rule that its finding names
SEVERITIES = ("severe", "major", "minor")


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: where, what, by which clause, the evidence (cell), what to do; `rank` 1 is worst."""

    rank: int
    place: str
    fault: str
    evidence: str
    action: str
    query: str = ""
    clause: str = ""
    subject: str = ""

    @property
    def severity(self) -> str:
        """How bad it is: severe (ranks 1 and 2), major (3 to 5), minor."""
        return SEVERITIES[0 if self.rank <= 2 else 1 if self.rank <= 5 else 2]

    @property
    def basis(self) -> str:
        """The clause and the evidence in one line."""
        return " · ".join(part for part in (self.clause, self.evidence) if part)


def findings(
    net: MedicalNetwork,
    answers: Mapping[str, Any],
    audit: Any,
    left_rows: Sequence[Any],
    problems: Iterable[Problem],
) -> tuple[Finding, ...]:
    """Return every finding, rows left out, problems of reading and failed rules among them, the worst first."""
    found = [
        Finding(2, row.place, row.reason, row.place, say("report.act.left_out"))
        for row in left_rows
    ]
    left = {row.place for row in left_rows}
    found += [
        Finding(
            2 if p.severity == "error" else 9,
            p.place,
            p.message,
            f"{p.place} {p.code}".strip(),
            p.advice,
        )
        for p in problems
        if p.place not in left or p.severity != "error"
    ]
    for query, answer in answers.items():
        found += _faults(net, query, answer)
    if audit is not None:
        found += _failed_rules(audit)
    return tuple(sorted(found, key=lambda f: f.rank))


def _faults(net: MedicalNetwork, query: str, answer: Any) -> list[Finding]:
    rank, statuses = FAULTS.get(query, (_OTHER_RANK, ("FAIL",)))
    rows = answer.frame
    if "status" in rows.columns and statuses is not None:
        rows = rows[rows["status"].isin(statuses)]
    elif statuses is not None:
        return []
    if (
        query == "referrals.specialties"
    ):  # an area that nobody serves is a finding of coverage already
        rows = rows[rows["facility"].notna()]
    made = []
    for row in rows_of(rows):
        subject = str(row.get(answer.key, ""))
        name = row.get("name") or row.get("source_name")
        place = counted(name, subject) if name else subject
        clause, evidence = _evidence(net, subject, row)
        advice = text_of(row.get("advice") or row.get("fix")) or said("report.act.", query, "")
        made.append(
            Finding(
                rank, place, _fault(query, row), evidence or subject, advice, query, clause, subject
            )
        )
    return made


def _fault(query: str, row: Mapping[str, Any]) -> str:
    if query == "referrals.broken":
        return state_label(str(row["status"])) + (
            f" → {row['target_name']}" if row["target_name"] else ""
        )
    return said("report.fault.", query, text_of(row.get("reason")))


def _evidence(net: MedicalNetwork, subject: str, row: Mapping[str, Any]) -> tuple[str, str]:
    """The clause of a finding, and where its subject stands: cell or file."""
    position = np.array([net.index.position(subject)])
    origin, document, clause = (
        net.index.take(c, position)[0].as_py() or "" for c in ("origin", "document", "clause")
    )
    edition = " ".join(
        net.index.take(c, position)[0].as_py() or "" for c in ("register", "edition")
    ).strip()
    clause, document = (
        text_of(row.get("clause")) or clause,
        text_of(row.get("document")) or document,
    )
    read = Origin.parse(origin)
    cell = read.place if read.sheet or read.file not in (document, edition) else read.cell
    parts: list[str] = []
    for part in (cell, edition, document):
        if part and not any(part in said for said in (*parts, clause)):
            parts.append(part)
    return clause, " · ".join(parts)


def _failed_rules(audit: Any) -> list[Finding]:
    """One finding for each rule that fails where no waiver holds; its subjects have a table of their own."""
    rules = {(r["pack"], r["rule"]): r for r in audit.rules.to_dict("records")}
    failed = audit.findings[(audit.findings["verdict"] == "FAIL") & audit.findings["waived"].isna()]
    made = []
    for key, rows in failed.groupby(["pack", "rule"], sort=False):
        rule, first = rules[key], rows.iloc[0]
        names = [
            name or (say("report.whole") if subject == "all" else subject)
            for name, subject in zip(rows["name"].fillna(""), rows["subject"], strict=True)
        ]
        place = joined(names[:_NAMED]) + (
            say("report.and_more", count=len(names)) if len(names) > _NAMED else ""
        )
        fault = f"{rule['rule']} {state_label('FAIL')} · {rule['statement']}"
        made.append(
            Finding(
                _VERDICT_RANK.get(str(first["severity"]), 8),
                place,
                fault,
                str(first["id"]),
                text_of(first["advice"]),
                "audit",
                f"{key[0]} {rule['clause']}",
            )
        )
    return made


def findings_table(
    found: Sequence[Finding],
    *,
    first: int = 1,
    columns: Sequence[str] = (),
    key: str = "findings",
    title: str = "",
) -> Table:
    """Return findings, in their order and numbered from `first`, as a table with clause and advice."""
    columns = tuple(columns) or COLUMNS
    rows = tuple(tuple(_cell(f, c, n) for c in columns) for n, f in enumerate(found, start=first))
    return Table(
        key,
        title or say("report.findings"),
        tuple(say(f"column.{c}") for c in columns),
        rows,
        statuses=tuple("gap" if f.rank <= 2 else "" for f in found),
        columns=columns,
    )


COLUMNS = ("number", "severity", "place", "fault", "clause", "evidence", "action", "query")


def _cell(finding: Finding, column: str, number: int) -> Any:
    if column == "number":
        return number
    if column == "severity":
        return say(f"report.severity.{finding.severity}")
    return (
        said("answer.", finding.query, finding.query)
        if column == "query"
        else getattr(finding, column)
    )


def by_severity(found: Sequence[Finding]) -> list[Table]:
    """Return a table of findings for each severity that has some, the worst first, numbered through."""
    made, columns, before = [], tuple(c for c in COLUMNS if c not in ("severity", "query")), 0
    for word in SEVERITIES:
        part = [f for f in found if f.severity == word]
        title = f"{say(f'report.severity.{word}')} ({len(part)})"
        if part:
            made.append(
                findings_table(part, first=before + 1, columns=columns, key=word, title=title)
            )
        before += len(part)
    return made


def brief_table(found: Sequence[Finding]) -> Table:
    """Return the findings about one group as a table."""
    return findings_table(found, columns=[c for c in COLUMNS if c not in ("number", "query")])
