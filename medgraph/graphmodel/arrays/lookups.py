"""Look texts up in whole columns: a dictionary is judged entry by entry, and the rows follow their entry."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel.canonical import address

_EMPTY = pa.array([], pa.string())
_NONE = np.empty(0, np.int32)


def mask_of(values) -> np.ndarray:
    """Return a column of yes, no and null as an array; null is no."""
    if isinstance(values, np.ndarray):
        return values
    if not pc.any(values).as_py():
        return np.zeros(len(values), bool)
    filled = pc.fill_null(values, False)
    return (
        filled.to_numpy()
        if isinstance(filled, pa.ChunkedArray)
        else filled.to_numpy(zero_copy_only=False)
    )


def rows_of(mask) -> np.ndarray:
    """Return the rows where the mask says yes."""
    return np.flatnonzero(mask_of(mask))


def positions(values, among, kind: type = np.int32) -> np.ndarray:
    """Return the place of each value in `among`, -1 where it is not there; a dictionary is looked up entry by entry."""
    if isinstance(values, pa.ChunkedArray) and pa.types.is_dictionary(values.type):
        return through(values, lambda entries: positions(entries, among, kind))
    found = pc.fill_null(pc.index_in(values, value_set=among, skip_nulls=True), -1)
    return np.asarray(found).astype(kind, copy=False)


def is_among(
    column: pa.ChunkedArray, words: pa.Array | pa.ChunkedArray, *, or_null: bool = False
) -> np.ndarray:
    """Return a mask over rows: those whose text is one of `words` (or null)."""
    if pa.types.is_dictionary(column.type):
        return through(column, lambda entries: mask_of(pc.is_in(entries, value_set=words)), or_null)
    found = pc.is_in(column, value_set=words)
    return mask_of(pc.or_(found, column.is_null()) if or_null and column.null_count else found)


def entries_of(column: pa.ChunkedArray) -> pa.Array:
    """Return every text of a column once; of a dictionary also entries that no row has."""
    if pa.types.is_dictionary(column.type):
        entries = {address(chunk.dictionary): chunk.dictionary for chunk in column.chunks}
        return (
            pc.unique(pa.chunked_array(entries.values(), pa.string()))
            if len(entries) != 1
            else next(iter(entries.values()))
        )
    return pc.unique(column)


def rows_with(column: pa.ChunkedArray, ids: pa.ChunkedArray) -> np.ndarray:
    """Return the row in `ids` of each text, -1 where it is not there; fast where the texts are few."""
    rows = np.flatnonzero(mask_of(pc.is_in(ids, value_set=entries_of(column))))
    found = positions(column, ids.take(pa.array(rows)))
    return np.append(rows, -1)[found]


def places(ids: pa.ChunkedArray, *columns: pa.ChunkedArray) -> list[np.ndarray]:
    """Return the row in `ids` of each value of each column, -1 where it is not there; all looked up in one table."""
    apart: list[pa.Array] = []
    for column in columns:
        apart += (
            [c.dictionary for c in column.chunks]
            if pa.types.is_dictionary(column.type)
            else column.chunks
        )
    numbered = {
        address(chunk): np.arange(len(chunk), dtype=np.int32)
        for chunk in ids.chunks
        if len(chunk) == len(ids)
    }
    numbered[address(_EMPTY)] = np.empty(0, np.int32)
    texts = list({address(part): part for part in apart if address(part) not in numbered}.values())
    ends = np.cumsum([0, *map(len, texts)])
    found = positions(pa.chunked_array(texts, pa.string()), ids) if texts else _NONE
    known = numbered | {address(part): found[ends[i] : ends[i + 1]] for i, part in enumerate(texts)}
    return [
        through(column, lambda part: known[address(part)])
        if pa.types.is_dictionary(column.type)
        else np.concatenate([found[:0], *(known[address(chunk)] for chunk in column.chunks)])
        for column in columns
    ]


def through(
    values: pa.ChunkedArray, look: Callable[[pa.Array], np.ndarray], missing: int | bool = -1
) -> np.ndarray:
    """Return what `look` says of each entry of a dictionary, row by row; `missing` for a row without a value."""
    known: dict[tuple, np.ndarray] = {}
    parts = []
    for chunk in values.chunks:
        key = address(chunk.dictionary)
        if key not in known:
            found = look(chunk.dictionary)
            known[key] = np.append(found, found.dtype.type(missing))
        parts.append(known[key][np.asarray(pc.fill_null(chunk.indices, -1))])
    if not parts:
        return look(_EMPTY)
    return parts[0] if len(parts) == 1 else np.concatenate(parts)
