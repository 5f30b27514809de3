"""Write questions as sheets to be filled in, and read the answers back, each with its cell.

A row is a question with an empty cell for its answer. What the question is about stands beside it
in hidden columns, so that rows may be sorted, deleted or sent out in parts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medgraph.errors import SourceError, TargetError
from medgraph.loaders.tabular.sheets import file_name, letter
from medgraph.loaders.workbooks.grid import address
from medgraph.loaders.workbooks.openpyxl_book import LONGEST_TEXT
from medgraph.loaders.workbooks.readers import read_grids
from medgraph.loaders.workbooks.recognition import never_onto_work
from medgraph.loaders.workbooks.sheet_writing import Book
from medgraph.suffixes import WORKBOOKS, XLSX
from medgraph.whole_files import replacing
from medgraph.words.answer_forms import ENDS, WHOLE, AnswerForm
from medgraph.words.languages import choose
from medgraph.words.question_sheet import (
    FILLED_IN,
    HEADINGS,
    HIDDEN,
    NOT_IN_FILES,
    NOT_IN_NAMES,
    REST,
    SEEN,
    SENT,
    SENT_HEADINGS,
    heading_named,
)
from medgraph.words.say import language, say
from medgraph.words.workbook_words import SHEETS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from medgraph.loaders.workbooks.grid import Grid

_LONGEST_NAME = 31
_LONGEST_FILE = 60
# The headings are locked; rows may be filled in, sorted, filtered and deleted.
_ALLOWED = dict.fromkeys(
    ("sort", "autofilter", "delete_rows", "format_cells", "format_columns", "format_rows"), True
)
_WIDTHS = {"question": 44, "answer": 24, "allowed": 40, "name": 24, "place": 24}
_WIDTH = 12
_THIS = "√"
_HEADER_ROWS = 10  # so far down somebody may have moved the headings


@dataclass(frozen=True)
class Answered:
    """One row that came back: what it asks, the texts filled in, and where they stand."""

    file: str
    sheet: str
    row: int
    cells: Mapping[str, str]
    columns: Mapping[str, int]

    def text(self, name: str) -> str:
        """Return the text of a column; empty where there is none."""
        return self.cells.get(name, "")

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What it is about."""
        return self.text("kind"), self.text("table"), self.text("column"), self.text("id")

    def cell(self, name: str = "answer") -> str:
        """Return the letters and number of a cell: `C7`."""
        return address(self.row, self.columns.get(name))

    def place(self, name: str = "answer") -> str:
        """Return the file, sheet and cell of a column: `q.xlsx 总体!C7`."""
        return f"{self.file} {self.sheet}!{self.cell(name)}"


# -- writing -------------------------------------------------------------------------------------


def write(
    questions: pd.DataFrame,
    target: str | Path,
    *,
    by: str = "",
    part: str = "",
    sent: Sequence[str] = (),
) -> None:
    """Write questions into a workbook, one sheet for each value of the column `by`, if given.

    Of several parts that are `sent` together it names all, so that whoever gets some of them back
    knows which have not come.
    """
    with replacing(target) as file:
        book = Book(file, language(), Path(target))
        lists = _Lists(book)
        for name, rows in _parts(questions, by):
            _add_sheet(book, name, rows, lists)
        if sent:
            _add_parts(book, part, sent)
        lists.write()
        book.close()


def write_folder(questions: pd.DataFrame, folder: str | Path, *, by: str) -> list[Path]:
    """Write a workbook for each value of the column `by` into a folder; return them.

    Raise TargetError where one would replace a sheet that somebody has begun to fill in, or a
    workbook of somebody else; then none is written.
    """
    folder = Path(folder)
    rest = choose(language(), REST)
    parts = {str(name) or rest: rows for name, rows in questions.groupby(by)}
    taken: set[str] = set()
    targets = {name: folder / f"{_file_name(name, taken)}{XLSX}" for name in parts}
    for target in targets.values():
        never_onto_work(target)
        if has_answers(target):
            raise TargetError(say("ask_answered", path=target))
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in parts.items():
        write(rows, targets[name], by=by, part=name, sent=list(parts))
    return list(targets.values())


def _file_name(name: str, taken: set[str]) -> str:
    """What the file of a part is called; no two share it."""
    return _distinct(re.sub(NOT_IN_FILES, " ", name).strip(" ."), _LONGEST_FILE, taken)


def _parts(questions: pd.DataFrame, by: str) -> Iterable[tuple[str, list[dict[str, Any]]]]:
    """The rows of each sheet, with its name, which no two share."""
    rest = choose(language(), REST)
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in questions.to_dict("records"):
        rows.setdefault(row[by] if by else "", []).append({str(k): v for k, v in row.items()})
    reserved = [title for titles in (*SHEETS.values(), SENT) for title in titles.values()]
    used = {title.casefold() for title in reserved}
    for name, mine in (rows or {"": []}).items():
        yield _sheet_name(name or rest, used), mine


def _sheet_name(name: str, used: set[str]) -> str:
    return _distinct(re.sub(NOT_IN_NAMES, " ", name).strip("' "), _LONGEST_NAME, used)


def _distinct(name: str, longest: int, used: set[str]) -> str:
    """A name of so many signs at most that is not used yet, in small letters or large ones."""
    plain = name[:longest] or "-"
    found, number = plain, 2
    while found.casefold() in used:
        end = f" {number}"
        found, number = plain[: longest - len(end)] + end, number + 1
    used.add(found.casefold())
    return found


