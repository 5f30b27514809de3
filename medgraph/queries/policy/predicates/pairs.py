"""Test that every two elements of a subject are joined."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

from medgraph.graphmodel.states import NO, UNKNOWN, YES
from medgraph.queries.policy.facts.elements import elements
from medgraph.queries.policy.predicates.tested import Part, Tested, as_tested, columns_of
from medgraph.queries.policy.predicates.wording import why_open
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects

Pair = tuple[int, int]
_BETWEEN = "–"  # the ids of the two


def pairs(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Test that every two elements of a subject are joined by `relation`, either way (`selves`:
    each with itself).
    """
    chosen = elements(audited, part, subjects)
    joined = _joined(audited, part)
    missing = (NO if audited.day.declared_whole(part["relation"]) else UNKNOWN, -1)
    combined = _with_selves if part.get("selves") else _without_selves
    ids = audited.index.ids.to_pylist()
    sure = chosen.certain.tolist()
    nodes = chosen.node.tolist()
    rows = [
        (
            subject,
            YES if sure[one] and sure[other] else UNKNOWN,
            # one link that does not suffice says nothing of another that nobody listed
            *max(joined.get(_either_way(nodes[one], nodes[other]), missing), missing),
            f"{ids[nodes[one]]}{_BETWEEN}{ids[nodes[other]]}",
        )
        for subject in range(len(subjects))
        for one, other in combined(np.flatnonzero(chosen.subject == subject).tolist())
    ]
    subject, asked, state, row, label = columns_of(rows, 5)
    needs = _needs(audited, part, state, row)
    return as_tested(
        subject,
        state,
        len(subjects),
        asked=asked,
        row=row,
        label=label,
        whole=chosen.whole,
        closing=chosen.closing,
        need=needs,
        lacking=f"links.{part['relation']}",
        why=[_why(found, need) for found, need in zip(state, needs, strict=True)],
    )


def pair_in_words(audited: AuditedNetwork, label: str) -> str:
    """Return the two elements of a pair as people read them; empty of what is no pair.

    What has no name but its id is said once.
    """
    ids = label.split(_BETWEEN)
    ends = [audited.index.position(id) for id in ids]
    if len(ends) < 2 or min(ends) < 0:
        return ""
    day = audited.day
    return _BETWEEN.join(
        id if day.name(end) == id else day.title(end) for id, end in zip(ids, ends, strict=True)
    )


def _needs(
    audited: AuditedNetwork, part: Part, state: Sequence[int], row: Sequence[int]
) -> list[str]:
    """Name the empty cell of a link that may suffice, else the links, which may not be whole."""
    relation = f"links.{part['relation']}"
    columns = audited.lacking_column(part.get("having", {}), np.array(row, np.int64)).tolist()
    return [
        f"{relation}.{column}" if column and found == UNKNOWN and link >= 0 else relation
        for column, found, link in zip(columns, state, row, strict=True)
    ]


def _why(state: int, need: str) -> str:
    if state == UNKNOWN:
        return why_open(need)
    return say("policy_there" if state == YES else "policy_not_there")


def _joined(audited: AuditedNetwork, part: Part) -> dict[Pair, Pair]:
    """Return by pair of nodes the (state, row) of the surest link between them."""
    links = audited.index.links(part["relation"])
    states = np.full(len(links), YES, np.int8)
    if having := part.get("having"):
        states = audited.link_states(having, links.row)
    found: dict[Pair, Pair] = {}
    columns = (links.source, links.target, states, links.row)
    for source, target, state, row in zip(*(c.tolist() for c in columns), strict=True):
        key = _either_way(source, target)
        found[key] = max(found.get(key, (NO, -1)), (state, row))
    return found


def _with_selves(nodes: Iterable[int]) -> Iterable[Pair]:
    return itertools.combinations_with_replacement(nodes, 2)


def _without_selves(nodes: Iterable[int]) -> Iterable[Pair]:
    return itertools.combinations(nodes, 2)


def _either_way(one: int, other: int) -> Pair:
    return min(one, other), max(one, other)
