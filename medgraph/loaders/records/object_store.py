"""Records in an object store: `s3://`, `gs://`, `abfs://`, `hdfs://`, as pyarrow reads them.

Credentials are those of the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_ENDPOINT_URL
and what else pyarrow knows); an address that holds some is refused, and never repeated.
"""

from __future__ import annotations

import contextlib
import re
import shutil
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.dataset as pads
import pyarrow.fs as pafs

from medgraph.errors import MedGraphError, OptionError, SourceError
from medgraph.loaders.records.source_files import (
    MAGIC,
    is_read,
    suffix_of,
    the_same_format,
    the_same_partitions,
)
from medgraph.shown_places import without_credentials
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BLOCK = 1 << 20
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_S3_OF_HADOOP = re.compile(r"s3[an]://", re.IGNORECASE)
_HOLDS_A_PASSWORD = re.compile(r"://[^/]*:[^/]*@|[?&][^=]*(key|secret|token|password|sig)", re.I)
_STARS = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


@dataclass(frozen=True)
class StoredFiles:
    """The files at an address, all of one format, below the folder `root` of their store.

    `columns` are stated by the names of folders; `unread` are other folders.
    """

    system: Any
    files: tuple[PurePosixPath, ...]
    root: PurePosixPath
    columns: tuple[str, ...]
    unread: tuple[str, ...]

    @property
    def suffix(self) -> str:
        """What the names of all the files end with."""
        return suffix_of(self.files[0])

    def dataset(self) -> Any:
        """Return the files of Parquet as one dataset that is read bit by bit."""
        partitioning = pads.partitioning(
            pa.schema([(column, pa.string()) for column in self.columns]), flavor="hive"
        )
        return pads.dataset(
            [str(file) for file in self.files],
            filesystem=self.system,
            format="parquet",
            partitioning=partitioning if self.columns else None,
            partition_base_dir=str(self.root),
        )

    def brought(self, folder: Path) -> Path:
        """Copy the files into a folder, as they lie in their store; return it."""
        for file in self.files:
            target = folder / file.relative_to(self.root)
            target.parent.mkdir(parents=True, exist_ok=True)
            with (
                self.system.open_input_stream(str(file), compression=None) as stream,
                target.open("wb") as new,
            ):
                shutil.copyfileobj(stream, new, _BLOCK)
        return folder


def is_address(source: str | Path) -> bool:
    """Return whether a source is an address, and no path.

    >>> is_address("s3://bucket/records"), is_address("C:/records"), is_address("records")
    (True, False, False)
    """
    return bool(_ADDRESS.match(str(source)))


def shown_address(address: str) -> str:
    """Return an address without what may be a secret.

    >>> shown_address("s3://me:secret@bucket/records?token=abc")
    's3://bucket/records'
    """
    return without_credentials(address).partition("?")[0]


def refuse_passwords(address: str) -> None:
    """Raise OptionError for an address that holds credentials: it would end in logs."""
    if _HOLDS_A_PASSWORD.search(address):
        raise OptionError(say("records.password", address=shown_address(address)))


def stored_files(address: str) -> StoredFiles:
    """Return the files that an address means: one, a folder, or a pattern.

    Raise SourceError where there is none, or where the store is not reached.
    """
    refuse_passwords(address)
    with reaching(address):
        system, path = pafs.FileSystem.from_uri(_S3_OF_HADOOP.sub("s3://", address))
        magic = MAGIC.search(path)
        fixed = path[: magic.start()].rpartition("/")[0] if magic else path
        root, found = _listed(system, fixed)
    if magic:
        matches = _matcher(path)
        found = [file for file in found if matches.fullmatch(file.path)]
    paths = sorted(PurePosixPath(file.path) for file in found)
    files = [path for path in paths if magic or is_read(path.relative_to(root))]
    if not files:
        raise SourceError(say("records.no_file", path=shown_address(address)))
    the_same_format(files, shown_address(address))
    columns = the_same_partitions(files, root)
    unread = _folders(paths, root) - _folders(files, root)
    return StoredFiles(system, tuple(files), root, columns, tuple(sorted(unread)))


def _folders(files: Iterable[PurePosixPath], root: PurePosixPath) -> set[str]:
    """The folders just below the root that hold some of the files, hidden ones aside."""
    below = (file.relative_to(root).parts for file in files)
    return {first for first, *rest in below if rest and not first.startswith((".", "_"))}


def _listed(system: Any, path: str) -> tuple[PurePosixPath, list[Any]]:
    """The folder, and all files below it; of a file the one that holds it, and the file."""
    info = system.get_file_info(path)
    if info.type == pafs.FileType.File:
        return PurePosixPath(path).parent, [info]
    selector = pafs.FileSelector(path, recursive=True, allow_not_found=True)
    listed = system.get_file_info(selector)
    return PurePosixPath(path), [each for each in listed if each.type == pafs.FileType.File]


def _matcher(pattern: str) -> re.Pattern[str]:
    """A pattern of paths: `*` and `?` within one folder, `**` across them."""
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", pattern)
    return re.compile("".join(_STARS.get(part, re.escape(part)) for part in parts), re.DOTALL)


@contextlib.contextmanager
def reaching(address: str) -> Iterator[None]:
    """Raise SourceError, one sentence without a secret, for whatever a store answers."""
    try:
        yield
    except (MedGraphError, MemoryError):
        raise
    except Exception as error:
        reason = without_credentials(str(error).partition("\n")[0])
        shown = shown_address(address)
        raise SourceError(say("records.not_reached", address=shown, reason=reason)) from None
