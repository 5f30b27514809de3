"""Tell rows and loads apart by hashes: equal content, equal number, whatever the order."""

from __future__ import annotations

import datetime
import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    Hashes = NDArray[np.int64]


def hashes(table: pa.Table) -> Hashes:
    """Return for every row a number of its content, whatever the order of columns."""
    total = np.zeros(len(table), np.uint64)
    with np.errstate(over="ignore"):
        for name in table.column_names:
            column = table[name].combine_chunks().dictionary_encode()
            if isinstance(column, pa.ChunkedArray):
                column = column.combine_chunks()
            of_values = [_hash(name, value) for value in column.dictionary.to_pylist()]
            by_index = np.array([0, *of_values], np.uint64)  # 0: nothing is stated
            total += by_index[np.asarray(column.indices.cast(pa.int64()).fill_null(-1)) + 1]
    return total.view(np.int64)


def _hash(name: str, value: Any) -> int:
    text = value.isoformat() if isinstance(value, datetime.date) else repr(value)
    content = f"{name}\x00{text}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(content, digest_size=8).digest(), "little")


def digest(parts: Iterable[Hashes], meta: Mapping[str, str]) -> str:
    """Return what tells a whole load from any other: its rows by their hashes, and its meta."""
    with np.errstate(over="ignore"):
        sums = [f"{len(part)}-{part.view(np.uint64).sum():x}" for part in parts]
    stated = repr(sorted(meta.items())).encode()
    return "-".join([*sums, hashlib.blake2b(stated, digest_size=16).hexdigest()])
