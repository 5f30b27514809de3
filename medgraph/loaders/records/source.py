"""Open a source of records: its files, their columns by our names, the engine that reads them."""

from __future__ import annotations

import contextlib
import csv
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from medgraph.errors import OptionError, SourceError
from medgraph.loaders.records.engines import ENGINES
from medgraph.suffixes import CSV, PARQUET
from medgraph.words.personal_data import PERSONAL_COLUMN
from medgraph.words.punctuation import LIST_COMMA
from medgraph.words.record_titles import RECORD_TITLES
from medgraph.words.say import problem, say
from medgraph.words.vocabularies import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import ibis.expr.types as ir

    from medgraph.loaders.records.engines import Engine

_FORMATS = (CSV, PARQUET)
_ENGINES_OWN = ("duckdb", "pyspark", "py4j")  # whose errors are about the files they read


@dataclass(frozen=True)
class Records:
    """An opened source: the `table` of its rows, with columns by our names.

    `malformed` counts the lines with too few or too many fields; ask it after the rows were read.
    """

    table: ir.Table
    malformed: Callable[[], int]


@contextlib.contextmanager
def opened(
    source: str | Path, engine: str, master: str, memory: str, *, needs: Sequence[str]
) -> Iterator[Records]:
    """Open a source on an engine; the engine's own files are gone afterwards.

    Raise OptionError for an unknown engine, SourceError where a column of `needs` is not there.
    """
    if engine not in ENGINES:
        allowed = ", ".join(ENGINES)
        raise OptionError(say("not_one_of", what="engine", value=engine, allowed=allowed))
    paths = _files(Path(source))
    header = list(dict.fromkeys(_common_header(paths)))  # an engine refuses a title given twice
    columns = _columns(header, paths[0].name)
    _check_needed(columns, needs)
    with tempfile.TemporaryDirectory(prefix="medgraph-") as folder:
        running = ENGINES[engine](memory=memory, master=master, folder=folder)
        try:
            table = _read(running, paths, header)
            ours = {name: table[title] for name, title in columns.items()}
            yield Records(table.select(**ours), running.malformed)
        except Exception as error:
            if type(error).__module__.lstrip("_").startswith(_ENGINES_OWN):
                reason = str(error).partition("\n")[0]
                raise SourceError(say("bad_table", path=source, reason=reason)) from error
            raise
        finally:
            running.backend.disconnect()


def _files(source: Path) -> list[Path]:
    """The files of a source, all of one format."""
    if not source.exists():
        raise SourceError(say("records.no_file", path=source))
    files = source.iterdir() if source.is_dir() else [source]
    paths = sorted(path for path in files if path.suffix.lower() in _FORMATS)
    if len({path.suffix.lower() for path in paths}) != 1:
        raise SourceError(say("records.no_records", path=source))
    return paths


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
    try:
        if _is_parquet(path):
            return list(pq.read_schema(path).names)
        with path.open(encoding="utf-8-sig", newline="") as file:
            return next(csv.reader(file), [])
    except UnicodeDecodeError as error:
        raise SourceError(say("records.not_utf8", path=path.name)) from error
    except pa.ArrowInvalid as error:
        raise SourceError(say("bad_table", path=path.name, reason=error)) from error


def _columns(header: list[str], file: str) -> dict[str, str]:
    """The titles of the columns that are used, by our names; personal ones are refused."""
    personal = [title for title in header if PERSONAL_COLUMN.search(fold(title))]
    if personal:
        raise SourceError(
            say("records.personal", columns=LIST_COMMA.join(personal)),
            [problem("E090", place=file, value=title) for title in personal],
        )
    titles: dict[str, list[str]] = {}
    for title in header:
        name = _NAMES.get(fold(title))
        if name:
            titles.setdefault(name, []).append(title)
    double = {name for name, written in titles.items() if len(written) > 1}
    if double:
        repeated = [title for title in header if _NAMES.get(fold(title)) in double]
        raise SourceError(say("records.double", columns=LIST_COMMA.join(repeated)))
    return {name: written[0] for name, written in titles.items()}


_NAMES = {fold(title): name for name, titles in RECORD_TITLES.items() for title in (name, *titles)}


def _check_needed(columns: dict[str, str], needs: Sequence[str]) -> None:
    for name in needs:
        if name not in columns:
            also = LIST_COMMA.join(RECORD_TITLES[name])
            raise SourceError(say("records.no_column", column=name, also=also))


def _read(engine: Engine, paths: list[Path], header: list[str]) -> ir.Table:
    files = [str(path) for path in paths]
    if _is_parquet(paths[0]):
        return engine.backend.read_parquet(files if len(files) > 1 else files[0])
    return engine.read_csv(files, header)
