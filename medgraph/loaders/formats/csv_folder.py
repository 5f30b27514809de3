"""Read and write a folder of CSV: one file for each table, UTF-8 (with or without BOM) or GB18030."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from medgraph.errors import SourceError
from medgraph.graphmodel import schema
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders import atomic
from medgraph.loaders.loaded import Loaded
from medgraph.loaders.tabular import cells, meta
from medgraph.loaders.tabular.assembly import Intake
from medgraph.loaders.tabular.sheets import FREE, NO_ORIGIN, Sheet, file_name, known_header
from medgraph.suffixes import CSV
from medgraph.words.say import Problem, problem, say

BOM = b"\xef\xbb\xbf"
# A text that begins so would be a formula for Excel; an apostrophe before it makes it a text.
_FORMULA = re.compile(r"'*[=+\-@＝＋－＠]")
_QUOTED = re.compile(r"'+[=+\-@＝＋－＠]")
EXAMPLE = re.compile(r"(示例|例：|example)", re.IGNORECASE)


# -- reading ---------------------------------------------------------------------------------------


def load(source: Path, *, lenient: bool = False) -> Loaded:
    """Read a folder of CSV, or the one file of a table; see `medgraph.loaders.registry.load`."""
    files = atomic.tables_of(source, CSV) if source.is_dir() else [source]
    notes: list[Problem] = []
    sheets, stated, words = [], {}, {}
    for file in files:
        table = schema.table_named(file.stem)
        if table is None and file.stem not in meta.WORDS_NAMES:
            if len(files) == 1:
                raise SourceError(say("unknown_table", path=file, known="、".join(schema.TABLES)))
            notes.append(problem("W035", place=file_name(file), value=file_name(file)))
            continue
        sheet = read_csv(file, table or schema.META, notes)
        if table is None:
            words |= meta.words_of(sheet)
        elif table is schema.META:
            stated |= meta.read(sheet, notes)
        else:
            sheets.append(without_examples(sheet, notes))
    return Intake(sheets, stated, notes=notes, other_words=words).load(lenient=lenient)


def read_csv(file: Path, table: schema.Table, notes: list[Problem]) -> Sheet:
    """Read one file as it stands; how it was encoded is noted where it was not UTF-8."""
    text, encoding = decode(file.read_bytes(), file)
    if encoding == "GB18030":
        notes.append(problem("W070", place=file_name(file), value=encoding))
    header, columns = _columns(text)
    columns = [unquoted(c) for c in columns]
    filled = np.zeros(len(columns[0]) if columns else 0, bool)
    for column in columns:
        filled |= np.asarray(column.is_valid())
    kept = np.flatnonzero(filled)
    taken = tuple(c.take(pa.array(kept)) for c in columns)
    name = file_name(file)
    return Sheet(
        table,
        name,
        name,
        tuple(unquoted(pa.array(header, pa.string())).fill_null("").to_pylist()),
        taken,
        kept + 2,
    )


def decode(content: bytes, file: Path) -> tuple[str, str]:
    """Return the text of a file and its encoding: UTF-8, UTF-16 by its mark, else GB18030."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16"), "UTF-16"
    try:
        return content.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("gb18030"), "GB18030"
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise SourceError(say("not_text", path=file, line=line)) from error


def _columns(text: str) -> tuple[list[str], list[pa.Array]]:
    """The header and the columns of a CSV text; a row that is too long or too short keeps what it has."""
    delimiter = delimiter_of(text)
    header = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    if not header:
        return [], []
    names = [str(i) for i in range(len(header))]
    try:
        found = arrow_csv.read_csv(
            io.BytesIO(text.encode("utf-8")),
            read_options=arrow_csv.ReadOptions(
                column_names=names, skip_rows_after_names=1, block_size=64 << 20
            ),
            parse_options=arrow_csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
            ),
        )
        return header, [_stripped(found[name].combine_chunks()) for name in names]
    except pa.ArrowInvalid:
        return _ragged(text, delimiter)


def _ragged(text: str, delimiter: str) -> tuple[list[str], list[pa.Array]]:
    header, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    width = max(map(len, [header, *rows]))
    header += [""] * (width - len(header))
    rows = [row + [""] * (width - len(row)) for row in rows]
    return header, [
        _stripped(pa.array([row[i] for row in rows], pa.string())) for i in range(width)
    ]


def delimiter_of(text: str) -> str:
    """Return what stands between cells: comma, semicolon or tab, whichever the first line has most of."""
    first = text[: text.find("\n")] if "\n" in text else text
    return max(",;\t", key=first.count) if first else ","


