"""Account for every cell: used, skipped with a reason, or not understood; together they are the non-empty cells."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from medgraph.loaders.workbooks.grid import Grid
from medgraph.words.say import Problem, problem, say


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
class CellAccount:
    """The fate of every non-empty cell, what was decided, what was not understood, and what is wrong."""

    used: set[tuple[str, int, int]] = field(default_factory=set)
    skipped: dict[tuple[str, int, int], str] = field(default_factory=dict)
    unread_cells: dict[tuple[str, int, int], str] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    cells: int = 0

    def use(self, grid: Grid, row: int, column: int) -> None:
        self.used.add((grid.name, row, column))

    def skip(self, grid: Grid, row: int, column: int, reason: str) -> None:
        self.skipped.setdefault((grid.name, row, column), reason)

    def skip_row(self, grid: Grid, row: int, reason: str) -> None:
        for column, text in enumerate(grid.rows[row]):
            if text is not None:
                self.skip(grid, row, column, reason)

    def leave(
        self, grid: Grid, row: int, column: int | None, value: str, reason: str, advice: str = ""
    ) -> None:
        """Put a cell into 未读懂; what else came of it stays, but it counts as not understood."""
        self.unread.append(Unread(grid.place(row, column), value, reason, advice))
        if column is not None and grid.rows[row][column] is not None:
            self.unread_cells.setdefault((grid.name, row, column), reason)

    def not_loaded(self, grid: Grid, row: int, reason: str) -> None:
        """Count the cells of a row as not understood: they were, but the row could not be loaded."""
        for column in range(len(grid.rows[row])):
            if (grid.name, row, column) in self.used:
                self.unread_cells.setdefault((grid.name, row, column), reason)

    def wrong(
        self, grid: Grid, row: int, column: int, code: str, /, part: str = "", **said: str
    ) -> None:
        """Put a cell into 未读懂 because of a problem, which `check` names too."""
        found = problem(code, place=grid.place(row, column), **said)
        self.problems.append(found)
        self.unread.append(
            Unread(
                found.place + (f" {part.strip()}" if part else ""),
                found.value,
                f"{found.message} [{code}]",
                found.advice,
            )
        )
        if grid.rows[row][column] is not None:
            self.unread_cells.setdefault((grid.name, row, column), found.message)

    def note(self, place: str, text: str) -> None:
        self.decisions.append(Decision(place, text))

    def warn(self, code: str, place: str, /, **said: str) -> None:
        """Say a problem that loses nothing."""
        found = problem(code, place=place, **said)
        self.problems.append(found)
        self.decisions.append(Decision(place, f"{found.message} [{code}]"))

    def close(self, grid: Grid) -> None:
        """Give every cell of a sheet that nobody spoke of its fate: not understood."""
        for row, column in grid.filled():
            self.cells += 1
            key = (grid.name, row, column)
            if key not in self.used and key not in self.skipped and key not in self.unread_cells:
                self.leave(
                    grid,
                    row,
                    column,
                    grid.rows[row][column] or "",
                    say("messy_nobody_uses"),
                    say("messy_nobody_uses_advice"),
                )

    @property
    def counts(self) -> dict[str, int]:
        """Return used, skipped and unread (not understood) cells, and how many there are; each counts once."""
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
