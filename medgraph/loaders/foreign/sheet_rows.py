"""Read the rows of a sheet that are data: merged cells, and blanks that mean the cell above."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from medgraph.loaders.foreign.cell_account import Cell, CellAccount, cells_of_row
from medgraph.loaders.foreign.merged_cells import Covered, covered_cells
from medgraph.loaders.foreign.row_kinds import RowKind, RowKinds, is_remark, total_label
from medgraph.loaders.tabular.sheets import letter
from medgraph.loaders.workbooks.grid import address
from medgraph.suffixes import CSV
from medgraph.words.foreign_workbooks import SAME_ABOVE, SUBTOTAL_WORDS
from medgraph.words.joining import listed
from medgraph.words.say import say
from medgraph.words.simplified import readable
from medgraph.words.vocabularies import fold
from medgraph.words.workbook_words import CELL_ERRORS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medgraph.loaders.foreign.header import Header
    from medgraph.loaders.foreign.laid_tables import CountedHeading
    from medgraph.loaders.foreign.mapping import Column, SheetRule
    from medgraph.loaders.workbooks.grid import Grid

_MOST_ROWS_NAMED = 20


@dataclass(frozen=True)
class Total:
    """A row of totals: its label, whether it sums a part (小计), and how many rows stand above."""

    row: int
    label: str
    is_part: bool
    rows_above: int


@dataclass
class SheetRows:
    """The rows of a sheet that are data, counted by an index from 0.

    `rows` are their rows in the sheet; `texts` what each column gives, and `sources` the row that
    each text was taken from. `undecided` are blanks that may mean the cell above, `unfilled` blanks
    that have no cell above; both hold indices by column. `unread` are titles of columns of which
    nobody has said yet what they mean.
    """

    grid: Grid
    rule: SheetRule
    header: Header
    columns: dict[int, Column]
    rows: list[int] = field(default_factory=list)
    texts: dict[int, list[str | None]] = field(default_factory=dict)
    sources: dict[int, list[int]] = field(default_factory=dict)
    undecided: dict[int, list[int]] = field(default_factory=dict)
    unfilled: dict[int, list[int]] = field(default_factory=dict)
    totals: list[Total] = field(default_factory=list)
    headings: list[CountedHeading] = field(default_factory=list)
    unread: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for by_column in (self.texts, self.sources, self.undecided, self.unfilled):
            by_column.update({column: [] for column in self.columns})

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return (Row(self, index) for index in range(len(self)))

    @property
    def title(self) -> str:
        """The name of the sheet."""
        return sheet_title(self.grid)

    @cached_property
    def _first_columns(self) -> dict[str, int]:
        return {known.to: column for column, known in reversed(list(self.columns.items()))}

    @cached_property
    def letters(self) -> dict[str, str]:
        """The letter of the first column of each meaning."""
        return {
            to: letter(column)
            for to, column in self._first_columns.items()
            if to not in ("skip", "serial")
        }

    def title_of(self, meaning: str) -> str:
        """Return the title of the first column that states `meaning`."""
        column = self.column(meaning)
        return "" if column is None else self.columns[column].title

    def column(self, meaning: str) -> int | None:
        """Return the first column that states `meaning`."""
        return self._first_columns.get(meaning)

    def cell_at(self, index: int, column: int) -> Cell | None:
        """Return the cell of a column, None where it is blank; a filled one is the cell above."""
        text = self.texts[column][index]
        return None if text is None else Cell(self.grid, self.sources[column][index], column, text)

    def is_filled_down(self, index: int, cell: Cell) -> bool:
        """Whether a cell stands above the row that it holds for."""
        return cell.row != self.rows[index]


@dataclass(frozen=True)
class Row:
    """One row of data; `index` counts from 0 among those of its sheet."""

    sheet: SheetRows
    index: int

    @property
    def own(self) -> int:
        """The row of the sheet."""
        return self.sheet.rows[self.index]

    def cell(self, meaning: str) -> Cell | None:
        """Return the cell of the first column that states `meaning`, None where it is blank."""
        column = self.sheet.column(meaning)
        return None if column is None else self.sheet.cell_at(self.index, column)

    def cells_of(self, meaning: str) -> Iterator[Cell]:
        """Give the cells that are not blank of every column that states `meaning`."""
        return (cell for known, cell in self.cells() if known.to == meaning)

    def cells(self) -> Iterator[tuple[Column, Cell]]:
        """Give the cells that are not blank, each with what its column means."""
        for column, known in self.sheet.columns.items():
            cell = self.sheet.cell_at(self.index, column)
            if cell is not None:
                yield known, cell

    @property
    def name_cell(self) -> Cell | None:
        """The cell that names the facilities of the row."""
        return self.cell("members" if self.sheet.column("name") is None else "name")

    def cell_for_sheet(self, text: str) -> Cell:
        """Return the cell that stands for a text that holds for the whole sheet."""
        return Cell(self.sheet.grid, self.own, self.sheet.column("name") or 0, text)

    def is_filled_down(self, cell: Cell) -> bool:
        """Whether a cell stands above the row that it holds for."""
        return self.sheet.is_filled_down(self.index, cell)


def sheet_title(grid: Grid) -> str:
    """Return the name of a sheet alone, without that of its file."""
    return grid.name.split("/")[-1].removesuffix(CSV)


def read_rows(
    grid: Grid, rule: SheetRule, header: Header, columns: dict[int, Column], account: CellAccount
) -> SheetRows:
    """Return the data of a sheet under its rule; every row left out gets its reason."""
    sheet = SheetRows(grid, rule, header, columns)
    kinds = RowKinds(grid, rule, header, columns)
    filling = _Filling(sheet, covered_cells(grid, header.last, columns, account), account)
    rows_of: dict[RowKind, list[int]] = defaultdict(list)
    for row in range(header.last + 1, len(grid.rows)):
        kind = kinds.of(row)
        rows_of[kind].append(row)
        if kind is RowKind.OTHER_TABLE:
            leave_table(grid, row, len(grid.rows), account)
            break
        if kind is RowKind.DATA:
            filling.take(row)
        elif kind is RowKind.TOTAL:
            sheet.totals.append(_total(grid, row, len(sheet)))
        elif kind is RowKind.REMARK:
            for cell in cells_of_row(grid, row):
                leave_line(cell, account)
        else:
            account.skip_row(grid, row, say(kind.value))
        if kind not in (RowKind.DATA, RowKind.STRUCK):
            filling.forget_above()
    _note_rows(grid, rows_of, account)
    _note_filled(sheet, account)
    return sheet


def _total(grid: Grid, row: int, rows_above: int) -> Total:
    label = total_label(grid, row)
    folded = fold(label)
    return Total(row, label, any(word in folded for word in SUBTOTAL_WORDS), rows_above)


def leave_table(grid: Grid, first: int, end: int, account: CellAccount) -> None:
    """Name the rows from `first` up to `end`: they have other titles, and are another table."""
    account.wrong(cells_of_row(grid, first)[0], "E185")
    for row in range(first, end):
        for cell in cells_of_row(grid, row):
            if cell.key not in account.unread_cells:
                account.leave(cell, say("foreign_other_table"))


def leave_line(cell: Cell, account: CellAccount) -> None:
    """Put a cell of a line that is no data into 未读懂: a remark, or text that nobody knows."""
    kind = "remark" if is_remark(cell.grid, cell.row) else "stray_row"
    account.leave(cell, say(f"foreign_{kind}"), say(f"foreign_{kind}_advice"))


class _Filling:
    """Fill the rows of a sheet: a blank is the merged cell over it, or the cell above it."""

    def __init__(self, sheet: SheetRows, covered: Covered, account: CellAccount) -> None:
        self._sheet, self._covered, self._account = sheet, covered, account
        self._above: dict[int, int] = {}  # row of the last text of each column

    def forget_above(self) -> None:
        """Let no blank below mean a cell above: something else stands between."""
        self._above = {}

    def take(self, row: int) -> None:
        """Add a row."""
        sheet = self._sheet
        sheet.rows.append(row)
        for column, known in sheet.columns.items():
            source, text = self._source_and_text(row, column)
            sheet.sources[column].append(source)
            sheet.texts[column].append(text if text is None else known.values.get(text, text))

    def _source_and_text(self, row: int, column: int) -> tuple[int, str | None]:
        """The text that a column gives for a row, and the row where it stands."""
        source, text = self._own(row, column)
        says_same = text is not None and readable(text) in SAME_ABOVE
        if text is not None and not says_same:
            self._above[column] = source
            return source, text
        fill = self._sheet.columns[column].fill
        if column in self._above and (says_same or fill == "yes"):
            if says_same:
                self._account.use(Cell(self._sheet.grid, row, column))
            above = self._above[column]
            return above, self._sheet.grid.rows[above][column]
        if (row, column) in self._covered:
            return source, text
        if fill != "no":
            blanks = self._sheet.undecided if column in self._above else self._sheet.unfilled
            blanks[column].append(len(self._sheet) - 1)
        return source, None

    def _own(self, row: int, column: int) -> tuple[int, str | None]:
        """The text of a cell, or of the merged one over it, and its row; none where it is void.

        A text that is struck through or an error of Excel is void, and is named once.
        """
        position = self._covered.get((row, column), (row, column))
        if position is None:  # merged across, which is named already
            return row, None
        top = position[0]
        grid = self._sheet.grid
        cell = Cell(grid, top, column, grid.rows[top][column] or "")
        is_error = cell.text in CELL_ERRORS
        if not is_error and position not in grid.struck_cells:
            return top, grid.rows[top][column]
        if top == row and is_error:
            self._account.wrong(cell, "E178")
        elif top == row:
            self._account.leave(cell, say("foreign_struck_cell"), say("foreign_struck_cell_advice"))
        return top, None


def _note_rows(grid: Grid, rows_of: dict[RowKind, list[int]], account: CellAccount) -> None:
    noted = {
        "foreign_note_repeated": rows_of[RowKind.HEADER_AGAIN],
        "foreign_note_hidden": [row for row in rows_of[RowKind.DATA] if row in grid.hidden_rows],
        "foreign_note_passed": rows_of[RowKind.HIDDEN],
        "foreign_note_struck": sorted(grid.struck),
    }
    for key, rows in noted.items():
        if rows:
            numbers = listed(str(row + 1) for row in rows[:_MOST_ROWS_NAMED])
            account.note(grid.place(rows[0]), say(key, count=len(rows), rows=numbers))
    for row, column in grid.unstored:
        account.warn("W174", grid.place(row, column), value="")


def _note_filled(sheet: SheetRows, account: CellAccount) -> None:
    """Say which blanks were read as the cell above; what is merged needs no word."""
    merged = {
        (row, left) for top, left, bottom, _ in sheet.grid.merged for row in range(top, bottom + 1)
    }
    for column in sheet.columns:
        for index, row in enumerate(sheet.rows):
            source = sheet.sources[column][index]
            if source == row or (row, column) in merged:
                continue
            text = say(
                "foreign_note_filled",
                source=address(source, column),
                value=sheet.texts[column][index],
            )
            account.note(sheet.grid.place(row, column), text)
