"""Keep the groups of a workbook by name; the end of a name, or a word, says their type."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from medgraph.graphmodel import schema
from medgraph.graphmodel.made_ids import made_id
from medgraph.graphmodel.matching import normal
from medgraph.loaders.foreign.case_questions import YES, settled
from medgraph.loaders.foreign.county_names import county_begun, is_in_every_county
from medgraph.loaders.foreign.group_names import group_type, is_group_name
from medgraph.words import foreign_workbooks as words
from medgraph.words.say import say
from medgraph.words.simplified import simple
from medgraph.words.vocabularies import fold, word

if TYPE_CHECKING:
    from medgraph.loaders.foreign.cell_account import Cell
    from medgraph.loaders.foreign.reading_state import ReadingState
    from medgraph.loaders.foreign.row_places import RowPlaces
    from medgraph.loaders.foreign.sheet_rows import Row


@dataclass
class Group:
    """A group of the workbook: its id here, name, type, and the record of its row."""

    id: str
    name: str
    type: str
    record: dict[str, str] = field(default_factory=dict)


class Groups:
    """The groups of a workbook, entered where they are first named."""

    def __init__(self, state: ReadingState, places: RowPlaces) -> None:
        self._state = state
        self._places = places
        self._by_name: dict[tuple[str, str], Group] = {}

    @property
    def types(self) -> dict[str, str]:
        """The type of each group by id."""
        return {group.id: group.type for group in self._by_name.values()}

    def of_row(self, row: Row, meaning: str = "group") -> tuple[Group | None, Cell | None]:
        """Return the group of a row and the cell that names it, None where the sheet does.

        Where the sheet lists groups, the row states its type, too.
        """
        named = self._state.stated(row.cell(meaning))
        cell = named or self._cell_of_sheet(row)
        if cell is None:
            return None, None
        type_cell = row.cell("type") if row.sheet.rule.kind == "groups" else None
        county = self._places.of_row(row).county
        group = self.called(cell, type_cell.text if type_cell else "", county)
        if group is not None:
            for used in (named, type_cell):
                if used is not None:
                    self._state.account.use(used)
        return group, named

    def _cell_of_sheet(self, row: Row) -> Cell | None:
        """The cell that stands for the name of the group that holds for a whole sheet."""
        sheet = row.sheet
        name = sheet.rule.constants.get("group")
        if not name and sheet.rule.sheet_name == "group":
            name = sheet.title
        return row.cell_for_sheet(name) if name else None

    def called(self, cell: Cell, stated_type: str = "", county: str = "") -> Group | None:
        """Return the group that `cell` names; None, and named, where nobody knows its type.

        A group of that name in another `county` is another group.
        """
        text = self._state.mapping.names.get(cell.text, cell.text)
        name = "".join(unicodedata.normalize("NFKC", text).split())
        if words.IN_NO_GROUP.fullmatch(simple(name)):
            self._state.account.skip(cell, say("foreign_skip_nothing"))
            return None
        name = self._without_remark(cell, name)
        if words.ABOUT_GROUPS.search(simple(name)):
            self._state.account.wrong(cell, "E178")
            return None
        county = self._county(name, county or self._state.county_of_file(cell.grid), cell)
        key = county, normal(name)
        if key not in self._by_name:
            type = self._type(cell.text, name, stated_type)
            if type is None:
                self._state.account.wrong(cell, "E177")
                return None
            self._by_name[key] = self._add(cell, name, type, county)
        return self._by_name[key]

    def _without_remark(self, cell: Cell, name: str) -> str:
        """The name of a group without a remark behind it, which is told."""
        remark = words.REMARK_OF_GROUP.search(simple(name))
        if remark is None or not is_group_name(name[: remark.start()]):
            return name
        short = name[: remark.start()]
        text = say("foreign_note_group_remark", name=short, remark=name[remark.start() + 1 : -1])
        self._state.account.note(cell.place, text)
        return short

    def _county(self, name: str, county: str, cell: Cell) -> str:
        """The county that tells a group from its namesakes; empty where its name says who it is.

        What two counties of one table call alike may be one, and so may what two files call by such
        a name as 东部集团: that is asked.
        """
        if not county or county_begun(name):
            return ""
        has_own_file = bool(self._state.county_of_file(cell.grid))
        is_common = is_in_every_county(name)
        if is_common is has_own_file:
            return county if is_common else ""
        called = normal(name)
        others = [where for where, other in self._by_name if other == called and where != county]
        if not others:
            return county
        mapping, account = self._state.mapping, self._state.account
        is_one = settled(mapping, account, "twins", "", name, cell.place) == YES
        return others[0] if is_one else county

    def _type(self, text: str, name: str, stated: str) -> str | None:
        """The type of a group: what the mapping says of its name, its row, or the end of it."""
        words = self._state.words
        own = words.get(fold(text)) or stated
        return word("group_type", words.get(fold(own), own)) or group_type(name)

    def _add(self, cell: Cell, name: str, type: str, county: str) -> Group:
        id = self._state.free_id(made_id(name, county), "Group")
        group = Group(id, name, type)
        record = {"id": group.id, "name": name, "type": type}
        group.record = self._state.rows.add(schema.GROUPS, cell, record)
        return group
