"""Sort the tables of one source: sheets of rows, what is stated of the whole, words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from medgraph.graphmodel import schema
from medgraph.loaders.tabular import meta
from medgraph.loaders.tabular.assembly import Intake
from medgraph.loaders.tabular.statements import Statements
from medgraph.words.say import Problem, problem
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

    def take(self, title: str, place: str, read: Callable[[schema.Table], Sheet]) -> None:
        """Read the table that a file or sheet called `title` holds; note one that nobody knows."""
        if not is_known(title):
            self.notes.append(problem("W035", place=place, value=place))
            return
        table = schema.table_named(title)
        sheet = read(table or schema.META)
        if table is None:
            self.other_words |= meta.words_of(sheet)
        elif table is schema.META:
            meta.read(sheet, self.stated, self.notes)
        else:
            self.sheets.append(self._without_examples(sheet))

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
            stated_at=self.stated.places,
        )
        return intake.load(lenient=lenient)
