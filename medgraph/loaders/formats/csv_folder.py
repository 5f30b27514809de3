"""Read and write a folder of CSV: one file for each table, in UTF-8 or GB18030."""

from __future__ import annotations

import csv
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from medgraph.errors import SourceError, TargetError
from medgraph.graphmodel import schema
from medgraph.loaders import atomic
from medgraph.loaders.tabular import csv_text, meta
from medgraph.loaders.tabular.csv_records import Layout, Record
from medgraph.loaders.tabular.network_tables import tables_of
from medgraph.loaders.tabular.sheets import Sheet, file_name
from medgraph.loaders.tabular.source_tables import SourceTables, is_known
from medgraph.suffixes import CSV
from medgraph.text_files import decode
from medgraph.whole_files import faults_in_words, replacing
from medgraph.words.joining import listed
from medgraph.words.say import problem, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.loaders.loaded import Loaded

_SHOWN = 120  # letters of a record that could not be read


def load(source: Path, *, lenient: bool = False) -> Loaded:
    """Read a folder of CSV, or the one file of a table; see `medgraph.loaders.registry.load`."""
    files = atomic.tables_of(source, CSV) if source.is_dir() else [source]
    if len(files) == 1 and not is_known(files[0].stem):
        known = listed(schema.TABLES)
        raise SourceError(say("unknown_table", path=files[0], known=known))
    tables = SourceTables()
    for file in files:
        tables.take(file.stem, file_name(file), partial(_sheet, file, tables))
    return tables.load(lenient=lenient)


def _sheet(file: Path, tables: SourceTables, table: schema.Table) -> Sheet:
    """Read one file as it is; what of it could not be read as it stands is noted."""
    name = file_name(file)
    text, encoding = decode(file.read_bytes(), file)
    if encoding == "GB18030":
        tables.notes.append(problem("W070", place=name, value=encoding))
    read = csv_text.table_of(text, file)
    _tell(read, name, tables)
    columns = [csv_text.without_apostrophe(column) for column in read.columns]
    titles = csv_text.without_apostrophe(pa.array(read.header, pa.string()))
    filled = np.zeros(len(read.rows), bool)
    for column in columns:
        filled |= np.asarray(column.is_valid())
    kept = np.flatnonzero(filled)
    return Sheet(
        table,
        name,
        name,
        tuple(titles.fill_null("").to_pylist()),
        tuple(column.take(pa.array(kept)) for column in columns),
        read.rows[kept],
        header_row=read.header_row,
    )


def _tell(read: csv_text.CsvTable, name: str, tables: SourceTables) -> None:
    """Note the records that no row was made of, and what was read of doubtful ones."""
    for damaged in read.damaged:
        record = damaged.record
        said = {"line": record.line, "cells": len(record.cells), "titles": damaged.titles}
        code = "E072" if record.broken else "E071"
        tables.leave(problem(code, place=f"{name}!{damaged.row}", value=_shown(record), **said))
    for row, record in read.stray:
        said = {"line": record.line}
        tables.notes.append(problem("W073", place=f"{name}!{row}", value=_shown(record), **said))
    if read.trailing:
        tables.notes.append(problem("W074", place=name, value=str(read.trailing)))


def _shown(record: Record) -> str:
    """The cells of a record as people see them side by side."""
    text = " | ".join(record.cells)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def write(net: MedicalNetwork, target: Path) -> None:
    """Write a folder of CSV in UTF-8 with the BOM that Excel needs.

    Texts that look like formulas get an apostrophe.
    """
    with atomic.replacing_tables(target, CSV) as folder:
        for table, rows in tables_of(net):
            _write_csv(folder / f"{table.name}{CSV}", rows)
        _write_csv(folder / f"{schema.META.name}{CSV}", meta.table(net.meta))


def restate(
    net: MedicalNetwork, source: Path, stated: Mapping[str, str | None], target: Path
) -> str:
    """Write these statements into the file of statements of a folder of `net`, into no other file.

    None takes a statement away; another folder is written anew. Return the place of the first.
    Raise TargetError where `source` is the file of one table.
    """
    if source.resolve() != target.resolve():
        write(net.with_meta(**stated), target)
        return str(target)
    if not source.is_dir():
        raise TargetError(say("declare_needs_folder", path=source))
    with faults_in_words(target):
        atomic.settle(source, CSV)
    files = atomic.tables_of(source, CSV)
    file = next((file for file in files if schema.table_named(file.stem) is schema.META), None)
    if file is None:
        lines = [[_cell_text(text) for text in line] for line in meta.new_lines(stated, "en")]
        _write_lines(source / f"{schema.META.name}{CSV}", lines, ",", "\n", "utf-8-sig")
        return f"{schema.META.name}{CSV}!B2"
    cells, first = meta.restated(
        _sheet(file, SourceTables(), schema.META), stated, net.packed_tables[0]
    )
    _write_cells(file, cells)
    return first


def _write_cells(file: Path, cells: Mapping[tuple[int, int], str | None]) -> None:
    """Write single cells, by row from 1 and column from 0, into a CSV file of whatever encoding."""
    content = file.read_bytes()
    text, encoding = decode(content, file)
    rows = csv_text.rows_of(text)
    for (row, column), value in cells.items():
        rows += [[] for _ in range(row - len(rows))]
        rows[row - 1] += [""] * (column + 1 - len(rows[row - 1]))
        rows[row - 1][column] = _cell_text(value)
    if content.startswith(csv_text.BOM):
        encoding = "utf-8-sig"
    line_end = "\r\n" if "\r\n" in text else "\n"
    _write_lines(file, rows, Layout.of(text).delimiter, line_end, encoding)


def _cell_text(value: str | None) -> str:
    if value is None:
        return ""
    kept: str = csv_text.with_apostrophe(pa.array([value], pa.string()))[0].as_py()
    return kept


def _write_lines(
    file: Path, rows: Iterable[Sequence[str]], delimiter: str, line_end: str, encoding: str
) -> None:
    with (
        replacing(file) as new,
        new.open("w", encoding=encoding, newline="") as stream,
    ):
        csv.writer(stream, delimiter=delimiter, lineterminator=line_end).writerows(rows)


def _write_csv(file: Path, rows: pa.Table) -> None:
    columns = [_kept_from_formula(column) for column in rows.columns]
    names = csv_text.with_apostrophe(pa.array(rows.column_names, pa.string())).to_pylist()
    with file.open("wb") as stream:
        stream.write(csv_text.BOM)
        arrow_csv.write_csv(
            pa.table(columns, names=names), stream, arrow_csv.WriteOptions(quoting_style="needed")
        )


def _kept_from_formula(column: Any) -> Any:
    return csv_text.with_apostrophe(column) if column.type == pa.string() else column
