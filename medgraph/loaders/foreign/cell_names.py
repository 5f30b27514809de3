"""Read the names in a cell, and check the counts that it states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.loaders.foreign.list_cells import Part, Split, split
from medgraph.words.joining import clauses, listed
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.loaders.foreign.cell_account import Cell
    from medgraph.loaders.foreign.facilities import Facility
    from medgraph.loaders.foreign.reading_state import ReadingState
    from medgraph.loaders.foreign.sheet_rows import SheetRows
    from medgraph.loaders.tabular.cells import WrongError


def names_in(state: ReadingState, sheet: SheetRows, cell: Cell) -> tuple[Part, ...]:
    """Return the names in a cell; none, and named, where it cannot be read.

    Counts that the cell states are checked.
    """
    try:
        found = _split(sheet, cell)
    except ValueError:
        state.account.wrong(cell, "E178")
        return ()
    for count in found.counts:
        if not count.holds:
            stated, read = str(count.stated), str(count.read)
            state.account.wrong(cell, "E179", stated=stated, read=read)
    if found.open_ended and not found.counts:
        state.account.warn("W175", cell.place, value=cell.text)
    if len(found.parts) > 1 or any(part.notes for part in found.parts):
        _note_split(state, cell, found)
    return found.parts


def _split(sheet: SheetRows, cell: Cell) -> Split:
    if sheet.columns[cell.column].list:
        return split(cell.text)
    return Split((Part(cell.text, cell.text),))


def _note_split(state: ReadingState, cell: Cell, found: Split) -> None:
    names = listed(part.name for part in found.parts)
    notes = clauses(note for part in found.parts for note in part.notes)
    count = len(found.parts)
    state.account.note(
        cell.place, say("foreign_note_split", count=count, names=names, notes=notes or "-")
    )


def name_unsure(
    state: ReadingState, sheet: SheetRows, cell: Cell, part: Part, error: WrongError, item: str = ""
) -> None:
    """Name a name that may mean several, or nobody knows whom; keep whom it may mean."""
    title = sheet.columns[cell.column].title
    values = {**error.said, "item": item, "column": title}
    if error.candidates:
        state.account.candidates[part.name] = error.candidates
    state.account.wrong(cell, error.code, part=item, **values)


def note_match(state: ReadingState, cell: Cell, part: Part, facility: Facility, how: str) -> None:
    """Note that a name in another writing was taken for a facility, and how."""
    how_said = say(f"foreign_how_{how}")
    text = say("foreign_note_matched", value=part.written, name=facility.name, how=how_said)
    state.account.note(cell.place, text)
