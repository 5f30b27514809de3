"""The findings of a plan, or of the base: the list of the report, its numbers and its order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medgraph.visuals.report.audits import why_no_audit
from medgraph.visuals.report.contents import REPORTED
from medgraph.visuals.report.findings import findings, numbered
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.queries.comparison.asked import Asked
    from medgraph.visuals.report.findings import Finding

_SHOWN = 500  # of a page; the report and its workbook hold all


def findings_of(asked: Asked, *, day_is_given: bool = False) -> tuple[Finding, ...]:
    """Return what is wrong, as the report lists it."""
    answers = {name: asked.ask(name) for name in REPORTED}
    packs = packs_of(asked, day_is_given=day_is_given)
    return findings(asked.net, answers, asked.audit(packs) if packs else None)


def packs_of(asked: Asked, *, day_is_given: bool = False) -> list[str]:
    """Return the packs that a report audits against; none where it audits nothing."""
    return [] if why_nothing(asked, day_is_given=day_is_given) else asked.default_packs


def why_nothing(asked: Asked, *, day_is_given: bool = False) -> str:
    """Return why a report audits nothing, empty where it does."""
    has_day = day_is_given or asked.net.data_day is not None
    return why_no_audit(has_packs=bool(asked.default_packs), has_day=has_day)


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