def _stripped(column: pa.Array) -> pa.Array:
    column = pc.utf8_trim_whitespace(column)
    return pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.string()), column)


def without_examples(sheet: Sheet, notes: list[Problem]) -> Sheet:
    """Take out the example row of a template: its first cell says that it is one."""
    if not sheet.columns:
        return sheet
    first = sheet.columns[0].slice(0, 3).to_pylist()
    examples = [row for row, text in enumerate(first) if text and EXAMPLE.match(text)]
    for row in examples:
        notes.append(problem("W036", place=sheet.place(row, 0), value=first[row]))
    return sheet.take(np.setdiff1d(np.arange(len(sheet)), examples)) if examples else sheet


def unquoted(column: pa.Array) -> pa.Array:
    """Take away the apostrophe that keeps a text from being a formula."""
    if not pc.any(pc.starts_with(column, "'")).as_py():
        return column
    quoted = pc.fill_null(pc.match_substring_regex(column, f"^{_QUOTED.pattern}"), False)
    return pc.if_else(quoted, pc.utf8_slice_codeunits(column, 1), column)


# -- writing ---------------------------------------------------------------------------------------


def write(net: MedicalNetwork, target: Path) -> None:
    """Write a folder of CSV in UTF-8 with a BOM, which Excel needs; texts that look like formulas get an apostrophe."""
    with atomic.replacing_tables(target, CSV) as folder:
        for table, rows in tables_of(net):
            _write_csv(folder / f"{table.name}{CSV}", rows)
        _write_csv(folder / f"meta{CSV}", meta.table(net.meta))


def tables_of(net: MedicalNetwork) -> Iterator[tuple[schema.Table, pa.Table]]:
    """Give every table of a network with rows, its columns as they are called on disk."""
    nodes, edges = net.tables
    for table in schema.NODE_TABLES:
        rows = nodes.filter(pc.equal(nodes["kind"], table.kind)).drop_columns("kind")
        if len(rows):
            yield table, _on_disk(table, rows)
    if len(edges):
        yield schema.LINKS, _on_disk(schema.LINKS, edges)


def _on_disk(table: schema.Table, rows: pa.Table) -> pa.Table:
    """The columns with values, in the order of the schema, then free attributes; lists as they are written."""
    rows = _with_origins(rows)
    used = {name for name in rows.column_names if rows[name].null_count < len(rows)}
    known = [f.name for f in table.fields if f.name in used or f.required]
    order = [*known, *sorted(used - set(known))]
    columns = {
        disk_name(table, name): _as_list(rows[name]) if _type(table, name) == "list" else rows[name]
        for name in order
        if name in rows.column_names
    }
    return pa.table(columns)


def _with_origins(rows: pa.Table) -> pa.Table:
    given = rows["origin"] if "origin" in rows.column_names else pa.nulls(len(rows), pa.string())
    if given.null_count == 0:
        return rows
    others = rows.drop_columns("origin") if "origin" in rows.column_names else rows
    return others.append_column("origin", pc.fill_null(given, NO_ORIGIN))


def _type(table: schema.Table, name: str) -> str:
    return (schema.link_types() if table.kind is None else schema.field_types()).get(name, "text")


def _as_list(column: pa.ChunkedArray) -> pa.Array:
    return pa.array(
        [None if text is None else cells.list_text(text) for text in column.to_pylist()],
        pa.string(),
    )


def disk_name(table: schema.Table, name: str) -> str:
    """Return what a column is called on disk: a free attribute that a header could be taken for has `attr:`."""
    if described := table.field(name):
        return described.heading
    if known_header(table.name, name) or name.startswith(FREE):
        return FREE + name
    return name


def _write_csv(file: Path, rows: pa.Table) -> None:
    columns = [_quoted(c) if c.type == pa.string() else c for c in rows.columns]
    names = _quoted(pa.array(rows.column_names, pa.string())).to_pylist()
    with file.open("wb") as stream:
        stream.write(BOM)
        arrow_csv.write_csv(
            pa.table(columns, names=names), stream, arrow_csv.WriteOptions(quoting_style="needed")
        )


def _quoted(column: pa.ChunkedArray | pa.Array) -> pa.ChunkedArray | pa.Array:
    formula = pc.fill_null(pc.match_substring_regex(column, f"^{_FORMULA.pattern}"), False)
    return pc.if_else(formula, pc.binary_join_element_wise("'", column, ""), column)
