"""Find who leads the groups that somebody belongs to: no lead of an alliance or of a team."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from medgraph.graphmodel.states import NO
from medgraph.queries.policy.facts.completeness import finished
from medgraph.queries.policy.facts.paths import walk

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Mask, Positions, States
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork

_LEAD = ["<LEADS"]
_TO_GROUPS = {
    "Facility": [">MEMBER_OF"],
    "Team": ["<MEMBER_OF|LEADS", ">MEMBER_OF|LEADS"],
}


class GroupLeads(NamedTuple):
    """Pairs of a `start` (its place) and a `lead`, YES or UNKNOWN; per start, whether these are all
    there can be (`whole`).
    """

    start: Positions
    lead: Positions
    state: States
    whole: Mask


def group_leads(audited: AuditedNetwork, starts: Positions) -> GroupLeads:
    """Return the leads of the groups that facilities, or units of teams, belong to.

    Whatever else is asked has a lead of its own.
    """
    kinds = np.array([audited.kinds[at] if at >= 0 else "" for at in starts.tolist()], object)
    found = [(starts[:0], starts[:0], starts[:0].astype(np.int8))]
    whole = np.zeros(len(starts), bool)
    for kind in set(kinds.tolist()):
        places = np.flatnonzero(kinds == kind)
        leads = _of_kind(audited, starts[places], _TO_GROUPS.get(kind, []))
        whole[places] = leads.whole
        found.append((places[leads.start], leads.lead, leads.state))
    start, lead, state = map(np.concatenate, zip(*found, strict=True))
    return GroupLeads(start, lead, state, whole)


def _of_kind(audited: AuditedNetwork, starts: Positions, path: list[str]) -> GroupLeads:
    """The leads at the end of a path to groups; without a path, of the starts themselves."""
    groups = walk(audited, starts, path)
    state = groups.state
    if path:
        state = np.minimum(state, audited.day.group.states[groups.end])
    leads = walk(audited, groups.end, _LEAD)
    state = np.minimum(state[leads.start], leads.state).astype(np.int8)
    kept = state > NO
    whole = finished(audited, [*path, *_LEAD], starts)
    return GroupLeads(groups.start[leads.start][kept], leads.end[kept], state[kept], whole)
