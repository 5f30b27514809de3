"""Check the rows of totals against the rows that they sum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from medgraph.loaders.foreign.cell_account import Cell, CellAccount, cells_of_row
from medgraph.loaders.foreign.cell_values import is_nothing, read_amount
from medgraph.loaders.foreign.list_cells import names_of
from medgraph.loaders.foreign.meanings import COUNT_MEANINGS
from medgraph.loaders.foreign.merged_cells import SUMMED
from medgraph.loaders.tabular.cells import WrongError
from medgraph.words.foreign_workbooks import COUNT_OF_UNITS, LABELLED_COUNT
from medgraph.words.numerals import read_chinese
from medgraph.words.say import say
from medgraph.words.simplified import readable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medgraph.loaders.foreign.mapping import Column
    from medgraph.loaders.foreign.sheet_rows import SheetRows, Total

_OF_GROUPS = ("group", "lead")
# What a bare number in a row of totals counts, by what its column states.
_COUNTED = {
    "name": "count",
    "members": "count",
    "serial": "count",
    **dict.fromkeys(_OF_GROUPS, "different"),
    **dict.fromkeys((*SUMMED, *COUNT_MEANINGS), "sum"),
}
_ROUNDING = 0.5


@dataclass(frozen=True)
class _Stated:
    """What a cell of totals states: a `number`, of facilities, of different texts, or a sum."""

    number: float
    what: str  # count, different, sum


def check_totals(sheet: SheetRows, account: CellAccount, counts: Sequence[int]) -> None:
    """Check every row of totals; `counts` says how many facilities each row names."""
    part_begins = 0
    for position, total in enumerate(sheet.totals):
        scope = _scope(sheet, position, part_begins)
        if total.is_part:
            part_begins = total.rows_above
        _TotalCheck(sheet, total, scope, counts).run(account)
        account.skip_row(sheet.grid, total.row, say("foreign_skip_total"))


def check_headings(sheet: SheetRows, account: CellAccount, counts: Sequence[int]) -> None:
    """Check the headings that say how many facilities stand below them."""
    index_of = {row: index for index, row in enumerate(sheet.rows)}
    for heading in sheet.headings:
        below = [index_of[row] for row in heading.rows & index_of.keys()]
        read = sum(counts[i] for i in below)
        row, column = heading.cell
        cell = Cell(sheet.grid, row, column, heading.label)
        if read != heading.count:
            account.wrong(
                cell,
                "E170",
                label=heading.label,
                stated=str(heading.count),
                read=str(read),
                what=say("foreign_units"),
            )
        account.note(cell.place, say("foreign_note_total", label=heading.label, rows=len(below)))


def _scope(sheet: SheetRows, position: int, part_begins: int) -> range:
    """The rows that a total sums: those above it, or below where none stand above."""
    total = sheet.totals[position]
    above = range(part_begins if total.is_part else 0, total.rows_above)
    if above:
        return above
    following = sheet.totals[position + 1 :]
    end = following[0].rows_above if total.is_part and following else len(sheet)
    return range(total.rows_above, end)


@dataclass(frozen=True)
class _TotalCheck:
    """One row of totals beside the rows that it sums (`scope`)."""

    sheet: SheetRows
    total: Total
    scope: range
    counts: Sequence[int]

    def run(self, account: CellAccount) -> None:
        """Name every number that differs, and note whether there was one to check."""
        is_checked = False
        for cell in cells_of_row(self.sheet.grid, self.total.row):
            stated = _stated(self.sheet.columns.get(cell.column), cell.text, self.total)
            if stated is not None:
                is_checked = True
                self._compare(cell, stated, account)
        key = "foreign_note_total" if is_checked else "foreign_note_total_unchecked"
        text = say(key, label=self.total.label, rows=len(self.scope))
        account.note(self.sheet.grid.place(self.total.row), text)

    def _compare(self, cell: Cell, stated: _Stated, account: CellAccount) -> None:
        """Name a number that differs from what was read; a count of groups may count each once."""
        if stated.what == "sum":
            read = self._sum(cell.column)
            what = self.sheet.columns[cell.column].title
        else:
            read = float(self._facilities(cell.column))
            what = say("foreign_units")
        differs = abs(stated.number - read) > _ROUNDING
        if stated.what == "different":
            differs = differs and stated.number != self._different(cell.column)
        if differs:
            account.wrong(
                cell,
                "E170",
                label=self.total.label,
                stated=_shown(stated.number),
                read=_shown(read),
                what=what,
            )

    def _facilities(self, column: int) -> int:
        """How many facilities the rows name; of several columns of members, this one alone."""
        of_members = [at for at, known in self.sheet.columns.items() if known.to == "members"]
        if column not in of_members or len(of_members) == 1:
            return sum(self.counts[i] for i in self.scope)
        texts = filter(None, (self.sheet.texts[column][i] for i in self.scope))
        return sum(len(names_of(text)) for text in texts if not is_nothing(text))

    def _different(self, column: int) -> int:
        """How many different texts a column has."""
        return len({self.sheet.texts[column][i] for i in self.scope} - {None})

    def _sum(self, column: int) -> float:
        """The sum of a column; what is filled down counts once, what is no number not at all."""
        total = 0.0
        for index in self.scope:
            names_one = self.counts[index] or self.sheet.rule.kind == "groups"
            cell = self.sheet.cell_at(index, column)
            if names_one and cell is not None and not self.sheet.is_filled_down(index, cell):
                number = readable(cell.text)
                total += _number(number, self.sheet.columns[column]) or 0.0
        return total


def _stated(known: Column | None, text: str, total: Total) -> _Stated | None:
    """What a cell of a row of totals states; None where it states no number."""
    said = readable(text)
    if counted := COUNT_OF_UNITS.search(said):
        what = "different" if known and known.to in _OF_GROUPS else "count"
        return _Stated(float(read_chinese(counted[1])), what)
    if text == total.label:
        labelled = LABELLED_COUNT.search(said)
        return _Stated(float(labelled[1]), "count") if labelled else None
    if known is None or known.to not in _COUNTED:
        return None
    number = _number(said, known)
    return None if number is None else _Stated(number, _COUNTED[known.to])


def _number(text: str, known: Column) -> float | None:
    try:
        return float(read_amount(text, unit=known.unit)[0])
    except WrongError:
        return None


def _shown(number: float) -> str:
    return str(int(number)) if number == int(number) else f"{number:g}"
