"""Test that a list holds what is required."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.queries.policy.facts.elements import elements
from medgraph.queries.policy.predicates.tested import Part, Reasons, Tested, as_tested, joined
from medgraph.queries.policy.predicates.wording import datum, not_stated
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.conditions import Test
    from medgraph.queries.policy.facts.subjects import Subjects


def contains(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Test that a list attribute holds each of the `required` values."""
    which, node, whole = elements(audited, part, subjects)
    name = part["attribute"]
    need = datum(audited, node, name, part)
    tests = []
    for wanted in part["required"]:
        found = as_tested(
            which,
            audited.tested(name, _listing(wanted), node),
            len(subjects),
            node=node,
            label=wanted,
            whole=whole,
            lacking=need,
            need=need,
            why=_reasons(name, wanted),
        )
        tests.append(found)
    return joined(tests)


def _listing(wanted: str) -> Test:
    return lambda text: wanted in text.split("|")


def _reasons(name: str, wanted: str) -> Reasons:
    return Reasons(
        say("policy_lacks", what=wanted), not_stated(name), say("policy_has", what=wanted)
    )
