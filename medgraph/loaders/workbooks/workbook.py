"""Read and write an Excel workbook with one sheet for each table."""

from __future__ import annotations

import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from medgraph.errors import SourceError
from medgraph.graphmodel import schema
from medgraph.loaders.tabular import meta
from medgraph.loaders.tabular.csv_text import without_apostrophe
from medgraph.loaders.tabular.network_tables import tables_of
from medgraph.loaders.tabular.sheets import Sheet, file_name, known_header, letter
from medgraph.loaders.tabular.source_tables import SourceTables
from medgraph.loaders.workbooks.cell_edits import with_cells, with_sheet
from medgraph.loaders.workbooks.cell_texts import moment_text, number_text
from medgraph.loaders.workbooks.drop_downs import add_drop_downs
from medgraph.loaders.workbooks.grid import address
from medgraph.loaders.workbooks.openpyxl_book import filled_cells, opened, text_rows
from medgraph.loaders.workbooks.readers import formula_cells
from medgraph.loaders.workbooks.sheet_writing import Book, require_room
from medgraph.whole_files import replacing
from medgraph.words.joining import listed
from medgraph.words.say import Problem, language, problem, say
from medgraph.words.workbook_words import HELP_SHEETS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    import pandas as pd
    from openpyxl.worksheet.worksheet import Worksheet

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.loaders.loaded import Loaded

    Position = tuple[int, int]

_HEADER_WITHIN = 10  # rows, and at least so many titles in it:
_TITLES_OF_A_HEADER = 2


# -- reading --------------------------------------------------------------------------------------


def load(source: Path, *, lenient: bool = False) -> Loaded:
    """Read a workbook; see `medgraph.loaders.registry.load`. A formula counts as what it shows."""
    tabs = opened(source, data_only=True).worksheets
    if not any(schema.table_named(tab.title) for tab in tabs):
        known = listed(table.sheet for table in schema.TABLES.values())
        raise SourceError(say("unknown_table", path=source, known=known))
    tables = SourceTables()
    formulas = formula_cells(source)
    for tab in tabs:
        if tab.title not in HELP_SHEETS:
            tables.take(tab.title, tab.title, partial(_sheet, tab, file_name(source)))
            tables.notes += _formulas_without_value(tab, formulas.get(tab.title, ()))
    return tables.load(lenient=lenient)


def _sheet(tab: Worksheet, file: str, table: schema.Table) -> Sheet:
    grid = _grid(tab)
    top = _header_row(grid, table)
    header = grid[top] if grid else []
    body = grid[top + 1 :]
    filled = [row for row, cells in enumerate(body) if any(text is not None for text in cells)]
    # A remark in Excel's last column makes 16,000 columns, and most of them hold nothing.
    used = {column for row in filled for column, text in enumerate(body[row]) if text is not None}
    columns = [column for column, title in enumerate(header) if title or column in used]
    texts = (pa.array([body[row][column] for row in filled], pa.string()) for column in columns)
    return Sheet(
        table,
        file,
        tab.title,
        tuple(header[column] or "" for column in columns),
        tuple(map(without_apostrophe, texts)),
        np.array(filled, np.int64) + top + 2,
        keys=tuple(map(letter, columns)),
        lettered=True,
        header_row=top + 1,
    )


def _grid(tab: Worksheet) -> list[list[str | None]]:
    """The texts of all cells; a merged cell has its text in all the rows and columns it covers."""
    texts = {at: _text(cell.value) for at, cell in filled_cells(tab).items()}
    for area in tab.merged_cells.ranges:
        text = texts.get((area.min_row - 1, area.min_col - 1))
        if text:
            texts |= {(row - 1, column - 1): text for row, column in area.cells}
    return text_rows(texts, tab.title)


def _text(value: Any) -> str | None:
    """The text of a cell as our tables hold it: yes and no, and every digit of a number."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, datetime.datetime):
        return moment_text(value)
    return str(value).strip() or None


def _formulas_without_value(tab: Worksheet, formulas: Iterable[Position]) -> Iterator[Problem]:
    """Tell of the formulas of which the file has no value: it was never opened in Excel."""
    filled = filled_cells(tab)
    empty = [f"{tab.title}!{address(*at)}" for at in formulas if at not in filled]
    if empty:
        yield problem("W077", place=empty[0], value=str(len(empty)))


def _header_row(grid: list[list[str | None]], table: schema.Table) -> int:
    """The row that names the columns: a title may be above it."""
    for number, row in enumerate(grid[:_HEADER_WITHIN]):
        known = [text for text in row if text and known_header(table.name, text)]
        if len(known) >= _TITLES_OF_A_HEADER:
            return number
    return 0


# -- writing --------------------------------------------------------------------------------------


def write(
    net: MedicalNetwork,
    target: Path,
    *,
    first: Callable[[Any], None] | None = None,
    beside: Mapping[str, pd.DataFrame] | None = None,
    also: Callable[[Any], None] | None = None,
) -> None:
    """Write a workbook with a sheet for each table, words and headers in the language of now.

    Ids and codes are text cells, days are dates, and no text is ever a formula. `beside` are sheets
    for people by their titles, which reading leaves out; `first` may add sheets before the tables,
    on which the book then opens, and `also` behind them. Raise TargetError where the network is
    larger than a sheet can hold.
    """
    lang = language()
    _, links = net.packed_tables
    require_room(links, target)  # before anything is unpacked or written
    with replacing(target) as new:
        book = Book(new, lang, target)
        if first is not None:
            first(book.book)
        tables = [*tables_of(net), (schema.META, meta.table(net.meta, lang))]
        heads = {table: book.add_table(table, rows) for table, rows in tables}
        for title, rows in (beside or {}).items():
            book.add_beside(title, rows)
        if also is not None:
            also(book.book)
        add_drop_downs(book.book, heads, lang)
        book.close()


def restate(
    net: MedicalNetwork, source: Path, stated: Mapping[str, str | None], target: Path
) -> str:
    """Write `source` of `net` to `target` with these statements in its 说明, all else as it is.

    None takes a statement away. Return the place of the first; raise TargetError where the sheet
    cannot be changed.
    """
    tabs = opened(source, data_only=True).worksheets
    tab = next((tab for tab in tabs if schema.table_named(tab.title) is schema.META), None)
    with replacing(target) as new:
        if tab is None:
            title, lines = schema.META.title(language()), meta.new_lines(stated, language())
            with_sheet(source, new, title, lines)
            return f"{title}!B2"
        sheet = _sheet(tab, file_name(source), schema.META)
        cells, first = meta.restated(sheet, stated, net.packed_tables[0])
        with_cells(source, new, tab.title, cells)
        return first
