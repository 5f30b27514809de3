"""Draw what a report shows beside its map: who belongs to whom, and who owes what to whom and has it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from medgraph.graphmodel.network import MedicalNetwork
from medgraph.visuals.matrix import matrix
from medgraph.visuals.swimlane import swimlane
from medgraph.words.say import language, say

DRAWN = 300  # facilities and rows on one picture that can still be read on paper


@dataclass(frozen=True)
class Picture:
    """One picture of a report, or in `note` why it is not drawn."""

    key: str
    title: str
    svg: str = ""
    note: str = ""


def pictures(
    net: MedicalNetwork, answers: Mapping[str, Any], day: datetime.date
) -> Iterable[Picture]:
    """Yield the membership by columns and, where it was asked, the obligation matrix; both on `day`."""
    facilities = int(net.index.is_kind("Facility").sum())
    yield _drawn(
        "swimlane",
        say("report.swimlane"),
        facilities,
        lambda: swimlane(net, problems=_problems(answers), as_of=day, lang=language()),
    )
    owed = answers.get("sharing.matrix")
    if owed is not None and len(owed.frame):
        rows = owed.frame.set_index("facility")
        duties = [c for c in rows.columns if c not in _NOT_OWED]
        yield _drawn(
            "matrix",
            say("report.matrix"),
            len(rows),
            lambda: matrix(
                net,
                rows[duties],
                title=say("report.matrix"),
                by=rows["group"].dropna(),
                as_of=day,
                lang=language(),
            ),
        )


_NOT_OWED = frozenset({"name", "group", "met", "status", "reason", "reasons", "records"})


def _drawn(key: str, title: str, size: int, draw: Any) -> Picture:
    if size > DRAWN:
        return Picture(key, title, note=say("report.not_drawn", count=size, limit=DRAWN))
    return Picture(key, title, draw().svg)


def _problems(answers: Mapping[str, Any]) -> dict[str, str]:
    """What the coverage answers found, by node id."""
    wrong = {"gap", "overlap", "ungrouped", "multiple"}
    return {
        id: status
        for query, answer in answers.items()
        if query.startswith("coverage.")
        for id, status in answer.status.items()
        if status in wrong
    }
