"""Find the columns of shares of which nobody said whether they are in per cent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from medgraph.words.attributes import attribute_titled, unit_of
from medgraph.words.quantities import SHARE, is_per_cent, quantity, without_per_cent

if TYPE_CHECKING:
    from medgraph.graphmodel.network import MedicalNetwork


def shares_without_unit(net: MedicalNetwork) -> dict[str, str]:
    """Return by column of shares one cell that is a share only if the column is in per cent.

    >>> import medgraph as mg
    >>> shares_without_unit(mg.samples.taizhou())
    {}
    """
    nodes, _ = net.packed_tables
    found = {}
    for column in nodes.column_names:
        title, says_so = without_per_cent(column)
        name = attribute_titled(title)
        if unit_of(name) != SHARE or says_so or is_per_cent(net.meta.get(f"unit.{name}")):
            continue
        for text in pc.unique(nodes[column].cast(pa.string())).drop_null().to_pylist():
            if quantity(text, SHARE) is None and quantity(text, SHARE, per_cent=True) is not None:
                found[column] = text
                break
    return found
