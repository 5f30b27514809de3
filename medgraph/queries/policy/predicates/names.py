"""Test a list that names nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from medgraph.graphmodel.headings import attribute as attribute_title
from medgraph.graphmodel.states import NO, UNKNOWN
from medgraph.queries.policy.facts.deciding import state_of
from medgraph.queries.policy.facts.elements import elements
from medgraph.queries.policy.predicates.tested import Part, Reasons, Tested, as_tested
from medgraph.queries.policy.predicates.wording import datum, not_stated
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects


def names(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Test a list attribute that names nodes: it `includes` the lead or all members, or `any_of`
    them is so.
    """
    test = _any_of if "any_of" in part else _includes
    return test(audited, part, subjects)


def _includes(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    attribute = part["attribute"]
    which, node, whole = elements(audited, {**part, "of": part["includes"]}, subjects)
    lists = _lists(audited, attribute, subjects.positions)
    ids = audited.index.ids.take(node).to_pylist()
    states = [_named(id, lists[subject]) for subject, id in zip(which.tolist(), ids, strict=True)]
    need = datum(audited, subjects.positions, attribute, part)
    return as_tested(
        which,
        states,
        len(subjects),
        node=node,
        whole=whole,
        need=need,
        lacking=need,
        why=_reasons(attribute),
    )


def _named(id: str, listed: set[str] | None) -> int:
    return state_of(None if listed is None else id in listed)


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


def _best(audited: AuditedNetwork, listed: set[str] | None, wanted: Mapping[str, Any]) -> int:
    """The best state among the nodes listed; one that the network does not hold may be so."""
    if listed is None:
        return UNKNOWN
    at = audited.index.positions(sorted(listed))
    known = at >= 0
    rest = NO if known.all() else UNKNOWN
    states: list[int] = audited.states(wanted, at[known]).tolist()
    return max([*states, rest])


def _lists(audited: AuditedNetwork, attribute: str, positions: Positions) -> list[set[str] | None]:
    texts = audited.texts(attribute, positions)
    return [None if text is None else set(text.split("|")) for text in texts]


def _reasons(attribute: str) -> Reasons:
    shown = attribute_title(attribute)
    return Reasons(
        say("policy_not_named", what=shown), not_stated(attribute), say("policy_named", what=shown)
    )
