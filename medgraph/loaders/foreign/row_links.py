"""Read the links that rows state: leads and members of groups, areas served, alliances."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.graphmodel import schema
from medgraph.loaders.foreign.case_questions import YES, settled
from medgraph.loaders.foreign.cell_account import Cell, cells_of_row
from medgraph.loaders.foreign.cell_names import names_in
from medgraph.loaders.foreign.cell_references import CellReferences, Reference
from medgraph.loaders.foreign.centre_rows import CentreRows
from medgraph.loaders.foreign.groups import Group, Groups, seems_to_lead
from medgraph.loaders.foreign.matrix_cells import MatrixCells
from medgraph.loaders.foreign.posting_rows import PostingRows
from medgraph.loaders.foreign.referral_counts import ReferralCounts
from medgraph.loaders.foreign.roles import relation_in_brackets, relation_of_role
from medgraph.loaders.foreign.stated_links import FILLED_DOWN, split_or_typed
from medgraph.loaders.foreign.task_rows import TaskRows
from medgraph.loaders.foreign.village_cells import VillageCells
from medgraph.loaders.tabular.cells import WrongError
from medgraph.loaders.tabular.references import item
from medgraph.words.foreign_workbooks import ROLES_ALLOWED
from medgraph.words.say import say
from medgraph.words.vocabularies import fold

if TYPE_CHECKING:
    from medgraph.loaders.foreign.facilities import Facility
    from medgraph.loaders.foreign.facility_rows import FacilityRows
    from medgraph.loaders.foreign.mapping import Column
    from medgraph.loaders.foreign.reading_state import ReadingState
    from medgraph.loaders.foreign.sheet_rows import Row, SheetRows

# The columns that may name the group of a row, in this order, and what else it may state of it.
_GROUPS = ("group", "alliance", "name")
_OF_A_GROUP = ("note", "short_name", "valid_from", "valid_to")


class RowLinks:
    """Read the links of rows once every facility with a row of its own is known."""

    def __init__(self, state: ReadingState, facility_rows: FacilityRows) -> None:
        self._state = state
        self._places = facility_rows.places
        self._references = CellReferences(state, facility_rows)
        self.groups = Groups(state, self._places)
        self._matrix = MatrixCells(state, self._references, self.groups)
        self._postings = PostingRows(state, self._references)
        self._counts = ReferralCounts(state, self._references)
        self._villages = VillageCells(state, self._places)
        self._tasks = TaskRows(state)
        self._centres = CentreRows(state, self._references, self.groups)

    # -- a row of a group --------------------------------------------------------------------------

    def of_group_row(self, row: Row) -> int:
        """Read a row that speaks of a group; return how many members it names."""
        named_by = (meaning for meaning in _GROUPS if row.sheet.column(meaning) is not None)
        group, _ = self.groups.of_row(row, next(named_by, "name"))
        members = [
            member
            for cell in row.cells_of("members")
            for member in self._references.of_cell(row, cell)
        ]
        leads = self._references.of_cell(row, row.cell("lead"))
        if group is None:
            self._leave_row(row, "foreign_no_group" if members or leads else "foreign_nameless_row")
            return len(members)
        leading = {lead.facility.id for lead in leads}
        self._link_all(leads, "LEADS", group)
        others = [member for member in members if member.facility.id not in leading]
        self._link_all(others, "MEMBER_OF", group)
        for known, cell in row.cells():
            if known.to in _OF_A_GROUP:
                self._describe(group, known, cell)
        return len(members)

    def _describe(self, group: Group, known: Column, cell: Cell) -> None:
        """Take what a cell states of a group; one that cannot be read is lost, and named."""
        try:
            read = self._state.read(cell, known, known.to, schema.GROUPS)
        except WrongError as error:
            self._state.account.lose(cell, error.code, **{"column": known.title, **error.said})
            return
        if read is not None:
            group.record.setdefault(known.to, read)

    def _link_all(self, references: list[Reference], relation: str, group: Group) -> None:
        for facility, cell, how in references:
            self._state.link(facility, relation, group.id, group.name, cell, how)

    def _leave_row(self, row: Row, reason: str = "foreign_nameless_row") -> None:
        """Name the cells of a row that names nobody."""
        account = self._state.account
        for cell in cells_of_row(row.sheet.grid, row.own):
            if cell.key not in account.unread_cells and cell.key not in account.skipped:
                account.leave(cell, say(reason), say(f"{reason}_advice"))

    # -- a row of a ledger -------------------------------------------------------------------------

    def of_posting_row(self, row: Row) -> bool:
        """Read a posting; return whether the row states one."""
        is_read = self._postings.of_row(row)
        if not is_read:
            lacks_days = self._postings.rests_on_unread_days(row)
            reason = "foreign_days_of_posting" if lacks_days else "foreign_no_posting"
            self._leave_row(row, reason)
        return is_read

    def of_task_row(self, row: Row) -> bool:
        """Read a task; return whether the row states one."""
        is_read = self._tasks.of_row(row)
        if not is_read:
            self._leave_row(row, "foreign_no_task")
        return is_read

    def of_centre_row(self, row: Row) -> bool:
        """Read a shared centre; return whether the row states one."""
        is_read = self._centres.of_row(row)
        if not is_read:
            self._leave_row(row, "foreign_no_centre")
        return is_read

    # -- a row of facilities -----------------------------------------------------------------------

    def of_facility_row(self, row: Row, facilities: list[Facility]) -> int:
        """Read the links that a row states of its facilities; return how many they are."""
        if not facilities:
            return self._of_nameless_row(row)
        group, group_cell = self.groups.of_row(row)
        lead_cell = row.cell("lead")
        leads = self._references.of_cell(row, lead_cell)
        if group is not None:
            self._link_all(leads, "LEADS", group)
            how = split_or_typed(len(facilities))
            if group_cell is not None and row.is_filled_down(group_cell):
                how = FILLED_DOWN
            leading = {lead.facility.id for lead in leads}
            members = [one for one in facilities if one.id not in leading]
            self._add_memberships(row, members, group, how)
        elif leads and lead_cell is not None:
            reason = say("foreign_lead_without_group")
            self._state.account.leave(lead_cell, reason, say("foreign_lead_without_group_advice"))
        for known, cell in row.cells():
            self._read_further_links(row, known, cell, facilities)
        self._counts.of_row(row, facilities)
        return len(facilities)

    def _of_nameless_row(self, row: Row) -> int:
        """Read who leads the group of a row that names no member, and name what else it holds.

        Return 1 where it is still open whom it names.
        """
        name, account = row.name_cell, self._state.account
        is_open = name is not None and account.is_told(name)
        leads = [] if is_open else self._references.of_cell(row, row.cell("lead"))
        group, _ = self.groups.of_row(row) if leads else (None, None)
        if group is None:
            self._leave_row(row, "foreign_open_row" if is_open else "foreign_nameless_row")
            return int(is_open)
        self._link_all(leads, "LEADS", group)
        self._state.stated(name)
        return 0

    def _add_memberships(self, row: Row, members: list[Facility], group: Group, how: str) -> None:
        """Link the facilities of a row to its group, as the role says."""
        name_cell = row.name_cell
        relation = self._stated_relation(row)
        if relation is None or name_cell is None:
            return
        nobody_says_who_leads = not relation and row.sheet.column("lead") is None
        for member in members:
            own = relation or "MEMBER_OF"
            if nobody_says_who_leads and seems_to_lead(member.name, group.name):
                own = self._asked_whether_it_leads(row.sheet, name_cell, member, group)
            if own:
                self._state.link(member, own, group.id, group.name, name_cell, how)

    def _asked_whether_it_leads(
        self, sheet: SheetRows, name_cell: Cell, member: Facility, group: Group
    ) -> str:
        """The relation of a facility to the group called after it; empty till somebody says it."""
        state = self._state
        case = say("question_case_leads", name=member.name, group=group.name)
        title, place = sheet.grid.name, name_cell.place
        said = settled(state.mapping, state.account, "leads", title, case, place)
        if said:
            return "LEADS" if said == YES else "MEMBER_OF"
        cell = name_cell._replace(text=member.name)
        reason = say("foreign_seems_lead", group=group.name)
        state.account.leave(cell, reason, say("foreign_seems_lead_advice"))
        return ""

    def _stated_relation(self, row: Row) -> str | None:
        """The relation that a row states; empty where it is silent, None where it is unclear.

        Its role says so, else a bracket behind the name or the type: 综合医院（牵头）.
        """
        role_cell = row.cell("role")
        if role_cell is not None:
            return self._relation_of(row, role_cell)
        beside = filter(None, (row.name_cell, row.cell("type")))
        return next(filter(None, (relation_in_brackets(cell.text) for cell in beside)), "")

    def _relation_of(self, row: Row, cell: Cell) -> str | None:
        """The relation that a role means; None, and named, where nobody knows it."""
        if self._state.stated(cell) is None:
            return None
        role = self._state.words.get(fold(cell.text), cell.text)
        relation = relation_of_role(role, row.sheet.columns[cell.column].title.split("/")[-1])
        if not relation:
            self._state.account.wrong(cell, "E031", nearest=ROLES_ALLOWED)
            return None
        self._state.account.use(cell)
        return relation

    # -- further columns ---------------------------------------------------------------------------

    def _read_further_links(
        self,
        row: Row,
        known: Column,
        cell: Cell,
        facilities: list[Facility],
    ) -> None:
        if known.to == "relation":
            self._matrix.read(row, known, cell, facilities)
        elif known.to == "run_by":
            self._add_managers(row, cell, facilities)
        elif known.to == "clinics":
            self._add_clinics(row, cell, facilities)
        elif known.to == "village":
            self._villages.read(row, cell, facilities)
        elif known.to in ("serves", "alliance") and self._state.stated(cell) is not None:
            if known.to == "serves":
                self._add_areas_served(row.sheet, known, cell, facilities)
            else:
                self._add_alliances(row.sheet, cell, facilities)

    def _add_managers(self, row: Row, cell: Cell, facilities: list[Facility]) -> None:
        """Link village clinics to the health centre that runs them."""
        managers = self._references.of_cell(row, cell)
        if len(managers) > 1:
            self._state.account.leave(cell, say("foreign_whose"), say("foreign_whose_advice"))
            return
        for manager, named, how in managers:
            for facility in facilities:
                if facility is not manager:
                    name = manager.name
                    self._state.link(facility, "RUN_BY", manager.id, name, named, how)

    def _add_clinics(self, row: Row, cell: Cell, facilities: list[Facility]) -> None:
        """Enter the clinics in a cell; whether the facility of the row runs them is asked."""
        clinics = self._references.of_cell(row, cell)
        if not clinics or len(facilities) > 1:
            return
        manager, state = facilities[0], self._state
        case = say("question_case_runs", name=manager.name, count=len(clinics))
        title = row.sheet.grid.name
        if settled(state.mapping, state.account, "runs", title, case, cell.place) == YES:
            for clinic, named, how in clinics:
                state.link(clinic, "RUN_BY", manager.id, manager.name, named, how)

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
            self._state.account.leave(cell, say("foreign_whose"), say("foreign_whose_advice"))
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
