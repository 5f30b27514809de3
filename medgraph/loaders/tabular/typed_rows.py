"""Read the cells of one sheet as values of the schema's types, and judge its headers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from medgraph.graphmodel import schema
from medgraph.graphmodel.stated_successions import HANDED_ON
from medgraph.graphmodel.validate import TableFault
from medgraph.loaders.tabular import cells
from medgraph.loaders.tabular.sheets import Sheet, letter, types_of
from medgraph.loaders.tabular.source_rows import NOTHING
from medgraph.words.columns import ROSTER_TITLES
from medgraph.words.columns.ambiguous import may_mean
from medgraph.words.say import Problem, language, problem, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from medgraph.loaders.tabular.source_rows import ReadRows
    from medgraph.words.columns import Field


# -- headers --------------------------------------------------------------------------------------


def header_problems(sheet: Sheet) -> Iterator[Problem]:
    """Name the columns that nobody knows, that are there twice, and that are missing."""
    for column in sheet.unknown:
        if sheet.columns[column].null_count < len(sheet):
            yield _unknown(sheet, column)
    yield from _untitled(sheet)
    yield from _doubled(sheet)
    for wanted in _missing(sheet):
        yield problem("E034", place=sheet.name, value=wanted.zh, column=wanted.heading)


def _unknown(sheet: Sheet, column: int) -> Problem:
    """Name a column that nobody knows; one of facilities may mean one of several."""
    place, title = sheet.place(None, column), sheet.header[column]
    meanings = may_mean(title) if sheet.table is schema.FACILITIES else ()
    if not meanings:
        return problem("W033", place=place, value=title)
    titles = (ROSTER_TITLES[meaning][0] if language() == "zh" else meaning for meaning in meanings)
    named = say("list_comma").join(titles)
    return problem("W034", place=place, value=title, meanings=named)


def _untitled(sheet: Sheet) -> Iterator[Problem]:
    """Name the columns that hold something and have no title."""
    for column, title in enumerate(sheet.header):
        filled = sheet.columns[column].drop_null()
        if not title and len(filled):
            value, count = filled[0].as_py(), len(filled)
            yield problem("W040", place=sheet.place(None, column), value=value, count=count)


def _doubled(sheet: Sheet) -> Iterator[Problem]:
    seen: dict[tuple[str, bool], int] = {}
    for column, (name, text) in enumerate(zip(sheet.fields, sheet.header, strict=True)):
        if not text:
            continue
        first = seen.setdefault((name, sheet.is_shortcut(column)), column)
        if first != column:
            place, before = sheet.place(None, column), sheet.place(None, first)
            yield problem("E032", place=place, value=text, first=before)


def _missing(sheet: Sheet) -> Iterator[Field]:
    """The required fields that a sheet with rows has no column for."""
    for field in sheet.table.fields:
        if field.required and sheet.column_of(field.name) is None and len(sheet):
            yield field


def missing_columns(sheet: Sheet, part: ReadRows) -> Iterator[TableFault]:
    """Say that none of the rows of a sheet can be loaded where a required column is missing."""
    rows = part.size + np.arange(len(sheet))
    for wanted in _missing(sheet):
        said = {"value": wanted.zh, "column": wanted.heading}
        yield TableFault("E034", part.name, wanted.name, NOTHING, _always(said), rows)


def _always(said: dict[str, str]) -> Callable[[int], dict[str, str]]:
    return lambda row: said


# -- cells ----------------------------------------------------------------------------------------


def typed_rows(
    sheet: Sheet, part: ReadRows, other_words: Mapping[str, str]
) -> tuple[pa.Table, list[TableFault]]:
    """Return the rows of a sheet with values of the schema's types, and what is wrong with them.

    They will follow those that `part` has already. A cell with a fault is null.
    """
    types = types_of(sheet.table)
    columns: dict[str, Any] = {}
    faults: list[TableFault] = []
    for number, name in _columns_to_read(sheet):
        text = sheet.columns[number]
        described = sheet.table.field(name)
        if described is not None and described.required:
            faults += _empty_cells(text, part, name)
        type_ = types.get(name, "text")
        read = _reader(described, type_, other_words)
        if read is None:
            columns[name] = text
            continue
        columns[name], wrong = cells.typed(
            text, read, type_, part=part.name, field=name, offset=part.size
        )
        faults += wrong
    handed_on = sheet.shortcut_called("carry") if sheet.table.kind is None else None
    if handed_on is not None:
        columns[HANDED_ON], wrong = cells.typed(
            sheet.columns[handed_on],
            cells.READERS["boolean"],
            "boolean",
            part=part.name,
            field="carry",
            offset=part.size,
        )
        faults += wrong
    if sheet.table.kind is not None:
        columns["kind"] = pa.repeat(sheet.table.kind, len(sheet))
    return pa.table(columns), faults


def _columns_to_read(sheet: Sheet) -> Iterator[tuple[int, str]]:
    """The number and name of every column but shortcuts; of two with one name the first."""
    seen = {"kind"} if sheet.table.kind is not None else set()
    for number, field in enumerate(sheet.fields):
        is_blank = not field and sheet.columns[number].null_count == len(sheet)
        name = field or f"column_{letter(number)}"
        if name not in seen and not is_blank and not sheet.is_shortcut(number):
            seen.add(name)
            yield number, name


def _reader(
    described: Field | None, type_: str, other_words: Mapping[str, str]
) -> Callable[[str], Any] | None:
    """The function that reads a cell; a vocabulary takes other people's words, too."""
    read = cells.reader(described, type_)
    if read is None or not other_words or described is None or not described.vocabulary:
        return read
    return lambda text: read(cells.mapped(text, other_words))


def _empty_cells(text: Any, part: ReadRows, name: str) -> Iterator[TableFault]:
    if not text.null_count:
        return
    rows = np.flatnonzero(text.is_null().to_numpy(zero_copy_only=False)) + part.size
    yield TableFault("E011", part.name, name, rows, lambda row: {"column": schema.title(name)})
