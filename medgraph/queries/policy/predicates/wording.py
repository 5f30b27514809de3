"""Say why an element came to its state, and name the data that is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from medgraph.graphmodel.headings import attribute as attribute_title
from medgraph.graphmodel.states import UNKNOWN
from medgraph.queries.policy.facts.audited_network import table_of
from medgraph.queries.policy.facts.conditions import attributes
from medgraph.queries.policy.predicates.tested import Reasons
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.elements import Elements
    from medgraph.queries.policy.predicates.tested import Part


def not_stated(name: str) -> str:
    """Say that an attribute is not stated."""
    return say("policy_not_stated", what=attribute_title(name))


def equals(name: str, value: Any) -> str:
    """Say what an attribute is, or that it is not stated."""
    return f"{attribute_title(name)} = {say('policy_nothing') if value is None else value}"


def holds(name: str) -> Reasons:
    """Give the reasons of a test that an attribute meets, or not."""
    shown = attribute_title(name)
    return Reasons(say("policy_not_so", what=shown), not_stated(name), say("policy_so", what=shown))


def there() -> Reasons:
    """Give the reasons of a test whether something is there, in a table that may be open."""
    return Reasons(say("policy_not_there"), say("policy_table_open"), say("policy_there"))


def why_open(need: str) -> str:
    """Say why a link leaves a test open: `links.DISPATCHES.title` or a cell of its end is empty,
    its end is a placeholder, or more links are missing.
    """
    cell = need.removeprefix("links.").partition(".")[2]
    if cell == "is_class":
        return say("policy_unnamed")
    return not_stated(cell) if cell else say("policy_table_open")


def table_asked(part: Part) -> str:
    """Name the table whose rows a part of a rule asks for."""
    if part.get("of") in ("members", "units"):
        return "links.MEMBER_OF"
    return table_of(part.get("where", {}).get("kind", "Facility"))


def needs_to_belong(audited: AuditedNetwork, part: Part, chosen: Elements) -> list[str]:
    """Name for each element what would say whether it belongs; nothing where that is certain.

    A clinic without an area may lie in any county; one without a type may be no clinic; a
    placeholder stands for facilities that nobody has named.
    """
    conditions = {name: test for name, test in part.get("where", {}).items() if name != "kind"}
    doubtful = np.flatnonzero(chosen.state == UNKNOWN)
    nodes = chosen.node[doubtful]
    column = np.full(len(nodes), "area" if part.get("of") == "within" else "status", object)
    for name, test in reversed(conditions.items()):
        unknown = audited.states({name: test}, nodes) == UNKNOWN
        column[unknown] = next(attributes({name: test}))
    found = [""] * len(chosen.node)
    table = table_asked(part)
    for row, name in zip(doubtful.tolist(), column.tolist(), strict=True):
        found[row] = f"{table}.{name}"
    for row in np.flatnonzero(chosen.several).tolist():
        found[row] = audited.datum(chosen.node[row : row + 1], "is_class")
    return found


def datum(audited: AuditedNetwork, node: Positions, name: str, part: Part) -> str:
    """Name a column of the elements of a part, also where it has none: `facilities.level`."""
    return audited.datum(node, name) if len(node) else f"{table_asked(part)}.{name}"
