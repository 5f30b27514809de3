"""Tell a network from any other by what stands in its tables."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from medgraph.graphmodel.network import MedicalNetwork


def fingerprint(net: MedicalNetwork) -> str:
    """Return what tells the tables of a network from any others, whatever the order of rows.

    >>> import medgraph as mg
    >>> net = mg.samples.taizhou()
    >>> fingerprint(net) == fingerprint(net.moved("TZ-P34", to_group="G2"))
    False
    """
    digest = hashlib.sha256()
    for table in net.tables:
        names = sorted(n for n in table.column_names if table[n].null_count < len(table))
        rows = zip(*(table[n].to_pylist() for n in names), strict=True)
        digest.update(repr((names, sorted(map(repr, rows)))).encode())
    return digest.hexdigest()[:16]
