"""State how a network lies in Neo4j: what keys, properties and rows it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel import schema
from medgraph.loaders.store.hashing import hashes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LAYOUT = 2
_MANY = 1_000
SEPARATOR = "\x1f"
END = "\x20"  # the sign after the separator: all keys of a network lie between the two
OWN = ("network", "key", "hash", "owners", "held_by", "statements")
ENDS = ("source", "relation", "target")
NODE_FIELDS = tuple(dict.fromkeys(f.name for t in schema.NODE_TABLES for f in t.fields))
LINK_FIELDS = tuple(f.name for f in schema.LINKS.fields if f.name not in ENDS)
FIELDS = {"nodes": ("kind", *NODE_FIELDS), "links": LINK_FIELDS}
TYPES = {"nodes": schema.field_types(), "links": schema.link_types()}


def stored_name(part: str, column: str) -> str:
    """Return the property that holds a column: its name, with `@` before one of ours."""
    if column in FIELDS[part]:
        return column
    return f"@{column}" if column in (*OWN, "") or column.startswith("@") else column


def column_name(name: str) -> str:
    """Return the column that a property holds."""
    return name.removeprefix("@")


# -- keys -----------------------------------------------------------------------------------------


def span(network: str) -> dict[str, str]:
    """Return the keys between which a network lies."""
    return {"network": network, "start": network + SEPARATOR, "end": network + END}


def held_by(network: str, owners: Sequence[str]) -> str | None:
    """Return what an increment finds the nodes of its dataset by.

    That is the dataset that alone states a node, or a sign that several do.
    """
    if not owners:
        return None
    return network + SEPARATOR + (owners[0] if len(owners) == 1 else "")


def link_keys(links: pa.Table) -> list[str]:
    """Return what tells a link from every other of the network, from one load to the next.

    Its ends, relation and own id, or specialty and first day; links that share all that are
    numbered in the order of their hashes, whatever the order of the rows.
    """
    first_day = pc.fill_null(_text(links, "valid_from"), "")
    specialty = pc.fill_null(_text(links, "specialty"), "")
    described = pc.binary_join_element_wise(specialty, first_day, SEPARATOR)
    own = pc.coalesce(_text(links, "id"), described)
    ends = [_text(links, name) for name in ENDS]
    keys = pc.binary_join_element_wise(*ends, own, SEPARATOR)
    found: list[str] = keys.to_pylist()
    if pc.count_distinct(keys).as_py() < len(keys):
        _number_twins(found, hashes(links).tolist())
    return found


def _text(table: pa.Table, name: str) -> Any:
    if name in table.column_names:
        return table[name].cast(pa.string())
    return pa.nulls(len(table), pa.string())


def _number_twins(keys: list[str], order: list[int]) -> None:
    """Let equal keys differ: all but the first of them get a number, in this `order`."""
    twins: dict[str, list[int]] = {}
    for row, key in enumerate(keys):
        twins.setdefault(key, []).append(row)
    for key, rows in twins.items():
        rows.sort(key=order.__getitem__)
        for number, row in enumerate(rows[1:], 2):
            keys[row] = f"{key}{SEPARATOR}{number}"


# -- rows -----------------------------------------------------------------------------------------


def rows_of(
    part: str, table: pa.Table, ahead: Iterable[list[Any]]
) -> tuple[tuple[str, ...], bool, list[list[Any]]]:
    """Return the columns to send, whether there are free attributes, and the rows, `ahead` first.

    A few rows come with all columns, so that few texts serve all loads and the server keeps their
    plans; many come with those in use.
    """
    ends = ("id", "kind") if part == "nodes" else ENDS
    filled = [name for name in table.column_names if table[name].null_count < len(table)]
    fields = tuple(name for name in FIELDS[part] if name not in ends)
    used = fields if len(table) < _MANY else tuple(name for name in fields if name in filled)
    free = [name for name in filled if name not in (*FIELDS[part], *ends)]
    nothing: list[Any] = [None] * len(table)
    columns = [*ahead]
    columns += [table[name].to_pylist() if name in filled else nothing for name in used]
    if free:
        names = [stored_name(part, name) for name in free]
        columns.append(_maps(names, [table[name].to_pylist() for name in free]))
    return used, bool(free), [list(row) for row in zip(*columns, strict=True)]


def _maps(names: list[str], columns: list[list[str | None]]) -> list[dict[str, str]]:
    """Row by row a map of what is there."""
    rows = (zip(names, row, strict=True) for row in zip(*columns, strict=True))
    return [{name: value for name, value in row if value is not None} for row in rows]


def properties(part: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the properties of one row of medgraph's: what is there, ends apart."""
    return {
        stored_name(part, name): value
        for name, value in row.items()
        if value is not None and (part == "nodes" or name not in ENDS)
    }
