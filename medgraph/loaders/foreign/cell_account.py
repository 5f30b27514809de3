"""Account for every cell: used, skipped with a reason, or not understood.

Together these are all non-empty cells.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from medgraph.words.personal_data import HIDDEN
from medgraph.words.say import Problem, problem, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medgraph.loaders.workbooks.grid import Grid

Key = tuple[str, int, int]


class Cell(NamedTuple):
    """A cell of a sheet and the text that it gives; row and column count from 0."""

    grid: Grid
    row: int
    column: int
    text: str = ""

    @property
    def key(self) -> Key:
        """What tells the cell from all others of the workbook: where in the file it stands."""
        return (self.grid.name, *self.grid.origin(self.row, self.column))

    @property
    def place(self) -> str:
        """The address of the cell."""
        return self.grid.place(self.row, self.column)

    @property
    def is_filled(self) -> bool:
        """Whether something stands in the cell itself."""
        return self.grid.rows[self.row][self.column] is not None

    @property
    def lost_digits(self) -> bool:
        """Whether Excel has cut digits of its number."""
        return (self.row, self.column) in self.grid.lost


@dataclass(frozen=True)
class Unread:
    """A cell, or a part of one, that was not used; `reason` says why and `advice` what to do."""

    place: str
    value: str
    reason: str
    advice: str = ""


@dataclass(frozen=True)
class Decision:
    """Something that was decided while reading, with its place."""

    place: str
    text: str


@dataclass
class Open:
    """Something that a person has to say: its kind, its sheet, and the subject it is about.

    `shown` is how people call the subject, `places` the cells it comes from, and `decides` counts
    the facilities or links that depend on it; `assumed` is the answer that holds meanwhile, `why`
    what speaks for it. `cases` are alike, and asked as one; `offered` are answers that only this
    question has.
    """

    kind: str
    sheet: str
    subject: str
    shown: str = ""
    places: list[str] = field(default_factory=list)
    decides: int = 0
    assumed: str = ""
    why: str = ""
    cases: list[str] = field(default_factory=list)
    offered: tuple[str, ...] = ()


@dataclass
class CellAccount:
    """What became of every non-empty cell, what was decided, and what is wrong.

    `lost_values` are the problems that cost the value of one cell and nothing else; `doubtful` are
    the facilities whose days or status are among those values. `candidates` are the facilities that
    a short name may mean.
    """

    used: set[Key] = field(default_factory=set)
    skipped: dict[Key, str] = field(default_factory=dict)
    unread_cells: dict[Key, str] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    asked: dict[tuple[str, str, str], Open] = field(default_factory=dict)
    lost_values: list[Problem] = field(default_factory=list)
    doubtful: set[str] = field(default_factory=set)
    candidates: dict[str, tuple[str, ...]] = field(default_factory=dict)
    cells: int = 0

    def use(self, cell: Cell) -> None:
        """Count a cell as used."""
        self.used.add(cell.key)

    def skip(self, cell: Cell, reason: str) -> None:
        """Count a cell as skipped; its first reason stays."""
        self.skipped.setdefault(cell.key, reason)

    def skip_row(self, grid: Grid, row: int, reason: str) -> None:
        """Count all cells of a row as skipped."""
        for cell in cells_of_row(grid, row):
            self.skip(cell, reason)

    def skip_persons(self, grids: Sequence[Grid]) -> None:
        """Count the cells that named persons, and say how many they are."""
        for grid in grids:
            for row, column in grid.hidden_cells:
                cell = Cell(grid, row, column, grid.rows[row][column] or "")
                if cell.text == HIDDEN:
                    self.skip(cell, say("foreign_skip_person"))
        count = sum(len(grid.hidden_cells) for grid in grids)
        if count:
            self.note("", say("foreign_note_persons", count=count))

    def leave(self, cell: Cell, reason: str, advice: str = "") -> None:
        """Put a cell into 未读懂; what else came of it stays, but it counts as not understood."""
        self.unread.append(Unread(cell.place, cell.text, reason, advice))
        self._count_as_unread(cell, reason)

    def not_valid(self, found: Problem, cell: Cell | None) -> None:
        """Put what was read, and found wrong beside all the rest, into 未读懂."""
        reason = f"{found.message} [{found.code}]"
        self.unread.append(Unread(found.place, found.value, reason, found.advice))
        if cell is not None:
            self._count_as_unread(cell, found.message)

    def not_loaded(self, grid: Grid, row: int, reason: str) -> None:
        """Count the cells of a row as not understood: they were, but it could not be loaded."""
        for column in range(len(grid.rows[row])):
            key = Cell(grid, row, column).key
            if key in self.used:
                self.unread_cells.setdefault(key, reason)

    def wrong(self, cell: Cell, code: str, /, part: str = "", **values: str) -> None:
        """Put a cell, or a `part` of it, into 未读懂 because of a problem, which `check` names too.

        `values` are what the sentence of the problem is filled with; `value` is the cell's text
        where nothing else is given.
        """
        found = problem(code, place=cell.place, **{"value": cell.text, **values})
        self.problems.append(found)
        place = f"{found.place} {part.strip()}" if part else found.place
        reason = f"{found.message} [{code}]"
        self.unread.append(Unread(place, found.value, reason, found.advice))
        self._count_as_unread(cell, found.message)

    def lose(self, cell: Cell, code: str, /, **values: str) -> None:
        """Name a cell that costs its facility one value: all the rest of its row holds."""
        self.wrong(cell, code, **values)
        self.lost_values.append(self.problems[-1])

    def _count_as_unread(self, cell: Cell, reason: str) -> None:
        if cell.is_filled:
            self.unread_cells.setdefault(cell.key, reason)

    def note(self, place: str, text: str) -> None:
        """Keep a decision."""
        self.decisions.append(Decision(place, text))

    def ask(self, question: Open) -> None:
        """Ask something; what is asked again adds its places and what it decides."""
        key = question.kind, question.sheet, question.subject
        first = self.asked.setdefault(key, question)
        if first is not question:
            first.places += question.places
            first.decides += question.decides
            first.cases += question.cases

    def warn(self, code: str, place: str, /, **values: str) -> None:
        """Name a problem that loses nothing."""
        found = problem(code, place=place, **values)
        self.problems.append(found)
        self.note(place, f"{found.message} [{code}]")

    def close(self, grid: Grid) -> None:
        """Count every cell of a sheet that nothing has settled as not understood."""
        for row, column in grid.filled():
            self.cells += 1
            cell = Cell(grid, row, column, grid.rows[row][column] or "")
            if not self._is_settled(cell.key):
                self.leave(cell, say("foreign_nobody_uses"), say("foreign_nobody_uses_advice"))

    def close_known(self, cell: Cell, title: str) -> None:
        """Count a cell of a known column that says nothing in such a row as not understood."""
        if cell.text and not self._is_settled(cell.key):
            self.leave(cell, say("foreign_no_use", column=title), say("foreign_no_use_advice"))

    def is_told(self, cell: Cell) -> bool:
        """Whether it is said why a cell was not read."""
        return cell.key in self.skipped or cell.key in self.unread_cells

    def _is_settled(self, key: Key) -> bool:
        return key in self.used or key in self.skipped or key in self.unread_cells

    @property
    def counts(self) -> dict[str, int]:
        """How many cells were used, skipped, not understood, and all; each counts once."""
        unread = set(self.unread_cells)
        skipped = set(self.skipped) - unread
        used = self.used - unread - skipped
        return {
            "used": len(used),
            "skipped": len(skipped),
            "unread": len(unread),
            "cells": self.cells,
        }

    @property
    def reasons(self) -> Counter[str]:
        """Why cells were skipped, and how many."""
        return Counter(
            reason for key, reason in self.skipped.items() if key not in self.unread_cells
        )


def cells_of_row(grid: Grid, row: int) -> list[Cell]:
    """Return the cells of a row that hold something."""
    return [
        Cell(grid, row, column, text)
        for column, text in enumerate(grid.rows[row])
        if text is not None
    ]
