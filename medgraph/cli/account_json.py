"""Give the account of a source as JSON, piece by piece: millions of rows may be left out of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from medgraph.json_text import json_pieces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medgraph.loaders.loaded import Loaded


def account_json(loaded: Loaded) -> Iterator[str]:
    """Yield pieces that are, joined, the account as JSON; the rows that were left out come last."""
    account = replace(loaded, left_rows=()).to_dict()
    account["left_rows"] = ({"place": row.place, "reason": row.reason} for row in loaded.left_rows)
    return json_pieces(account)
