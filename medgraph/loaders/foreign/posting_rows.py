"""Read a ledger of postings: who is sent from where to where, with title, role and days.

The days are those of the posting, never of a hospital; the persons themselves are not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.graphmodel import schema
from medgraph.loaders.foreign.cell_values import read_day
from medgraph.loaders.foreign.stated_links import FILLED_DOWN, TYPED
from medgraph.loaders.tabular.cells import WrongError
from medgraph.loaders.workbooks.persons import is_person_title
from medgraph.words.days import names_a_time, span_of_days
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.loaders.foreign.cell_account import Cell
    from medgraph.loaders.foreign.cell_references import CellReferences, Reference
    from medgraph.loaders.foreign.mapping import Column
    from medgraph.loaders.foreign.reading_state import ReadingState
    from medgraph.loaders.foreign.sheet_rows import Row

# What a column of a ledger states of the posting, by what the column means.
_FIELDS = {
    "posting_title": "title",
    "posting_role": "role",
    "posting_days": "days_per_week",
    "posting_staff": "staff",
    "staff": "staff",
    "valid_from": "valid_from",
    "valid_to": "valid_to",
    "note": "note",
}
_DAYS = ("valid_from", "valid_to")
_STATE_DAYS = (*_DAYS, "posting_span")


class PostingRows:
    """Read the rows of ledgers once every facility with a row of its own is known."""

    def __init__(self, state: ReadingState, references: CellReferences) -> None:
        self._state = state
        self._references = references

    def of_row(self, row: Row) -> bool:
        """Read one posting; return whether its row states one."""
        ends = [self._end(row, meaning) for meaning in ("posted_from", "posted_to")]
        attributes = None if self.rests_on_unread_days(row) else self._attributes(row)
        source, target = ends
        if source is None or target is None or attributes is None:
            return False
        how = FILLED_DOWN if FILLED_DOWN in (source.how, target.how) else TYPED
        self._state.link(
            source.facility,
            "DISPATCHES",
            target.facility.id,
            target.facility.name,
            target.cell._replace(row=row.own),
            how if how == FILLED_DOWN else target.how,
            attributes=attributes,
        )
        return True

    def rests_on_unread_days(self, row: Row) -> bool:
        """Whether columns that are not read alone tell when somebody was there: 时间, or months.

        Without them, a posting of two months would be one that holds for ever, and one of none.
        """
        has_days = any(row.sheet.column(meaning) is not None for meaning in _STATE_DAYS)
        times = (names_a_time(title.split("/")[-1]) for title in row.sheet.unread)
        return not has_days and any(times)

    def _end(self, row: Row, meaning: str) -> Reference | None:
        """The one facility at an end of a posting; None, and named, where it is none or several."""
        cell = row.cell(meaning)
        found = self._references.of_cell(row, cell)
        if len(found) > 1 and cell is not None:
            self._state.account.leave(cell, say("foreign_whose"), say("foreign_whose_advice"))
        return found[0] if len(found) == 1 else None

    def _attributes(self, row: Row) -> dict[str, str] | None:
        """What a row states of its posting; None, and named, where one of its days is lost.

        A posting without its day would be one that holds for ever.
        """
        found: dict[str, str] = {}
        for known, cell in row.cells():
            if known.to == "posting_span":
                days = self._span(known, cell)
                if days is None:
                    return None
                found |= days
                continue
            field = _FIELDS.get(known.to)
            if field is None:
                continue
            try:
                read = self._state.read(cell, known, field, schema.LINKS)
            except WrongError as error:
                values = {"column": known.title, **error.said}
                if field in _DAYS:
                    self._state.account.wrong(cell, error.code, **values)
                    return None
                self._state.account.lose(cell, error.code, **values)
                continue
            if read:
                found[field] = read
        if "staff" not in found and self._names_one_person(row):
            found["staff"] = "1"
        return found

    def _span(self, known: Column, cell: Cell) -> dict[str, str] | None:
        """The first and the last day in one cell; None, and named, where it cannot be read."""
        if self._state.stated(cell) is None:
            return {}
        try:
            texts = span_of_days(cell.text)
            ends = dict(zip(_DAYS, texts, strict=True))
            read = {end: read_day(text, last=end == _DAYS[1])[0] for end, text in ends.items()}
        except (ValueError, WrongError):
            self._state.account.wrong(cell, "E013", value=cell.text, column=known.title)
            return None
        self._state.account.use(cell)
        return {end: day for end, day in read.items() if day}

    def _names_one_person(self, row: Row) -> bool:
        """Whether the ledger has a line for each person."""
        titles = row.sheet.header.titles
        return any(is_person_title(title.written.split("/")[-1]) for title in titles)
