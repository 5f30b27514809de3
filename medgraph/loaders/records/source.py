"""Open a source of records: its files, their columns by our names, the engine that reads them."""

from __future__ import annotations

import contextlib
import csv
import errno
import io
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from medgraph.errors import OptionError, SourceError
from medgraph.loaders.parsers import parsing
from medgraph.loaders.records.engines import DUCKDB, ENGINES
from medgraph.loaders.records.first_places import first_places
from medgraph.loaders.records.object_store import (
    is_address,
    reaching,
    refuse_passwords,
    shown_address,
    stored_files,
)
from medgraph.loaders.records.plain_csv import PlainFile, opened_bytes, plain_csv
from medgraph.loaders.records.source_files import source_files
from medgraph.loaders.records.temporary_disk import (
    disk_needed,
    in_bytes,
    portions_that_fit,
    statements,
)
from medgraph.loaders.side_files.column_mapping import ColumnMapping, read_column_mapping
from medgraph.loaders.tabular.sheets import letter
from medgraph.parser_faults import told
from medgraph.progress import tell
from medgraph.shown_places import without_credentials
from medgraph.suffixes import PARQUET
from medgraph.words.personal_data import PERSONAL_COLUMN
from medgraph.words.record_titles import RECORD_TITLES
from medgraph.words.say import problem, say
from medgraph.words.vocabularies import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    import ibis.expr.types as ir

    from medgraph.loaders.records.engines import Engine
    from medgraph.loaders.records.object_store import StoredFiles
    from medgraph.loaders.records.source_files import SourceFiles

_ENGINES_OWN = ("duckdb", "pyspark", "py4j")  # whose errors are about the files they read
_DISK_IS_FULL = ("max_temp_directory_size", "No space left")
_MEMORY_IS_FULL = ("Out of Memory", "OutOfMemoryError")
SECTION = "records"  # of a mapping file


@dataclass(frozen=True)
class Records:
    """An opened source: the `table` of its rows, with columns by our names.

    `malformed` counts the lines with too few or too many fields; ask it after the rows were read.
    `notes` say which of its columns were not read; `places` where texts of a column stand first, of
    files on this machine. In so many `portions` persons are put in order, for the disk's sake.
    """

    table: ir.Table
    malformed: Callable[[], int]
    notes: tuple[str, ...]
    places: Callable[[str, Collection[str]], Mapping[str, str]]
    portions: int


@dataclass(frozen=True)
class _Here:
    """The files of a source on this machine, as the engines read them, and their titles.

    Below `root`, where there is one, names of folders state columns.
    """

    files: Sequence[Path]
    plain: Sequence[PlainFile]
    written: Sequence[str]
    titles: Sequence[str]
    root: Path | None
    notes: tuple[str, ...]
    torn: int

    def table(self, engine: Engine) -> ir.Table:
        if _is_parquet(self.files[0]):
            return engine.read_parquet(self.files, self.root)
        return engine.read_csv(self.files, self.titles, self.root)

    def places(self, title: str, texts: Collection[str]) -> Mapping[str, str]:
        """Return file and line where each text stands first below a title."""
        return first_places(self.plain, self.titles.index(title), texts)


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
    of_row: int = 0,
) -> Iterator[Records]:
    """Open a source on an engine; the engine's own files are gone afterwards.

    Of its columns those of `reads` are taken; `of_row` is how many bytes of temporary disk a row
    takes that is put in the order of persons. Raise OptionError for an unknown engine and for too
    little temporary disk; SourceError where a column of `needs` is not there.
    """
    if engine not in ENGINES:
        allowed = ", ".join(ENGINES)
        raise OptionError(say("not_one_of", what="engine", value=engine, allowed=allowed))
    in_bytes(memory)
    stated = read_column_mapping(mapping, SECTION, reads) if mapping else ColumnMapping()
    name = Path(shown_address(str(source)) if is_address(source) else source).name
    with tempfile.TemporaryDirectory(prefix="medgraph-") as own, _in_words(source, own):
        stored = _stored(source, engine)
        is_there = is_address(source) and (stored is None or stored.suffix == PARQUET)
        here = None if is_there else _here(source, stored, Path(own))
        portions = 1
        if of_row and here and engine == DUCKDB:
            portions = _portions(disk_needed(here.files, memory, of_row))
        running = ENGINES[engine](memory=memory, master=master, folder=own)
        try:
            table = here.table(running) if here else running.read_address(str(source))
            titles, written = (here.titles, here.written) if here else (table.columns,) * 2
            columns = _columns(list(titles), name, reads, stated)
            _check_needed(columns, needs)
            ours = {
                name: _column(table[title], stated.words.get(name))
                for name, title in columns.items()
            }
            notes = (
                *_unread_folders(stored.unread if stored else ()),
                *(here.notes if here else ()),
                *_unread(written, set(columns.values()), name),
            )
            torn = here.torn if here else 0

            def places(name: str, texts: Collection[str]) -> Mapping[str, str]:
                return here.places(columns[name], texts) if here else {}

            yield Records(
                table.select(**ours), lambda: running.malformed() + torn, notes, places, portions
            )
        finally:
            running.close()


