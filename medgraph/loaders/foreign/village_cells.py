"""Read the villages that rows name: each becomes an area of its township, served by its clinic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.graphmodel import schema
from medgraph.graphmodel.made_ids import made_id
from medgraph.loaders.foreign.stated_links import origin_of, split_or_typed
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.loaders.foreign.cell_account import Cell
    from medgraph.loaders.foreign.facilities import Facility
    from medgraph.loaders.foreign.reading_state import ReadingState
    from medgraph.loaders.foreign.row_places import RowPlaces
    from medgraph.loaders.foreign.sheet_rows import Row

_VILLAGE = "village"  # both its kind and its level


class VillageCells:
    """Read cells that name the village of a facility."""

    def __init__(self, state: ReadingState, places: RowPlaces) -> None:
        self._state, self._places = state, places

    def read(self, row: Row, cell: Cell, facilities: list[Facility]) -> None:
        """Link the facilities of a row to its village, inside the township that the row states."""
        if self._state.stated(cell) is None:
            return
        township = self._places.of_row(row).area
        if not self._state.areas.is_township(township):
            reason = say("foreign_village_without_township")
            advice = say("foreign_village_without_township_advice")
            self._state.account.leave(cell, reason, advice)
            return
        village = self._village(cell, township)
        self._state.account.use(cell)
        how = split_or_typed(len(facilities))
        for facility in facilities:
            self._state.link(facility, "SERVES", village, cell.text, cell, how)

    def _village(self, cell: Cell, township: str) -> str:
        """The id of a village, entered where it is new: the register lists none."""
        id = self._state.free_id(made_id(cell.text, township), "Area")
        if id not in self._state.records:
            record = {
                "id": id,
                "name": cell.text,
                "type": _VILLAGE,
                "level": _VILLAGE,
                "parent": township,
                "origin": origin_of(cell, split_or_typed(1)),
            }
            self._state.records[id] = self._state.rows.add(schema.AREAS, cell, record)
        return id
