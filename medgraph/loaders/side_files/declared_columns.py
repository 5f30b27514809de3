"""Check a file beside the network against the columns that its reader declares.

A reader states each column once: its titles, whether it is needed, and the numbers it may hold.
What the file has beyond that is told; what it says wrongly is refused, each cell by its place.
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from medgraph.errors import SourceError
from medgraph.graphmodel.unseen_signs import told
from medgraph.loaders.side_files.column_mapping import AS_KNOWN, ColumnMapping, column_mapping_in
from medgraph.loaders.side_files.table_file import TableFile, read_table_file
from medgraph.words import numerals
from medgraph.words.joining import listed
from medgraph.words.say import Problem, problem, say
from medgraph.words.vocabularies import fold
from medgraph.words.workbook_words import CELL_ERRORS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True)
class Column:
    """One column that a reader knows: our `name` for it and further `titles`.

    A `filled` column is empty in no row; one that is not `needed` may be absent.
    """

    name: str
    titles: tuple[str, ...] = ()
    needed: bool = True
    filled: bool = True


@dataclass(frozen=True)
class Number(Column):
    """A column of numbers: `least` and `most` are the ends of what is possible.

    `words` stand for numbers, such as `unreachable` for a time without end.
    """

    least: float = 0
    most: float = math.inf
    words: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class SideTable:
    """What was read: a `frame` with a column for each that the file has of those declared.

    Texts are str or None, numbers float or NaN; `table` is what stands in the file.
    """

    frame: pd.DataFrame
    table: TableFile
    columns: Mapping[str, int]

    def place(self, row: int, name: str) -> str:
        """Return the address of a cell."""
        return self.table.place(row, self.columns[name])


def read_declared(
    path: Path,
    declared: Sequence[Column],
    notes: list[Problem],
    stated: ColumnMapping = AS_KNOWN,
) -> SideTable:
    """Read a file that has these columns; `notes` takes what of it was not read.

    `stated` says what other titles and words mean.
    Raise SourceError, with every fault and its place, where it is no such table.
    """
    return declared_in(read_table_file(path), declared, notes, stated)


def read_mapped(
    path: Path,
    declared: Sequence[Column],
    notes: list[Problem],
    mapping: str | Path | None,
    section: str,
) -> SideTable:
    """Read a file as `read_declared` does, and as the section of a mapping file says."""
    stated = column_mapping_in(mapping, section, [each.name for each in declared])
    return read_declared(path, declared, notes, stated)


def declared_in(
    table: TableFile,
    declared: Sequence[Column],
    notes: list[Problem],
    stated: ColumnMapping = AS_KNOWN,
) -> SideTable:
    """Return the declared columns of a table, as `read_declared` does."""
    columns = _found(table, declared, stated.columns)
    notes += unread(table, set(columns.values()))
    faults: list[Problem] = []
    values = {
        each.name: _checked(
            table, columns[each.name], each, stated.words.get(each.name, {}), faults
        )
        for each in declared
        if each.name in columns
    }
    refuse(table, faults)
    return SideTable(pd.DataFrame(values), table, columns)


def _found(
    table: TableFile, declared: Sequence[Column], stated: Mapping[str, str]
) -> dict[str, int]:
    """The place of each declared column that the file has, by the title that is stated or known."""
    known = {each.name: (each.name, *each.titles) for each in declared}
    titles = known | {name: (title,) for name, title in stated.items() if name in known}
    by_name = {fold(title): name for name, also in titles.items() for title in also}
    name_of = by_name | {fold(title): name for name, title in stated.items() if name in known}
    columns: dict[str, int] = {}
    faults = []
    for place, title in enumerate(table.titles):
        name = name_of.get(fold(title))
        if name is None:
            continue
        if name in columns:
            first = table.place(None, columns[name])
            faults.append(problem("E032", place=table.place(None, place), value=title, first=first))
        columns.setdefault(name, place)
    faults += [
        problem("E034", table.file, each.name, column=listed(each.titles or [each.name]))
        for each in declared
        if each.needed and each.name not in columns
    ]
    refuse(table, faults)
    return columns


def unread(table: TableFile, read: set[int]) -> Iterator[Problem]:
    """Name the columns that hold something and are not read, the sheets, and unseen signs."""
    columns = [
        title or table.place(None, place)
        for place, title in enumerate(table.titles)
        if place not in read and (title or any(table.texts(place)))
    ]
    if columns:
        yield problem("W086", place=table.file, value=say("list_comma").join(columns))
    yield from told_beside(table)


def told_beside(table: TableFile) -> Iterator[Problem]:
    """Name the sheets that are not read, and tell of unseen signs."""
    if table.others:
        yield problem("W087", place=table.file, value=say("list_comma").join(table.others))
    if table.unseen:
        row, column, _ = table.unseen[0]
        yield told(table.address(row, column), [text for _, _, text in table.unseen])


def refuse(table: TableFile, problems: Sequence[Problem]) -> None:
    """Raise SourceError that lists these problems of a table, where there are any."""
    if problems:
        first, count = problems[0], len(problems)
        sentence = say("side_faults", path=table.file, count=count, first=first)
        raise SourceError(sentence, problems[1:])


# -- cells -----------------------------------------------------------------------------------------


def _checked(
    table: TableFile,
    place: int,
    column: Column,
    words: Mapping[str, str],
    faults: list[Problem],
) -> pd.Series[Any]:
    """The values of a column; `faults` takes each cell that cannot be one."""
    texts = [None if text is None else words.get(text, text) for text in table.texts(place)]
    distinct = set(texts)  # of many rows few are different
    wrong = {text: code for text in distinct if (code := _fault(text, column))}
    for row, text in enumerate(texts if wrong else ()):
        if text in wrong:
            at = table.place(row, place)
            value = text or table.titles[place]
            faults.append(problem(wrong[text], at, value, column=value, **_ends(column)))
    if isinstance(column, Number):
        number_of = {text: _number(text, column) for text in distinct}
        return pd.Series([number_of[text] for text in texts], dtype=float)
    return pd.Series(texts, dtype=object)


def _fault(text: str | None, column: Column) -> str:
    """The code of what is wrong with a cell; an empty text where nothing is."""
    if text is None:
        return "E011" if column.filled else ""
    if is_error(text):
        return "E019"
    return _number_fault(text, column) if isinstance(column, Number) else ""


def is_error(text: str | None) -> bool:
    """Whether a cell shows the error of a formula in place of a value."""
    return text is not None and text.startswith("#") and text.upper() in CELL_ERRORS


def _number_fault(text: str, column: Number) -> str:
    number = _number(text, column)
    if not math.isnan(number) and (_is_word(text, column) or column.least <= number <= column.most):
        return ""
    if math.isnan(number):
        return "E012"
    return "E015" if number < 0 == column.least else "E018"


def _ends(column: Column) -> dict[str, str]:
    if not isinstance(column, Number):
        return {}
    return {"least": f"{column.least:g}", "most": f"{column.most:g}"}


def _number(text: str | None, column: Number) -> float:
    """The number that a text is, finite unless a word says so; NaN where it is none."""
    plain = _plain(text or "")
    if plain in column.words:
        return column.words[plain]
    try:
        number = numerals.read_number(plain)
    except ValueError:
        return math.nan
    return number if math.isfinite(number) else math.nan


def _is_word(text: str, column: Number) -> bool:
    return _plain(text) in column.words


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lower()
