"""Tell which rows below a header are data: not totals, remarks, repeated headers, other tables."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

from medgraph.loaders.foreign.titles import known_in
from medgraph.words.foreign_workbooks import REMARK, TOTAL_WORDS
from medgraph.words.simplified import readable
from medgraph.words.vocabularies import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from medgraph.loaders.foreign.header import Header
    from medgraph.loaders.foreign.mapping import Column, SheetRule
    from medgraph.loaders.workbooks.grid import Grid

_LABEL_CELLS = 3  # a row of totals says so in one of its first cells
_LONGEST_LABEL = 24  # what a label may hold beside the word


class RowKind(Enum):
    """What a row below the header is; the value of a skipped one is the key of its reason."""

    LEFT_OUT = "foreign_skip_rule"
    STRUCK = "foreign_skip_struck"
    HIDDEN = "foreign_skip_hidden"
    HEADER_AGAIN = "foreign_header_again"
    OTHER_TABLE = "other table"
    TOTAL = "total"
    REMARK = "remark"
    DATA = "data"


class RowKinds:
    """The kinds of the rows of one sheet."""

    def __init__(
        self, grid: Grid, rule: SheetRule, header: Header, columns: Mapping[int, Column]
    ) -> None:
        self._grid, self._rule, self._header, self._columns = grid, rule, header, columns
        self._head_rows = [_without_blanks(grid.rows[row]) for row in range(header.last + 1)]
        self._title_pieces = {
            piece for title in header.titles for piece in title.written.split("/") if piece
        }
        self._merged_across = {
            top for top, left, bottom, right in grid.merged if top == bottom and right > left
        }

    def of(self, row: int) -> RowKind:
        """Return what a row is."""
        if self._is_left_out(row + 1):
            return RowKind.LEFT_OUT
        if row in self._grid.struck:
            return RowKind.STRUCK
        if row in self._grid.hidden_rows and self._rule.hidden == "skip":
            return RowKind.HIDDEN
        if self._repeats_header(row):
            return RowKind.HEADER_AGAIN
        if known_in(self._grid.rows[row]):
            return RowKind.OTHER_TABLE
        if total_label(self._grid, row):
            return RowKind.TOTAL
        if self._is_remark(row) or not self._has_content(row):
            return RowKind.REMARK
        return RowKind.DATA

    def _is_left_out(self, number: int) -> bool:
        """Whether the mapping leaves a row out; `number` counts from 1, as people see it."""
        rule = self._rule
        is_before = rule.first is not None and number < rule.first
        is_behind = rule.last is not None and number > rule.last
        return number in rule.skip or is_before or is_behind

    def _repeats_header(self, row: int) -> bool:
        texts = _without_blanks(self._grid.rows[row])
        if len(texts) > 1 and (texts <= self._title_pieces or texts in self._head_rows):
            return True
        known = known_in(self._grid.rows[row])
        titles = self._header.titles
        return bool(known) and all(
            column < len(titles) and titles[column].known == meaning
            for column, meaning in known.items()
        )

    def _is_remark(self, row: int) -> bool:
        """Whether a row is a remark below a table, in the first cell, where a name would stand."""
        texts = self._grid.rows[row]
        column = next((column for column, text in enumerate(texts) if text), None)
        if column is None:
            return False
        known = self._columns.get(column)
        is_named = known is None or known.to in ("name", "group", "lead", "serial")
        return is_named and bool(REMARK.match(readable(texts[column] or "")))

    def _has_content(self, row: int) -> bool:
        """Whether a column that counts says something, and it is no line between blocks."""
        texts = self._grid.rows[row]
        if row in self._merged_across and sum(text is not None for text in texts) == 1:
            return False
        return any(
            column < len(texts) and texts[column] is not None
            for column, known in self._columns.items()
            if known.to not in ("skip", "serial")
        )


def is_remark(grid: Grid, row: int) -> bool:
    """Whether the first text of a row is a remark: 注：…, 填表人：…."""
    first = next((text for text in grid.rows[row] if text), "")
    return bool(REMARK.match(readable(first)))


def says_several(grid: Grid, row: int) -> bool:
    """Whether a row says more than one thing, and is none of totals."""
    filled = sum(text is not None for text in grid.rows[row])
    return filled > 1 and not total_label(grid, row)


def total_label(grid: Grid, row: int) -> str:
    """Return the text that makes a row one of totals, empty where it is none."""
    filled = [text for text in grid.rows[row] if text]
    return next((text for text in filled[:_LABEL_CELLS] if _is_total_label(text)), "")


def _is_total_label(text: str) -> bool:
    folded = fold(text)
    return any(
        folded.startswith(word) or folded.endswith(word)
        for word in TOTAL_WORDS
        if len(folded) - len(word) <= _LONGEST_LABEL
    )


def _without_blanks(row: Sequence[str | None]) -> set[str]:
    return {re.sub(r"\s+", "", text) for text in row if text}
