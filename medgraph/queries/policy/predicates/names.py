"""Test a list that names nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from medgraph.graphmodel.headings import attribute as attribute_title
from medgraph.graphmodel.matching import CERTAIN
from medgraph.graphmodel.states import NO, UNKNOWN, YES
from medgraph.queries.policy.facts.elements import elements
from medgraph.queries.policy.predicates.tested import Part, Reasons, Tested, as_tested, of_elements
from medgraph.queries.policy.predicates.wording import datum, not_stated
from medgraph.words.say import say
from medgraph.words.stated import listed, lists_all, yes_or_no

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects


class _List(NamedTuple):
    """The nodes that a list names; whether every name in it was understood, and it says no more."""

    nodes: frozenset[int]
    understood: bool


def names(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Test a list attribute that names nodes: it `includes` the lead or all members, or `any_of`
    them is so.
    """
    test = _any_of if "any_of" in part else _includes
    return test(audited, part, subjects)


def _includes(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    attribute = part["attribute"]
    chosen = elements(audited, {**part, "of": part["includes"]}, subjects)
    lists = _lists(audited, attribute, subjects.positions)
    pairs = zip(chosen.subject.tolist(), chosen.node.tolist(), strict=True)
    states = [_named(node, lists[subject]) for subject, node in pairs]
    need = datum(audited, subjects.positions, attribute, part)
    return of_elements(
        chosen,
        states,
        len(subjects),
        need=need,
        need_to_belong=chosen.closing,
        lacking=need,
        why=_reasons(attribute),
    )


def _named(node: int, listed: _List | None) -> int:
    """Is a node on a list? One of which a name is not understood may hold it."""
    if listed is None:
        return UNKNOWN
    if node in listed.nodes:
        return YES
    return NO if listed.understood else UNKNOWN


def _any_of(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    attribute = part["attribute"]
    lists = _lists(audited, attribute, subjects.positions)
    need = datum(audited, subjects.positions, attribute, part)
    return as_tested(
        np.arange(len(subjects)),
        [_best(audited, listed, part["any_of"]) for listed in lists],
        len(subjects),
        node=subjects.positions,
        label=attribute,
        need=need,
        lacking=need,
        why=_reasons(attribute),
    )


def _best(audited: AuditedNetwork, listed: _List | None, wanted: Mapping[str, Any]) -> int:
    """The best state among the nodes listed; one that the network does not hold may be so."""
    if listed is None:
        return UNKNOWN
    rest = NO if listed.understood else UNKNOWN
    states: list[int] = audited.states(wanted, np.array(sorted(listed.nodes), int)).tolist()
    return max([*states, rest])


def _lists(audited: AuditedNetwork, attribute: str, positions: Positions) -> list[_List | None]:
    texts = audited.texts(attribute, positions)
    return [None if text is None else _listing(audited, text) for text in texts]


def _listing(audited: AuditedNetwork, text: str) -> _List:
    """Read a list of nodes by their ids, else their names."""
    if yes_or_no(text) is False:
        return _List(frozenset(), understood=True)
    found = [_position(audited, item) for item in listed(text)]
    return _List(
        frozenset(at for at in found if at >= 0), understood=-1 not in found and lists_all(text)
    )


def _position(audited: AuditedNetwork, item: str) -> int:
    at = audited.index.position(item)
    if at >= 0:
        return at
    match = audited.net.names().match(item, kinds=("Facility",), at_least=CERTAIN)
    return audited.index.position(match.id)


def _reasons(attribute: str) -> Reasons:
    shown = attribute_title(attribute)
    return Reasons(
        say("policy_not_named", what=shown), not_stated(attribute), say("policy_named", what=shown)
    )
