"""Open a source of records: its files, their columns by our names, the engine that reads them."""

from __future__ import annotations

import contextlib
import csv
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from medgraph.errors import OptionError, SourceError
from medgraph.loaders.parsers import parsing
from medgraph.loaders.records.engines import ENGINES
from medgraph.loaders.records.plain_csv import PlainFile, plain_csv
from medgraph.loaders.side_files.column_mapping import ColumnMapping, read_column_mapping
from medgraph.loaders.tabular.sheets import letter
from medgraph.parser_faults import told
from medgraph.suffixes import CSV, JSON, OLD_WORKBOOKS, PARQUET, TEXT_TABLES, WORKBOOKS
from medgraph.words.personal_data import PERSONAL_COLUMN
from medgraph.words.record_titles import RECORD_TITLES
from medgraph.words.say import problem, say
from medgraph.words.vocabularies import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import ibis.expr.types as ir

    from medgraph.loaders.records.engines import Engine

_FORMATS = (CSV, *TEXT_TABLES, JSON, PARQUET, *WORKBOOKS, *OLD_WORKBOOKS)
_ENGINES_OWN = ("duckdb", "pyspark", "py4j")  # whose errors are about the files they read
SECTION = "records"  # of a mapping file


@dataclass(frozen=True)
class Records:
    """An opened source: the `table` of its rows, with columns by our names.

    `malformed` counts the lines with too few or too many fields; ask it after the rows were read.
    `notes` say which of its columns were not read.
    """

    table: ir.Table
    malformed: Callable[[], int]
    notes: tuple[str, ...]


@contextlib.contextmanager
def opened(
    source: str | Path,
    engine: str,
    master: str,
    memory: str,
    *,
    reads: Sequence[str],
    needs: Sequence[str],
    mapping: str | Path | None = None,
) -> Iterator[Records]:
    """Open a source on an engine; the engine's own files are gone afterwards.

    Of its columns those of `reads` are taken. Raise OptionError for an unknown engine, SourceError
    where a column of `needs` is not there.
    """
    if engine not in ENGINES:
        allowed = ", ".join(ENGINES)
        raise OptionError(say("not_one_of", what="engine", value=engine, allowed=allowed))
    paths = _files(Path(source))
    stated = read_column_mapping(mapping, SECTION, reads) if mapping else ColumnMapping()
    with tempfile.TemporaryDirectory(prefix="medgraph-") as folder:
        files = [
            PlainFile(path) if _is_parquet(path) else plain_csv(path, Path(folder))
            for path in paths
        ]
        plain = [file.path for file in files]
        written = _common_header(plain)
        header = _all_titled(written)
        _refuse_repeated(header, paths[0].name)
        columns = _columns(header, paths[0].name, reads, stated)
        _check_needed(columns, needs)
        running = ENGINES[engine](memory=memory, master=master, folder=folder)
        try:
            table = _read(running, plain, header)
            ours = {
                name: _column(table[title], stated.words.get(name))
                for name, title in columns.items()
            }
            notes = (
                *(note for file in files for note in file.notes),
                *_unread(written, set(columns.values()), paths[0].name),
            )
            torn = sum(file.torn for file in files)
            yield Records(table.select(**ours), lambda: running.malformed() + torn, notes)
        except Exception as error:
            if type(error).__module__.lstrip("_").startswith(_ENGINES_OWN):
                reason = told(error).replace(f"{folder}{os.sep}", "")
                raise SourceError(say("bad_table", path=source, reason=reason)) from error
            raise
        finally:
            running.backend.disconnect()


def _column(column: ir.Column, words: Mapping[str, str] | None) -> ir.Column:
    """A column with our words in place of theirs; lists and bytes are texts."""
    if column.type().is_nested() or column.type().is_binary():
        column = column.cast("string")
    if not words:
        return column
    text = column.cast("string").strip()
    return text.substitute(dict(words), else_=text)


