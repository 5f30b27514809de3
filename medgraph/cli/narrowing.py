"""Show some rows and columns of an answer, and say how many are left; its accounts stay whole."""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from medgraph.errors import OptionError
from medgraph.queries.results import together
from medgraph.visuals.headings import heading, state_label, type_label
from medgraph.words.foreign_workbooks import ROW_BREAK
from medgraph.words.nearness import nearest_few
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from medgraph.queries.results import Answer

_CONDITION = re.compile(r"\s*(?P<column>.+?)\s*(?P<sign>!=|>=|<=|=|~|>|<)\s*(?P<value>.*?)\s*")
_ORDERS: dict[str, Callable[[Any, Any], Any]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}


@dataclass(frozen=True)
class Condition:
    """What a row must state in a column: `=`, `!=`, `~` (contains), `>`, `>=`, `<`, `<=` a value.

    A value may be written as a code or as people read it. A row that states nothing there meets
    `=` with an empty value alone.
    """

    column: str
    sign: str
    value: str

    @classmethod
    def of(cls, text: str) -> Condition:
        """Read a condition as it is typed; raise OptionError where it is none."""
        found = _CONDITION.fullmatch(text)
        if found is None:
            raise OptionError(say("narrowing.no_condition", text=text))
        return cls(found["column"], found["sign"], found["value"])

    def holds(self, column: pd.Series) -> pd.Series:
        """Return a mask over rows."""
        stated = column.notna()
        if not self.value and self.sign in ("=", "!="):
            return ~stated if self.sign == "=" else stated
        if self.sign in _ORDERS:
            found = pd.Series(False, index=column.index)
            found[stated] = self._in_order(column[stated])
            return found
        written = _as_written(column[stated])
        found = pd.Series(False, index=column.index)
        found[stated] = written.map({text: self._is_meant(text) for text in written.unique()})
        return found

    def _is_meant(self, text: str) -> bool:
        """Whether a stated value is, is not or contains the one asked for, as code or in words."""
        writings = {text, state_label(text), type_label(text)}
        if self.sign == "~":
            return any(self.value in writing for writing in writings)
        return (self.value in writings) == (self.sign == "=")

    def _in_order(self, column: pd.Series) -> pd.Series:
        compare = _ORDERS[self.sign]
        is_day = pd.api.types.is_datetime64_any_dtype(column)
        numbers = pd.to_numeric(column, errors="coerce")
        if is_day or numbers.isna().any():  # days as ISO text, and words
            return _as_written(column).map(lambda text: bool(compare(text, self.value)))
        try:
            limit = float(self.value)
        except ValueError as error:
            raise OptionError(
                say("narrowing.no_number", column=self.column, value=self.value)
            ) from error
        found: pd.Series = compare(numbers.astype(float), limit)
        return found


def _as_written(column: pd.Series) -> pd.Series:
    """The values of a column as CSV writes them, days as ISO text."""
    if pd.api.types.is_datetime64_any_dtype(column):
        days: pd.Series = column.dt.strftime("%Y-%m-%d")
        return days
    return column.astype(str)


@dataclass(frozen=True)
class Narrowing:
    """Which rows and columns are shown: all without any condition."""

    where: tuple[Condition, ...] = ()
    columns: tuple[str, ...] = ()
    top: int | None = None

    @classmethod
    def of(cls, where: Sequence[str], columns: str | None, top: int | None) -> Narrowing:
        """Read the options as they are typed; columns stand between commas."""
        named = (name.strip() for name in ROW_BREAK.split(columns or ""))
        return cls(tuple(map(Condition.of, where)), tuple(filter(None, named)), top)

    def of_answer(self, answer: Answer) -> Shown:
        """Return what is shown of an answer; raise OptionError for a column that it has not."""
        parts = [answer.frame, answer.unknown, answer.excluded]
        asked = (*(condition.column for condition in self.where), *self.columns)
        known = list(dict.fromkeys(name for part in parts for name in map(str, part.columns)))
        meant = {name: _meant(name, known) for name in asked}
        shown = [self._of_frame(part, meant) for part in parts]
        notes = self._notes(parts, shown, meant)
        frame, unknown, excluded = shown
        return Shown(answer, frame, unknown, excluded, notes)

    def _of_frame(self, frame: pd.DataFrame, meant: dict[str, str]) -> pd.DataFrame:
        for condition in self.where:
            column = meant[condition.column]
            if column not in frame.columns:
                frame = frame.head(0)
                continue
            frame = frame[condition.holds(frame[column])]
        if self.columns:
            kept = [meant[name] for name in self.columns if meant[name] in frame.columns]
            frame = frame[kept]
        return frame if self.top is None else frame.head(self.top)

    def _notes(
        self, parts: list[pd.DataFrame], shown: list[pd.DataFrame], meant: dict[str, str]
    ) -> tuple[str, ...]:
        """Say how many rows are shown of how many, and how many state nothing to go by."""
        total, left = sum(map(len, parts)), sum(map(len, shown))
        if left == total:
            return ()
        silent = [
            say("narrowing.silent", count=count, column=condition.column)
            for condition in self.where
            if condition.value and (count := _silent(parts, meant[condition.column]))
        ]
        return (say("narrowing.shown", shown=left, total=total), *silent)


@dataclass(frozen=True)
class Shown:
    """An answer with the rows of it that are shown, and what is said of the others."""

    answer: Answer
    frame: pd.DataFrame
    unknown: pd.DataFrame
    excluded: pd.DataFrame
    notes: tuple[str, ...] = ()

    @property
    def everything(self) -> pd.DataFrame:
        """Rows, unknown and excluded together, as CSV and XLSX hold them."""
        return together(self.frame, self.unknown, self.excluded)


def _meant(name: str, known: list[str]) -> str:
    """The column that is meant by its code or its heading."""
    headings = {heading(column): column for column in known}
    if name in known:
        return name
    if name in headings:
        return headings[name]
    near = nearest_few(name, [*known, *headings])
    listed = say("list_comma").join(near or known)
    raise OptionError(say("narrowing.no_column", column=name, known=listed))


def _silent(parts: list[pd.DataFrame], column: str) -> int:
    """How many rows state nothing in a column."""
    return sum(
        int(part[column].isna().sum()) if column in part.columns else len(part) for part in parts
    )
