"""Read tables of referral counts: how many patients a facility sends up, takes back, or receives.

A count is no link: it becomes a row of records, which `referrals flows --records` reads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.loaders.foreign.cell_values import read_amount
from medgraph.loaders.foreign.meanings import COUNT_MEANINGS
from medgraph.loaders.foreign.referral_records import ReferralCount
from medgraph.loaders.foreign.stated_links import TYPED, origin_of
from medgraph.loaders.tabular.cells import WrongError
from medgraph.words.days import read_day_or_month
from medgraph.words.foreign_workbooks import MONTH_OF_COUNTS, OUTSIDE, REACHING, YEAR
from medgraph.words.lexicon import facility_type
from medgraph.words.say import say
from medgraph.words.simplified import readable
from medgraph.words.vocabularies import PRIMARY_TYPES

if TYPE_CHECKING:
    from medgraph.loaders.foreign.cell_account import Cell
    from medgraph.loaders.foreign.cell_references import CellReferences
    from medgraph.loaders.foreign.facilities import Facility
    from medgraph.loaders.foreign.mapping import Column
    from medgraph.loaders.foreign.reading_state import ReadingState
    from medgraph.loaders.foreign.sheet_rows import Row, SheetRows

_PARTS_OF_UP = ("referred_up_inside", "referred_up_outside")
_UP = ("referred_up", *_PARTS_OF_UP, "received_up")


class ReferralCounts:
    """Read the counts of rows once every facility with a row of its own is known."""

    def __init__(self, state: ReadingState, references: CellReferences) -> None:
        self._state = state
        self._references = references

    def of_row(self, row: Row, facilities: list[Facility]) -> None:
        """Keep what a row counts of its facility; of several nobody can tell whose it is."""
        counts = [(known, cell) for known, cell in row.cells() if known.to in COUNT_MEANINGS]
        receiver = self._receiver(row)
        kept = len(self._state.counts)
        self._keep_all(row, counts, facilities, receiver)
        of_receiver = [one for one in self._state.counts[kept:] if receiver == one.receiver]
        cell = row.cell("referred_to")
        if receiver and not of_receiver and cell is not None:
            advice = say("foreign_no_count_to_advice")
            self._state.account.leave(cell, say("foreign_no_count_to"), advice)

    def _keep_all(
        self,
        row: Row,
        counts: list[tuple[Column, Cell]],
        facilities: list[Facility],
        receiver: str,
    ) -> None:
        if not counts:
            return
        if len(facilities) > 1:
            for _, cell in counts:
                self._state.account.leave(cell, say("foreign_whose"), say("foreign_whose_advice"))
            return
        month = month_of(row.sheet)
        for known, cell in counts:
            self._keep(row, known, cell, facilities[0], receiver, month)

    def _keep(
        self,
        row: Row,
        known: Column,
        cell: Cell,
        facility: Facility,
        receiver: str,
        month: str,
    ) -> None:
        has_parts = any(row.sheet.column(part) is not None for part in _PARTS_OF_UP)
        if known.to == "referred_up" and has_parts:
            self._state.account.skip(cell, say("foreign_skip_sum_of_parts"))
            return
        count = self._count(known, cell)
        if not count:
            return
        called = self._state.directory.told_apart(facility)
        is_primary = facility_type(facility.name) in PRIMARY_TYPES
        sender, to = _ends(known.to, called, receiver, is_primary=is_primary)
        kind = "up" if known.to in _UP else "down"
        origin = origin_of(cell, TYPED)
        self._state.counts.append(ReferralCount(sender, to, month, kind, count, origin))

    def _count(self, known: Column, cell: Cell) -> int:
        """The number in a cell; 0 where it says nothing or, named, where it cannot be read."""
        account = self._state.account
        if self._state.stated(cell) is None:
            return 0
        try:
            read, warning = read_amount(cell.text, whole=True, unit=known.unit)
            if int(read) < 0:
                raise WrongError("E012", {"value": cell.text})
        except WrongError as error:
            account.lose(cell, error.code, **{"column": known.title, **error.said})
            return 0
        if warning:
            account.warn(warning, cell.place, value=cell.text, read=read)
        account.use(cell)
        return int(read)

    # -- who receives ------------------------------------------------------------------------------

    def _receiver(self, row: Row) -> str:
        """The one facility that a row says its patients are sent to; empty where none or several.

        One that stands nowhere else is assumed to be a facility, which is asked.
        """
        found = self._references.of_cell(row, row.cell("referred_to"), asks=True)
        return self._state.directory.told_apart(found[0].facility) if len(found) == 1 else ""


def _ends(meaning: str, facility: str, receiver: str, *, is_primary: bool) -> tuple[str, str]:
    """Who sends and who receives, as far as a column of counts states it.

    What a primary facility counts as sent down came to it; from whom, such a table does not say.
    """
    if meaning == "referred_up_outside":
        return facility, OUTSIDE
    if meaning in ("referred_up", "referred_up_inside"):
        return facility, receiver
    if meaning == "referred_down" and not is_primary:
        return facility, ""
    return "", facility


def month_of(sheet: SheetRows) -> str:
    """Return the month that a table is of, by its first day; empty where it states none, or more.

    The first that speaks of a year decides: a line above its titles, the name of the sheet, or that
    of the file.
    """
    grid = sheet.grid
    above = [text for row in grid.rows[: sheet.header.first] for text in row if text]
    for text in (*above, sheet.title, grid.file):
        said = readable(text)
        if YEAR in said:
            return _month_in(said)
    return ""


def _month_in(text: str) -> str:
    found = MONTH_OF_COUNTS.findall(text)
    if len(found) != 1 or REACHING.search(text):
        return ""
    try:
        return read_day_or_month(found[0].replace(" ", ""), last=False)[0].isoformat()
    except ValueError:
        return ""
