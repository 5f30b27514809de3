"""Read a list of shared centres: what each is, who hosts it, who uses it, since when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.graphmodel import schema
from medgraph.graphmodel.made_ids import made_id
from medgraph.loaders.tabular.cells import WrongError
from medgraph.words.say import say
from medgraph.words.vocabularies import word

if TYPE_CHECKING:
    from medgraph.loaders.foreign.cell_account import Cell
    from medgraph.loaders.foreign.cell_references import CellReferences, Reference
    from medgraph.loaders.foreign.groups import Groups
    from medgraph.loaders.foreign.reading_state import ReadingState
    from medgraph.loaders.foreign.sheet_rows import Row

_SINCE = "valid_from"


class CentreRows:
    """Read the rows of such lists once every facility with a row of its own is known."""

    def __init__(self, state: ReadingState, references: CellReferences, groups: Groups) -> None:
        self._state, self._references, self._groups = state, references, groups

    def of_row(self, row: Row) -> bool:
        """Read one centre; return whether its row states one that somebody hosts or uses."""
        named = self._state.stated(row.cell("centre"))
        group, _ = self._groups.of_row(row)
        host = self._host(row)
        users = self._references.of_cell(row, row.cell("centre_users"))
        since = self._since(row)
        if named is None or since is None or not (host or users):
            return False
        id, name = self._centre(named, group.name if group else "", since)
        for relation, links in (("HOSTS_CENTRE", host), ("USES_CENTRE", users)):
            for facility, cell, how in links:
                self._state.link(facility, relation, id, name, cell, how)
        return True

    def _host(self, row: Row) -> list[Reference]:
        """The one facility that hosts the centre; nobody, and named, where they are several."""
        cell = row.cell("centre_host")
        found = self._references.of_cell(row, cell)
        if len(found) > 1 and cell is not None:
            self._state.account.leave(cell, say("foreign_whose"), say("foreign_whose_advice"))
            return []
        return found

    def _since(self, row: Row) -> dict[str, str] | None:
        """The day from which it is at work; None, and named, where it cannot be read.

        Without its day it would be at work at all times.
        """
        for known, cell in row.cells():
            if known.to not in ("centre_from", _SINCE):
                continue
            try:
                read = self._state.read(cell, known, _SINCE, schema.CENTRES)
            except WrongError as error:
                said = {"column": known.title, **error.said}
                self._state.account.wrong(cell, error.code, **said)
                return None
            return {_SINCE: read} if read else {}
        return {}

    def _centre(self, cell: Cell, group: str, since: dict[str, str]) -> tuple[str, str]:
        """The id and the name of a centre, entered where it is new; each group has its own."""
        name = cell.text if cell.text.startswith(group) else f"{group}{cell.text}"
        id = self._state.free_id(made_id(name), "SharedCentre")
        self._state.account.use(cell)
        if id not in self._state.records:
            type = word("centre_type", cell.text) or "other"
            record = {"id": id, "name": name, "type": type, **since}
            self._state.records[id] = self._state.rows.add(schema.CENTRES, cell, record)
        return id, name
