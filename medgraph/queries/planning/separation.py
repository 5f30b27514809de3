"""What a solution in parts of areas cuts off: an area has more than can flow to it from the roots.

Each area of a group lets through as much as the solution has of it. Where less than its own share
comes to an area, the areas that let no more through lie around a part that is cut off: a least cut
(Ford & Fulkerson 1956), of which the group needs one area for each of the part. No flow has to be
found where one way alone brings enough, or a cut is known already.
"""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from medgraph.queries.planning.neighbourhood import Neighbours

_UNIT = 1_000_000  # of one area: flows are counted in whole numbers
_NEAR = 0.05  # of an area: what lacks less is not worth a row


def cut_off(
    share: Mapping[int, float], roots: Mapping[int, float], neighbours: Neighbours
) -> Iterator[tuple[int, set[int], set[int]]]:
    """Return the areas to which less comes than their share, each with its part and what is around.

    Parameters
    ----------
    share
        What a solution has of each area that may be in a group.
    roots
        What begins at each area.
    neighbours
        The neighbours of each area.

    Examples
    --------
    >>> [*cut_off({0: 1.0, 1: 0.2, 2: 0.9}, {0: 1.0}, ((1,), (0, 2), (1,)))]
    [(2, {2}, {1})]
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import maximum_flow

    widest = _widest_ways(share, roots, neighbours)
    wanting = [area for area, part in share.items() if part > widest.get(area, 0.0) + _NEAR]
    if not wanting:
        return
    number = {area: 2 * at for at, area in enumerate(share)}  # where it is entered; left one after
    source = 2 * len(share)
    arcs = [(number[area], number[area] + 1, part) for area, part in share.items()]
    arcs += [(source, number[area], part) for area, part in roots.items() if area in number]
    arcs += [
        (number[area] + 1, number[beside], 1.0)
        for area in share
        for beside in neighbours[area]
        if beside in number
    ]
    start, end, most = zip(*arcs, strict=True)
    room = np.maximum(0, np.round(np.array(most) * _UNIT)).astype(np.int32)
    network = csr_array((room, (start, end)), shape=(source + 1, source + 1))
    cuts: list[_Cut] = []
    for area in wanting:
        enough = int((share[area] - _NEAR) * _UNIT)
        cut = next((one for one in cuts if area in one.part and one.through < enough), None)
        if cut is None:
            found = maximum_flow(network, source, number[area])
            if found.flow_value >= enough:
                continue
            open_ = _open_to(source, found.flow, network)
            part = {one for one, at in number.items() if at not in open_}
            around = {one for one, at in number.items() if at in open_ and at + 1 not in open_}
            cut = _Cut(int(found.flow_value), part, around)
            cuts.append(cut)
        yield area, cut.part, cut.around


class _Cut(NamedTuple):
    through: int
    part: set[int]
    around: set[int]


def _open_to(source: int, flow: Any, network: Any) -> set[int]:
    """What more could flow to: a flow has each arc of the network in both directions."""
    arcs = network.tocoo()
    pairs = zip(arcs.row.tolist(), arcs.col.tolist(), strict=True)
    rooms = dict(zip(pairs, arcs.data.tolist(), strict=True))
    starts, ends, amounts = flow.indptr.tolist(), flow.indices.tolist(), flow.data.tolist()
    found, waiting = {source}, [source]
    while waiting:
        one = waiting.pop()
        for at in range(starts[one], starts[one + 1]):
            other = ends[at]
            if other not in found and rooms.get((one, other), 0) > amounts[at]:
                found.add(other)
                waiting.append(other)
    return found


def _widest_ways(
    share: Mapping[int, float], roots: Mapping[int, float], neighbours: Neighbours
) -> dict[int, float]:
    """How much one way alone brings from the roots to each area."""
    widest: dict[int, float] = {}
    waiting = [(-min(part, share[area]), area) for area, part in roots.items() if area in share]
    heapq.heapify(waiting)
    while waiting:
        narrowness, area = heapq.heappop(waiting)
        if area in widest:
            continue
        widest[area] = -narrowness
        for beside in neighbours[area]:
            if beside in share and beside not in widest:
                heapq.heappush(waiting, (max(narrowness, -share[beside]), beside))
    return widest
