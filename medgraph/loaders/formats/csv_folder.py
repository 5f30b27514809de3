"""Read and write a folder of CSV: one file for each table, in UTF-8 or GB18030."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from medgraph.errors import SourceError
from medgraph.graphmodel import schema
from medgraph.loaders import atomic
from medgraph.loaders.tabular import csv_text, meta
from medgraph.loaders.tabular.network_tables import tables_of
from medgraph.loaders.tabular.sheets import Sheet, file_name
from medgraph.loaders.tabular.source_tables import SourceTables, is_known
from medgraph.suffixes import CSV
from medgraph.words.punctuation import LIST_COMMA
from medgraph.words.say import Problem, problem, say

if TYPE_CHECKING:
    from pathlib import Path

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.loaders.loaded import Loaded

_FIRST_ROW = 2  # below the header


def load(source: Path, *, lenient: bool = False) -> Loaded:
    """Read a folder of CSV, or the one file of a table; see `medgraph.loaders.registry.load`."""
    files = atomic.tables_of(source, CSV) if source.is_dir() else [source]
    if len(files) == 1 and not is_known(files[0].stem):
        known = LIST_COMMA.join(schema.TABLES)
        raise SourceError(say("unknown_table", path=files[0], known=known))
    tables = SourceTables()
    for file in files:
        tables.take(file.stem, file_name(file), partial(_sheet, file, tables.notes))
    return tables.load(lenient=lenient)


def _sheet(file: Path, notes: list[Problem], table: schema.Table) -> Sheet:
    """Read one file as it is; how it was encoded is noted where it was not UTF-8."""
    name = file_name(file)
    text, encoding = csv_text.decode(file.read_bytes(), file)
    if encoding == "GB18030":
        notes.append(problem("W070", place=name, value=encoding))
    header, columns = csv_text.columns_of(text)
    columns = [csv_text.without_apostrophe(column) for column in columns]
    titles = csv_text.without_apostrophe(pa.array(header, pa.string()))
    filled = np.zeros(len(columns[0]) if columns else 0, bool)
    for column in columns:
        filled |= np.asarray(column.is_valid())
    kept = np.flatnonzero(filled)
    return Sheet(
        table,
        name,
        name,
        tuple(titles.fill_null("").to_pylist()),
        tuple(column.take(pa.array(kept)) for column in columns),
        kept + _FIRST_ROW,
    )


def write(net: MedicalNetwork, target: Path) -> None:
    """Write a folder of CSV in UTF-8 with the BOM that Excel needs.

    Texts that look like formulas get an apostrophe.
    """
    with atomic.replacing_tables(target, CSV) as folder:
        for table, rows in tables_of(net):
            _write_csv(folder / f"{table.name}{CSV}", rows)
        _write_csv(folder / f"{schema.META.name}{CSV}", meta.table(net.meta))


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
