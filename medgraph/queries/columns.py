"""Build the rows of answers column by column, without a loop over rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel.arrays.joins import grouped
from medgraph.graphmodel.canonical import frame
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from medgraph.graphmodel.areas import Texts
    from medgraph.graphmodel.arrays.types import Floats, Mask, Positions
    from medgraph.graphmodel.index import Index

SHOWN = 20  # a note names so many; the frames name all
_MARK = "\x00"  # no text of a network holds it
_NO_TEXT = pa.scalar(None, pa.string())


def listed(keys: Positions, texts: Texts, asked: Positions, separator: str = "|") -> Texts:
    """Return for every value of `asked` the texts of its key, joined; null where it has none."""
    offsets, places = grouped(keys, asked)
    lists = pa.ListArray.from_arrays(
        pa.array(offsets.astype(np.int32)), texts.take(pa.array(places))
    )
    has_some = pa.array(np.diff(offsets) > 0)
    return pc.if_else(has_some, pc.binary_join(lists, separator), _NO_TEXT)


def numbers_of(index: Index, column: str) -> Floats:
    """Return a node column as numbers, NaN where none is stated."""
    stated = pc.fill_null(index.values(column).cast(pa.float64()), np.nan)
    found: Floats = stated.to_numpy(zero_copy_only=False)
    return found


def named(index: Index, positions: Positions) -> Texts:
    """Return the name of each position, or its id where it has no name."""
    taken = pa.array(np.asarray(positions, np.int32))
    return pc.coalesce(index.values("name").take(taken), index.ids.take(taken))


def sentences(key: str, /, rows: int, **columns: Texts) -> Texts:
    """Return `say(key)` once for each row, with the values of the columns filled in."""
    text = say(key, **{name: f"{_MARK}{name}{_MARK}" for name in columns})
    pieces = []
    for number, part in enumerate(re.split(_MARK, text)):
        is_name = number % 2 == 1
        pieces.append(columns[part] if is_name else pa.repeat(part, rows))
    return _joined(*pieces)


def sentences_where(key: str, names: Texts) -> Texts:
    """Return `say(key, names=...)` for each row that has names; null for the others."""
    filled = sentences(key, len(names), names=names)
    return pc.if_else(names.is_valid(), filled, _NO_TEXT)


def sentences_by(prefix: str, kinds: Texts, /, **columns: Texts) -> Texts:
    """Return `say(prefix + kind)` for each row by its kind; null for a row without one."""
    cases = []
    for kind in pc.unique(kinds).drop_null().to_pylist():
        is_it = pc.fill_null(pc.equal(kinds, kind), False).to_numpy(zero_copy_only=False)
        cases.append((is_it, sentences(f"{prefix}{kind}", len(kinds), **columns)))
    return first_of(cases, len(kinds))


def after(*texts: Texts) -> Texts:
    """Return the texts of each row one after the other; a null adds nothing."""
    return _joined(*texts)


def _joined(*pieces: Texts) -> Texts:
    return pc.binary_join_element_wise(*pieces, "", null_handling="replace", null_replacement="")


def first_of(cases: Sequence[tuple[Mask, Texts | str]], rows: int) -> Texts:
    """Return for each row the value of the first case whose mask holds; null where none does."""
    if not cases:
        return pa.nulls(rows, pa.string())
    values = [pa.repeat(value, rows) if isinstance(value, str) else value for _, value in cases]
    which = np.full(rows, -1, np.int32)
    for number in reversed(range(len(cases))):
        mask, _ = cases[number]
        which[mask] = number
    return pc.choose(pa.array(which, mask=which < 0), *values)


def rows(columns: Mapping[str, Any], mask: Mask | None = None) -> pd.DataFrame:
    """Return a frame of these columns, only where `mask` holds; an empty column stays."""
    table = pa.table(dict(columns))
    if mask is not None:
        table = table.filter(pa.array(mask))
    return frame(table, keep=tuple(table.column_names))


def few(texts: Sequence[str], total: int | None = None) -> str:
    """Return the first texts as one list, and how many more there are."""
    total = len(texts) if total is None else total
    shown = say("list_comma").join(texts[:SHOWN])
    if total <= SHOWN:
        return shown
    return shown + say("and_more", count=total - SHOWN)


def filled(column: Texts) -> Mask:
    """Return a mask over rows: those that have a value."""
    found: Mask = column.is_valid().to_numpy(zero_copy_only=False)
    return found


def whole_column(value: str, rows: int) -> Texts:
    """Return a column that says the same in every row."""
    return pa.repeat(value, rows)
