"""Find the facilities that cells refer to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from medgraph.loaders.foreign.cell_account import Open
from medgraph.loaders.foreign.cell_names import name_unsure, names_in, note_match
from medgraph.loaders.foreign.stated_links import ASSUMED, FILLED_DOWN, MATCHED, split_or_typed
from medgraph.loaders.tabular.cells import WrongError
from medgraph.loaders.tabular.references import item
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medgraph.loaders.foreign.cell_account import Cell
    from medgraph.loaders.foreign.facilities import Facility, Found
    from medgraph.loaders.foreign.facility_rows import FacilityRows
    from medgraph.loaders.foreign.list_cells import Part
    from medgraph.loaders.foreign.reading_state import ReadingState
    from medgraph.loaders.foreign.sheet_rows import Row, SheetRows


class Reference(NamedTuple):
    """A facility that a cell refers to, and how it came out of the cell."""

    facility: Facility
    cell: Cell
    how: str


class CellReferences:
    """Find the facilities that cells refer to."""

    def __init__(self, state: ReadingState, facility_rows: FacilityRows) -> None:
        self._state, self._facility_rows = state, facility_rows

    def of_cell(self, row: Row, cell: Cell | None, *, asks: bool = False) -> list[Reference]:
        """Return the facilities that a cell refers to; who cannot be told is named.

        A full name that nobody has yet is a new facility: an assumed one, where the column `asks`.
        """
        stated = self._state.stated(cell)
        if stated is None:
            return []
        parts = names_in(self._state, row.sheet, stated)
        if not parts:
            return []
        county = self._facility_rows.places.of_row(row).county
        return list(self._references(row, stated, parts, county, asks))

    def _references(
        self, row: Row, cell: Cell, parts: tuple[Part, ...], county: str, asks: bool
    ) -> Iterator[Reference]:
        from_cell = split_or_typed(len(parts))
        for number, part in enumerate(parts, 1):
            found = self._find(row.sheet, cell, part, county, item(number, len(parts)))
            if found is None:
                continue
            facility, how = found
            origin = FILLED_DOWN if row.is_filled_down(cell) else from_cell
            if facility is None and asks and self._is_none(row.sheet, part):
                self._state.account.skip(cell, say("foreign_skip_no_facility"))
                continue
            if facility is None:
                facility = self._new(row, cell, part, from_cell, asks)
            elif how != "name":
                origin = MATCHED
                note_match(self._state, cell, part, facility, how)
            if facility.id in self._state.assumed:
                self._ask(row.sheet, cell, facility)
            self._state.account.use(cell)
            yield Reference(facility, cell, origin)

    def _new(self, row: Row, cell: Cell, part: Part, how: str, asks: bool) -> Facility:
        """Enter a facility; one of a column that asks is assumed till somebody has said yes."""
        is_assumed = asks and self._answer(row.sheet, part.name) != "yes"
        facility = self._facility_rows.enter_named(row, cell, part, ASSUMED if is_assumed else how)
        if is_assumed:
            self._state.assumed.add(facility.id)
        return facility

    def _is_none(self, sheet: SheetRows, part: Part) -> bool:
        return self._answer(sheet, part.name) == "no"

    def _answer(self, sheet: SheetRows, name: str) -> str:
        """What somebody has answered whether a name is a facility."""
        return self._state.mapping.answers.get(f"facility:{sheet.grid.name}:{name}", "")

    def _ask(self, sheet: SheetRows, cell: Cell, facility: Facility) -> None:
        """Ask whether a name is a facility that has no row of its own."""
        asked = Open("facility", sheet.grid.name, facility.name, facility.name, [cell.place], 1)
        asked.assumed, asked.why = "yes", sheet.columns[cell.column].title
        self._state.account.ask(asked)

    def _find(
        self, sheet: SheetRows, cell: Cell, part: Part, county: str, item: str
    ) -> Found | None:
        """Whom a name means; None, and named, where that cannot be told."""
        try:
            return self._state.directory.find(part.name, county)
        except WrongError as error:
            name_unsure(self._state, sheet, cell, part, error, item)
            return None
