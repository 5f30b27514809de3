"""Ask whether primary facilities serve the townships they are named for; yes is an expanded link.

A roster that nobody has said it of leaves that open: a name is no statement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.graphmodel.schema import EXPANDED
from medgraph.loaders.foreign.case_questions import YES, settled
from medgraph.loaders.foreign.stated_links import MATCHED
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medgraph.loaders.foreign.reading_state import ReadingState
    from medgraph.loaders.foreign.sheet_rows import SheetRows


def ask_for_named_areas(state: ReadingState, sheets: Iterable[SheetRows]) -> None:
    """Ask once for all facilities that a workbook says nothing of; link them where it is so."""
    stating = {sheet.grid.name for sheet in sheets if sheet.column("serves") is not None}
    served = {link.source for link in state.links if link.relation == "SERVES"}
    for facility in list(state.directory.by_id.values()):
        cell = state.cells[facility.id]
        area = state.areas.named_for(facility.name, facility.county)
        if not area or facility.id in served or cell.grid.name in stating:
            continue
        name = state.areas.name_of(area)
        case = say("question_case_serves", name=facility.name, area=name)
        said = settled(state.mapping, state.account, "serves", "", case, cell.place)
        if said == YES:
            state.link(facility, "SERVES", area, name, cell, MATCHED, {"basis": EXPANDED})
