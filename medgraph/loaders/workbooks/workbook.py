"""Read and write an Excel workbook with one sheet for each table."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import numpy as np
import pyarrow as pa

from medgraph.errors import SourceError, TargetError
from medgraph.graphmodel import schema
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders import atomic
from medgraph.loaders.formats.csv_folder import tables_of, unquoted, without_examples
from medgraph.loaders.loaded import Loaded
from medgraph.loaders.tabular import meta
from medgraph.loaders.tabular.assembly import Intake
from medgraph.loaders.tabular.sheets import Sheet, file_name, filled_cells, known_header, text_rows
from medgraph.loaders.workbooks.marked_copy import marked_copy
from medgraph.loaders.workbooks.template import drop_downs, template
from medgraph.words.say import Problem, language, problem, say
from medgraph.words.vocabularies import VOCABULARIES, label, word

if TYPE_CHECKING:
    import pandas as pd
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["load", "marked_copy", "template", "write"]

# Sheets that help people and hold no data; the last ones stand beside a draft from prose.
_HELP = frozenset(
    {
        "填写说明",
        "Help",
        "选项",
        "Lists",
        "问题",
        "Problems",
        "语句",
        "Sentences",
        "核对",
        "Counts",
        "目标",
        "Targets",
        "文字修复",
        "Repairs",
        "名册比较",
        "Comparison",
        "读入说明",
        "How read",
        "未读懂",
        "Not understood",
        "对照选项",
        "Choices",
    }
)
_HEADER_WITHIN = 10
_ROWS = 1_048_575
_SIGNS = 32_767
_FIRST_DAY = datetime.date(1900, 3, 1)  # before it Excel counts a day that never was


# -- reading ---------------------------------------------------------------------------------------


def load(source: Path, *, lenient: bool = False) -> Loaded:
    """Read a workbook; see `medgraph.loaders.registry.load`. Formulas count with the value they show."""
    notes: list[Problem] = []
    sheets, stated, words = [], {}, {}
    tabs = opened(source, data_only=True).worksheets
    for tab in tabs:
        if tab.title in _HELP:
            continue
        table = schema.table_named(tab.title)
        if table is None and tab.title not in meta.WORDS_NAMES:
            notes.append(problem("W035", place=tab.title, value=tab.title))
            continue
        sheet = _sheet(tab, table or schema.META, file_name(source))
        if table is None:
            words |= meta.words_of(sheet)
        elif table is schema.META:
            stated |= meta.read(sheet, notes)
        else:
            sheets.append(without_examples(sheet, notes))
    if not any(schema.table_named(tab.title) for tab in tabs):
        raise SourceError(
            say(
                "unknown_table",
                path=source,
                known="、".join(t.sheet for t in schema.TABLES.values()),
            )
        )
    return Intake(sheets, stated, notes=notes, other_words=words).load(lenient=lenient)


def opened(source: Path, *, data_only: bool, read_only: bool = False) -> Any:
    """Return the workbook at `source`; raise SourceError where it is none."""
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        return openpyxl.load_workbook(source, data_only=data_only, read_only=read_only)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, EOFError) as error:
        raise SourceError(say("not_a_workbook", path=source)) from error


def _sheet(tab: Worksheet, table: schema.Table, file: str) -> Sheet:
    grid = _grid(tab)
    top = _header_row(grid, table)
    header, body = (grid[top], grid[top + 1 :]) if grid else ([], [])
    filled = [i for i, row in enumerate(body) if any(cell is not None for cell in row)]
    columns = tuple(pa.array([body[i][c] for i in filled], pa.string()) for c in range(len(header)))
    return Sheet(
        table,
        file,
        tab.title,
        tuple(text or "" for text in header),
        tuple(map(unquoted, columns)),
        np.array(filled, np.int64) + top + 2,
        header_row=top + 1,
    )


def _grid(tab: Worksheet) -> list[list[str | None]]:
    """The texts of all cells; a merged cell stands in all the rows and columns it covers."""
    texts = {at: _text(cell.value) for at, cell in filled_cells(tab).items()}
    for area in tab.merged_cells.ranges:
        if text := texts.get((area.min_row - 1, area.min_col - 1)):
            texts |= {(row - 1, column - 1): text for row, column in area.cells}
    return text_rows(texts, tab.title)


def _text(value: Any) -> str | None:
    """The text of a cell as people mean it: a whole number without `.0`, a day as 2023-10-25."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and math.isfinite(value) and value == int(value):
        return str(int(value))
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(" ")
    if value is None:
        return None
    text = (
        value if isinstance(value, str) else repr(value) if isinstance(value, float) else str(value)
    )
    return text.strip() or None


def _header_row(grid: list[list[str | None]], table: schema.Table) -> int:
    """The row that names the columns: a title may stand above it."""
    for number, row in enumerate(grid[:_HEADER_WITHIN]):
        if sum(bool(text and known_header(table.name, text)) for text in row) >= 2:
            return number
    return 0


