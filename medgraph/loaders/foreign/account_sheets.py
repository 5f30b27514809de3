"""Say the account of a workbook as the sheets 读入说明 and 未读懂."""

from __future__ import annotations

from dataclasses import astuple, fields
from typing import TYPE_CHECKING

import pandas as pd

from medgraph.loaders.foreign.cell_account import Unread
from medgraph.words.foreign_workbooks import REASON_AND_COUNT
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.loaders.foreign.reading import Reading


def accounted(reading: Reading) -> str:
    """Return the account as a sentence: used + skipped + not understood = non-empty cells."""
    return say("tidy_accounted", **reading.account.counts)


def notes_of(reading: Reading) -> pd.DataFrame:
    """Return every decision with its place, the account of cells first.

    Columns: place, what was decided.
    """
    account = reading.account
    rows = [("", accounted(reading))]
    for reason, count in account.reasons.items():
        rows.append(("", REASON_AND_COUNT.format(reason=reason, count=count)))
    rows += [(decision.place, decision.text) for decision in account.decisions]
    heads = [say("tidy_head_place"), say("tidy_head_decision")]
    return pd.DataFrame(rows, columns=heads, dtype=object)


def unread_of(reading: Reading) -> pd.DataFrame:
    """Return what was not used. Columns: place, value, reason, advice."""
    rows = [astuple(unread) for unread in reading.account.unread]
    heads = [say(f"tidy_head_{field.name}") for field in fields(Unread)]
    return pd.DataFrame(rows, columns=heads, dtype=object)
