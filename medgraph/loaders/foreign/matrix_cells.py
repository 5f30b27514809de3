"""Read the cells of a matrix: facilities down; groups, centres or relations across."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.graphmodel import schema
from medgraph.graphmodel.made_ids import made_id
from medgraph.loaders.foreign.cell_account import Cell
from medgraph.loaders.foreign.roles import relation_of_role
from medgraph.words.foreign_workbooks import (
    NO_TICKS,
    SIGN_EXPLAINED,
    TICKS,
)
from medgraph.words.simplified import simple
from medgraph.words.vocabularies import fold, word

if TYPE_CHECKING:
    from medgraph.loaders.foreign.cell_references import CellReferences
    from medgraph.loaders.foreign.facilities import Facility
    from medgraph.loaders.foreign.groups import Groups
    from medgraph.loaders.foreign.mapping import Column
    from medgraph.loaders.foreign.reading_state import ReadingState
    from medgraph.loaders.foreign.sheet_rows import Row
    from medgraph.loaders.workbooks.grid import Grid

# Across stand those whom the title names, and never names in the cells.
_NAMED_BY_TITLE = ("MEMBER_OF", "USES_CENTRE")


class MatrixCells:
    """Read cells whose column states a relation."""

    def __init__(self, state: ReadingState, references: CellReferences, groups: Groups) -> None:
        self._state, self._references, self._groups = state, references, groups
        self._explained: dict[str, dict[str, str]] = {}

    def read(self, row: Row, known: Column, cell: Cell, facilities: list[Facility]) -> None:
        """A tick links the facilities to the title of the column, a name to whom it names."""
        folded = fold(cell.text)
        if cell.text in NO_TICKS or folded in NO_TICKS:
            self._state.account.use(cell)
            return
        role = self._role(row, cell) if known.relation == "MEMBER_OF" else ""
        if cell.text in TICKS or role:
            relation = "LEADS" if role == "LEADS" else known.relation
            self._link_to_title(row, known, relation, cell, facilities)
        elif known.relation in _NAMED_BY_TITLE:
            self._state.account.wrong(cell, "E178")
        else:
            self._link_to_named(row, known.relation, cell, facilities)

    def _role(self, row: Row, cell: Cell) -> str:
        """The relation that a cell says, as a word or a sign that the sheet explains."""
        grid = row.sheet.grid
        if grid.title not in self._explained:
            self._explained[grid.title] = _signs_explained(grid)
        role = self._explained[grid.title].get(cell.text, cell.text)
        return relation_of_role(role)

    def _link_to_named(
        self, row: Row, relation: str, cell: Cell, facilities: list[Facility]
    ) -> None:
        for other, place, how in self._references.of_cell(row, cell):
            for facility in facilities:
                self._state.link(facility, relation, other.id, other.name, place, how)

    def _link_to_title(
        self, row: Row, known: Column, relation: str, cell: Cell, facilities: list[Facility]
    ) -> None:
        header_row = row.sheet.header.last
        title = known.title.split("/")[-1]
        title_cell = Cell(row.sheet.grid, header_row, cell.column, title)
        target = self._named_by(title_cell, known.relation)
        if target:
            self._state.account.use(cell)
            for facility in facilities:
                self._state.link(facility, relation, target, title, cell)

    def _named_by(self, title_cell: Cell, relation: str) -> str | None:
        """The id of what the title of a column names: a group, or a centre."""
        if relation == "MEMBER_OF":
            group = self._groups.called(title_cell)
            return group.id if group else None
        return self._centre(title_cell) if relation == "USES_CENTRE" else None

    def _centre(self, title_cell: Cell) -> str:
        """The id of a centre, entered where it is new."""
        title = title_cell.text
        id = self._state.free_id(made_id(title), "SharedCentre")
        if id not in self._state.records:
            record = {"id": id, "name": title, "type": word("centre_type", title) or "other"}
            self._state.records[id] = self._state.rows.add(schema.CENTRES, title_cell, record)
        return id


def _signs_explained(grid: Grid) -> dict[str, str]:
    """The signs that a line of a sheet explains, each with the role that it stands for."""
    texts = (text for row in grid.rows for text in row if text)
    return {sign: role for text in texts for sign, role in SIGN_EXPLAINED.findall(simple(text))}
