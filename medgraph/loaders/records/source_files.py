"""Find the files of a source of records: one file, a folder, a pattern, folders by day."""

from __future__ import annotations

import glob
import itertools
import re
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from medgraph.errors import SourceError
from medgraph.suffixes import (
    CSV,
    GZIP,
    JSON,
    OLD_WORKBOOKS,
    PARQUET,
    TEXT_TABLES,
    WORKBOOKS,
)
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TEXTS = (CSV, *TEXT_TABLES)
_FORMATS = {*_TEXTS, *(f"{suffix}{GZIP}" for suffix in _TEXTS), JSON, PARQUET}
_FORMATS |= {*WORKBOOKS, *OLD_WORKBOOKS}
MAGIC = re.compile(r"[*?\[]")
_STATES_A_COLUMN = re.compile(r"([^=]+)=.*", re.DOTALL)  # date=2023-10-05, as Spark and Hive write
_IS_A_TIME = re.compile(r"\d{4}(-?\d{1,2}){0,2}|\d{1,2}")  # 2023, 2023-10-05, or 10 below 2023


@dataclass(frozen=True)
class SourceFiles:
    """The files of a source, all of one format, below the folder `root`.

    `columns` are stated by the names of folders (`date=2023-10-05`); `unread` are other folders.
    """

    files: tuple[Path, ...]
    root: Path
    columns: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def suffix(self) -> str:
        """What the names of all the files end with."""
        return suffix_of(self.files[0])


def suffix_of(path: PurePath) -> str:
    """Return what a name ends with: of a compressed file both suffixes, `.csv.gz`."""
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    return "".join(suffixes if suffixes[-1:] == [GZIP] else suffixes[-1:])


def source_files(source: str | Path) -> SourceFiles:
    """Return the files that a path or a pattern means.

    Of a folder those in it, and in folders whose names state a column or a time. Raise SourceError
    where there is none, or where they are of several formats or partitions.
    """
    path = Path(source)
    unread: list[str] = []
    if path.is_dir():
        root, found = path, list(_below(path, unread))
    elif path.exists():
        root, found = path.parent, [path]
    else:
        root, found = _matched(str(source), unread)
        if not found:
            raise SourceError(say("records.no_file", path=source))
    the_same_format(found, source)
    return SourceFiles(tuple(found), root, the_same_partitions(found, root), tuple(unread))


def the_same_format(files: Sequence[PurePath], source: str | Path) -> None:
    """Raise SourceError where there are no files, or not all of one format that is read."""
    suffixes = {suffix_of(file) for file in files}
    if len(suffixes) != 1 or not suffixes <= _FORMATS:
        raise SourceError(say("records.no_records", path=source))


def the_same_partitions(files: Sequence[PurePath], root: PurePath) -> tuple[str, ...]:
    """Return the columns that the names of folders state, the same for every file."""
    first, *others = files
    columns = _stated_by(first, root)
    for file in others:
        if _stated_by(file, root) != columns:
            raise SourceError(say("records.other_partition", path=file.name, first=first.name))
    return columns


def is_read(path: PurePath) -> bool:
    """Return whether a file below the folder of a source is one of its files.

    >>> paths = ["a.csv", "date=2023-10-05/a.csv", "2023/10/a.csv", "old/a.csv", "_log.csv", "a.md"]
    >>> [is_read(PurePath(path)) for path in paths]
    [True, True, True, False, False, False]
    """
    *folders, _ = path.parts
    is_hidden = any(part.startswith((".", "_")) for part in path.parts)
    is_format = suffix_of(path) in _FORMATS
    return is_format and not is_hidden and all(map(_is_partition, folders))


def _below(folder: Path, unread: list[str]) -> Iterator[Path]:
    """The files of a folder and of its partitions; hidden ones belong to whoever wrote them."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "_")):
            continue
        if not path.is_dir():
            if suffix_of(path) in _FORMATS:
                yield path
        elif _is_partition(path.name) and not path.is_symlink():  # a link may lead in a ring
            yield from _below(path, unread)
        else:
            unread.append(path.name)


def _is_partition(folder: str) -> bool:
    return bool(_STATES_A_COLUMN.fullmatch(folder) or _IS_A_TIME.fullmatch(folder))


def _matched(pattern: str, unread: list[str]) -> tuple[Path, list[Path]]:
    """The files that a pattern matches, and the last folder above it that is no pattern."""
    fixed = itertools.takewhile(lambda part: not MAGIC.search(part), Path(pattern).parts)
    matches = [Path(match) for match in glob.glob(pattern, recursive=True)]
    files = [path for path in matches if path.is_file() and suffix_of(path) in _FORMATS]
    for folder in (path for path in matches if path.is_dir()):
        files += _below(folder, unread)
    return Path(*fixed), sorted(set(files))


def _stated_by(file: PurePath, root: PurePath) -> tuple[str, ...]:
    *folders, _ = file.relative_to(root).parts
    stated = (_STATES_A_COLUMN.fullmatch(folder) for folder in folders)
    return tuple(match.group(1) for match in stated if match)
