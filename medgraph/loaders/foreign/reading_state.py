"""Hold what a workbook is read with, and what has been found in it so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from medgraph.graphmodel import schema
from medgraph.graphmodel.made_ids import free_id
from medgraph.loaders.foreign.cell_values import is_nothing, read_value
from medgraph.loaders.foreign.collected_rows import CollectedRows, Record
from medgraph.loaders.foreign.facilities import Directory, Facility
from medgraph.loaders.foreign.renamings import former_names
from medgraph.loaders.foreign.stated_links import TYPED, StatedLink
from medgraph.words.say import say
from medgraph.words.stated import is_open
from medgraph.words.vocabularies import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from medgraph.loaders.foreign.cell_account import Cell, CellAccount
    from medgraph.loaders.foreign.covered_areas import CoveredAreas
    from medgraph.loaders.foreign.mapping import Column, WorkbookMapping
    from medgraph.loaders.foreign.referral_records import ReferralCount
    from medgraph.loaders.foreign.task_records import TaskLine
    from medgraph.loaders.workbooks.grid import Grid


@dataclass
class ReadingState:
    """The mapping, the areas covered and the account; the facilities, rows and links so far.

    `words` are theirs, folded, and ours. `records` are the rows of facilities and centres by id.
    `padded_codes` are rows with an area code whose zeros had to be added, by column;
    `typed_by_name` are the facilities whose type only their name says.
    `doubtful_rows`, by sheet, are rows whose days or status could not be read. `counts` are counts
    of referrals, `tasks` what is stated of tasks, `assumed` the facilities that only a column
    beside such counts names. `cells` are those that named each facility first; `counties` says of
    which county each of several files is.
    """

    mapping: WorkbookMapping
    areas: CoveredAreas
    account: CellAccount
    counties: Mapping[str, str] = field(default_factory=dict)
    directory: Directory = field(init=False)
    kinds: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(init=False)
    rows: CollectedRows = field(default_factory=CollectedRows)
    records: dict[str, Record] = field(default_factory=dict)
    links: list[StatedLink] = field(default_factory=list)
    padded_codes: dict[str, set[int]] = field(default_factory=dict)
    typed_by_name: list[str] = field(default_factory=list)
    doubtful_rows: set[tuple[str, int]] = field(default_factory=set)
    counts: list[ReferralCount] = field(default_factory=list)
    tasks: list[TaskLine] = field(default_factory=list)
    assumed: set[str] = field(default_factory=set)
    cells: dict[str, Cell] = field(default_factory=dict)

    def __post_init__(self) -> None:
        formers = former_names(self.mapping.answers)
        self.directory = Directory(given=_folded(self.mapping.names), formers=formers)
        self.words = _folded(self.mapping.words)

    def county_of_file(self, grid: Grid) -> str:
        """Return the county of the file that a sheet is in; empty where it has none of its own."""
        return self.counties.get(grid.file, "")

    def free_id(self, id: str, kind: str) -> str:
        """Return an id for a node of a kind; those of other kinds keep theirs."""
        found = free_id(id, kind, self._kind_of)
        self.kinds[found] = kind
        return found

    def _kind_of(self, id: str) -> str | None:
        return "Facility" if id in self.directory.by_id else self.kinds.get(id)

    def stated(self, cell: Cell | None) -> Cell | None:
        """Return a cell that says something; one with 无 or － is skipped, with that reason.

        One with 待定 stands among what was not understood: what it will say may count.
        """
        if cell is None:
            return None
        if is_nothing(cell.text):
            self.account.skip(cell, say("foreign_skip_nothing"))
            return None
        if is_open(cell.text):
            self._leave_open(cell)
            return None
        return cell

    def _leave_open(self, cell: Cell) -> None:
        """Name a cell that says that something is not known yet, once."""
        if not self.account.is_told(cell):
            reason = say("foreign_open_cell", value=cell.text)
            self.account.leave(cell, reason, say("foreign_open_cell_advice"))

    def read(
        self, cell: Cell, known: Column, field: str, table: schema.Table = schema.FACILITIES
    ) -> str | None:
        """Return what a cell states of a field of `table`; None where it says nothing.

        Raise WrongError where it cannot be read.
        """
        if self.stated(cell) is None:
            return None
        read, warning = read_value(
            field,
            cell.text,
            date=known.date,
            unit=known.unit,
            words=self.words,
            lost=cell.lost_digits,
            table=table,
        )
        if warning:
            self.account.warn(warning, cell.place, value=cell.text, read=read or "")
        self.account.use(cell)
        return read

    def link(
        self,
        source: Facility,
        relation: str,
        target: str,
        target_name: str,
        cell: Cell,
        how: str = TYPED,
        attributes: Mapping[str, str] | None = None,
    ) -> None:
        """Keep a link that a cell states; whether it is believed is settled at the end."""
        self.links.append(
            StatedLink(
                source.id, source.name, relation, target, target_name, cell, how, attributes or {}
            )
        )


def _folded(words: Mapping[str, str]) -> dict[str, str]:
    """Words of theirs in the form in which they are compared, and ours."""
    return {fold(theirs): ours for theirs, ours in words.items()}
