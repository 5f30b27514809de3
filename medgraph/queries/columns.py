"""Build the rows of answers column by column, without a loop over rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel.canonical import frame
from medgraph.words.say import say

if TYPE_CHECKING:
    import pandas as pd

    from medgraph.graphmodel.index import Index

SHOWN = 20  # a note names so many; the frames name all
_MARK = "\x00"  # no text of a network holds it


def listed(keys: np.ndarray, texts: pa.Array, asked: np.ndarray, separator: str = "|") -> pa.Array:
    """Return for every value of `asked` the texts whose key equals it, joined; null where there are none."""
    order = np.argsort(keys, kind="stable")
    found = keys[order]
    left = np.searchsorted(found, asked, "left")
    lengths = np.searchsorted(found, asked, "right") - left
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    rows = order[np.repeat(left - offsets[:-1], lengths) + np.arange(offsets[-1])]
    joined = pc.binary_join(
        pa.ListArray.from_arrays(pa.array(offsets), texts.take(pa.array(rows))), separator
    )
    return pc.if_else(pa.array(lengths > 0), joined, pa.scalar(None, pa.string()))


def named(index: Index, positions: np.ndarray) -> pa.Array:
    """Return the name of each position, or its id where it has no name."""
    chosen = pa.array(np.asarray(positions, np.int32))
    return pc.coalesce(index.values("name").take(chosen), index.ids.take(chosen))


def sentences(key: str, /, rows: int, **columns: pa.Array) -> pa.Array:
    """Return `say(key)` once per row with the columns filled in."""
    text = say(key, **{name: f"{_MARK}{name}{_MARK}" for name in columns})
    parts = re.split(_MARK, text)
    pieces = [columns[p] if i % 2 else pa.repeat(p, rows) for i, p in enumerate(parts)]
    return pc.binary_join_element_wise(*pieces, "", null_handling="replace", null_replacement="")


def after(first: pa.Array, second: pa.Array) -> pa.Array:
    """Return both texts one after the other; a null adds nothing."""
    return pc.binary_join_element_wise(
        first, second, "", null_handling="replace", null_replacement=""
    )


def chosen(cases: Sequence[tuple[np.ndarray, pa.Array | str]], rows: int) -> pa.Array:
    """Return per row the value of the first case whose mask holds; null where none does."""
    values = [pa.repeat(v, rows) if isinstance(v, str) else v for _, v in cases]
    which = np.full(rows, -1, np.int32)
    for number in range(len(cases) - 1, -1, -1):
        which[cases[number][0]] = number
    return (
        pc.choose(pa.array(which, mask=which < 0), *values)
        if values
        else pa.nulls(rows, pa.string())
    )


def rows(columns: Mapping[str, Any], mask: np.ndarray | None = None) -> pd.DataFrame:
    """Return a frame of these columns (only where `mask` holds); a column without a value stays."""
    table = pa.table(dict(columns))
    if mask is not None:
        table = table.filter(pa.array(mask))
    return frame(table, keep=tuple(table.column_names))


def few(texts: Sequence[str], total: int | None = None) -> str:
    """Return the first texts as one list, and how many more there are."""
    total = len(texts) if total is None else total
    shown = "、".join(texts[:SHOWN])
    return shown + (say("and_more", count=total - SHOWN) if total > SHOWN else "")


def unique_pairs(one: np.ndarray, other: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the distinct pairs of two aligned arrays of positions below `size`, sorted."""
    keys = np.sort(one.astype(np.int64) * max(size, 1) + other)
    keys = keys[np.diff(keys, prepend=-1) != 0]
    return (keys // max(size, 1)).astype(np.int32), (keys % max(size, 1)).astype(np.int32)


def matched(keys: np.ndarray, sorted_keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the row pairs (in `keys`, in `sorted_keys`) whose keys are equal: an inner join."""
    left = np.searchsorted(sorted_keys, keys, "left")
    lengths = np.searchsorted(sorted_keys, keys, "right") - left
    mine = np.repeat(np.arange(len(keys)), lengths)
    begin = np.cumsum(lengths) - lengths
    return mine, np.arange(len(mine)) - begin[mine] + left[mine]
