"""Give the account of a source as JSON, piece by piece: millions of rows may be left out of it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from medgraph.cli.formats import pretty_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medgraph.loaders.loaded import LeftRow, Loaded

_ROWS_AT_ONCE = 10_000
_END = " []\n}\n"  # of an account without such rows, whose list comes last


def account_json(loaded: Loaded) -> Iterator[str]:
    """Yield pieces that are, joined, what `pretty_json` makes of the account."""
    whole = pretty_json(replace(loaded, left_rows=()).to_dict())
    rows = loaded.left_rows
    if not rows:
        yield whole
        return
    yield whole.removesuffix(_END) + " [\n"
    for begin in range(0, len(rows), _ROWS_AT_ONCE):
        lines = ",\n".join(map(_row, rows[begin : begin + _ROWS_AT_ONCE]))
        is_last = begin + _ROWS_AT_ONCE >= len(rows)
        yield lines + ("\n ]\n}\n" if is_last else ",\n")


def _row(row: LeftRow) -> str:
    place, reason = (json.dumps(text, ensure_ascii=False) for text in (row.place, row.reason))
    return f'  {{\n   "place": {place},\n   "reason": {reason}\n  }}'
