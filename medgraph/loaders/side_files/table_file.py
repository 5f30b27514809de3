"""Read a file beside the network as a table of texts: CSV, a workbook, Parquet, or JSON records.

Nothing is shifted, joined or swallowed: a line with more cells than titles and a quotation mark
that nothing closes are refused with their line. Signs that nobody sees are taken out of every cell.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from medgraph.errors import SourceError
from medgraph.loaders.parquet_file import read_parquet_file
from medgraph.loaders.table_limits import check_size
from medgraph.loaders.tabular.csv_records import records
from medgraph.loaders.tabular.sheets import file_name, letter
from medgraph.loaders.workbooks.cell_texts import moment_text, number_text
from medgraph.loaders.workbooks.file_kinds import FileKind, kind_of_file
from medgraph.loaders.workbooks.readers import read_grids
from medgraph.suffixes import JSON, PARQUET
from medgraph.text_files import read_json, read_text
from medgraph.words.invisible import signs_in, visible
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path


TITLES_WITHIN = 10  # rows


@dataclass(frozen=True)
class TableFile:
    """A table of texts (None: empty cell): its `titles`, its `rows`, all of the width of them.

    `numbers` are those of the rows in the file, and `sheet` is the sheet of a workbook, empty
    elsewhere. `others` are the sheets of the workbook that were not read; `unseen` are the texts
    from which signs that nobody sees were taken, with the number of their row and their column.
    """

    file: str
    titles: tuple[str, ...]
    rows: Sequence[Sequence[str | None]]
    numbers: Sequence[int]
    sheet: str = ""
    title_row: int = 1
    others: tuple[str, ...] = ()
    unseen: tuple[tuple[int, int, str], ...] = ()

    def place(self, row: int | None, column: int) -> str:
        """Return the address of a cell, or of a title (`row` None)."""
        return self.address(self.title_row if row is None else self.numbers[row], column)

    def address(self, number: int, column: int) -> str:
        """Return the address of a cell by the number of its row in the file."""
        return "!".join(filter(None, (self.file, self.sheet, f"{letter(column)}{number}")))

    def frame(self) -> pd.DataFrame:
        """Return the table as a frame; its index is the number of a row, 0 below the first line."""
        index = [number - 2 for number in self.numbers]
        return pd.DataFrame(self.rows, index=index, columns=list(self.titles), dtype=object)

    def texts(self, column: int) -> list[str | None]:
        """Return the texts of a column."""
        return [row[column] for row in self.rows]


def read_table_file(path: Path, preferred: Collection[str] = ()) -> TableFile:
    """Return the table of a file; raise SourceError where it holds none, or a line of it is torn.

    Of a workbook the first sheet that holds something is read; one called as `preferred` before.
    """
    if not path.is_file():
        raise SourceError(say("no_file", path=path))
    if reader := _READERS.get(path.suffix.lower()):
        return reader(path)
    if kind_of_file(path) in (FileKind.TEXT, FileKind.EMPTY):
        return _of_csv(path)
    return _of_workbook(path, preferred)


def _table(path: Path, lines: Sequence[tuple[int, Sequence[str | None]]], **more: Any) -> TableFile:
    """The table of numbered lines, the first of which holds the titles; empty lines are none."""
    unseen: list[tuple[int, int, str]] = []
    seen = [(number, _seen(number, cells, unseen)) for number, cells in lines]
    filled = [(number, cells) for number, cells in seen if any(cells)]
    if not filled:
        raise _unread(path, say("table_without_titles"))
    (title_row, titles), *body = filled[lines_above([cells for _, cells in filled]) :]
    width = _last(titles) + 1
    check_size(path, len(body), width)
    for number, cells in body:
        if len(cells) > width and _last(cells) >= width:
            reason = say("table_ragged", line=number, cells=_last(cells) + 1, titles=width)
            raise _unread(path, reason)
    rows = [[*cells[:width], *[None] * (width - len(cells))] for _, cells in body]
    numbers = [number for number, _ in body]
    heads = tuple(title or "" for title in titles[:width])
    return TableFile(
        file_name(path), heads, rows, numbers, title_row=title_row, unseen=tuple(unseen), **more
    )


def lines_above(rows: Sequence[Sequence[str | None]]) -> int:
    """Return how many of the first rows are titles of the whole: one cell above rows of several."""
    filled = [sum(bool(cell) for cell in row) for row in rows[:TITLES_WITHIN]]
    return next((place for place, count in enumerate(filled) if count > 1), 0)


def _seen(
    number: int, cells: Sequence[str | None], unseen: list[tuple[int, int, str]]
) -> Sequence[str | None]:
    """The cells of a line as they are seen; `unseen` takes those that hold more."""
    if all(cell is None or cell.isascii() for cell in cells):
        return cells
    unseen += [(number, at, cell) for at, cell in enumerate(cells) if cell and signs_in(cell)]
    return [cell and (visible(cell).strip() or None) for cell in cells]


def _last(cells: Sequence[str | None]) -> int:
    """The place of the last cell that holds something; -1 where none does."""
    return max((place for place, cell in enumerate(cells) if cell), default=-1)


def _unread(path: Path, reason: object) -> SourceError:
    return SourceError(say("bad_table", path=path, reason=reason))


# -- formats ---------------------------------------------------------------------------------------


def _of_csv(path: Path) -> TableFile:
    lines: list[tuple[int, list[str | None]]] = []
    for record in records(read_text(path)):
        if record.broken or record.stray:
            raise _unread(path, say("table_torn", line=record.line))
        lines.append((record.line, [cell.strip() or None for cell in record.cells]))
    return _table(path, lines)


def _of_workbook(path: Path, preferred: Collection[str]) -> TableFile:
    grids = [grid for grid in read_grids(path) if any(map(any, grid.rows))]
    if not grids:
        raise _unread(path, say("table_without_titles"))
    grids.sort(key=lambda grid: grid.name not in preferred)
    first, *others = grids
    lines = list(enumerate(first.rows, 1))
    names = tuple(grid.name for grid in others if not grid.hidden)
    table = _table(path, lines, sheet=first.name, others=names)
    unseen = tuple((row + 1, column, text) for row, column, text in first.unseen)
    return replace(table, unseen=unseen)


def _of_parquet(path: Path) -> TableFile:
    table = read_parquet_file(path)
    columns = [[_plain_text(value) for value in column.to_pylist()] for column in table.columns]
    return _of_records(path, table.column_names, list(zip(*columns, strict=True)))


def _of_json(path: Path) -> TableFile:
    """A list of records that are flat; a value inside a value is written as JSON."""
    found = read_json(path)
    is_list = isinstance(found, list) and bool(found)
    if not is_list or not all(isinstance(record, Mapping) for record in found):
        raise _unread(path, say("table_no_records"))
    titles = tuple(dict.fromkeys(title for record in found for title in record))
    check_size(path, len(found), len(titles))
    rows = [[_plain_text(record.get(title)) for title in titles] for record in found]
    return _of_records(path, titles, rows)


def _of_records(
    path: Path, titles: Sequence[str], records: Sequence[Sequence[str | None]]
) -> TableFile:
    """The table of records whose titles are stated; their numbers are those of lines below them."""
    unseen: list[tuple[int, int, str]] = []
    heads = [title or "" for title in _seen(1, titles, unseen)]
    rows = [_seen(number, record, unseen) for number, record in enumerate(records, 2)]
    numbers = range(2, len(rows) + 2)
    return TableFile(file_name(path), tuple(heads), rows, numbers, unseen=tuple(unseen))


def _plain_text(value: Any) -> str | None:
    """The text of a value that has a type, as a cell of a workbook would show it."""
    match value:
        case None:
            return None
        case bool():
            return "yes" if value else "no"
        case float():
            return None if value != value else number_text(value)
        case datetime.datetime():
            return moment_text(value)
        case list() | dict():
            return json.dumps(value, ensure_ascii=False, default=str)
    return str(value).strip() or None


_READERS: dict[str, Callable[[Path], TableFile]] = {PARQUET: _of_parquet, JSON: _of_json}
