"""Read the links that rows state: leads and members of groups, areas served, alliances."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.graphmodel import schema
from medgraph.loaders.foreign.cell_account import Cell, cells_of_row
from medgraph.loaders.foreign.cell_names import names_in
from medgraph.loaders.foreign.cell_references import CellReferences, Reference
from medgraph.loaders.foreign.groups import Group, Groups, seems_to_lead
from medgraph.loaders.foreign.stated_links import FILLED_DOWN, split_or_typed
from medgraph.loaders.tabular.references import item
from medgraph.words.foreign_workbooks import (
    LEAD_ROLES,
    MEMBER_ROLES,
    NO_TICKS,
    ROLES_ALLOWED,
    TICKS,
)
from medgraph.words.say import say
from medgraph.words.vocabularies import fold, word

if TYPE_CHECKING:
    from medgraph.loaders.foreign.facilities import Facility
    from medgraph.loaders.foreign.facility_rows import FacilityRows
    from medgraph.loaders.foreign.mapping import Column
    from medgraph.loaders.foreign.reading_state import ReadingState
    from medgraph.loaders.foreign.sheet_rows import SheetRows

_RELATION_OF_ROLE = {
    **dict.fromkeys(MEMBER_ROLES, "MEMBER_OF"),
    **dict.fromkeys(LEAD_ROLES, "LEADS"),
}


class RowLinks:
    """Read the links of rows once every facility with a row of its own is known."""

    def __init__(self, state: ReadingState, facility_rows: FacilityRows) -> None:
        self._state = state
        self._places = facility_rows.places
        self._references = CellReferences(state, facility_rows)
        self.groups = Groups(state)

    # -- a row of a group --------------------------------------------------------------------------

    def of_group_row(self, sheet: SheetRows, index: int) -> int:
        """Read a row that speaks of a group; return how many members it names."""
        meaning = "name" if sheet.column("group") is None else "group"
        group, _ = self.groups.of_row(sheet, index, meaning)
        members = self._references.of_cell(sheet, index, sheet.cell(index, "members"))
        if group is None:
            self._leave_row(sheet, index)
            return len(members)
        leads = self._references.of_cell(sheet, index, sheet.cell(index, "lead"))
        leading = {lead.facility.id for lead in leads}
        self._link_all(leads, "LEADS", group)
        others = [member for member in members if member.facility.id not in leading]
        self._link_all(others, "MEMBER_OF", group)
        for known, cell in sheet.cells(index):
            if known.to in ("note", "short_name"):
                group.record.setdefault(known.to, cell.text)
                self._state.account.use(cell)
        return len(members)

    def _link_all(self, references: list[Reference], relation: str, group: Group) -> None:
        for facility, cell, how in references:
            self._state.link(facility, relation, group.id, group.name, cell, how)

    def _leave_row(self, sheet: SheetRows, index: int) -> None:
        """Name the cells of a row that names nobody."""
        account = self._state.account
        for cell in cells_of_row(sheet.grid, sheet.rows[index]):
            if cell.key not in account.unread_cells and cell.key not in account.skipped:
                account.leave(cell, say("messy_nameless_row"), say("messy_nameless_row_advice"))

    # -- a row of facilities -----------------------------------------------------------------------

    def of_facility_row(self, sheet: SheetRows, index: int, facilities: list[Facility]) -> int:
        """Read the links that a row states of its facilities; return how many they are."""
        if not facilities:
            self._leave_row(sheet, index)
            return 0
        group, group_cell = self.groups.of_row(sheet, index)
        lead_cell = sheet.cell(index, "lead")
        leads = self._references.of_cell(sheet, index, lead_cell)
        if group is not None:
            self._link_all(leads, "LEADS", group)
            how = split_or_typed(len(facilities))
            if group_cell is not None and sheet.is_filled_down(index, group_cell):
                how = FILLED_DOWN
            leading = {lead.facility.id for lead in leads}
            members = [one for one in facilities if one.id not in leading]
            self._add_memberships(sheet, index, members, group, how)
        elif leads and lead_cell is not None:
            reason = say("messy_lead_without_group")
            self._state.account.leave(lead_cell, reason, say("messy_lead_without_group_advice"))
        for known, cell in sheet.cells(index):
            self._read_further_links(sheet, index, known, cell, facilities)
        return len(facilities)

    def _add_memberships(
        self, sheet: SheetRows, index: int, members: list[Facility], group: Group, how: str
    ) -> None:
        """Link the facilities of a row to its group, as the role says."""
        name_cell = sheet.name_cell(index)
        role_cell = sheet.cell(index, "role")
        relation = "MEMBER_OF" if role_cell is None else self._relation_of(role_cell)
        if not relation or name_cell is None:
            return
        nobody_says_who_leads = role_cell is None and sheet.column("lead") is None
        for member in members:
            if nobody_says_who_leads and seems_to_lead(member.name, group.name):
                reason = say("messy_seems_lead", group=group.name)
                cell = name_cell._replace(text=member.name)
                self._state.account.leave(cell, reason, say("messy_seems_lead_advice"))
            else:
                self._state.link(member, relation, group.id, group.name, name_cell, how)

    def _relation_of(self, cell: Cell) -> str:
        """The relation that a role means; empty, and named, where nobody knows it."""
        role = fold(self._state.words.get(fold(cell.text), cell.text))
        relation = _RELATION_OF_ROLE.get(role, "")
        if relation:
            self._state.account.use(cell)
        else:
            self._state.account.wrong(cell, "E031", nearest=ROLES_ALLOWED)
        return relation

    # -- further columns ---------------------------------------------------------------------------

    def _read_further_links(
        self,
        sheet: SheetRows,
        index: int,
        known: Column,
        cell: Cell,
        facilities: list[Facility],
    ) -> None:
        if known.to == "relation":
            self._read_matrix_cell(sheet, index, known, cell, facilities)
        elif known.to in ("serves", "alliance") and self._state.stated(cell) is not None:
            if known.to == "serves":
                self._add_areas_served(sheet, known, cell, facilities)
            else:
                self._add_alliances(sheet, cell, facilities)

    def _add_alliances(self, sheet: SheetRows, cell: Cell, facilities: list[Facility]) -> None:
        names = names_in(self._state, sheet, cell)
        for name in names:
            group = self.groups.called(cell._replace(text=name.name))
            if group is None:
                continue
            self._state.account.use(cell)
            how = split_or_typed(len(names))
            for facility in facilities:
                self._state.link(facility, "MEMBER_OF", group.id, group.name, cell, how)

    def _add_areas_served(
        self, sheet: SheetRows, known: Column, cell: Cell, facilities: list[Facility]
    ) -> None:
        if len(facilities) > 1:
            self._state.account.leave(cell, say("messy_whose"), say("messy_whose_advice"))
            return
        facility = facilities[0]
        names = names_in(self._state, sheet, cell)
        for number, name in enumerate(names, 1):
            where = item(number, len(names))
            part = cell._replace(text=name.name)
            code = self._places.area(part, known.title, facility.county, item=where)
            if code:
                how = split_or_typed(len(names))
                self._state.link(facility, "SERVES", code, name.name, cell, how)

    # -- cells of a matrix -------------------------------------------------------------------------

    def _read_matrix_cell(
        self,
        sheet: SheetRows,
        index: int,
        known: Column,
        cell: Cell,
        facilities: list[Facility],
    ) -> None:
        """A tick links the row to the title of the column, a name to whom it names."""
        folded = fold(cell.text)
        if cell.text in NO_TICKS or folded in NO_TICKS:
            self._state.account.use(cell)
            return
        role = _RELATION_OF_ROLE.get(folded) if known.relation == "MEMBER_OF" else None
        if cell.text in TICKS or role:
            relation = "LEADS" if role == "LEADS" else known.relation
            self._link_to_title(sheet, known, relation, cell, facilities)
        elif known.relation in ("MEMBER_OF", "USES_CENTRE"):
            self._state.account.wrong(cell, "E178")
        else:
            for other, other_cell, how in self._references.of_cell(sheet, index, cell):
                for facility in facilities:
                    self._state.link(
                        facility, known.relation, other.id, other.name, other_cell, how
                    )

    def _link_to_title(
        self, sheet: SheetRows, known: Column, relation: str, cell: Cell, facilities: list[Facility]
    ) -> None:
        title = known.title.split("/")[-1]
        target = self._named_by_title(sheet, known, cell, title)
        if target:
            self._state.account.use(cell)
            for facility in facilities:
                self._state.link(facility, relation, target, title, cell)

    def _named_by_title(
        self, sheet: SheetRows, known: Column, cell: Cell, title: str
    ) -> str | None:
        """The id of what the title of a column names: a group, or a centre."""
        title_cell = Cell(sheet.grid, sheet.header.last, cell.column, title)
        if known.relation == "MEMBER_OF":
            group = self.groups.called(title_cell)
            return group.id if group else None
        if known.relation == "USES_CENTRE":
            return self._centre(title_cell)
        return None

    def _centre(self, title_cell: Cell) -> str:
        """The id of a centre, entered where it is new."""
        title = title_cell.text
        id = f"SharedCentre::{title}"
        if id not in self._state.records:
            record = {"id": id, "name": title, "type": word("centre_type", title) or "other"}
            self._state.records[id] = self._state.rows.add(schema.CENTRES, title_cell, record)
        return id