# -- writing ---------------------------------------------------------------------------------------


def write(
    net: MedicalNetwork,
    target: Path,
    *,
    beside: Mapping[str, pd.DataFrame] | None = None,
    also: Callable[[Any], None] | None = None,
) -> None:
    """Write a workbook with a sheet for each table, words and headers in the language of now.

    Ids and codes are text cells, days are dates, and no text is ever a formula. `beside` are sheets for people by
    their titles, which reading leaves out; `also` may add more to the book. Raise TargetError where the network is
    larger than a sheet can hold.
    """
    import xlsxwriter

    lang = language()
    with atomic.replacing(target) as new:
        book = xlsxwriter.Workbook(
            str(new),
            {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
        )
        book.set_properties({"created": datetime.datetime(2000, 1, 1)})
        styles = _styles(book)
        tables = [*tables_of(net), (schema.META, meta.table(net.meta, lang))]
        heads = {
            table: _write_table(book, styles, table, rows, lang, target) for table, rows in tables
        }
        for title, rows in (beside or {}).items():
            _write_beside(book, styles, title, rows)
        if also is not None:
            also(book)
        drop_downs(book, heads, lang)
        book.close()


def _styles(book: Any) -> dict[str, Any]:
    return {
        "header": book.add_format(
            {"bold": True, "bg_color": "#E8EEF4", "bottom": 1, "text_wrap": True}
        ),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "text": book.add_format({"num_format": "@"}),
        "plain": None,
    }


def _write_table(
    book: Any, styles: dict[str, Any], table: schema.Table, rows: pa.Table, lang: str, target: Path
) -> list[str]:
    """Write one sheet and return its headers."""
    if len(rows) > _ROWS:
        raise TargetError(say("too_many_rows", path=target, rows=len(rows)))
    tab = book.add_worksheet(table.title(lang))
    tab.freeze_panes(1, 0)
    heads = []
    for column, name in enumerate(rows.column_names):
        described = schema.headers(table.name).get(name) and table.field(
            schema.headers(table.name)[name]
        )
        heads.append(described.title(lang) if described else name)
        tab.write_string(0, column, heads[-1], styles["header"])
        tab.set_column(
            column,
            column,
            28 if name in ("name", "source", "target", "value") else 16,
            styles["text"],
        )
        for row, value in enumerate(_shown(rows[name], described, lang), 1):
            _write_cell(tab, row, column, value, styles, target)
    tab.autofilter(0, 0, max(1, len(rows)), rows.num_columns - 1)
    return heads


def _write_beside(book: Any, styles: dict[str, Any], title: str, rows: pd.DataFrame) -> None:
    """Write a sheet for people, its texts cut to what a cell holds."""
    tab = book.add_worksheet(title)
    tab.freeze_panes(1, 0)
    for column, (head, values) in enumerate(rows.items()):
        tab.write_string(0, column, str(head), styles["header"])
        tab.set_column(
            column,
            column,
            min(80, 3 + 2 * max(map(len, map(str, values)), default=6)),
            styles["text"],
        )
        for row, value in enumerate(values, 1):
            if isinstance(value, int):
                tab.write_number(row, column, value)
            elif value is not None:
                tab.write_string(row, column, str(value)[:_SIGNS], styles["text"])
    tab.autofilter(0, 0, max(1, len(rows)), max(0, len(rows.columns) - 1))


def _shown(column: pa.ChunkedArray, described: schema.Field | None, lang: str) -> Iterator[Any]:
    values = column.to_pylist()
    if column.type == pa.bool_():
        return (None if v is None else label("boolean", "yes" if v else "no", lang) for v in values)
    if described is None or not described.vocabulary:
        return iter(values)
    vocabulary = described.vocabulary
    labels = {w: label(vocabulary, w, lang) for w in VOCABULARIES[vocabulary]}
    labels = {w: text for w, text in labels.items() if word(vocabulary, text) == w}
    return (labels.get(v, v) for v in values)


def _write_cell(
    tab: Any, row: int, column: int, value: Any, styles: dict[str, Any], target: Path
) -> None:
    if value is None:
        return
    if isinstance(value, datetime.date) and value >= _FIRST_DAY:
        tab.write_datetime(
            row, column, datetime.datetime(value.year, value.month, value.day), styles["date"]
        )
    elif (
        isinstance(value, int | float) and math.isfinite(value) and float(f"{value:.16G}") == value
    ):
        tab.write_number(row, column, value)
    else:
        text = str(value) if not isinstance(value, datetime.date) else value.isoformat()
        if len(text) > _SIGNS:
            raise TargetError(say("cell_too_long", path=target, signs=len(text)))
        tab.write_string(row, column, text, styles["text"])
