"""Test that links make no circle and end where they may."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse.csgraph import connected_components

from medgraph.graphmodel.states import NO, YES
from medgraph.queries.policy.predicates.tested import Part, Tested, as_tested
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Mask
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects


def acyclic(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Test that links of `relation` make no circle and end only in leads or in nodes that
    `ends_in` allows.
    """
    relation = part["relation"]
    links = audited.index.links(relation)
    touched = np.unique(np.concatenate([links.source, links.target]).astype(int))
    leads = np.isin(touched, audited.index.links("LEADS").source)
    allowed = leads | (audited.states(part["ends_in"], touched) == YES)
    in_circle = _in_circle(audited, relation)[touched]
    dead_end = ~np.isin(touched, links.source) & ~allowed
    why = np.select(
        [in_circle, dead_end],
        [say("policy_circle"), say("policy_dead_end")],
        say("policy_so", what=relation),
    )
    return as_tested(
        np.zeros(len(touched), int),
        np.where(in_circle | dead_end, NO, YES),
        len(subjects),
        node=touched,
        why=why.astype(object),
        lacking=f"links.{relation}",
    )


def _in_circle(audited: AuditedNetwork, relation: str) -> Mask:
    """Return a mask over positions: nodes from which the links of a relation lead back."""
    links = audited.index.links(relation)
    matrix = audited.index.csr(relation)
    count, label = connected_components(matrix, directed=True, connection="strong")
    big = np.bincount(label, minlength=count) > 1
    found: Mask = big[label]
    found[links.source[links.source == links.target]] = True
    return found
