"""Cut out of a network what answers about one area need, however far away it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel.arrays.chunks import mask_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from medgraph.graphmodel.arrays.types import Mask, Positions

# Along these one goes on from link to link: where patients are sent, and whose part one is.
_ONWARD = ("REFERS_UP_TO", "RUN_BY", "PART_OF", "SUCCEEDED_BY")
# Who stands behind what a kept facility belongs to, or uses.
_BEHIND = ("LEADS", "HOSTS_CENTRE", "HOSTS_DEPARTMENT", "BUILDS")
# What a kept facility belongs to, or uses.
_SHARED = ("Group", "Team", "SharedCentre", "Department", "Platform")


def touched(nodes: pa.Table, edges: pa.Table, inside: Mask, open_lists: Collection[str]) -> Mask:
    """Return the nodes inside an area with all that they touch; `inside` goes by the rows of nodes.

    Kept is every facility that a link joins to the area or to a facility in it; every group, team
    and centre of a kept facility, and who leads or hosts those; and everybody to whom a
    kept facility refers on. Of areas, those inside alone. `open_lists` are nodes of which not all
    links are listed: one that nobody has listed may lead into the area, so that they are kept, too.
    """
    ids = nodes["id"].combine_chunks()
    source, target = (_positions(edges[end], ids) for end in ("source", "target"))
    is_joined = (source >= 0) & (target >= 0)
    source, target = source[is_joined], target[is_joined]
    relation = edges["relation"].filter(pa.array(is_joined))
    onward, behind = (
        mask_of(pc.is_in(relation, value_set=pa.array(names, pa.string())))
        for names in (_ONWARD, _BEHIND)
    )
    is_area = mask_of(pc.equal(nodes["kind"], "Area"))
    is_facility = mask_of(pc.equal(nodes["kind"], "Facility"))
    is_shared = mask_of(pc.is_in(nodes["kind"], value_set=pa.array(_SHARED)))
    may_stay = ~is_area | inside
    is_open = mask_of(pc.is_in(ids, value_set=pa.array(open_lists, pa.string())))
    kept = inside | (_linked(inside, source, target) & may_stay)
    while True:
        facilities = kept & is_facility
        further = np.zeros(len(kept), bool)
        further[target[facilities[source] & (onward | is_shared[target])]] = True
        further[source[facilities[target] & is_shared[source]]] = True
        further[source[(kept & is_shared)[target] & behind]] = True
        further &= may_stay & ~kept
        if not further.any():
            return kept | (is_open & may_stay)
        kept |= further


def _linked(which: Mask, source: Positions, target: Positions) -> Mask:
    """The nodes that a link joins to one of some."""
    found = np.zeros(len(which), bool)
    found[target[which[source]]] = True
    found[source[which[target]]] = True
    return found


def _positions(ends: pa.ChunkedArray, ids: pa.Array) -> Positions:
    """The row of every end of a link, -1 where there is no such node."""
    positions: Positions = pc.fill_null(pc.index_in(ends, value_set=ids), -1).to_numpy()
    return positions
