"""Turn the rows of a workbook into facilities, groups and links.

What is uncertain stays out of the network, and is named in the account.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from medgraph.loaders.foreign.cell_account import Cell, Open
from medgraph.loaders.foreign.county_files import counties_of_files
from medgraph.loaders.foreign.facility_rows import FacilityRows
from medgraph.loaders.foreign.joined_rows import statistics_beside_roster
from medgraph.loaders.foreign.named_areas import ask_for_named_areas
from medgraph.loaders.foreign.reading_state import ReadingState
from medgraph.loaders.foreign.row_links import RowLinks
from medgraph.loaders.foreign.stated_links import add_links, without_contradictions
from medgraph.loaders.foreign.totals import check_headings, check_totals
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medgraph.loaders.foreign.cell_account import CellAccount
    from medgraph.loaders.foreign.covered_areas import CoveredAreas
    from medgraph.loaders.foreign.facilities import Facility
    from medgraph.loaders.foreign.mapping import WorkbookMapping
    from medgraph.loaders.foreign.referral_records import ReferralCount
    from medgraph.loaders.foreign.sheet_rows import SheetRows
    from medgraph.loaders.foreign.task_records import TaskLine
    from medgraph.loaders.tabular.sheets import Sheet

_UNDECIDED_BLANK, _BLANK_WITHOUT_ABOVE = "W176", "W180"


class Roster(NamedTuple):
    """What the rows of a workbook give."""

    tables: list[Sheet]
    counts: list[ReferralCount]
    tasks: list[TaskLine]


def read_roster(
    sheets: Sequence[SheetRows],
    mapping: WorkbookMapping,
    areas: CoveredAreas,
    account: CellAccount,
) -> Roster:
    """Return the tables, the counts of referrals, and the tasks that the rows of a workbook give.

    First every facility with a row of its own is entered, those of statistics last, then what
    refers to them is read.
    """
    counties = counties_of_files(sheets, areas, mapping, account)
    state = ReadingState(mapping, areas, account, counties)
    facility_rows = FacilityRows(state)
    statistics = statistics_beside_roster(sheets, counties)
    rosters_first = sorted(range(len(sheets)), key=lambda number: number in statistics)
    by_number = {
        number: _facilities(facility_rows, sheets[number], joins=number in statistics)
        for number in rosters_first
    }
    facilities = [by_number[number] for number in range(len(sheets))]
    links = RowLinks(state, facility_rows)
    for sheet, facilities_of_rows in zip(sheets, facilities, strict=True):
        counts = _read_links(links, sheet, facilities_of_rows)
        _name_blanks(sheet, account)
        check_totals(sheet, account, counts)
        check_headings(sheet, account, counts)
    ask_for_named_areas(state, sheets)
    believed = without_contradictions(state.links, links.groups.types, account)
    add_links(believed, state.rows)
    _note_whole(state)
    return Roster(state.rows.sheets(), state.counts, state.tasks)


def _facilities(
    facility_rows: FacilityRows, sheet: SheetRows, *, joins: bool
) -> list[list[Facility]]:
    """The facilities that each row of a sheet names; none where it lists others."""
    if sheet.rule.kind in ("groups", "postings", "tasks", "centres"):
        return []
    return [facility_rows.of_row(row, joins=joins) for row in sheet]


def _read_links(
    links: RowLinks, sheet: SheetRows, facilities: Sequence[list[Facility]]
) -> list[int]:
    """Read the links of every row; return how many facilities each one names."""
    if sheet.rule.kind == "groups":
        return [links.of_group_row(row) for row in sheet]
    if sheet.rule.kind == "tasks":
        return [int(links.of_task_row(row)) for row in sheet]
    if sheet.rule.kind == "postings":
        return [int(links.of_posting_row(row)) for row in sheet]
    if sheet.rule.kind == "centres":
        return [int(links.of_centre_row(row)) for row in sheet]
    rows = zip(sheet, facilities, strict=True)
    return [links.of_facility_row(row, named) for row, named in rows]


def _name_blanks(sheet: SheetRows, account: CellAccount) -> None:
    """Name the blanks that may mean the cell above: nobody has said so, or there is none."""
    for code, blanks in (
        (_UNDECIDED_BLANK, sheet.undecided),
        (_BLANK_WITHOUT_ABOVE, sheet.unfilled),
    ):
        for column, indices in blanks.items():
            for index in indices:
                cell = Cell(sheet.grid, sheet.rows[index], column)
                title = sheet.columns[column].title
                account.wrong(cell, code, title=title)
                if code == _UNDECIDED_BLANK:
                    asked = Open("fill", sheet.grid.title, sheet.columns[column].at, title)
                    asked.places, asked.decides = [cell.place], 1
                    account.ask(asked)


def _note_whole(state: ReadingState) -> None:
    """Note what was decided of many cells alike: zeros added to codes, types read off names."""
    for place, rows in state.padded_codes.items():
        if rows:
            column = place.rstrip("0123456789")
            state.account.note(column, say("foreign_note_padded", count=len(rows)))
    if state.typed_by_name:
        state.account.note("", say("foreign_note_typed", count=len(state.typed_by_name)))
