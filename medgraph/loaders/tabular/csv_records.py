"""Take a CSV text apart into records, so that no stray quote swallows the lines below it.

A record is a line; it goes on in the next one only inside quotes that open and close as they
should. Where they do not, the line is taken for itself, and says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_QUOTE = '"'
_DELIMITERS = ",;\t"
_LINE_END = re.compile(r"\r\n|\r|\n")
# What Excel writes above the header, and reads: what is between cells.
_DIRECTIVE = re.compile(r'"?sep=(?P<delimiter>[^\s"])?(?P<tab>\t)?"?[ \t]*(?:\r\n|\r|\n|\Z)', re.I)


class Record(NamedTuple):
    """The cells of one record, and the line of the file that it begins in, counted from 1.

    Quotes are `broken` where they do not open and close around cells, or seem to hold whole lines;
    they are `stray` where they stand inside a cell, which is read with them.
    """

    line: int
    cells: list[str]
    broken: bool = False
    stray: bool = False


@dataclass(frozen=True)
class Layout:
    """How a text is laid out: what is between its cells, and where its records begin."""

    delimiter: str
    begin: int = 0

    @classmethod
    def of(cls, text: str) -> Layout:
        """Return what the first line says in words (`sep=;`), else what it has most of."""
        stated = _DIRECTIVE.match(text)
        begin = stated.end() if stated else 0
        delimiter = stated and (stated["delimiter"] or stated["tab"])
        if delimiter:
            return cls(delimiter, begin)
        ended = _LINE_END.search(text, begin)
        first = text[begin : ended.start() if ended else len(text)]
        return cls(max(_DELIMITERS, key=first.count), begin)

    @property
    def lines_above(self) -> int:
        """The number of lines above the header."""
        return 1 if self.begin else 0


def are_quotes_sound(text: str, delimiter: str) -> bool:
    """Tell whether every quote in a text opens, closes or is doubled within a quoted cell."""
    return _QUOTE not in text or _QUOTE not in _sound_cells(delimiter).sub("", text)


def is_each_line_a_record(text: str, delimiter: str) -> bool:
    """Tell whether quotes in a text open and close around cells, none of which holds a line end."""
    return _QUOTE not in text or _QUOTE not in _sound_cells(delimiter, "\r\n").sub("", text)


def records(text: str) -> Iterator[Record]:
    """Give every record of a text, the header first; a line that says `sep=` is none."""
    layout = Layout.of(text)
    at, line = layout.begin, 1 + layout.lines_above
    if text.find(_QUOTE, at) < 0:  # then every line is a record
        for number, (begin, end) in enumerate(_bounds_of_lines(text, at), line):
            yield Record(number, text[begin:end].split(layout.delimiter))
        return
    width = 0
    while at < len(text):
        cells, is_broken, is_stray, end = _record(text, at, layout.delimiter)
        lines = _lines(text[at:end]) if _QUOTE in text[at:end] else [text[at:end]]
        width = width or len(cells)
        if len(lines) > 1 and (
            _are_rows(lines, layout.delimiter, width) or not _fits(cells, width)
        ):
            # a quote opens in one row and closes in another: each line is a row for itself
            end = at + len(lines[0])
            cells, is_broken, lines = lines[0].split(layout.delimiter), True, lines[:1]
            if ended := _LINE_END.match(text, end):
                end = ended.end()
        yield Record(line, cells, is_broken, is_stray)
        line += len(lines)
        at = end


def _record(text: str, at: int, delimiter: str) -> tuple[list[str], bool, bool, int]:
    """The cells of the record that begins at a place, what is wrong with it, where it ends."""
    ended = _LINE_END.search(text, at)
    end, after = ended.span() if ended else (len(text), len(text))
    if text.find(_QUOTE, at, end) < 0:
        return text[at:end].split(delimiter), False, False, after
    quoted, stop = _quoted_cell(delimiter), _end_of_cell(delimiter)
    cells: list[str] = []
    is_broken = is_stray = False
    while True:
        if found := quoted.match(text, at):
            cells.append(found[1].replace(_QUOTE * 2, _QUOTE))
            at = found.end()
        else:
            stopped = stop.search(text, at)
            cell = text[at : stopped.start()] if stopped else text[at:]
            cells.append(cell)
            is_broken |= cell.lstrip(" ").startswith(_QUOTE)
            is_stray |= _QUOTE in cell
            at += len(cell)
        if text[at : at + 1] != delimiter:
            break
        at += 1
    ended = _LINE_END.match(text, at)
    return cells, is_broken, is_stray and not is_broken, ended.end() if ended else at


def _lines(text: str) -> list[str]:
    """The lines of a record, without their ends."""
    lines = _LINE_END.split(text)
    return lines[:-1] if len(lines) > 1 and not lines[-1] else lines


def _bounds_of_lines(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Where each line from a place on begins and ends, one after the other."""
    for ended in _LINE_END.finditer(text, at):
        yield at, ended.start()
        at = ended.end()
    if at < len(text):
        yield at, len(text)


def _are_rows(lines: list[str], delimiter: str, width: int) -> bool:
    """Whether the lines of one record look like rows of their own: each has all the cells."""
    return width > 1 and all(line.count(delimiter) == width - 1 for line in lines)


def _fits(cells: list[str], width: int) -> bool:
    """Whether a record has as many cells as the header, but for empty ones at its end."""
    return len(cells) >= width and not any(map(str.strip, cells[width:]))


@cache
def _quoted_cell(delimiter: str) -> re.Pattern[str]:
    return re.compile(rf' *"([^"]*+(?:""[^"]*+)*+)" *(?=[{re.escape(delimiter)}\r\n]|\Z)')


@cache
def _end_of_cell(delimiter: str) -> re.Pattern[str]:
    return re.compile(rf"[{re.escape(delimiter)}\r\n]")


@cache
def _sound_cells(delimiter: str, outside: str = "") -> re.Pattern[str]:
    """A quoted cell from what is before it to what is behind it; signs `outside` are not in it."""
    between, within = rf"{re.escape(delimiter)}\r\n", rf'[^"{outside}]*+'
    return re.compile(rf'(?:\A|(?<=[{between}]))"{within}(?:""{within})*+"(?=[{between}]|\Z)')
