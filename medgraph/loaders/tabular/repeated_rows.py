"""Take for one row what a source states twice, word for word, and name both places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel import schema
from medgraph.graphmodel.arrays.chunks import flat
from medgraph.graphmodel.repeated_rows import doubled, merged, repeated
from medgraph.words.say import Problem, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.loaders.tabular.sheets import Sheet
    from medgraph.loaders.tabular.source_rows import SourceRows

    Said = frozenset[tuple[str, bool, str]]


def once(source: SourceRows, weights: Positions) -> tuple[SourceRows, Positions, list[Problem]]:
    """Return the rows without nodes that are repeated, what each counts for, and what to tell."""
    again = {
        unit: first
        for table in schema.NODE_TABLES
        for unit, first in repeated(_rows_to_compare(source, table)).items()
    }
    if not again:
        return source, weights, []
    told = [_told(source, unit, first) for unit, first in sorted(again.items())]
    kept, counts = merged(weights, again)
    return source.taking(kept), counts, told


def _told(source: SourceRows, unit: int, first: int) -> Problem:
    number, row = source.at(unit)
    called = _key(source.sheets[number])[row].as_py()
    return problem("W010", place=source.place(unit), value=called, first=source.place(first))


def _rows_to_compare(source: SourceRows, table: schema.Table) -> Iterator[tuple[int, Said]]:
    """The rows of a table whose id, or name where there is none, is there twice; what each says."""
    numbers = [number for number, sheet in enumerate(source.sheets) if sheet.table is table]
    if not numbers:
        return
    units = np.concatenate([source.units(number) for number in numbers])
    keys = pa.chunked_array([_key(source.sheets[number]) for number in numbers], pa.string())
    for unit in units[doubled(flat(keys))].tolist():
        number, row = source.at(unit)
        yield unit, _said(source.sheets[number], row)


def _key(sheet: Sheet) -> pa.Array:
    """What a row is called by: its id, else its name."""
    columns = [sheet.column_of(name) for name in ("id", "name")]
    texts = [sheet.columns[column] for column in columns if column is not None]
    none = pa.nulls(len(sheet), pa.string())
    return flat(pc.coalesce(none, *texts))


def _said(sheet: Sheet, row: int) -> Said:
    """What a row states: of each filled cell the column, whether it makes links, and the text."""
    return frozenset(
        (sheet.fields[place], sheet.is_shortcut(place), text)
        for place, column in enumerate(sheet.columns)
        if (text := column[row].as_py()) is not None
    )
