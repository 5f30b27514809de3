"""Follow paths of links: `>MEMBER_OF|LEADS` along them, `<SERVES` against them, `-TELEMEDICINE`
either way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from medgraph.graphmodel.arrays.joins import equi_join_sorted
from medgraph.graphmodel.states import UNKNOWN, YES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from medgraph.graphmodel.arrays.types import Mask, Positions, States
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork

PATHS = {"members": ["<MEMBER_OF"], "lead": ["<LEADS"], "units": ["<MEMBER_OF|LEADS"]}
_AGAINST = {">": (False,), "<": (True,), "-": (False, True)}
_TURNED = {">": "<", "<": ">", "-": "-"}


class Reached(NamedTuple):
    """Where ways lead, aligned: the place of the `start`, the `end`, the last link's `row`, YES
    or UNKNOWN.
    """

    start: Positions
    end: Positions
    row: Positions
    state: States
    by_plan: Mask  # whether some link of the way is one that a plan only implies
    unnamed: Mask  # whether some node of the way is a placeholder that does not count

    def kept(self, places: Mask | Positions) -> Reached:
        """Return the ways at these places, or of a mask."""
        return Reached._make(column[places] for column in self)


def path_of(name: str | Sequence[str]) -> Sequence[str]:
    """Return the path that a name stands for (`members`, `lead`, `units`), or the path itself."""
    if isinstance(name, str):
        return PATHS[name]
    return name


def relations_of(step: str) -> list[str]:
    """Return the relations of a step: `<MEMBER_OF|LEADS` follows two."""
    return step[1:].split("|")


def turned(step: str) -> str:
    """Return the step back.

    >>> turned(">SERVES"), turned("-TELEMEDICINE")
    ('<SERVES', '-TELEMEDICINE')
    """
    return _TURNED[step[0]] + step[1:]


def walk(
    audited: AuditedNetwork,
    starts: Positions,
    path: Iterable[str],
    *,
    classes: bool = False,
) -> Reached:
    """Follow a path of steps from each start; a way through what waits to open is UNKNOWN.

    So is one through a placeholder, unless `classes` count: somebody of them may be there. A way
    through a closed facility is none.
    """
    here = np.asarray(starts)
    size = len(here)
    state = np.full(size, YES, np.int8)
    state[audited.waiting[here]] = UNKNOWN
    nothing = np.full(size, -1)
    no = np.zeros(size, bool)
    found = Reached(np.arange(size), here, nothing, state, by_plan=no, unnamed=no)
    for step in path:
        found = _stepped(audited, found, step, classes=classes)
    return found


def _stepped(audited: AuditedNetwork, ways: Reached, step: str, *, classes: bool) -> Reached:
    at, here, row = _one_step(audited, ways.end, step)
    state = ways.state[at].copy()
    state[audited.waiting[here]] = UNKNOWN
    unnamed = ways.unnamed[at] | (audited.index.is_class[here] & (not classes))
    state[unnamed] = UNKNOWN
    passable = audited.operating[here] | audited.waiting[here]
    by_plan = ways.by_plan[at] | audited.expanded[row]
    return Reached(ways.start[at], here, row, state, by_plan, unnamed).kept(passable)


def _one_step(
    audited: AuditedNetwork, starts: Positions, step: str
) -> tuple[Positions, Positions, Positions]:
    """Return aligned: the place of the start, the node reached, the row of the link."""
    parts = [
        _followed(audited, starts, relation, reverse=reverse)
        for relation in relations_of(step)
        for reverse in _AGAINST[step[0]]
    ]
    at, here, row = zip(*parts, strict=True)
    return np.concatenate(at), np.concatenate(here), np.concatenate(row)


def _followed(
    audited: AuditedNetwork, starts: Positions, relation: str, *, reverse: bool
) -> tuple[Positions, Positions, Positions]:
    tail, head, row = audited.links_by_tail(relation, reverse=reverse)
    at, link = equi_join_sorted(starts, tail)
    return at, head[link], row[link]
