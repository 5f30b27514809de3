"""Write sheets with xlsxwriter: a book whose texts stay texts, its styles, its tables."""

from __future__ import annotations

import datetime
import math
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from medgraph.errors import TargetError
from medgraph.file_properties import TIMELESS
from medgraph.graphmodel import schema
from medgraph.graphmodel.made_ids import titled
from medgraph.loaders.workbooks.openpyxl_book import LONGEST_TEXT
from medgraph.plain_workbooks import plain_workbook
from medgraph.words.say import say
from medgraph.words.vocabularies import VOCABULARIES, label, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import pandas as pd

    from medgraph.words.columns import Field

_MOST_ROWS = 1_048_575  # below the header
_FIRST_DAY = datetime.date(1900, 3, 1)  # before it Excel counts a day that never was
_WIDE_COLUMNS = ("name", "source", "target", "value")
_WIDE, _NARROW, _WIDEST = 28, 16, 60
_LINE, _HIGHEST = 15, 400  # points
_FIRST_WIDE = "\u2e80"
_A4 = 9  # as Excel counts papers
_HEADER = {"bold": True, "bottom": 1, "text_wrap": True}
_FORMATS: dict[str, dict[str, Any]] = {
    "header": {**_HEADER, "bg_color": "#E8EEF4"},
    "required": {**_HEADER, "bg_color": "#F6D9B8"},
    "example": {"italic": True, "font_color": "#808080", "num_format": "@"},
    "text": {"num_format": "@"},
    "open": {"num_format": "@", "locked": False},
    "sentence": {"num_format": "@", "text_wrap": True, "valign": "top"},
    "date": {"num_format": "yyyy-mm-dd"},
}


def fit_for_print(tab: Any) -> None:
    """Let a sheet be printed across one page, A4 on its side, its header on each page."""
    tab.set_landscape()
    tab.set_paper(_A4)
    tab.fit_to_pages(1, 0)
    tab.repeat_rows(0)


def fit_rows(tab: Any, rows: Iterable[Sequence[Any]], widths: Sequence[float]) -> None:
    """Make the rows below the header as high as their wrapped texts are long.

    Not every program does so by itself when it opens a file.
    """
    for number, texts in enumerate(rows, 1):
        cells = zip(texts, widths, strict=False)
        lines = max((math.ceil(_room(str(text)) / width) for text, width in cells), default=1)
        if lines > 1:
            tab.set_row(number, min(_HIGHEST, lines * _LINE))


def _room(text: str) -> int:
    """How many Latin letters take as much room as a text: a Chinese sign is two wide."""
    return sum(2 if sign >= _FIRST_WIDE else 1 for sign in text)


def require_room(rows: pa.Table, target: Path) -> None:
    """Raise TargetError where a table is longer than a sheet."""
    if len(rows) > _MOST_ROWS:
        raise TargetError(say("too_many_rows", path=target, rows=len(rows)))


class Book:
    """A workbook that is being written, in one language, with the styles of its cells."""

    def __init__(self, file: Path, lang: str, target: Path) -> None:
        self.lang, self.target = lang, target
        self.book: Any = plain_workbook(file, TIMELESS)
        self.styles: dict[str, Any] = {
            name: self.book.add_format(values) for name, values in _FORMATS.items()
        }

    def close(self) -> None:
        """Write the file."""
        self.book.close()

    # -- tables --------------------------------------------------------------------------------

    def add_table(self, table: schema.Table, rows: pa.Table) -> list[str]:
        """Write one table as a sheet and return its headers; raise TargetError."""
        require_room(rows, self.target)
        tab = self.book.add_worksheet(table.title(self.lang))
        tab.freeze_panes(1, 0)
        fit_for_print(tab)
        heads = []
        for column, name in enumerate(rows.column_names):
            described = _field_called(table, name)
            heads.append(described.title(self.lang) if described else name)
            tab.write_string(0, column, heads[-1], self.styles["header"])
            width = _WIDE if name in _WIDE_COLUMNS else _NARROW
            hidden = {"hidden": True} if _is_technical(name, rows) else None
            tab.set_column(column, column, width, self.styles["text"], hidden)
            for row, value in enumerate(_in_words(rows[name], described, self.lang), 1):
                self._write(tab, row, column, value)
        tab.autofilter(0, 0, max(1, len(rows)), rows.num_columns - 1)
        return heads

    def _write(self, tab: Any, row: int, column: int, value: Any) -> None:
        if value is None:
            return
        if isinstance(value, datetime.date) and value >= _FIRST_DAY:
            midnight = datetime.datetime(value.year, value.month, value.day)
            tab.write_datetime(row, column, midnight, self.styles["date"])
        elif _excel_keeps(value):
            tab.write_number(row, column, value)
        else:
            text = value.isoformat() if isinstance(value, datetime.date) else str(value)
            if len(text) > LONGEST_TEXT:
                raise TargetError(say("cell_too_long", path=self.target, signs=len(text)))
            tab.write_string(row, column, text, self.styles["text"])

    # -- sheets for people ---------------------------------------------------------------------

    def add_beside(self, title: str, rows: pd.DataFrame) -> None:
        """Write a sheet for people, its texts cut to what a cell holds."""
        tab = self.book.add_worksheet(title)
        tab.freeze_panes(1, 0)
        fit_for_print(tab)
        widths = []
        for column, (head, values) in enumerate(rows.items()):
            tab.write_string(0, column, str(head), self.styles["header"])
            longest = max((len(str(value)) for value in values), default=6)
            widths.append(min(_WIDEST, 3 + 2 * longest))
            tab.set_column(column, column, widths[-1], self.styles["sentence"])
            for row, value in enumerate(values, 1):
                if isinstance(value, int):
                    tab.write_number(row, column, value)
                elif value is not None:
                    text = str(value)[:LONGEST_TEXT]
                    tab.write_string(row, column, text, self.styles["sentence"])
        fit_rows(tab, rows.itertuples(index=False), widths)
        tab.autofilter(0, 0, max(1, len(rows)), max(0, len(rows.columns) - 1))


def _is_technical(name: str, rows: pa.Table) -> bool:
    """Whether a column says nothing to people: where rows came from, or ids made of names."""
    if name != "id" or "name" not in rows.column_names:
        return name == "origin"
    pairs = zip(rows["name"].to_pylist(), rows["id"].to_pylist(), strict=True)
    return all(titled(called or "", id) for called, id in pairs)


def _field_called(table: schema.Table, header: str) -> Field | None:
    """The field that a header means as it is, not folded."""
    name = schema.headers(table.name).get(header)
    return table.field(name) if name else None


def _in_words(column: Any, described: Field | None, lang: str) -> Iterable[Any]:
    """The values of a column, words of a vocabulary as people say them in `lang`."""
    values: list[Any] = column.to_pylist()
    if column.type == pa.bool_():
        said = {True: label("boolean", "yes", lang), False: label("boolean", "no", lang)}
        return [said.get(value) for value in values]
    if described is None or not described.vocabulary:
        return values
    vocabulary = described.vocabulary
    labels = {key: label(vocabulary, key, lang) for key in VOCABULARIES[vocabulary]}
    read_back = {key: text for key, text in labels.items() if word(vocabulary, text) == key}
    return [read_back.get(value, value) for value in values]


def _excel_keeps(value: Any) -> bool:
    """Whether a value is a number that has no more digits than Excel keeps."""
    if not isinstance(value, int | float):
        return False
    return math.isfinite(value) and float(f"{value:.16G}") == value
