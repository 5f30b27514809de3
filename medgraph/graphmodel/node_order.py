"""Put nodes in an order in which what is near in the country is near in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel.arrays.chunks import codes, encoded, flat, mask_of
from medgraph.graphmodel.arrays.strings import ranks, sorted_places
from medgraph.words.vocabularies import LEVELS

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Mask, Positions

DECIDE_ORDER = ("area", "level")  # beside kind and id
_RANKS = 16  # more than there are levels


def ordered_rows(nodes: pa.Table) -> Positions:
    """Return the rows of a node table in the order (area code, level, id)."""
    by_id = sorted_places(flat(nodes["id"]))
    is_area = mask_of(pc.equal(nodes["kind"], "Area"))
    key = (_area_rank(nodes, is_area) * _RANKS + _level_rank(nodes, is_area))[by_id]
    # One number holds the key above and the place by id below: numbers sort faster than places.
    bits = len(key).bit_length()
    numbers = np.sort(key << bits | np.arange(len(key)))
    ordered: Positions = by_id[numbers & (1 << bits) - 1]
    return ordered


def _area_rank(nodes: pa.Table, is_area: Mask) -> Positions:
    """The rank of every node's area code, an area's own; nodes without one come first."""
    areas = np.flatnonzero(is_area)
    own = flat(nodes["id"].take(pa.array(areas)))
    has_area = "area" in nodes.column_names
    area = encoded(nodes["area"] if has_area else pa.nulls(len(nodes), pa.string()))
    texts = pa.concat_arrays([own, area.dictionary.cast(pa.string())])
    rank = np.append(ranks(texts) + 1, 0)
    found = rank[len(own) :][codes(area)]
    found[areas] = rank[: len(own)]
    return found


def _level_rank(nodes: pa.Table, is_area: Mask) -> Positions:
    """0 for areas, then facilities from tertiary to ungraded, then what has no level."""
    if "level" not in nodes.column_names:
        return np.zeros(len(nodes), np.int64)
    level = encoded(nodes["level"])
    unknown = len(LEVELS)
    known = pc.index_in(level.dictionary, value_set=pa.array(list(LEVELS)))
    place = np.append(pc.fill_null(known, unknown).to_numpy(), unknown).astype(np.int64)
    return np.where(is_area, 0, place[codes(level)] + 1)
