"""Say which parts of two networks differ, so that what was worked out without them holds for both.

The parts are those that are noted when somebody reads them (`kept.py`): a column of the nodes, the
links of a relation, what is stated under a key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from medgraph.graphmodel import kept
from medgraph.graphmodel.arrays.chunks import unlike
from medgraph.graphmodel.node_order import DECIDE_ORDER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medgraph.graphmodel.network import MedicalNetwork

_OF_ORDER = ("id", "kind", *DECIDE_ORDER)  # columns of the nodes that say in which order they are
_ENDS = ("source", "relation", "target")


def differing_parts(one: MedicalNetwork, two: MedicalNetwork) -> frozenset[str] | None:
    """Return the parts in which two networks differ; None where their nodes are not the same.

    Examples
    --------
    >>> import medgraph as mg
    >>> net = mg.samples.taizhou()
    >>> sorted(differing_parts(net, net.moved("TZ-P34", to_group="G2")))
    ['links.MEMBER_OF']
    >>> differing_parts(net, net.without("TZ-P34")) is None
    True
    """
    columns = _differing_columns(*(net.packed_tables[0] for net in (one, two)))
    if not columns.isdisjoint(_OF_ORDER):
        return None
    relations = [name for name in _relations(one, two) if not _are_alike(one, two, name)]
    stated = [key for key in {*one.meta, *two.meta} if one.meta.get(key) != two.meta.get(key)]
    return frozenset(
        [
            *map(kept.column, columns),
            *map(kept.links, relations),
            *map(kept.stated, stated),
        ]
    )


def _differing_columns(nodes: pa.Table, others: pa.Table) -> set[str]:
    """The columns in which two tables of nodes differ."""
    if nodes is others:
        return set()
    names = {*nodes.column_names, *others.column_names}
    if len(nodes) != len(others):
        return names
    return {name for name in names if unlike(_column(nodes, name), _column(others, name)).any()}


def _column(table: pa.Table, name: str) -> pa.Array | pa.ChunkedArray:
    return table[name] if name in table.column_names else pa.nulls(len(table))


def _relations(*nets: MedicalNetwork) -> Iterator[str]:
    """The relations that some link of these networks has."""
    tables = (net.packed_tables[1] for net in nets)
    yield from {name for table in tables for name in table["relation"].unique().to_pylist()}


def _are_alike(one: MedicalNetwork, two: MedicalNetwork, relation: str) -> bool:
    """Whether the links of a relation are the same, in the same order."""
    links, others = (net.index.links(relation) for net in (one, two))
    for ends, other_ends in ((links.source, others.source), (links.target, others.target)):
        if not np.array_equal(ends, other_ends) or (ends < 0).any():
            return False
    names = {name for net in (one, two) for name in net.packed_tables[1].column_names}
    return not any(
        unlike(*(net.index.link_values(relation, name) for net in (one, two))).any()
        for name in names.difference(_ENDS)
    )
