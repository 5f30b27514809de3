"""Tell whose tables a file or folder holds: ours, by what they are called, or somebody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph import suffixes
from medgraph.graphmodel import schema
from medgraph.loaders import atomic
from medgraph.loaders.workbooks.file_kinds import FileKind, kind_of_file
from medgraph.loaders.workbooks.readers import TABLES, is_old, sheet_names
from medgraph.whole_files import LOCK_FILE

if TYPE_CHECKING:
    from pathlib import Path

_WORKBOOKS = (FileKind.XLSX, FileKind.OLE, FileKind.OTHER_WORKBOOK)
_ONLY_FOREIGN = (*suffixes.OLD_WORKBOOKS, *suffixes.TEXT_TABLES)


def is_foreign(path: Path) -> bool:
    """Whether a workbook, a CSV, or a folder of them has no table called as ours are."""
    if path.is_dir():
        return _is_foreign_folder(path)
    suffix = path.suffix.lower()
    if suffix in _ONLY_FOREIGN or path.name.startswith(LOCK_FILE):
        return True
    if suffix == suffixes.CSV:
        return not _is_table(path)
    if suffix in suffixes.WORKBOOKS:
        return not is_ours(path)
    return (
        suffix not in suffixes.NETWORKS and kind_of_file(path) in _WORKBOOKS and not is_ours(path)
    )


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
    """Whether a workbook has a sheet of ours; where it cannot be opened, opening it says so."""
    if is_old(workbook):
        return False
    names = sheet_names(workbook)
    return not names or any(schema.table_named(name) is not None for name in names)
