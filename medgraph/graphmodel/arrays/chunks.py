"""See an Arrow column in one piece or as a mask, and tell arrays apart without reading them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from medgraph.graphmodel.arrays.types import Mask, Positions

A = TypeVar("A", bound="NDArray[Any]")


def flat(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """Return a column in one piece."""
    if not isinstance(column, pa.ChunkedArray):
        return column
    if column.num_chunks == 1:
        return column.chunk(0)
    if pa.types.is_dictionary(column.type):
        column = column.unify_dictionaries()
    return column.combine_chunks()


def decoded(column: pa.Array) -> pa.Array:
    """Return a column with plain values in place of a dictionary.

    >>> decoded(pa.array(["a", "b", "a"]).dictionary_encode()).to_pylist()
    ['a', 'b', 'a']
    """
    return column.dictionary_decode() if pa.types.is_dictionary(column.type) else column


def encoded(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Return a column in one piece as a dictionary."""
    is_dictionary = pa.types.is_dictionary(column.type)
    return flat(column if is_dictionary else column.dictionary_encode())


def codes(column: pa.DictionaryArray) -> Positions:
    """Return the place of every row's value in the dictionary, -1 for null.

    >>> codes(pa.array(["a", None, "a"]).dictionary_encode()).tolist()
    [0, -1, 0]
    """
    places: Positions = pc.fill_null(column.indices, -1).to_numpy()
    return places


def address(texts: pa.Array) -> tuple[int, ...]:
    """Return what tells one array from another without reading it."""
    return len(texts), texts.offset, *(b.address if b else 0 for b in texts.buffers())


def mask_of(values: pa.Array | pa.ChunkedArray | Mask) -> Mask:
    """Return a column of yes, no and null as an array; null is no."""
    if isinstance(values, np.ndarray):
        return values
    if not pc.any(values).as_py():
        return np.zeros(len(values), bool)
    return np.asarray(pc.fill_null(values, False))


def unlike(one: pa.Array | pa.ChunkedArray, two: pa.Array | pa.ChunkedArray) -> Mask:
    """Return where values differ; where their types do, every row with a value.

    >>> unlike(pa.array(["a", None, "b"]), pa.array(["a", None, "c"])).tolist()
    [False, False, True]
    """
    if one.type != two.type:
        return mask_of(pc.or_(one.is_valid(), two.is_valid()))
    if one.equals(two):
        return np.zeros(len(one), bool)
    both_empty = pc.and_(one.is_null(), two.is_null())
    return ~mask_of(pc.or_(pc.fill_null(pc.equal(one, two), False), both_empty))


def closed(array: A) -> A:
    """Return an array that many share, so that nobody can change it."""
    array.flags.writeable = False
    return array


def rows_of(mask: pa.Array | pa.ChunkedArray | Mask) -> Positions:
    """Return the rows where the mask says yes."""
    return np.flatnonzero(mask_of(mask))
