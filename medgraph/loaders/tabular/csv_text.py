"""Read the text of a CSV file: its delimiter, its header and columns of text."""

from __future__ import annotations

import contextlib
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from medgraph.errors import SourceError
from medgraph.loaders.table_limits import MOST_CELLS, check_titles, refuse_beyond
from medgraph.loaders.tabular.csv_records import Layout, Record, are_quotes_sound, records
from medgraph.words.say import say
from medgraph.words.workbook_words import FORMULA_SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from medgraph.graphmodel.arrays.types import Positions

BOM = b"\xef\xbb\xbf"
_BLOCK_OF_ROWS = 16
_BLOCK = 64 << 20  # bytes that are read at once; a row must lie in one block or two
# A text that begins so would be a formula for Excel; an apostrophe before it makes it a text.
_FORMULA = f"^'*[{FORMULA_SIGNS}]"
_FORMULA_WITHIN = re.compile(rf"[\s']*[{FORMULA_SIGNS}]")
_NO_LETTER_FIRST = r"^[^\pL\pN]"
_KEPT_FROM_FORMULA = f"^'+[{FORMULA_SIGNS}]"


def rows_of(text: str) -> list[list[str]]:
    """Return the rows of a CSV text, of whatever length each is; a line `sep=` is an empty one."""
    above: list[list[str]] = [[]] * Layout.of(text).lines_above
    return [*above, *(record.cells for record in records(text))]


def sound_rows_of(text: str, file: Path) -> list[list[str]]:
    """Return the rows of a CSV text; raise SourceError where its quotes are not in pairs.

    Which cells such quotes hold together, nobody can tell.
    """
    for record in records(text):
        if record.broken:
            shown = " | ".join(record.cells)
            raise SourceError(say("csv_quotes", path=file, line=record.line, value=shown))
    return rows_of(text)


@dataclass(frozen=True)
class CsvTable:
    """The header and the columns of a CSV text, and the number in the file of each row.

    `damaged` are the records that no row was made of; `stray` those with a quote inside a cell,
    which was read with it. `trailing` are the columns without a title and a value at the right.
    """

    header: list[str]
    columns: list[Any]
    rows: Positions
    header_row: int = 1
    damaged: tuple[Damaged, ...] = ()
    stray: tuple[tuple[int, Record], ...] = ()
    trailing: int = 0


@dataclass(frozen=True)
class Damaged:
    """A record that no row was made of, by its number in the file; `titles` it should have."""

    row: int
    record: Record
    titles: int


def table_of(text: str, file: Path) -> CsvTable:
    """Read a CSV text; a record that does not fit its header is no row, and is told.

    Raise SourceError where the table of such a `file` would be past a limit.
    """
    layout = Layout.of(text)
    top = 1 + layout.lines_above
    body = text[layout.begin :]
    first = next(records(text), None)
    if first is None:
        return CsvTable([], [], np.zeros(0, np.int64), top)
    check_titles(file, first.cells)
    is_simple = layout.delimiter.isascii() and are_quotes_sound(body, layout.delimiter)
    if is_simple:  # as Arrow reads it
        with contextlib.suppress(pa.ArrowInvalid):
            columns = _equal_columns(body, layout.delimiter, len(first.cells))
            header = _count_lines(layout.delimiter.join(first.cells))
            has_a_line_for_each_row = header + len(columns[0]) == _count_lines(body)
            if has_a_line_for_each_row:  # else quotes may have swallowed rows
                rows = np.arange(len(columns[0])) + top + 1
                return CsvTable(first.cells, [_stripped(column) for column in columns], rows, top)
    return _by_records(text, top, file)


def _count_lines(text: str) -> int:
    """The number of lines of a text, the last of which may lack its end."""
    ends = text.count("\n") + text.count("\r") - text.count("\r\n")
    return ends + (not text.endswith(("\n", "\r")))


