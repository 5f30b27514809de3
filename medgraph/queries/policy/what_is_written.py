"""Say of an element that is unknown what is written where it was looked for, if anything is.

Two places may differ, or a cell may hold what nothing understands: neither is "not stated".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from medgraph.graphmodel.headings import attribute
from medgraph.graphmodel.states import UNKNOWN
from medgraph.words.say import say

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.predicates.tested import Tested

_MANY = 20_000  # above this, what is written is left to `explain`


def reasons_of(audited: AuditedNetwork, tested: Tested, rows: Positions) -> NDArray[np.object_]:
    """Return the reasons of these elements; of a cell that is unknown what is written there.

    Of those alone whose reason is that nothing is stated: a day that has not come is understood.
    """
    found = tested.why[rows].copy()
    nothing = say("policy_nothing")
    says_nothing = np.array([not why or nothing in why for why in found.tolist()], bool)
    is_open = (tested.state[rows] == UNKNOWN) & (tested.node[rows] >= 0)
    places = np.flatnonzero(is_open & says_nothing)
    if len(places) > _MANY:
        return found
    columns = [need.partition(".")[2] for need in tested.need[rows[places]].tolist()]
    for column in dict.fromkeys(columns):
        mine = places[[name == column for name in columns]]
        written = _written(audited, tested.node[rows[mine]], column)
        found[mine] = [new or old for new, old in zip(written, found[mine].tolist(), strict=True)]
    return found


def _written(audited: AuditedNetwork, nodes: Positions, column: str) -> list[str]:
    """Say of each node what stands in a cell that did not decide; empty where nothing does."""
    items = audited.items_behind(column)
    stated_twice = {(c.subject, c.item): " / ".join(c.values) for c in audited.contradictions}
    found = [
        next((stated_twice[id, item] for item in items if (id, item) in stated_twice), "")
        for id in audited.index.ids.take(nodes).to_pylist()
    ]
    said = [say("policy_said_twice", values=values) if values else "" for values in found]
    for stored in map(audited.stored_as, items):
        if stored in audited.index.table.column_names:
            cells = audited.index.take(stored, nodes).to_pylist()
            said = [text or _unread(column, raw) for text, raw in zip(said, cells, strict=True)]
    return said


def _unread(column: str, raw: Any) -> str:
    """Say that a cell is not understood; an empty one says nothing, and a typed yes is read."""
    if raw is None or isinstance(raw, bool):
        return ""
    return say("policy_not_understood", what=f"{attribute(column)} = {raw}")
