"""Write the tables of a folder so that a kill in the middle leaves the old ones whole."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from medgraph.graphmodel.schema import table_named
from medgraph.whole_files import faults_in_words, flush, own_prefix, refuse_held, remove_left_over
from medgraph.words.workbook_words import OTHER_WORDS_SHEETS

if TYPE_CHECKING:
    from collections.abc import Iterator

_READY = ".medgraph-ready"
_LIST = "tables.txt"
_PARQUET_PARTS = ("nodes", "edges")


@contextlib.contextmanager
def replacing_tables(folder: str | Path, suffix: str) -> Iterator[Path]:
    """Give a new folder; its files become the tables of `folder` that end in `suffix`, all or none.

    Files of `folder` that are no tables of ours stay. What takes effect is one rename: from then on
    `tables_of` reads the new files, even where a kill keeps them from being moved to their places.
    """
    folder = Path(folder)
    with faults_in_words(folder):
        folder.mkdir(parents=True, exist_ok=True)
        settle(folder, suffix)
        remove_left_over(folder)
        for old in folder.glob(f"*{suffix}"):
            refuse_held(old)
        new = Path(tempfile.mkdtemp(prefix=own_prefix(), dir=folder))
        try:
            yield new
            for file in new.iterdir():
                flush(file)
            names = "".join(f"{file.name}\n" for file in sorted(new.iterdir()))
            (new / _LIST).write_text(names, encoding="utf-8")
            os.replace(new, folder / _READY)
            settle(folder, suffix)
        finally:
            shutil.rmtree(new, ignore_errors=True)


def tables_of(folder: str | Path, suffix: str) -> list[Path]:
    """Return the files of `folder` that end in `suffix`, as the last complete write left them."""
    folder = Path(folder)
    ready = folder / _READY
    if not (ready / _LIST).is_file():
        files = folder.glob(f"*{suffix}")
        return sorted(file for file in files if file.is_file() and not file.name.startswith("."))
    found = []
    for name in sorted(_listed_in(ready)):
        found.append(ready / name if (ready / name).exists() else folder / name)
    return found


def _listed_in(ready: Path) -> set[str]:
    lines = (ready / _LIST).read_text("utf-8").split("\n")
    return {line for line in lines if line}


def settle(folder: Path, suffix: str) -> None:
    """Move the files of a write that took effect, or that a kill interrupted, to their places.

    The list of them goes last: a folder without it is one that a kill left when all was done.
    """
    ready = folder / _READY
    if not ready.is_dir():
        return
    names = _listed_in(ready) if (ready / _LIST).is_file() else set()
    for name in names:
        if (ready / name).exists():
            os.replace(ready / name, folder / name)
    for old in folder.glob(f"*{suffix}") if names else ():
        if old.name not in names and old.is_file() and _is_table(old):
            old.unlink()
    shutil.rmtree(ready)


def _is_table(file: Path) -> bool:
    """Whether a file is named like a table: an old one must not stay beside the new ones."""
    if file.stem in (*_PARQUET_PARTS, *OTHER_WORDS_SHEETS):
        return True
    return table_named(file.stem) is not None
