"""Test that a list holds what is required."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.queries.policy.facts.elements import elements
from medgraph.queries.policy.predicates.tested import Part, Reasons, Tested, joined, of_elements
from medgraph.queries.policy.predicates.wording import datum, needs_to_belong, not_stated
from medgraph.words.accepted_names import is_called, is_known_name, mentions, said_together
from medgraph.words.say import say
from medgraph.words.stated import listed, lists_all, yes_or_no

if TYPE_CHECKING:
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.conditions import Test
    from medgraph.queries.policy.facts.subjects import Subjects


def contains(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Test that a list attribute holds each of the `required` values."""
    chosen = elements(audited, part, subjects)
    node = chosen.node
    name = part["attribute"]
    need = datum(audited, node, name, part)
    belonging = needs_to_belong(audited, part, chosen)
    tests = []
    for wanted in part["required"]:
        found = of_elements(
            chosen,
            audited.tested(name, _listing(wanted, tuple(part["required"])), node),
            len(subjects),
            label=wanted,
            lacking=need,
            need=need,
            need_to_belong=belonging,
            why=_reasons(name, wanted),
        )
        tests.append(found)
    return joined(tests)


def _listing(wanted: str, required: tuple[str, ...]) -> Test:
    """Test a list for one item.

    A piece that no row of accepted names knows may be any item, one that holds a word of it may
    mean it, and a list that says that there is more may hold it.
    """

    def test(text: str) -> bool | None:
        pieces = [] if yes_or_no(text) is False else listed(text)
        if any(_holds(piece, wanted, required) for piece in pieces):
            return True
        others = all(_is_other(piece, wanted, required) for piece in pieces)
        return False if others and lists_all(text) else None

    return test


def _holds(piece: str, wanted: str, required: tuple[str, ...]) -> bool:
    return is_called(piece, wanted) or (wanted in piece and said_together(piece, required))


def _is_other(piece: str, wanted: str, required: tuple[str, ...]) -> bool:
    """Tell whether a piece surely means something else than the item that is wanted."""
    if said_together(piece, required) or any(is_called(piece, item) for item in required):
        return True
    return is_known_name(piece) and not mentions(piece, wanted)


def _reasons(name: str, wanted: str) -> Reasons:
    return Reasons(
        say("policy_lacks", what=wanted), not_stated(name), say("policy_has", what=wanted)
    )
