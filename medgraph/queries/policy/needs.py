"""Say which cells, rows and declarations stand between a finding and its verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from medgraph.graphmodel.states import UNKNOWN, YES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.verdicts import Outcome, Shown

CELL, DECLARATION, LINKS, OTHER = "cell", "declaration", "links", "other"


class Need(NamedTuple):
    """One thing that would help to decide.

    `kind`: a `cell` (of the node `id`, in the column that `what` names), a `declaration` that the
    list `what` is complete, `links` of the node `id` (or all) with the relation of `what`, or
    `other`: a parameter, a day.
    """

    kind: str
    what: str
    id: str = ""
    origin: str | None = None

    def to_dict(self) -> dict[str, str | None]:
        """Return the need as plain values, with the keys that scripts rely on."""
        return {"origin": self.origin, "what": self.what, "kind": self.kind, "id": self.id}


def needs_of_finding(audited: AuditedNetwork, outcome: Outcome, subject: str) -> list[Need]:
    """Return what a NO_DATA finding needs, each once: with all of it, it is decided."""
    found = [Need(OTHER, need) for need in outcome.needs]
    for shown in outcome.parts:
        for place in shown.places(subject):
            if shown.state[place] == UNKNOWN:
                found += _of_part(audited, outcome, shown, place)
    return list(dict.fromkeys(found))


def _of_part(audited: AuditedNetwork, outcome: Outcome, shown: Shown, place: int) -> Iterator[Need]:
    yield from _of_subject(audited, outcome, shown, place)
    tested = shown.tested
    open_ones = (tested.state == UNKNOWN) | ((tested.asked == UNKNOWN) & (tested.state != YES))
    for row in np.flatnonzero((tested.subject == place) & open_ones).tolist():
        yield _need(audited, str(tested.need[row]), int(tested.node[row]))
    if not tested.whole[place] and tested.closing:
        yield Need(DECLARATION, tested.closing)
    if register := shown.part.get("register"):
        yield Need(DECLARATION, register)
    if not shown.counts.total[place] and tested.lacking:
        yield _need(audited, tested.lacking, int(shown.subjects.positions[place]))


def _of_subject(
    audited: AuditedNetwork, outcome: Outcome, shown: Shown, place: int
) -> Iterator[Need]:
    """What would say whether the subject is asked at all."""
    if shown.subjects.state[place] == YES:
        return
    wanted = shown.part.get("subjects", outcome.rule.subjects)
    at = int(shown.subjects.positions[place])
    conditions = {k: v for k, v in wanted.items() if k not in ("kind", "linked")}
    column = audited.lacking(conditions, at) if conditions else "status"
    yield _need(audited, audited.datum(np.array([at]), column), at)


def _need(audited: AuditedNetwork, what: str, node: int) -> Need:
    """Say of what kind a datum is, by its name."""
    table, _, column = what.partition(".")
    id = str(audited.index.ids[node].as_py()) if node >= 0 else ""
    origin = audited.index.take("origin", np.array([node])).to_pylist()[0] if node >= 0 else None
    if table == "links":
        return Need(LINKS, what, id, origin)
    if column and node >= 0:
        return Need(CELL, what, id, origin)
    return Need(OTHER, what, id, origin)
