"""Look texts up in whole columns: each entry of a dictionary once, rows follow their entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel.arrays.chunks import address, codes, mask_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from medgraph.graphmodel.arrays.types import Mask, Positions

_EMPTY = pa.array([], pa.string())
_Number = TypeVar("_Number", bound=np.generic)


def positions(
    values: pa.Array | pa.ChunkedArray,
    among: pa.Array | pa.ChunkedArray,
    dtype: type[np.integer[Any]] = np.int32,
) -> Positions:
    """Return the place of each value in `among`, -1 where it is not there.

    >>> positions(pa.array(["b", "c", None]), pa.array(["a", "b"])).tolist()
    [1, -1, -1]
    """
    if isinstance(values, pa.ChunkedArray) and pa.types.is_dictionary(values.type):
        return through(values, lambda entries: positions(entries, among, dtype))
    found = pc.fill_null(pc.index_in(values, value_set=among, skip_nulls=True), -1)
    return np.asarray(found).astype(dtype, copy=False)


def is_among(
    column: pa.ChunkedArray, words: pa.Array | pa.ChunkedArray, *, or_null: bool = False
) -> Mask:
    """Return a mask over rows: those whose text is one of `words` (or null)."""
    if pa.types.is_dictionary(column.type):
        return through(column, lambda entries: mask_of(pc.is_in(entries, value_set=words)), or_null)
    found = pc.is_in(column, value_set=words)
    return mask_of(pc.or_(found, column.is_null()) if or_null and column.null_count else found)


def entries_of(column: pa.ChunkedArray) -> pa.Array:
    """Return every text of a column once; of a dictionary also entries that no row has."""
    if not pa.types.is_dictionary(column.type):
        return pc.unique(column)
    entries = list(_distinct(chunk.dictionary for chunk in column.chunks).values())
    return entries[0] if len(entries) == 1 else pc.unique(pa.chunked_array(entries, pa.string()))


def rows_with(column: pa.ChunkedArray, ids: pa.ChunkedArray) -> Positions:
    """Return the row in `ids` of each text, -1 where it is not there; fast where texts are few."""
    rows = np.flatnonzero(mask_of(pc.is_in(ids, value_set=entries_of(column))))
    found = positions(column, ids.take(pa.array(rows)))
    return np.append(rows, -1)[found]


def places(
    ids: pa.ChunkedArray, *columns: pa.ChunkedArray, numbers: Positions | None = None
) -> list[Positions]:
    """Return the row in `ids` of each value of each column, -1 where it is not there.

    All texts are looked up in one table; an array that is `ids` itself, or equal to it (Parquet is
    written so), is known by comparing. `numbers` holds another number for each row, and -1 behind
    them all: it is returned in place of the row.
    """
    parts = _distinct(part for column in columns for part in _texts(column))
    whole = ids.chunk(0) if ids.num_chunks == 1 else None
    known: dict[tuple[int, ...], _Numbers] = {}
    unknown: dict[tuple[int, ...], pa.Array] = {}
    for key, part in parts.items():
        if whole is not None and _is_same(part, whole):
            known[key] = numbers
        else:
            unknown[key] = part
    if unknown:
        found = positions(pa.chunked_array(unknown.values(), pa.string()), ids)
        stops = np.cumsum([len(part) for part in unknown.values()])[:-1]
        for key, rows in zip(unknown, np.split(found, stops), strict=True):
            rows = np.append(rows, np.int32(-1))
            known[key] = rows if numbers is None else numbers[rows]
    return [_numbers(column, known) for column in columns]


# The number of each entry of an array, and -1 behind them all; None: its place is its number.
_Numbers: TypeAlias = "Positions | None"


def _numbers(column: pa.ChunkedArray, known: dict[tuple[int, ...], _Numbers]) -> Positions:
    """The number of each row of a column."""
    is_dictionary = pa.types.is_dictionary(column.type)
    parts: list[Positions] = []
    for chunk in column.chunks:
        numbers = known[address(chunk.dictionary if is_dictionary else chunk)]
        entries = codes(chunk) if is_dictionary else np.arange(len(chunk))
        numbered = entries if numbers is None else numbers[entries]
        parts.append(numbered.astype(np.int32, copy=False))
    return parts[0] if len(parts) == 1 else np.concatenate([np.zeros(0, np.int32), *parts])


def _texts(column: pa.ChunkedArray) -> Iterable[pa.Array]:
    if pa.types.is_dictionary(column.type):
        return [chunk.dictionary for chunk in column.chunks]
    chunks: list[pa.Array] = column.chunks
    return chunks


def _distinct(parts: Iterable[pa.Array]) -> dict[tuple[int, ...], pa.Array]:
    """The arrays by their address, each once."""
    return {address(part): part for part in parts}


def _is_same(part: pa.Array, whole: pa.Array) -> bool:
    return address(part) == address(whole) or bool(part.equals(whole))


def through(
    values: pa.ChunkedArray,
    look: Callable[[pa.Array], NDArray[_Number]],
    missing: int | bool = -1,
) -> NDArray[_Number]:
    """Return what `look` says of each entry of a dictionary, row by row; `missing` for no value."""
    known: dict[tuple[int, ...], NDArray[_Number]] = {}
    parts: list[NDArray[_Number]] = []
    for chunk in values.chunks:
        key = address(chunk.dictionary)
        if key not in known:
            found = look(chunk.dictionary)
            known[key] = np.append(found, np.array([missing], found.dtype))
        parts.append(known[key][codes(chunk)])
    if not parts:
        return look(_EMPTY)
    return parts[0] if len(parts) == 1 else np.concatenate(parts)