def _add_sheet(book: Book, name: str, rows: Sequence[Mapping[str, Any]], lists: _Lists) -> None:
    tab = book.book.add_worksheet(name)
    tab.freeze_panes(1, 0)
    tab.protect("", _ALLOWED)
    titles = {key: choose(book.lang, {"zh": zh, "en": en}) for key, (zh, en) in HEADINGS.items()}
    for column, (key, title) in enumerate(titles.items()):
        style = book.styles["required" if key in FILLED_IN else "header"]
        tab.write_string(0, column, title, style)
        options = {"hidden": True} if key in HIDDEN else {}
        width = _WIDTHS.get(key, _WIDTH)
        tab.set_column(column, column, width, book.styles["open"], options)
        for number, row in enumerate(rows, 1):
            _write(tab, number, column, row.get(key, ""), book.styles["open"])
    answer = list(HEADINGS).index("answer")
    for number, row in enumerate(rows, 1):
        if form := AnswerForm.parse(row["form"]):
            lists.add(tab, number, answer, form)
    tab.autofilter(0, 0, max(1, len(rows)), len(SEEN) - 1)


def _add_parts(book: Book, own: str, sent: Sequence[str]) -> None:
    tab = book.book.add_worksheet(choose(book.lang, SENT))
    tab.protect("")
    tab.set_column(0, 0, _WIDTHS["question"])
    for column, title in enumerate(choose(book.lang, SENT_HEADINGS)):
        tab.write_string(0, column, title, book.styles["header"])
    for number, name in enumerate(sent, 1):
        tab.write_string(number, 0, name)
        if name == own:
            tab.write_string(number, 1, _THIS)


def _write(tab: Any, row: int, column: int, value: Any, style: Any) -> None:
    """Names and ids are text, whatever they begin with."""
    if isinstance(value, int):
        tab.write_number(row, column, value, style)
    elif value:
        tab.write_string(row, column, str(value)[:LONGEST_TEXT], style)
    else:
        tab.write_blank(row, column, None, style)


class _Lists:
    """The drop-down lists of a workbook: their words stand on a hidden sheet, a column for each."""

    def __init__(self, book: Book) -> None:
        self.book, self.title = book, choose(book.lang, SHEETS["lists"])
        self.column_of: dict[tuple[str, ...], int] = {}

    def add(self, tab: Any, row: int, column: int, form: AnswerForm) -> None:
        """Give the cell of an answer its list; it warns and does not refuse: reading judges."""
        if not (options := form.options):
            return
        at = letter(self.column_of.setdefault(options, len(self.column_of)))
        source = f"='{self.title}'!${at}$1:${at}${len(options)}"
        rule = {"validate": "list", "source": source, "error_type": "warning"}
        tab.data_validation(row, column, row, column, rule)

    def write(self) -> None:
        """Write the hidden sheet."""
        tab = self.book.book.add_worksheet(self.title)
        for options, column in self.column_of.items():
            for row, text in enumerate(options):
                tab.write_string(row, column, text)
        tab.hide()


# -- reading -------------------------------------------------------------------------------------


def read(path: str | Path) -> list[Answered]:
    """Return every row of the sheets of questions in a file.

    Raise SourceError where there is no such sheet.
    """
    path = Path(path)
    if not path.exists():
        raise SourceError(say("no_source", path=path))
    found = [rows for grid in read_grids(path) if (rows := _rows_of(grid, path)) is not None]
    if not found:
        raise SourceError(say("fill_no_sheet", path=path))
    return [row for rows in found for row in rows]


@dataclass(frozen=True)
class Parts:
    """The parts that went out together, and which of them a file is; none of a sheet by itself."""

    own: frozenset[str] = frozenset()
    sent: tuple[str, ...] = ()


def parts_of(path: str | Path) -> Parts:
    """Return what a file says of the parts that went out with it."""
    titles = set(SENT_HEADINGS.values())
    for grid in read_grids(Path(path)):
        first = tuple(text or "" for text in grid.rows[0][:2]) if grid.rows else ()
        if first in titles:
            rows = [(row[0], row[1] if len(row) > 1 else None) for row in grid.rows[1:] if row]
            own = frozenset(name for name, mark in rows if name and mark)
            return Parts(own, tuple(name for name, _ in rows if name))
    return Parts()


def has_answers(path: str | Path) -> bool:
    """Whether a file is a sheet of questions that somebody has begun to fill in."""
    path = Path(path)
    if not path.is_file() or path.suffix.lower() not in WORKBOOKS:
        return False
    try:
        rows = read(path)
    except SourceError:
        return False
    return any(row.text(name) for row in rows for name in FILLED_IN)


def _rows_of(grid: Grid, path: Path) -> list[Answered] | None:
    """The rows of one sheet; None where it has not the headings of a sheet of questions."""
    for at, texts in enumerate(grid.rows[:_HEADER_ROWS]):
        names = [heading_named(text) for text in texts]
        columns = {name: number for number, name in enumerate(names) if name}
        if columns.keys() >= {"answer", *HIDDEN}:
            numbered = range(at + 1, len(grid.rows))
            rows = [_answered(grid, path, row, columns) for row in numbered]
            return [row for row in rows if any(row.cells.values())]
    return None


def _answered(grid: Grid, path: Path, row: int, columns: Mapping[str, int]) -> Answered:
    texts = grid.rows[row]
    cells = {name: texts[column] or "" for name, column in columns.items() if column < len(texts)}
    return Answered(file_name(path), grid.name, row, cells, columns)


def needs_office(form: AnswerForm) -> bool:
    """Tell whether an answer of this form is a declaration, and so needs to say by whom."""
    return form.name in (WHOLE, ENDS)