def _by_records(text: str, top: int, file: Path) -> CsvTable:
    header, *body = records(text)
    numbered = [(top + place, record) for place, record in enumerate(body, 1)]
    filled = [(row, record) for row, record in numbered if any(map(str.strip, record.cells))]
    width = len(header.cells)
    trailing = _trailing(filled, width)
    titled = max((at for at, title in enumerate(header.cells, 1) if title.strip()), default=width)
    in_blocks = _rows_without_end(filled, titled)
    kept: list[tuple[int, Record]] = []
    damaged: list[Damaged] = []
    for row, record in filled:
        is_whole = titled <= len(record.cells) - trailing <= width or row in in_blocks
        if is_whole and not (record.broken or header.broken):
            kept.append((row, record))
        else:
            damaged.append(Damaged(row, record, width))
    refuse_beyond(MOST_CELLS, len(kept) * width, "limit_cells", file)
    columns = [_column([record.cells for _, record in kept], place) for place in range(width)]
    return CsvTable(
        header.cells,
        [_stripped(column) for column in columns],
        np.array([row for row, _ in kept], np.int64),
        top,
        tuple(damaged),
        tuple((row, record) for row, record in kept if record.stray),
        trailing,
    )


def _column(rows: list[list[str]], place: int) -> Any:
    """The cells of a column; a row may end before it."""
    return pa.array([row[place] if place < len(row) else "" for row in rows], pa.string())


def _trailing(filled: list[tuple[int, Record]], width: int) -> int:
    """How many empty cells every row has behind those of the header.

    A single row may have one for another reason: a comma inside a name moved its cells.
    """
    widths = {len(record.cells) for _, record in filled}
    is_alike = len(filled) > 1 and len(widths) == 1 and max(widths) > width
    if not is_alike or any(map(str.strip, _behind(filled, width))):
        return 0
    return widths.pop() - width


def _behind(filled: list[tuple[int, Record]], width: int) -> Iterator[str]:
    return (cell for _, record in filled for cell in record.cells[width:])


def _rows_without_end(filled: list[tuple[int, Record]], titled: int) -> set[int]:
    """The rows whose last cells Excel left out: it does so where all rows of a block have none."""
    blocks: dict[int, dict[int, int]] = {}
    for row, record in filled:
        blocks.setdefault((row - 1) // _BLOCK_OF_ROWS, {})[row] = len(record.cells)
    blocks.pop(0, None)  # that of the header
    return {
        row
        for widths in blocks.values()
        if len(widths) > 1 and len(set(widths.values())) == 1 and max(widths.values()) < titled
        for row in widths
    }


def _equal_columns(text: str, delimiter: str, width: int) -> list[Any]:
    """The columns of a CSV text all of whose rows are equally long, fast; else ArrowInvalid."""
    names = [str(place) for place in range(width)]
    table = arrow_csv.read_csv(
        io.BytesIO(text.encode("utf-8")),
        read_options=arrow_csv.ReadOptions(
            column_names=names, skip_rows_after_names=1, block_size=_BLOCK
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
        ),
    )
    return [table[name].combine_chunks() for name in names]


def _stripped(column: Any) -> Any:
    """The column without spaces around its texts; an empty text is null."""
    column = pc.utf8_trim_whitespace(column)
    return pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.string()), column)


# -- texts that Excel would take for formulas --------------------------------------------------


def with_apostrophe(column: Any) -> Any:
    """Put an apostrophe before each text that Excel would take for a formula."""
    formula = pc.fill_null(pc.match_substring_regex(column, _FORMULA), False)
    return pc.if_else(formula, pc.binary_join_element_wise("'", column, ""), column)


def is_formula(text: str) -> bool:
    """Whether Excel would take a text for a formula, or one with spaces or apostrophes before it.

    >>> is_formula("=1+1"), is_formula("甲医院")
    (True, False)
    """
    return _FORMULA_WITHIN.match(text) is not None


def no_formula(value: Any) -> Any:
    """Return a value; with an apostrophe before it where Excel would take it for a formula.

    >>> no_formula("=1+1"), no_formula("甲医院"), no_formula(-1)
    ("'=1+1", '甲医院', -1)
    """
    return f"'{value}" if isinstance(value, str) and is_formula(value) else value


def may_be_formulas(column: Any) -> Any:
    """Return a mask over texts that no letter and no digit begins: the few to look at closely."""
    return pc.fill_null(pc.match_substring_regex(column, _NO_LETTER_FIRST), False)


def without_apostrophe(column: Any) -> Any:
    """Take away the apostrophe that keeps a text from being a formula."""
    if not pc.any(pc.starts_with(column, "'")).as_py():
        return column
    kept = pc.fill_null(pc.match_substring_regex(column, _KEPT_FROM_FORMULA), False)
    return pc.if_else(kept, pc.utf8_slice_codeunits(column, 1), column)
