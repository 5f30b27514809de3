"""How much memory and temporary disk a count of records may take, and whether it is there."""

from __future__ import annotations

import math
import re
import shutil
import tempfile
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from medgraph.errors import OptionError
from medgraph.suffixes import GZIP, PARQUET
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

# What DuckDB writes for a row that it puts in the order of persons: of stays, and of referrals that
# are followed (100 million rows of Parquet took 6.9 and 12.7 GB); a line of text has some 60 bytes.
OF_STAY, OF_FOLLOWED = 70, 130
_LINE = 60
_TEXT_OF_GZIP = 8  # bytes of text for one that is compressed
# Of the memory that is allowed this part is DuckDB's own; the rest is for what lies beside it:
# libraries, buffers of files, and the flows that were counted.
_OWN = 0.75
# Of the disk that is free, what a count may take; and how often it may read the records for that.
_OF_FREE, _MOST_PORTIONS = 0.8, 64
_UNITS = {"": 0, "K": 1, "M": 2, "G": 3, "T": 4}
_SIZE = re.compile(r"([0-9.]+)\s*([KMGT]?)(i?)B?", re.IGNORECASE)


def in_bytes(size: str) -> int:
    """Return how many bytes a size is.

    Raise OptionError for what is none.

    >>> in_bytes("4GB"), in_bytes("1.5 KiB")
    (4000000000, 1536)
    """
    written = _SIZE.fullmatch(size.strip())
    try:
        number, unit, binary = written.groups() if written else ("", "", "")
        base = 1024 if binary else 1000
        return int(float(number) * base ** _UNITS[unit.upper()])
    except (ValueError, OverflowError) as error:
        raise OptionError(say("records.bad_memory", value=size)) from error


def own_memory(memory: str) -> int:
    """Return how many bytes DuckDB may hold itself, so that the whole keeps to `memory`.

    >>> own_memory("4GB")
    3000000000
    """
    return int(in_bytes(memory) * _OWN)


def disk_needed(files: Sequence[Path], memory: str, of_row: int) -> int:
    """Return about how many bytes of disk it takes to put records in the order of persons.

    `of_row` is what a row takes: `OF_STAY` or `OF_FOLLOWED`.
    """
    taken = sum(map(_rows_of, files)) * of_row
    return 0 if taken <= own_memory(memory) else int(taken)


def _rows_of(file: Path) -> float:
    """About how many rows a file has; Parquet says it."""
    suffix = file.suffix.lower()
    if suffix == PARQUET:
        return float(pq.read_metadata(file).num_rows)
    text = file.stat().st_size * (_TEXT_OF_GZIP if suffix == GZIP else 1)
    return text / _LINE


def portions_that_fit(needed: int) -> int:
    """Return in how many portions of persons records are counted, so that each fits on the disk.

    Raise OptionError where even the smallest portion does not.
    """
    room = int(shutil.disk_usage(tempfile.gettempdir()).free * _OF_FREE)
    smallest = math.ceil(needed / _MOST_PORTIONS)
    if smallest > room:
        raise OptionError(say("records.disk_short", **_sizes(smallest)))
    return max(1, math.ceil(needed / max(room, 1)))


def statements(needed: int, portions: int) -> Iterator[str]:
    """Say how much temporary disk is needed, where, how much is free, and in how many portions."""
    yield say("records.disk", **_sizes(needed // portions))
    if portions > 1:
        yield say("records.portions", count=portions)


def _sizes(needed: int) -> dict[str, str]:
    folder = tempfile.gettempdir()
    free = shutil.disk_usage(folder).free
    return {
        "folder": folder,
        "needed": f"{needed / 1e9:.1f} GB",
        "free": f"{free / 1e9:.1f} GB",
    }
