"""Tell which columns are in per cent, and of which columns of shares nobody said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from medgraph.words.attributes import attribute_of, unit_of
from medgraph.words.quantities import SHARE, is_per_cent, quantity, without_per_cent

if TYPE_CHECKING:
    from medgraph.graphmodel.network import MedicalNetwork

STATES_UNIT = re.compile(r"unit\.(?P<behind>.+)|(?P<before>.+)\.unit")


def is_in_per_cent(net: MedicalNetwork, column: str) -> bool:
    """Tell whether a column says (%) in its title, or the meta says so of what it states.

    The meta may call that as the column does, as rules do or in Chinese; of a year alone or of all.
    Units that contradict one another say nothing.

    >>> import medgraph as mg
    >>> net = mg.samples.taizhou().with_meta(**{"unit.县域就诊率": "%"})
    >>> is_in_per_cent(net, "visit_rate@2023"), is_in_per_cent(net, "staff")
    (True, False)
    """
    if without_per_cent(column)[1]:
        return True
    attribute = attribute_of(column)
    called = (attribute, attribute.partition("@")[0])
    units = [
        unit
        for key, unit in net.meta.items()
        if (measured := _measured(key)) and attribute_of(measured) in called
    ]
    return bool(units) and all(map(is_per_cent, units))


def _measured(key: str) -> str | None:
    """What a key of the meta states the unit of: `unit.visit_rate`, `visit_rate.unit`."""
    found = STATES_UNIT.fullmatch(key)
    return found and (found["before"] or found["behind"])


def shares_without_unit(net: MedicalNetwork) -> dict[str, str]:
    """Return by column of shares one cell that is a share only if the column is in per cent.

    >>> import medgraph as mg
    >>> shares_without_unit(mg.samples.taizhou())
    {}
    """
    nodes, _ = net.packed_tables
    found = {}
    for column in nodes.column_names:
        if unit_of(attribute_of(column)) != SHARE or is_in_per_cent(net, column):
            continue
        for text in pc.unique(nodes[column].cast(pa.string())).drop_null().to_pylist():
            if quantity(text, SHARE) is None and quantity(text, SHARE, per_cent=True) is not None:
                found[column] = text
                break
    return found
