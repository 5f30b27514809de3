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
    """Return what is wrong, as the report lists it."""
    answers = {name: asked.ask(name) for name in REPORTED}
    packs = packs_of(asked, day_is_given=day_is_given)
    return findings(asked.net, answers, asked.audit(packs) if packs else None)


def packs_of(asked: Asked, *, day_is_given: bool = False) -> list[str]:
    """Return the packs that a report audits against.

    Rules have days: without a data day, and none that is given, there is nothing to audit by.
    """
    has_day = day_is_given or asked.net.data_day is not None
    return asked.default_packs if has_day else []


def why_no_audit(asked: Asked) -> str:
    """Return why a report audits nothing: no pack fits the groups, else there is no day."""
    return say("report.no_day" if asked.default_packs else "report.no_group_pack")


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
