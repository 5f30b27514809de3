"""Sort the tables of one source: sheets of rows, what is stated of the whole, words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel import schema
from medgraph.graphmodel.canonical import shows_error
from medgraph.loaders.loaded import LeftRow
from medgraph.loaders.tabular import meta
from medgraph.loaders.tabular.assembly import Intake
from medgraph.loaders.tabular.sheets import known_header
from medgraph.loaders.tabular.statements import Statements
from medgraph.loaders.tabular.visible_sheets import seen
from medgraph.words.joining import listed
from medgraph.words.personal_data import PERSON_TITLE
from medgraph.words.say import Problem, problem
from medgraph.words.vocabularies import fold
from medgraph.words.workbook_words import EXAMPLE_ROW, OTHER_WORDS_SHEETS

if TYPE_CHECKING:
    from collections.abc import Callable

    from medgraph.loaders.loaded import Loaded
    from medgraph.loaders.tabular.sheets import Sheet

_EXAMPLES_WITHIN = 3  # rows


def is_known(title: str) -> bool:
    """Whether a file or sheet called so is a table, or that of other people's words."""
    return schema.table_named(title) is not None or title in OTHER_WORDS_SHEETS


@dataclass
class SourceTables:
    """What the tables of one source hold, as they are read one after another."""

    sheets: list[Sheet] = field(default_factory=list)
    stated: Statements = field(default_factory=Statements)
    other_words: dict[str, str] = field(default_factory=dict)
    notes: list[Problem] = field(default_factory=list)
    left: list[LeftRow] = field(default_factory=list)

    def leave(self, found: Problem) -> None:
        """Note a row that cannot be read: it is left out."""
        self.notes.append(found)
        self.left.append(LeftRow(found.place, f"{found.message} [{found.code}]"))

    def take(self, title: str, place: str, read: Callable[[schema.Table], Sheet]) -> None:
        """Read the table that a file or sheet called `title` holds; note one that nobody knows."""
        if not is_known(title):
            self.notes.append(problem("W035", place=place, value=place))
            return
        table = schema.table_named(title)
        sheet, told = seen(read(table or schema.META))
        self.notes += told
        sheet = self._without_persons(self._without_errors(sheet))
        if not any(sheet.header) and not self.left:
            self.notes.append(problem("W037", place=place, value=place))
        sheet = self._below_one_header(sheet)
        if table is None:
            self.other_words |= meta.words_of(sheet)
        elif table is schema.META:
            meta.read(sheet, self.stated, self.notes)
        else:
            self.sheets.append(self._without_examples(sheet))

    def _without_errors(self, sheet: Sheet) -> Sheet:
        """Empty the cells that show the error of a formula: what they hold is unknown."""
        found = [np.asarray(shows_error(column)) for column in sheet.columns]
        for at, shows in enumerate(found):
            rows = np.flatnonzero(shows)
            if len(rows):
                text = sheet.columns[at][int(rows[0])].as_py()
                place = sheet.place(int(rows[0]), at)
                self.notes.append(problem("W076", place=place, value=text, count=len(rows)))
        if not any(shows.any() for shows in found):
            return sheet
        nothing = pa.scalar(None, pa.string())
        columns = (
            pc.if_else(pa.array(shows), nothing, column)
            for shows, column in zip(found, sheet.columns, strict=True)
        )
        return replace(sheet, columns=tuple(columns))

    def _without_persons(self, sheet: Sheet) -> Sheet:
        """Empty the columns that name persons, or how to reach them: 联系人, 联系电话."""
        columns = list(sheet.columns)
        for at in sheet.unknown:
            filled = len(sheet) - sheet.columns[at].null_count
            if filled and PERSON_TITLE.fullmatch(fold(sheet.header[at])):
                columns[at] = pa.nulls(len(sheet), pa.string())
                place = sheet.place(None, at)
                told = problem("W078", place=place, value=sheet.header[at], count=filled)
                self.notes.append(told)
        return replace(sheet, columns=tuple(columns))

    def _below_one_header(self, sheet: Sheet) -> Sheet:
        """Take out rows that repeat the header, and those below a header of another order."""
        again = [row for row in _doubtful_rows(sheet) if _is_header(sheet, row)]
        kept = np.ones(len(sheet), bool)
        for row in again:
            place = sheet.place(row, None)
            if _has_same_order(sheet, row):
                self.notes.append(problem("W039", place=place, value=sheet.header[0]))
                kept[row] = False
                continue
            titles = listed(_filled(sheet, row).values())
            below = np.arange(row + 1, len(sheet))
            other = problem("E039", place=place, value=titles, count=len(below))
            self.notes.append(other)
            reason = f"{other.message} [{other.code}]"
            self.left += [LeftRow(sheet.place(at, None), reason) for at in below.tolist()]
            kept[row:] = False
            break
        return sheet if kept.all() else sheet.take(np.flatnonzero(kept))

    def _without_examples(self, sheet: Sheet) -> Sheet:
        """Take out the example rows of a template: their first cell says that they are such."""
        if not sheet.columns:
            return sheet
        first = sheet.columns[0].slice(0, _EXAMPLES_WITHIN).to_pylist()
        examples = [row for row, text in enumerate(first) if text and EXAMPLE_ROW.match(text)]
        for row in examples:
            self.notes.append(problem("W036", place=sheet.place(row, 0), value=first[row]))
        return sheet.take(np.setdiff1d(np.arange(len(sheet)), examples)) if examples else sheet

    def load(self, *, lenient: bool) -> Loaded:
        """Return the network that the tables hold, with the account of their rows."""
        intake = Intake(
            self.sheets,
            self.stated,
            notes=self.notes,
            other_words=self.other_words,
            left=self.left,
            stated_at=self.stated.places,
        )
        return intake.load(lenient=lenient)


# -- further headers -------------------------------------------------------------------------------

_TITLES_OF_A_HEADER = 2


def _doubtful_rows(sheet: Sheet) -> list[int]:
    """The rows that may be a header: some cell is a title of this table."""
    fields = sheet.table.fields
    titles = {*filter(None, sheet.header), *(f.name for f in fields), *(f.zh for f in fields)}
    known = pa.array(sorted(titles), pa.string())
    found = np.zeros(len(sheet), bool)
    for column in sheet.columns:
        found |= np.asarray(pc.is_in(column, value_set=known))
    return np.flatnonzero(found).tolist()


def _filled(sheet: Sheet, row: int) -> dict[int, str]:
    """The texts of a row, by column."""
    texts = ((place, column[row].as_py()) for place, column in enumerate(sheet.columns))
    return {place: text for place, text in texts if text is not None}


def _is_header(sheet: Sheet, row: int) -> bool:
    texts = _filled(sheet, row).values()
    is_long = len(texts) >= _TITLES_OF_A_HEADER
    return is_long and all(known_header(sheet.table.name, text) for text in texts)


def _has_same_order(sheet: Sheet, row: int) -> bool:
    texts = _filled(sheet, row).items()
    return all(known_header(sheet.table.name, text) == sheet.fields[at] for at, text in texts)
