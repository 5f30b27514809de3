"""Lay a ledger over a network: facts in rows `subject`, `item`, `value`, `period`, `origin`.

A subject that is no node becomes a record of its own; a period makes the item `item@period`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from medgraph.errors import OptionError
from medgraph.graphmodel import schema
from medgraph.graphmodel.canonical import canonical
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

RECORD = "Record"  # the kind of a subject that is no node of the network
Items = dict[str, str | None]


def with_ledger(net: MedicalNetwork, ledger: pd.DataFrame | None) -> MedicalNetwork:
    """Return the network with a ledger laid over its nodes.

    Raise OptionError where a column is missing, or an item of a subject has two values.
    """
    if ledger is None or not len(ledger):
        return net
    if lost := {"subject", "item", "value"} - set(ledger.columns):
        raise OptionError(say("policy_ledger_columns", lost=", ".join(sorted(lost))))
    return _overlaid(net, _items_of(ledger))


def _items_of(ledger: pd.DataFrame) -> dict[str, Items]:
    found: dict[str, Items] = {}
    for row in ledger.astype(object).where(ledger.notna(), None).to_dict("records"):
        item = f"{row['item']}@{row['period']}" if row.get("period") else str(row["item"])
        value = None if row["value"] is None else str(row["value"])
        known = found.setdefault(str(row["subject"]), {})
        if known.get(item, value) != value:
            raise OptionError(say("policy_ledger_twice", subject=row["subject"], item=item))
        known[item] = value
        known.setdefault("ledger_origin", str(row.get("origin") or "") or None)
    return found


def _overlaid(net: MedicalNetwork, facts: Mapping[str, Items]) -> MedicalNetwork:
    nodes, edges = net.tables
    nodes = _with_records(nodes, [id for id in facts if net.index.position(id) < 0])
    types = schema.field_types()
    ids = nodes["id"].to_pylist()
    columns = {name: nodes[name] for name in nodes.column_names}
    for item in dict.fromkeys(item for items in facts.values() for item in items):
        old = columns[item].to_pylist() if item in columns else [None] * len(ids)
        texts = [
            _stated(facts.get(id, {}).get(item), was) for id, was in zip(ids, old, strict=True)
        ]
        wanted = schema.ARROW_TYPES[types.get(item, "text")]
        columns[item] = pa.array(texts, pa.string()).cast(wanted)
    return MedicalNetwork(canonical(pa.table(columns), types), edges, net.meta)


def _with_records(nodes: Any, ids: list[str]) -> Any:
    if not ids:
        return nodes
    added = pa.Table.from_pylist([{"id": id, "kind": RECORD, "name": id} for id in ids])
    return pa.concat_tables([nodes, added], promote_options="default")


def _stated(new: str | None, old: Any) -> str | None:
    """What the ledger states, else what the table does, as text."""
    value = old if new is None else new
    return None if value is None else str(value)
