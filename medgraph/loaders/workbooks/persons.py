"""Hide what names a person in the cells of a workbook, before anything else sees them."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from medgraph.graphmodel.codes import uscc_fault
from medgraph.words.columns import ROSTER_TITLES
from medgraph.words.foreign_workbooks import BRACKET, END_OF_TITLE
from medgraph.words.personal_data import (
    BESIDE_A_NUMBER,
    CALLED_IN_TEXT,
    HIDDEN,
    IDENTITY,
    MAIL,
    MAY_NAME_SOMEBODY,
    NUMBER_IN_TEXT,
    PERSON_ALONE,
    PERSON_IN_TEXT,
    PERSON_TITLE,
)
from medgraph.words.simplified import replaced, simple
from medgraph.words.vocabularies import fold

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from medgraph.loaders.workbooks.grid import Grid

    Rows = Sequence[Sequence[str | None]]
    At = tuple[int, int]

_LONGEST_TITLE = 40
_REMEMBERED = 10_000  # texts that are titles or not


def hiding_persons(grid: Grid) -> Grid:
    """Return a sheet without what names persons; `hidden_cells` says where that was.

    A cell that says nothing else holds a mark in its place, so that it still counts.
    """
    hidden = personal_cells(grid.rows)
    if not hidden:
        return grid
    rows = [list(row) for row in grid.rows]
    for (row, column), text in hidden.items():
        rows[row][column] = text
    unseen = [one for one in grid.unseen if one[:2] not in hidden]
    return replace(grid, rows=rows, hidden_cells=frozenset(hidden), unseen=unseen)


def personal_cells(rows: Rows) -> dict[At, str]:
    """Return the cells that name a person, each with what of it may be shown."""
    found: dict[At, str] = dict.fromkeys(_under_titles(rows), HIDDEN)
    found |= dict.fromkeys(_beside_labels(rows), HIDDEN)
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            if text and (row, column) not in found:
                shown = without_persons(text)
                if shown != text:
                    found[row, column] = shown
    return found


def without_persons(text: str) -> str:
    """Return a text without names behind a label, numbers to call, addresses and identities.

    >>> without_persons("审核人：张三  电话：2251234"), without_persons("沂水县第一人民医院")
    ('审核人：＊＊＊  电话：＊＊＊', '沂水县第一人民医院')
    >>> without_persons("審核人：張三  電話：2251234")
    '審核人：＊＊＊  電話：＊＊＊'
    """
    if not MAY_NAME_SOMEBODY.search(text):
        return text
    shown = replaced(BESIDE_A_NUMBER, text, lambda found, written: HIDDEN)
    for pattern in (PERSON_IN_TEXT, NUMBER_IN_TEXT):
        shown = replaced(pattern, shown, _label_alone)
    shown = IDENTITY.sub(_unless_of_a_unit, shown)
    for pattern in (MAIL, CALLED_IN_TEXT):
        shown = pattern.sub(HIDDEN, shown)
    return shown


@lru_cache(_REMEMBERED)
def is_person_title(text: str) -> bool:
    """Whether the title of a column says that it names persons, or how to reach them.

    >>> is_person_title("联系电话"), is_person_title("负责人姓名"), is_person_title("机构名称")
    (True, True, False)
    """
    return len(text) <= _LONGEST_TITLE and PERSON_TITLE.fullmatch(_plain(text)) is not None


def _plain(text: str) -> str:
    return BRACKET.sub("", fold(text)).strip(END_OF_TITLE)


def _label_alone(found: re.Match[str], text: str) -> str:
    return f"{text[slice(*found.span(1))]}{HIDDEN}"


def _unless_of_a_unit(found: re.Match[str]) -> str:
    """Nothing of an identity number; a credit code of digits alone may look like one."""
    return HIDDEN if uscc_fault(unicodedata.normalize("NFKC", found[0])) else found[0]


@cache
def _titles() -> frozenset[str]:
    return frozenset(_plain(text) for titles in ROSTER_TITLES.values() for text in titles)


@lru_cache(_REMEMBERED)
def _is_title(text: str) -> bool:
    if len(text) > _LONGEST_TITLE:
        return False
    return _plain(text.split("/")[-1]) in _titles() or is_person_title(text)


def _looks_personal(text: str) -> bool:
    alone = (PERSON_ALONE, CALLED_IN_TEXT, IDENTITY, MAIL)
    return not _is_title(text) and any(pattern.fullmatch(simple(text).strip()) for pattern in alone)


def _under_titles(rows: Rows) -> Iterator[At]:
    """The cells under a title of persons, down to the next row of titles."""
    open_columns: set[int] = set()
    for row, texts in enumerate(rows):
        filled = {column for column, text in enumerate(texts) if text}
        persons = set(_person_titles(rows, row))
        if persons:
            open_columns = (open_columns - filled) | persons
        elif sum(_is_title(texts[column] or "") for column in filled) > 1:
            open_columns -= filled
        for column in filled & open_columns:
            if not _is_title(texts[column] or ""):
                yield row, column


def _person_titles(rows: Rows, row: int) -> Iterator[int]:
    """The columns that a row heads as ones of persons."""
    filled = [(column, text) for column, text in enumerate(rows[row]) if text]
    titles = sum(_is_title(text) for _, text in filled)
    for number, (column, text) in enumerate(filled):
        if is_person_title(text):
            beside = filled[number + 1][1] if number + 1 < len(filled) else ""
            is_label = _looks_personal(beside) or titles < 2
            if _has_person_below(rows, row, column) or not is_label:
                yield column


def _has_person_below(rows: Rows, row: int, column: int) -> bool:
    below = (texts[column] for texts in rows[row + 1 :] if column < len(texts) and texts[column])
    return _looks_personal(next(below, None) or "")


def _beside_labels(rows: Rows) -> Iterator[At]:
    """The cells right of a label of persons: the next, and further names."""
    for row, texts in enumerate(rows):
        heads = set(_person_titles(rows, row))
        label_is_open, is_next = False, False
        for column, text in enumerate(texts):
            if not text:
                continue
            if _is_title(text):
                label_is_open = is_next = is_person_title(text) and column not in heads
            elif label_is_open and (is_next or _looks_personal(text)):
                is_next = False
                yield row, column
