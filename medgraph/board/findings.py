"""The findings of a plan, or of the base: the list of the report, its numbers and its order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medgraph.visuals.report.contents import REPORTED
from medgraph.visuals.report.findings import findings, numbered
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.queries.comparison.asked import Asked
    from medgraph.visuals.report.findings import Finding

_SHOWN = 500  # of a page; the report and its workbook hold all


def findings_of(asked: Asked, *, day_is_given: bool = False) -> tuple[Finding, ...]:
    """Return what is wrong, as the report lists it.

    Rules have days: without a data day, and none that is given, there is nothing to audit by.
    """
    answers = {name: asked.ask(name) for name in REPORTED}
    has_day = day_is_given or asked.net.data_day is not None
    packs = asked.default_packs if has_day else []
    return findings(asked.net, answers, asked.audit(packs) if packs else None)


def plain_findings(asked: Asked) -> dict[str, Any]:
    """Return the first of them as plain values, and how many there are."""
    found = list(numbered(findings_of(asked)))
    return {
        "total": len(found),
        "rows": [_plain(number, finding) for number, finding in found[:_SHOWN]],
    }


def _plain(number: int | str, finding: Finding) -> dict[str, Any]:
    return {
        "number": str(number),
        "severity": finding.severity,
        "label": say(f"report.severity.{finding.severity}"),
        "place": finding.place,
        "fault": finding.fault,
        "action": finding.action,
        "subjects": list(finding.subjects),
    }
