"""What a solution in parts of areas cuts off: an area has more than can flow to it from the roots.

Each area of a group lets through as much as the solution has of it. Where less than its own share
comes to an area, the areas that let no more through lie around a part that is cut off: a least cut
(Ford & Fulkerson 1956), of which the group needs one area for each of the part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
    from scipy.sparse.csgraph import breadth_first_order, maximum_flow

    wanting = [area for area, part in share.items() if part > _NEAR]
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
    for area in wanting:
        found = maximum_flow(network, source, number[area])
        if found.flow_value >= (share[area] - _NEAR) * _UNIT:
            continue
        left = csr_array(network - found.flow)
        left.data[left.data < 0] = 0
        left.eliminate_zeros()
        open_ = set(breadth_first_order(left, source, return_predecessors=False).tolist())
        part = {one for one, at in number.items() if at not in open_}
        around = {one for one, at in number.items() if at in open_ and at + 1 not in open_}
        yield area, part, around
