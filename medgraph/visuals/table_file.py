"""Write the table behind a picture as CSV or XLSX: texts stay texts."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from medgraph.file_properties import properties
from medgraph.plain_workbooks import plain_workbook
from medgraph.visuals.headings import heading
from medgraph.words.say import say
from medgraph.words.workbook_words import FORMULA_SIGNS

if TYPE_CHECKING:
    import pandas as pd

_WIDE = 28
_FORMULA = re.compile(rf"[\s']*[{FORMULA_SIGNS}]")


def table_csv(table: pd.DataFrame) -> bytes:
    """Return the table as CSV that Excel opens: with a BOM, and no text that is a formula."""
    safe = table.astype(object).map(_no_formula)
    content = safe.to_csv(index=False, lineterminator="\r\n")
    return b"\xef\xbb\xbf" + content.encode("utf-8")


def table_xlsx(table: pd.DataFrame, title: str) -> bytes:
    """Return the table as a workbook of one sheet, its headings in the language of now."""
    content = io.BytesIO()
    with plain_workbook(content, properties(title), in_memory=True) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        sheet = book.add_worksheet(say("figure_table"))
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(table.columns), _WIDE)
        for place, column in enumerate(table.columns):
            sheet.write_string(0, place, heading(str(column)), bold)
        for number, row in enumerate(table.itertuples(index=False), 1):
            for place, value in enumerate(row):
                _write(sheet, number, place, value)
    return content.getvalue()


def _write(sheet: Any, row: int, column: int, value: Any) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, value)
    elif value is not None and value == value:  # a NaN is no value
        sheet.write_number(row, column, float(value))


def _no_formula(value: Any) -> Any:
    is_formula = isinstance(value, str) and _FORMULA.match(value)
    return f"'{value}" if is_formula else value
