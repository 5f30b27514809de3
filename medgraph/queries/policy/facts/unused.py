"""Name the lines of a ledger that no rule has read, so that a slip in an item is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from medgraph.words.attributes import attribute_of
from medgraph.words.stated import stated

if TYPE_CHECKING:
    from collections.abc import Collection

COLUMNS = ["subject", "item", "value", "period", "origin"]


def unused_lines(ledger: pd.DataFrame | None, read: Collection[str]) -> pd.DataFrame:
    """Return the lines without a subject or a value, and those whose item no rule has `read`.

    Their columns: subject | item | value | period | origin.

    `read` are names, or beginnings of names with `*` behind them.
    """
    if ledger is None or not len(ledger):
        return pd.DataFrame(columns=COLUMNS)
    names = {name.partition("@")[0] for name in read if not name.endswith("*")}
    beginnings = tuple(name.removesuffix("*").partition("@")[0] for name in read if "*" in name)
    columns = zip(ledger["subject"], ledger["item"], ledger["value"], strict=True)
    kept = [
        not (_says(subject) and _says(value) and _is_read(item, names, beginnings))
        for subject, item, value in columns
    ]
    lines = ledger.loc[kept].reindex(columns=COLUMNS)
    return lines.reset_index(drop=True)


def _says(cell: Any) -> bool:
    return bool(pd.notna(cell)) and stated(str(cell)) is not None


def _is_read(item: Any, names: set[str], beginnings: tuple[str, ...]) -> bool:
    text = attribute_of(str(item).strip()).partition("@")[0]
    return text in names or text.startswith(tuple(filter(None, beginnings)) or ("\0",))
