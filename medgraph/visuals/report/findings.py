"""Gather what is wrong: findings of answers, of the audit and of reading, the worst first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from medgraph.graphmodel.origin import Origin
from medgraph.visuals.headings import said, state_label
from medgraph.visuals.report.tables import ReportTable, rows_of, text_of
from medgraph.words.joining import bracketed, listed
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.words.say import Problem

# query -> rank of its findings, worst first, and which statuses are one (None: every row).
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
COLUMNS = ("number", "severity", "place", "fault", "clause", "evidence", "action", "query")
# severity -> the last rank that has it
SEVERITIES = {"severe": 2, "major": 5, "minor": 99}
_LEFT_OUT_RANK = 2
_PROBLEM_RANKS = {"error": 2, "warning": 9}
_VERDICT_RANKS = {"error": 3, "warning": 5}
_INFORMATION_RANK = 8
_OTHER_FAULTS = (5, ("FAIL",))
_NAMED = 3  # subjects of a failed rule that its finding names


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: where, what, by which clause, the evidence (cell), what to do.

    Of the ranks 1 is the worst.
    """

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
        return next(word for word, last in SEVERITIES.items() if self.rank <= last)

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
    """Return every finding, the worst first, those of reading and of the audit among them."""
    found = _of_reading(left_rows, problems)
    for query, answer in answers.items():
        found += _of_answer(net, query, answer)
    if audit is not None:
        found += _of_audit(audit)
    return tuple(sorted(found, key=lambda finding: finding.rank))


def _of_reading(left_rows: Sequence[Any], problems: Iterable[Problem]) -> list[Finding]:
    """One finding for each row left out, and for each problem that is not the reason of one."""
    advice = say("report.act.left_out")
    found = [Finding(_LEFT_OUT_RANK, r.place, r.reason, r.place, advice) for r in left_rows]
    left = {row.place for row in left_rows}
    for one in problems:
        if one.place in left and one.severity == "error":
            continue
        evidence = f"{one.place} {one.code}".strip()
        rank = _PROBLEM_RANKS[one.severity]
        found.append(Finding(rank, one.place, one.message, evidence, one.advice))
    return found


def _of_answer(net: MedicalNetwork, query: str, answer: Any) -> list[Finding]:
    rank, statuses = FAULTS.get(query, _OTHER_FAULTS)
    rows = answer.frame
    if statuses is not None:
        if "status" not in rows.columns:
            return []
        rows = rows[rows["status"].isin(statuses)]
    if query == "referrals.specialties":
        # an area that nobody serves is a finding of coverage already
        rows = rows[rows["facility"].notna()]
    return [_of_row(net, query, rank, answer.key, row) for row in rows_of(rows)]


def _of_row(
    net: MedicalNetwork, query: str, rank: int, key: str, row: Mapping[Any, Any]
) -> Finding:
    subject = str(row.get(key, ""))
    name = row.get("name") or row.get("source_name")
    clause, evidence = _evidence(net, subject, row)
    return Finding(
        rank,
        bracketed(name, subject) if name else subject,
        _fault(query, row),
        evidence or subject,
        text_of(row.get("advice") or row.get("fix")) or said("report.act.", query, ""),
        query,
        clause,
        subject,
    )


def _fault(query: str, row: Mapping[Any, Any]) -> str:
    if query != "referrals.broken":
        return said("report.fault.", query, text_of(row.get("reason")))
    state = state_label(str(row["status"]))
    return f"{state} → {row['target_name']}" if row["target_name"] else state


def _evidence(net: MedicalNetwork, subject: str, row: Mapping[Any, Any]) -> tuple[str, str]:
    """The clause of a finding, and the cell or file that its subject comes from."""
    position = np.array([net.index.position(subject)])

    def stated(column: str) -> str:
        return net.index.take(column, position)[0].as_py() or ""

    edition = " ".join([stated("register"), stated("edition")]).strip()
    clause = text_of(row.get("clause")) or stated("clause")
    document = text_of(row.get("document")) or stated("document")
    origin = Origin.parse(stated("origin"))
    known = origin.file in (document, edition) and not origin.sheet
    parts: list[str] = []
    for part in (origin.cell if known else origin.place, edition, document):
        if part and not any(part in earlier for earlier in (*parts, clause)):
            parts.append(part)
    return clause, " · ".join(parts)


def _of_audit(audit: Any) -> list[Finding]:
    """One finding for each rule that fails where no waiver holds; a table has its subjects."""
    rules = {(rule["pack"], rule["rule"]): rule for rule in audit.rules.to_dict("records")}
    failed = audit.findings[(audit.findings["verdict"] == "FAIL") & audit.findings["waived"].isna()]
    return [
        _of_rule(key[0], rules[key], rows)
        for key, rows in failed.groupby(["pack", "rule"], sort=False)
    ]


def _of_rule(pack: str, rule: Mapping[str, Any], rows: Any) -> Finding:
    first = rows.iloc[0]
    return Finding(
        _VERDICT_RANKS.get(str(first["severity"]), _INFORMATION_RANK),
        _subjects(rows),
        f"{rule['rule']} {state_label('FAIL')} · {rule['statement']}",
        str(first["id"]),
        text_of(first["advice"]),
        "audit",
        f"{pack} {rule['clause']}",
    )


def _subjects(rows: Any) -> str:
    """The first subjects of a failed rule by name, and how many there are."""
    whole = say("report.whole")
    names = [
        name or (whole if subject == "all" else subject)
        for name, subject in zip(rows["name"].fillna(""), rows["subject"], strict=True)
    ]
    more = say("report.and_more", count=len(names)) if len(names) > _NAMED else ""
    return listed(names[:_NAMED]) + more


# -- tables --------------------------------------------------------------------------------------


def findings_table(
    found: Sequence[Finding],
    *,
    first: int = 1,
    columns: Sequence[str] = COLUMNS,
    key: str = "findings",
    title: str = "",
) -> ReportTable:
    """Return findings in their order, numbered from `first`, as a table."""
    numbered = enumerate(found, start=first)
    return ReportTable(
        key,
        title or say("report.findings"),
        tuple(say(f"column.{column}") for column in columns),
        tuple(tuple(_cell(one, column, number) for column in columns) for number, one in numbered),
        statuses=tuple("gap" if one.severity == "severe" else "" for one in found),
        columns=tuple(columns),
    )


def _cell(finding: Finding, column: str, number: int) -> Any:
    if column == "number":
        return number
    if column == "severity":
        return say(f"report.severity.{finding.severity}")
    if column == "query":
        return said("answer.", finding.query, finding.query)
    return getattr(finding, column)


def by_severity(found: Sequence[Finding]) -> list[ReportTable]:
    """Return a table for each severity that has findings, the worst first, numbered through."""
    columns = [column for column in COLUMNS if column not in ("severity", "query")]
    made, before = [], 0
    for word in SEVERITIES:
        part = [finding for finding in found if finding.severity == word]
        if not part:
            continue
        title = f"{say(f'report.severity.{word}')} ({len(part)})"
        made.append(findings_table(part, first=before + 1, columns=columns, key=word, title=title))
        before += len(part)
    return made


def brief_table(found: Sequence[Finding]) -> ReportTable:
    """Return the findings about one group as a table."""
    columns = [column for column in COLUMNS if column not in ("number", "query")]
    return findings_table(found, columns=columns)
