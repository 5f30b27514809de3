"""Find the records of two networks that are not the same in every field.

Only these need a second look, so that a comparison of two nations costs what differs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel.arrays.chunks import flat, unlike

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.graphmodel.network import MedicalNetwork

    # One number for each row of either side, equal for equal values.
    Column = tuple[Positions, Positions]
    Keys = NDArray[np.uint64]

_MIX = np.uint64(0x9E3779B97F4A7C15)


def other_nodes(
    one: MedicalNetwork, two: MedicalNetwork, but: Iterable[str]
) -> tuple[list[str], list[str], list[str]]:
    """Return the ids of nodes that only `one` has, that only `two` has, and that may differ.

    Fields of `but` are not compared.
    """
    if one.packed_tables[0] is two.packed_tables[0]:
        return [], [], []
    place = two.index.positions(one.index.ids)
    there = place >= 0
    mine, theirs = np.flatnonzero(there), place[there]
    is_new = np.ones(len(two.index), bool)
    is_new[theirs] = False
    differs = np.zeros(len(mine), bool)
    for field in _fields((one.packed_tables[0], two.packed_tables[0]), but):
        differs |= unlike(one.index.take(field, mine), two.index.take(field, theirs))
    return (
        _ids(one, np.flatnonzero(~there)),
        _ids(two, np.flatnonzero(is_new)),
        _ids(one, mine[differs]),
    )


def _fields(tables: tuple[pa.Table, pa.Table], but: Iterable[str]) -> list[str]:
    """The columns of either table, those of `but` apart."""
    names = {name for table in tables for name in table.column_names}
    return sorted(names.difference(but))


def _ids(net: MedicalNetwork, positions: Positions) -> list[str]:
    found: list[str] = net.index.take("id", positions).to_pylist()
    return found


def other_links(
    one: MedicalNetwork,
    two: MedicalNetwork,
    but: Iterable[str],
    apart: Iterable[str],
    relations: Iterable[str] | None = None,
) -> tuple[Mask, Mask]:
    """Return the masks of the links of either side that have no equal on the other.

    Equal links are set off one by one: of two here and one there, one is left. Fields of `but` are
    not compared, and links of the nodes `apart` are never set off. Links of other `relations` are
    known to be the same.
    """
    whole = one.packed_tables[1], two.packed_tables[1]
    masks = np.zeros(len(whole[0]), bool), np.zeros(len(whole[1]), bool)
    rows = _rows(one, relations), _rows(two, relations)
    tables = whole
    if relations is not None:
        tables = whole[0].take(pa.array(rows[0])), whole[1].take(pa.array(rows[1]))
    ends = _ends(one, two)
    source, target = ((here[rows[0]], there[rows[1]]) for here, there in ends)
    fields = _fields(tables, (*but, "source", "target"))
    columns = [source, target, *(_codes(tables, field) for field in fields)]
    mine, theirs = _equal_rows(columns)
    set_off = ~_touches(one, apart, source[0][mine], target[0][mine])
    for mask, compared, equal in zip(masks, rows, (mine, theirs), strict=True):
        mask[compared] = True
        mask[compared[equal[set_off]]] = False
    return masks


def _rows(net: MedicalNetwork, relations: Iterable[str] | None) -> Positions:
    """The rows of the links of some relations, in their order; all for None."""
    if relations is None:
        return np.arange(len(net.packed_tables[1]))
    rows = [net.index.links(relation).row for relation in relations]
    return np.sort(np.concatenate([np.zeros(0, np.int32), *rows]))


def _ends(one: MedicalNetwork, two: MedicalNetwork) -> tuple[Column, Column]:
    """Sources and targets of the links of both sides, as positions in `one`; -1 for others."""
    (source, target), (other_source, other_target) = one.index.ends, two.index.ends
    if two.index is not one.index and not two.index.ids.equals(one.index.ids):
        place = np.append(one.index.positions(two.index.ids), np.int32(-1))
        other_source, other_target = place[other_source], place[other_target]
    return (source, other_source), (target, other_target)


def _codes(tables: tuple[pa.Table, pa.Table], field: str) -> Column:
    """Numbers for the values of a field on both sides: the same for the same value, -1 for none."""
    types = {table.schema.field(field).type for table in tables if field in table.column_names}
    common = types.pop() if len(types) == 1 else pa.string()
    first, second = (_values(table, field, common) for table in tables)
    indices = pc.fill_null(_encoded(first, second).indices, -1).to_numpy()
    return indices[: len(first)], indices[len(first) :]


def _values(table: pa.Table, field: str, type_: Any) -> pa.Array:
    """A column as values of a type; null where the table has no such column."""
    if field not in table.column_names:
        return pa.nulls(len(table), type_)
    return flat(table[field].cast(type_))


def _encoded(first: pa.Array, second: pa.Array) -> pa.DictionaryArray:
    """The values of both arrays, one after another, in one dictionary."""
    if pa.types.is_dictionary(first.type):
        return flat(pa.chunked_array([first, second], first.type))
    return pa.concat_arrays([first, second]).dictionary_encode()


def _equal_rows(columns: list[Column]) -> tuple[Positions, Positions]:
    """Rows of either side that are equal in every column, each row once."""
    mine, theirs = _equal_keys(
        _key([here for here, _ in columns]), _key([there for _, there in columns])
    )
    (source, _), (target, _) = columns[:2]
    is_equal = (source[mine] >= 0) & (target[mine] >= 0)
    for here, there in columns:  # a key of 64 bits may be shared by chance
        is_equal &= here[mine] == there[theirs]
    return mine[is_equal], theirs[is_equal]


def _key(columns: list[Positions]) -> Keys:
    """One number for each row, the same for the same row on either side.

    The second of equal rows gets another number than the first, and so on.
    """
    key = np.zeros(len(columns[0]), np.uint64)
    for column in columns:
        key = (key ^ column.astype(np.int64).view(np.uint64)) * _MIX
        key ^= key >> np.uint64(29)
    key += _rank_among_equals(key) * _MIX
    return key


def _rank_among_equals(key: Keys) -> Keys:
    """How many rows before each have the same key."""
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    places = np.arange(len(key))
    begins = np.append(True, ordered[1:] != ordered[:-1])[: len(key)]
    begin = np.maximum.accumulate(np.where(begins, places, 0))
    rank = np.empty(len(key), np.uint64)
    rank[order] = places - begin
    return rank


def _equal_keys(one: Keys, two: Keys) -> tuple[Positions, Positions]:
    """The rows of equal keys on both sides."""
    if len(one) == len(two) and (one == two).all():
        return np.arange(len(one)), np.arange(len(two))
    _, mine, theirs = np.intersect1d(one, two, assume_unique=True, return_indices=True)
    return mine, theirs


def _touches(
    net: MedicalNetwork, nodes: Iterable[str], source: Positions, target: Positions
) -> Mask:
    """Which links begin or end at one of these nodes."""
    is_one = np.zeros(len(net.index) + 1, bool)  # one place more for a node that it has not
    is_one[net.index.positions(list(nodes))] = True
    found: Mask = is_one[source] | is_one[target]
    return found
