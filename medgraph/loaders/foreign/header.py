"""Find the header of a sheet: the row, or two or three joined rows, with the most known titles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from medgraph.loaders.foreign.facilities import is_full_name
from medgraph.loaders.foreign.titles import ACROSS, Title, known_title, plain_title, titles_of
from medgraph.words.foreign_workbooks import UNITS_BELOW_TITLE
from medgraph.words.headings import SERIAL
from medgraph.words.joining import bracketed, listed
from medgraph.words.simplified import readable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from medgraph.loaders.workbooks.grid import Grid

_NAMES = ("name", "members")  # what a single title has to mean
_WITHIN = 30
_JOINED = 3
_LEAST = 2
_CANDIDATES = 3
_TEXTS_SHOWN = 4
_SIGNS_SHOWN = 12


@dataclass(frozen=True)
class Header:
    """Rows `first` to `last` (from 0) and their titles by column.

    `candidates` are rows that may be the header, where it could not be decided.
    """

    first: int = -1
    last: int = -1
    titles: tuple[Title, ...] = ()
    candidates: tuple[str, ...] = ()

    @property
    def found(self) -> bool:
        """Whether it could be decided."""
        return self.first >= 0


@dataclass(frozen=True)
class _Scored:
    """Rows that may be the header, and how many titles are known in them."""

    known: int
    first: int
    last: int
    titles: tuple[Title, ...]

    @property
    def has_fields(self) -> bool:
        """Whether a title is that of a field; names of groups alone may be lines above others."""
        return any(title.known not in ("", ACROSS) for title in self.titles)

    @property
    def rank(self) -> tuple[int, bool, int, int]:
        """The better header is the greater: more titles, fields, fewer rows, further above."""
        return self.known, self.has_fields, self.first - self.last, -self.first

    def overlaps(self, other: _Scored) -> bool:
        """Whether two have rows in common."""
        return self.first <= other.last and other.first <= self.last


def find_header(grid: Grid) -> Header:
    """Return the header of a sheet; only the candidates where there is a tie or too little."""
    scored = sorted(_scored_rows(grid), key=lambda rows: rows.rank, reverse=True)
    if not scored:
        return Header(candidates=_filled_rows(grid))
    best = scored[0]
    is_only = all(other.overlaps(best) for other in scored)
    if best.known < _LEAST and not (is_only and _heads_names(grid, best)):
        return Header(candidates=_candidates(grid, scored))
    rivals = [
        other
        for other in scored
        if other.known == best.known
        and other.has_fields == best.has_fields
        and not other.overlaps(best)
        and not _is_repeated(other.titles, best.titles)
    ]
    if rivals:
        return Header(candidates=_candidates(grid, [best, *rivals]))
    first = _first_row(grid, best.first, best.last)
    return header_at(grid, first, _last_row(grid, best.first, best.last))


def header_at(grid: Grid, first: int, last: int) -> Header:
    """Return the header that stands in these rows."""
    return Header(first, last, titles_of(grid, first, last))


def _heads_names(grid: Grid, head: _Scored) -> bool:
    """Whether a single known title stands above a column of full names, and nothing is untitled.

    Above it there are at most lines of one text, as a heading is.
    """
    column = next((c for c, title in enumerate(head.titles) if title.known in _NAMES), None)
    above = grid.rows[: head.first]
    if column is None or any(sum(text is not None for text in row) > 1 for row in above):
        return False
    below = grid.rows[head.last + 1 :]
    filled = {c for row in below for c, text in enumerate(row) if text is not None}
    if not filled <= {c for c, title in enumerate(head.titles) if title.written}:
        return False
    names = [row[column] or "" for row in below if row[column] is not None]
    named = sum(is_full_name(name) for name in names)
    return named >= _LEAST and named * 2 > len(names)


def _scored_rows(grid: Grid) -> Iterable[_Scored]:
    """The rows that have known titles, and rows joined where that makes more of them known."""
    begin = _first_filled(grid)
    for first in range(begin, min(begin + _WITHIN, len(grid.rows))):
        most_alone = 0
        for last in range(first, min(first + _JOINED, len(grid.rows))):
            if not any(grid.rows[last]) or (last > first and _names_facility(grid.rows[last])):
                break
            most_alone = max(most_alone, _known_titles(titles_of(grid, last, last)))
            titles = titles_of(grid, first, last)
            is_joined = last > first
            known = _known_titles(titles, is_joined=is_joined)
            if known > most_alone or (known and not is_joined):
                yield _Scored(known, first, last, titles)


def _names_facility(row: Sequence[str | None]) -> bool:
    """Whether a row below titles is one of data: it begins with the full name of a facility.

    The number of a row may stand before it.
    """
    texts = (readable(text).strip() for text in row if text)
    first = next((text for text in texts if not SERIAL.fullmatch(text)), "")
    return is_full_name(first)


def _first_filled(grid: Grid) -> int:
    """The first row that holds something: above a table further below its sheet is blank."""
    return next((row for row, texts in enumerate(grid.rows) if any(texts)), 0)


def _known_titles(titles: Sequence[Title], *, is_joined: bool = False) -> int:
    """How many meanings are known; a lone group in joined rows is probably data below a header."""
    fields = {title.known for title in titles} - {"", ACROSS}
    across = {_named_across(title) for title in titles if title.known == ACROSS}
    least = 2 if is_joined else 1
    return len(fields) + (len(across) if len(across) >= least else 0)


def _named_across(title: Title) -> str:
    """The group or service that a title of a matrix names; one merged over columns counts once."""
    for piece in title.written.split("/"):
        if known_title(plain_title(piece)) == ACROSS:
            return piece
    return title.written


def _is_repeated(one: Sequence[Title], other: Sequence[Title]) -> bool:
    """Whether two headers are one, repeated."""
    meanings = [{title.known for title in titles if title.known} for titles in (one, other)]
    if meanings[0] == meanings[1]:
        return True
    pieces = {piece for title in one for piece in title.written.split("/")}
    known = [title for title in other if title.known]
    return all(piece in pieces for title in known for piece in title.written.split("/"))


def _first_row(grid: Grid, first: int, last: int) -> int:
    """The header begins above, where several titles are merged over the columns they gather."""
    while first > 0 and last - first < _JOINED - 1:
        gathering = [
            left
            for top, left, bottom, right in grid.merged
            if top == bottom == first - 1 and right > left
        ]
        if len(gathering) < 2:
            break
        first -= 1
    return first


def _last_row(grid: Grid, first: int, last: int) -> int:
    """The header goes on below: through cells merged down, and rows of units or of numbers."""
    merged_down = [
        bottom
        for top, _, bottom, _ in grid.merged
        if first <= top <= last and bottom - top < _JOINED
    ]
    last = max([last, *merged_down])
    while last - first < _JOINED and last + 1 < len(grid.rows):
        if not _is_unit_row(grid.rows[last + 1]):
            break
        last += 1
    return last


def _is_unit_row(row: Sequence[str | None]) -> bool:
    """Whether a row below titles holds their units, 甲 乙 丙, or their numbers from 1."""
    texts = [readable(text) for text in row if text]
    if len(texts) < 2 or not all(UNITS_BELOW_TITLE.fullmatch(text) for text in texts):
        return False
    numbers = [int(text) for text in texts if re.fullmatch(r"\d{1,2}", text)]
    counts_up = numbers == list(range(1, len(numbers) + 1))
    return not numbers or (counts_up and len(numbers) > 2)


def _filled_rows(grid: Grid) -> tuple[str, ...]:
    begin = _first_filled(grid)
    filled = [
        row
        for row, texts in enumerate(grid.rows[begin : begin + _WITHIN], begin)
        if sum(text is not None for text in texts) > 1
    ]
    return tuple(_shown(grid, row) for row in filled[:_CANDIDATES])


def _candidates(grid: Grid, rows: Sequence[_Scored]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_shown(grid, one.first) for one in rows))[:_CANDIDATES]


def _shown(grid: Grid, row: int) -> str:
    texts = [text for text in grid.rows[row] if text]
    shown = listed(text[:_SIGNS_SHOWN] for text in texts[:_TEXTS_SHOWN])
    return bracketed(grid.place(row), shown)
