"""Set an audit as one page of HTML: headline counts, a verdict per clause, opened to its members and their cells."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from medgraph.graphmodel.headings import in_words
from medgraph.visuals.figure import Figure
from medgraph.visuals.headings import heading, state_label, type_label
from medgraph.visuals.page import pages
from medgraph.words.say import language, say
from medgraph.words.vocabularies import label

FINDINGS = 100  # of one rule, and
ELEMENTS = (
    200  # of one finding are shown; the page says how many are not, the workbook holds them all
)
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


def audit_page(audit: Any, *, original: Callable[[str], str] | None = None) -> Figure:
    """Return the page of an audit: every rule with its verdict, clause and grade.

    A rule opens to its findings, the worst first; a finding to its arithmetic and to every element tested: its members
    (met, not met, open) with the link, the clause and the cell that each rests on; `original` gives the text that an
    origin points to, which then stands beside it. Failing rules stand open; on paper everything does. `counts` says
    how many rules are `shown`, and how many came to each verdict.

    Examples
    --------
    >>> import medgraph as mg
    >>> from medgraph.queries import policy
    >>> audit_page(policy.audit(mg.samples.taizhou(), ["taizhou-2023"])).counts["FAIL"]
    2
    """
    rules = audit.rules.to_dict("records")
    head = say(
        "audit_page_head",
        packs="、".join(p.id for p in audit.packs),
        day=audit.as_of.isoformat(),
        total=len(rules),
    )
    page = pages.render(
        "audit",
        title=say("audit_page_title"),
        lang=language(),
        audit=audit,
        rules=rules,
        head=head,
        say=say,
        state=state_label,
        limit=FINDINGS,
        shown=lambda rule: _findings(audit, rule, original),
        missing=[
            (in_words(str(row["data"])), row["rules"]) for row in audit.missing.to_dict("records")
        ],
    )
    return Figure(
        say("audit_page_title"),
        {"shown": len(rules), "all": len(rules), **audit.counts},
        page=page,
        lang=language(),
    )


def _findings(
    audit: Any, rule: dict[str, Any], original: Callable[[str], str] | None
) -> list[dict[str, Any]]:
    mine = audit.findings
    mine = mine[(mine["rule"] == rule["rule"]) & (mine["pack"] == rule["pack"])]
    order = mine["verdict"].map(_WORST_FIRST).sort_values(kind="stable").index[:FINDINGS]
    return [_finding(audit, row, original) for row in mine.loc[order].to_dict("records")]


def _finding(
    audit: Any, row: dict[str, Any], original: Callable[[str], str] | None
) -> dict[str, Any]:
    evidence = audit.evidence(row["id"])
    evidence = evidence.loc[evidence["state"].map(_WORST_STATE).sort_values(kind="stable").index]
    hidden = max(0, len(evidence) - ELEMENTS)
    evidence = (
        evidence.head(ELEMENTS).astype("string").fillna("")
    )  # of one type: older pandas warns of guessing it
    evidence["link"] = [
        _link(*three)
        for three in evidence[["source", "relation", "target"]].itertuples(index=False)
    ]
    evidence["original"] = evidence["origin"].map(original) if original else ""
    # a place that is no more than document and clause is said already
    evidence.loc[evidence["cell"] == evidence["document"] + "!" + evidence["clause"], "cell"] = ""
    columns = [c for c in _EVIDENCE if c == "state" or (evidence[c] != "").any()]
    rows = [
        {"state": str(one["state"]).replace(" ", "-"), "cells": [_read(c, one[c]) for c in columns]}
        for one in evidence.to_dict("records")
    ]
    name = row["name"] or (say("audit_page_whole") if row["subject"] == "all" else row["subject"])
    return {
        "row": row,
        "name": name,
        "counted": row["value"] or f"{row['met']}/{row['total']}",
        "said": _said(row),
        "hidden": hidden,
        "columns": [heading(c) for c in columns],
        "rows": rows,
    }


def _said(row: dict[str, Any]) -> list[tuple[str, str]]:
    """What else is said of a finding: what was asked, the range, advice, a waiver, a statement, its id."""
    spoken = [(c, row[c]) for c in ("asked", "worst", "best", "unit", "basis", "advice") if row[c]]
    spoken += [
        (c, " · ".join(str(v) for v in row[c].values() if v))
        for c in ("waived", "statement")
        if isinstance(row[c], dict)
    ]
    return [(heading(name), _read(name, value)) for name, value in [*spoken, ("id", row["id"])]]


def _link(source: str, relation: str, target: str) -> str:
    return f"{source} —{label('relation', relation, language())}→ {target}" if source else ""


def _read(column: str, value: Any) -> str:
    if column == "basis":
        return label("basis", str(value), language())
    if column == "state":
        return say(f"audit_page_{str(value).replace(' ', '_')}")
    return type_label(str(value)) if column == "element" else str(value)
