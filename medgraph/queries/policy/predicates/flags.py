"""Test several attributes of each element, each an element of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.queries.policy.facts.elements import elements
from medgraph.queries.policy.predicates.tested import Part, Tested, joined, of_elements
from medgraph.queries.policy.predicates.wording import datum, holds, needs_to_belong

if TYPE_CHECKING:
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects


def flags(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Test several attributes of each element, each an element of its own (`charter = ["yes"]`)."""
    chosen = elements(audited, part, subjects)
    node = chosen.node
    belonging = needs_to_belong(audited, part, chosen)
    tests = []
    for name, wanted in part["all"].items():
        need = datum(audited, node, name, part)
        found = of_elements(
            chosen,
            audited.states({name: wanted}, node),
            len(subjects),
            label=name,
            lacking=need,
            need=need,
            need_to_belong=belonging,
            why=holds(name),
        )
        tests.append(found)
    return joined(tests)
