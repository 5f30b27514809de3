"""Test several attributes of each element, each an element of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.queries.policy.facts.elements import elements
from medgraph.queries.policy.predicates.tested import Part, Tested, as_tested, joined
from medgraph.queries.policy.predicates.wording import datum, holds

if TYPE_CHECKING:
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects


def flags(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Test several attributes of each element, each an element of its own (`charter = ["yes"]`)."""
    which, node, whole = elements(audited, part, subjects)
    tests = []
    for name, wanted in part["all"].items():
        need = datum(audited, node, name, part)
        found = as_tested(
            which,
            audited.states({name: wanted}, node),
            len(subjects),
            node=node,
            label=name,
            whole=whole,
            lacking=need,
            need=need,
            why=holds(name),
        )
        tests.append(found)
    return joined(tests)
