"""Test that links make no circle and end where they may."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components

from medgraph.graphmodel.states import NO, UNKNOWN, YES
from medgraph.queries.policy.facts.completeness import finished
from medgraph.queries.policy.predicates.tested import Part, Tested, as_tested
from medgraph.words.say import say

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from medgraph.graphmodel.arrays.types import Mask, Positions, States
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects


def acyclic(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Test that links of `relation` make no circle and end only in leads of groups or in nodes that
    `ends_in` allows.

    An end must be at work, and so must both ends of a link that goes on or is part of a circle. A
    node without a further link is a dead end only where all its links are declared to be known;
    one that goes on is in no circle only where all links are.
    """
    relation = part["relation"]
    links = _links_between(audited, relation)
    on_the_way = _on_the_way(audited, relation, links)
    touched = np.flatnonzero(on_the_way > NO)
    whole = audited.day.declared_whole(relation)
    in_circle = _in_circle(links, len(audited.index))[touched]
    state = np.minimum(
        (YES - in_circle).astype(np.int8),
        _goes_on_or_ends(audited, part, links, touched, whole=whole),
    )
    why = np.select(
        [in_circle == YES, state == YES, state == NO],
        [say("policy_circle"), say("policy_so", what=relation), say("policy_dead_end")],
        say("policy_table_open"),
    )
    return as_tested(
        np.zeros(len(touched), int),
        state,
        len(subjects),
        asked=on_the_way[touched],
        node=touched,
        why=why.astype(object),
        need=_needs(audited, relation, touched, on_the_way[touched]),
        lacking=f"links.{relation}",
        whole=whole,
        closing=f"links.{relation}",
    )


class _Links(NamedTuple):
    """Links, aligned, and whether they hold: both their ends are at work (YES) or may be."""

    source: Positions
    target: Positions
    state: States

    def at_least(self, state: int) -> _Links:
        """Return the links that hold so surely."""
        kept = self.state >= state
        return _Links(self.source[kept], self.target[kept], self.state[kept])


def _links_between(audited: AuditedNetwork, relation: str) -> _Links:
    """The links of a relation that hold or may."""
    links, state = audited.day.links(relation), audited.day.ends_at_work(relation).states
    source, target = links.source.astype(int), links.target.astype(int)
    return _Links(source, target, state).at_least(UNKNOWN)


def _on_the_way(audited: AuditedNetwork, relation: str, links: _Links) -> States:
    """For every node whether patients come through it: it is to refer, or is referred to.

    Whoever refers to what is closed alone is still to refer.
    """
    found = np.full(len(audited.index), NO, np.int8)
    source = audited.index.links(relation).source.astype(int)
    found[source] = audited.day.at_work.states[source]
    np.maximum.at(found, links.target, links.state)
    return found


def _needs(
    audited: AuditedNetwork, relation: str, nodes: Positions, on_the_way: States
) -> NDArray[np.object_]:
    """Name what would decide on each node: whether it is at work, else its links."""
    status, links = audited.datum(nodes, "status"), f"links.{relation}"
    return np.where(on_the_way == UNKNOWN, status, links).astype(object)


def _goes_on_or_ends(
    audited: AuditedNetwork, part: Part, links: _Links, nodes: Positions, *, whole: bool
) -> States:
    """Whether each node has a further link, or is one at which a way may end."""
    ending = _may_end(audited, part, nodes)
    closed = finished(audited, [f">{part['relation']}"], nodes)
    dead_end = np.where(closed, ending, np.maximum(ending, UNKNOWN))
    further = YES if whole else UNKNOWN
    surely = np.isin(nodes, links.at_least(YES).source)
    perhaps = np.isin(nodes, links.source) & (dead_end != further)
    found: States = np.select([surely, perhaps], [further, UNKNOWN], dead_end).astype(np.int8)
    return found


def _may_end(audited: AuditedNetwork, part: Part, nodes: Positions) -> States:
    """Whether a way may end at each of these nodes: a lead at work, or one that `ends_in` allows.

    Who leads is not known of all where the list of leads is open.
    """
    leading = audited.day.leading.states[nodes]
    allowed = np.maximum(audited.states(part["ends_in"], nodes), leading)
    found: States = np.minimum(allowed, audited.day.at_work.states[nodes]).astype(np.int8)
    return found


def _in_circle(links: _Links, size: int) -> States:
    """For every node whether links lead from it back to it."""
    found = np.full(size, NO, np.int8)
    for state in (UNKNOWN, YES):
        found[_leads_back(links.at_least(state), size)] = state
    return found


def _leads_back(links: _Links, size: int) -> Mask:
    ones = np.ones(len(links.source), np.int8)
    matrix = sp.coo_array((ones, (links.source, links.target)), shape=(size, size)).tocsr()
    count, label = connected_components(matrix, directed=True, connection="strong")
    big = np.bincount(label, minlength=count) > 1
    found: Mask = big[label]
    found[links.source[links.source == links.target]] = True
    return found
