"""Set an audit as a page: a verdict for each clause, opened to its members and their cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medgraph.visuals.figure import Figure
from medgraph.visuals.headings import heading, said, state_label, subject_name, type_label
from medgraph.visuals.page import pages
from medgraph.visuals.report.findings import FACILITIES_BESIDE, numbered
from medgraph.words.joining import listed
from medgraph.words.say import language, say
from medgraph.words.vocabularies import label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd

    from medgraph.visuals.report.findings import Finding

# How many findings of a rule and elements of a finding are shown. The page says how many are not;
# the workbook holds them all.
FINDINGS = 100
ELEMENTS = 200
LISTED = 500  # of the findings that the report lists
_WORST_FIRST = {"FAIL": 0, "NO_DATA": 1, "INFO": 2, "PASS": 3}
_WORST_STATE = {"not met": 0, "open": 1, "met": 2}
_EVIDENCE = (
    "element",
    "state",
    "name",
    "reason",
    "link",
    "basis",
    "document",
    "clause",
    "cell",
    "original",
)


def audit_page(
    audit: Any,
    *,
    original: Callable[[str], str] | None = None,
    findings: Sequence[Finding] | None = None,
) -> Figure:
    """Return the page of an audit: every rule with its verdict, clause and grade.

    A rule opens to its findings, the worst first; a finding to its arithmetic and to every element
    tested: its members (met, not met, open) with the link, the clause and the cell that each rests
    on. Failing rules are open at first; on paper everything is.

    Parameters
    ----------
    audit
        What `mg.policy.audit` returned.
    original
        Gives the text that an origin points to, which is then shown beside it.
    findings
        What the report of the network lists (`findings_beside`), shown under the rules with its
        numbers; None where nobody asked, which the page says.

    Returns
    -------
    Figure
        A whole page; its `counts` are the rules `shown` of `all`, and how many came to each
        verdict.

    Examples
    --------
    >>> import medgraph as mg
    >>> from medgraph.visuals.audit_page import audit_page
    >>> audit_page(mg.policy.audit(mg.samples.taizhou(), ["taizhou-2023"])).counts["FAIL"]
    2
    """
    rules = audit.rules.to_dict("records")
    head = say(
        "audit_page_head",
        packs=listed(pack.id for pack in audit.packs),
        day=audit.as_of.isoformat(),
        total=len(rules),
    )
    told = list(numbered(findings)) if findings is not None else None
    missing = [(audit.in_words(str(row.data)), row.rules) for row in audit.missing.itertuples()]
    page = pages.render(
        "audit",
        title=say("audit_page_title"),
        lang=language(),
        audit=audit,
        rules=rules,
        head=head,
        say=say,
        heading=heading,
        state=state_label,
        limit=FINDINGS,
        most_listed=LISTED,
        answers=lambda rule: audit.outcome_of(rule).rule.answers,
        shown=lambda rule: _findings(audit, rule, original),
        missing=missing,
        told=told,
        not_listed=say("audit_page_not_listed", limit=f"{FACILITIES_BESIDE:,}"),
        remarks=audit.remarks,
    )
    counts = {"shown": len(rules), "all": len(rules), **audit.counts}
    return Figure(say("audit_page_title"), counts, page=page, lang=language())


def _findings(
    audit: Any, rule: dict[str, Any], original: Callable[[str], str] | None
) -> list[dict[str, Any]]:
    """The findings of a rule as the page shows them, the worst first."""
    every = audit.findings
    mine = every[(every["rule"] == rule["rule"]) & (every["pack"] == rule["pack"])]
    order = mine["verdict"].map(_WORST_FIRST).sort_values(kind="stable").index[:FINDINGS]
    return [_finding(audit, row, original) for row in mine.loc[order].to_dict("records")]


def _finding(
    audit: Any, row: dict[str, Any], original: Callable[[str], str] | None
) -> dict[str, Any]:
    every = audit.evidence(row["id"])
    evidence = _evidence(every, original)
    columns = [c for c in _EVIDENCE if c == "state" or (evidence[c] != "").any()]
    rows = [
        {
            "state": str(element["state"]).replace(" ", "-"),
            "cells": [_in_words(column, element[column]) for column in columns],
        }
        for element in evidence.to_dict("records")
    ]
    return {
        "row": row,
        "name": subject_name(row["subject"], row["name"]),
        "counted": row["value"] or f"{row['met']}/{row['total']}",
        "facts": _facts(row),
        "hidden": len(every) - len(evidence),
        "columns": [heading(column) for column in columns],
        "rows": rows,
    }


def _evidence(every: pd.DataFrame, original: Callable[[str], str] | None) -> pd.DataFrame:
    """The elements that are shown, the worst first, all as text."""
    order = every["state"].map(_WORST_STATE).sort_values(kind="stable").index
    # of one type: older pandas warns of guessing it
    rows = every.loc[order].head(ELEMENTS).astype("string").fillna("")
    ends = rows[["source", "relation", "target"]].itertuples(index=False, name=None)
    rows["link"] = [_link(*three) for three in ends]
    rows["original"] = rows["origin"].map(original) if original else ""
    # a place that is no more than document and clause is shown already
    same = rows["cell"] == rows["document"] + "!" + rows["clause"]
    rows.loc[same, "cell"] = ""
    return rows


def _facts(row: dict[str, Any]) -> list[tuple[str, str]]:
    """What else is known of a finding: the range, advice, a waiver, a statement, its id."""
    facts = [
        (name, row[name])
        for name in ("asked", "worst", "best", "unit", "basis", "rests_on", "advice")
        if row[name]
    ]
    if row["as_listed"] and row["as_listed"] != row["verdict"]:
        facts.append(("as_listed", row["as_listed"]))
    for name in ("waived", "statement"):
        if isinstance(row[name], dict):
            facts.append((name, " · ".join(str(part) for part in row[name].values() if part)))
    facts.append(("id", row["id"]))
    return [(heading(name), _in_words(name, value)) for name, value in facts]


def _link(source: str, relation: str, target: str) -> str:
    return f"{source} —{label('relation', relation, language())}→ {target}" if source else ""


def _in_words(column: str, value: Any) -> str:
    """A value of this column as people read it."""
    text = str(value)
    if column == "basis":
        return label("basis", text, language())
    if column == "unit":
        return said("unit.", text, text)
    if column == "as_listed":
        return label("verdict", text, language())
    if column == "state":
        return say(f"audit_page_{text.replace(' ', '_')}")
    return type_label(text) if column == "element" else text