@contextlib.contextmanager
def _in_words(source: str | Path, own: str) -> Iterator[None]:
    """Say in one sentence what an engine raises about files, and that a disk is full."""
    try:
        yield
    except Exception as error:
        is_engines = type(error).__module__.lstrip("_").startswith(_ENGINES_OWN)
        is_full = isinstance(error, OSError) and error.errno == errno.ENOSPC
        if not (is_engines or is_full):
            raise
        if is_full or any(sign in str(error) for sign in _DISK_IS_FULL):
            raise OptionError(say("records.disk_full", folder=Path(own).parent)) from error
        if any(sign in str(error) for sign in _MEMORY_IS_FULL):
            raise OptionError(say("records.memory_full")) from error
        reason = without_credentials(told(error).replace(f"{own}{os.sep}", ""))
        raise SourceError(say("bad_table", path=source, reason=reason)) from error


def _portions(needed: int) -> int:
    """Say beforehand how much temporary disk it takes, in how many portions of the persons.

    Go no further where the disk is not there.
    """
    portions = portions_that_fit(needed)
    if needed:
        for sentence in statements(needed, portions):
            tell(sentence)
    return portions


def _stored(source: str | Path, engine: str) -> StoredFiles | None:
    """The files of an address that the engine itself does not know."""
    if not is_address(source):
        return None
    refuse_passwords(str(source))
    return None if ENGINES[engine].reads_addresses else stored_files(str(source))


def _here(source: str | Path, stored: StoredFiles | None, own: Path) -> _Here:
    """The files of a source, plain and with titles that are the same in all of them.

    Those of a store are brought here.
    """
    if stored:
        with reaching(str(source)):
            source = stored.brought(own / "brought")
    found = source_files(source)
    plain = [_plain(path, found, own) for path in found.files]
    files = [file.path for file in plain]
    written = _common_header(files)
    titles = _all_titled(written)
    _refuse_repeated(titles, found.files[0].name)
    stated = [column for column in found.columns if column not in titles]
    notes = [note for file in plain for note in file.notes]
    notes += _unread_folders(found.unread)
    root = None
    if stated:
        root, files = _below_one_folder(files, found, own)
    torn = sum(file.torn for file in plain)
    return _Here(files, plain, [*written, *stated], [*titles, *stated], root, tuple(notes), torn)


def _unread_folders(folders: Sequence[str]) -> Iterator[str]:
    if folders:
        yield say("records.unread_folders", folders=say("list_comma").join(folders))


def _plain(path: Path, found: SourceFiles, own: Path) -> PlainFile:
    if _is_parquet(path):
        return PlainFile(path, path.name)
    folder = own / "plain" / path.parent.relative_to(found.root)
    folder.mkdir(parents=True, exist_ok=True)
    return plain_csv(path, folder)


def _below_one_folder(files: list[Path], found: SourceFiles, own: Path) -> tuple[Path, list[Path]]:
    """The files below one folder whose names of folders state columns.

    Where some were written anew the others are laid beside them.
    """
    if tuple(files) == found.files:
        return found.root, files
    root = own / "plain"
    laid = [root / path.relative_to(found.root) for path in found.files]
    for file, target in zip(files, laid, strict=True):
        if not file.is_relative_to(own):
            _laid_at(target, file)
    together = [
        file if file.is_relative_to(own) else target
        for file, target in zip(files, laid, strict=True)
    ]
    return root, together


def _laid_at(target: Path, file: Path) -> None:
    try:
        target.symlink_to(file.absolute())
    except OSError:  # Windows lets few users make such links
        shutil.copyfile(file, target)


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
        with (
            opened_bytes(path) as stream,
            io.TextIOWrapper(stream, encoding="utf-8-sig", newline="") as file,
        ):
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
