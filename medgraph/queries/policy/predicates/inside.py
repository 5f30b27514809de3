"""Test that links stay inside a group."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from medgraph.graphmodel.states import NO, UNKNOWN, YES
from medgraph.queries.policy.facts.completeness import finished
from medgraph.queries.policy.facts.paths import PATHS, walk
from medgraph.queries.policy.facts.subjects import possible_nodes
from medgraph.queries.policy.predicates.keys import first_said
from medgraph.queries.policy.predicates.tested import Part, Reasons, Tested, as_tested, columns_of
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects


def inside(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Test that links stay inside a group, except to (or from) certain ends or the leads of
    certain groups.

    A link leaves for certain where all groups of one of its ends are known; else that end may yet
    belong to the group of the other.
    """
    sides = _Sides(audited, part)
    ids = audited.index.ids.to_pylist()
    rows = []
    for relation in part["relations"]:
        links = audited.index.links(relation)
        once = first_said(audited.net.tables[1], links.row)
        columns = [column[once].tolist() for column in (links.source, links.target, links.row)]
        for source, target, row in zip(*columns, strict=True):
            rows.append((sides.state(source, target), row, f"{ids[source]}→{ids[target]}"))
    state, row, label = columns_of(rows, 3)
    relations = part["relations"]
    open_ones = [r for r in relations if not audited.day.declared_whole(r)]
    return as_tested(
        np.zeros(len(rows), int),
        state,
        len(subjects),
        row=row,
        label=label,
        need="links.MEMBER_OF",
        lacking=f"links.{relations[0]}",
        whole=not open_ones,
        closing=f"links.{open_ones[0]}" if open_ones else "",
        why=Reasons(say("policy_out_of_group"), say("policy_group_open"), say("policy_in_group")),
    )


class _Sides:
    """Who may be linked with whom: the groups of every node, and the ends that are free."""

    def __init__(self, audited: AuditedNetwork, part: Part) -> None:
        self._groups = _groups_of(audited, part["where"]["type"])
        self._possible = _groups_of(audited, part["where"]["type"], at_least=UNKNOWN)
        self._free = _free_ends(audited, part)
        closed = finished(audited, [">MEMBER_OF|LEADS"], np.arange(len(audited.index)))
        self._closed: list[bool] = closed.tolist()

    def state(self, source: int, target: int) -> int:
        """YES where a link stays inside, NO where it surely leaves."""
        shared = self._groups[source] & self._groups[target]
        free = max(self._free[source], self._free[target])
        if shared or free == YES:
            return YES
        perhaps = self._possible[source] & self._possible[target]
        known = self._closed[source] and self._closed[target] and free == NO
        return NO if known and not perhaps else UNKNOWN


def _groups_of(
    audited: AuditedNetwork, types: list[str], *, at_least: int = YES
) -> defaultdict[int, set[int]]:
    """Return by unit the groups of the day that are of these types, or may be, and hold it."""
    groups, state = possible_nodes(audited, {"kind": "Group", "type": types})
    ways = walk(audited, groups[state >= at_least], PATHS["units"], classes=True)
    found: defaultdict[int, set[int]] = defaultdict(set)
    for group, unit in zip(ways.start.tolist(), ways.end.tolist(), strict=True):
        found[unit].add(int(groups[state >= at_least][group]))
    return found


def _free_ends(audited: AuditedNetwork, part: Part) -> list[int]:
    """Return for every node whether its links may leave a group."""
    every = np.arange(len(audited.index))
    free = np.full(len(every), NO, np.int8)
    if to := part.get("except_to"):
        free = np.maximum(free, audited.states(to, every))
    if of := part.get("except_leads"):
        groups, state = possible_nodes(audited, {"kind": "Group", **of})
        leads = walk(audited, groups, PATHS["lead"])
        np.maximum.at(free, leads.end, np.minimum(leads.state, state[leads.start]))
    found: list[int] = free.tolist()
    return found
