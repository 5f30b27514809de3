"""Name the lines of a ledger that no rule has read, so that a slip in an item is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Collection

COLUMNS = ["subject", "item", "value", "period", "origin"]


def unused_lines(ledger: pd.DataFrame | None, read: Collection[str]) -> pd.DataFrame:
    """Return the lines whose item none of the attributes `read` is: subject | item | value | period
    | origin.

    `read` are names, or beginnings of names with `*` behind them.
    """
    if ledger is None or not len(ledger):
        return pd.DataFrame(columns=COLUMNS)
    names = {name.partition("@")[0] for name in read if not name.endswith("*")}
    beginnings = tuple(name.removesuffix("*").partition("@")[0] for name in read if "*" in name)
    kept = [not _is_read(item, names, beginnings) for item in ledger["item"]]
    lines = ledger.loc[kept].reindex(columns=COLUMNS)
    return lines.reset_index(drop=True)


def _is_read(item: Any, names: set[str], beginnings: tuple[str, ...]) -> bool:
    text = str(item).partition("@")[0]
    return text in names or text.startswith(tuple(filter(None, beginnings)) or ("\0",))
