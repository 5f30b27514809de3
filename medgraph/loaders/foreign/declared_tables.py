"""Say which tables and relations of a workbook that is complete are complete: what was read of it.

A roster without a column of centres says nothing about centres.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.graphmodel.completeness import LINKS
from medgraph.graphmodel.headings import in_words
from medgraph.loaders.foreign.cell_account import Cell
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medgraph.loaders.foreign.cell_account import CellAccount, Open
    from medgraph.loaders.foreign.mapping import Column
    from medgraph.loaders.foreign.sheet_rows import SheetRows

_MEMBER, _LEAD = f"{LINKS}.MEMBER_OF", f"{LINKS}.LEADS"
# What a column of each meaning lists.
_LISTED = {
    "name": ("facilities",),
    "members": ("facilities", _MEMBER),
    "group": ("groups", _MEMBER),
    "lead": (_LEAD,),
    "role": (_MEMBER, _LEAD),
    "alliance": ("groups", _MEMBER),
    "serves": (f"{LINKS}.SERVES",),
    "run_by": (f"{LINKS}.RUN_BY",),
    "village": ("areas",),
    "clinics": ("facilities",),
    "posted_from": (f"{LINKS}.DISPATCHES",),
    "posted_to": (f"{LINKS}.DISPATCHES",),
    "centre_host": (f"{LINKS}.HOSTS_CENTRE",),
    "centre_users": (f"{LINKS}.USES_CENTRE",),
}
_WHOSE = frozenset({"name", "members", "group"})  # of whom a row speaks
# Problems of tables that were not read at all, and a line that may name a facility or a group.
_NOT_READ = frozenset({"E174", "E185"})
_LINE = "line"
# Questions on which hangs who is in which group, and what nobody knows to be whole meanwhile.
_OF_MEMBERS = frozenset({"title", "colour"})
_MEMBERS = frozenset({"groups", _MEMBER, _LEAD})


def tables_read(sheets: Sequence[SheetRows], account: CellAccount) -> tuple[str, ...]:
    """Return the tables and relations that the columns of some sheets list, and that were read.

    One of which a cell was not understood, or a blank may be the cell above, is not whole, and is
    named; of a row that does not say whose it is, nothing is, nor of a workbook with a table or a
    line that may list somebody and was not read.
    """
    asked = {one.kind for one in account.asked.values() if not _is_explained(one)}
    all_is_read = _LINE not in asked and not _NOT_READ & {one.code for one in account.problems}
    listed: dict[str, bool] = {}
    for sheet in sheets:
        unread = _unread_columns(sheet, account)
        whose_is_open = any(sheet.columns[number].to in _WHOSE for number in unread)
        for number, column in sheet.columns.items():
            is_whole = all_is_read and number not in unread and not whose_is_open
            for table in _tables_of(sheet, column):
                listed[table] = listed.get(table, True) and is_whole
        for table in _tables_of_sheet(sheet):
            listed.setdefault(table, all_is_read)
    if asked & _OF_MEMBERS:
        listed |= dict.fromkeys(listed.keys() & _MEMBERS, False)
    not_whole = [in_words(table) for table, is_whole in listed.items() if not is_whole]
    if not_whole:
        account.warn("W185", "", value=say("list_comma").join(not_whole))
    return tuple(table for table, is_whole in listed.items() if is_whole)


def _is_explained(asked: Open) -> bool:
    """Whether a legend says what is asked, and a person may only say otherwise."""
    return asked.kind == "colour" and bool(asked.assumed)


def _unread_columns(sheet: SheetRows, account: CellAccount) -> set[int]:
    """The columns of which a cell was not understood, or a blank may be the cell above."""
    blanks = {number for by in (sheet.undecided, sheet.unfilled) for number in by if by[number]}
    return blanks | {
        number
        for number in sheet.columns
        if any(Cell(sheet.grid, row, number).key in account.unread_cells for row in sheet.rows)
    }


def _tables_of(sheet: SheetRows, column: Column) -> Iterator[str]:
    """What a column lists, in a sheet whose rows are groups or facilities."""
    if sheet.rule.kind == "centres" and column.to == "group":  # others may have no centre
        return
    if column.to == "relation":
        yield f"{LINKS}.{column.relation}"
    elif sheet.rule.kind == "groups" and column.to == "name":
        yield "groups"
    else:
        yield from _LISTED.get(column.to, ())


def _tables_of_sheet(sheet: SheetRows) -> Iterator[str]:
    """What the name of a sheet, or a constant, states for all of its rows."""
    if "group" in (sheet.rule.sheet_name, *sheet.rule.constants):
        yield from _LISTED["group"]
