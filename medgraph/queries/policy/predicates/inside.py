"""Test that links stay inside a group."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from medgraph.graphmodel.states import NO, YES
from medgraph.queries.policy.facts.paths import PATHS, walk
from medgraph.queries.policy.facts.subjects import nodes_of
from medgraph.queries.policy.predicates.tested import Part, Reasons, Tested, as_tested, columns_of
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects


def inside(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Test that links stay inside a group, except to (or from) certain ends or the leads of
    certain groups.
    """
    groups_of = _groups_of(audited, part["where"]["type"])
    free = _free_ends(audited, part)
    ids = audited.index.ids.to_pylist()
    rows = []
    for relation in part["relations"]:
        links = audited.index.links(relation)
        columns = (links.source.tolist(), links.target.tolist(), links.row.tolist())
        for source, target, row in zip(*columns, strict=True):
            shared = groups_of[source] & groups_of[target]
            stays = bool(shared) or source in free or target in free
            rows.append((YES if stays else NO, row, f"{ids[source]}→{ids[target]}"))
    state, row, label = columns_of(rows, 3)
    return as_tested(
        np.zeros(len(rows), int),
        state,
        len(subjects),
        row=row,
        label=label,
        lacking=f"links.{part['relations'][0]}",
        why=Reasons(say("policy_out_of_group"), "", say("policy_in_group")),
    )


def _groups_of(audited: AuditedNetwork, types: list[str]) -> defaultdict[int, set[int]]:
    """Return by unit the groups of the day of these types that it belongs to or leads."""
    groups = nodes_of(audited, {"kind": "Group", "type": types})
    ways = walk(audited, groups, PATHS["units"], classes=True)
    found: defaultdict[int, set[int]] = defaultdict(set)
    for group, unit in zip(ways.start.tolist(), ways.end.tolist(), strict=True):
        found[unit].add(group)
    return found


def _free_ends(audited: AuditedNetwork, part: Part) -> set[int]:
    """Return the nodes whose links may leave a group."""
    free: set[int] = set()
    every = np.arange(len(audited.index))
    if to := part.get("except_to"):
        free.update(every[audited.states(to, every) == YES].tolist())
    if of := part.get("except_leads"):
        groups = nodes_of(audited, {"kind": "Group", **of})
        free.update(walk(audited, groups, PATHS["lead"]).end.tolist())
    return free
