"""Read the text of a CSV file: its encoding, its delimiter, its header and columns of text."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from medgraph.errors import SourceError
from medgraph.words.say import say
from medgraph.words.workbook_words import FORMULA_SIGNS

if TYPE_CHECKING:
    from pathlib import Path

BOM = b"\xef\xbb\xbf"
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_DELIMITERS = ",;\t"
_BLOCK = 64 << 20  # bytes that are read at once; a row must lie in one block or two
# A text that begins so would be a formula for Excel; an apostrophe before it makes it a text.
_FORMULA = f"^'*[{FORMULA_SIGNS}]"
_FORMULA_WITHIN = re.compile(rf"[\s']*[{FORMULA_SIGNS}]")
_KEPT_FROM_FORMULA = f"^'+[{FORMULA_SIGNS}]"


def decode(content: bytes, file: Path) -> tuple[str, str]:
    """Return the text of a file and its encoding: UTF-8, UTF-16 by its mark, else GB18030."""
    if content.startswith(_UTF_16_MARKS):
        try:
            return content.decode("utf-16"), "UTF-16"
        except UnicodeDecodeError as error:
            line = content[: error.start].decode("utf-16", "replace").count("\n") + 1
            raise SourceError(say("not_text", path=file, line=line)) from error
    try:
        return content.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("gb18030"), "GB18030"
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise SourceError(say("not_text", path=file, line=line)) from error


def delimiter_of(text: str) -> str:
    """Return what is between cells: the comma, semicolon or tab the first line has most of."""
    first, _, _ = text.partition("\n")
    return max(_DELIMITERS, key=first.count)


def rows_of(text: str) -> list[list[str]]:
    """Return the rows of a CSV text, of whatever length each is."""
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text)))


def columns_of(text: str) -> tuple[list[str], list[Any]]:
    """Return the header and the columns; a row that is too long or too short keeps what it has."""
    delimiter = delimiter_of(text)
    header = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    if not header:
        return [], []
    try:
        columns = _equal_columns(text, delimiter, len(header))
    except pa.ArrowInvalid:
        header, columns = _ragged_columns(rows_of(text))
    return header, [_stripped(column) for column in columns]


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


def _ragged_columns(rows: list[list[str]]) -> tuple[list[str], list[Any]]:
    """The header and the columns, as wide as the longest row is."""
    width = max(map(len, rows))
    header, *body = [row + [""] * (width - len(row)) for row in rows]
    return header, [pa.array([row[place] for row in body], pa.string()) for place in range(width)]


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


def without_apostrophe(column: Any) -> Any:
    """Take away the apostrophe that keeps a text from being a formula."""
    if not pc.any(pc.starts_with(column, "'")).as_py():
        return column
    kept = pc.fill_null(pc.match_substring_regex(column, _KEPT_FROM_FORMULA), False)
    return pc.if_else(kept, pc.utf8_slice_codeunits(column, 1), column)
