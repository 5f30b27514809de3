"""Say the account of a workbook as the sheets 读入说明 and 未读懂."""

from __future__ import annotations

import re
from dataclasses import astuple, fields
from typing import TYPE_CHECKING

import pandas as pd

from medgraph.loaders.foreign.cell_account import Unread
from medgraph.words.foreign_workbooks import AND_MORE
from medgraph.words.joining import listed, said_of
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medgraph.loaders.foreign.reading import Reading

_CELL = re.compile(r"(?P<sheet>.*)!(?P<column>[A-Z]+)\d+")
_SHOWN = 3


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
        rows.append(("", said_of(reason, count)))
    rows += [(decision.place, decision.text) for decision in account.decisions]
    heads = [say("tidy_head_place"), say("tidy_head_decision")]
    return pd.DataFrame(rows, columns=heads, dtype=object)


def unread_of(reading: Reading) -> pd.DataFrame:
    """Return what was not used: a line for each column and reason, the most cells first.

    Columns: place, value, reason, advice.
    """
    alike: dict[tuple[str, ...], list[Unread]] = {}
    for unread in reading.account.unread:
        alike.setdefault(_kind_of(unread), []).append(unread)
    most_first = sorted(alike.values(), key=lambda same: -len(same))
    rows = [astuple(_as_one(same)) for same in most_first]
    heads = [say(f"tidy_head_{field.name}") for field in fields(Unread)]
    return pd.DataFrame(rows, columns=heads, dtype=object)


def _kind_of(unread: Unread) -> tuple[str, ...]:
    """What cells have in common that are told in one line: column, reason and advice."""
    found = _CELL.fullmatch(unread.place)
    if found is None:
        return unread.place, unread.value, unread.reason, unread.advice
    reason = unread.reason.replace(unread.value, "") if unread.value else unread.reason
    return found["sheet"], found["column"], reason, unread.advice


def _as_one(same: Sequence[Unread]) -> Unread:
    """Cells that have the reason in common, as one line: the first of them, and how many."""
    first = same[0]
    if len(same) == 1:
        return first
    sheet = first.place.rpartition("!")[0]
    cells = [unread.place.rpartition("!")[2] for unread in same]
    more = say("question_more", count=len(cells)) if len(cells) > _SHOWN else ""
    values = list(dict.fromkeys(unread.value for unread in same if unread.value))
    shown = listed(values[:_SHOWN]) + (AND_MORE if len(values) > _SHOWN else "")
    place = f"{sheet}!{listed(cells[:_SHOWN])}{more}"
    return Unread(place, shown, first.reason, first.advice)
