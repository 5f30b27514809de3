"""Say where the facilities of a row are: the county and the area that it states."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from medgraph.graphmodel import codes
from medgraph.graphmodel.matching import normal
from medgraph.loaders.foreign.cell_values import read_code
from medgraph.loaders.foreign.county_names import county_begun, is_in_every_county
from medgraph.loaders.tabular.cells import WrongError

if TYPE_CHECKING:
    from medgraph.loaders.foreign.cell_account import Cell
    from medgraph.loaders.foreign.reading_state import ReadingState
    from medgraph.loaders.foreign.sheet_rows import Row, SheetRows

_COUNTY_DIGITS = 6
_AREA_DIGITS = 12


class Place(NamedTuple):
    """The county of a row, as six digits or a name, and the code of its area; empty: unknown.

    `of_file` is the county of its file, where that alone says it.
    """

    county: str
    area: str
    of_file: str = ""


class RowPlaces:
    """Read the places of rows."""

    def __init__(self, state: ReadingState) -> None:
        self._state = state

    def of_row(self, row: Row, name: str = "") -> Place:
        """Return the place of a row: as it states, else as the facility's `name` begins."""
        county = self._county_of_row(row) or self._county_of_sheet(row.sheet)
        in_name = self._in_name(row, name) if name else ""
        area_cell = self._state.stated(row.cell("area"))
        title = row.sheet.title_of("area")
        of_file = "" if county or in_name else self._state.county_of_file(row.sheet.grid)
        near = county or in_name or of_file
        area = self.area(area_cell, title, near) if area_cell else ""
        whole_county = codes.padded(county) if county.isdigit() else ""
        return Place(area[:_COUNTY_DIGITS] or near, area or whole_county, of_file)

    def of_named(self, row: Row, name: str) -> str:
        """Return the county of somebody whom a row names, and who has no row of its own."""
        in_name = self._in_name(row, name)
        is_near = is_in_every_county(name) or bool(self._state.county_of_file(row.sheet.grid))
        return in_name or (self.of_row(row).county if is_near else "")

    def _in_name(self, row: Row, name: str) -> str:
        """The county that a name begins with; beside other files one in no register, too."""
        covered = self._state.areas.county(name)
        is_one_of_many = bool(self._state.county_of_file(row.sheet.grid))
        return covered or (normal(county_begun(name)) if is_one_of_many else "")

    def _county_of_row(self, row: Row) -> str:
        """The county that a row states; one that is not covered still tells namesakes apart."""
        cell = row.cell("county")
        if cell is None:
            return ""
        covered = self._state.areas.county(cell.text)
        if covered:
            self._state.account.use(cell)
        return covered or normal(cell.text)

    def _county_of_sheet(self, sheet: SheetRows) -> str:
        stated = sheet.rule.constants.get("county", "")
        if not stated and sheet.rule.sheet_name == "county":
            stated = sheet.title
        return self._state.areas.county(stated) or normal(stated)

    def area(self, cell: Cell, title: str, county: str, *, item: str = "") -> str:
        """Return the code of the area a cell means; empty, and named, where it means none.

        `item` says which part of a cell it is, where that lists several.
        """
        try:
            self._note_padding(cell, read_code(cell.text, lost=cell.lost_digits))
            only_here = bool(self._state.county_of_file(cell.grid))
            found = self._state.areas.find(cell.text, county, only_here=only_here)
        except WrongError as error:
            values = {**error.said, "column": item or title, "item": item}
            self._state.account.wrong(cell, error.code, part=item, **values)
            return ""
        self._state.account.use(cell)
        return found

    def _note_padding(self, cell: Cell, code: str) -> None:
        """Keep the rows with a code whose zeros had to be added."""
        full = codes.padded(code)
        if full.isdigit() and len(full) == _AREA_DIGITS:
            column = cell.grid.place(0, cell.column)
            rows = self._state.padded_codes.setdefault(column, set())
            if full != code:
                rows.add(cell.row)
