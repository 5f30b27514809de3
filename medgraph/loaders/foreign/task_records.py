"""Write what lists of tasks state as the sheet of a ledger that `audit --ledger` reads."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

import pandas as pd

from medgraph.words.attributes import ATTRIBUTES
from medgraph.words.record_titles import LEDGER_TITLES
from medgraph.words.say import language
from medgraph.words.workbook_words import SHEETS

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class TaskLine:
    """What a cell states of a task; `value` is empty where the cell is."""

    subject: str
    item: str
    value: str
    origin: str


def ledger_of(tasks: Sequence[TaskLine]) -> dict[str, pd.DataFrame]:
    """Return the sheet of a ledger by its title; none without tasks."""
    if not tasks:
        return {}
    lang = language()
    columns = ("subject", "item", "value", "origin")
    rows = pd.DataFrame(list(map(astuple, tasks)), columns=list(columns), dtype=object)
    if lang == "zh":
        rows["item"] = [ATTRIBUTES[item] for item in rows["item"]]
        rows = rows.rename(columns={name: LEDGER_TITLES[name][0] for name in columns})
    return {SHEETS["tasks"][lang]: rows}
