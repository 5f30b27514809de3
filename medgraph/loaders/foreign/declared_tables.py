"""Say which tables and relations of a workbook that is complete are complete: what was read of it.

A roster without a column of centres says nothing about centres.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.graphmodel.completeness import LINKS
from medgraph.graphmodel.headings import in_words
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medgraph.loaders.foreign.cell_account import CellAccount
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
    "posted_from": (f"{LINKS}.DISPATCHES",),
    "posted_to": (f"{LINKS}.DISPATCHES",),
}
_WHOSE = frozenset({"name", "members", "group"})  # of whom a row speaks


def tables_read(sheets: Sequence[SheetRows], account: CellAccount) -> tuple[str, ...]:
    """Return the tables and relations that the columns of some sheets list, and that were read.

    One of which a cell was not understood is not whole, and is named; of a row that does not say
    whose it is, nothing is.
    """
    listed: dict[str, bool] = {}
    for sheet in sheets:
        unread = {
            number
            for number in sheet.columns
            if any((sheet.grid.name, row, number) in account.unread_cells for row in sheet.rows)
        }
        whose_is_open = any(sheet.columns[number].to in _WHOSE for number in unread)
        for number, column in sheet.columns.items():
            is_whole = number not in unread and not whose_is_open
            for table in _tables_of(sheet, column):
                listed[table] = listed.get(table, True) and is_whole
        for table in _tables_of_sheet(sheet):
            listed.setdefault(table, True)
    for table, is_whole in listed.items():
        if not is_whole:
            account.note("", say("foreign_not_whole", table=in_words(table)))
    return tuple(table for table, is_whole in listed.items() if is_whole)


def _tables_of(sheet: SheetRows, column: Column) -> Iterator[str]:
    """What a column lists, in a sheet whose rows are groups or facilities."""
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
