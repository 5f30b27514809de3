"""Find rings: areas or branches that are, by however many steps, a part of themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from medgraph.graphmodel.arrays.lookups import rows_with

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.graphmodel.checks.fault import Part, TableFault
    from medgraph.graphmodel.checks.links import LinkEnds

_LEVELS = 16  # areas and branches are hardly nested deeper
_SHOWN = 12


class _Steps(NamedTuple):
    """Steps from node to node: rows of a table that state them, and both ends."""

    rows: Positions
    tail: Positions
    head: Positions

    def only(self, chosen: Positions) -> _Steps:
        """Those of the steps that are chosen."""
        return _Steps(self.rows[chosen], self.tail[chosen], self.head[chosen])


def rings(nodes: Part, edges: Part, ends: LinkEnds) -> Iterator[TableFault]:
    """Find rings of PART_OF among areas or facilities, and of the areas' own column `parent`."""
    rows = ends.of("PART_OF")
    steps = _Steps(rows, ends.source[rows], ends.target[rows])
    for ring in _rings(steps, len(nodes)):
        yield from _fault(ring, edges, "target", nodes)
    if nodes.has("parent"):
        above = rows_with(nodes.table["parent"], nodes.table["id"])
        rows = np.flatnonzero(above >= 0)
        for ring in _rings(_Steps(rows, rows, above[rows]), len(nodes)):
            yield from _fault(ring, nodes, "parent", nodes)


def _rings(steps: _Steps, size: int) -> Iterator[_Steps]:
    """The steps of each ring."""
    steps = _without_dead_ends(steps, size)
    count = len(steps.rows)
    if not count:
        return
    from scipy import sparse

    met, number = np.unique([steps.tail, steps.head], return_inverse=True)
    tail, head = number.reshape(2, -1)
    graph = sparse.coo_array((np.ones(count, np.int8), (tail, head)), shape=(len(met), len(met)))
    _, component = sparse.csgraph.connected_components(graph, directed=True, connection="strong")
    is_inside = component[tail] == component[head]
    for ring in np.unique(component[tail[is_inside]]).tolist():
        yield steps.only(np.flatnonzero(is_inside & (component[tail] == ring)))


def _without_dead_ends(steps: _Steps, size: int) -> _Steps:
    """The steps that may be in a ring: those into dead ends are taken away, round after round."""
    for _ in range(_LEVELS):
        goes_on = np.zeros(size, bool)
        goes_on[steps.tail] = True
        kept = np.flatnonzero(goes_on[steps.head])
        if len(kept) == len(steps.rows):
            break
        steps = steps.only(kept)
    return steps


def _fault(ring: _Steps, part: Part, column: str, nodes: Part) -> Iterator[TableFault]:
    """The fault of a ring, at its last step; all its steps are involved."""
    shown = " → ".join(nodes.label(node) for node in _path(ring))
    yield from part.fault_at(
        "E046", column, ring.rows[-1:], lambda row: {"value": shown}, ring.rows
    )


def _path(ring: _Steps) -> list[int]:
    """The nodes of a ring from the last step's tail around to it again; of a long one the first."""
    following = dict(zip(ring.tail.tolist(), ring.head.tolist(), strict=True))
    path = [int(ring.tail[-1])]
    while len(path) <= min(len(following), _SHOWN):
        here = following.get(path[-1])
        if here is None or here == path[0]:
            break
        path.append(here)
    return [*path, path[0]]
