"""Draw what a report shows beside its map: who belongs to whom, who owes what and has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from medgraph.visuals.matrix import matrix
from medgraph.visuals.swimlane import swimlane
from medgraph.words.say import language, say

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterator, Mapping

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.visuals.figure import Figure

DRAWN = 300  # facilities and rows on one picture that can still be read on paper
_NOT_OWED = frozenset({"name", "group", "met", "status", "reason", "reasons", "records"})


@dataclass(frozen=True)
class Picture:
    """One picture of a report, or in `note` why it is not drawn."""

    key: str
    title: str
    svg: str = ""
    note: str = ""


def pictures(
    net: MedicalNetwork,
    answers: Mapping[str, Any],
    date: datetime.date,
    problems: Mapping[str, str],
) -> Iterator[Picture]:
    """Yield the membership by columns and, where it was asked, the obligation matrix.

    `problems` has what is wrong with each node.
    """
    facilities = int(net.index.is_kind("Facility").sum())
    yield _drawn(
        "swimlane",
        facilities,
        lambda: swimlane(net, problems=problems, as_of=date, lang=language()),
    )
    owed = answers.get("sharing.matrix")
    if owed is None or not len(owed.frame):
        return
    rows = owed.frame.set_index("facility")
    duties = rows[[column for column in rows.columns if column not in _NOT_OWED]]
    groups = rows["group"].dropna()

    def draw_matrix() -> Figure:
        title = say("report.matrix")
        return matrix(net, duties, title=title, by=groups, as_of=date, lang=language())

    yield _drawn("matrix", len(rows), draw_matrix)


def _drawn(key: str, size: int, draw: Callable[[], Figure]) -> Picture:
    title = say(f"report.{key}")
    if size > DRAWN:
        return Picture(key, title, note=say("report.not_drawn", count=size, limit=DRAWN))
    return Picture(key, title, draw().svg)
