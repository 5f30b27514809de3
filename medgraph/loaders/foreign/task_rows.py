"""Read a list of tasks: who answers for each, till when, and how far it is.

A task is no node: what is stated of it is a line of a ledger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.loaders.foreign.stated_links import FILLED_DOWN, TYPED, origin_of
from medgraph.loaders.foreign.task_records import TaskLine
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.loaders.foreign.reading_state import ReadingState
    from medgraph.loaders.foreign.sheet_rows import Row

# What a column states of the task of its row, and the attribute that a policy pack asks for.
_ITEMS = {
    "lead": "task.department",
    "task_department": "task.department",
    "task_post": "task.post",
    "task_deadline": "task.deadline",
    "task_progress": "task.progress",
}


class TaskRows:
    """Read the rows of lists of tasks."""

    def __init__(self, state: ReadingState) -> None:
        self._state = state
        self._told: set[str] = set()

    def of_row(self, row: Row) -> bool:
        """Keep what a row states of its task; return whether it names one."""
        subject = self._subject(row)
        if not subject:
            return False
        said: dict[str, TaskLine] = {}
        for meaning, item in _ITEMS.items():
            cell = row.cell(meaning)
            if cell is not None:
                self._state.account.use(cell)
                how = FILLED_DOWN if row.is_filled_down(cell) else TYPED
                said.setdefault(item, TaskLine(subject, item, cell.text, origin_of(cell, how)))
            elif row.sheet.column(meaning) is not None:
                origin = origin_of(row.cell_for_sheet(""), TYPED)
                said.setdefault(item, TaskLine(subject, item, "", origin))
        self._state.tasks += said.values()
        return True

    def _subject(self, row: Row) -> str:
        """What the task of a row is called, each by another name: two may read alike."""
        texts = {}
        for meaning in ("task", "task_part"):
            cell = row.cell(meaning)
            if cell is not None:
                self._state.account.use(cell)
                texts[meaning] = " ".join(cell.text.split())
        called = "".join(texts.values())
        if len(texts) > 1:
            called = say("task_part_of", task=texts["task"], part=texts["task_part"])
        if called and called in self._told:
            called = say("task_again", task=called, row=row.own + 1)
        self._told.add(called)
        return called
