"""Write down the findings for the page: the report's list, in its order and under its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medgraph.visuals.headings import said
from medgraph.visuals.network.columns import columns_of
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from medgraph.graphmodel.network import MedicalNetwork

_AUDIT = "audit"
_SEVERITIES = ("severe", "major", "minor")


def findings_data(
    numbered: Iterable[tuple[int | str, Any]], numbers: Mapping[str, int]
) -> dict[str, Any]:
    """Return numbered findings as columns; `numbers` are those of the drawn nodes.

    A finding of an audit names its pack, which its clause begins with.
    """
    return columns_of(
        [
            {
                "mark": str(number),
                "severity": finding.severity,
                "place": finding.place,
                "fault": finding.fault,
                "clause": finding.clause or None,
                "evidence": finding.evidence or None,
                "action": finding.action or None,
                "query": finding.query,
                "pack": finding.clause.split(" ")[0] if finding.query == _AUDIT else None,
                "status": finding.status or None,
                "subjects": [numbers[id] for id in finding.subjects if id in numbers],
            }
            for number, finding in numbered
        ]
    )


def problems_of(net: MedicalNetwork, numbered: Iterable[tuple[int | str, Any]]) -> dict[str, str]:
    """Return what is wrong with each node in the order of the findings, as the maps mark it.

    What a rule says of the whole, or of a unit that is no node, is marked nowhere.
    """
    problems: dict[str, str] = {}
    for _, finding in numbered:
        for subject in finding.subjects:
            problems.setdefault(subject, finding.status)
    positions = net.index.positions(list(problems))
    return {
        subject: status
        for (subject, status), position in zip(problems.items(), positions, strict=True)
        if position >= 0
    }


def finding_words(numbered: Iterable[tuple[int | str, Any]]) -> dict[str, Any]:
    """Return the words of the list in the language of now."""
    queries = {finding.query for _, finding in numbered}
    return {
        "severities": {word: say(f"report.severity.{word}") for word in _SEVERITIES},
        "queries": {query: _called(query) for query in sorted(queries)},
    }


def _called(query: str) -> str:
    if query == _AUDIT:
        return say("report.audit")
    return said("answer.", query, query)
