"""Tell whose tables a file or folder holds: ours, by what they are called, or somebody else's.

A workbook that is written over is ours too where it bears the mark of what medgraph writes.
"""

from __future__ import annotations

import zipfile
from functools import lru_cache
from typing import TYPE_CHECKING

from medgraph import suffixes
from medgraph.errors import SourceError, TargetError
from medgraph.graphmodel import schema
from medgraph.loaders import atomic
from medgraph.loaders.tabular.sheets import known_header
from medgraph.loaders.workbooks.file_kinds import FileKind, kind_of_file
from medgraph.loaders.workbooks.persons import is_person_title
from medgraph.loaders.workbooks.readers import TABLES, is_old, read_sheet, sheet_names
from medgraph.whole_files import LOCK_FILE
from medgraph.words.columns import ROSTER_TITLES
from medgraph.words.say import say
from medgraph.words.vocabularies import fold
from medgraph.words.workbook_words import MARK

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_WORKBOOKS = (FileKind.XLSX, FileKind.OLE, FileKind.OTHER_WORKBOOK, FileKind.XML_SHEET)
_ONLY_FOREIGN = (*suffixes.OLD_WORKBOOKS, *suffixes.TEXT_TABLES)
_LONGEST_PROPERTIES = 100_000
_HEADER_WITHIN = 10  # rows: a title may stand above the header
# So many sheets may be called as our tables are, by chance.
BY_CHANCE = 2


def is_foreign(path: Path) -> bool:
    """Whether a workbook, a CSV, or a folder of them has no table called as ours are."""
    if path.is_dir():
        return _is_foreign_folder(path)
    suffix = path.suffix.lower()
    if suffix in _ONLY_FOREIGN or path.name.startswith(LOCK_FILE):
        return not is_template(path)
    if suffix == suffixes.CSV:
        return not _is_table(path)
    if suffix in suffixes.WORKBOOKS:
        return not is_ours(path)
    return (
        suffix not in suffixes.NETWORKS and kind_of_file(path) in _WORKBOOKS and not is_ours(path)
    )


def is_template(path: Path) -> bool:
    """Whether a file holds a workbook with tables of ours, under the name of whatever format."""
    is_of_others = path.name.startswith(LOCK_FILE) or path.suffix.lower() in suffixes.NETWORKS
    if is_of_others or not path.is_file():
        return False
    return kind_of_file(path) is FileKind.XLSX and _has_table(path) and is_ours(path)


def _is_foreign_folder(folder: Path) -> bool:
    files = [f for f in folder.iterdir() if f.is_file() and not f.name.startswith(".")]
    if any(f.suffix.lower() in suffixes.NETWORKS for f in files):
        return False
    tables = [f for f in files if f.suffix.lower() in TABLES]
    if any(_is_table(f) for f in tables):
        return False
    # a write that took effect may have left its tables where they are not in their places yet
    written = any(_is_table(f) for f in atomic.tables_of(folder, suffixes.CSV))
    return bool(tables) and not written


def _is_table(file: Path) -> bool:
    return schema.table_named(file.stem) is not None


def is_ours(workbook: Path) -> bool:
    """Whether a workbook has a sheet of ours; where it cannot be opened, opening it says so.

    One or two sheets may be called as ours are by chance: then their titles have to be ours, too.
    """
    if is_old(workbook):
        return False
    named = _tables_named(workbook)
    if not sheet_names(workbook) or len(named) > BY_CHANCE:
        return True
    return bool(named) and (is_marked(workbook) or _has_our_titles(workbook))


def _has_our_titles(workbook: Path) -> bool:
    """Whether a sheet called as ours has all titles that its table requires, near its top."""
    state = workbook.stat()
    return _are_titled(workbook, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=8)  # several formats ask of one workbook
def _are_titled(workbook: Path, _changed: int, _size: int) -> bool:
    try:
        return any(
            _is_titled(read_sheet(workbook, name).rows[:_HEADER_WITHIN], table)
            for name, table in _tables_named(workbook).items()
        )
    except SourceError:  # opening it again says what is wrong
        return True


def _is_titled(rows: Sequence[Sequence[str | None]], table: schema.Table) -> bool:
    for row in rows:
        titles = [text for text in row if text]
        known = {known_header(table.name, text) for text in titles}
        if known.issuperset(table.required):
            return not any(_is_theirs_alone(text, table) for text in titles)
    return False


def _is_theirs_alone(title: str, table: schema.Table) -> bool:
    """Whether our tables never have a column of this title: 序号, 联系人."""
    if known_header(table.name, title):
        return False
    return fold(title) in map(fold, ROSTER_TITLES["serial"]) or is_person_title(title)


def _tables_named(workbook: Path) -> dict[str, schema.Table]:
    """The sheets that are called as tables of ours are, each with its table."""
    named = {name: schema.table_named(name) for name in sheet_names(workbook)}
    return {name: table for name, table in named.items() if table is not None}


def _has_table(workbook: Path) -> bool:
    return bool(_tables_named(workbook))


def never_onto_work(target: Path) -> None:
    """Raise TargetError where an answer or a template would replace a workbook of somebody else."""
    is_workbook = target.suffix.lower() in (*suffixes.WORKBOOKS, *_ONLY_FOREIGN)
    if is_workbook and has_content(target) and not (is_marked(target) or _has_table(target)):
        raise TargetError(say("target_of_others", path=target.name))


def has_content(path: Path) -> bool:
    """Whether a file is there with something in it."""
    return path.is_file() and path.stat().st_size > 0


def only_workbook(target: Path) -> None:
    """Raise TargetError where a workbook would be written under the name of another format."""
    if target.suffix.lower() != suffixes.XLSX:
        raise TargetError(say("target_not_xlsx", path=target))


def is_marked(workbook: Path) -> bool:
    """Whether the properties of a workbook say that medgraph wrote it."""
    try:
        with zipfile.ZipFile(workbook) as archive, archive.open("docProps/core.xml") as stream:
            return MARK.encode() in stream.read(_LONGEST_PROPERTIES)
    except Exception:  # no package, a damaged one, or none with properties
        return False
