"""Write the review of two lists as a workbook to be decided on, and read the decisions back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from medgraph.errors import SourceError
from medgraph.graphmodel.decisions import Decision
from medgraph.loaders.tabular.sheets import file_name
from medgraph.loaders.workbooks.grid import address
from medgraph.loaders.workbooks.openpyxl_book import LONGEST_TEXT
from medgraph.loaders.workbooks.readers import read_grids
from medgraph.loaders.workbooks.sheet_writing import Book, fit_for_print
from medgraph.whole_files import replacing
from medgraph.words.languages import choose
from medgraph.words.review_sheet import (
    DECISIONS,
    FILLED_IN,
    HERE,
    KEPT,
    NEEDED,
    PLACES,
    SEEN,
    SHEETS,
    decision_named,
    heading_named,
)
from medgraph.words.say import language, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from medgraph.loaders.workbooks.grid import Grid

_WIDTHS = {
    **dict.fromkeys(("name", "target_name", "reason", "others"), 30),
    **dict.fromkeys(("address", "target_address"), 24),
    **dict.fromkeys(("number", "status", "confidence"), 8),
}
_WIDTH = 14
_HEADER_ROWS = 10  # so far down somebody may have moved the headings


def write(
    rows: pd.DataFrame,
    decisions: Sequence[Decision],
    about: Iterable[str],
    target: str | Path,
    *,
    of_places: bool = False,
) -> None:
    """Write a review; `rows` are its entries side by side, `decisions` those that were kept.

    One `of_places` is of one list, whose facilities look for their townships. What is decided of an
    entry stands beside it. All decisions stand on a sheet of their own, so that the file alone
    carries them on to the next edition.
    """
    with replacing(target) as file:
        book = Book(file, language(), Path(target))
        words, columns = (HERE, PLACES) if of_places else (DECISIONS, SEEN)
        options = [choose(book.lang, _named(texts)) for texts in words.values()]
        entries = [_in_words(row, words, book.lang) for row in rows.to_dict("records")]
        _add_rows(book, "review", columns, entries, len(options))
        kept = [_in_words(decision._asdict(), words, book.lang) for decision in decisions]
        _add_rows(book, "decisions", {name: columns[name] for name in KEPT}, kept, len(options))
        tab = book.book.add_worksheet(choose(book.lang, SHEETS["about"]))
        tab.set_column(0, 0, 100, book.styles["sentence"])
        for number, line in enumerate(about):
            tab.write_string(number, 0, line, book.styles["sentence"])
        tab = book.book.add_worksheet(choose(book.lang, SHEETS["lists"]))
        for number, text in enumerate(options):
            tab.write_string(number, 0, text)
        tab.hide()
        book.close()


def _named(texts: tuple[str, str]) -> dict[str, str]:
    return {"zh": texts[0], "en": texts[1]}


def _in_words(
    row: Mapping[Any, Any], words: Mapping[str, tuple[str, str]], lang: str
) -> dict[Any, Any]:
    """A row whose decision, if any, is said in `lang`."""
    texts = words.get(row["decision"]) or DECISIONS.get(row["decision"])
    return {**row, "decision": choose(lang, _named(texts)) if texts else ""}


def _add_rows(
    book: Book,
    sheet: str,
    columns: Mapping[str, tuple[str, str]],
    rows: Sequence[Mapping[Any, Any]],
    options: int,
) -> None:
    tab = book.book.add_worksheet(choose(book.lang, SHEETS[sheet]))
    tab.freeze_panes(1, 0)
    fit_for_print(tab)
    for column, (name, titles) in enumerate(columns.items()):
        style = book.styles["required" if name in FILLED_IN else "header"]
        tab.write_string(0, column, choose(book.lang, _named(titles)), style)
        is_told = name in NEEDED or name in FILLED_IN or any(row.get(name) for row in rows)
        hidden = {} if is_told else {"hidden": True}  # what neither list states takes no room
        tab.set_column(column, column, _WIDTHS.get(name, _WIDTH), book.styles["text"], hidden)
        for number, row in enumerate(rows, 1):
            _write(tab, number, column, row.get(name, ""), book)
    decision = list(columns).index("decision")
    source = f"='{choose(book.lang, SHEETS['lists'])}'!$A$1:$A${options}"
    rule = {"validate": "list", "source": source, "error_type": "warning"}
    tab.data_validation(1, decision, max(1, len(rows)), decision, rule)
    tab.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)


def _write(tab: Any, row: int, column: int, value: Any, book: Book) -> None:
    """Names and ids are text, whatever they begin with."""
    if isinstance(value, int | float):
        tab.write_number(row, column, value)
    elif value:
        tab.write_string(row, column, str(value)[:LONGEST_TEXT], book.styles["text"])


# -- reading -------------------------------------------------------------------------------------


def read(path: str | Path) -> list[Decision]:
    """Return the decisions of a workbook: those kept, then those filled in beside entries.

    Where a pair stands there whose decision somebody has emptied, what was kept of it is over.
    Raise SourceError where there is no review in it, or a decision is none that there is.
    """
    path = Path(path)
    if not path.is_file():
        raise SourceError(say("no_source", path=path))
    sheets = [(grid, _columns(grid)) for grid in read_grids(path)]
    reviews = [(grid, *found) for grid, found in sheets if found is not None]
    if not reviews:
        raise SourceError(say("reconcile.no_review", path=path))
    # kept decisions, which have fewer columns, come first: what is beside an entry rules
    reviews.sort(key=lambda review: len(review[2]))
    found: dict[tuple[str, str], Decision] = {}
    for review in reviews:
        for ends, one in _decisions(*review, path):
            found.pop(ends, None)
            if one is not None:
                found[ends] = one
    return list(found.values())


def _columns(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """The row of the headings and the column of each; None where a sheet is no review."""
    for at, texts in enumerate(grid.rows[:_HEADER_ROWS]):
        names = [heading_named(text) for text in texts]
        columns = {name: number for number, name in enumerate(names) if name}
        if columns.keys() >= NEEDED:
            return at, columns
    return None


def _decisions(
    grid: Grid, at: int, columns: dict[str, int], path: Path
) -> Iterable[tuple[tuple[str, str], Decision | None]]:
    """The ends of each row, with what is decided of it."""
    for row in range(at + 1, len(grid.rows)):
        texts = grid.rows[row]
        cells = {name: (texts[c] or "").strip() for name, c in columns.items() if c < len(texts)}
        place = f"{file_name(path)} {grid.name}!{address(row, columns['decision'])}"
        stated = Decision(**{name: cells.get(name, "") for name in KEPT})
        if any(stated.ends):
            yield stated.ends, decision_of(cells, place) if stated.decision else None


def decision_of(cells: Mapping[str, str], place: str) -> Decision:
    """Return the decision of the texts of a row; raise SourceError where it is none that there is.

    >>> decision_of({"source": "F1", "target": "P7", "decision": "同一家"}, "A1").decision
    'same'
    """
    word = decision_named(cells["decision"])
    if word is None:
        allowed = say("list_comma").join(
            choose(language(), _named(texts)) for texts in DECISIONS.values()
        )
        raise SourceError(
            say("reconcile.no_decision", place=place, value=cells["decision"], allowed=allowed)
        )
    stated = {name: cells.get(name, "") for name in KEPT}
    return Decision(**{**stated, "decision": word}, place=place)
