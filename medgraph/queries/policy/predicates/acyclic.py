"""Test that links make no circle and end where they may."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse.csgraph import connected_components

from medgraph.graphmodel.states import NO, UNKNOWN, YES
from medgraph.queries.policy.facts.completeness import finished
from medgraph.queries.policy.predicates.tested import Part, Tested, as_tested
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Mask, Positions, States
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects


def acyclic(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Test that links of `relation` make no circle and end only in leads or in nodes that
    `ends_in` allows.

    An end must be at work. A node without a further link is a dead end only where all its links
    are declared to be known; one that goes on is in no circle only where all links are.
    """
    relation = part["relation"]
    links = audited.index.links(relation)
    touched = np.unique(np.concatenate([links.source, links.target]).astype(int))
    in_circle = _in_circle(audited, relation)[touched]
    goes_on = np.isin(touched, links.source)
    ending = _may_end(audited, part, touched)
    closed = finished(audited, [f">{relation}"], touched)
    dead_end = np.where(closed, ending, np.maximum(ending, UNKNOWN))
    whole = audited.day.declared_whole(relation)
    state = np.select([in_circle, goes_on], [NO, YES if whole else UNKNOWN], dead_end)
    why = np.select(
        [in_circle, (goes_on & whole) | (ending == YES), state == NO],
        [say("policy_circle"), say("policy_so", what=relation), say("policy_dead_end")],
        say("policy_table_open"),
    )
    return as_tested(
        np.zeros(len(touched), int),
        state,
        len(subjects),
        node=touched,
        why=why.astype(object),
        need=f"links.{relation}",
        lacking=f"links.{relation}",
        whole=whole,
        closing=f"links.{relation}",
    )


def _may_end(audited: AuditedNetwork, part: Part, nodes: Positions) -> States:
    """Whether a way may end at each of these nodes: a lead at work, or one that `ends_in` allows.

    Who leads is not known of all where the list of leads is open.
    """
    leads = np.isin(nodes, audited.index.links("LEADS").source)
    by_lead = np.where(finished(audited, [">LEADS"], nodes), NO, UNKNOWN)
    allowed = np.maximum(audited.states(part["ends_in"], nodes), np.where(leads, YES, by_lead))
    found: States = np.minimum(allowed, audited.day.at_work.states[nodes]).astype(np.int8)
    return found


def _in_circle(audited: AuditedNetwork, relation: str) -> Mask:
    """Return a mask over positions: nodes from which the links of a relation lead back."""
    links = audited.index.links(relation)
    matrix = audited.index.csr(relation)
    count, label = connected_components(matrix, directed=True, connection="strong")
    big = np.bincount(label, minlength=count) > 1
    found: Mask = big[label]
    found[links.source[links.source == links.target]] = True
    return found
