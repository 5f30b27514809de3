"""Say why an element came to its state, and name the data that is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medgraph.graphmodel.headings import attribute as attribute_title
from medgraph.queries.policy.facts.audited_network import table_of
from medgraph.queries.policy.facts.conditions import attributes
from medgraph.queries.policy.predicates.tested import Reasons
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
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


def table_asked(part: Part) -> str:
    """Name the table whose rows a part of a rule asks for."""
    if part.get("of") in ("members", "units"):
        return "links.MEMBER_OF"
    return table_of(part.get("where", {}).get("kind", "Facility"))


def need_to_belong(audited: AuditedNetwork, part: Part) -> str:
    """Name what would say whether an element belongs: the first condition of `where`, or its day.

    A clinic without an area may lie in any county.
    """
    where = part.get("where", {})
    table = table_asked(part)
    conditions = [name for name in attributes(where) if name != "kind"]
    if conditions:
        return f"{table}.{conditions[0]}"
    return f"{table}.area" if part.get("of") == "within" else f"{table}.status"


def datum(audited: AuditedNetwork, node: Positions, name: str, part: Part) -> str:
    """Name a column of the elements of a part, also where it has none: `facilities.level`."""
    return audited.datum(node, name) if len(node) else f"{table_asked(part)}.{name}"