def _unread(header: Sequence[str], read: set[str], file: str) -> Iterator[str]:
    """Name the columns that are not read."""
    unread = [title for title in header if title.strip() and title not in read]
    if unread:
        yield str(problem("W086", place=file, value=say("list_comma").join(unread)))


def _files(source: Path) -> list[Path]:
    """The files of a source, all of one format."""
    if not source.exists():
        raise SourceError(say("records.no_file", path=source))
    files = source.iterdir() if source.is_dir() else [source]
    paths = sorted(path for path in files if path.suffix.lower() in _FORMATS)
    if len({path.suffix.lower() for path in paths}) != 1:
        raise SourceError(say("records.no_records", path=source))
    return paths


def _all_titled(header: Sequence[str]) -> list[str]:
    """Titles of which none is empty, as an engine wants them: a column without one has a number."""
    return [title if title.strip() else f"_{place}" for place, title in enumerate(header, 1)]


def _refuse_repeated(header: Sequence[str], file: str) -> None:
    """An engine knows a column by its title alone."""
    first: dict[str, int] = {}
    for place, title in enumerate(header):
        before = first.setdefault(title, place)
        if before != place:
            at, other = (f"{file}!{letter(column)}1" for column in (place, before))
            raise SourceError(str(problem("E032", place=at, value=title, first=other)))


def _is_parquet(path: Path) -> bool:
    return path.suffix.lower() == PARQUET


def _common_header(paths: list[Path]) -> list[str]:
    """The titles of the columns, the same in every file."""
    first = _header(paths[0])
    for path in paths[1:]:
        if _header(path) != first:
            raise SourceError(say("records.other_header", path=path.name, first=paths[0].name))
    return first


def _header(path: Path) -> list[str]:
    with parsing("bad_table", Path(path.name)):
        if _is_parquet(path):
            return list(pq.read_schema(path).names)
        with path.open(encoding="utf-8-sig", newline="") as file:
            return next(csv.reader(file), [])


def _columns(
    header: list[str], file: str, reads: Sequence[str], stated: ColumnMapping
) -> dict[str, str]:
    """The titles of the columns that are read, by our names; personal ones are refused."""
    personal = [title for title in header if PERSONAL_COLUMN.search(fold(title))]
    if personal:
        raise SourceError(
            say("records.personal", columns=say("list_comma").join(personal)),
            [problem("E090", place=file, value=title) for title in personal],
        )
    name_of = _named(header, file, stated)
    titles: dict[str, list[str]] = {}
    for title in header:
        name = name_of.get(title, "")
        if name in reads:
            titles.setdefault(name, []).append(title)
    repeated = [title for written in titles.values() if len(written) > 1 for title in written]
    if repeated:
        raise SourceError(say("records.double", columns=say("list_comma").join(repeated)))
    return {name: written[0] for name, written in titles.items()}


def _named(header: list[str], file: str, stated: ColumnMapping) -> dict[str, str]:
    """Our name of each title: as the mapping says, else as the title is known."""
    known = {title: _NAMES[fold(title)] for title in header if fold(title) in _NAMES}
    others = {title: name for title, name in known.items() if name not in stated.columns}
    titles = {fold(title): title for title in header}
    for title in stated.columns.values():
        if fold(title) not in titles:
            found = say("list_comma").join(header)
            raise SourceError(
                say("mapping_no_column", path=SECTION, value=title, file=file, known=found)
            )
    return others | {titles[fold(title)]: name for name, title in stated.columns.items()}


_NAMES = {fold(title): name for name, titles in RECORD_TITLES.items() for title in (name, *titles)}


def _check_needed(columns: dict[str, str], needs: Sequence[str]) -> None:
    for name in needs:
        if name not in columns:
            also = say("list_comma").join(RECORD_TITLES[name])
            raise SourceError(say("records.no_column", column=name, also=also))


def _read(engine: Engine, paths: list[Path], header: list[str]) -> ir.Table:
    files = [str(path) for path in paths]
    if _is_parquet(paths[0]):
        return engine.backend.read_parquet(files if len(files) > 1 else files[0])
    return engine.read_csv(files, header)
