"""Join the rows of statistics to the facilities of a roster by name; nobody is new unasked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from medgraph.loaders.foreign.case_questions import NO, YES, settled
from medgraph.loaders.foreign.cell_names import name_unsure, note_match
from medgraph.loaders.foreign.facilities import UNEXPLAINED
from medgraph.loaders.foreign.stated_links import ASSUMED, TYPED
from medgraph.loaders.tabular.cells import WrongError
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from medgraph.loaders.foreign.cell_account import Cell
    from medgraph.loaders.foreign.facilities import Facility
    from medgraph.loaders.foreign.list_cells import Part
    from medgraph.loaders.foreign.reading_state import ReadingState
    from medgraph.loaders.foreign.sheet_rows import SheetRows

# A sheet with one of these columns says who belongs together: it is a roster, and no statistics.
_OF_ROSTERS = (
    *("group", "lead", "members", "role", "alliance", "serves", "run_by", "clinics", "relation"),
)


def statistics_beside_roster(sheets: Sequence[SheetRows], counties: Mapping[str, str]) -> set[int]:
    """Return which sheets only describe facilities, beside others that say who belongs together.

    The roster of another county, as `counties` says it of files, is none beside it.
    """
    of_facilities = [
        number
        for number, sheet in enumerate(sheets)
        if sheet.rule.kind in ("facilities", "matrix") and len(sheet)
    ]
    rosters = {number for number in of_facilities if is_roster(sheets[number])}
    with_roster = {counties.get(sheets[number].grid.file, "") for number in rosters}

    def is_beside(number: int) -> bool:
        county = counties.get(sheets[number].grid.file, "")
        return bool(with_roster) and (not county or bool({"", county} & with_roster))

    return {number for number in of_facilities if number not in rosters and is_beside(number)}


def is_roster(sheet: SheetRows) -> bool:
    """Whether a sheet says who belongs together."""
    stated_for_all = "group" in (sheet.rule.sheet_name, *sheet.rule.constants)
    return stated_for_all or any(sheet.column(meaning) is not None for meaning in _OF_ROSTERS)


class Joined(NamedTuple):
    """Whom a name means: a facility, somebody new (with how it is known), or still `is_open`."""

    facility: Facility | None = None
    is_open: bool = False
    how: str = TYPED


class JoinedRows:
    """Find whom the rows of statistics are about, among the facilities that are known by then."""

    def __init__(self, state: ReadingState) -> None:
        self._state = state

    def find(self, sheet: SheetRows, cell: Cell, part: Part, county: str) -> Joined:
        """Return whom a name means; what is not sure is asked."""
        try:
            found, how = self._state.directory.find(part.name, county)
        except WrongError as error:
            return self._asked(sheet, cell, part, error)
        if found is None:
            return self._new(sheet, cell, part)
        if how != "name":
            note_match(self._state, cell, part, found, how)
        return Joined(found)

    def _asked(self, sheet: SheetRows, cell: Cell, part: Part, error: WrongError) -> Joined:
        """Ask whether a short name means the one it may mean; of several, which."""
        may_be = self._state.directory.abbreviated(part.name)
        if error.code != UNEXPLAINED or len(may_be) != 1:
            name_unsure(self._state, sheet, cell, part, error)
            return Joined(is_open=True)
        full = may_be[0]
        case = say("question_case_same", name=part.name, full=full.name)
        said = self._settled("same", sheet, cell, case)
        if said == YES:
            note_match(self._state, cell, part, full, "said")
            return Joined(full)
        if said == NO:
            return Joined()
        reason, advice = say("foreign_short_name"), say("foreign_short_name_advice")
        self._state.account.leave(cell, reason, advice)
        return Joined(is_open=True)

    def _new(self, sheet: SheetRows, cell: Cell, part: Part) -> Joined:
        """Ask whether a full name that the roster has not is a further facility; it is assumed."""
        said = self._settled("new", sheet, cell, part.name)
        if said == NO:
            self._state.account.skip(cell, say("foreign_skip_no_facility"))
            return Joined(is_open=True)
        return Joined(how=TYPED if said else ASSUMED)

    def _settled(self, kind: str, sheet: SheetRows, cell: Cell, case: str) -> str:
        state = self._state
        return settled(state.mapping, state.account, kind, sheet.grid.name, case, cell.place)
