"""Find the records of two networks that are the same in every field, so that only the others need a second look."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel.arrays.chunks import flat
from medgraph.graphmodel.network import MedicalNetwork

_MIX = np.uint64(0x9E3779B97F4A7C15)


def other_nodes(
    one: MedicalNetwork, two: MedicalNetwork, but: Iterable[str]
) -> tuple[list[str], list[str], list[str]]:
    """Return the ids that only `one` has, that only `two` has, and of both those with a field that may differ.

    Fields of `but` are not compared.
    """
    place = two.index.positions(one.index.ids)
    there = place >= 0
    mine, theirs = np.flatnonzero(there), place[there]
    new = np.ones(len(two.index), bool)
    new[theirs] = False
    differs = np.zeros(len(mine), bool)
    fields = {*one.packed_tables[0].column_names, *two.packed_tables[0].column_names} - {*but}
    for field in sorted(fields):
        differs |= _unlike(one.index.take(field, mine), two.index.take(field, theirs))
    ids = one.index.ids
    return (
        [ids[i].as_py() for i in np.flatnonzero(~there).tolist()],
        two.index.ids.filter(pa.array(new)).to_pylist(),
        [ids[i].as_py() for i in mine[differs].tolist()],
    )


def _unlike(one: pa.Array, two: pa.Array) -> np.ndarray:
    """A mask: where the values differ; where their types do, every row with a value."""
    if one.type != two.type:
        return np.asarray(pc.or_(one.is_valid(), two.is_valid()))
    if one.equals(two):
        return np.zeros(len(one), bool)
    same = pc.or_(pc.fill_null(pc.equal(one, two), False), pc.and_(one.is_null(), two.is_null()))
    return ~np.asarray(same)


def other_links(
    one: MedicalNetwork, two: MedicalNetwork, but: Iterable[str], apart: Iterable[str]
) -> tuple[np.ndarray, np.ndarray]:
    """Return the masks of the links that the other network has not just so; equal ones are set off one by one.

    Fields of `but` are not compared, and links of the nodes `apart` are never set off.
    """
    tables = one.packed_tables[1], two.packed_tables[1]
    fields = {*tables[0].column_names, *tables[1].column_names} - {*but, "source", "target"}
    columns = [*_ends(one, two), *(_codes(tables, field) for field in sorted(fields))]
    sides = [list(side) for side in zip(*columns, strict=True)]
    mine, theirs = _equals(*map(_key, sides))
    sound = (sides[0][0][mine] >= 0) & (sides[0][1][mine] >= 0)
    for here, there in zip(*sides, strict=True):  # a key of 64 bits may be shared by chance
        sound &= here[mine] == there[theirs]
    special = np.zeros(len(one.index) + 1, bool)
    special[one.index.positions(list(apart))] = True
    sound &= ~(special[sides[0][0][mine]] | special[sides[0][1][mine]])
    masks = np.ones(len(tables[0]), bool), np.ones(len(tables[1]), bool)
    masks[0][mine[sound]], masks[1][theirs[sound]] = False, False
    return masks


def _ends(one: MedicalNetwork, two: MedicalNetwork) -> list[tuple[np.ndarray, np.ndarray]]:
    """The two ends of the links on both sides, as positions in `one`; -1 for what it has not."""
    mine, theirs = one.index.ends, two.index.ends
    if two.index is not one.index and not two.index.ids.equals(one.index.ids):
        place = np.append(one.index.positions(two.index.ids), np.int32(-1))
        theirs = tuple(place[end] for end in theirs)
    return list(zip(mine, theirs, strict=True))


def _codes(tables: tuple[pa.Table, pa.Table], field: str) -> tuple[np.ndarray, np.ndarray]:
    """Numbers for the values of a field on both sides: the same for the same value, -1 for none."""
    types = {table.schema.field(field).type for table in tables if field in table.column_names}
    type = types.pop() if len(types) == 1 else pa.string()
    sides = [
        flat(table[field].cast(type)) if field in table.column_names else pa.nulls(len(table), type)
        for table in tables
    ]
    whole = (
        flat(pa.chunked_array(sides, type))
        if pa.types.is_dictionary(type)
        else pa.concat_arrays(sides)
    )
    encoded = whole if pa.types.is_dictionary(type) else whole.dictionary_encode()
    first, second = np.split(pc.fill_null(encoded.indices, -1).to_numpy(), [len(sides[0])])
    return first, second


def _key(columns: list[np.ndarray]) -> np.ndarray:
    """One number for each row, the same for the same row; the second of equal rows gets another, and so on."""
    key = np.zeros(len(columns[0]), np.uint64)
    for column in columns:
        key = (key ^ column.astype(np.int64).view(np.uint64)) * _MIX
        key ^= key >> np.uint64(29)
    order = np.argsort(key, kind="stable")
    first = np.append(True, key[order[1:]] != key[order[:-1]])[: len(key)]
    run = np.arange(len(key)) - np.maximum.accumulate(np.where(first, np.arange(len(key)), 0))
    key[order] += run.astype(np.uint64) * _MIX
    return key


def _equals(one: np.ndarray, two: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The places of equal keys on both sides."""
    if len(one) == len(two) and (one == two).all():
        return np.arange(len(one)), np.arange(len(two))
    _, mine, theirs = np.intersect1d(one, two, assume_unique=True, return_indices=True)
    return mine, theirs
