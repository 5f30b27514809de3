"""Keep the groups of a workbook by name; the end of a name, or a word, says their type."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from medgraph.graphmodel import schema
from medgraph.graphmodel.matching import bare, normal
from medgraph.words.lexicon import GROUP_ENDS
from medgraph.words.vocabularies import fold, word

if TYPE_CHECKING:
    from medgraph.loaders.foreign.cell_account import Cell
    from medgraph.loaders.foreign.reading_state import ReadingState
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

    def __init__(self, state: ReadingState) -> None:
        self._state = state
        self._by_name: dict[str, Group] = {}

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
        group = self.called(cell, type_cell.text if type_cell else "")
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

    def called(self, cell: Cell, stated_type: str = "") -> Group | None:
        """Return the group that `cell` names; None, and named, where nobody knows its type."""
        text = self._state.mapping.names.get(cell.text, cell.text)
        name = "".join(unicodedata.normalize("NFKC", text).split())
        key = normal(name)
        if key not in self._by_name:
            type = self._type(cell.text, name, stated_type)
            if type is None:
                self._state.account.wrong(cell, "E177")
                return None
            self._by_name[key] = self._add(cell, name, type)
        return self._by_name[key]

    def _type(self, text: str, name: str, stated: str) -> str | None:
        """The type of a group: what the mapping says of its name, its row, or the end of it."""
        words = self._state.words
        own = words.get(fold(text)) or stated
        return word("group_type", words.get(fold(own), own)) or group_type(name)

    def _add(self, cell: Cell, name: str, type: str) -> Group:
        group = Group(f"Group::{name}".replace("|", "/"), name, type)
        record = {"id": group.id, "name": name, "type": type}
        group.record = self._state.rows.add(schema.GROUPS, cell, record)
        return group


def group_type(name: str) -> str | None:
    """Return the type that the end of a group's name says beyond doubt.

    >>> group_type("台州市立医院城市医疗集团"), group_type("恩泽集团")
    ('urban_medical_group', None)
    """
    plain = bare(name)
    return next((type for end, type in GROUP_ENDS.items() if plain.endswith(end)), None)


def is_group_name(text: str) -> bool:
    """Whether a text ends like the name of a group."""
    return bare(text).endswith(tuple(GROUP_ENDS))


def seems_to_lead(facility: str, group: str) -> bool:
    """Whether a group is called after a facility, which then probably leads it."""
    return bare(group).startswith(bare(facility))
