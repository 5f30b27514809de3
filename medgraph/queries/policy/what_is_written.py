"""Say of an element that is unknown what is written where it was looked for, if anything is.

Two places may differ, or a cell may hold what nothing understands: neither is "not stated".
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from medgraph.graphmodel.headings import attribute
from medgraph.graphmodel.states import UNKNOWN
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.predicates.tested import Tested

_MANY = 20_000  # above this, what is written is left to `explain`


def with_what_is_written(audited: AuditedNetwork, tested: Tested, rows: Positions) -> Tested:
    """Return what was tested, with what is written as the reason of those rows that are unknown.

    Of those alone whose reason is that nothing is stated: a day that has not come is understood.
    """
    open_rows = rows[(tested.state[rows] == UNKNOWN) & (tested.node[rows] >= 0)]
    nothing = say("policy_nothing")
    unknown = open_rows[[not why or nothing in why for why in tested.why[open_rows].tolist()]]
    if len(unknown) > _MANY or not len(unknown):
        return tested
    said = {(c.subject, c.item): " / ".join(c.values) for c in audited.contradictions}
    why = tested.why.copy()
    for row in unknown.tolist():
        column = str(tested.need[row]).partition(".")[2]
        if text := _written(audited, said, int(tested.node[row]), column):
            why[row] = text
    return replace(tested, why=why)


def _written(
    audited: AuditedNetwork, said: dict[tuple[str, str], str], node: int, column: str
) -> str:
    """Say what stands in a cell that did not decide; empty where nothing does."""
    id = str(audited.index.ids[node].as_py())
    for item in audited.items_behind(column):
        if (id, item) in said:
            return say("policy_said_twice", values=said[id, item])
    for stored in map(audited.stored_as, audited.items_behind(column)):
        if stored not in audited.index.table.column_names:
            continue
        raw = audited.index.take(stored, np.array([node])).to_pylist()[0]
        if raw is not None and not isinstance(raw, bool):  # a typed yes or no is understood
            return say("policy_not_understood", what=f"{attribute(column)} = {raw}")
    return ""
