"""Take the links of a network that a text states word for word, without those drawn from it.

A plan says that all members refer to their lead: each such link is `expanded`. Asked for what is
stated alone, they count as not stated; that is not to say that there are none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.errors import OptionError
from medgraph.graphmodel.completeness import without_declarations
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.graphmodel.schema import EXPANDED, EXPLICIT
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Mask


def on_basis(net: MedicalNetwork, basis: str | None) -> MedicalNetwork:
    """Return the network as it stands on a basis: `explicit` leaves out what was expanded.

    The relations that lose a link are declared complete no longer. None leaves the network as it
    is. Raise OptionError for another basis.
    """
    if basis is None:
        return net
    if basis != EXPLICIT:
        raise OptionError(say("not_one_of", what="basis", value=basis, allowed=EXPLICIT))
    nodes, edges = net.tables
    expanded = expanded_links(edges)
    if not expanded.any():
        return net
    lost = edges["relation"].filter(pa.array(expanded)).unique().to_pylist()
    meta = without_declarations(net.meta, [f"links.{relation}" for relation in lost])
    return MedicalNetwork(nodes, edges.filter(pa.array(~expanded)), meta)


def expanded_links(edges: pa.Table) -> Mask:
    """Return a mask over the rows of a link table: links that a plan only implies."""
    if "basis" not in edges.column_names:
        return np.zeros(len(edges), bool)
    found = pc.fill_null(pc.equal(edges["basis"].cast(pa.string()), EXPANDED), False)
    return np.asarray(found)
